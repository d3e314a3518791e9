"""Faults of years: outside the horizon, the wrong way round, given both for one year and for all, more of them than a measure lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case, included
from model.case.tables.columns import reach
from model.case.tables.rows import TABLES
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

CHANGED = "--set"  # the file of rows that are changed and not read
ORDERED = {"existing": ("since", "until"), "measures": ("earliest", "latest"), "projects": ("start", "finish")}
YEARS = ("year", "base_year", "since", "until", "earliest", "latest", "start", "finish")
PATHS = {"numbers": ("item", "quantity"), "flows": ("technology", "commodity"), "accounts": ("indicator", "item", "by")}


def horizon(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Years no model of this case can use. Rows of included folders serve other cases too and may reach further, but not for ever."""
    if case.header.base_year is None or not case.header.years or list(case.header.years) != sorted(case.header.years):
        return
    told: set[Place] = set()
    for fault in _beyond(case, lookup):
        told.add(fault.place)
        yield fault
    first, last = case.header.base_year - reach, case.header.base_year + reach
    for table, model in TABLES.items():
        columns = [name for name in YEARS if name in model.model_fields]
        for row, place in case.placed(table) if columns else ():
            for column in columns:
                year = getattr(row, column)
                if isinstance(year, int) and not first <= year <= last and place.at(column) not in told:
                    yield Fault("year_outside", place.at(column), str(year), f"{first}–{last}")


def _beyond(case: Case, lookup: Lookup) -> Iterator[Fault]:
    base, last = case.header.base_year, max(case.header.years)
    for table in ("numbers", "flows", "accounts", "facts"):
        for row, place in case.placed(table):
            if table == "facts" and row.role in (None, "shown"):
                continue
            until = base if table == "facts" and row.role != "record" else last
            # A driver's year before the base year tells how fast it changes in the base year.
            first = base - 1 if table == "numbers" and lookup.table(row.item) == "drivers" else base
            yield from _outside(row.year, place.at("year"), first, until=until)
    for table in ("targets", "actuals", "official"):
        for row, place in case.placed(table):
            yield from _outside(row.year, place.at("year"), base + 1, until=last)
    for row, place in case.placed("measures"):
        yield from _outside(row.earliest, place.at("earliest"), base, until=last)
        yield from _outside(row.latest, place.at("latest"), base + 1, until=last)
    for row, place in case.placed("effects"):
        if isinstance(row.until, int) and row.until <= base:
            yield Fault("year_outside", place.at("until"), str(row.until), f"> {base}", str(base + 1))
    for row, place in case.placed("existing"):
        if included(place):
            continue
        if isinstance(row.until, int) and row.until < base and not (isinstance(row.since, int) and row.since > row.until):
            yield Fault("year_outside", place.at("until"), str(row.until), f">= {base}", str(base))
        if isinstance(row.since, int) and row.since > last:
            yield Fault("year_outside", place.at("since"), str(row.since), f"<= {last}", str(last))


def order(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A first year after the last one."""
    for table, (first, last) in ORDERED.items():
        for row, place in case.placed(table):
            start, end = dict(row)[first], dict(row)[last]
            if isinstance(start, int) and isinstance(end, int) and start > end:
                yield Fault("years_reversed", place.at(last), str(end), f">= {start}")


def mixed(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """One path given both for all years (empty year) and for single years: which holds would be a guess."""
    for table, columns in PATHS.items():
        found: dict[tuple[object, ...], list[tuple[object, Place]]] = defaultdict(list)
        for row, place in case.placed(table):
            found[tuple(dict(row)[column] for column in columns)].append((row.year, place))
        for path, dated in found.items():
            if None in path or not any(isinstance(year, int) for year, _ in dated):
                continue
            for year, place in dated:
                if year is None:
                    years = ", ".join(sorted(str(other) for other, _ in dated if isinstance(other, int)))
                    yield Fault("mixed_years", place.at("year"), "-", clipped(years))


def lifetimes(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Effects that outlive their measure, paid for no longer than it. A retirement stays in force, and what it takes away stays away.

    Where a lifetime is set on the way, not told in the tables, the effect ends with the measure.
    """
    told = {
        row.item: row.value * factor(row.unit, "yr")
        for row, place in case.placed("numbers")
        if row.quantity == "lifetime"
        and row.value is not None
        and row.unit
        and unit_fault(row.unit, "yr") is None
        and place.file != CHANGED
    }
    kinds = {row.id: row.kind for row in case.tables["measures"]}
    for row, place in case.placed("effects"):
        if row.lifetime is not None and row.lag is not None and row.lifetime <= row.lag:
            yield Fault("never_counts", place.at("lifetime"), f"{row.lifetime:g}", f"> {row.lag} (lag)")
        kind, life = kinds.get(row.measure), told.get(row.measure)
        takes_away = kind == "replace" and (row.value or 0) < 0 and lookup.table(row.item) == "technologies"
        if kind == "retire" or takes_away or row.lifetime is None or life is None:
            continue
        if row.lifetime > life + 1e-9:
            yield Fault("outlives_measure", place.at("lifetime"), f"{row.lifetime:g}", f"<= {life:g}", f"{life:g}")


def _outside(year: object, place: Place, first: int, *, until: int) -> Iterator[Fault]:
    if isinstance(year, int) and not included(place) and not first <= year <= until:
        expected = f"{first}–{until}" if first < until else str(first)
        yield Fault("year_outside", place, str(year), expected, str(first if year < first else until))
