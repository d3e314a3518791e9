"""Years: the span that each modelled year stands for, what a present value is, and how long a thing is in force."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Horizon:
    """The base year and the modelled years; each stands for the years since the one before."""

    base: int
    years: tuple[int, ...]
    decide_from: int
    rate: float
    even: bool = False
    mid_year: bool = False

    def before(self, year: int) -> int | None:
        """The modelled year before, or None for the first."""
        place = self.years.index(year)
        return self.years[place - 1] if place else None

    def first(self, year: int) -> int:
        """The first calendar year of a span."""
        before = self.before(year)
        return (self.base if before is None else before) + 1

    def span(self, year: int) -> range:
        return range(self.first(year), year + 1)

    def length(self, year: int) -> int:
        return len(self.span(year))

    def worth(self, year: int) -> float:
        """Present value of 1 paid in this calendar year."""
        return (1 + self.rate) ** -(year - self.base)

    def discount(self, year: int) -> float:
        """Present value of what a yearly cost of 1 in a modelled year (or in the base year) stands for."""
        return sum(self._counts(year, t) * self.worth(t) for t in self._all_years()) * ((1 + self.rate) ** 0.5 if self.mid_year else 1)

    def counts(self, year: int, until: int) -> float:
        """How many of the calendar years up to one a modelled year (or the base year) stands for."""
        return sum(self._counts(year, t) for t in self._all_years() if t <= until)

    def _all_years(self) -> range:
        return range(self.base + 1, self.years[-1] + 1)

    def _counts(self, year: int, t: int) -> float:
        """What of calendar year t is as in `year`: all of its own span, or evenly more towards it from the one before, less towards the next."""
        nodes = (self.base, *self.years)
        after = next(node for node in nodes if node >= t)
        before = max(node for node in nodes if node < t)
        if not self.even:
            return float(year == after)
        near = (t - before) / (after - before)
        return {after: near, before: 1 - near}.get(year, 0.0)

    def starts(self, built: int) -> list[int]:
        """When equal parts of what is built in a span come into force: with its first year, or one in each."""
        return list(self.span(built)) if self.even else [self.first(built)]

    def seen(self, year: int) -> list[int]:
        """The calendar years that the stock of a modelled year is of: all of its span, or itself."""
        return [year] if self.even else list(self.span(year))

    def share(self, year: int, start: float, end: float) -> float:
        """Share of a span (or of the modelled year itself) in which what stands from the start of `start` to the start of `end` is in force."""
        seen = self.seen(year)
        return sum(overlap(t, start, end) for t in seen) / len(seen)


def overlap(year: int, start: float, end: float) -> float:
    """Part of a calendar year in [start, end)."""
    return max(0.0, min(year + 1.0, end) - max(float(year), start))


def annuity(lifetime: float, rate: float) -> float:
    """Yearly payment that pays back 1 over a lifetime, the part of the last year in proportion.

    >>> round(annuity(2.5, 0.0), 12)
    0.4
    """
    weights = [min(1.0, lifetime - t) for t in range(math.ceil(lifetime))]
    return 1 / sum(weight * (1 + rate) ** -(t + 1) for t, weight in enumerate(weights))
