"""The frontier: least cost under caps on an indicator, from the plan's own value to the best that can be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np

from model.case.change.naming import id_of
from model.case.read.case import Case
from model.case.read.labels import labels
from model.report.studies.frontier_answers import frontier_answers
from model.report.studies.frontier_tables import frontier_report, frontier_text
from model.report.studies.step_names import frontier_step
from model.results.frontier import BEST, CURVE, POINT, SECOND_BEST, frontier_from
from model.results.plan_cost import PlanCost
from model.results.run import RunError
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.engine.engine import NoAnswer, Question
from model.study.engine.resources import Notes, Places, Resources, over, places_of, record_of
from model.study.plan.reference import Reference
from model.study.program.edits import aiming_at, for_another_aim, none_short, with_multipliers_of, with_row
from model.study.program.search_again import search_again
from model.study.solved.solved_model import SolvedModel
from model.study.tradeoffs.trade_off import trade_off

most_lines = 4
moved = 1e-6  # of the indicator, the least range that is a range
ease = 1e-8  # of a cap, so that the plan it was read from meets it


@dataclass(frozen=True)
class Aim:
    """An indicator in a year, and the way that counts as better: `sign` 1 for less, −1 for more."""

    indicator: str
    year: int
    sign: float = 1.0

    @property
    def name(self) -> str:
        return f"{self.indicator}@{self.year}"


@dataclass(frozen=True)
class ReachableRange:
    """From the plan's own value to the best found; no plan is proven to pass `bound`."""

    own: float
    best: float
    bound: float

    def caps(self, count: int) -> list[float]:
        return (
            np.linspace(self.own, self.best, count).tolist() if abs(self.best - self.own) > moved * max(1.0, abs(self.own)) else [self.own]
        )


def aim_of(case: Case, text: str, *, at_least: bool = False) -> Aim:
    """`co2_energy@2030` as an aim, the last year where none is given. Raises RunError where the case has no such indicator or year."""
    name, _, year = text.partition("@")
    name = id_of(case, name, "indicators")
    known = {row.id: row.id for row in case.tables["indicators"]}
    known |= {
        row.stands_for: row.id for row in case.tables["indicators"] if row.stands_for and row.variant in dict(case.header.variants).values()
    }
    if name not in known:
        raise RunError("no_indicator", name=name, known=sorted(known))
    years = list(case.header.years)
    if year and (not year.isdecimal() or int(year) not in years):
        raise RunError("no_such_year", text=text, year=year, years=years)
    return Aim(known[name], int(year) if year else years[-1], -1.0 if at_least else 1.0)


@dataclass(frozen=True)
class CappedPoint:
    """One point to be found: its names, its place on its line, its caps; `far` where the best plan is nearer than the plan's own."""

    name: str
    line: int
    caps: tuple[tuple[Aim, float], ...]
    far: bool

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True)
class Tracing:
    """What every point is found from: the reference, and the same with the whole units of the best plan to be tried first."""

    near: SolvedModel
    far: SolvedModel
    places: Places
    resources: Resources


def question_of(aim: Aim, *, count: int, second: Aim | None = None) -> Question:
    """Least cost under `count` caps on an indicator, or on two. Raises RunError where the second is the first again."""
    if second is not None and second.name == aim.name:
        raise RunError("second_again", name=second.name)
    return Question(KIND, lambda reference: asked_of(reference, aim, count=count, second=second))


def asked_of(reference: Reference, aim: Aim, *, count: int, second: Aim | None = None) -> dict[str, Any]:
    """What is stored of the question, in plain things."""
    known = labels(reference.ready.case)
    units = dict(zip(known["indicator"].values.tolist(), known["indicator_unit"].values.tolist(), strict=True))
    lines = min(count, most_lines) if second else 1
    return {
        "indicator": aim.indicator, "year": aim.year, "unit": str(units[aim.indicator]), "at_least": aim.sign < 0,
        "second": second.indicator if second else "", "second_year": second.year if second else 0,
        "second_unit": str(units[second.indicator]) if second else "", "second_at_least": second is not None and second.sign < 0,
        "count": count, "lines": lines, "whole": bool(reference.plan.matrix.integer.any()), "total": count * lines + (2 if second else 1),
    }  # fmt: skip


def trace(reference: Reference, asked: Mapping[str, Any], notes: Notes, resources: Resources) -> None:
    """The best values first, for how far caps can go, then every point from what these taught.

    The best values are searched again where a study goes on: what the searches learn is not stored.
    """
    aim, second, steps = *_aims(asked), resources.steps(int(asked["total"]))
    shown = places_of(reference)
    steps.next(aim.name)
    reach, first = _reach(reference, aim, resources, notes, BEST, shown)
    learned, other = [first], ReachableRange(np.nan, np.nan, np.nan)
    if second is not None:
        steps.next(second.name)
        other, last = _reach(reference, second, resources, notes, SECOND_BEST, shown)
        learned.append(last)
    near = with_multipliers_of(reference.plan, learned)
    tracing = Tracing(near, _starting_with(near, first), shown, resources.sendable)
    wanted = _points(aim, second, reach, other, asked)
    steps.total = steps.done + len(wanted)
    over(point_of, tracing, wanted, notes, steps, resources)


