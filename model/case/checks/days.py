"""Faults of days and hours: profiles with holes, values no profile can have, weights that do not add up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.hours import HOURS
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

TOLERANCE = 1e-3
days_per_year = 365


def periods(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Periods are whole days, 365 together."""
    placed = [(row, place) for row, place in case.placed("periods")]
    days = [row.days for row, _ in placed]
    for row, place in placed:
        if row.days is not None and row.days != round(row.days):
            yield Fault("not_a_whole_number", place.at("days"), f"{row.days:g}", str(round(row.days)))
    if days and None not in days and "periods" not in case.unread and not math.isclose(sum(days), days_per_year):
        yield Fault("period_days", Place(placed[0][1].file, None, "days"), f"{sum(days):g}", str(days_per_year))


def day_types(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """The shares of a profile's day types make 1, and not all of its days are without any of it."""
    shares: dict[str, list[tuple[Any, Place]]] = defaultdict(list)
    values: dict[str, list[float | None]] = defaultdict(list)
    for row, place in case.placed("day_types"):
        shares[row.profile].append((row.share, place))
        values[row.profile].append(row.value)
    for profile, given in shares.items():
        numbers = [share for share, _ in given]
        if profile is None or None in numbers or "day_types" in case.unread:
            continue
        if abs(sum(numbers) - 1) > TOLERANCE:
            yield Fault("day_type_shares", given[0][1].at("share"), f"{sum(numbers):.4g} ({profile})", "1")
        if all(value == 0 for value in values[profile]):
            yield Fault("out_of_bounds", given[0][1].at("value"), f"0 ({profile})", "> 0")


def availability(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Every hour of an availability lies between 0 and 1."""
    kinds = {row.id: row.kind for row in case.tables["profiles"]}
    for row, place in case.placed("profile_days"):
        if kinds.get(row.profile) != "availability":
            continue
        cells = dict(row)
        for hour in HOURS:
            if cells[hour] is not None and not 0 <= cells[hour] <= 1:
                yield Fault("availability_outside", place.at(hour), f"{cells[hour]:g}", "0–1")


def completeness(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Every profile has its hours in every period, and a shape's mean over the year is 1."""
    if not case.tables["periods"] or case.unread & {"periods", "profile_days"}:
        return
    days = {row.id: row.days for row in case.tables["periods"]}
    hours: dict[str, dict[str, tuple[Any, Place]]] = defaultdict(dict)
    for row, place in case.placed("profile_days"):
        hours[row.profile][row.period] = (dict(row), place)
    for row, place in case.placed("profiles"):
        given = hours.get(row.id, {})
        missing = [period for period in days if period is not None and period not in given]
        if missing:
            yield Fault("missing_periods", place.at("id"), clipped(", ".join(missing)), str(len(days)))
        elif row.kind == "shape":
            yield from _mean(row.id, given, days)
        elif row.kind == "availability" and year_mean(given, days) == 0:
            yield Fault("out_of_bounds", _first(given).at("profile"), f"0 ({clipped(row.id)})", "> 0")


def spell(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """The stress spell is whole days, and leaves some of the year to the typical ones."""
    told = {
        row.id: (row.value * factor(row.unit, "1"), place)
        for row, place in case.placed("settings")
        if row.id in ("stress_days", "stress_weight") and row.value is not None and row.unit and unit_fault(row.unit, "1") is None
    }
    if "stress_days" not in told:
        return
    number, place = told["stress_days"]
    if number != round(number):
        yield Fault("not_a_whole_number", place.at("value"), f"{number:g}", str(round(number)))
    weight, spot = told.get("stress_weight", (0.0, place))
    if number > 0 and number * weight >= days_per_year:
        yield Fault("out_of_bounds", spot.at("value"), f"{weight:g}", f"< {days_per_year / number:g}")


def year_mean(hours: dict[str, tuple[Any, Place]], days: dict[str, Any]) -> float | None:
    """Mean of a profile over the year, weighted by the days of the periods; None where a cell is missing."""
    cells = [(days[period], row[hour]) for period, (row, _) in hours.items() if period in days for hour in HOURS]
    if any(weight is None or number is None for weight, number in cells):
        return None
    total = sum(weight for weight, _ in cells)
    return sum(weight * number for weight, number in cells) / total if total else None


def _mean(profile: str, hours: dict[str, tuple[Any, Place]], days: dict[str, Any]) -> Iterator[Fault]:
    mean = year_mean(hours, days)
    if mean is not None and abs(mean - 1) > TOLERANCE:
        yield Fault("shape_mean", _first(hours).at("profile"), f"{mean:.4g} ({clipped(profile)})", "1")


def _first(hours: dict[str, tuple[Any, Place]]) -> Place:
    return min((place for _, place in hours.values()), key=lambda place: (place.file, place.row or 0))
