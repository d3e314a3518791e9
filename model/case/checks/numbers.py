"""Faults of numbers: ranges the wrong way round or missing, values out of bounds, quantities nobody asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.tables.columns import Quantified
from model.case.tables.quantities import QUANTITIES, SETTINGS, Quantity
from model.case.tables.rows import TABLES
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.digits import ENDLESS
from model.case.units.registry import factor

NEEDS_RANGE = ("estimate", "illustrative")
NEVER_NEGATIVE = ("existing", "residuals", "actuals", "day_types", "projects")
hours_per_year = 8760
large = 1e4


def ranges(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """low ≤ value ≤ high, and a range wherever a number is an estimate or an illustration."""
    for table, model in TABLES.items():
        if not issubclass(model, Quantified):
            continue
        for row, place in case.placed(table):
            yield from _range(row, place, partial(canonical_unit, table, row, lookup))


def quantities(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Numbers of quantities and settings that do not exist, or that are dated where they have no year."""
    for row, place in case.placed("numbers"):
        known = QUANTITIES.get(lookup.table(row.item) or "")
        if known is None or row.quantity is None:
            continue
        if row.quantity not in known:
            names = tuple(known)
            yield Fault("unknown_quantity", place.at("quantity"), clipped(row.quantity), ", ".join(names), nearest(row.quantity, names))
        elif known[row.quantity].fill == "constant" and row.year is not None:
            yield Fault("year_on_constant", place.at("year"), str(row.year), row.quantity)
        elif known[row.quantity].fill == "exact" and row.year is None:
            yield Fault("missing_value", place.at("year"), "-", "year")
    for row, place in case.placed("settings"):
        if row.id is not None and row.id not in SETTINGS:
            names = tuple(SETTINGS)
            yield Fault("unknown_quantity", place.at("id"), clipped(row.id), ", ".join(names), nearest(row.id, names))


def bounds(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Numbers outside what their quantity can be: a negative potential, an availability above 1."""
    for row, place in case.placed("numbers"):
        known = QUANTITIES.get(lookup.table(row.item) or "", {}).get(row.quantity or "")
        if known is not None:
            yield from _outside(row, place, canonical_unit("numbers", row, lookup), known=known)
    for row, place in case.placed("settings"):
        if row.id in SETTINGS:
            yield from _outside(row, place, SETTINGS[row.id].unit, known=SETTINGS[row.id])
    for table in NEVER_NEGATIVE:
        for row, place in case.placed(table):
            yield from _outside(row, place, row.unit, known=Quantity("", "", "", least=0))
    for table in ("funding", "credit_segments"):
        for row, place in case.placed(table):
            yield from _outside(row, place, "1", known=Quantity("", "", "", least=0, most=1))
    for row, place in case.placed("deflators"):
        yield from _outside(row, place, "1", known=Quantity("", "", "", above=0))
    for row, place in case.placed("profiles"):
        if row.kind == "shape":
            yield from _outside(row, place, "1", known=Quantity("", "", "", least=1, most=1))
        elif row.kind == "availability":
            known = Quantity("", "", "", most=hours_per_year, above=0)
            yield from _outside(row, place, canonical_unit("profiles", row, lookup), known=known)


def _range(row: Any, place: Place, canonical: Callable[[], str | None]) -> Iterator[Fault]:
    value, low, high = row.value, row.low, row.high
    for column, number in (("value", value), ("low", low), ("high", high)):
        if number is not None and not abs(number) * _times(number, row.unit, canonical) < ENDLESS:  # set on the way, or in a large unit
            yield Fault("not_finite", place.at(column), f"{number:g}", "12.5")
    if low is not None and value is not None and low > value:
        yield Fault("low_above_value", place.at("low"), f"{low:g}", f"<= {value:g}")
    if high is not None and value is not None and value > high:
        yield Fault("value_above_high", place.at("high"), f"{high:g}", f">= {value:g}")
    if value is None and low is not None and high is not None and low > high:
        yield Fault("value_above_high", place.at("high"), f"{high:g}", f">= {low:g}")
    if row.status in NEEDS_RANGE and value is not None:
        for column, number in (("low", low), ("high", high)):
            if number is None and column not in row.model_fields_set:
                yield Fault("range_missing", place.at(column), row.status, column)


def _times(number: float, unit: str | None, canonical: Callable[[], str | None]) -> float:
    """By what a number grows when it is converted; 1 where it is far from any limit, or cannot be converted."""
    wanted = canonical() if unit and abs(number) > large else None
    return factor(unit, wanted) if unit and wanted and is_unit(wanted) and unit_fault(unit, wanted) is None else 1.0


def _outside(row: Any, place: Place, canonical: str | None, *, known: Quantity) -> Iterator[Fault]:
    if not row.unit or canonical is None or not is_unit(canonical) or unit_fault(row.unit, canonical) is not None:
        return
    times = factor(row.unit, canonical)
    for column, number in (("value", row.value), ("low", row.low), ("high", row.high)):
        if number is None:
            continue
        limits = []
        if known.above is not None and number * times <= known.above:
            limits.append(f"> {known.above / times:g}")
        if known.least is not None and number * times < known.least - 1e-9:
            limits.append(f">= {known.least / times:g}")
        if known.most is not None and number * times > known.most + 1e-9:
            limits.append(f"<= {known.most / times:g}")
        for limit in limits:
            yield Fault("out_of_bounds", place.at(column), f"{number:g}", limit if row.unit == "1" else f"{limit} {row.unit}")
