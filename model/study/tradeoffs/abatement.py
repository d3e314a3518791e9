"""Abatement from the optimum: each measure of the plan left out or delayed with the rest planned anew, and the rising cap beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np

from model.case.read.case import Case
from model.report.studies.abatement_answers import abatement_answers
from model.report.studies.abatement_tables import abatement_report, abatement_text
from model.report.studies.step_names import abatement_step
from model.results.abatement import DELAY, WITHOUT, abatement_from, proven_from
from model.results.frontier import CURVE
from model.results.plain import number
from model.results.proof import checked, never_falls
from model.results.run import RunError
from model.solve.matrix import Key, Matrix
from model.study.engine.engine import Question
from model.study.engine.resources import Notes, Places, Resources, over, places_of, record_of
from model.study.plan.reference import Reference
from model.study.program.edits import RowTerms, held_back, none_short, with_rows
from model.study.program.search_again import search_again
from model.study.tradeoffs.frontier import Aim, aim_from, asked_of, trace
from model.study.tradeoffs.trade_off import trade_off

dust = 1e-6
usual_delays = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Job:
    """A measure to be done without, or to be delayed by each of some years; `hardest` is what doing without it was found to be."""

    measure: str
    delays: tuple[int, ...] = ()
    hardest: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        return f"{DELAY if self.hardest else WITHOUT}:{self.measure}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}:{years}" for years in self.delays) if self.hardest else (self.name,)


@dataclass(frozen=True)
class Optimum:
    """The plan that every question starts from, and what of it is asked."""

    reference: Reference
    aim: Aim
    shown: Places
    resources: Resources
    build: Mapping[object, int] = field(init=False)
    years: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "build", self.reference.plan.matrix.places("Build"))
        object.__setattr__(self, "years", tuple(int(y) for y in self.reference.plan.solved.parameters["year"].values))

    def amount(self, measure: str) -> float:
        return float(self.reference.plan.solution.x[[self.build[measure, y] for y in self.years]].sum())

    def total(self, x: np.ndarray) -> float:
        """Of the indicator over the horizon, each year by the years it stands for."""
        columns, spans = self.reference.plan.matrix.places("Indicator"), self.reference.plan.solved.parameters["span_years"].values
        return sum(float(n) * float(x[columns[self.aim.indicator, y]]) for y, n in zip(self.years, spans, strict=True))

    def delayed(self, measure: str, years: int) -> Matrix:
        """No more built up to a year than the plan had so many years before, or than is committed by then."""
        matrix, x = none_short(self.reference.plan.matrix), self.reference.plan.solution.x
        rows: dict[Key, RowTerms] = {}
        for y in self.years:
            by_now = [self.build[measure, v] for v in self.years if v <= y]
            early = [self.build[measure, v] for v in self.years if v <= y - years]
            most = max(float(x[early].sum()) if early else 0.0, float(matrix.lower[by_now].sum()))
            rows["Delayed", (measure, y)] = (dict.fromkeys(by_now, 1.0), -np.inf, most + dust * max(1.0, most))
        return with_rows(matrix, rows)


def question_of(case: Case, aim: Aim, *, measures: Collection[str] = (), delays: Sequence[int] | None = None, points: int = 6) -> Question:
    """Cost and effect of each measure from the optimum, and the curve of `points` caps (none for 0).

    `measures` are those asked for, all of the plan where empty; `delays` None are the usual ones within the years of the case. Raises
    RunError for a measure that the case has not or, when asked, the plan does not build, and for a delay beyond the last year.
    """
    years = case.header.years
    longest = years[-1] - years[0]
    if delays is None:
        delays = [delay for delay in usual_delays if delay <= longest]
    delays = sorted(set(delays), reverse=True)
    if max(delays, default=0) > longest:
        raise RunError("delay_too_long", delay=max(delays), first=years[0], last=years[-1], most=longest)
    known = [row.id for row in case.tables["measures"]]
    if unknown := sorted(set(measures) - set(known)):
        raise RunError("no_measure", name=unknown[0], known=known)

    def ask(reference: Reference) -> dict[str, Any]:
        built = built_in(reference)
        idle = sorted(set(measures) - set(built))
        if idle:
            raise RunError("measure_not_built", name=idle[0], known=built)
        wanted = [k for k in built if not measures or k in measures]
        line = asked_of(reference, aim, count=max(points, 1))
        return {
            "indicator": aim.indicator, "year": aim.year, "unit": line["unit"], **reference.plan.cost.record(),
            "measures": wanted, "delays": delays, "curve": line if points else None,
            "total": len(wanted) * (1 + len(delays)) + (line["total"] if points else 0),
        }  # fmt: skip

    return Question(KIND, ask)


def built_in(reference: Reference) -> list[str]:
    """What the plan builds beyond what is committed, dearest first."""
    p, x, columns = reference.plan.solved.parameters, reference.plan.solution.x, reference.plan.matrix.places("Build")
    lower, cost = reference.plan.matrix.lower, p["charge"].transpose("measure", ...).values
    made = []
    for at, k in enumerate(p["measure"].values.tolist()):
        mine = [columns[k, int(y)] for y in p["year"].values]
        free = x[mine] - lower[mine]
        if free.sum() > dust * max(1.0, float(x[mine].sum())):
            made.append((-float(cost[at] @ free), k))
    return [k for _, k in sorted(made)]


def answer(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """Each measure left out, then each delayed, then the rising cap."""
    measures, delays = list(asked["measures"]), tuple(asked["delays"])
    steps = resources.steps(len(measures) * (2 if delays else 1))
    optimum = Optimum(reference, aim_from(asked), places_of(reference), resources.sendable)
    over(answers_of, optimum, [Job(k) for k in measures], notes, steps, resources)
    if delays:
        over(answers_of, optimum, [Job(k, delays, notes.known[f"{WITHOUT}:{k}"]) for k in measures], notes, steps, resources)
    if asked["curve"]:
        trace(reference, asked["curve"], notes, resources)


def answers_of(optimum: Optimum, job: Job) -> list[dict[str, Any]] | None:
    """A measure left out; or delayed, longest first: a shorter delay never costs more, so that one that costs nothing answers it.

    None where there is no time left.
    """
    made = list[dict[str, Any]]()
    try:
        if job.hardest is None:
            matrix = held_back(none_short(optimum.reference.plan.matrix), job.measure)
            return [_ask(optimum, matrix, job.name, job.measure, 0)]
        hardest = dict(job.hardest)
        for name, years in zip(job.names, job.delays, strict=True):
            if hardest["status"] != "infeasible" and not proven_from(hardest):
                hardest |= {"name": name, "delay": years, "low": 0.0, "status": "kept", "seconds": 0.0}
            else:
                found, high = _ask(optimum, optimum.delayed(job.measure, years), name, job.measure, years), number(hardest["high"], np.inf)
                low, high = checked(found["low"], min(found["high"], high), size=optimum.reference.plan.solution.objective)
                hardest = found | {"low": low, "high": high}
            made.append(dict(hardest))
    except TimeoutError:
        return None
    return made


def _ask(optimum: Optimum, matrix: Matrix, name: str, measure: str, delay: int) -> dict[str, Any]:
    start, plan = monotonic(), optimum.reference.plan.solution
    found = search_again(matrix, optimum.resources.options, optimum.reference.plan, time_limit=optimum.resources.left)
    low = np.inf if found.status == "infeasible" else found.bound - plan.objective
    high = found.objective - plan.bound if len(found.x) else np.inf
    low, high = never_falls(low, high, size=plan.objective)
    change = optimum.total(found.x) - optimum.total(plan.x) if len(found.x) else np.nan
    told = {"measure": measure, "delay": delay, "amount": optimum.amount(measure), "low": float(low), "high": float(high), "change": change}
    return record_of(name, matrix, found, optimum.shown, seconds=monotonic() - start) | told


KIND = trade_off(
    "abatement",
    answer,
    abatement_from,
    text=abatement_text,
    report=abatement_report,
    answers=abatement_answers,
    step=abatement_step,
    numbers=(*CURVE, "delay", "amount", "low", "high", "change"),
    texts={"about": "measure"},
)
