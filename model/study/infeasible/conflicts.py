"""Which targets of a case cannot stand together, and the limits they run into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters import parameters
from model.results.clash import Conflict, Limit, Limit_Kind, Member, Missing
from model.solve.conflict import (
    Elastic,
    ElasticSolver,
    Proof,
    disjoint_conflicts,
    elastic,
    price_tolerance,
    pulls,
    relaxed_tolerance,
    smallest_of,
)
from model.solve.liftable_limits import needed_limits
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.solve.solver_result import SolverResult
from model.study.infeasible.unserved import falls_short, least_short, limits_alone, missing_of, short_tolerance, without_targets
from model.study.program.limits import Limits, limits_of
from model.study.program.target_slacks import TargetSlacks, relaxed_rows, target_slacks
from model.study.solved.solved_model import NoPlan, Options, Ready, SolvedModel, Watch, matrix_of, search_matrix

whole_gap = 1e-3
least_patience = 20.0
WHOLE: dict[str, Limit_Kind] = {
    "Units": "unit_size",
    "Started": "least_size",
    "Full": "ramp",
}  # columns that are whole, by the limit they belong to


@dataclass(frozen=True)
class Ground:
    """All that clashes and ways out are looked for on. `matrix` has its shortfalls shut but for what nothing can serve.

    `name` is what the searches in whole units are called in progress and log; `hurried` ones last no longer than patience.
    """

    ready: Ready
    options: Options
    watch: Watch
    data: xr.Dataset
    matrix: Matrix
    target_slacks: TargetSlacks
    elastic_solver: ElasticSolver
    missing: tuple[Missing, ...]
    name: str = "way"
    hurried: bool = False

    @property
    def program(self) -> Elastic:
        return self.elastic_solver.program

    @property
    def patience(self) -> float:
        """Seconds for one question: what it took to get ready, a measure of the case's size."""
        return max(least_patience, self.ready.seconds)

    def whole(self, matrix: Matrix, *, like: SolvedModel | None = None, gap: float | None = None) -> Solution:
        """The program in whole units."""
        limit = min(self.options.time_limit, self.patience) if self.hurried else self.options.time_limit
        options = replace(self.options, time_limit=limit, gap=self.options.gap if gap is None else gap)
        return search_matrix(matrix, options, self.watch, name=self.name, like=like)


@dataclass(frozen=True)
class Blocked:
    """Limits that clash even with all targets free and any demand left unserved."""

    limits: tuple[Limit, ...]


@dataclass(frozen=True)
class LeastRelaxation:
    """A plan `x` where all targets together give least, and what the relaxation said; `whole` where only whole units stand in the way."""

    x: np.ndarray
    relaxed: SolverResult
    whole: bool


@dataclass(frozen=True)
class FoundConflicts:
    """Clashes found, and the least that all targets together must give."""

    conflicts: tuple[Conflict, ...]
    least: LeastRelaxation


def prepare(ready: Ready, options: Options, watch: Watch) -> Ground | Blocked:
    """The plan's program with its targets ready to give; or the limits that clash even with all targets free."""
    with watch.clock.step("parameters"):
        data = parameters(ready.case, ready.scope)
    matrix = matrix_of(data, watch, history=ready.scope.history)
    watch.say("clash", "relax", -np.inf, np.inf)
    usual = ready.usual.solved
    found = target_slacks(ready.case, data, matrix, usual.worked["indicator_value"])
    short = matrix.shortfalls
    missing: tuple[Missing, ...] = ()
    if falls_short(usual.decisions):
        served = least_short(matrix, found, short, options)
        if served.status != "optimal":
            return Blocked(limits_alone(without_targets(matrix, found, short), data, ready.case, ready.scope, threads=options.threads))
        missing = missing_of(data, matrix, served.x, ready.case)
        upper = matrix.upper.copy()
        upper[short] = np.where(served.x[short] > short_tolerance, served.x[short] * (1 + short_tolerance) + short_tolerance, 0.0)
        matrix = replace(matrix, upper=upper)
    else:
        upper = matrix.upper.copy()
        upper[short] = 0.0
        matrix = replace(matrix, upper=upper)
    program = elastic(matrix, found.groups, found.price, shut=np.array([], dtype=int))
    return Ground(ready, options, watch, data, matrix, found, ElasticSolver(program, threads=options.threads), missing)


def blocked(ground: Ground) -> Blocked:
    """The limits that clash with all targets free: what the plan alone is asked for, like least amounts, ramps and couplings, counts as well as demand."""
    free = without_targets(ground.matrix, ground.target_slacks, ground.matrix.shortfalls)
    return Blocked(limits_alone(free, ground.data, ground.ready.case, ground.ready.scope, threads=ground.options.threads))


