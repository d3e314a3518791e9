"""Faults of what the case is called where results are exchanged: variables that the template has not, amounts whose unit is not the variable's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import is_unit, nearest_unit, shown_unit, unit_fault
from model.case.units.iamc_template import SEPARATOR, Branch, above, branches

NEEDS_FLOW = {"counted": "indicators", "output": "commodities"}  # by the table that it is a row of
DIRECTIONS = {"bought": "buy", "sold": "sell"}
most_named = 5


def variables(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Rows of `iamc` whose variable has no branch of the template above it, whose amount is of nothing, or in a unit that does not convert to the branch's."""
    for row, place in case.placed("iamc"):
        if row.amount in NEEDS_FLOW and not row.flow:
            yield Fault("missing_value", place.at("flow"), "-", NEEDS_FLOW[row.amount])
        if row.amount in ("bought", "sold") and (way := lookup.column(row.item, "direction")) and way != DIRECTIONS[row.amount]:
            yield Fault(
                "unknown_choice", place.at("amount"), clipped(str(row.amount)), next(name for name, one in DIRECTIONS.items() if one == way)
            )
        if not isinstance(row.variable, str):
            continue
        branch = next((branches()[name] for name in (row.variable, *above(row.variable)) if name in branches()), None)
        if branch is None:
            root = row.variable.partition(SEPARATOR)[0]
            known = sorted(branches(), key=lambda name: name.partition(SEPARATOR)[0] != root)
            told = ", ".join([*known[:most_named], "..."])
            yield Fault("unknown_variable", place.at("variable"), clipped(row.variable), told, nearest(row.variable, tuple(known)))
            continue
        unit = _unit(row, lookup)
        if row.unit and not is_unit(row.unit):
            yield Fault("unknown_unit", place.at("unit"), clipped(row.unit), "kgce/m3", nearest_unit(row.unit))
        elif unit is not None and is_unit(unit):
            yield from _misfit(row, place, unit, branch)


def _misfit(row: Any, place: Place, unit: str, branch: Branch) -> Iterator[Fault]:
    whole = f"{unit}*{row.unit}" if row.unit else unit
    if unit_fault(whole, branch.own_unit) is not None:
        yield Fault("unit_of_variable", place.at("unit"), clipped(shown_unit(whole)), f"{branch.own_unit} ({branch.variable})")


def _unit(row: Any, lookup: Lookup) -> str | None:
    """The unit in which the results have the amount of a row; None where the rows that would tell it are missing, which is told of them."""
    match row.amount:
        case "total" | "use":
            return lookup.column(row.item, "unit")
        case "counted" | "output":
            return lookup.column(row.flow, "unit")
        case "capacity":
            return lookup.column(row.item, "capacity_unit")
        case "bought" | "sold":
            return lookup.column(lookup.column(row.item, "commodity"), "unit")
        case "final_use":
            return lookup.column(row.item, "unit") if row.flow else None
        case "investment":
            return "亿元"
    return None
