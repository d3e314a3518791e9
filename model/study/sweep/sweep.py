"""A sweep from its design to its tables: reference, scenarios over workers, one Dataset; stopped, it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.report.pages.sweep import sweep_report
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.effects import outcome_of
from model.results.run import RunError, now
from model.results.study import StoredStudy, answers_of, check_inputs, new_study, open_study, stacked, store_results
from model.study.engine.scenario import REFERENCE, Scenario, Study, answer, coordinates, sendable, told, without_plan
from model.study.engine.stored import case_in, check_reference, options_from, options_record
from model.study.engine.workers import Lost, Team, run_jobs
from model.study.plan.answer import Options, Watch
from model.study.plan.reference import reference_of
from model.study.runs.run import sources_of
from model.study.sweep.dataset import dataset
from model.study.sweep.design import Design, design_from

WORKBOOK, TABLES = "sweep.xlsx", "tables"

# Told after each scenario: its name, how many are done, how many there are, seconds left (NaN while unknown).
Tell = Callable[[str, int, int, float], None]


@dataclass(frozen=True)
class Estimate:
    """What a sweep would be: scenarios, seconds to solve the reference, seconds of one scenario, seconds in all."""

    scenarios: int
    reference_seconds: float
    each_seconds: float
    seconds: float


def estimate(case: Case, design: Design, options: Options, *, workers: int, watch: Watch) -> Estimate:
    """The reference solved and one scenario from the middle timed. Raises NoPlan when the reference has no plan."""
    start = perf_counter()
    study = study_of(case, options, watch)
    first = perf_counter() - start
    each = float(answer(study, design.scenarios[len(design.scenarios) // 2])["seconds"]) if design.scenarios else 0.0
    team = max(1, min(workers, len(design.scenarios)))
    return Estimate(len(design.scenarios), first, each, first + each * len(design.scenarios) / team)


def sweep(
    case: Case,
    design: Design,
    options: Options,
    *,
    folder: Path,
    on: Sequence[str] = (),
    changes: Sequence[str] = (),
    workers: int = 1,
    cluster: str | None = None,
    language: str = "en",
    watch: Watch,
    tell: Tell,
) -> StoredStudy:
    """A new study, run to its end. `case` has `changes` in it already; `on` are more outcomes to measure effects on.

    Scenarios run over so many workers of this machine, or on the Dask cluster at an address.
    Raises RunError when the folder exists, NoPlan when the reference has no plan (nothing is stored then), NoOutcome, ClusterError.
    """
    if folder.exists():
        raise RunError(f"{folder} exists already; choose another --out, or go on with --resume {folder}")
    with _team(workers, cluster) as team:
        study = study_of(case, options, watch)
        plan = study.reference.plan
        sizes = coordinates(plan)
        _known_outcomes(sizes, on)
        content = {
            "study": "sweep",
            "case": case.header.id,
            "created": now(),
            "changes": list(changes),
            "options": options_record(options),
            "on": list(on),
            "reference": {"objective": plan.answer.objective, "bound": plan.answer.bound},
            "coordinates": sizes,
            "design": design.record(),
            "versions": {name: version(name) for name in ("measures", "highspy", "pyomo", "numpy", "SALib")},
        }
        stored = new_study(folder, content, sources_of(case))
        _run(stored, study, design, team=team, tell=tell)
    return _finished(stored, case, design, language=language)


def resume(folder: Path, *, workers: int = 1, cluster: str | None = None, language: str = "en", watch: Watch, tell: Tell) -> StoredStudy:
    """A study gone on with, from its own inputs; what has an answer is not asked again.

    Raises RunError when the folder is no study, another process is at it, or its reference no longer comes out the same; ClusterError.
    """
    stored = open_study(folder)
    check_inputs(stored)
    design, case = design_from(stored.content["design"]), case_in(stored)
    if _left(stored, design):
        with _team(workers, cluster) as team:
            study = study_of(case, options_from(stored.content["options"]), watch)
            check_reference(stored, study.reference.plan)
            _run(stored, study, design, team=team, tell=tell)
    return _finished(stored, case, design, language=language)


def study_of(case: Case, options: Options, watch: Watch) -> Study:
    """The reference, solved with one thread and without a limit of time, so that it is the same each time."""
    alone = replace(options, threads=1, log=None, mps=None)
    reference = reference_of(case, replace(alone, time_limit=float("inf")), watch=watch)
    return Study(sendable(reference), alone)


@contextmanager
def _team(workers: int, cluster: str | None) -> Iterator[Team]:
    """Who answers scenarios; a cluster is asked before anything is solved."""
    if cluster is None:
        yield partial(run_jobs, workers=workers)
        return
    from model.study.engine.cluster import connected  # Dask is an extra, and takes a second to load

    with connected(cluster) as team:
        yield team


def _run(stored: StoredStudy, study: Study, design: Design, *, team: Team, tell: Tell) -> None:
    """Every scenario that has no answer yet, each on disk as soon as it is answered."""
    left, total = _left(stored, design), len(design.scenarios)
    start = perf_counter()
    with answers_of(stored) as answers:
        if REFERENCE not in stored.answers:
            answers.add(told(REFERENCE, study.reference.ready, study.reference.plan))
        tell("", total - len(left), total, float("nan"))
        for done, (scenario, answered) in enumerate(team(answer, study, left), 1):
            answers.add(without_plan(scenario.name, "lost") if isinstance(answered, Lost) else answered)
            tell(scenario.name, total - len(left) + done, total, (perf_counter() - start) / done * (len(left) - done))


def _left(stored: StoredStudy, design: Design) -> list[Scenario]:
    done = stored.answers
    return [scenario for scenario in design.scenarios if scenario.name not in done]


def _finished(stored: StoredStudy, case: Case, design: Design, *, language: str) -> StoredStudy:
    """The Dataset, the tables and the workbook of a study that has all its answers."""
    answers = stacked(stored, [REFERENCE, *(scenario.name for scenario in design.scenarios)])
    results = dataset(case, answers, design, study=stored.folder.name, on=stored.content["on"])
    store_results(stored, results)
    report = sweep_report(results, language)
    write_csv(stored.folder / TABLES, report)
    write_workbook(stored.folder / WORKBOOK, report)
    return StoredStudy(stored.folder, stored.content)


def _known_outcomes(sizes: dict[str, list[Any]], on: Sequence[str]) -> None:
    empty = xr.Dataset(coords={dim: np.array(values) for dim, values in sizes.items()})
    for name in on:
        outcome_of(empty, name)
