"""Why there is no plan, and where to start: which targets are in force, what leaves one out or eases it, what earns without end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.report.layout import screen, wrapped
from model.report.words import in_data, word, word_or
from model.results.clash import WITHOUT_TARGETS

STRENGTHS = ("binding", "expected", "striving")
most_earning = 3

Earning = Mapping[str, tuple[int, ...]]


def no_plan_text(case: Case, *, status: str, model: str, dropped: Collection[str], earning: Earning, language: str) -> str:
    """What kept the model from an answer; when it is targets and limits, the remedies in lines of their own.

    `earning` names what makes money without end, with its years.
    """
    name = word_or(f"model_{model}", language, model)
    if status == "unbounded":
        return "\n".join([word("no_plan_unbounded", language).format(name), *_earning(case, earning, language)])
    if status != "infeasible":
        return word(f"no_plan_{status}", language).format(name)
    if model in WITHOUT_TARGETS:
        remedy = "no_plan_remedy_history" if model == "history" else "no_plan_remedy_limits"
        return "\n".join([word("no_plan_limits", language).format(name), word(remedy, language)])
    lines = [word("no_plan_infeasible", language).format(name), word("no_plan_remedy", language)]
    ids = in_force(case, dropped)
    if ids:
        separator = word("separator", language)
        lines += wrapped(ids, first=word("no_plan_targets", language).format(""), separator=separator, lines=6)
    return screen(lines).rstrip("\n")


def no_plan_record(case: Case, *, status: str, model: str, dropped: Collection[str], earning: Earning) -> dict[str, Any]:
    """The same as a record."""
    asked = in_force(case, dropped) if status == "infeasible" and model not in WITHOUT_TARGETS else []
    told = {"earning": [{"item": item, "years": list(years)} for item, years in earning.items()]} if status == "unbounded" else {}
    return {"case": case.header.id, "status": status, "model": model, "targets_in_force": asked, **told}


def in_force(case: Case, dropped: Collection[str]) -> list[str]:
    """Targets asked of the plan: binding ones first, then expected, then those to strive for; by year."""
    asked = [row for row in case.tables["targets"] if row.value is not None and row.id not in dropped]
    return [row.id for row in sorted(asked, key=lambda row: (STRENGTHS.index(row.strength), row.year, row.id))]


def _earning(case: Case, earning: Earning, language: str) -> list[str]:
    lookup, told = Lookup(case), word("no_plan_earning", language)
    return [
        told.format(lookup.column(item, in_data("label", language)) or item, item, word("comma", language).join(map(str, years)))
        for item, years in list(earning.items())[:most_earning]
    ]
