"""A switching value in two sentences: between which values it turns, and how far that is from where the number stands."""

from __future__ import annotations

import math

import xarray as xr

from model.report.display import labels, percent
from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, unsettled
from model.report.studies.switch_tables import apart, state_said, value_said
from model.report.units import spelled_unit
from model.report.words import said, word
from model.results.switch import Switch, SwitchPoint


def switch_answers(made: Switch, known: xr.Dataset, language: str) -> StudyAnswers:
    """Of the plans along the number; the turn nearest to where the case has it counts."""
    unmet, lost = unsettled(one.status for one in made.points if one.state == "no_plan")
    if not made.points:
        return StudyAnswers(word("study_no_curve", language), "", 0)
    nearest = min(made.flips, key=lambda flip: _distance(made, flip), default=None)
    return StudyAnswers(_turn(made, nearest, known, language), _margin(made, nearest, language), len(made.points), unmet, lost)


def _distance(made: Switch, flip: tuple[SwitchPoint, SwitchPoint]) -> float:
    """From where the case has the number to the nearer end; nothing between the two, or where the case has no single value."""
    low, high = sorted(one.value for one in flip)
    return max(low - made.value, made.value - high, 0.0) if math.isfinite(made.value) else 0.0


def _turn(made: Switch, flip: tuple[SwitchPoint, SwitchPoint] | None, known: xr.Dataset, language: str) -> str:
    fields = {
        "number": said(made, "label", language), "unit": spelled_unit(made.unit, language),
        "item": labels(known, made.watched, "label", language)[made.item],
    }  # fmt: skip
    if flip is None:
        fields |= {"low": value_said(made.low), "high": value_said(made.high), "state": state_said(made, made.points[0], language)}
        return fitting([word(key, language).format(**fields) for key in ("study_no_turn", "study_no_turn_brief")], language)
    one, other = flip
    low, high = apart(one.value, other.value)
    fields |= {"low": low, "high": high, "before": state_said(made, one, language), "after": state_said(made, other, language)}
    return fitting([word(key, language).format(**fields) for key in ("study_turn", "study_turn_brief")], language)


def _margin(made: Switch, flip: tuple[SwitchPoint, SwitchPoint] | None, language: str) -> str:
    if flip is None:
        return word("study_need_not_watch", language)
    if not math.isfinite(made.value):
        return word("study_no_one_value", language)
    distance, unit = _distance(made, flip), spelled_unit(made.unit, language)
    if not distance or not made.value:
        return word("study_at_the_turn", language).format(value=value_said(made.value), unit=unit)
    share = percent(distance, abs(made.value), 0).replace(" ", word("unit_space", language))
    key = "study_rises" if flip[0].value > made.value else "study_falls"
    return word(key, language).format(value=value_said(made.value), unit=unit, share=share)
