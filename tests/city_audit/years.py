"""Spans, discounting, and which share of a span something is in force or standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, inf

weight_at_end = 1e-9


@dataclass(frozen=True)
class Years:
    """Modelled years, each standing for the calendar years since the one before it (the first: since the base year)."""

    base: int
    modelled: tuple[int, ...]
    rate: float
    even: bool = False
    mid_year: bool = False

    def span(self, year: int) -> range:
        before = max(other for other in (self.base, *self.modelled) if other < year)
        return range(before + 1, year + 1)

    def discount(self, calendar: int) -> float:
        return (1 + self.rate) ** (self.base - calendar)

    def present(self, year: int) -> float:
        """Present value of a yearly cost of 1 in a modelled year: in each calendar year of its span; or evenly more towards it and less from it on."""
        paid = (1 + self.rate) ** 0.5 if self.mid_year else 1.0
        if not self.even:
            return paid * self.in_span(year)
        rising = sum(self.discount(calendar) * place / len(span) for span in [self.span(year)] for place, calendar in enumerate(span, 1))
        after = next((self.span(other) for other in self.modelled if other > year), range(0))
        return paid * (rising + sum(self.discount(calendar) * (1 - place / len(after)) for place, calendar in enumerate(after, 1)))

    def in_span(self, year: int) -> float:
        """Present value of 1 at the end of each calendar year of the span."""
        return sum(self.discount(calendar) for calendar in self.span(year))

    def share(self, year: int, weight: Callable[[int], float]) -> float:
        """Mean of a weight over the span's calendar years, or that of the modelled year itself."""
        span = [year] if self.even else self.span(year)
        return sum(weight(calendar) for calendar in span) / len(span)

    def enters(self, built: int) -> list[int]:
        """The first year in force of equal parts of what is built in a span."""
        return list(self.span(built)) if self.even else [self.span(built)[0]]

    def in_force(self, first: int, built: int, lifetime: float, *, part: float = inf, once: bool = False) -> Callable[[int], float]:
        """How much of each calendar year what is built in a span counts: from the year `first` of it for its lifetime; a year may count in part.

        What lives shorter than the span is renewed inside it, to its end, unless it is there `once`. Of each life only the first `part` years
        may count.
        """
        end = lifetime if once else max(lifetime, float(built + 1 - first))

        def weight(calendar: int) -> float:
            age = calendar - first
            lives = range(floor(age / lifetime), floor((age + 1) / lifetime) + 1) if 0 <= age < end and lifetime < end else [0]
            begins = [life * lifetime if life else 0.0 for life in lives]
            return sum(max(0.0, min(age + 1, begin + min(part, lifetime), end) - max(age, begin)) for begin in begins)

        return weight


def annuity(lifetime: float, rate: float) -> float:
    """What pays back 1 over a lifetime, at the end of each year, the last year in part: 1 / Σ w(t) · (1 + r)^−t.

    >>> annuity(4, 0.0), annuity(3.5, 0.0)
    (0.25, 0.2857142857142857)
    """
    if lifetime == inf:
        return rate
    weights = [min(1.0, lifetime - year) for year in range(ceil(lifetime - weight_at_end))]
    return 1 / sum(weight * (1 + rate) ** -(year + 1) for year, weight in enumerate(weights))
