"""Records of what was built that no plan can hold: parts of units that come as a whole, more taken away than stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import ceil, floor
from typing import Any

from model.case.faults import Fault
from model.case.parameters.history import RECORDED
from model.case.parameters.taking import Takings, joined
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
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


def beyond_stock(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Records of measures that together take more from a stock than ever stood of it; of an estimate its low counts."""
    if case.unread & {"existing", "effects", "technologies", "measures", "actuals"}:
        return
    takings = Takings(case)
    standing = {row.id: _canonical("existing", row, row.value, lookup) for row in case.tables["existing"]}
    taken: dict[str, list[tuple[frozenset[str], float]]] = defaultdict(list)
    for effect in case.tables["effects"]:
        taking, value = takings.of(effect), _canonical("effects", effect, effect.value, lookup)
        if taking is not None and taking.stock and value is not None:
            taken[effect.measure].append((frozenset(taking.stock), -value))
    stocks = {stock: sum(standing[name] or 0.0 for name in stock) for stock in joined(one for found in taken.values() for one, _ in found)}
    so_far = dict.fromkeys(stocks, 0.0)
    for row, place in sorted(case.placed("actuals"), key=lambda one: (str(one[0].year), one[1].row or 0)):
        known = row.status in RECORDED or row.low is None
        amount = _canonical("actuals", row, row.value if known else row.low, lookup)
        if amount is None:
            continue
        for stock in stocks:
            each = sum(value for mine, value in taken[row.measure] if mine <= stock)
            so_far[stock] += amount * each
            if each > 0 and so_far[stock] > stocks[stock] * (1 + part_of_a_unit) + part_of_a_unit:
                unit = canonical_unit("actuals", row, lookup)
                left = max(0.0, amount - (so_far[stock] - stocks[stock]) / each) / factor(row.unit, str(unit))
                yield Fault("record_beyond_stock", place.at("value"), f"{row.value:g} {row.unit}", f"<= {left:g} {row.unit}")
                break


def _canonical(table: str, row: Any, value: float | None, lookup: Lookup) -> float | None:
    """A value of a row in its canonical unit; None where it has none, or another check tells that its unit is wrong."""
    unit = canonical_unit(table, row, lookup)
    if value is None or not row.unit or unit is None or not is_unit(row.unit) or unit_fault(row.unit, unit) is not None:
        return None
    return value * factor(row.unit, unit)
