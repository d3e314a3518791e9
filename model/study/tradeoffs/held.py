"""A plan held in another program: its decisions fixed, hours and trade free, targets and demands kept as far as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.case.read.labels import labels
from model.results.accounts import work_out
from model.results.extract import extract
from model.results.regret import Cut, Held, Verdict
from model.results.shortfalls import shortfalls
from model.solve.matrix import Matrix
from model.solve.search import Plan
from model.study.plan.answer import Answered, Options, Ready
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_giving
from model.study.program.relaxing import relaxations, relaxing
from model.study.program.search_again import search_again

Decisions = Mapping[tuple[str, int], float]

ease = 1e-6  # of an amount, so that what was decided to the solver's own tolerance still fits
whole = 1e-6  # of a unit


def decisions_of(plan: Answered) -> dict[tuple[str, int], float]:
    """{(measure, year): amount built}, in the measure's own canonical unit."""
    return {index: float(plan.answer.x[at]) for index, at in plan.matrix.places("Build").items() if isinstance(index, tuple)}


@dataclass(frozen=True)
class Ground:
    """A future's own program with its plan: what other plans are held in."""

    name: str
    ready: Ready
    plan: Answered

    @property
    def data(self) -> xr.Dataset:
        return self.plan.solved.parameters


def held(ground: Ground, name: str, decisions: Decisions, until: int, options: Options) -> tuple[Held, Plan]:
    """What becomes of a plan under this future: decisions up to `until` as made, all else planned anew.

    Demand is served before targets are kept, and targets give as little as they must, by their strengths; then the cost is least.
    Raises KeyboardInterrupt.
    """
    matrix, cut = fixed(ground.plan.matrix, ground.data, decisions, until)
    other = for_another_aim(ground.plan)

    def prices() -> np.ndarray:
        return relaxing(ground.ready.case, ground.data, matrix, ground.ready.usual.solved.worked["indicator_value"]).price

    plan, how_far = least_giving(matrix, prices, lambda program, aim: search_again(program, options, other if aim else ground.plan))
    return _told(ground, name, plan, "misses" if how_far == "gives" else how_far, cut)


def fixed(matrix: Matrix, data: xr.Dataset, decisions: Decisions, until: int) -> tuple[Matrix, tuple[Cut, ...]]:
    """The matrix with what was decided up to `until` fixed, and what of it had to be cut.

    More than the pace or the potential of this program is not built; what it has committed is.
    """
    lower, upper, cuts = matrix.lower.copy(), matrix.upper.copy(), list[Cut]()
    build, units = matrix.places("Build"), matrix.places("Units")
    years = [int(y) for y in data["year"].values]
    potential, alive = (
        data["potential"].transpose("measure", "year").values,
        data["alive"].transpose("measure", "build_year", "year").values,
    )
    renewed = data["renewed_whole"].values
    for at, k in enumerate(data["measure"].values.tolist()):
        size, stands, count = float(data["unit_size"].values[at]), np.zeros(len(years)), 0.0
        ending = np.zeros(len(years))
        for v, year in enumerate(years):
            if year > until:
                break
            planned, place = decisions[k, year], build[k, year]
            acts = alive[at, v] > 0
            beside = stands - (ending if renewed[at] else 0.0)  # a whole unit waits for what ends in its span
            room = float(((potential[at] - beside)[acts] / alive[at, v][acts]).min(initial=np.inf))
            amount = max(min(planned, room, matrix.upper[place]), matrix.lower[place])
            if (k, year) in units:
                new = np.floor(amount / size + whole) if amount < planned else np.round(amount / size)
                new = min(new, max(0.0, matrix.upper[units[k, year]] - count))
                count, amount = count + new, float(new * size)
                lower[units[k, year]] = upper[units[k, year]] = count
            stands += alive[at, v] * amount
            ending += np.where(alive[at, v] < 1, alive[at, v], 0.0) * amount
            if abs(amount - planned) > 2 * ease * max(1.0, abs(planned)):
                cuts.append(Cut(k, year, planned, amount))
            lower[place] = max(matrix.lower[place], amount - ease * max(1.0, abs(amount)))
            upper[place] = min(matrix.upper[place], amount + ease * max(1.0, abs(amount)))
    return replace(matrix, lower=lower, upper=upper), tuple(cuts)


def _told(ground: Ground, name: str, plan: Plan, verdict: Verdict, cut: tuple[Cut, ...]) -> tuple[Held, Plan]:
    if not len(plan.x):
        return Held(name, ground.name, verdict, np.inf if verdict == "impossible" else -np.inf, np.inf, cut=cut), plan
    if verdict == "kept":
        return Held(name, ground.name, verdict, plan.bound, plan.objective, cut=cut), plan
    data = ground.data
    decisions = extract(ground.plan.matrix.columns, plan.x, data)
    missed = relaxations(data, work_out(data, decisions)["indicator_value"])
    known = labels(ground.ready.case)
    named = decisions[["unserved", "firm_shortfall"]].assign(commodity_unit=known["commodity_unit"].sel(commodity=data["commodity"].values))
    short = tuple(shortfalls(named))
    verdict = "short" if short else "misses" if missed else "kept"  # what is missed by less than a tolerance is met
    return Held(name, ground.name, verdict, plan.bound, plan.objective, missed, short, cut), plan
