"""Relax, divide, certify: a plan in whole units, with a proven bound on how far it is from the cheapest.

The hours make the program large, the whole units make it hard, and the two meet only in yearly columns. So every
solved relaxation leaves lines below the cost of each year's hours (`split`). The small program of the years above these
lines, solved in whole units, bounds every plan; its whole units, fixed in the large program, give a plan and new lines;
and so on in turns until bound and plan are as close as asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

import numpy as np

from model.solve.answer import Answer, Method, Status
from model.solve.decomposition import Split, coarse_program, cost_lines, divide, join, limit_lines, no_lines
from model.solve.highs import Solver, has_hipo, whole_tolerance
from model.solve.matrix import Matrix, shut_off
from model.solve.warm_start import Lessons, Prices, carried

absolute_gap = 1e-6
least_gap = 1e-7
many_columns = 100_000
coarse_share = 0.8
rough_share = 0.5  # of the gap that is left: the coarse program need not be known better than the plan
sound = 1e-6  # of all that is paid and earned: by so much a bound may lie above a plan, for the solver's own tolerances


class UnsoundBound(Exception):
    """A bound that lies above a plan: one of the two is wrong, and with it whatever was proven from them."""

    def __init__(self, bound: float, objective: float) -> None:
        super().__init__(f"the bound {bound:.9g} lies above a plan of {objective:.9g}")
        self.bound, self.objective = bound, objective


Progress = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Plan:
    """The best plan found: `x` per column, `duals` per row with whole units held; `bound` is proven by `proven_by`.

    `status` is "optimal" when the gap is as small as asked. With "time_limit" and "interrupted", `x` is the best plan
    found until then, or empty. The bound is that of the matrix with the columns at the places `shut` held at their lower bounds.
    `lessons` help the search of a like matrix, and `solver` may hold it next.
    """

    status: Status
    objective: float
    bound: float
    x: np.ndarray
    duals: np.ndarray
    proven_by: str
    lessons: Lessons
    solver: Solver
    shut: np.ndarray = field(default_factory=lambda: np.array([], dtype=int))

    @property
    def gap(self) -> float:
        """(objective − bound) / |objective|."""
        difference = self.objective - self.bound
        return 0.0 if difference <= absolute_gap else difference / max(abs(self.objective), absolute_gap)


def search(
    matrix: Matrix,
    *,
    fine: np.ndarray | None = None,
    priced: np.ndarray | None = None,
    gap: float = 1e-3,
    time_limit: float = np.inf,
    threads: int = 2,
    log: Path | None = None,
    progress: Progress | None = None,
    lessons: Lessons | None = None,
    solver: Solver | None = None,
) -> Plan:
    """The cheapest plan to the asked relative gap, or the best found within `time_limit` seconds.

    `fine` (a mask) marks the columns of hours. `priced` are the places of priced shortfalls: those the relaxation leaves
    at zero stay closed, in the plan and in its bound, unless no whole units can do without them; so a shortfall is never
    the cheap way to a whole number. `progress` is told each step with the bound and the best objective so far.

    `lessons` of a like matrix are where the search starts: their row prices bound this one, their whole units are the
    first plan tried and stay the plan where they are within the gap. A live `solver` is sent only what differs.

    Raises ValueError when a fine column must be whole, UnsoundBound when a bound turns out to lie above a plan.
    """
    tell = progress or (lambda step, bound, best: None)
    split = divide(matrix, np.zeros(len(matrix.cost), dtype=bool) if fine is None else fine)
    if solver is None:
        solver = Solver(matrix, log=log, threads=threads)
    else:
        solver.log_to(log)
        solver.become(matrix)
    hunt = _Hunt(matrix, split, solver, gap=gap, end=monotonic() + time_limit, threads=threads, tell=tell)
    try:
        return hunt.run(np.array([], dtype=int) if priced is None else priced, lessons)
    except KeyboardInterrupt:
        return hunt.conclude("interrupted")
    finally:
        solver.log_to(None)


class _Hunt:
    """One search: the live solver, the lines learned, the best plan, the proven bound."""

    def __init__(self, matrix: Matrix, split: Split, solver: Solver, *, gap: float, end: float, threads: int, tell: Progress) -> None:
        self._matrix, self._split, self._lines = matrix, split, no_lines(split)
        self._gap, self._end, self._threads, self._tell = max(gap, least_gap), end, threads, tell
        self._solver, self._prices = solver, list[Prices]()
        self._whole = np.flatnonzero(matrix.integer)
        self._whole_in_coarse = np.flatnonzero(matrix.integer[self._split.coarse])
        self._shut = np.array([], dtype=int)
        self._best: Answer | None = None
        self._bound = -np.inf
        self._proven_by = "relaxation"

    def run(self, priced: np.ndarray, lessons: Lessons | None) -> Plan:
        self._tell("relax", self._bound, self._objective())
        relaxed = (self._recall(lessons) if lessons is not None else None) or self._relax()
        if relaxed.status != "optimal":
            return self.conclude(relaxed.status)
        self._bound = relaxed.objective
        if not len(self._whole):
            self._best = relaxed
            return self.conclude("optimal")
        shut = self._shut = np.intersect1d(priced, self._split.coarse[relaxed.x[self._split.coarse] <= whole_tolerance])
        self._solver.fix(shut, self._matrix.lower[shut], self._matrix.lower[shut])
        status = self._in_whole_units(shut_off(self._matrix, shut), lessons)
        if status == "infeasible" and len(shut):
            self._bound, self._shut = relaxed.objective, shut[:0]
            self._solver.fix(shut, self._matrix.lower[shut], self._matrix.upper[shut])
            status = self._in_whole_units(self._matrix, None)
        return self.conclude(status)

    def _in_whole_units(self, matrix: Matrix, lessons: Lessons | None) -> Status:
        """All that can be tried on the matrix, or on that with its shortfalls shut, as the live solver has it."""
        status = self._propose(matrix, lessons) if lessons is not None and lessons.whole else "failed"
        if status not in ("optimal", "interrupted"):
            status = self._certify(matrix)
        return self._hand_over(matrix) if status == "failed" else status

    def _relax(self) -> Answer:
        self._solver.fix(self._whole, self._matrix.lower[self._whole], self._matrix.upper[self._whole])
        method: Method = "hipo" if (large := len(self._matrix.cost) > many_columns) and has_hipo() else "simplex"
        if large and method == "simplex":
            self._tell("without_hipo", self._bound, self._objective())
        answer = self._solver.relax(method=method, time_limit=self._left())
        if method == "hipo" and answer.status in ("infeasible", "unbounded", "failed"):
            # An interior point that breaks off proves nothing: a program it called infeasible had a plan.
            answer = self._solver.relax(method="simplex", time_limit=self._left())
        if answer.status == "optimal":
            self._learn(answer)
        return answer

    def _recall(self, lessons: Lessons) -> Answer | None:
        """The relaxation as far as the prices of a like matrix tell it; None where they do not."""
        self._solver.start_from(lessons.basis)
        if not len(self._whole):
            return None  # prices only bound a plan; without whole units the relaxation itself is the plan
        self._lines = carried(lessons, self._matrix, self._split)
        if not self._every_block_has_a_line():
            return None
        self._prices = list(lessons.prices)
        answer = self._relax_coarse(self._matrix)
        if answer.status == "unbounded":
            # Lines drawn under other targets may leave room to fall without end; one under the same whole units closes it.
            self._try(self._proposed(lessons))
            answer = self._relax_coarse(self._matrix)
        return answer if answer.status in ("optimal", "infeasible", "interrupted") else None

    def _propose(self, matrix: Matrix, lessons: Lessons) -> Status:
        """The whole units of the like program, priced here: "optimal" where they are as good as asked."""
        whole = self._proposed(lessons)
        self._tell("plan", self._bound, self._objective())
        answer = self._try(whole)
        if answer.status != "optimal":
            return "interrupted" if answer.status == "interrupted" else "failed"
        self._keep(answer, whole)
        self._proven_by = "division"
        relaxed = self._relax_coarse(matrix)
        if relaxed.status == "optimal":
            self._bound = max(self._bound, relaxed.objective)
        return "optimal" if self._closed() else "failed"

    def _proposed(self, lessons: Lessons) -> np.ndarray:
        whole = np.array([lessons.whole.get(self._matrix.columns[j], self._matrix.lower[j]) for j in self._whole])
        return np.clip(whole, np.ceil(self._matrix.lower[self._whole]), np.floor(self._matrix.upper[self._whole]))

    def _every_block_has_a_line(self) -> bool:
        return len(np.unique(self._lines.block[self._lines.share > 0])) == self._split.blocks

    def _relax_coarse(self, matrix: Matrix) -> Answer:
        """The relaxation of the coarse program, its `x` at the places of the whole matrix."""
        small = Solver(coarse_program(matrix, self._split, self._lines), threads=self._threads)
        answer = small.relax(method="simplex", time_limit=self._left())
        x = np.zeros(len(self._matrix.cost))
        x[self._split.coarse] = answer.x[: len(self._split.coarse)] if len(answer.x) else 0.0
        return replace(answer, x=x)

    def _certify(self, matrix: Matrix) -> Status:
        """The coarse program in whole units, then the large one with these fixed, in turns until the gap is closed.

        "failed" when no more can be learned so.
        """
        self._proven_by = "division"
        if not self._every_block_has_a_line():
            return "failed"
        inner, rough, tried = self._gap / 2, rough_share, set[bytes]()
        while self._left() > 0:
            self._tell("bound", self._bound, self._objective())
            small = Solver(coarse_program(matrix, self._split, self._lines), threads=self._threads)
            coarse = small.branch_and_bound(gap=max(inner, rough * self._apart()), time_limit=coarse_share * self._left())
            if not len(coarse.x):
                return "failed" if coarse.status == "unbounded" else coarse.status  # the relaxation has a least cost
            self._bound = max(self._bound, coarse.bound)
            if self._closed():
                return "optimal"
            whole = np.round(coarse.x[self._whole_in_coarse])
            if whole.tobytes() not in tried:
                tried.add(whole.tobytes())
                self._tell("plan", self._bound, self._objective())
                status = self._price(whole)
                if self._closed() or status != "optimal":
                    return status
            elif rough:
                rough = 0.0
            elif inner > least_gap / 4:
                inner /= 4
            else:
                return "failed"
            if coarse.status != "optimal":
                return coarse.status
        return "time_limit"

    def _price(self, whole: np.ndarray) -> Status:
        """The cheapest plan with these whole units, and what it teaches: "optimal" when it taught something."""
        known = len(self._lines.constant)
        answer = self._try(whole)
        if answer.status == "optimal":
            self._keep(answer, whole)
        elif answer.status == "infeasible":
            return "optimal" if len(self._lines.constant) > known else "failed"
        return answer.status

    def _try(self, whole: np.ndarray) -> Answer:
        self._solver.fix(self._whole, whole, whole)
        answer = self._solver.relax(method="simplex", time_limit=self._left(), proof=True)
        if answer.status == "optimal":
            self._learn(answer)
        elif answer.status == "infeasible" and len(answer.ray):
            self._lines = join(self._lines, limit_lines(self._matrix, self._split, answer.ray))
            self._prices.append(Prices(self._matrix.rows, answer.ray, ray=True))
        return answer

    def _hand_over(self, matrix: Matrix) -> Status:
        """HiGHS's own branch and bound on the whole program, from the best plan."""
        self._tell("branch", self._bound, self._objective())
        self._proven_by = "branch and bound"
        start = None if self._best is None else self._best.x
        found = Solver(matrix, threads=self._threads).branch_and_bound(gap=self._gap / 2, time_limit=self._left(), start=start)
        if found.status == "infeasible" and self._best is None:
            return found.status
        self._bound = max(self._bound, found.bound)
        if len(found.x):
            solver, whole = Solver(matrix, threads=self._threads), np.round(found.x[self._whole])
            solver.fix(self._whole, whole, whole)
            answer = solver.relax(method="simplex")
            if answer.status == "optimal":
                self._keep(answer, whole)
        return found.status

    def _learn(self, answer: Answer) -> None:
        self._lines = join(self._lines, cost_lines(self._matrix, self._split, answer.duals))
        self._prices.append(Prices(self._matrix.rows, answer.duals, ray=False))

    def _keep(self, answer: Answer, whole: np.ndarray) -> None:
        if answer.objective < self._objective():
            self._best = replace(answer, x=_at(answer.x, self._whole, whole))

    def conclude(self, status: Status) -> Plan:
        """What is known now, as a plan: "optimal" only when the gap is closed.

        Raises UnsoundBound when the bound lies above the plan by more than the solver's own tolerances make.
        """
        whole = {} if self._best is None else {self._matrix.columns[j]: float(self._best.x[j]) for j in self._whole}
        lessons = Lessons(tuple(self._prices), self._solver.basis(), whole)
        if self._best is None:
            nothing = np.array([])
            return Plan(status, np.inf, self._bound, nothing, nothing, self._proven_by, lessons, self._solver, self._shut)
        best = self._best
        if self._bound - best.objective > absolute_gap + sound * (np.abs(self._matrix.cost) @ np.abs(best.x) + abs(self._matrix.offset)):
            raise UnsoundBound(self._bound, best.objective)
        said: Status = "optimal" if self._closed() else "time_limit" if status == "optimal" else status
        bound = min(self._bound, best.objective)
        return Plan(said, best.objective, bound, best.x, best.duals, self._proven_by, lessons, self._solver, self._shut)

    def _closed(self) -> bool:
        return self._objective() - self._bound <= self._gap * abs(self._objective()) + absolute_gap if self._best else False

    def _apart(self) -> float:
        """How far bound and plan are from one another, as a share; nothing where there is no plan."""
        return (self._objective() - self._bound) / max(abs(self._objective()), absolute_gap) if self._best else 0.0

    def _objective(self) -> float:
        return np.inf if self._best is None else self._best.objective

    def _left(self) -> float:
        return self._end - monotonic()


def _at(values: np.ndarray, places: np.ndarray, new: np.ndarray) -> np.ndarray:
    changed = values.copy()
    changed[places] = new
    return changed
