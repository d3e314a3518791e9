"""Time: what span each modelled year stands for, what is in force in it, how a path fills the years."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

FOREVER = math.inf
SpanRule = Literal["end", "even"]
Payments = Literal["end", "middle"]


@dataclass(frozen=True)
class Span:
    """The calendar years a modelled year stands for: `first` … `last`, `last` being the modelled year itself."""

    first: int
    last: int

    @property
    def years(self) -> int:
        return self.last - self.first + 1


def spans(base_year: int, years: Sequence[int]) -> tuple[Span, ...]:
    """Each modelled year stands for the years since the one before it.

    >>> [(s.first, s.last) for s in spans(2020, [2021, 2025])]
    [(2021, 2021), (2022, 2025)]
    """
    starts = [base_year, *years[:-1]]
    return tuple(Span(start + 1, year) for start, year in zip(starts, years, strict=True))


def entering(span: Span, rule: SpanRule) -> tuple[Span, ...]:
    """Equal parts of what is built in a span, each with the years from its entering to the span's end.

    By `end` all enters with the span's first year, by `even` as much in each of its years.

    >>> [(part.first, part.last) for part in entering(Span(2031, 2033), "even")]
    [(2031, 2033), (2032, 2033), (2033, 2033)]
    """
    return (span,) if rule == "end" else tuple(Span(year, span.last) for year in range(span.first, span.last + 1))


def looked_at(span: Span, rule: SpanRule) -> Span:
    """The years of which a modelled year's stock is the mean: by `end` all of its span, by `even` itself.

    >>> looked_at(Span(2031, 2035), "even")
    Span(first=2035, last=2035)
    """
    return span if rule == "end" else Span(span.last, span.last)


def last_year_in_force(built: Span, lifetime: float, until: float = FOREVER) -> float:
    """Last calendar year in force of what is built in a span.

    What lives shorter than the span is renewed inside it; nothing outlives `until`, when the unit it acts on
    would have left by itself.

    >>> last_year_in_force(Span(2041, 2050), 8)
    2050
    >>> last_year_in_force(Span(2021, 2021), 8)
    2028
    """
    return min(max(built.last, built.first + lifetime - 1), until)


def share_in_force(span: Span, first: float, last: float) -> float:
    """Share of a span that lies in `first` … `last`.

    >>> share_in_force(Span(2031, 2035), 2021, 2032)
    0.4
    """
    return max(0.0, min(span.last, last) - max(span.first, first) + 1) / span.years


def fill_linear(given: Mapping[int, float], years: Sequence[int]) -> np.ndarray:
    """A path through the given years, straight between them and level beyond. Shape (years,).

    >>> fill_linear({2020: 1.0, 2030: 2.0}, [2015, 2025, 2040]).tolist()
    [1.0, 1.5, 2.0]
    """
    known = sorted(given)
    return np.interp(years, known, [given[year] for year in known])


def fill_exact(given: Mapping[int, float], timeline: Sequence[Span]) -> np.ndarray:
    """Sum of what is dated inside each span. Shape (years,).

    >>> fill_exact({2021: 2.0, 2024: 3.0}, spans(2020, [2021, 2025])).tolist()
    [2.0, 3.0]
    """
    return np.array([sum(value for year, value in given.items() if s.first <= year <= s.last) for s in timeline])


def fill_onward(given: Mapping[int | None, float], years: Sequence[int]) -> np.ndarray:
    """What holds from each given year until the next, nothing before the first; without a year, always. Shape (years,).

    >>> fill_onward({2025: 2.0, 2030: 3.0}, [2021, 2025, 2028, 2035]).tolist()
    [0.0, 2.0, 2.0, 3.0]
    """
    if None in given:
        return np.full(len(years), given[None])
    known = sorted(year for year in given if year is not None)
    return np.array([next((given[known_year] for known_year in reversed(known) if known_year <= year), 0.0) for year in years])
