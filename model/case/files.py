"""The text of one file of a case, however Excel saved it, within its limits."""

from __future__ import annotations

from pathlib import Path

from model.case.faults import Fault, Place

MOST_BYTES = 20_000_000
MOST_BYTES_YAML = 200_000


def decoded(raw: bytes) -> str | None:
    """The text of UTF-8 (with or without BOM) or GBK (GB 18030) bytes; None for anything else.

    >>> decoded("承德".encode("gb18030")) == decoded("承德".encode("utf-8-sig")) == "承德"
    True
    >>> decoded("承德".encode("utf-16")) is None
    True
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A UTF-8 file with a few broken bytes would pass as Chinese gibberish in GBK.
        loose = raw.decode("utf-8", errors="replace")
        wide = [letter for letter in loose if ord(letter) > 127]
        if wide.count("\N{REPLACEMENT CHARACTER}") < 0.2 * len(wide):
            return None
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            return None
    return None if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text) else text


def read_text(path: Path, name: str, *, most_bytes: int = MOST_BYTES) -> tuple[str | None, list[Fault]]:
    """The text of a file called `name` in faults; None, with the fault, when it cannot be read."""
    whole = Place(name, None, None)
    try:
        size = path.stat().st_size
        if size > most_bytes:
            return None, [Fault("file_too_large", whole, f"{size} B", f"<= {most_bytes} B")]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Fault("missing_file", whole, error.strerror or "-", name)]
    text = decoded(raw)
    if text is None:
        return None, [Fault("unreadable_encoding", whole, raw[:8].hex(" "), "UTF-8, GBK (GB 18030)")]
    return text, []
