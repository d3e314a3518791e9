"""A case that is one workbook: a worksheet per table, and a worksheet `case` of keys and values."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import get_column_letter

from model.case.faults import Fault, Place, clipped
from model.case.read.files import MOST_BYTES
from model.case.read.sheets import MOST_ROWS, Sheet, made_sheet, odd_text, table_of, unknown_table
from model.case.read.worksheet import Layout, is_percent, is_scaled, layout_faults, read_layout

MOST_BYTES_UNPACKED = 100_000_000
MOST_CELLS = 2_000_000  # of one worksheet
CELL, FAR = re.compile(rb"<(?:\w+:)?c[\s/>]"), re.compile(rb"""\sr=["']([A-Z]{3}[0-9]+)["']""")  # no table has 702 columns


def cell_text(value: Any, number_format: str = "General") -> str:
    """What a cell of a CSV file would hold for this cell of a worksheet: a share as it is shown, with its percent sign.

    >>> [cell_text(value) for value in (None, 2030.0, 0.5, True, "x", datetime.datetime(2030, 1, 1))], cell_text(-0.07, "0%")
    (['', '2030', '0.5', 'yes', 'x', '2030-01-01'], '-7%')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and is_percent(number_format):
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


@dataclass(frozen=True)
class _Page:
    """A worksheet: its cells as text, how it is laid out, and cells (row, column, format) that show another number than they hold."""

    lines: list[list[str]]
    layout: Layout
    scaled: list[tuple[int, int, str]]


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def _page(worksheet: Any, name: str) -> _Page:
    # Read-only worksheets pad what is missing, so counting rows and cells gives their places.
    worksheet.reset_dimensions()
    with worksheet._get_source() as source:  # openpyxl's own values leave out what is hidden, merged or without a result
        content = source.read()
    if far := FAR.search(content):  # one cell there, and each row of the sheet is read as wide
        raise _Refused(Fault("far_cells", Place(name, None, None), far[1].decode(), "<= ZZ"))
    if (cells := sum(1 for _ in CELL.finditer(content))) > MOST_CELLS:
        raise _Refused(Fault("too_many_cells", Place(name, None, None), str(cells), f"<= {MOST_CELLS}"))
    layout = read_layout(content)
    lines: list[list[str]] = []
    scaled: list[tuple[int, int, str]] = []
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        if number > MOST_ROWS + 2:
            break
        line = []
        for position, cell in enumerate(row, start=1):
            number_format = cell.number_format if cell.data_type == "n" and cell.value is not None else "General"
            line.append(layout.formulas.get((number, position)) or cell_text(cell.value, number_format))
            if is_scaled(number_format):
                scaled.append((number, position, number_format))
        lines.append(line)
    return _Page(lines, layout, scaled)


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what spreadsheets keep beside the cells and openpyxl does not know
            return _opened(path)
    except _Refused as refused:
        return None, [], [refused.fault], frozenset()
    except Exception as error:
        # openpyxl lets whatever its parser met pass; a broken workbook is a fault of the case, not of the programme.
        return None, [], [Fault("unreadable_file", whole, clipped(f"{type(error).__name__}: {error}"), "XLSX")], frozenset()


def _pairs(name: str, lines: Iterable[list[str]]) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Keys of column A with values of column B; what stands in further columns is a fault, never left out in silence."""
    pairs: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        key, value, *further = [*(cell.strip() for cell in line), "", ""]
        odd = odd_text(value, Place(name, number, clipped(key))) or odd_text(key, Place(name, number, clipped(key)))
        pairs.append((key, value if odd is None else ""))
        faults += [odd] if odd is not None and key else []
        extra = [cell for cell in further if cell]
        if key and extra:
            faults.append(Fault("extra_cell", Place(name, number, clipped(key)), clipped("; ".join(extra)), "2"))
    return pairs, faults


def _opened(path: Path) -> tuple[list[tuple[str, str]] | None, list[Sheet], list[Fault], frozenset[str]]:
    pairs: list[tuple[str, str]] | None = None
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    unread: set[str] = set()
    reader = ExcelReader(path, read_only=True, keep_vba=False, data_only=True, keep_links=False)
    try:
        reader.read()
        book = reader.wb
        faults += _without_part(path.name, [str(sheet.name) for sheet in reader.parser.sheets], book.sheetnames)
        for worksheet in book.worksheets:
            name = f"{path.name}!{clipped(worksheet.title)}"
            front = worksheet.title.strip().casefold() == "case"
            table = table_of(worksheet.title)
            if not front and table is None:
                faults.append(unknown_table(name, worksheet.title))
                continue
            if worksheet.sheet_state != "visible":
                faults.append(Fault("hidden_sheet", Place(name, None, None), clipped(worksheet.title), "-"))
            page = _page(worksheet, name)
            if table is None:
                pairs, found = _pairs(name, page.lines)
                faults += [*found, *layout_faults(name, page.layout, page.lines, first=1, keys=True)]
                continue
            sheet, found = made_sheet(name, table, page.lines)
            faults += found
            if sheet is None:
                unread.add(table)
                continue
            faults += layout_faults(name, page.layout, page.lines, first=sheet.heading)
            faults += [_scaled(sheet, row, column, number_format) for row, column, number_format in page.scaled if row > sheet.heading]
            sheets.append(sheet)
    finally:
        reader.archive.close()
    return pairs, sheets, faults, frozenset(unread)


def _without_part(file: str, listed: list[str], found: list[str]) -> list[Fault]:
    """Worksheets that the workbook lists and does not hold, which openpyxl leaves out without a word."""
    lost = [name for name in listed if name not in found]
    return [Fault("missing_sheet", Place(f"{file}!{clipped(name)}", None, None), clipped(name), "XLSX") for name in lost]


def _scaled(sheet: Sheet, row: int, column: int, number_format: str) -> Fault:
    named = sheet.columns[column - 1] if column <= len(sheet.columns) else get_column_letter(column)
    return Fault("scaled_cell", Place(sheet.file, row, named), clipped(number_format), "General")
