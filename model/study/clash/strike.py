"""Which targets of a case cannot stand together, and the limits they run into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters import Scope, parameters
from model.case.read import Case
from model.maths.build import build
from model.results.clash import Conflict, Limit, Member, Missing
from model.solve.conflict import Bench, Elastic, disjoint_clashes, elastic, nothing, smallest_of
from model.solve.highs import Answer, Solver
from model.solve.matrix import Matrix, compile_matrix
from model.solve.search import Plan
from model.study.answer import SHORTFALLS, Answered, NoPlan, Options, Watch, search_matrix
from model.study.clash.limits import named_limits, ray_of
from model.study.clash.relaxing import Relaxing, relaxing
from model.study.solve import Ready

short_tolerance = 1e-6
whole_gap = 1e-3
least_patience, patience_factor = 20.0, 1.0


@dataclass(frozen=True)
class Ground:
    """All that clashes and ways out are looked for on. `matrix` has its shortfalls shut but for what nothing can serve."""

    ready: Ready
    options: Options
    watch: Watch
    data: xr.Dataset
    matrix: Matrix
    relaxing: Relaxing
    bench: Bench
    missing: tuple[Missing, ...]

    @property
    def program(self) -> Elastic:
        return self.bench.program

    def whole(self, matrix: Matrix, *, like: Answered | None = None, gap: float | None = None) -> Plan:
        """The program in whole units, for no longer than a few times what the usual baseline took."""
        patience = max(least_patience, patience_factor * self.watch.clock.seconds.get("solve", 0.0))
        options = replace(self.options, mps=None, time_limit=min(self.options.time_limit, patience))
        return search_matrix(matrix, options if gap is None else replace(options, gap=gap), self.watch, name="way", like=like)


@dataclass(frozen=True)
class Blocked:
    """Limits that clash even with all targets free and any demand left unserved."""

    limits: tuple[Limit, ...]


@dataclass(frozen=True)
class Struck:
    """Clashes found: by the relaxation, or (`whole`) only in whole units; `least` is where all targets together give least."""

    conflicts: tuple[Conflict, ...]
    whole: bool
    least: np.ndarray


def prepare(ready: Ready, options: Options, watch: Watch) -> Ground | Blocked:
    """The plan's program with its targets ready to give; or the limits that clash even with all targets free."""
    with watch.clock.step("parameters"):
        data = parameters(ready.case, ready.scope)
    with watch.clock.step("build"):
        model = build(data)
    with watch.clock.step("compile"):
        matrix = compile_matrix(model)
    watch.say("clash", "relax", -np.inf, np.inf)
    usual = ready.usual.solved
    found = relaxing(ready.case, data, matrix, usual.worked["indicator_value"])
    short = np.flatnonzero([component in SHORTFALLS for component, _ in matrix.columns])
    missing: tuple[Missing, ...] = ()
    if _falls_short(usual.decisions):
        served = _serve(matrix, found, short, options)
        if served.status != "optimal":
            return Blocked(limits_of(matrix, found, short, options, data=data, case=ready.case, scope=ready.scope))
        missing = _missing(data, matrix, served.x, ready.case)
        upper = matrix.upper.copy()
        upper[short] = np.where(served.x[short] > short_tolerance, served.x[short] * (1 + short_tolerance) + short_tolerance, 0.0)
        matrix = replace(matrix, upper=upper)
    else:
        upper = matrix.upper.copy()
        upper[short] = 0.0
        matrix = replace(matrix, upper=upper)
    program = elastic(matrix, found.groups, found.price, shut=np.array([], dtype=int))
    return Ground(ready, options, watch, data, matrix, found, Bench(program, threads=options.threads), missing)


def strike(ground: Ground) -> Struck:
    """Every clash of the relaxation; where it has none, those of whole units."""
    program, bench = ground.program, ground.bench
    with ground.watch.clock.step("clash"):
        first = bench.least(list(program.groups))
        if first.status != "optimal":
            raise NoPlan(first.status, "plan")
        if first.objective > nothing:
            found = disjoint_clashes(bench, first)
            return Struck(tuple(_conflict(ground, members, proof) for members, proof in found), False, first.x)
        return _strike_whole(ground, first)


def _strike_whole(ground: Ground, first: Answer) -> Struck:
    program = ground.program
    if not ground.matrix.integer.any() or not program.groups:
        return Struck((), True, first.x)
    least = ground.whole(program.held(list(program.groups)), gap=whole_gap)
    if not len(least.x):
        raise NoPlan(least.status, "plan")
    left, conflicts = set(program.groups), list[Conflict]()
    x = least.x
    while program.relaxed(x).keys() & left:
        members = smallest_of(lambda held: bool(held) and _cannot(ground, held), left)
        if not members:
            break
        conflicts.append(_whole_conflict(ground, members))
        left -= members
        x = ground.whole(program.held(left), gap=whole_gap).x if left else x
        if not left:
            break
    return Struck(tuple(conflicts), True, least.x)


