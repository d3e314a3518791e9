"""A case that is one workbook: a worksheet per table, a worksheet `case` of keys and values, and the same of each overlay."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import get_column_letter

from model.case.faults import Fault, Place, clipped
from model.case.read.package import marks, no_cells, too_large
from model.case.read.parts import Front, Part
from model.case.read.sheet_names import Title, meaning_of, overlays_among, table_of
from model.case.read.sheets import MOST_ROWS, MOST_TITLES, Sheet, made_sheet, odd_text, unknown_table
from model.case.read.worksheet import Layout, format_fault, is_percent, is_year, layout_faults, read_layout
from model.case.tables.headings import ORIGIN

MOST_CELLS, MOST_MERGED = 600_000, 10_000  # of one worksheet
FILE = re.compile(r"\w[\w.-]{0,99}")  # of a folder, without .csv
FAR = re.compile(rb"""\sr=["']([A-Z]{3}[0-9]+)["']""")  # no table has 702 columns


def cell_text(value: Any, number_format: str = "General") -> str:
    """What a cell of a CSV file would hold for this cell of a worksheet: a share as it is shown, with its percent sign.

    A day of which the cell shows nothing but the year is that year.

    >>> [cell_text(value) for value in (None, 2030.0, 0.5, True, "x", datetime.datetime(2030, 1, 1))], cell_text(-0.07, "0%")
    (['', '2030', '0.5', 'yes', 'x', '2030-01-01'], '-7%')
    >>> cell_text(datetime.datetime(2030, 1, 1), 'yyyy"年"')
    '2030'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and is_percent(number_format):
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date) and is_year(number_format):
        return str(value.year)
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
    if damaged := no_cells(content, name):
        raise _Refused(damaged)
    if far := FAR.search(content):  # one cell there, and each row of the sheet is read as wide
        raise _Refused(Fault("far_cells", Place(name, None, None), far[1].decode(), "<= ZZ"))
    if (cells := marks(content, b"c")) > MOST_CELLS:
        raise _Refused(Fault("too_many_cells", Place(name, None, None), str(cells), f"<= {MOST_CELLS}"))
    if (rows := marks(content, b"row")) > MOST_ROWS + MOST_TITLES:
        raise _Refused(Fault("too_many_rows", Place(name, None, None), str(rows), f"<= {MOST_ROWS}"))
    if (merged := marks(content, b"mergeCell")) > MOST_MERGED:
        raise _Refused(Fault("merged_cells", Place(name, None, None), str(merged), f"<= {MOST_MERGED}"))
    layout = read_layout(content)
    lines: list[list[str]] = []
    scaled: list[tuple[int, int, str]] = []
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        if number > MOST_ROWS + 2:
            break
        line = []
        for position, cell in enumerate(row, start=1):
            number_format = cell.number_format if cell.data_type in ("n", "d") and cell.value is not None else "General"
            line.append(layout.formulas.get((number, position)) or cell_text(cell.value, number_format))
            if format_fault(number_format):
                scaled.append((number, position, number_format))
        lines.append(line)
    return _Page(lines, layout, scaled)


def read_workbook(path: Path, overlays: Collection[str] = ()) -> dict[str, Part]:
    """The case, under "", and those of its overlays that are asked for, by name.

    Values only: formulas are not worked out, what Excel stored as their result is taken.
    """
    whole = Place(path.name, None, None)
    try:
        if (fault := too_large(path)) is not None:
            return _only(fault)
    except OSError:
        return _only(Fault("missing_file", whole, "-", path.name))
    except zipfile.BadZipFile:
        return _only(Fault("unreadable_file", whole, clipped(path.name), "XLSX"))
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed: workbooks are not opened without it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what spreadsheets keep beside the cells and openpyxl does not know
            return _opened(path, overlays)
    except _Refused as refused:
        return _only(refused.fault)
    except Exception:
        # openpyxl lets whatever its parser met pass; a broken workbook is a fault of the case, not of the programme.
        return _only(Fault("unreadable_file", whole, clipped(path.name), "XLSX"))


def _only(fault: Fault) -> dict[str, Part]:
    return {"": Part(faults=[fault])}


def _pairs(name: str, lines: Iterable[list[str]]) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Keys of column A with values of column B; what stands in further columns is a fault, never left out in silence.

    Keys may be words of either language; a row without a value, such as a title, says nothing.
    """
    pairs: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        key, value, *further = [*(cell.strip() for cell in line), "", ""]
        at = Place(name, number, clipped(key), {clipped(key): "B"})
        odd = odd_text(value, at) or odd_text(key, at)
        pairs.append((key, value if odd is None else ""))
        faults += [odd] if odd is not None and key else []
        extra = [cell for cell in further if cell]
        if key and extra:
            faults.append(Fault("extra_cell", Place(name, number, clipped(key), {clipped(key): "C"}), clipped("; ".join(extra)), "2"))
    return pairs, faults


def _opened(path: Path, overlays: Collection[str]) -> dict[str, Part]:
    parts = {name: Part() for name in ("", *overlays)}
    reader = ExcelReader(path, read_only=True, keep_vba=False, data_only=True, keep_links=False)
    try:
        reader.read()
        book = reader.wb
        parts[""].faults += _without_part(path.name, [str(sheet.name) for sheet in reader.parser.sheets], book.sheetnames)
        known = overlays_among(book.sheetnames)
        for worksheet in book.worksheets:
            title, name = meaning_of(worksheet.title), f"{path.name}!{clipped(worksheet.title)}"
            if title.kind == "unknown" and title.overlay not in known:
                parts[""].faults.append(unknown_table(name, worksheet.title))
            elif title.overlay in parts and title.kind != "aside":
                _read_into(parts[title.overlay], worksheet, name, title)
    finally:
        reader.archive.close()
    return parts


def _read_into(part: Part, worksheet: Any, name: str, title: Title) -> None:
    if title.kind == "unknown":
        part.faults.append(unknown_table(name, worksheet.title))
        return
    if worksheet.sheet_state != "visible":
        part.faults.append(Fault("hidden_sheet", Place(name, None, None), clipped(worksheet.title), "-"))
    page = _page(worksheet, name)
    if title.kind == "front" and part.front is not None:
        part.faults.append(Fault("sheet_twice", Place(name, None, None), clipped(worksheet.title), part.front.file))
        return
    if title.kind == "front":
        pairs, found = _pairs(name, page.lines)
        part.front = Front(name, tuple(pairs))
        part.faults += [*found, *layout_faults(name, page.layout, page.lines, first=1, keys=True)]
        for row, column, number_format in page.scaled:
            key, letter = clipped(page.lines[row - 1][0]), get_column_letter(column)
            part.faults.append(
                Fault(format_fault(number_format) or "", Place(name, row, key, {key: letter}), clipped(number_format), "General")
            )
        return
    sheet, found = made_sheet(name, title.table, page.lines, worksheet=True)
    if sheet is None:
        part.faults += found
        part.unread.add(title.table)
        return
    if not sheet.rows:  # a template has a sheet for each table: one without rows is as one that is not there
        return
    part.faults += found
    part.faults += layout_faults(name, page.layout, page.lines, first=sheet.heading)
    units = {row: dict(zip(sheet.columns, cells, strict=True)).get("unit", "") for row, cells in sheet.rows}
    for row, column, number_format in page.scaled:
        if row in units and (code := format_fault(number_format, units[row])):
            part.faults.append(Fault(code, _named(sheet, row, column), clipped(number_format), "General"))
    origins = tuple(origin.removesuffix(".csv") or title.origin for origin in sheet.origins)
    part.sheets.append(replace(sheet, origins=origins))
    for (row, _), origin in zip(sheet.rows, origins, strict=True):
        if not FILE.fullmatch(origin) or table_of(origin) != title.table:
            part.faults.append(Fault("odd_origin", sheet.place(row, ORIGIN[0]), clipped(origin), f"{title.table}, {title.table}-..."))


def _without_part(file: str, listed: list[str], found: list[str]) -> list[Fault]:
    """Worksheets that the workbook lists and does not hold, which openpyxl leaves out without a word."""
    lost = [name for name in listed if name not in found]
    return [Fault("missing_sheet", Place(f"{file}!{clipped(name)}", None, None), clipped(name), "XLSX") for name in lost]


def _named(sheet: Sheet, row: int, column: int) -> Place:
    """A cell by the name of its column, where it has one."""
    letter = get_column_letter(column)
    named = next((name for name, own in (sheet.letters or {}).items() if own == letter), letter)
    return Place(sheet.file, row, named, {named: letter})
