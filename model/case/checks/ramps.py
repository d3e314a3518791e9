"""Faults of ramps: measures that cannot be added up in the unit of their group, and a first year that nothing holds."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.checks.past import first_decided
from model.case.faults import Fault, Place, clipped
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


def unheld_starts(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Groups of which neither a record nor `recent` tells what was added before decisions begin: their first year is free."""
    told = {row.item for row in case.tables["numbers"] if row.quantity == "recent" and row.value is not None}
    since = first_decided(case) or case.header.base_year + 1
    built = {row.measure for row in case.tables["actuals"] if row.year < since}
    free = [row.id for row in case.tables["ramps"] if row.id not in told and not built & set(row.measures or ())]
    if free:
        place = Place(case.spots["ramps"][0].file, None, "id")
        yield Fault("ramp_starts_free", place, f"ramps ({len(free)}): {clipped(', '.join(free), 200)}", f"{since}")
