"""How much each modelled year counts in a sum over calendar years: in present values, and in what is added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.case.parameters.timeline import Payments, Span, SpanRule


@dataclass(frozen=True)
class Weights:
    """Of each modelled year, shape (years,), and of the base year, which stands before the first of them."""

    years: np.ndarray
    base: float


def weights(timeline: Sequence[Span], rule: SpanRule, worth: Callable[[int], float]) -> Weights:
    """What each modelled year counts of Σ_t worth(t) · amount(t) over all calendar years t, those of its own span and of the next.

    By `end` a year stands for its span. By `even` the amount of t in (a, b] is (1 − λ) · amount(a) + λ · amount(b) with λ = (t − a)/(b − a),
    a and b being modelled years or the base year: so b counts λ of its own span and 1 − λ of the next. Both are the same for spans of one year.

    >>> from model.case.parameters.timeline import spans
    >>> weights(spans(2020, [2021, 2025]), "even", lambda year: 1.0)
    Weights(years=array([2.5, 2.5]), base=0.0)
    >>> weights(spans(2020, [2022]), "even", lambda year: 1.0)
    Weights(years=array([1.5]), base=0.5)
    """
    counted = [0.0] * (1 + len(timeline))
    for place, span in enumerate(timeline, start=1):
        for past, year in enumerate(range(span.first, span.last + 1), start=1):
            share = 1.0 if rule == "end" else past / span.years
            counted[place] += share * worth(year)
            counted[place - 1] += (1.0 - share) * worth(year)
    return Weights(np.array(counted[1:]), counted[0])


def discounting(rate: float, reference: int, payments: Payments) -> Callable[[int], float]:
    """Value at the end of `reference` of 1 paid in a calendar year, at its end or in its middle.

    >>> round(discounting(0.21, 2020, "end")(2021), 4), round(discounting(0.21, 2020, "middle")(2021), 4)
    (0.8264, 0.9091)
    """
    half = 0.5 if payments == "middle" else 0
    return lambda year: (1 + rate) ** (reference - year + half)
