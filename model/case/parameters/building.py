"""How much can be built: what is committed or was built at the least, what build-rate limit, earliest decision and lead time allow at the most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.case.parameters.history import past_of, recorded
from model.case.parameters.numbers import NO_LIMIT, Numbers
from model.case.parameters.scope import Scope
from model.case.parameters.timeline import Span, fill_exact
from model.case.read.case import Case
from model.case.tables.rows import Measure

part_of_a_unit = 1e-9


@dataclass(frozen=True)
class Building:
    """Bounds of one measure by span, shape (years,) each, measure units; `units` in whole units, from the first year on.

    `past` is what of the lower bound lies before the first year of decisions; `open_years` are the years in which what is decided can enter.
    """

    lower: np.ndarray
    upper: np.ndarray
    units: np.ndarray
    past: np.ndarray
    open_years: np.ndarray


def building(case: Case, scope: Scope, numbers: Numbers, measure: Measure, *, last_year: float) -> Building:
    """Least and most that can be built of a measure whose effects all end with the calendar year `last_year`.

    Of years before `decide_from`, both are what the history says, where it is known. Where it is being found, they are what the record
    bounds, and after the last row of the record what its build rate allows of what this scope opens. A span that `decide_from` cuts has
    both kinds of years. A build-rate limit (`pace`) holds for the years of a span in which the measure can come into force. What is usual
    and has a lead time was begun before `decide_from` as the usual baseline has it, no more and no less.
    """
    build_rate = numbers.path("measures", measure.id, "pace", missing=NO_LIMIT)
    committed = numbers.dated(measure.id, "committed")
    past = past_of(scope.timeline, scope.decide_from)
    later = [Span(max(span.first, scope.decide_from), span.last) for span in scope.timeline]
    start = scope.timeline[0].first
    opened = scope.measures == "all" or measure.usual
    since = _decided_since(scope) if scope.measures == "all" else _begun_since(scope, measure)
    decided = _open_years(later, measure, since=since, last_year=last_year) * (opened or keeps(scope, numbers, measure))
    least, most = _before(case, scope, numbers, measure, past, build_rate, opened=opened, start=start, last_year=last_year)
    coming = fill_exact(committed, later)
    begun = _begun(scope, measure, later, build_rate, least + coming, last_year=last_year)
    lower = least + coming + begun
    upper = np.minimum(most + np.maximum(_most(build_rate, decided), coming) + begun, NO_LIMIT)
    if not measure.whole:
        return Building(lower, upper, np.full(len(upper), NO_LIMIT), least, decided)
    size = numbers.constant("measures", measure.id, "unit_size", missing=1.0)
    return Building(lower, *_in_whole_units(upper, size), least, decided)


def _begun(
    scope: Scope, measure: Measure, later: list[Span], build_rate: np.ndarray, known: np.ndarray, *, last_year: float
) -> np.ndarray:  # fmt: skip
    """What enters of a usual measure that was begun before decisions, beyond what is `known` as built or committed, shape (years,): in the years that what is
    decided cannot reach, what the usual baseline builds; of a span that both kinds of years share, as much as the first kind has room for.
    """
    if measure.id not in scope.begun:
        return np.zeros(len(later))
    since, until = _begun_since(scope, measure), _first(measure, _decided_since(scope)) - 1
    parts = [Span(span.first, min(span.last, until)) for span in later]
    early = _open_years(parts, measure, since=since, last_year=last_year)
    whole = np.array([span.last <= until for span in later])
    more = np.maximum(np.array(scope.begun[measure.id]) - known, 0.0) * (early > 0)
    return np.where(whole, more, np.minimum(more, _most(build_rate, early)))


def keeps(scope: Scope, numbers: Numbers, measure: Measure) -> bool:
    """Whether the usual path keeps up what of a measure that is not usual was built, is committed or follows from that, and adds no more of it."""
    if scope.measures != "usual" or measure.usual or scope.finds_past:
        return False
    was_built = scope.history is not None and any(scope.history.built.get(measure.id, ()))
    return was_built or measure.id in scope.following or any(numbers.dated(measure.id, "committed").values())


def _before(
    case: Case, scope: Scope, numbers: Numbers, measure: Measure, past: list[Span], build_rate: np.ndarray, *, opened: bool, start: int, last_year: float
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Least and most that was built before decisions begin, shape (years,) each."""
    known = scope.history.of(measure.id, len(past)) if scope.history is not None else None
    if known is not None:
        return known, known
    told = recorded(case, numbers, measure, past, ranges=scope.measures == "all")
    after = start if told.until is None else told.until + 1
    free = _open_years([Span(max(part.first, after), part.last) for part in past], measure, since=start, last_year=last_year)
    open_years = _most(build_rate, free * (opened and scope.reconstructs))
    return told.least + told.committed, told.most + np.maximum(told.committed, open_years)


def first_in_force(scope: Scope, measure: Measure) -> int:
    """The first year in which what is decided of a measure can come into force."""
    return max(_decided_since(scope), _first(measure, _begun_since(scope, measure)))


def _decided_since(scope: Scope) -> int:
    return max(scope.decide_from, scope.timeline[0].first)


def _begun_since(scope: Scope, measure: Measure) -> int:
    """The year from which on it may have been begun: what is usual, beside a past that is known, as usual; all else when decisions begin."""
    return _decided_since(scope) if scope.history is None or not measure.usual else scope.timeline[0].first


def _first(measure: Measure, since: int) -> int:
    return max(since, measure.earliest or since) + measure.lead_time


def _open_years(parts: list[Span], measure: Measure, *, since: int, last_year: float) -> np.ndarray:
    """Years of each part of a span in which a measure decided from `since` on can come into force and still acts, shape (years,)."""
    first = _first(measure, since)
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
