"""With what a study is answered: the team, the time, the notes of what is known; and how an answer is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import time
from typing import Any, Protocol

import numpy as np

from model.results.plain import plain
from model.results.run import RunError
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.engine.scenario import coordinates
from model.study.engine.steps_of import Steps, Tell, silent
from model.study.engine.workers import Lost, Team, run_jobs
from model.study.plan.reference import Reference
from model.study.solved.solved_model import Options, cost_of

most_named = 6


class Job(Protocol):
    """One thing to be worked out: what it is called, and the names of the answers it gives."""

    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


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
class Resources:
    """How each answer is solved, by which team, who is told, when time is over.

    `end` are seconds since 1970, so that processes agree on it.
    """

    options: Options
    team: Team = run_jobs
    tell: Tell = silent
    end: float = float("inf")

    @property
    def left(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self.end - time()
        if left <= 0.0:
            raise TimeoutError
        return left

    @property
    def sendable(self) -> Resources:
        """The same for one who works alone: neither a team nor who is told can be sent to another process."""
        return replace(self, team=run_jobs, tell=silent)

    def steps(self, total: int) -> Steps:
        return Steps(self.tell, total)


Work = Callable[[Any, Any], Sequence[Mapping[str, Any]] | None]


def over(
    work: Work, shared: Any, jobs: Sequence[Job], notes: Notes, steps: Steps, resources: Resources
) -> None:  # fmt: skip
    """Jobs that lack an answer are worked out and noted; `work` gives the records of a job, None where there was no time for it.

    A job over which two processes were lost stops no other, and has no answer: it is asked again when the study goes on. Raises TimeoutError, and
    in the end RunError for such jobs.
    """
    lost = list[str]()
    left = [job for job in jobs if any(name not in notes.known for name in job.names)]
    steps.skip(len(jobs) - len(left))
    if left:
        steps.next(left[0].name)
    for done, (job, made) in enumerate(resources.team(work, shared, left), 1):
        if made is None:
            raise TimeoutError
        if isinstance(made, Lost):
            lost.append(job.name)
            made = []
        for record in made:
            if record["name"] not in notes.known:
                notes.add(record)
        if done < len(left):
            steps.next(left[done].name)
    if lost:
        raise RunError("processes_lost", jobs=lost[:most_named], count=len(lost))


def record_of(name: str, matrix: Matrix, plan: Solution, places: Places, *, seconds: float) -> dict[str, Any]:
    """What is stored of an answer: objective and bound in 亿元 with what of them is the price of what is left short, indicators and levels by year of the plan found."""
    found, cost = bool(len(plan.x)), cost_of(matrix, plan).record()
    return {
        "name": name, "status": plan.status, **(cost if found else cost | {"objective": None, "cost": None}),
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
