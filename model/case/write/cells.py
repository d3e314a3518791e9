"""When a row of a file is the row of a workbook, however a spreadsheet writes its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from model.case.read.written import WrittenRow
from model.case.tables.rows import TABLES
from model.case.units.number_text import plain_number


@cache
def holds_number(table: str, column: str) -> bool:
    """Whether the cells of a column are numbers."""
    annotation: Any = TABLES[table].model_fields[column].annotation
    return bool({int, float} & {annotation, *get_args(annotation)})


def same_row(table: str, one: WrittenRow, other: WrittenRow) -> bool:
    """Whether two rows say the same: 1.50 is 1.5, yes is 是, a cell that is missing is empty."""
    return one.cells.keys() == other.cells.keys() and all(_same(table, name, text, other.cells[name]) for name, text in one.cells.items())


def _same(table: str, column: str, one: str, other: str) -> bool:
    if one == other or _lines(one) == _lines(other):
        return True
    if column not in TABLES[table].model_fields or not holds_number(table, column):
        return False
    first, second = number_of(one), number_of(other)
    return first is not None and first == second


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number_of(text: str) -> float | None:
    """The number that a cell holds, of which a spreadsheet has the very same one; None for any other text."""
    try:
        found = float(plain_number(text)) if text.isascii() and "_" not in text else None
    except ValueError:
        return None
    return found if found is not None and float(f"{found:.16g}") == found and abs(found) < 1e15 else None


def canonical(row: WrittenRow, columns: Mapping[str, Any] | tuple[str, ...]) -> list[str]:
    """The cells of a row in the order of the columns."""
    return [row.cells.get(name, "") for name in columns]
