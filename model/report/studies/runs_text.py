"""Stored runs and studies as lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from model.report.layout import columns_of, screen
from model.report.words import word, word_or
from model.results.plan_cost import plan_cost
from model.results.run import Run, damaged_files
from model.results.studies import Listed


def runs_text(runs: Sequence[Run], studies: Sequence[Listed], language: str) -> str:
    """One line for each run, then one for each study: its kind, how far it is, when it was begun."""
    costs = [plan_cost(run.manifest) for run in runs]
    rows = [
        [run.name, _ended(run, language), f"{cost.value:,.2f}", f"{100 * cost.relative_gap:.3f} %"]
        for run, cost in zip(runs, costs, strict=True)
    ]
    far = word("study_far", language)
    told = [[one.name, far.format(_kind(one, language), _far(one, language)), one.created[:16].replace("T", " ")] for one in studies]
    lines = columns_of((), rows, left=2, fixed=1, indent="")
    if told:
        lines += ["", word("line_studies", language)] if lines else [word("line_studies", language)]
        lines += columns_of((), told, left=3, fixed=2)
    return screen(lines) if lines else ""


def listed_line(one: Listed, resume: str, language: str) -> str:
    """How far a study is that is not finished, and how to go on with it."""
    return screen(
        [word("line_done_of", language).format(name=one.name, kind=_kind(one, language), far=_far(one, language), command=resume)]
    )


def study_records(studies: Sequence[Listed]) -> list[dict[str, Any]]:
    """The same of studies for a program."""
    return [asdict(one) for one in studies]


def _ended(run: Run, language: str) -> str:
    """How the plan ended; of results that are not what was stored nothing else is said."""
    if damaged_files(run):
        return word("run_damaged", language)
    status = str(run.manifest["status"])
    return word_or(f"ended_{status}", language, word_or(status, language, status))


def _kind(one: Listed, language: str) -> str:
    return word_or(f"kind_{one.kind}", language, one.kind)


def _far(one: Listed, language: str) -> str:
    if one.finished:
        return word("study_finished", language)
    return word("study_done_of", language).format(one.done, one.total) if one.total else word("study_done", language).format(one.done)
