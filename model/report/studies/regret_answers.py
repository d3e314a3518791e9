"""Regret in two sentences: which plan loses least whatever comes, and what choosing another could cost."""

from __future__ import annotations

from model.report.plan.answers import fitting
from model.report.studies.study_front import StudyAnswers, listed, money_said, unsettled
from model.report.words import word
from model.results.effects import REFERENCE
from model.results.regret import Regret


def regret_answers(made: Regret, known: object, language: str) -> StudyAnswers:
    """Of each plan held in each scenario."""
    unmet, lost = unsettled(one.status for one in made.futures)
    lost += sum(one.verdict == "unknown" for one in made.cells)
    if not made.judged or not made.plans:
        return StudyAnswers(word("study_no_curve", language), "", len(made.cells), unmet, lost)
    return StudyAnswers(_least(made, language), _otherwise(made, language), len(made.cells), unmet, lost)


def _made_for(name: str, language: str) -> str:
    return word("study_plan_own", language) if name == REFERENCE else word("study_plan_for", language).format(name)


def _least(made: Regret, language: str) -> str:
    count = len(made.judged)
    if made.least_worst:
        most = money_said(made.worst(made.least_worst).high, language)
        forms = [word("study_least_worst", language).format(name=_made_for(made.least_worst, language), most=most, count=count)]
        return fitting([*forms, word("study_least_worst_brief", language).format(most=most, count=count)], language)
    seldom = min(made.plans, key=lambda plan: len(made.fails(plan)))
    fields = {"count": count, "fails": len(made.fails(seldom)), "name": _made_for(seldom, language)}
    return fitting([word(key, language).format(**fields) for key in ("study_none_holds", "study_none_holds_brief")], language)


def _otherwise(made: Regret, language: str) -> str:
    """The most that another plan could lose; which plans are no worse by what is proven."""
    others = [plan for plan in made.plans if plan != made.least_worst and not made.fails(plan)]
    if not made.least_worst or not others:
        return word("study_something_gives" if not made.least_worst else "study_no_other", language)
    apart = [plan for plan in others if plan not in made.not_told_apart]
    if not apart:
        return word("study_all_alike", language).format(len(others) + 1)
    worst = max(apart, key=lambda plan: made.worst(plan).found)
    most = money_said(made.worst(worst).found, language)
    alike = (
        [word("study_as_good", language).format(listed([_made_for(one, language) for one in made.not_told_apart], language)), ""]
        if made.not_told_apart
        else [""]
    )
    return fitting(
        [word("study_otherwise", language).format(name=_made_for(worst, language), most=most, rest=rest) for rest in alike], language
    )
