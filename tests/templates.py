"""A case as a workbook to be filled in, written small, and cells of it found by what they are headed."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from model.case.read.written import read_written
from model.report.template import plan
from model.report.template.book import write_template


def book_of(case: Path, path: Path, language: str = "en", *, spare: int = 1, whole: bool = False, data: tuple[Path, ...] = ()) -> Path:
    """The template of a case, with few rows beyond its own: writing is what costs."""
    usual, plan.spare = plan.spare, spare
    try:
        write_template(path, read_written(case, data, whole=whole), language)
    finally:
        plan.spare = usual
    return path


def under(book: openpyxl.Workbook, sheet: str, heading: str, row: int) -> openpyxl.cell.Cell:
    """The cell of a row below a heading."""
    (column,) = [one.column for one in book[sheet][1] if one.value == heading]
    return book[sheet].cell(row, column)


def files_in(folder: Path) -> dict[str, bytes]:
    """{way: content} of all files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
