"""The years before decisions begin: what the record says of them, what is open where it says nothing, and what came out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import Span, fill_exact
from model.case.read.case import Case
from model.case.tables.rows import Measure

Mode = Literal["reconstructed", "usual", "recorded_only"]
Word = Literal["record", "estimate", "reconstructed", "planned"]
RECORDED = ("sourced", "mixed", "derived")


@dataclass(frozen=True)
class History:
    """What was built before decisions begin, {measure: amounts}, shape (spans that have such years,), measure units, and how it ran.

    A measure that is not named is still to be found. `operation` is {key of a column: value} of the hours and yearly amounts of these years.
    """

    built: Mapping[str, tuple[float, ...]]
    operation: Mapping[tuple[str, object], float] = field(default_factory=dict)

    def of(self, measure: str, spans: int) -> np.ndarray | None:
        """Amounts by span, shape (spans,); None where they are still to be found."""
        if measure not in self.built:
            return None
        return np.pad(np.array(self.built[measure], dtype=float), (0, spans - len(self.built[measure])))


@dataclass(frozen=True)
class Recorded:
    """Least and most that was built of a measure by the rows of its record, and what was committed after them, shape (spans,) each, measure units.

    `until` is the last year that a row of `actuals` tells of: a year before it without a row had nothing built; None without a row.
    """

    least: np.ndarray
    most: np.ndarray
    committed: np.ndarray
    until: int | None


def recorded(case: Case, numbers: Numbers, measure: Measure, past: Sequence[Span], *, ranges: bool) -> Recorded:
    """What is told of a measure's past.

    A record is what it says; an estimate too, or (`ranges`) it lies between its low and its high.
    """
    rows = [row for row in case.tables["actuals"] if row.measure == measure.id and row.value is not None]
    until = max((row.year for row in rows), default=None)
    low, high = dict[int, float](), dict[int, float]()
    for row in rows:
        value = numbers.canonical("actuals", row)
        known = not ranges or row.status in RECORDED or row.low is None or row.high is None
        scale = value / row.value if row.value else numbers.canonical("actuals", row.model_copy(update={"value": 1.0}))
        low[row.year], high[row.year] = (value, value) if known else (row.low * scale, row.high * scale)
    committed = {year: amount for year, amount in numbers.dated(measure.id, "committed").items() if until is None or year > until}
    return Recorded(fill_exact(low, past), fill_exact(high, past), fill_exact(committed, past), until)


@dataclass(frozen=True)
class Range:
    """What is estimated of a measure in a span: least, the value told, most, measure units."""

    low: float
    value: float
    high: float


def estimates(case: Case, timeline: Sequence[Span]) -> dict[tuple[str, int], Range]:
    """{(measure, modelled year): range} of each span of a past's timeline of which an estimate tells."""
    numbers, found = Numbers(case, timeline), dict[tuple[str, int], Range]()
    for measure in case.tables["measures"]:
        wide, told = (recorded(case, numbers, measure, timeline, ranges=ranges) for ranges in (True, False))
        for span, low, value, high in zip(timeline, wide.least, told.least, wide.most, strict=True):
            if high > low:
                found[measure.id, span.last] = Range(float(low), float(value), float(high))
    return found


def past_of(timeline: Sequence[Span], decide_from: int) -> list[Span]:
    """The part of each span before decisions begin; a span without such years ends before it begins."""
    return [Span(span.first, min(span.last, decide_from - 1)) for span in timeline]


def history_timeline(timeline: Sequence[Span], decide_from: int) -> tuple[Span, ...]:
    """The years before decisions begin, as a timeline of its own.

    >>> from model.case.parameters.timeline import spans
    >>> [(span.first, span.last) for span in history_timeline(spans(2020, [2021, 2025, 2030]), 2024)]
    [(2021, 2021), (2022, 2023)]
    """
    return tuple(span for span in past_of(timeline, decide_from) if span.last >= span.first)
