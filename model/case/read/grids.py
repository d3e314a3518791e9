"""Sheets that are filled in by hand, as text with the addresses of their cells: of a workbook, of a CSV file, or of a folder of them."""

from __future__ import annotations

import csv
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import get_column_letter

from model.case.faults import Fault, Place, clipped
from model.case.read.files import lines_of, no_other_book, not_plain, read_text
from model.case.read.package import Limits, marks, no_cells, too_large
from model.case.read.sheets import csv_fault
from model.case.read.workbook import FAR, MOST_MERGED, cell_text
from model.case.read.worksheet import Merged, format_fault, merged_faults, read_layout

MOST_CELLS, MOST_ACROSS, MOST_DOWN = 60_000, 200, 20_000
MOST_MARKS = 4 * MOST_CELLS  # commas and ends of lines of a CSV file, those in its notes among them
# Opening a workbook counts the rows of all its sheets, keeps all its texts and reads its looks one by one, slowly.
OF_A_SCHEDULE = Limits("workbook_too_large", 40_000_000, 20_000_000, 4_000_000, 800_000, 4_000_000, entries=MOST_CELLS, rows=MOST_CELLS)


@dataclass(frozen=True)
class Grid:
    """One sheet: `lines` of text, as a CSV file would hold them, and its cells that are `merged`. `file` is what it is called in faults."""

    file: str
    lines: tuple[tuple[str, ...], ...]
    workbook: bool = True
    merged: tuple[Merged, ...] = ()

    def place(self, row: int, column: int, heading: str = "") -> Place:
        """Of a cell, both counted from 0: its address as the spreadsheet has it, with its heading."""
        address = f"{get_column_letter(column + 1)}{row + 1}"
        return Place(self.file, row + 1, f"{address} ({heading})" if heading else address)

    def merged_over(self, read: Mapping[int, Collection[int]]) -> list[Fault]:
        """The fault of merged cells over any that are read, {row: columns}, both counted from 0: all but one of them are lost.

        Rows that hold nothing in these columns are notes.
        """
        rows = sorted(
            row for row, columns in read.items() if any(column < len(self.lines[row]) and self.lines[row][column] for column in columns)
        )
        over = [
            (left, top, right, bottom)
            for left, top, right, bottom in self.merged
            if any(
                left <= column + 1 <= right
                for row in rows[bisect_left(rows, top - 1) : bisect_right(rows, bottom - 1)]
                for column in read[row]
            )
        ]
        return merged_faults(self.file, over)


class Refused(Exception):
    """Why a file cannot be read at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def read_grids(path: Path, wanted: Callable[[str], bool], beside: Callable[[str], bool]) -> tuple[dict[str, Grid], list[Fault]]:
    """{title: sheet} of the sheets whose title is wanted (of CSV files their names without the ending), and the faults.

    Of one CSV file that file, whatever it is called and wherever a link to it leads, with those `beside` it in its folder. No other sheet is looked
    into. Nothing where the file cannot be read. Raises CodedError for a workbook that is none of Excel's.
    """
    no_other_book(path)
    try:
        if path.is_dir():
            return _of_folder(sorted(one for one in path.iterdir() if one.suffix.casefold() == ".csv" and wanted(one.stem)))
        if path.suffix.casefold() == ".csv":
            grids, faults = _of_folder([path], anywhere=True)
            if faults:
                return {}, faults
            more, found = _of_folder([one for one in sorted(path.parent.glob("*.csv")) if one != path and beside(one.stem)])
            return {**grids, **more}, found
        return _of_workbook(path, wanted)
    except Refused as refused:
        return {}, [refused.fault]


def _of_folder(files: list[Path], *, anywhere: bool = False) -> tuple[dict[str, Grid], list[Fault]]:
    grids, faults = dict[str, Grid](), list[Fault]()
    for file in files:
        text, found = read_text(file, file.name, most_cells=MOST_MARKS, anywhere=anywhere)
        faults += found
        if text is not None:
            try:
                lines = tuple(tuple(cell.strip() for cell in line) for line in lines_of(text))
            except csv.Error as error:
                faults.append(csv_fault(file.name, error))
                continue
            grids[file.stem] = Grid(file.name, lines, workbook=False)
    return grids, faults


def _of_workbook(path: Path, wanted: Callable[[str], bool]) -> tuple[dict[str, Grid], list[Fault]]:
    _check_sizes(path)
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed: workbooks are not opened without it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what spreadsheets keep beside the cells and openpyxl does not know
            return _opened(path, wanted)
    except Refused:
        raise
    except Exception as error:  # openpyxl lets whatever its parser met pass
        raise Refused(Fault("unreadable_file", Place(path.name, None, None), clipped(path.name), "XLSX")) from error


def _check_sizes(path: Path) -> None:
    """Raises Refused before anything is unpacked: no entry gives more bytes than its archive says."""
    whole = Place(path.name, None, None)
    fault = not_plain(path, path.name, anywhere=True)
    try:
        fault = fault or too_large(path, OF_A_SCHEDULE)
    except OSError:
        fault = Fault("missing_file", whole, "-", path.name)
    except zipfile.BadZipFile:
        fault = Fault("unreadable_file", whole, clipped(path.name), "XLSX")
    if fault is not None:
        raise Refused(fault)


def _opened(path: Path, wanted: Callable[[str], bool]) -> tuple[dict[str, Grid], list[Fault]]:
    grids, faults = dict[str, Grid](), list[Fault]()
    reader = ExcelReader(path, read_only=True, keep_vba=False, data_only=True, keep_links=False)
    try:
        reader.read()
        for worksheet in reader.wb.worksheets:
            if wanted(worksheet.title):
                grids[worksheet.title], found = _grid(worksheet, f"{path.name}!{clipped(worksheet.title)}")
                faults += found
    finally:
        reader.archive.close()
    return grids, faults


def _grid(worksheet: Any, name: str) -> tuple[Grid, list[Fault]]:
    worksheet.reset_dimensions()
    with worksheet._get_source() as source:  # openpyxl's own values leave out formulas without a result
        content = source.read()
    if damaged := no_cells(content, name):
        raise Refused(damaged)
    if far := FAR.search(content):
        raise Refused(Fault("far_cells", Place(name, None, None), far[1].decode(), "<= ZZ"))
    if (cells := marks(content, b"c")) > MOST_CELLS:
        raise Refused(Fault("too_many_cells", Place(name, None, None), str(cells), f"<= {MOST_CELLS}"))
    if (merged := marks(content, b"mergeCell")) > MOST_MERGED:
        raise Refused(Fault("merged_cells", Place(name, None, None), str(merged), f"<= {MOST_MERGED}"))
    layout = read_layout(content)
    lines, faults = list[tuple[str, ...]](), list[Fault]()
    for row, cells_of_row in enumerate(worksheet.iter_rows(max_col=MOST_ACROSS, max_row=MOST_DOWN), start=1):
        line = []
        for column, cell in enumerate(cells_of_row, start=1):
            shape = cell.number_format if cell.data_type == "n" and cell.value is not None else "General"
            line.append((layout.formulas.get((row, column)) or cell_text(cell.value, shape)).strip())
            if code := format_fault(shape):
                faults.append(Fault(code, Place(name, row, f"{get_column_letter(column)}{row}"), clipped(shape), "General"))
        lines.append(tuple(line))
    return Grid(name, tuple(lines), merged=tuple(layout.merged)), faults
