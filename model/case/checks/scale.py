"""Warnings: numbers that a solver will find too large or too small, yields a profile cannot give."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.checks.days import year_mean
from model.case.faults import Fault, Place
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.tables.hours import HOURS
from model.case.units.conversion import is_unit, shown_unit, unit_fault
from model.case.units.registry import factor

COEFFICIENTS = ("flows", "effects", "accounts", "coupling_terms")
PRICES = ("investment", "upkeep", "variable_cost", "price", "network_cost")
SMALLEST, LARGEST = 1e-3, 1e4
hours_per_year = 8760


def coefficients(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Coefficients outside 1e-3…1e4 in canonical units: row by row in the case's own tables, file by file in included ones."""
    included: dict[str, list[tuple[float, str, Place]]] = defaultdict(list)
    for table in (*COEFFICIENTS, "numbers"):
        for row, place in case.placed(table):
            if not row.value or not row.unit or (table == "numbers" and row.quantity not in PRICES):
                continue
            canonical = canonical_unit(table, row, lookup) or row.unit
            if not is_unit(canonical) or unit_fault(row.unit, canonical) is not None:
                continue
            size = abs(row.value * factor(row.unit, canonical))
            if SMALLEST <= size <= LARGEST:
                continue
            told = _told(row, size, shown_unit(canonical))
            if place.file.startswith("../"):
                included[place.file].append((size, told, place))
            else:
                yield Fault("coefficient_scale", place.at("value"), told, f"{SMALLEST:g}–{LARGEST:g}")
    for found in included.values():
        # Nothing the owner of this case can mend: one line says so, and his own rows are not lost among the others.
        _, told, place = min(found, key=lambda one: one[0])
        rows = f" ({len(found)}×)" if len(found) > 1 else ""
        yield Fault("coefficient_scale", place.at("value"), f"{told}{rows}", f"{SMALLEST:g}–{LARGEST:g}")


def _told(row: Any, size: float, canonical: str) -> str:
    """The number as its file has it, and what that is in the unit that is counted in where it is another."""
    own = f"{row.value:g} {row.unit}"
    return own if row.unit == canonical else f"{own} = {math.copysign(size, row.value):.3g} {canonical}"


def yields(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Availabilities that would rise above 1 where they are scaled up to the yearly yield, and be cut there."""
    days = {row.id: row.days for row in case.tables["periods"]}
    hours: dict[str, dict[str, tuple[Any, Place]]] = defaultdict(dict)
    for row, place in case.placed("profile_days"):
        hours[row.profile][row.period] = (dict(row), place)
    for row, place in case.placed("profiles"):
        mean = year_mean(hours[row.id], days) if row.kind == "availability" and row.id in hours else None
        canonical = canonical_unit("profiles", row, lookup)
        if not mean or not row.value or not row.unit or canonical is None or unit_fault(row.unit, canonical) is not None:
            continue
        highest = max(cells[hour] for cells, _ in hours[row.id].values() for hour in HOURS if cells[hour] is not None)
        scaled = highest * row.value * factor(row.unit, canonical) / (mean * hours_per_year)
        if scaled > 1:
            yield Fault("profile_clipped", place.at("value"), f"{scaled:.3g}", "<= 1")
