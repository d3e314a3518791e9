"""Paths of numbers as far as they can be read: what a check asks of a case that may have any fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from model.case.faults import Place
from model.case.parameters.timeline import fill_linear
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor

Path = Mapping[int | None, tuple[float, Place]]


def linear(path: Path, years: list[int]) -> list[float]:
    """The amounts of a path in these years, straight between those told."""
    if None in path:
        return [path[None][0]] * len(years)
    return fill_linear({year: amount for year, (amount, _) in path.items() if year is not None}, years).tolist()


def told_paths(case: Case, lookup: Lookup, quantities: tuple[str, ...]) -> dict[tuple[str, str], dict[int | None, tuple[float, Place]]]:
    """{(item, quantity): {year: (amount in its canonical unit, where)}} of what can be read."""
    found: dict[tuple[str, str], dict[int | None, tuple[float, Place]]] = defaultdict(dict)
    for row, place in case.placed("numbers"):
        if row.quantity not in quantities or row.item is None or row.value is None or isinstance(row.year, str):
            continue
        canonical = canonical_unit("numbers", row, lookup)
        if canonical and row.unit and is_unit(canonical) and is_unit(row.unit) and unit_fault(row.unit, canonical) is None:
            found[row.item, row.quantity][row.year] = (row.value * factor(row.unit, canonical), place)
    return found
