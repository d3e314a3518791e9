"""What measures are worth in two sentences: what doing without costs most, and what may wait."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.report.display import labels
from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, span_said, unsettled
from model.report.words import counted, word
from model.results.abatement import Abatement, safe_delay


def abatement_answers(made: Abatement, known: xr.Dataset, language: str) -> StudyAnswers:
    """Of measures left out and delayed; that there is no plan without one is an answer."""
    statuses = [one.status for one in (*made.left_out, *made.delayed)]
    if not made.left_out:
        return StudyAnswers(word("study_no_curve", language), "", len(statuses))
    return StudyAnswers(_worth(made, known, language), _delays(made, language), len(statuses), open=unsettled(statuses)[1])


def _worth(made: Abatement, known: xr.Dataset, language: str) -> str:
    needed = sum(one.status == "infeasible" for one in made.left_out)
    proven = [one for one in made.left_out if one.proven and np.isfinite(one.low)]
    without = [counted("study_no_plan_without", needed, language), ""] if needed else [""]
    if not proven:
        return word("study_none_costs" if not needed else "study_only_needed", language).format(len(made.left_out), needed)
    dearest = max(proven, key=lambda one: (one.low, one.high))
    fields = {"name": labels(known, "measure", "label", language)[dearest.measure], "span": span_said(dearest.low, dearest.high, language)}
    return fitting([word("study_dearest", language).format(rest=rest, **fields) for rest in without], language)


def _delays(made: Abatement, language: str) -> str:
    """How many can wait as long as was asked for at the least; without that question, how many cost nothing to do without."""
    count = len(made.left_out)
    if not made.delayed:
        free = sum(not one.proven and one.status != "infeasible" for one in made.left_out)
        return word("study_can_go", language).format(count=count, free=free)
    shortest = min(one.delay for one in made.delayed)
    asked = list(dict.fromkeys(one.measure for one in made.delayed))
    safe = sum(bool(safe_delay(made.delayed, measure)) for measure in asked)
    if not safe:
        return counted("study_none_waits", shortest, language, len(asked))
    return counted("study_can_wait", shortest, language, len(asked), safe, len(asked) - safe)
