"""A study of one case kept as it goes: begun in a folder of its own or gone on with, each answer on disk before the next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from time import time
from typing import Any

import numpy as np

from model.case.read.case import Case
from model.report.studies.shown import write_study
from model.results.plain import plain
from model.results.run import RunError, now
from model.results.study import StoredStudy, answers_of, check_inputs, new_study, open_study
from model.solve.matrix import Matrix
from model.solve.search import Plan
from model.study.engine.scenario import REFERENCE, coordinates, sendable, told
from model.study.engine.steps_of import Steps, Tell, silent
from model.study.engine.stored import case_in, check_reference, options_from, options_record
from model.study.engine.workers import Lost, cores, run_jobs
from model.study.plan.answer import NoPlan, Options, Watch
from model.study.plan.reference import Reference, reference_of
from model.study.program.edits import leaves_short
from model.study.runs.run import sources_of

finer = 0.5
worth_columns = 5_000  # a smaller program is answered before another process has started


class NoAnswer(RunError):
    """What a study asks has no answer, however long it is sought."""


@dataclass
class Notes:
    """Answers by name, those known and those that come; each is kept before the next is asked for."""

    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    keep: Callable[[Mapping[str, Any]], None] = lambda record: None

    def add(self, record: Mapping[str, Any]) -> None:
        made = plain(dict(record))
        self.keep(made)
        self.known[made["name"]] = made


@dataclass(frozen=True)
class Means:
    """With what a study is answered: how each answer is solved, over how many processes, who is told, when time is over.

    `end` are seconds since 1970, so that processes agree on it.
    """

    options: Options
    workers: int = 1
    tell: Tell = silent
    end: float = float("inf")

    @property
    def left(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self.end - time()
        if left <= 0.0:
            raise TimeoutError
        return left

    def steps(self, total: int) -> Steps:
        return Steps(self.tell, total)


# Adds the answers to the notes; raises KeyboardInterrupt or TimeoutError where it was stopped.
Answer = Callable[[Reference, Mapping[str, Any], Notes, Means], None]


@dataclass(frozen=True)
class Question:
    """What a study asks: its kind, what is stored of it once the reference is known, and who answers it.

    `ask` returns plain things, among them `total`, how many answers there will be; it may raise RunError.
    """

    kind: str
    ask: Callable[[Reference], dict[str, Any]]
    answer: Answer


def studied(case: Case, options: Options, watch: Watch | None) -> Reference:
    """The reference of a study, to a finer gap because it stands in every difference, and without a live solver, so that no answer
    hangs on those before it. Raises NoPlan where it leaves something short.
    """
    alone = replace(options, gap=finer * options.gap, time_limit=float("inf"), threads=1, log=None, mps=None)
    reference = reference_of(case, alone, watch=watch)
    if leaves_short(reference.plan.matrix, reference.plan.answer):
        raise NoPlan("infeasible", "plan", reference.ready)
    return sendable(reference)


def answered(reference: Reference, question: Question, means: Means) -> tuple[dict[str, Any], Notes, bool]:
    """A study that is not stored: what is asked, the answers, and whether these are all."""
    asked, notes, complete = question.ask(reference), Notes(), False
    with suppress(KeyboardInterrupt, TimeoutError):
        question.answer(reference, asked, notes, means)
        complete = True
    return asked, notes, complete


def begin(
    case: Case, question: Question, options: Options, *, folder: Path, changes: Sequence[str], language: str, workers: int | None = None, watch: Watch,
    tell: Tell,
) -> StoredStudy:  # fmt: skip
    """A new study, run until it is complete or stopped. `case` has `changes` in it already.

    It runs over so many processes, or as many as there are cores where the program is large. Raises RunError when the folder exists or what is asked is not there, NoAnswer when it has no answer, NoPlan when the case has no plan
    (nothing is stored then).
    """
    if folder.exists():
        raise RunError(f"{folder} exists already; choose another --out, or go on with --resume {folder}")
    reference = studied(case, options, watch)
    plan, asked = reference.plan, question.ask(reference)
    content = {
        "study": question.kind,
        "case": case.header.id,
        "created": now(),
        "changes": list(changes),
        "options": options_record(options),
        "reference": {"objective": plan.answer.objective, "bound": plan.answer.bound},
        "coordinates": coordinates(plan),
        "asked": plain(asked),
        "total": int(asked["total"]),
        "versions": {name: version(name) for name in ("measures", "highspy", "pyomo", "numpy")},
    }
    stored = new_study(folder, content, sources_of(case))
    try:
        return _run(stored, case, reference, question.answer, options, language=language, workers=workers, tell=tell)
    except NoAnswer:
        shutil.rmtree(stored.folder)
        raise


def go_on(folder: Path, kind: str, answer: Answer, *, language: str, workers: int | None = None, watch: Watch, tell: Tell) -> StoredStudy:
    """A study gone on with, from its own inputs; what has an answer is not asked again.

    Raises RunError when the folder is no such study, another process is at it, or its reference no longer comes out the same.
    """
    stored = open_study(folder)
    if stored.content["study"] != kind:
        raise RunError(f"{folder} is a study of the kind '{stored.content['study']}'; go on with it by that command")
    if stored.finished:
        return stored
    check_inputs(stored)
    case, options = case_in(stored), options_from(stored.content["options"])
    reference = studied(case, options, watch)
    check_reference(stored, reference.plan)
    return _run(stored, case, reference, answer, options, language=language, workers=workers, tell=tell)


def _run(
    stored: StoredStudy, case: Case, reference: Reference, answer: Answer, options: Options, *, language: str, workers: int | None,
    tell: Tell,
) -> StoredStudy:  # fmt: skip
    few = cores() if len(reference.plan.matrix.columns) > worth_columns else 1
    means = Means(replace(options, threads=1), workers or few, tell, time() + options.time_limit)
    with answers_of(stored) as answers:
        known = stored.answers
        if REFERENCE not in known:
            answers.add(plain(told(REFERENCE, reference.ready, reference.plan) | {"seconds": None}))
        try:
            answer(reference, stored.content["asked"], Notes(dict(known), answers.add), means)
        except (KeyboardInterrupt, TimeoutError):
            return open_study(stored.folder)
    write_study(stored, case, language)
    return open_study(stored.folder)


Work = Callable[[Any, Any], Sequence[Mapping[str, Any]] | None]


def over(work: Work, shared: Any, jobs: Sequence[Any], notes: Notes, steps: Steps, *, workers: int) -> Iterator[Any]:
    """Jobs answered and noted, each with the job itself; `work` gives the records of a job, None where there was no time for it.

    A job has a `name`. Raises TimeoutError, and RunError when two processes were lost over one job.
    """
    if jobs:
        steps.next(jobs[0].name)
    for done, (job, made) in enumerate(run_jobs(work, shared, jobs, workers=workers), 1):
        if made is None:
            raise TimeoutError
        if isinstance(made, Lost):
            raise RunError(f"the process that worked on {job.name} ended, and so did a second one; go on with --resume and fewer --workers")
        for record in made:
            if record["name"] not in notes.known:
                notes.add(record)
        if done < len(jobs):
            steps.next(jobs[done].name)
        yield job


def record_of(name: str, matrix: Matrix, plan: Plan, places: Places, *, seconds: float) -> dict[str, Any]:
    """What is stored of an answer: cost and bound in 亿元, indicators and levels by year of the plan found."""
    found = bool(len(plan.x))
    return {
        "name": name, "status": plan.status, "objective": plan.objective if found else None, "bound": plan.bound,
        "gap": plan.gap if found else None, "proven_by": plan.proven_by, "seconds": round(seconds, 3), **(places.told(plan.x) if found else {}),
    }  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Where indicators (indicator, year) and levels (measure, year) stand among the columns of a plan."""

    indicator: np.ndarray
    level: np.ndarray

    def told(self, x: np.ndarray) -> dict[str, Any]:
        return {"indicator_value": _tidied(x[self.indicator]), "level": _tidied(x[self.level])}


def places_of(reference: Reference) -> Places:
    columns = {key: place for place, key in enumerate(reference.plan.matrix.columns)}
    names = coordinates(reference.plan)
    by_year = [
        np.array([[columns[component, (name, year)] for year in names["year"]] for name in names[dim]], dtype=int)
        for component, dim in (("Indicator", "indicator"), ("Level", "measure"))
    ]
    return Places(*by_year)


def _tidied(values: np.ndarray) -> list[list[float]]:
    """Nine digits, and no dust."""
    return [[0.0 if abs(value) < 1e-9 else float(f"{value:.9g}") for value in row] for row in values.tolist()]
