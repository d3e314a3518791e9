"""A sweep: the reference and every scenario of a design, in the end one Dataset with tables and a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
import xarray as xr

from model.case.change.levers import levers
from model.case.parameters.day_choice import written
from model.case.read.case import Case
from model.report.pages.sweep import sweep_report
from model.report.studies.sweep_answers import sweep_answers
from model.report.studies.sweep_text import sweep_record, sweep_text
from model.results.effects import outcome_of
from model.results.study import StoredStudy, stacked
from model.study.engine.engine import Question, studied
from model.study.engine.kind import StudyKind
from model.study.engine.resources import Notes, Resources, over
from model.study.engine.scenario import REFERENCE, Scenario, Study, answer
from model.study.plan.reference import Reference
from model.study.solved.solved_model import Options, Watch
from model.study.sweep.dataset import dataset
from model.study.sweep.design import Design, design_from, tornado
from model.study.sweep.weights import heaviest


@dataclass(frozen=True)
class Estimate:
    """What a sweep would be: scenarios, seconds to solve the reference, seconds of one scenario, seconds in all."""

    scenarios: int
    reference_seconds: float
    each_seconds: float
    seconds: float


def estimate(case: Case, design: Design, options: Options, *, workers: int, watch: Watch, most: int | None = None) -> Estimate:
    """The reference solved and one scenario from the middle timed. Raises NoPlan when the reference has no plan."""
    start = perf_counter()
    study = study_of(case, options, watch)
    design = weightiest(design, study.reference, most) if most else design
    first = perf_counter() - start
    each = float(answer(study, design.scenarios[len(design.scenarios) // 2])["seconds"]) if design.scenarios else 0.0
    team = max(1, min(workers, len(design.scenarios)))
    return Estimate(len(design.scenarios), first, each, first + each * len(design.scenarios) / team)


def study_of(case: Case, options: Options, watch: Watch) -> Study:
    """What every scenario starts from. Raises NoPlan when the reference has no plan."""
    return Study(studied(KIND, case, options, watch), replace(options.quiet, threads=1))


def weightiest(design: Design, reference: Reference, most: int) -> Design:
    """A tornado over those of its numbers that weigh most in the reference, at most so many."""
    known = {lever.name: lever for lever in levers(reference.ready.case)}
    return tornado(heaviest(reference, [known[name] for name in design.names], most))


def question_of(case: Case, design: Design, *, on: Sequence[str] = (), most: int | None = None) -> Question:
    """A sweep as a study asks for it; `on` are more outcomes to measure effects on, `most` how many numbers of a tornado are moved, those that weigh
    most in the reference. Raises NoOutcome.
    """
    coords = {
        "indicator": [row.id for row in case.tables["indicators"]], "measure": [row.id for row in case.tables["measures"]], "year": case.header.years,
    }  # fmt: skip
    empty = xr.Dataset(coords={dim: np.array(values) for dim, values in coords.items()})
    for name in on:
        outcome_of(empty, name)
    return Question(KIND, lambda reference: _asked(reference, design, on, most))


def _asked(reference: Reference, design: Design, on: Sequence[str], most: int | None) -> dict[str, Any]:
    """What is stored of the question; of which days and decisions it is stands with what is looked for again by them."""
    scope, chosen = reference.ready.scope, weightiest(design, reference, most) if most else design
    whole = len(design.names) == len(levers(reference.ready.case))  # of some numbers alone nothing is said of the others
    of = {"weightiest": most, "days": written(scope.days), "decide_from": scope.decide_from} if most and whole else {}
    return {"design": chosen.record(), "on": list(on), "total": len(chosen.scenarios), **of}


def _every_scenario(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """Every scenario that has no answer yet."""
    scenarios = design_from(asked["design"]).scenarios
    study = Study(reference, resources.options.quiet)
    over(_answer, study, scenarios, notes, resources.steps(len(scenarios)), resources)


def _answer(study: Study, scenario: Scenario) -> list[dict[str, Any]]:
    return [answer(study, scenario)]


def _dataset(stored: StoredStudy, case: Case) -> xr.Dataset:
    design = design_from(stored.asked["design"])
    answers = stacked(stored, [REFERENCE, *(scenario.name for scenario in design.scenarios)])
    return dataset(case, answers, design, study=stored.folder.name, on=stored.asked["on"])


def _read(stored: StoredStudy, case: Case) -> xr.Dataset | None:
    """All scenarios together: none of the figures is one of a part of the design."""
    if stored.finished:
        return stored.results
    known = stored.answers
    return _dataset(stored, case) if all(one.name in known for one in design_from(stored.asked["design"]).scenarios) else None


KIND = StudyKind(
    "sweep", _every_scenario, _read, dataset=_dataset, record=sweep_record,
    text=lambda results, known, language: sweep_text(results, language), report=lambda results, known, language: sweep_report(results, language),
    answers=sweep_answers, reference_gap=1.0, reference_may_lack=True, limit_each=True,
)  # fmt: skip
