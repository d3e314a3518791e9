"""Faults of storage: over days that are in no order, of energy apart from power, of numbers that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from model.case.faults import Fault, Place, clipped
from model.case.parameters.days import in_order
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor

days_of_a_month = 31


def spans(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Storage over days: of storage alone, and no longer than the order of the days is known."""
    drawn = sorted({row.profile for row in case.tables["day_types"] if isinstance(row.profile, str)})
    long = [row for row in case.tables["periods"] if row.days is not None and row.days > days_of_a_month]
    for row, place in case.placed("technologies"):
        if row.span in (None, "day"):
            continue
        if row.operation not in (None, "storage"):
            yield Fault("not_used_here", place.at("span"), row.operation, "storage")
        elif drawn and row.span == "year":
            yield Fault("days_in_no_order", place.at("span"), f"year ({clipped(', '.join(drawn))})", "day, month")
        elif drawn and long:
            yield Fault("days_in_no_order", place.at("span"), f"month ({clipped(f'{long[0].id}: {long[0].days:g}')})", "day")


def calendar(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Periods that storage over the year takes in their order, which their numbers must tell."""
    over = {row.id for row in case.tables["technologies"] if row.span == "year" and row.operation == "storage"}
    placed = case.placed("periods")
    ids = [row.id for row in case.tables["periods"]]
    if not over or not all(isinstance(name, str) for name in ids) or len(ids) < 2:
        return
    numbers = [re.search(r"\d+$", row.id) for row in in_order(case)]
    told = [int(found.group()) for found in numbers if found]
    if len(told) < len(ids) or any(after <= before for before, after in pairwise(told)):
        first = next(iter(placed))[1]
        yield Fault("periods_in_no_order", Place(first.file, None, "id"), clipped(", ".join(ids)), "m1, m2, m3")


def durations(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A longest duration below the least, or below what comes with power; a told stock of what does not close on itself over the year."""
    technologies = {row.id: row for row in case.tables["technologies"]}
    told: dict[tuple[str, str], tuple[float, Place]] = {}
    for row, place in case.placed("numbers"):
        if row.item in technologies and row.quantity in ("least_hours", "most_hours", "storage_hours") and _hours(row) is not None:
            told[row.item, row.quantity] = (_hours(row) or 0.0, place)
        of = technologies.get(row.item)
        if row.quantity == "start_stock" and of is not None and of.operation == "storage" and of.span in ("day", "month"):
            yield Fault("not_used_here", place.at("quantity"), f"{row.item}.start_stock ({of.span})", "span: year")
    for (item, quantity), (most, place) in told.items():
        if quantity != "most_hours":
            continue
        least = max(told.get((item, name), (0.0, place))[0] for name in ("least_hours", "storage_hours"))
        if most < least:
            yield Fault("out_of_bounds", place.at("value"), f"{item}.most_hours {most:g}", f">= {least:g} h")


def reservoirs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A reservoir runs nothing: what is taken in and given out, and counted of it, is its storage's."""
    hosts = {row.id: row.host for row in case.tables["technologies"] if row.operation == "reservoir"}
    for row, place in case.placed("flows"):
        if row.technology in hosts:
            yield Fault("not_used_here", place.at("technology"), f"{row.technology} (reservoir)", str(hosts[row.technology] or "storage"))
    for table in ("accounts", "coupling_terms"):
        for row, place in case.placed(table):
            if row.item in hosts and row.by == "activity":
                yield Fault("not_used_here", place.at("by"), f"{row.item} (reservoir)", str(hosts[row.item] or "storage"))


def _hours(row: Any) -> float | None:
    if row.value is None or not row.unit or not is_unit(row.unit) or unit_fault(row.unit, "h") is not None:
        return None
    return float(row.value * factor(row.unit, "h"))
