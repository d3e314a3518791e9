"""Faults of prices that would make trade a well of money: a sale that pays no less than the purchase, being paid to take what may be left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place
from model.case.parameters.timeline import fill_linear
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor

Prices = dict[int | None, tuple[float, Place]]


def trade(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """In every modelled year each sale price lies below every purchase price of the same commodity."""
    prices = _prices(case, lookup)
    unit = {row.id: f"亿元/{lookup.column(row.commodity, 'unit')}" for row in case.tables["markets"]}
    years = [year for year in [case.header.base_year, *case.header.years] if year is not None]
    markets = [row for row in case.tables["markets"] if row.id in prices]
    for sale in (row for row in markets if row.direction == "sell"):
        for purchase in (row for row in markets if row.direction == "buy" and row.commodity == sale.commodity):
            paid, earned = _path(prices[purchase.id], years), _path(prices[sale.id], years)
            for year, cost, income in zip(years, paid, earned, strict=True):
                if income >= cost:
                    place = _nearest_place(prices[sale.id], year)
                    yield Fault(
                        "sale_not_below_purchase", place.at("value"), f"{income:g} {unit[sale.id]} ({year})", f"< {cost:g} ({purchase.id})"
                    )
                    break


def surplus(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Nobody is paid without limit for taking what may be left over: more and more of it would be taken."""
    prices, years = _prices(case, lookup), [year for year in [case.header.base_year, *case.header.years] if year is not None]
    free = {row.id for row in case.tables["commodities"] if row.surplus and row.balance == "yearly"}
    limited = {row.item for row in case.tables["numbers"] if row.quantity == "yearly_limit"}
    for row in case.tables["markets"]:
        if row.direction == "buy" and row.commodity in free and row.id in prices and row.id not in limited:
            unit = f"亿元/{lookup.column(row.commodity, 'unit')}"
            year, price = min(zip(years, _path(prices[row.id], years), strict=True), key=lambda one: one[1])
            if price < 0:
                place = _nearest_place(prices[row.id], year)
                yield Fault("paid_without_end", place.at("value"), f"{price:g} {unit} ({year})", ">= 0")


def _prices(case: Case, lookup: Lookup) -> dict[str, Prices]:
    found: dict[str, Prices] = defaultdict(dict)
    for row, place in case.placed("numbers"):
        if row.quantity != "price" or row.value is None or not row.unit or isinstance(row.year, str):
            continue
        canonical = canonical_unit("numbers", row, lookup)
        if canonical is None or not is_unit(canonical) or unit_fault(row.unit, canonical) is not None:
            continue
        found[row.item][row.year] = (row.value * factor(row.unit, canonical), place)
    return found


def _path(prices: Prices, years: list[int]) -> Any:
    dated = {year: price for year, (price, _) in prices.items() if year is not None}
    return fill_linear(dated, years) if dated else [prices[None][0]] * len(years)


def _nearest_place(prices: Prices, year: int) -> Place:
    dated = [known for known in prices if known is not None]
    return prices[min(dated, key=lambda known: abs(known - year)) if dated else None][1]
