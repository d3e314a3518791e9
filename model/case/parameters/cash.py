"""When investment is paid in cash: over the years of building, before what is built comes into force."""

from __future__ import annotations

import numpy as np

from model.case.parameters.building import first_in_force
from model.case.parameters.scope import Scope
from model.case.parameters.timeline import Span
from model.case.tables.rows import Measure


def paid_in(measure: Measure) -> dict[int, float]:
    """Share of an investment paid in each year, counted from the year in which what it buys comes into force (0, the years before negative).

    Even over the years of lead time, or as `cash_profile` has it; without lead time all in the year itself. The shares add up to 1.
    """
    years = measure.lead_time
    shares = measure.cash_profile or ((1 / years,) * years if years else (1.0,))
    return {place - years: share for place, share in enumerate(shares)}


def cash_shares(scope: Scope, measure: Measure, *, last_year: float) -> np.ndarray:
    """Share of what is paid for the builds of each span that falls into each span, shape (build year, 1 + year); before the first in place 0.

    What is built in a span comes into force evenly over those of its years in which it can, or over all of them where only what is past or
    committed does. A row adds up to 1.
    """
    timeline, paid = scope.timeline, paid_in(measure)
    shares = np.zeros((len(timeline), 1 + len(timeline)))
    for place, built in enumerate(timeline):
        coming = _coming(scope, measure, built, last_year=last_year)
        for year in coming:
            for after, share in paid.items():
                shares[place, _span_of(timeline, year + after)] += share / len(coming)
    return shares


def _coming(scope: Scope, measure: Measure, built: Span, *, last_year: float) -> list[int]:
    """The years of a span in which what is built there can come into force."""
    years = list(range(built.first, built.last + 1))
    last = min(last_year, measure.latest or last_year)
    return [year for year in years if first_in_force(scope, measure) <= year <= last] or years


def _span_of(timeline: tuple[Span, ...], year: int) -> int:
    """1 and the place of the span of a calendar year, 0 for what lies before the first."""
    return sum(1 for span in timeline if span.first <= year)
