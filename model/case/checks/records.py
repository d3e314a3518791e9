"""Records of what was built that no plan can hold: parts of units that come as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from model.case.faults import Fault
from model.case.parameters.history import RECORDED
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

part_of_a_unit = 1e-6


def whole_units(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A record of a measure in whole units that is no multiple of its unit, or an estimate with none between its low and high."""
    sizes = {row.item: row for row in case.tables["numbers"] if row.quantity == "unit_size" and row.value}
    whole = {row.id for row in case.tables["measures"] if row.whole}
    for row, place in case.placed("actuals"):
        size = sizes.get(row.measure)
        if row.measure not in whole or size is None or row.value is None or unit_fault(row.unit, size.unit) is not None:
            continue
        unit = size.value * factor(size.unit, row.unit)
        known = row.status in RECORDED or row.low is None or row.high is None
        low, high = (row.value, row.value) if known else (row.low, row.high)
        if ceil(low / unit - part_of_a_unit) > floor(high / unit + part_of_a_unit):
            nearest = max(1, round(row.value / unit)) * unit
            yield Fault("part_of_a_unit", place.at("value"), f"{row.value:g}", f"n × {unit:g}", f"{nearest:g}")
