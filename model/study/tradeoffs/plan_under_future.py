"""A plan held in another program: its decisions fixed, hours and trade free, targets and demands kept as far as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.case.read.labels import labels
from model.results.accounts import work_out
from model.results.extract import extract
from model.results.regret import DecisionCut, PlanUnderFuture, Verdict
from model.results.shortfalls import shortfalls
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_relaxation
from model.study.program.search_again import search_again
from model.study.program.target_slacks import relaxations, target_slacks
from model.study.solved.solved_model import Options, Ready, SolvedModel, cost_of

Decisions = Mapping[tuple[str, int], float]

ease = 1e-6  # of an amount, so that what was decided to the solver's own tolerance still fits
whole = 1e-6  # of a unit


def decisions_of(plan: SolvedModel) -> dict[tuple[str, int], float]:
    """{(measure, year): amount built}, in the measure's own canonical unit."""
    return {index: float(plan.solution.x[at]) for index, at in plan.matrix.places("Build").items() if isinstance(index, tuple)}


@dataclass(frozen=True)
class FutureProgram:
    """A future's own program with its plan: what other plans are held in."""

    name: str
    ready: Ready
    plan: SolvedModel

    @property
    def data(self) -> xr.Dataset:
        return self.plan.solved.parameters


def plan_under_future(
    future: FutureProgram, name: str, decisions: Decisions, until: int, options: Options
) -> tuple[PlanUnderFuture, Solution]:
    """What becomes of a plan under this future: decisions up to `until` as made, all else planned anew.

    Demand is served before targets are kept, and targets give as little as they must, by their strengths; then the cost is least.
    Raises KeyboardInterrupt.
    """
    matrix, cut = fixed(future.plan.matrix, future.data, decisions, until)
    other = for_another_aim(future.plan)

    def prices() -> np.ndarray:
        return target_slacks(future.ready.case, future.data, matrix, future.ready.usual.solved.worked["indicator_value"]).price

    plan, how_far = least_relaxation(matrix, prices, lambda program, aim: search_again(program, options, other if aim else future.plan))
    return _told(future, name, plan, "misses" if how_far == "gives" else how_far, cut)


def fixed(matrix: Matrix, data: xr.Dataset, decisions: Decisions, until: int) -> tuple[Matrix, tuple[DecisionCut, ...]]:
    """The matrix with what was decided up to `until` fixed, and what of it had to be cut.

    More than the build-rate limit or the potential of this program is not built; what it has committed is.
    """
    lower, upper, cuts = matrix.lower.copy(), matrix.upper.copy(), list[DecisionCut]()
    build, units = matrix.places("Build"), matrix.places("Units")
    years = [int(y) for y in data["year"].values]
    potential, survival = (
        data["potential"].transpose("measure", "year").values,
        data["survival"].transpose("measure", "build_year", "year").values,
    )
    renewed = data["renewed_whole"].values
    for at, k in enumerate(data["measure"].values.tolist()):
        size, stands, count = float(data["unit_size"].values[at]), np.zeros(len(years)), 0.0
        ending = np.zeros(len(years))
        for v, year in enumerate(years):
            if year > until:
                break
            planned, place = decisions[k, year], build[k, year]
            acts = survival[at, v] > 0
            beside = stands - (ending if renewed[at] else 0.0)  # a whole unit waits for what ends in its span
            room = float(((potential[at] - beside)[acts] / survival[at, v][acts]).min(initial=np.inf))
            amount = max(min(planned, room, matrix.upper[place]), matrix.lower[place])
            if (k, year) in units:
                new = np.floor(amount / size + whole) if amount < planned else np.round(amount / size)
                new = min(new, max(0.0, matrix.upper[units[k, year]] - count))
                count, amount = count + new, float(new * size)
                lower[units[k, year]] = upper[units[k, year]] = count
            stands += survival[at, v] * amount
            ending += np.where(survival[at, v] < 1, survival[at, v], 0.0) * amount
            if abs(amount - planned) > 2 * ease * max(1.0, abs(planned)):
                cuts.append(DecisionCut(k, year, planned, amount))
            lower[place] = max(matrix.lower[place], amount - ease * max(1.0, abs(amount)))
            upper[place] = min(matrix.upper[place], amount + ease * max(1.0, abs(amount)))
    return replace(matrix, lower=lower, upper=upper), tuple(cuts)


def _told(
    future: FutureProgram, name: str, plan: Solution, verdict: Verdict, cut: tuple[DecisionCut, ...]
) -> tuple[PlanUnderFuture, Solution]:
    if not len(plan.x):
        return PlanUnderFuture(name, future.name, verdict, np.inf if verdict == "impossible" else -np.inf, np.inf, cut=cut), plan
    cost = cost_of(future.plan.matrix, plan)
    if verdict == "kept":
        return PlanUnderFuture(name, future.name, verdict, cost.bound, cost.value, cut=cut), plan
    data = future.data
    decisions = extract(future.plan.matrix.columns, plan.x, data)
    missed = relaxations(data, work_out(data, decisions)["indicator_value"])
    known = labels(future.ready.case)
    named = decisions[["unserved", "firm_shortfall"]].assign(commodity_unit=known["commodity_unit"].sel(commodity=data["commodity"].values))
    short = tuple(shortfalls(named))
    verdict = "short" if short else "misses" if missed else "kept"  # what is missed by less than a tolerance is met
    return PlanUnderFuture(name, future.name, verdict, cost.bound, cost.value, missed, short, cut), plan
