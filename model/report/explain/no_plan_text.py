"""Why there is no plan, and where to start: which targets are in force, what leaves one out or eases it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from model.case.read import Case
from model.report.layout import plain, wrapped
from model.report.words import word

STRENGTHS = ("binding", "expected", "striving")
screen_width = 110


def no_plan_text(case: Case, *, status: str, model: str, dropped: Collection[str], language: str) -> str:
    """What kept the model from an answer; when it is targets and limits, the remedies in lines of their own."""
    if status != "infeasible":
        return word(f"no_plan_{status}", language).format(model)
    if model != "plan":
        return "\n".join([word("no_plan_limits", language).format(model), word("no_plan_remedy_limits", language)])
    lines = [word("no_plan_infeasible", language).format(model), word("no_plan_remedy", language)]
    ids = in_force(case, dropped)
    if ids:
        separator = word("separator", language)
        lines += wrapped(ids, screen_width, first=word("no_plan_targets", language).format(""), separator=separator, lines=6)
    return plain("\n".join(lines))


def no_plan_record(case: Case, *, status: str, model: str, dropped: Collection[str]) -> dict[str, Any]:
    """The same as a record."""
    asked = in_force(case, dropped) if status == "infeasible" and model == "plan" else []
    return {"case": case.header.id, "status": status, "model": model, "targets_in_force": asked}


def in_force(case: Case, dropped: Collection[str]) -> list[str]:
    """Targets asked of the plan: binding ones first, then expected, then those to strive for; by year."""
    asked = [row for row in case.tables["targets"] if row.value is not None and row.id not in dropped]
    return [row.id for row in sorted(asked, key=lambda row: (STRENGTHS.index(row.strength), row.year, row.id))]
