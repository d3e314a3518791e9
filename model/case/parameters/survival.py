"""Survival: what is left of something as the years pass, by its age or by a path that is told."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import FOREVER, Span, fill_linear, share_in_force
from model.case.read.case import Case
from model.case.tables.rows import Existing

Curve = Mapping[int, float]


def curves(case: Case, numbers: Numbers) -> dict[str, Curve]:
    """{curve: {age: multiplier}}."""
    found: dict[str, dict[int, float]] = {}
    for point in case.tables["curves"]:
        found.setdefault(point.curve, {})[point.age] = numbers.canonical("curves", point)
    return {**found}


def at_age(curve: Curve, age: float) -> float:
    """Straight between the ages of a curve, level beyond them.

    >>> at_age({0: 1.0, 10: 0.0}, 4), at_age({0: 1.0, 10: 0.0}, 12)
    (0.6, 0.0)
    """
    ages = sorted(curve)
    return float(np.interp(age, ages, [curve[one] for one in ages]))


def share_surviving(curve: Curve, span: Span, since: int, first: float, last: float) -> float:
    """What of 1 in service since the beginning of `since` counts in a span on average, within the years `first` … `last`.

    >>> share_surviving({0: 1.0, 10: 0.0}, Span(2021, 2022), 2021, 2021, FOREVER)
    0.95
    """
    years = range(span.first, span.last + 1)
    return sum(share_in_force(Span(t, t), first, last) * at_age(curve, t - since) for t in years if t >= since) / span.years


class Standing:
    """What stands by itself of each row of `existing`, by calendar year."""

    def __init__(self, case: Case, numbers: Numbers) -> None:
        self._numbers, self._curves, self._base = numbers, curves(case, numbers), case.header.base_year

    def falls(self, row: Existing) -> bool:
        """Whether it leaves little by little."""
        return row.survival is not None or self._numbers.given(row.id, "remaining")

    def amount(self, row: Existing, year: int) -> float:
        """Capacity that stands in a calendar year, capacity units of its technology."""
        first, last = _years(row)
        return self._left(row, year) if first <= year <= last else 0.0

    def mean(self, row: Existing, span: Span) -> float:
        """Capacity that stands on average of the years of a span."""
        if self.falls(row):
            return sum(self.amount(row, t) for t in range(span.first, span.last + 1)) / span.years
        return self._numbers.canonical("existing", row) * share_in_force(span, *_years(row))

    def leaving(self, row: Existing, span: Span) -> float:
        """Capacity that leaves in a span: what stood at the end of a year and does not in the next."""
        if self.falls(row):
            return sum(max(0.0, self.amount(row, t - 1) - self.amount(row, t)) for t in range(span.first, span.last + 1))
        leaves = row.until is not None and span.first <= row.until + 1 <= span.last
        return self._numbers.canonical("existing", row) if leaves else 0.0

    def _left(self, row: Existing, year: int) -> float:
        """What is left of its value in the base year: by a path, or by its survival since then."""
        value = self._numbers.canonical("existing", row)
        if told := self._numbers.dated(row.id, "remaining"):
            return float(fill_linear({self._base: value, **told}, [year])[0])
        if row.survival is None or row.since is None:
            return value
        curve = self._curves[row.survival]
        return value * at_age(curve, year - row.since) / at_age(curve, max(0, self._base - row.since))


def _years(row: Existing) -> tuple[float, float]:
    return -FOREVER if row.since is None else row.since, FOREVER if row.until is None else row.until
