"""What no plan can serve, and the limits that clash, whatever the targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import xarray as xr

from model.case.parameters import Scope
from model.case.read.case import Case
from model.results.clash import Limit, Missing
from model.solve.conflict import Proof, ray_of
from model.solve.highs import Solver
from model.solve.liftable_limits import needed_limits
from model.solve.matrix import Matrix
from model.solve.solver_result import SolverResult
from model.study.program.limits import limits_of
from model.study.program.target_slacks import TargetSlacks
from model.study.solved.solved_model import Options

short_tolerance = 1e-6
patience = 20.0


def falls_short(decisions: xr.Dataset) -> bool:
    return any(float(decisions[name].max()) > short_tolerance for name in ("unserved", "firm_shortfall") if decisions[name].size)


def least_short(matrix: Matrix, found: TargetSlacks, short: np.ndarray, options: Options) -> SolverResult:
    """The least shortfall there must be with all targets free."""
    return Solver(without_targets(matrix, found, short), threads=options.threads).relax()


def without_targets(matrix: Matrix, found: TargetSlacks, short: np.ndarray) -> Matrix:
    cost, upper = np.zeros(len(matrix.cost)), matrix.upper.copy()
    cost[[j for j in short if matrix.columns[j][0] != "Hourly_Unserved"]] = 1.0
    for places in found.groups.values():
        upper[places] = np.inf
    return replace(matrix, cost=cost, offset=0.0, upper=upper)


def missing_of(data: xr.Dataset, matrix: Matrix, x: np.ndarray, case: Case) -> tuple[Missing, ...]:
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


def limits_alone(matrix: Matrix, data: xr.Dataset, case: Case, scope: Scope, *, threads: int) -> tuple[Limit, ...]:
    """The limits that prove a program infeasible, whatever it costs; where only whole decisions do, with no group let off its ramp as full."""
    program = replace(matrix, cost=np.zeros(len(matrix.cost)), offset=0.0)
    solver = Solver(program, threads=threads)
    result = solver.relax(proof=True)
    if not len(result.ray) and len(full := matrix.at("Full")):
        upper = program.upper.copy()
        upper[full] = program.lower[full]
        program = replace(program, upper=upper)
        solver.become(program)
        result = solver.relax(proof=True)
    if not len(result.ray):
        return ()

    def ask(changed: Matrix, seconds: float) -> SolverResult:
        solver.become(changed)
        return solver.relax(time_limit=seconds, proof=True)

    limits = limits_of(program, data, case, scope)
    kept = needed_limits(ask, program, Proof(program, ray_of(program, result.ray)), limits.liftable, seconds=patience)
    return limits.named(kept.proof, kept.names)
