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
        """Present value of 1 paid in each year of a span."""
        return sum(self.worth(t) for t in self.span(year))

    def share(self, year: int, start: float, end: float) -> float:
        """Share of a span in which something that stands from the start of `start` to the start of `end` is in force."""
        return sum(overlap(t, start, end) for t in self.span(year)) / self.length(year)


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
