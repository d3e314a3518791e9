"""A sweep in two sentences: how the cost moves, and what nearly all scenarios build."""

from __future__ import annotations

import re

import numpy as np
import xarray as xr

from model.report.display import labels
from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, money_said, span_said, unsettled
from model.report.studies.sweep_tables import explained_tables, lever_facts
from model.report.words import counted, word
from model.results.deadlines import deadlines
from model.results.effects import COST, REFERENCE, Outcome, bars, flips
from model.results.plan_cost import scenario_costs


def sweep_answers(results: xr.Dataset, known: xr.Dataset, language: str) -> StudyAnswers:
    """Of the scenarios beside the unchanged case."""
    statuses = results["status"].values[1:].tolist()
    came = _moved(results, language) if results.attrs["kind"] == "tornado" else _spread(results, language)
    return StudyAnswers(came, _held(results, language), len(statuses), *unsettled(statuses))


def _moved(results: xr.Dataset, language: str) -> str:
    """The number whose ends move the cost furthest among those that have a plan at both."""
    count, found = results.sizes["lever"], [bar for bar in bars(results, Outcome(COST)) if np.isfinite(bar.swing)]
    if not found or not any(end.proven for end in found[0].ends):
        return word("study_nothing_moves", language).format(count)
    values = [0.0, *(end.value for end in found[0].ends)]
    fields = {"count": count, "low": money_said(min(values), language, signed=True), "high": money_said(max(values), language, signed=True)}
    name = str(lever_facts(results, language)[found[0].lever]["lever"])
    names = dict.fromkeys(
        (name, re.split("[,，]", name)[0], re.split("[:：]", name)[0])
    )  # a label says what of a thing, and then how it is counted
    forms = [word("study_moves", language).format(name=one, **fields) for one in names]
    return fitting([*forms, word("study_moves_brief", language).format(**fields)], language)


def _spread(results: xr.Dataset, language: str) -> str:
    """From the cheapest scenario to the dearest, and the number that tells most of a sample."""
    costs = scenario_costs(results)[0]
    found = costs.values[1:][np.isfinite(costs.values[1:])]
    if not len(found):
        return word("study_no_plans", language).format(results.sizes["scenario"] - 1)
    fields = {
        "count": results.sizes["scenario"] - 1, "span": span_said(found.min(), found.max(), language),
        "own": money_said(float(costs.sel(scenario=REFERENCE)), language),
    }  # fmt: skip
    tables = explained_tables(results, language)
    most = [word("study_most_telling", language).format(tables[0].frame["lever"].iloc[0])] if tables else []
    return fitting([word("study_spread", language).format(most=one, **fields) for one in [*most, ""]], language)


def _held(results: xr.Dataset, language: str) -> str:
    """What is built in (nearly) every scenario, which of it must be decided first, and how many more measures hang on the numbers."""
    found, names = deadlines(results), labels(results, "measure", "label", language)
    if not found or found[0].of < 2:
        return word("study_one_plan", language)
    core = [one for one in found if one.core]
    turning = len({one.measure for one in flips(results)} - {one.measure for one in core})
    fields = {"count": len(core), "turning": turning, "measures": len(found)}
    if not core:
        return word("study_no_core", language).format(**fields)
    first = min(core, key=lambda one: one.decide_by)
    ends = [counted("study_turning", turning, language), ""] if turning else [""]
    told = [
        word(key, language).format(first=names[first.measure], year=first.decide_by, rest=end, **fields)
        for key in ("study_core", "study_core_brief")
        for end in ends
    ]
    return fitting(told, language)
