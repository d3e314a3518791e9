"""The files of a case: which of a folder are its tables, and the text of one, however Excel saved it, within its limits."""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from model.case.faults import CodedError, Fault, Place, clipped
from model.case.read.letters import odd_letter

OTHER_BOOKS = (".ods", ".fods", ".xls", ".xlsb", ".xlsm", ".xltx", ".xltm", ".et", ".numbers")  # as spreadsheets save them by themselves
MOST_BYTES = 20_000_000
MOST_CELLS = 3_000_000  # of one CSV file: each costs far more than the comma that it is written with
MOST_BYTES_YAML = 200_000
MOST_CONTROL = 0.05  # of the letters of a text: in UTF-16, and in what is no text, they are many
END = "\x1e"  # no letter of a text that is read, so that nothing of a file can be taken for its end
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BEYOND_LETTERS = re.compile("[^\\u0000-\\u07ff]")  # Chinese characters among them


def tables_in(folder: Path) -> list[Path]:
    """The files of a folder that are read as tables, by name; not those that a system or an open spreadsheet hides beside them."""
    return sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv" and not path.name.startswith((".", "~")))


def no_other_book(path: Path) -> None:
    """Raises CodedError for a workbook that a spreadsheet has kept in a form of its own."""
    if path.suffix.casefold() in OTHER_BOOKS and path.is_file():
        raise CodedError("other_book", name=path.name, ending=path.suffix)


def no_other_thing(path: Path) -> None:
    """Raises CodedError for what is called like a workbook or is asked for as one, and is there, but is no file: a folder, a pipe, a device."""
    if path.is_dir() and path.suffix.casefold() in (".xlsx", *OTHER_BOOKS):
        raise CodedError("book_is_folder", path=path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise CodedError("case_no_file", path=path)


class OpenQuote(csv.Error):
    """A quotation mark is opened in this row of a CSV file and never closed."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def lines_of(text: str) -> Iterator[list[str]]:
    """The lines of a CSV file. Raises csv.Error for a cell longer than any, OpenQuote where a quotation mark is never closed: all that follows it would be one cell.

    >>> list(lines_of('a,"b,c"\\n1,2'))
    [['a', 'b,c'], ['1', '2']]
    """
    ending = "" if not text or text.endswith(("\n", "\r")) else "\n"
    for row, line in enumerate(csv.reader(io.StringIO(f"{text}{ending}{END}", newline="")), start=1):
        if line == [END]:
            return
        if line and line[-1].endswith(END):
            raise OpenQuote(row)
        yield line


def not_plain(path: Path, name: str, *, anywhere: bool = False) -> Fault | None:
    """The fault of what is no file, such as a pipe without an end, or of a link that leads out of its folder, unless it may lie `anywhere`; None for any other."""
    place = Place(name, None, None)
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            return None
        real, home = path.resolve(strict=True), path.parent.resolve()
        if not real.is_file():
            return Fault("no_plain_file", place, clipped(path.name), clipped(path.name))
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        return Fault("missing_file", place, "-", clipped(path.name))
    return None if anywhere or home in real.parents else Fault("link_outside", place, clipped(str(real), 200), clipped(home.name) + "/")


def decoded(raw: bytes) -> str | None:
    """The text of UTF-8 (with or without BOM) or GBK (GB 18030) bytes; None for anything else.

    >>> decoded("承德".encode("gb18030")) == decoded("承德".encode("utf-8-sig")) == "承德"
    True
    >>> decoded("承德".encode("utf-16")) is None
    True
    """
    text = _text(raw)
    return None if text is None or CONTROL.search(text) else text


def _text(raw: bytes) -> str | None:
    """The same, control characters and all."""
    try:
        text = raw.decode("utf-8-sig")
        if _is_chinese_by_chance_utf8(raw, text):
            text = raw.decode("gb2312")
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
    return text


def _stray_letter(raw: bytes, name: str) -> Fault | None:
    """The first control character, by its row, of what is text but for a few; None where there are so many that it is none, or of another encoding."""
    text = _text(raw) or ""
    found = CONTROL.search(text)
    if found is None or len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        return None
    before = io.StringIO(text[: found.start()] + "-", newline="")
    try:
        row = sum(1 for _ in (csv.reader(before) if name.casefold().endswith(".csv") else before))
    except csv.Error:  # a cell without an end
        return None
    return Fault("odd_letter", Place(name, row, None), odd_letter(found[0]), "-")


def _is_chinese_by_chance_utf8(raw: bytes, text: str) -> bool:
    """Whether valid UTF-8 is rather GBK: a few Chinese words can be both, and read as UTF-8 make foreign letters.

    Text meant as UTF-8 that has foreign letters has them inside words, or has Chinese characters too.

    >>> [decoded(word.encode("gbk")) for word in ("联通", "煤")], decoded("Générale, 10 µg, 2×3".encode())
    (['联通', '煤'], 'Générale, 10 µg, 2×3')
    """
    if text.isascii() or BEYOND_LETTERS.search(text):
        return False
    foreign = [place for place, letter in enumerate(text) if letter.isalpha() and ord(letter) > 0xBF and not 0x370 <= ord(letter) < 0x400]
    if not foreign or any(_is_latin(text[place - 1 : place]) or _is_latin(text[place + 1 : place + 2]) for place in foreign):
        return False
    try:
        raw.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def read_text(
    path: Path, name: str, *, most_bytes: int = MOST_BYTES, most_cells: int = MOST_CELLS, anywhere: bool = False
) -> tuple[str | None, list[Fault]]:
    """The text of a file called `name` in faults; None, with the fault, when it cannot be read."""
    whole, odd = Place(name, None, None), not_plain(path, name, anywhere=anywhere)
    if odd is not None:
        return None, [odd]
    try:
        with path.open("rb") as file:
            raw = file.read(most_bytes + 1)  # its size is counted while it is read: it may grow meanwhile
            size = max(len(raw), path.stat().st_size)
    except OSError:
        return None, [Fault("missing_file", whole, "-", name)]
    if len(raw) > most_bytes:
        return None, [Fault("file_too_large", whole, f"{size} B", f"<= {most_bytes} B")]
    text = decoded(raw)
    if text is None and (stray := _stray_letter(raw, name)) is not None:
        return None, [stray]
    if text is None:
        return None, [Fault("unreadable_encoding", whole, raw[:8].hex(" "), "UTF-8, GBK (GB 18030)")]
    if (cells := sum(map(text.count, ",\n\r"))) > most_cells:
        return None, [Fault("too_many_cells", whole, str(cells), f"<= {most_cells}")]
    return text, []
