"""A study of one case kept as it goes: begun in a folder of its own or gone on with, each answer on disk before the next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import time
from typing import Any

from model.case.read.case import Case
from model.report.records import clash_records
from model.results.plain import plain
from model.results.run import RunError, now
from model.results.study import StoredStudy, answers_of, check_inputs, new_study, open_study
from model.study.engine.dask_apart import allow_dask
from model.study.engine.kind import StudyKind
from model.study.engine.resources import Notes, Resources
from model.study.engine.scenario import REFERENCE, coordinates, plan_record, sendable
from model.study.engine.shown import write_study
from model.study.engine.steps_of import Tell, silent
from model.study.engine.stored import case_in, check_reference, options_from, options_record
from model.study.engine.workers import Team, cores, run_jobs
from model.study.plan.reference import Reference, reference_of
from model.study.program.edits import leaves_short
from model.study.runs.run import sources_of
from model.study.solved.solved_model import NoPlan, Options, Watch

worth_columns = 5_000  # a smaller program is answered before another process has started
PROGRAMS = ("measures", "highspy", "pyomo", "numpy", "SALib")


class NoAnswer(RunError):
    """What a study asks has no answer, however long it is sought."""


@dataclass(frozen=True)
class Question:
    """What a study asks: its kind, and what is stored of the question once the reference is known.

    `ask` returns plain things, among them `total`, how many answers there will be; it may raise RunError.
    """

    kind: StudyKind
    ask: Callable[[Reference], dict[str, Any]]


@dataclass(frozen=True)
class Execution:
    """How a study is run: over so many processes (None: as many as there are cores where the program is large) or on the Dask cluster
    at an address; the language of what is written; who looks on.
    """

    watch: Watch
    tell: Tell = silent
    workers: int | None = None
    cluster: str | None = None
    language: str = "en"


def studied(kind: StudyKind, case: Case, options: Options, watch: Watch | None = None) -> Reference:
    """The reference of a study, solved with one thread and without a limit of time, so that it is the same each time; and without a live
    solver, so that no answer hangs on those before it. Raises NoPlan.
    """
    alone = replace(options.quiet, gap=kind.reference_gap * options.gap, time_limit=float("inf"), threads=1)
    reference = reference_of(case, alone, watch=watch)
    if not kind.reference_may_lack and leaves_short(reference.plan.matrix, reference.plan.solution):
        raise NoPlan("infeasible", "plan", reference.ready)
    return sendable(reference)


def begin(
    case: Case, question: Question, options: Options, *, folder: Path, changes: Sequence[str] = (), execution: Execution
) -> StoredStudy:
    """A new study, run until it is complete or stopped. `case` has `changes` in it already.

    Raises RunError when the folder exists or what is asked is not there, NoAnswer when it has no answer, NoPlan when the case has no plan
    (nothing is stored then), ClusterError.
    """
    if folder.exists():
        raise RunError("study_exists", folder=folder)
    with _team(execution) as team:
        with new_study(folder, sources_of(case)) as store:
            reference = studied(question.kind, case, options, execution.watch)
            plan, asked = reference.plan, question.ask(reference)
            store(
                {
                    "study": question.kind.name,
                    "case": case.header.id,
                    "created": now(),
                    "changes": list(changes),
                    "options": options_record(options) | {"overlays": list(case.overlays)},
                    "overlay_clashes": clash_records(case),
                    "reference": {"objective": plan.solution.objective, "bound": plan.solution.bound},
                    "coordinates": coordinates(plan),
                    "asked": plain(asked),
                    "total": int(asked["total"]),
                    "versions": _versions(),
                }
            )
        stored = open_study(folder)
        try:
            return _run(stored, case, reference, question.kind, options, team, execution)
        except NoAnswer:
            shutil.rmtree(stored.folder)
            raise


def go_on(folder: Path, kind: StudyKind, *, execution: Execution) -> StoredStudy:
    """A study gone on with, from its own inputs; what has an answer is not asked again.

    Raises RunError when the folder is no such study, another process is at it, or its reference no longer comes out the same; ClusterError.
    """
    stored = open_study(folder)
    if stored.content["study"] != kind.name:
        raise RunError("other_kind", folder=folder, kind=stored.content["study"])
    check_inputs(stored)
    if stored.finished and not stored.damaged:
        return stored
    case, options = case_in(stored), options_from(stored.content["options"])
    with _team(execution) as team:
        reference = studied(kind, case, options, execution.watch)
        check_reference(stored, reference.plan)
        return _run(stored, case, reference, kind, options, team, execution)


@contextmanager
def _team(execution: Execution) -> Iterator[Team | None]:
    """A cluster is asked before anything is solved; None where this machine's processes do."""
    if execution.cluster is None:
        yield None
        return
    allow_dask()
    from model.study.engine.cluster import connected  # Dask is an extra, and takes a second to load

    with connected(execution.cluster) as team:
        yield team


def _run(
    stored: StoredStudy, case: Case, reference: Reference, kind: StudyKind, options: Options, team: Team | None, execution: Execution
) -> StoredStudy:  # fmt: skip
    few = cores() if len(reference.plan.matrix.columns) > worth_columns else 1
    end = float("inf") if kind.limit_each else time() + options.time_limit
    resources = Resources(replace(options, threads=1), team or partial(run_jobs, workers=execution.workers or few), execution.tell, end)
    with answers_of(stored) as answers:
        known = stored.answers
        if REFERENCE not in known:
            answers.add(plain(plan_record(REFERENCE, reference.ready, reference.plan) | {"seconds": None}))
        try:
            kind.answer(reference, stored.asked, Notes(dict(known), answers.add), resources)
        except (KeyboardInterrupt, TimeoutError):
            return open_study(stored.folder)
    write_study(kind, stored, case, execution.language)
    return open_study(stored.folder)


def _versions() -> dict[str, str]:
    """Of the programs that decide about answers, as far as they are installed."""
    found = {}
    for name in PROGRAMS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
