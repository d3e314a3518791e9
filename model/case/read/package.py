"""A workbook as a package: whether it, or a part of it, is larger than any case, told before a part is opened."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from model.case.faults import Fault, Place, clipped
from model.case.read.files import MOST_BYTES

# A city's workbook is 4 MB unpacked, its largest sheet 1.2 MB, with 8 000 texts.
MOST_UNPACKED, MOST_SHEET, MOST_TEXTS, MOST_OTHER = 60_000_000, 20_000_000, 15_000_000, 3_000_000  # bytes
MOST_PARTS, MOST_ENTRIES = 5_000, 300_000
SHEETS, TEXTS = re.compile(r"xl/(worksheets|chartsheets)/[^/]+\.xml"), re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
# What is read beside sheets and texts: of pictures, comments and macros nothing is.
OTHERS = re.compile(r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|xl/[^/]+\.xml|xl/theme/.*", re.IGNORECASE)


def too_large(path: Path) -> Fault | None:
    """The fault of a workbook that is more than a case needs.

    Raises OSError where there is no file, BadZipFile where it is no package that can be read: none at all, one with a password, one packed in an unknown way.
    """
    try:
        return _too_large(path)
    except (zlib.error, RuntimeError) as error:  # NotImplementedError among them
        raise zipfile.BadZipFile(str(error)) from error


def _too_large(path: Path) -> Fault | None:
    whole = Place(path.name, None, None)
    size = path.stat().st_size
    if size > MOST_BYTES:
        return Fault("file_too_large", whole, f"{size} B", f"<= {MOST_BYTES} B")
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
            return Fault("file_too_large", whole, f"{unpacked} B ({len(entries)})", f"<= {MOST_UNPACKED} B ({MOST_PARTS})")
        for entry in entries:
            most = MOST_SHEET if SHEETS.fullmatch(entry.filename) else MOST_TEXTS if TEXTS.fullmatch(entry.filename) else MOST_OTHER
            if entry.file_size > most and (most != MOST_OTHER or OTHERS.fullmatch(entry.filename)):
                place = Place(f"{path.name}!{clipped(entry.filename)}", None, None)
                return Fault("file_too_large", place, f"{entry.file_size} B", f"<= {most} B")
        for entry in entries:
            if TEXTS.fullmatch(entry.filename) and (texts := marks(packed.read(entry), b"si")) > MOST_ENTRIES:
                return Fault("too_many_cells", whole, str(texts), f"<= {MOST_ENTRIES}")
    return None


def marks(content: bytes, name: bytes) -> int:
    """How many elements of a name an XML text can have at most, told without parsing it.

    >>> marks(b"<row r='1'><c/><c r='B1'></c></row>", b"c")
    2
    """
    return sum(content.count(before + name + after) for before in (b"<", b":") for after in (b" ", b">", b"/", b"\t", b"\r", b"\n"))
