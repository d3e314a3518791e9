"""A workbook as a package: whether it, or a part of it, is larger than any case, told before a part is opened."""

from __future__ import annotations

import math
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from model.case.faults import Fault, Place, clipped
from model.case.read.files import MOST_BYTES


@dataclass(frozen=True)
class Limits:
    """The most that a workbook may hold, in bytes unpacked and in elements; `code` is the fault of one whose bytes are more."""

    code: str
    unpacked: int
    sheet: int
    texts: int
    looks: int
    other: int
    entries: int
    rows: int | None


# A city's workbook is 4 MB unpacked, its largest sheet 1.2 MB, with 8 000 texts. Rows are counted as each sheet is read.
OF_A_CASE = Limits("file_too_large", 60_000_000, 20_000_000, 15_000_000, 3_000_000, 3_000_000, entries=300_000, rows=None)
MOST_PARTS = 5_000
SHEETS, TEXTS = re.compile(r"xl/(worksheets|chartsheets)/[^/]+\.xml"), re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
LOOKS = re.compile(r"xl/styles\.xml", re.IGNORECASE)
# What is read beside sheets and texts: of pictures, comments and macros nothing is.
OTHERS = re.compile(r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|xl/[^/]+\.xml|xl/theme/.*", re.IGNORECASE)


def too_large(path: Path, most: Limits = OF_A_CASE) -> Fault | None:
    """The fault of a workbook that holds more than it may.

    Raises OSError where there is no file, BadZipFile where it is no package that can be read: none at all, one with a password, one packed in an unknown way.
    """
    try:
        return _too_large(path, most)
    except (zlib.error, RuntimeError) as error:  # NotImplementedError among them
        raise zipfile.BadZipFile(str(error)) from error


def _too_large(path: Path, most: Limits) -> Fault | None:
    whole = Place(path.name, None, None)
    size = path.stat().st_size
    if size > MOST_BYTES:
        return Fault(most.code, whole, f"{size} B", f"<= {MOST_BYTES} B")
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_PARTS or unpacked > most.unpacked:
            return Fault(most.code, whole, f"{unpacked} B ({len(entries)})", f"<= {most.unpacked} B ({MOST_PARTS})")
        for entry in entries:
            if entry.file_size > (limit := _limit(entry.filename, most)):
                place = Place(f"{path.name}!{clipped(entry.filename)}", None, None)
                return Fault(most.code, place, f"{entry.file_size} B", f"<= {limit} B")
        for entry in entries:
            if TEXTS.fullmatch(entry.filename) and (texts := marks(packed.read(entry), b"si")) > most.entries:
                return Fault("too_many_cells", whole, str(texts), f"<= {most.entries}")
            if most.rows is not None and SHEETS.fullmatch(entry.filename) and (rows := marks(packed.read(entry), b"row")) > most.rows:
                return Fault("too_many_cells", whole, str(rows), f"<= {most.rows}")
    return None


def _limit(name: str, most: Limits) -> float:
    """Bytes of one part: none of what is never read."""
    if SHEETS.fullmatch(name):
        return most.sheet
    if TEXTS.fullmatch(name):
        return most.texts
    if LOOKS.fullmatch(name):
        return most.looks
    return most.other if OTHERS.fullmatch(name) else math.inf


def no_cells(content: bytes, name: str) -> Fault | None:
    """The fault of a part that is no worksheet: it would be read as one without rows. `name` is that of the sheet in faults."""
    return None if marks(content, b"sheetData") else Fault("unreadable_file", Place(name, None, None), "<sheetData> 0", "XLSX")


def marks(content: bytes, name: bytes) -> int:
    """How many elements of a name an XML text can have at most, told without parsing it.

    >>> marks(b"<row r='1'><c/><c r='B1'></c></row>", b"c")
    2
    """
    return sum(content.count(before + name + after) for before in (b"<", b":") for after in (b" ", b">", b"/", b"\t", b"\r", b"\n"))
