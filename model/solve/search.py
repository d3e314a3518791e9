"""Relax, round, certify: a plan in whole units, with a proven bound on how far it is from the cheapest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import numpy as np

from model.solve.highs import Answer, Method, Solver, Status
from model.solve.matrix import Matrix

whole_tolerance = 1e-6
large_columns = 20_000
round_share = 0.4

Progress = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Plan:
    """The best plan found: `x` per column; `bound` is proven by `proven_by`; gap = (objective − bound) / |objective|."""

    status: Status
    objective: float
    bound: float
    x: np.ndarray
    duals: np.ndarray
    proven_by: str

    @property
    def gap(self) -> float:
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), 1e-9)


def search(
    matrix: Matrix,
    *,
    priced: np.ndarray | None = None,
    gap: float = 1e-3,
    time_limit: float = np.inf,
    log: Path | None = None,
    progress: Progress | None = None,
) -> Plan:
    """The cheapest plan to the asked relative gap, or the best found within `time_limit` seconds.

    `priced` are columns of priced shortfalls: those the relaxation leaves at zero are closed while rounding, so that
    a shortfall is never the cheap way to a whole number.
    """
    say = progress or (lambda step, bound, best: None)
    start = monotonic()
    solver = Solver(matrix, log=log)
    say("relax", -np.inf, np.inf)
    relaxed = solver.relax(method=_method(matrix), time_limit=time_limit)
    if relaxed.status != "optimal" or not matrix.integer.any():
        return _plan(relaxed, relaxed.objective if relaxed.status == "optimal" else -np.inf, "relaxation")
    say("round", relaxed.objective, np.inf)
    shut = np.array([], dtype=int) if priced is None else priced[relaxed.x[priced] <= whole_tolerance]
    solver.fix(shut, np.zeros(len(shut)), np.zeros(len(shut)))
    rounded = _dive(solver, matrix, relaxed, lambda: time_limit - (monotonic() - start))
    found = _plan(rounded, relaxed.objective, "relaxation") if rounded else None
    if found is not None and found.gap <= gap:
        return found
    say("branch", relaxed.objective, found.objective if found else np.inf)
    left = max(1.0, time_limit - (monotonic() - start))
    branched = Solver(_closed(matrix, shut), log=log).branch_and_bound(gap=gap, time_limit=left, start=found.x if found else None)
    bound = max(relaxed.objective, branched.bound)
    if not len(branched.x):
        return _plan(branched, bound, "branch and bound")
    whole = matrix.integer
    solver.fix(np.flatnonzero(whole), np.round(branched.x[whole]), np.round(branched.x[whole]))
    exact = solver.relax(method="simplex")
    best = exact if exact.status == "optimal" else branched
    plan = _plan(best, bound, "branch and bound")
    return (
        plan
        if plan.gap <= gap or branched.status != "time_limit"
        else Plan("time_limit", plan.objective, bound, plan.x, plan.duals, plan.proven_by)
    )


def _closed(matrix: Matrix, columns: np.ndarray) -> Matrix:
    upper = matrix.upper.copy()
    upper[columns] = 0.0
    return replace(matrix, upper=upper)


def _method(matrix: Matrix) -> Method:
    return "hipo" if matrix.A.shape[1] > large_columns else "simplex"


def _plan(answer: Answer, bound: float, proven_by: str) -> Plan:
    return Plan(
        answer.status, answer.objective, min(bound, answer.objective) if len(answer.x) else bound, answer.x, answer.duals, proven_by
    )


def _dive(solver: Solver, matrix: Matrix, relaxed: Answer, left: Callable[[], float]) -> Answer | None:
    """Round the columns nearest to whole numbers, fix them, solve again from the last basis, until all are whole.

    A round that has no answer is repaired once by rounding its columns up instead; a second failure ends the dive.
    """
    columns = np.flatnonzero(matrix.integer)
    lower, upper = matrix.lower[columns].copy(), matrix.upper[columns].copy()
    answer = relaxed
    while left() > 0:
        values = answer.x[columns]
        free = lower < upper
        if not free.any():
            return answer
        distance = np.abs(values - np.round(values))
        near = free & (distance <= whole_tolerance)
        doubtful = np.flatnonzero(free & ~near)
        chosen = doubtful[np.argsort(distance[doubtful], kind="stable")[: max(1, int(round_share * len(doubtful)))]]
        pick = np.union1d(np.flatnonzero(near), chosen).astype(int)
        for target in (np.round(values[pick]), np.ceil(values[pick] - whole_tolerance)):
            trial = np.clip(target, lower[pick], upper[pick])
            solver.fix(columns[pick], trial, trial)
            answer = solver.relax(method="simplex", time_limit=left())
            if answer.status == "optimal":
                lower[pick] = upper[pick] = trial
                break
        else:
            return None
    return None
