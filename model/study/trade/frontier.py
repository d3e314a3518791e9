"""The frontier: least cost under caps on an indicator, from the plan's own value to the best that can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from model.case.labels import labels
from model.case.read import Case
from model.results.frontier import Frontier, Point, monotone
from model.results.run import RunError
from model.solve.matrix import Matrix
from model.solve.search import Plan
from model.study.answer import NoPlan, Options, Watch, search_matrix
from model.study.explain.differences import leaves_short
from model.study.scenario import Reference, reference_of
from model.study.trade.bounded import aiming_at, for_another_aim, none_short, places, taught_by, with_row
from model.study.trade.steps_of import Steps, Tell, silent

finer = 0.5
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
class Reach:
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
    known = {row.id: row.id for row in case.tables["indicators"]}
    known |= {
        row.stands_for: row.id for row in case.tables["indicators"] if row.stands_for and row.variant in dict(case.header.variants).values()
    }
    if name not in known:
        raise RunError(f"no indicator called '{name}'; indicators: {', '.join(sorted(known))}")
    years = list(case.header.years)
    if year and (not year.isdigit() or int(year) not in years):
        raise RunError(f"'{text}': {year} is not a year of the case; years: {', '.join(map(str, years))}")
    return Aim(known[name], int(year) if year else years[-1], -1.0 if at_least else 1.0)


def frontier(
    case: Case, aim: Aim, options: Options, *, count: int = 11, second: Aim | None = None, watch: Watch | None = None, tell: Tell = silent
) -> Frontier:
    """Least cost under `count` caps. Ctrl-C keeps what is done.

    Raises NoPlan where the case has none, or none without leaving something short.
    """
    reference = studied(case, options, watch)
    return trace(reference, aim, options, count=count, second=second, tell=tell)


def studied(case: Case, options: Options, watch: Watch | None) -> Reference:
    """The reference of a study, to a finer gap because it stands in every difference. Raises NoPlan where it leaves something short."""
    reference = reference_of(case, replace(options, gap=finer * options.gap, time_limit=float("inf")), watch=watch)
    if leaves_short(reference.plan.matrix, reference.plan.answer):
        raise NoPlan("infeasible", "plan")
    return reference


def trace(reference: Reference, aim: Aim, options: Options, *, count: int, second: Aim | None = None, tell: Tell = silent) -> Frontier:
    """The frontier from a reference at hand."""
    case, lines = reference.ready.case, min(count, most_lines) if second else 1
    steps = Steps(tell, count * lines + (2 if second else 1), options.time_limit)
    reach, other = Reach(np.nan, np.nan, np.nan), Reach(np.nan, np.nan, np.nan)
    points, complete = list[Point](), True
    try:
        reach, first = _reach(reference, aim, options, steps)
        learned = [first]
        if second is not None:
            other, last = _reach(reference, second, options, steps)
            learned.append(last)
        reference = replace(reference, plan=taught_by(reference.plan, learned))
        far = _starting_with(reference, first)  # under tight caps the whole units of the best are nearer than the plan's own
        seconds = other.caps(lines) if second is not None else [np.nan]
        for second_cap in seconds:
            line = list[Point]()
            try:
                for place, cap in enumerate(reach.caps(count)):
                    caps = {aim: cap} | ({second: second_cap} if second is not None else {})
                    line.append(_point(far if 2 * place >= count else reference, caps, options, steps))
            finally:
                points += monotone(line)
    except (KeyboardInterrupt, TimeoutError):
        complete = False
    units = dict(zip(labels(case)["indicator"].values.tolist(), labels(case)["indicator_unit"].values.tolist(), strict=True))
    return Frontier(
        case=case.header.id, indicator=aim.indicator, year=aim.year, unit=str(units[aim.indicator]), at_least=aim.sign < 0,
        second=second.indicator if second else "", second_year=second.year if second else 0,
        second_unit=str(units[second.indicator]) if second else "", second_at_least=second is not None and second.sign < 0, best=reach.best, best_bound=reach.bound, points=tuple(points),
        complete=complete, whole=bool(reference.plan.matrix.integer.any()),
    )  # fmt: skip


def _starting_with(reference: Reference, plan: Plan) -> Reference:
    """The reference with the whole units of another plan as the first to be tried."""
    answer = reference.plan.answer
    lessons = replace(answer.lessons, whole=plan.lessons.whole)
    return replace(reference, plan=replace(reference.plan, answer=replace(answer, lessons=lessons)))


def _reach(reference: Reference, aim: Aim, options: Options, steps: Steps) -> tuple[Reach, Plan]:
    """The plan's own value and the best one under all targets, with the plan that has it.

    Raises RunError where there is no best one, KeyboardInterrupt and TimeoutError where it was not waited for.
    """
    matrix, place = reference.plan.matrix, _place(reference.plan.matrix, aim)
    own = float(reference.plan.answer.x[place])
    size = max(abs(own), moved)
    plan = _search(reference, aiming_at(matrix, {place: aim.sign / size}), options, steps, f"{aim.name}", another_aim=True)
    if not len(plan.x):
        raise RunError(f"{aim.name}: no best value found ({plan.status}); it may have none")
    best = float(plan.x[place])
    return Reach(own, best if aim.sign * (own - best) > 0 else own, aim.sign * plan.bound * size), plan


def _point(reference: Reference, caps: Mapping[Aim, float], options: Options, steps: Steps) -> Point:
    start, matrix = monotonic(), none_short(reference.plan.matrix)
    for aim, cap in caps.items():
        room = ease * max(abs(cap), 1.0)
        low, high = (-np.inf, cap + room) if aim.sign > 0 else (cap - room, np.inf)
        matrix = with_row(matrix, ("Cap", (aim.indicator, aim.year)), {_place(matrix, aim): 1.0}, low=low, high=high)
    name = ", ".join(f"{aim.name} {cap:.6g}" for aim, cap in caps.items())
    plan = _search(reference, matrix, options, steps, name)
    known = [float(plan.x[_place(matrix, aim)]) if len(plan.x) else np.nan for aim in caps]
    first, other = (*caps.values(), np.nan)[:2]
    low = np.inf if plan.status == "infeasible" else plan.bound
    return Point(
        first, other, known[0], known[1] if len(known) > 1 else np.nan, float(low),
        plan.objective if len(plan.x) else np.inf, plan.status, monotonic() - start,
    )  # fmt: skip


def _search(reference: Reference, matrix: Matrix, options: Options, steps: Steps, name: str, *, another_aim: bool = False) -> Plan:
    left = steps.next(name)
    if left <= 0:
        raise TimeoutError
    like = for_another_aim(reference.plan) if another_aim else reference.plan
    plan = search_matrix(matrix, replace(options, time_limit=left, mps=None, log=None), Watch(), name="again", like=like)
    if plan.status == "interrupted":
        raise KeyboardInterrupt
    return plan


def _place(matrix: Matrix, aim: Aim) -> int:
    return places(matrix, "Indicator")[aim.indicator, aim.year]
