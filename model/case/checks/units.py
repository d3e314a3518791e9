"""Faults of units: unknown ones, and those of another dimension than the number needs."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault, clipped
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.read.hourly_units import ENERGY, POWER, due_units, misfits
from model.case.tables.columns import Quantified
from model.case.tables.rows import TABLES
from model.case.units.conversion import is_unit, nearest_unit, shown_unit, unit_fault

PLAIN_UNITS = {
    "drivers": ("unit",),
    "commodities": ("unit",),
    "technologies": ("capacity_unit", "activity_unit"),
    "measures": ("unit",),
    "indicators": ("unit",),
    "ramps": ("unit",),
    "carbon_markets": ("unit",),
}


def hourly(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Units of what runs or is balanced by the hour, or counts at peak, that are neither of power nor of energy; add-ons unlike their host."""
    technologies = {row.id: row for row in case.tables["technologies"]}
    firm = {row.item for row in case.tables["numbers"] if row.quantity == "capacity_credit"}
    for row, place in case.placed("technologies"):
        code = "unlike_host" if row.operation == "saving" else "hourly_unit"
        at_peak = {"capacity_unit": POWER} if row.id in firm else {}
        for column, found, due in misfits(row, at_peak | due_units(row, technologies)):
            yield Fault(code, place.at(column), clipped(found), due)
    for row, place in case.placed("commodities"):
        for column, found, due in misfits(row, {"unit": ENERGY} if row.balance == "hourly" else {}):
            yield Fault("hourly_unit", place.at(column), clipped(found), due)


def units(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Units that cannot be converted to what the model counts in."""
    for table, columns in PLAIN_UNITS.items():
        for row, place in case.placed(table):
            for column in columns:
                text = dict(row)[column]
                if text and not is_unit(text):
                    yield Fault("unknown_unit", place.at(column), clipped(text), "-", nearest_unit(text))
    for table, model in TABLES.items():
        if not issubclass(model, Quantified):
            continue
        for row, place in case.placed(table):
            if not row.unit:
                continue
            canonical = canonical_unit(table, row, lookup)
            known = canonical is not None and is_unit(canonical)
            code = unit_fault(row.unit, canonical if known and canonical else row.unit)
            if code is not None:
                expected = shown_unit(canonical) if known and canonical else "-"
                close = nearest_unit(row.unit) if code == "unknown_unit" else ""
                yield Fault(code, place.at("unit"), clipped(row.unit), expected, close)