def least_relaxation_of(ground: Ground) -> LeastRelaxation:
    """The least that all targets together must give, in parts of units; in whole ones where parts meet all.

    Raises NoPlan when the solver stops before that is known.
    """
    program = ground.program
    with ground.watch.clock.step("clash"):
        first = ground.elastic_solver.least(list(program.groups))
        if first.status != "optimal":
            raise NoPlan(first.status, "plan", ground.ready)
        if first.objective > relaxed_tolerance or not ground.matrix.integer.any():
            return LeastRelaxation(first.x, first, False)
        least = ground.whole(program.held(list(program.groups)), gap=whole_gap)
    if not len(least.x):
        raise NoPlan(least.status, "plan", ground.ready)
    return LeastRelaxation(least.x, first, True)


def find_conflicts(ground: Ground, least: LeastRelaxation) -> FoundConflicts:
    """Every clash of the relaxation; where it has none, those of whole units."""
    with ground.watch.clock.step("clash"):
        if least.whole:
            return FoundConflicts(tuple(_whole_conflicts(ground, least)), least)
        found = disjoint_conflicts(ground.elastic_solver, least.relaxed)
    with ground.watch.clock.step("limits"):
        limits = limits_of(ground.matrix, ground.data, ground.ready.case, ground.ready.scope)
        return FoundConflicts(tuple(_conflict(ground, limits, least, members, proof) for members, proof in found), least)


def _whole_conflicts(ground: Ground, least: LeastRelaxation) -> Iterator[Conflict]:
    left, x = set(ground.program.groups), least.x
    while left and ground.program.relaxed(x).keys() & left:
        members = smallest_of(lambda held: bool(held) and _cannot(ground, held), left)
        if not members:
            return
        yield _whole_conflict(ground, members)
        left -= members
        x = ground.whole(ground.program.held(left), gap=whole_gap).x if left else x


def _cannot(ground: Ground, held: Any) -> bool:
    """Whether targets cannot stand together in whole units."""
    plan = ground.whole(ground.program.held(held), gap=whole_gap)
    return bool(len(plan.x)) and bool(ground.program.relaxed(plan.x).keys() & set(held))


def _conflict(ground: Ground, limits: Limits, least: LeastRelaxation, members: frozenset[str], proof: Proof) -> Conflict:
    """With the fewest limits that forbid it, as far as patience goes, and the years that give or that the proof rests on."""
    program, found = ground.program, ground.target_slacks
    kept = needed_limits(
        lambda matrix, seconds: ground.elastic_solver.meet(matrix, seconds=seconds),
        program.strict(members), proof, limits.liftable, seconds=ground.patience,
    )  # fmt: skip
    pull = {target: pulls(program, kept.proof.duals, target) for target in members}
    floor = price_tolerance * max(float(values.max(initial=0.0)) for values in pull.values())
    rests_on = {
        key
        for key, places in found.places.items()
        if key[0] in members and (pull[key[0]][np.isin(program.groups[key[0]], places)] > floor).any()
    }
    relaxed = {key for key in relaxed_rows(found, least.x) if key[0] in members}
    return Conflict(_members(members, rests_on | relaxed), limits.named(kept.proof, kept.names), False, kept.minimal)


def _whole_conflict(ground: Ground, members: frozenset[str]) -> Conflict:
    """With the measures whose units the relaxation splits to meet the members, by name."""
    plan = ground.whole(ground.program.held(members), gap=whole_gap)
    parts, found = ground.elastic_solver.least(members), ground.target_slacks
    strain = {key for key, places in found.places.items() if key[0] in members and sum(plan.x[j] for j in places) > relaxed_tolerance}
    split: dict[tuple[Limit_Kind, str], list[int]] = {}
    for j in np.flatnonzero(ground.matrix.integer):
        component, index = ground.matrix.columns[j]
        if isinstance(index, tuple) and abs(parts.x[j] - round(parts.x[j])) > short_tolerance:
            split.setdefault((WHOLE[component], str(index[0])), []).append(int(index[1]))
    sizes = _sizes_of(ground)
    limits = tuple(
        Limit(kind, k, tuple(sorted(years)), (sizes[kind].get(k, np.nan),) * len(years)) for (kind, k), years in sorted(split.items())
    )
    idle = {(t, y) for t, y in found.places if t in members and not any(t == s for s, _ in strain)}
    return Conflict(_members(members, strain | idle), limits, True, False)


def _sizes_of(ground: Ground) -> dict[Limit_Kind, dict[str, float]]:
    """{kind of limit: {measure: its size in measure units}} of what is decided whole."""
    units, least = (ground.data[name] for name in ("unit_size", "least_size"))
    return {
        "unit_size": dict(zip(ground.data["measure"].values.tolist(), units.values.tolist(), strict=True)),
        "least_size": dict(zip(ground.data["least_measure"].values.tolist(), least.values.tolist(), strict=True)),
        "ramp": {},
    }


def _members(members: frozenset[str], biting: set[tuple[str, int]]) -> tuple[Member, ...]:
    return tuple(Member(t, tuple(sorted(year for name, year in biting if name == t))) for t in sorted(members))
