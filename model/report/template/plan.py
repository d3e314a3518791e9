"""The sheets of a template: which there are, what each is called, its columns, and how far down what is filled in is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from model.case.faults import CodedError
from model.case.read.sheet_names import FRONT, NOT_IN_A_TITLE, OF_OVERLAY, most_letters
from model.case.read.written import Written, WrittenRow
from model.case.tables.headings import ORIGIN
from model.case.tables.rows import TABLES
from model.report.template.column_words import columns_in_order, table_name
from model.report.words import of_both

spare = 100  # rows below the last one that are watched too


@dataclass(frozen=True)
class TableSheet:
    """A sheet of a table: its rows as they are written, and its columns, of which the file of a row may be the last."""

    title: str
    table: str
    overlay: str
    rows: tuple[WrittenRow, ...]
    columns: tuple[str, ...]

    @property
    def last(self) -> int:
        """The last row that is watched, as Excel counts."""
        return 1 + len(self.rows) + spare

    def letter(self, column: str) -> str:
        return str(xl_col_to_name(self.columns.index(column)))

    def cell(self, column: str, row: int = 2) -> str:
        """A cell of a column, which a rule for the whole column moves down."""
        return f"${self.letter(column)}{row}"

    def range(self, column: str) -> str:
        """All watched cells of a column."""
        return f"${self.letter(column)}$2:${self.letter(column)}${self.last}"


@dataclass(frozen=True)
class HeadSheet:
    """A sheet of the keys of a case or of an overlay."""

    title: str
    overlay: str
    head: Mapping[str, Any]


def table_sheets(written: Written, language: str) -> list[TableSheet]:
    """A sheet for each table of a case, with or without rows, then those that its overlays have.

    Raises CodedError for an overlay whose name leaves no room in the title of a sheet.
    """
    made = [_sheet(table, "", written.tables.get(table, ()), language) for table in TABLES]
    for name, overlay in written.overlays.items():
        made += [_sheet(table, name, rows, language) for table, rows in overlay.tables.items()]
    return made


def head_sheets(written: Written, language: str) -> list[HeadSheet]:
    """The head of a case, and of each overlay that has one."""
    front = of_both(*FRONT, language)
    laid = [HeadSheet(_titled(name, front, front), name, one.head) for name, one in written.overlays.items() if one.head]
    return [HeadSheet(front, "", written.head), *laid]


def _sheet(table: str, overlay: str, rows: Sequence[WrittenRow], language: str) -> TableSheet:
    split = any(row.origin.casefold() != table for row in rows)
    columns = (*columns_in_order(table), ORIGIN[0]) if split else columns_in_order(table)
    return TableSheet(_titled(overlay, table_name(table, language), table), table, overlay, tuple(rows), columns)


def _titled(overlay: str, name: str, otherwise: str) -> str:
    if not overlay:
        return name
    titles = [f"{overlay}{OF_OVERLAY}{one}" for one in (name, otherwise)]
    fitting = [title for title in titles if len(title) <= most_letters and not NOT_IN_A_TITLE & set(title)]
    if not fitting:
        raise CodedError("overlay_title", name=overlay, most=most_letters - len(otherwise) - 1)
    return fitting[0]
