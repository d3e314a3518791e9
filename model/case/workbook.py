"""A case that is one workbook: a worksheet per table, and a worksheet `case` of keys and values."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from model.case.faults import Fault, Place, clipped
from model.case.files import MOST_BYTES
from model.case.sheets import MOST_ROWS, Sheet, made_sheet, table_of, unknown_table

MOST_BYTES_UNPACKED = 200_000_000


def cell_text(value: Any) -> str:
    """What a cell of a CSV file would hold for this cell of a worksheet.

    >>> [cell_text(value) for value in (None, 2030.0, 0.5, True, "x")]
    ['', '2030', '0.5', 'yes', 'x']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _lines(worksheet: Any) -> Iterator[list[str]]:
    # Read-only worksheets pad what is missing, so counting rows and cells gives their places.
    worksheet.reset_dimensions()
    for number, row in enumerate(worksheet.iter_rows(values_only=True)):
        if number > MOST_ROWS + 1:
            return
        yield [cell_text(value) for value in row]


def read_workbook(path: Path) -> tuple[list[tuple[str, str]] | None, list[Sheet], list[Fault], frozenset[str]]:
    """Keys and values of the worksheet `case` (None without one), the tables, the faults, the tables not read.

    Values only: formulas are not worked out, what Excel stored as their result is taken.
    """
    whole = Place(path.name, None, None)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return None, [], [Fault("file_too_large", whole, f"{size} B", f"<= {MOST_BYTES} B")], frozenset()
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MOST_BYTES_UNPACKED:
            found = [Fault("file_too_large", whole, f"{unpacked} B", f"<= {MOST_BYTES_UNPACKED} B")]
            return None, [], found, frozenset()
    except OSError:
        return None, [], [Fault("missing_file", whole, "-", path.name)], frozenset()
    except zipfile.BadZipFile as error:
        return None, [], [Fault("unreadable_file", whole, clipped(str(error)), "XLSX")], frozenset()
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed: workbooks are not opened without it")
    try:
        return _opened(path)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, EOFError) as error:
        # openpyxl lets whatever its parser met pass; a broken workbook is a fault of the case, not of the programme.
        return None, [], [Fault("unreadable_file", whole, clipped(f"{type(error).__name__}: {error}"), "XLSX")], frozenset()


def _pairs(name: str, lines: Iterable[list[str]]) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Keys of column A with values of column B; what stands in further columns is a fault, never left out in silence."""
    pairs: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        key, value, *further = [*(cell.strip() for cell in line), "", ""]
        pairs.append((key, value))
        extra = [cell for cell in further if cell]
        if key and extra:
            faults.append(Fault("extra_cell", Place(name, number, clipped(key)), clipped("; ".join(extra)), "2"))
    return pairs, faults


def _opened(path: Path) -> tuple[list[tuple[str, str]] | None, list[Sheet], list[Fault], frozenset[str]]:
    pairs: list[tuple[str, str]] | None = None
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    unread: set[str] = set()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        for worksheet in book.worksheets:
            name = f"{path.name}!{worksheet.title}"
            if worksheet.title.strip().casefold() == "case":
                pairs, found = _pairs(name, _lines(worksheet))
                faults += found
                continue
            table = table_of(worksheet.title)
            if table is None:
                faults.append(unknown_table(name, worksheet.title))
                continue
            sheet, found = made_sheet(name, table, _lines(worksheet))
            faults += found
            if sheet is None:
                unread.add(table)
            else:
                sheets.append(sheet)
    finally:
        book.close()
    return pairs, sheets, faults, frozenset(unread)
