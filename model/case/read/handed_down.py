"""Numbers that others have handed down, put into the targets that they are for."""

from __future__ import annotations

from collections.abc import Mapping

from model.case.tables.columns import Row
from model.case.tables.indicators import Target
from model.case.tables.records import HandedDown
from model.case.units.conversion import is_unit, unit_fault

Tables = Mapping[str, tuple[Row, ...]]


def with_handed_down(tables: Tables) -> dict[str, tuple[Row, ...]]:
    """The tables whose targets have the numbers of `handed_down`, with the document as their source: they count before a target's own.

    A row that does not fit its target (another year, another kind of unit) is left to the checks.
    """
    told = {row.target: row for row in tables["handed_down"] if isinstance(row, HandedDown)}
    if not told:
        return dict(tables)
    rows = [_told(row, told[row.id]) if isinstance(row, Target) and row.id in told else row for row in tables["targets"]]
    return {**tables, "targets": tuple(rows)}


def fits(target: Target, row: HandedDown) -> bool:
    """Whether a number is of its target's year and kind of unit."""
    known = not row.unit or not target.unit or (is_unit(row.unit) and is_unit(target.unit) and unit_fault(row.unit, target.unit) is None)
    return row.year == target.year and known


def _told(target: Target, row: HandedDown) -> Target:
    if row.value is None or not fits(target, row):
        return target
    source = "; ".join(part for part in (row.document, row.source) if part)
    told = {"value": row.value, "unit": row.unit or target.unit, "low": None, "high": None, "status": row.status, "source": source}
    return target.model_copy(update=told)
