"""Faults of ramps: measures that cannot be added up in the unit of their group."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault


def units(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Measures of another dimension than their group."""
    for row, place in case.placed("ramps"):
        for measure in row.measures or ():
            unit = lookup.column(measure, "unit") if lookup.table(measure) == "measures" else None
            if unit and row.unit and is_unit(unit) and is_unit(row.unit) and unit_fault(unit, row.unit) is not None:
                yield Fault("wrong_dimension", place.at("measures"), clipped(f"{measure} ({unit})"), row.unit)
