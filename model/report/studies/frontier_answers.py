"""A frontier in two sentences: how far it can go at what cost, and up to where going further stays cheap."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import xarray as xr

from model.report.display import labels
from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, figure, money_said, unsettled
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.results.frontier import Frontier, FrontierPoint, knee_of, marginal


def frontier_answers(made: Frontier, known: xr.Dataset, language: str) -> StudyAnswers:
    """Of the points of a frontier, that with the loosest cap on a second indicator first."""
    statuses = [point.status for point in made.points]
    line = [point for point in made.lines[0] if np.isfinite(point.high)] if made.points else []
    if len(line) < 2:
        return StudyAnswers(word("study_no_curve", language), "", len(statuses), *unsettled(statuses))
    return StudyAnswers(_reached(made, line, known, language), _knee(made, line, language), len(statuses), *unsettled(statuses))


def over(made: Frontier, point: FrontierPoint) -> float:
    """What it costs at most more than the plan, 亿元, as the table has it."""
    return max(0.0, point.high - made.points[0].low)


def _reached(made: Frontier, line: list[FrontierPoint], known: xr.Dataset, language: str) -> str:
    unit, factor = display_unit(made.unit, language)
    last = line[-1]
    fields = {
        "year": made.year, "own": figure(line[0].value * factor), "best": figure(last.value * factor), "unit": unit,
        "over": money_said(over(made, last), language), "name": labels(known, "indicator", "label", language)[made.indicator],
    }  # fmt: skip
    return fitting([word(key, language).format(**fields) for key in ("study_reached", "study_reached_brief")], language)


def _knee(made: Frontier, line: list[FrontierPoint], language: str) -> str:
    unit, factor = display_unit(made.unit, language)
    knee = knee_of(line)
    if knee is not None:
        return word("study_knee", language).format(
            value=figure(knee.value * factor), unit=unit, over=money_said(over(made, knee), language)
        )
    steps = [one for before, point in pairwise(line) if np.isfinite(one := marginal(before, point))]
    if not steps:
        return word("study_no_steps", language)
    (low, price_unit), (high, _) = (shown_price(one, made.unit, language) for one in (min(steps), max(steps)))
    return word("study_steps", language).format(low=figure(low), high=figure(high), unit=price_unit)
