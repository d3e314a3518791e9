"""How much can be built: what is committed or was built at the least, what build-rate limit, earliest decision and lead time allow at the most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.timeline import Span, fill_exact
from model.case.read.case import Case
from model.case.tables.rows import Measure

part_of_a_unit = 1e-9


@dataclass(frozen=True)
class Building:
    """Bounds of one measure by span, shape (years,) each, measure units; `units` in whole units, from the first year on."""

    lower: np.ndarray
    upper: np.ndarray
    units: np.ndarray


def building(case: Case, scope: Scope, numbers: Numbers, measure: Measure, *, last_year: float) -> Building:
    """Least and most that can be built of a measure whose effects all end with the calendar year `last_year`.

    Of years before `decide_from`, both are what was built; what was built of a measure without actuals is estimated: as the
    model itself would for what is done without the plan (`usual`), else what was committed. A span that `decide_from` cuts
    has both kinds of years. A build-rate limit (`pace`) holds for the years of a span in which the measure can come into force.
    """
    build_rate = numbers.path("measures", measure.id, "pace", missing=NO_LIMIT)
    committed = numbers.dated(measure.id, "committed")
    actuals = {row.year: numbers.canonical("actuals", row) for row in case.tables["actuals"] if row.measure == measure.id}
    past = [Span(span.first, min(span.last, scope.decide_from - 1)) for span in scope.timeline]
    later = [Span(max(span.first, scope.decide_from), span.last) for span in scope.timeline]
    start = scope.timeline[0].first
    decided = _open_years(later, measure, since=max(scope.decide_from, start), last_year=last_year) * (
        scope.measures == "all" or measure.usual
    )
    before = _open_years(past, measure, since=start, last_year=last_year) * (measure.usual and not actuals)
    built = fill_exact(actuals if actuals else committed, past)
    coming = fill_exact(committed, later)
    lower = built + coming
    upper = np.minimum(np.maximum(_most(build_rate, before), built) + np.maximum(_most(build_rate, decided), coming), NO_LIMIT)
    if not measure.whole:
        return Building(lower, upper, np.full(len(upper), NO_LIMIT))
    size = numbers.constant("measures", measure.id, "unit_size", missing=1.0)
    return Building(lower, *_in_whole_units(upper, size))


def _open_years(parts: list[Span], measure: Measure, *, since: int, last_year: float) -> np.ndarray:
    """Years of each part of a span in which a measure decided from `since` on can come into force and still acts, shape (years,)."""
    first = max(since, measure.earliest or since) + measure.lead_time
    last = min(last_year, measure.latest or last_year)
    return np.array([max(0.0, min(part.last, last) - max(part.first, first) + 1) for part in parts])


def _most(build_rate: np.ndarray, years: np.ndarray) -> np.ndarray:
    return np.where(years > 0, np.minimum(build_rate * years, NO_LIMIT), 0.0)


def _in_whole_units(upper: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Most of a span, in whole units rounded up, and most whole units from the first span on, rounded down: build-rate limits add up over years."""
    units = np.where(upper < NO_LIMIT, upper / size, NO_LIMIT)
    whole = np.ceil(units - part_of_a_unit)
    if (whole - units < part_of_a_unit).all():
        return np.where(upper < NO_LIMIT, whole * size, NO_LIMIT), np.full(len(upper), NO_LIMIT)
    so_far = np.cumsum(units)
    return np.where(upper < NO_LIMIT, whole * size, NO_LIMIT), np.where(so_far < NO_LIMIT, np.floor(so_far + part_of_a_unit), NO_LIMIT)