def aim_from(asked: Mapping[str, Any]) -> Aim:
    """What `asked_of` wrote."""
    return Aim(asked["indicator"], asked["year"], -1.0 if asked.get("at_least") else 1.0)


def _aims(asked: Mapping[str, Any]) -> tuple[Aim, Aim | None]:
    first = aim_from(asked)
    second = Aim(asked["second"], asked["second_year"], -1.0 if asked["second_at_least"] else 1.0) if asked["second"] else None
    return first, second


def _points(aim: Aim, second: Aim | None, reach: ReachableRange, other: ReachableRange, asked: Mapping[str, Any]) -> Sequence[CappedPoint]:
    """Under tight caps the whole units of the best are nearer than the plan's own."""
    caps, made = reach.caps(asked["count"]), list[CappedPoint]()
    for line, second_cap in enumerate(other.caps(asked["lines"]) if second is not None else [np.nan]):
        for place, cap in enumerate(caps):
            both = ((aim, cap), *([(second, second_cap)] if second is not None else []))
            name = f"{POINT}:{line + 1}.{place + 1}" if second is not None else f"{POINT}:{place + 1}"
            made.append(CappedPoint(name, line, both, 2 * place >= asked["count"]))
    return made


def _starting_with(like: SolvedModel, plan: Solution) -> SolvedModel:
    """The like model with the whole units of another plan as the first to be tried."""
    return replace(like, solution=replace(like.solution, warm_start=replace(like.solution.warm_start, whole=plan.warm_start.whole)))


def _reach(reference: Reference, aim: Aim, resources: Resources, notes: Notes, name: str, shown: Places) -> tuple[ReachableRange, Solution]:
    """The plan's own value and the best one under all targets, with the plan that has it.

    Raises NoAnswer where there is no best one, KeyboardInterrupt and TimeoutError where it was not waited for.
    """
    matrix, place, start = reference.plan.matrix, _place(reference.plan.matrix, aim), monotonic()
    own = float(reference.plan.solution.x[place])
    size = max(abs(own), moved)
    program, like = aiming_at(matrix, {place: aim.sign / size}), for_another_aim(reference.plan)
    plan = search_again(program, resources.options, like, time_limit=resources.left)
    if not len(plan.x):
        if plan.status == "time_limit":
            raise TimeoutError
        raise NoAnswer("no_best", name=aim.name)
    best = float(plan.x[place])
    best = best if aim.sign * (own - best) > 0 else own
    if name in notes.known:
        known = notes.known[name]
        return ReachableRange(known["own"], known["best"], known["proven"]), plan
    reach = ReachableRange(own, best, aim.sign * plan.bound * size)
    cost = PlanCost(float(matrix.cost @ plan.x + matrix.offset), -np.inf, matrix.short_cost(plan.x)).record() | {"gap": None}
    told = {"own": own, "best": best, "proven": reach.bound, "value": float(plan.x[place])}
    notes.add(record_of(name, matrix, plan, shown, seconds=monotonic() - start) | cost | told)
    return reach, plan


def point_of(tracing: Tracing, point: CappedPoint) -> list[dict[str, Any]] | None:
    """The cheapest plan under a point's caps, as records; None where there is no time left."""
    like, start = tracing.far if point.far else tracing.near, monotonic()
    matrix = none_short(like.matrix)
    for aim, cap in point.caps:
        room = ease * max(abs(cap), 1.0)
        low, high = (-np.inf, cap + room) if aim.sign > 0 else (cap - room, np.inf)
        matrix = with_row(matrix, ("Cap", (aim.indicator, aim.year)), {_place(matrix, aim): 1.0}, low=low, high=high)
    try:
        plan = search_again(matrix, tracing.resources.options, like, time_limit=tracing.resources.left)
    except TimeoutError:
        return None
    caps = {name: cap for name, (_, cap) in zip(("cap", "second_cap"), point.caps, strict=False)}
    reached = zip(("value", "second_value"), point.caps, strict=False)
    values = {name: float(plan.x[_place(matrix, aim)]) for name, (aim, _) in reached} if len(plan.x) else {}
    return [record_of(point.name, matrix, plan, tracing.places, seconds=monotonic() - start) | {"line": point.line} | caps | values]


def _place(matrix: Matrix, aim: Aim) -> int:
    return matrix.places("Indicator")[aim.indicator, aim.year]


KIND = trade_off(
    "frontier",
    trace,
    frontier_from,
    text=frontier_text,
    report=frontier_report,
    answers=frontier_answers,
    numbers=CURVE,
    step=frontier_step,
)
