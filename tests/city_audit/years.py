"""Spans, discounting, and which share of a span something is in force or standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf

weight_at_end = 1e-9


@dataclass(frozen=True)
class Years:
    """Modelled years, each standing for the calendar years since the one before it (the first: since the base year)."""

    base: int
    modelled: tuple[int, ...]
    rate: float

    def span(self, year: int) -> range:
        before = max(other for other in (self.base, *self.modelled) if other < year)
        return range(before + 1, year + 1)

    def discount(self, calendar: int) -> float:
        return (1 + self.rate) ** (self.base - calendar)

    def present(self, year: int) -> float:
        """Present value of 1 in each calendar year of the span."""
        return sum(self.discount(calendar) for calendar in self.span(year))

    def share(self, year: int, weight: Callable[[int], float]) -> float:
        """Mean over the span's calendar years of a weight in each."""
        span = self.span(year)
        return sum(weight(calendar) for calendar in span) / len(span)

    def in_force(self, built: int, lifetime: float) -> Callable[[int], float]:
        """How much of each calendar year what is built in a span counts: from the span's first year for its lifetime, at least the whole
        span, inside which it is renewed; the last year may be a part of one."""
        span = self.span(built)
        lives = max(lifetime, float(len(span)))
        return lambda calendar: 0.0 if calendar < span[0] else min(1.0, max(0.0, lives - (calendar - span[0])))


def annuity(lifetime: float, rate: float) -> float:
    """What pays back 1 over a lifetime, at the end of each year, the last year in part: 1 / Σ w(t) · (1 + r)^−t.

    >>> annuity(4, 0.0), annuity(3.5, 0.0)
    (0.25, 0.2857142857142857)
    """
    if lifetime == inf:
        return rate
    weights = [min(1.0, lifetime - year) for year in range(ceil(lifetime - weight_at_end))]
    return 1 / sum(weight * (1 + rate) ** -(year + 1) for year, weight in enumerate(weights))
