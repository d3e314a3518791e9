"""Relax, divide, certify: a plan in whole units, with a proven bound on how far it is from the cheapest.

The hours make the program large, the whole units make it hard, and the two meet only in yearly capacities. So each
solved relaxation leaves lines below the cost of every year's hours (`split`); the small program of the years with these
lines is solved in whole units, which bounds the plan; its whole units, fixed, are priced by the large program, which
gives a plan and new lines; and so on until bound and plan are as close as asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import numpy as np

from model.solve.highs import Answer, Basis, Method, Solver, Status
from model.solve.matrix import Matrix
from model.solve.split import Cuts, Split, coarse_program, cost_cuts, divide, join, limit_cuts, no_cuts

whole_tolerance = 1e-6
large_columns = 20_000

Progress = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Lessons:
    """What one search leaves to a like one: lines below the cost of the same hours, and where its relaxation ended."""

    matrix: Matrix
    split: Split
    cuts: Cuts
    basis: Basis


@dataclass(frozen=True)
class Plan:
    """The best plan found: `x` per column, `duals` per row with whole units held; `bound` is proven by `proven_by`.

    `status` is "optimal" when the gap, (objective − bound) / |objective|, is as small as asked; with "time_limit" and
    "interrupted" `x` is the best found so far, or empty.
    """

    status: Status
    objective: float
    bound: float
    x: np.ndarray
    duals: np.ndarray
    proven_by: str
    lessons: Lessons | None = None

    @property
    def gap(self) -> float:
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), 1e-9)


def search(
    matrix: Matrix,
    *,
    fine: np.ndarray | None = None,
    priced: np.ndarray | None = None,
    gap: float = 1e-3,
    time_limit: float = np.inf,
    log: Path | None = None,
    progress: Progress | None = None,
    lessons: Lessons | None = None,
) -> Plan:
    """The cheapest plan to the asked relative gap, or the best found within `time_limit` seconds.

    `fine` marks the columns of single hours. `priced` are the places of priced shortfalls: those the relaxation leaves
    at zero stay closed unless no whole units can do without, so that a shortfall is never the cheap way to a whole number.
    """
    say = progress or (lambda step, bound, best: None)
    end = monotonic() + time_limit
    hunt = _Hunt(matrix, divide(matrix, np.zeros(len(matrix.cost), dtype=bool) if fine is None else fine), log, gap, end, say)
    try:
        return hunt.run(np.array([], dtype=int) if priced is None else priced, lessons)
    except KeyboardInterrupt:
        return hunt.conclude("interrupted")


class _Hunt:
    """One search: the live solver, the lines learned, the best plan, the proven bound."""

    def __init__(self, matrix: Matrix, split: Split, log: Path | None, asked: float, end: float, say: Progress) -> None:
        self._matrix, self._split, self._asked, self._end, self._say = matrix, split, asked, end, say
        self._solver = Solver(matrix, log=log)
        self._whole = np.flatnonzero(matrix.integer)
        self._cuts = no_cuts(split)
        self._best: Answer | None = None
        self._bound = -np.inf

    def run(self, priced: np.ndarray, lessons: Lessons | None) -> Plan:
        self._say("relax", -np.inf, np.inf)
        relaxed = self._relax(lessons)
        if relaxed.status != "optimal":
            return self.conclude(relaxed.status)
        self._bound = relaxed.objective
        if not len(self._whole):
            self._best = relaxed
            return self.conclude("optimal", proven_by="relaxation")
        self._learn(relaxed)
        coarse = np.zeros(len(self._matrix.cost), dtype=bool)
        coarse[self._split.coarse] = True
        shut = priced[(relaxed.x[priced] <= whole_tolerance) & coarse[priced]]
        closed = replace(self._matrix, upper=_at(self._matrix.upper, shut, 0.0))
        self._solver.fix(shut, self._matrix.lower[shut], closed.upper[shut])
        status = self._certify(closed)
        if status == "infeasible" and len(shut):
            self._solver.fix(shut, self._matrix.lower[shut], self._matrix.upper[shut])
            status = self._certify(self._matrix)
        return self.conclude(status) if status != "failed" else self._hand_over()

    def _relax(self, lessons: Lessons | None) -> Answer:
        method: Method = "hipo" if len(self._matrix.cost) > large_columns else "simplex"
        return self._solver.relax(method=method, time_limit=self._left())

    def _certify(self, matrix: Matrix) -> Status:
        """Coarse program in whole units, then the large one with these fixed, in turns until the gap is closed."""
        inner = self._asked / 2
        tried: set[bytes] = set()
        while self._left() > 0:
            self._say("bound", self._bound, self._objective())
            coarse = Solver(coarse_program(matrix, self._split, self._cuts)).branch_and_bound(gap=inner, time_limit=self._left())
            if coarse.status == "infeasible" or not len(coarse.x):
                return coarse.status
            self._bound = max(self._bound, coarse.bound)
            if self._closed():
                return "optimal"
            whole = np.round(coarse.x[self._matrix.integer[np.r_[self._split.coarse]].nonzero()[0]])
            if whole.tobytes() in tried:
                inner /= 4
                if inner < whole_tolerance:
                    return "failed"
                continue
            tried.add(whole.tobytes())
            self._say("plan", self._bound, self._objective())
            if not self._price(whole):
                return "failed"
            if self._closed():
                return "optimal"
        return "time_limit"

    def _price(self, whole: np.ndarray) -> bool:
        """The cheapest plan with these whole units, and what it teaches. False when nothing was learned."""
        self._solver.fix(self._whole, whole, whole)
        answer = self._solver.relax(method="simplex", time_limit=self._left())
        if answer.status == "interrupted":
            raise KeyboardInterrupt
        if answer.status == "optimal":
            self._learn(answer)
            if answer.objective < self._objective():
                self._best = replace(answer, x=_at(answer.x, self._whole, whole))
        elif answer.status == "infeasible" and len(answer.ray):
            self._cuts = join(self._cuts, limit_cuts(self._matrix, self._split, answer.ray))
        return answer.status in ("optimal", "time_limit") or len(answer.ray) > 0

    def _learn(self, answer: Answer) -> None:
        self._cuts = join(self._cuts, cost_cuts(self._matrix, self._split, answer.duals))

    def _hand_over(self) -> Plan:
        """HiGHS's own branch and bound on the whole program, from the best plan."""
        self._say("branch", self._bound, self._objective())
        start = self._best.x if self._best else None
        found = self._solver.branch_and_bound(gap=self._asked / 2, time_limit=self._left(), start=start)
        self._bound = max(self._bound, found.bound)
        if len(found.x):
            solver = Solver(self._matrix)
            whole = np.round(found.x[self._whole])
            solver.fix(self._whole, whole, whole)
            answer = solver.relax()
            if answer.status == "optimal" and answer.objective < self._objective():
                self._best = replace(answer, x=_at(answer.x, self._whole, whole))
        return self.conclude(found.status, proven_by="branch and bound")

    def conclude(self, status: Status, *, proven_by: str = "division") -> Plan:
        """What is known now, as a plan; "optimal" only when the gap is closed."""
        if self._best is None:
            return Plan(status, np.inf, self._bound, np.array([]), np.array([]), proven_by)
        bound = min(self._bound, self._best.objective)
        if self._closed():
            status = "optimal"
        elif status == "optimal":
            status = "time_limit"
        return Plan(status, self._best.objective, bound, self._best.x, self._best.duals, proven_by)

    def _closed(self) -> bool:
        return self._best is not None and self._best.objective - self._bound <= self._asked * abs(self._best.objective)

    def _objective(self) -> float:
        return np.inf if self._best is None else self._best.objective

    def _left(self) -> float:
        return self._end - monotonic()


def _at(values: np.ndarray, places: np.ndarray, new: np.ndarray | float) -> np.ndarray:
    changed = values.copy()
    changed[places] = new
    return changed
