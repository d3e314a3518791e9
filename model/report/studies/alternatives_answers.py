"""Other plans in two sentences: how many measures every plan nearly as cheap needs, and which can be decided whatever else is chosen."""

from __future__ import annotations

from collections import Counter

import xarray as xr

from model.report.display import labels, shown
from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, naming
from model.report.words import word
from model.results.alternatives import Alternatives, Bounds


def alternatives_answers(made: Alternatives, known: xr.Dataset, language: str) -> StudyAnswers:
    """Within the largest share; a range is settled where both of its ends are."""
    if not made.within:
        return StudyAnswers(word("study_no_curve", language), "", 0)
    within = made.within[-1]
    whole = [one for one in within.bounds if not one.years] or list(within.bounds)
    roles = Counter(one.role for one in whole)
    fields = {"share": shown(100 * within.share, 1).removesuffix(".0"), "must": roles["must"] + roles["committed"], "optional": roles["optional"],
              "never": roles["never"]}  # fmt: skip
    unproven = sum(not one.proven for one in within.bounds)
    return StudyAnswers(word("study_roles", language).format(**fields), _safe(whole, known, language), len(within.bounds), open=unproven)


def _safe(bounds: list[Bounds], known: xr.Dataset, language: str) -> str:
    """What no plan does without, most of it first."""
    names = labels(known, "measure", "label", language)
    must = sorted((one for one in bounds if one.role == "must"), key=lambda one: (-one.least_high / max(one.most_low, 1e-9), one.measure))
    if not must:
        return word("study_none_needed", language)
    told = naming("study_needed", list(dict.fromkeys(names[one.measure] for one in must)), language)
    return fitting([*told, word("study_needed_count", language).format(len(must))], language)
