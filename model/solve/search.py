"""Relax, round, certify: a plan in whole units, with a proven bound on how far it is from the cheapest."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
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
    shut = np.array([], dtype=int) if priced is None else priced[relaxed.x[priced] <= whole_tolerance]
    solver.fix(shut, np.zeros(len(shut)), np.zeros(len(shut)))
    tree = _Tree(solver, matrix, asked=gap, left=lambda: time_limit - (monotonic() - start), say=say)
    return tree.grow(relaxed)


def _method(matrix: Matrix) -> Method:
    return "hipo" if matrix.A.shape[1] > large_columns else "simplex"


def _plan(answer: Answer, bound: float, proven_by: str) -> Plan:
    return Plan(answer.status, answer.objective, min(bound, answer.objective) if len(answer.x) else bound, answer.x, answer.duals, proven_by)


@dataclass(frozen=True)
class _Node:
    """Bounds of the whole columns, and the relaxation under them."""

    lower: np.ndarray
    upper: np.ndarray
    bound: float
    values: np.ndarray


class _Tree:
    """A tree of relaxations, each solved from the last basis; the cheapest open one is branched until the gap is closed."""

    def __init__(self, solver: Solver, matrix: Matrix, *, asked: float, left: Callable[[], float], say: Progress) -> None:
        self._solver, self._left, self._say, self._asked = solver, left, say, asked
        self._columns = np.flatnonzero(matrix.integer)
        self._lower, self._upper = matrix.lower[self._columns], matrix.upper[self._columns]
        self._best: Answer | None = None
        self._weight = _weights(matrix, self._columns)

    def grow(self, relaxed: Answer) -> Plan:
        root = _Node(self._lower, self._upper, relaxed.objective, relaxed.x[self._columns])
        self._say("round", root.bound, np.inf)
        self._dive(root)
        order = count()
        open_nodes = [(root.bound, next(order), root)]
        while open_nodes and self._left() > 0:
            bound, _, node = heapq.heappop(open_nodes)
            if bound >= self._enough():
                heapq.heappush(open_nodes, (bound, next(order), node))
                break
            self._say("branch", bound, self._best.objective if self._best else np.inf)
            children = [child for child in self._branch(node) if child is not None]
            for child in children:
                heapq.heappush(open_nodes, (child.bound, next(order), child))
            if children and next(order) % 5 == 0:
                self._dive(min(children, key=lambda child: child.bound))
        return self._conclude(open_nodes)

    def _conclude(self, open_nodes: list[tuple[float, int, _Node]]) -> Plan:
        if self._best is None:
            status: Status = "infeasible" if not open_nodes else "time_limit"
            return Plan(status, np.inf, open_nodes[0][0] if open_nodes else np.inf, np.array([]), np.array([]), "branching")
        bound = min([self._best.objective, *(bound for bound, _, _ in open_nodes)])
        best = self._best
        plan = Plan("optimal", best.objective, bound, best.x, best.duals, "branching")
        return plan if plan.gap <= self._asked else Plan("time_limit", best.objective, bound, best.x, best.duals, "branching")

    def _enough(self) -> float:
        return np.inf if self._best is None else self._best.objective - self._asked * abs(self._best.objective)

    def _solve(self, lower: np.ndarray, upper: np.ndarray) -> Answer:
        self._solver.fix(self._columns, lower, upper)
        return self._solver.relax(method="simplex", time_limit=max(1.0, self._left()))

    def _branch(self, node: _Node) -> list[_Node | None]:
        off = np.abs(node.values - np.round(node.values))
        doubtful = (off > whole_tolerance) & (node.lower < node.upper)
        if not doubtful.any():
            return []
        place = int(np.argmax(np.where(doubtful, off * self._weight, -1.0)))
        down, up = node.upper.copy(), node.lower.copy()
        down[place], up[place] = np.floor(node.values[place]), np.ceil(node.values[place])
        return [self._child(node.lower, down), self._child(up, node.upper)]

    def _child(self, lower: np.ndarray, upper: np.ndarray) -> _Node | None:
        answer = self._solve(lower, upper)
        if answer.status != "optimal" or answer.objective >= self._enough():
            return None if answer.status in ("optimal", "infeasible") else _Node(lower, upper, -np.inf, (lower + upper) / 2)
        values = answer.x[self._columns]
        if np.abs(values - np.round(values)).max() <= whole_tolerance:
            self._accept(np.round(values))
        return _Node(lower, upper, answer.objective, values)

    def _dive(self, node: _Node) -> None:
        """Round the columns nearest to whole numbers, fix them, solve again, until all are whole.

        A round that has no answer is repaired once by rounding its columns up; a second failure ends the dive.
        """
        lower, upper, values = node.lower.copy(), node.upper.copy(), node.values
        while self._left() > 0:
            off = np.abs(values - np.round(values))
            doubtful = np.flatnonzero((off > whole_tolerance) & (lower < upper))
            if not len(doubtful):
                self._accept(np.round(values))
                return
            chosen = doubtful[np.argsort(off[doubtful], kind="stable")[: max(1, int(round_share * len(doubtful)))]]
            for rounded in (np.round(values[chosen]), np.ceil(values[chosen])):
                trial_lower, trial_upper = lower.copy(), upper.copy()
                trial_lower[chosen] = trial_upper[chosen] = np.clip(rounded, lower[chosen], upper[chosen])
                answer = self._solve(trial_lower, trial_upper)
                if answer.status == "optimal":
                    break
            else:
                return
            if answer.objective >= self._enough():
                return
            lower, upper, values = trial_lower, trial_upper, answer.x[self._columns]

    def _accept(self, whole: np.ndarray) -> None:
        answer = self._solve(whole, whole)
        if answer.status == "optimal" and (self._best is None or answer.objective < self._best.objective):
            self._best = answer
            self._say("plan", -np.inf, answer.objective)


def _weights(matrix: Matrix, columns: np.ndarray) -> np.ndarray:
    """How dear one unit of each whole column is: the cost of what its rows tie to it, at least a little."""
    part = matrix.A.tocsc()[:, columns]
    rows_cost = np.asarray(abs(matrix.A) @ np.abs(matrix.cost)).ravel()
    return 1e-3 + np.asarray(abs(part).T @ rows_cost).ravel()