def _cannot(ground: Ground, held: Any) -> bool:
    """Whether targets cannot stand together in whole units."""
    plan = ground.whole(ground.program.held(held), gap=whole_gap)
    return bool(len(plan.x)) and bool(ground.program.relaxed(plan.x).keys() & set(held))


def _conflict(ground: Ground, members: frozenset[str], proof: Answer) -> Conflict:
    program, found = ground.program, ground.relaxing
    held = program.held(members)
    biting = {
        key
        for key, places in found.places.items()
        if key[0] in members and any(abs(held.A[:, [j]].T @ proof.duals)[0] > nothing * program.price[j] for j in places)
    }
    limits = named_limits(held, proof.duals, ground.data, ground.ready.case, ground.ready.scope)
    return Conflict(_members(members, biting), limits, False)


def _whole_conflict(ground: Ground, members: frozenset[str]) -> Conflict:
    """With the measures whose units the relaxation splits to meet the members, the largest units first."""
    plan = ground.whole(ground.program.held(members), gap=whole_gap)
    parts, found = ground.bench.least(members), ground.relaxing
    strain = {key for key, places in found.places.items() if key[0] in members and sum(plan.x[j] for j in places) > nothing}
    size = dict(zip(ground.data["measure"].values.tolist(), ground.data["unit_size"].values.tolist(), strict=True))
    split: dict[str, list[int]] = {}
    for j in np.flatnonzero(ground.matrix.integer):
        index = ground.matrix.columns[j][1]
        if isinstance(index, tuple) and abs(parts.x[j] - round(parts.x[j])) > short_tolerance:
            split.setdefault(str(index[0]), []).append(int(index[1]))
    limits = tuple(Limit("unit_size", k, tuple(sorted(split[k])), (float(size[k]),) * len(split[k])) for k in sorted(split))
    return Conflict(
        _members(members, strain | {(t, y) for t, y in found.places if t in members and not any(t == s for s, _ in strain)}), limits, True
    )


def _members(members: frozenset[str], biting: set[tuple[str, int]]) -> tuple[Member, ...]:
    return tuple(Member(t, tuple(sorted(year for name, year in biting if name == t))) for t in sorted(members))


# Demands and limits


def _falls_short(decisions: xr.Dataset) -> bool:
    return any(float(decisions[name].max()) > short_tolerance for name in ("unserved", "firm_shortfall") if decisions[name].size)


def _serve(matrix: Matrix, found: Relaxing, short: np.ndarray, options: Options) -> Answer:
    """The least shortfall there must be with all targets free."""
    return Solver(_free(matrix, found, short), threads=options.threads).relax()


def _free(matrix: Matrix, found: Relaxing, short: np.ndarray) -> Matrix:
    cost, upper = np.zeros(len(matrix.cost)), matrix.upper.copy()
    cost[[j for j in short if matrix.columns[j][0] != "Hourly_Unserved"]] = 1.0
    for places in found.groups.values():
        upper[places] = np.inf
    return replace(matrix, cost=cost, offset=0.0, upper=upper)


def _missing(data: xr.Dataset, matrix: Matrix, x: np.ndarray, case: Case) -> tuple[Missing, ...]:
    units = {row.id: row.unit for row in case.tables["commodities"]}
    worst: dict[tuple[str, int], tuple[float, str, int]] = {}
    for (component, index), value in zip(matrix.columns, x.tolist(), strict=True):
        if component == "Hourly_Unserved" and isinstance(index, tuple) and value > short_tolerance:
            c, y, d, h = index
            worst[c, y] = max(worst.get((c, y), (0.0, "", 0)), (value, str(d), int(h)))
    return tuple(_shortfalls(matrix, x, units, worst))


def _shortfalls(
    matrix: Matrix, x: np.ndarray, units: dict[str, str], worst: dict[tuple[str, int], tuple[float, str, int]]
) -> Iterator[Missing]:
    for (component, index), value in zip(matrix.columns, x.tolist(), strict=True):
        if value <= short_tolerance:
            continue
        if component == "Unserved" and isinstance(index, tuple):
            c, y = str(index[0]), int(index[1])
            _, day, hour = worst.get((c, y), (0.0, None, None))
            yield Missing(c, y, value, units[c], day, hour)
        elif component == "Firm_Shortfall":
            yield Missing("firm_capacity", int(str(index)), value, "GW", None, None)


def limits_of(
    matrix: Matrix, found: Relaxing | None, short: np.ndarray, options: Options, *, data: xr.Dataset, case: Case, scope: Scope
) -> tuple[Limit, ...]:
    """The limits that prove a program infeasible whatever targets and shortfalls do."""
    program = _free(matrix, found, short) if found else replace(matrix, cost=np.zeros(len(matrix.cost)), offset=0.0)
    program = replace(program, cost=np.zeros(len(matrix.cost)))
    answer = Solver(program, threads=options.threads).relax()
    return named_limits(program, ray_of(program, answer.ray), data, case, scope) if len(answer.ray) else ()
