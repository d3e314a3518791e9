"""Faults of money stated in another year's prices: of years without a price level, and of numbers that are no money."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.read.price_years import STATED, dearer, price_levels
from model.case.units.conversion import is_unit
from model.case.units.registry import money_power


def known(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Years of prices that `deflators` does not tell, the case's own among them; and numbers that no level of prices moves."""
    levels, own = price_levels(case.tables), case.header.price_year
    for table in STATED:
        for row, place in case.placed(table):
            if row.price_year is None or not row.unit or not is_unit(row.unit):
                continue
            if not money_power(row.unit):
                yield Fault("no_money_here", place.at("price_year"), clipped(row.unit), "CNY")
            elif own is not None and "deflators" not in case.unread and dearer(levels, row.price_year, own) is None:
                missing = sorted({row.price_year, own} - levels.keys())
                yield Fault("price_level_missing", place.at("price_year"), str(row.price_year), ", ".join(str(year) for year in missing))
