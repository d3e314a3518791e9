"""Benders decomposition: a plan in whole units, with a proven bound on how far it is from the cheapest.

The hours make the program large, the whole units make it hard, and the two meet only in yearly columns. Every solved
relaxation gives optimality cuts on the cost of each year's hours (the subproblems). The master problem, the years with these
cuts, is solved in whole units and bounds every plan. Its whole units, fixed in the whole program, give a plan and new cuts;
and so on in turns until the gap between bound and incumbent is closed. Where the relaxation is in whole units already, these
are the plan; a small program is left to HiGHS's own branch and bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

import numpy as np

from model.solve.decomposition import Decomposition, decompose, feasibility_cuts, in_master, join, master_problem, no_cuts, optimality_cuts
from model.solve.highs import Basis, Solver, has_hipo, whole_tolerance
from model.solve.matrix import Matrix, shut_off
from model.solve.solution import Solution, absolute_gap
from model.solve.solver_result import Method, SolverResult, Status, UnsoundBound
from model.solve.warm_start import Multipliers, WarmStart, carried_cuts
from model.solve.years_alone import infeasible_in_years_alone

least_gap = 1e-7
many_columns = 100_000
small_columns = 1_000  # up to here division does not pay: branch and bound takes two thirds of its time (`benchmarks/small_cases`)
master_share = 0.8
bound_tolerance = 1e-6  # of all that is paid and earned: by so much a bound may lie above a plan, for the solver's own tolerances


Progress = Callable[[str, float, float], None]


def search(
    matrix: Matrix,
    *,
    in_subproblem: np.ndarray | None = None,
    priced: np.ndarray | None = None,
    gap: float = 1e-3,
    time_limit: float = np.inf,
    threads: int = 2,
    log: Path | None = None,
    progress: Progress | None = None,
    warm_start: WarmStart | None = None,
    solver: Solver | None = None,
) -> Solution:
    """The cheapest plan to the asked relative gap, or the best found within `time_limit` seconds.

    `in_subproblem` (a mask) marks the columns of hours. `priced` are the places of priced shortfalls: those the relaxation leaves
    at zero stay closed, in the plan and in its bound, unless no whole units can do without them; so a shortfall is never
    the cheap way to a whole number. `progress` is called at each step with the bound and the incumbent's objective.

    `warm_start` comes from a like matrix: its multipliers give cuts for this one, its whole units are the first plan tried and
    stay the plan where they are within the gap. A live `solver` is sent only what differs.

    Raises ValueError when a column of a subproblem must be whole, UnsoundBound when a bound turns out to lie above a plan.
    """
    progress = progress or (lambda step, bound, incumbent: None)
    hours = np.zeros(len(matrix.cost), dtype=bool) if in_subproblem is None else in_subproblem
    parts = decompose(matrix, hours)
    if solver is None:
        solver = Solver(matrix, log=log, threads=threads)
    else:
        solver.log_to(log)
        solver.become(matrix)
    begun = _Search(matrix, parts, solver, gap=gap, deadline=monotonic() + time_limit, threads=threads, progress=progress)
    try:
        if infeasible_in_years_alone(matrix, hours, threads=threads, seconds=time_limit):
            return begun.conclude("infeasible")
        return begun.run(np.array([], dtype=int) if priced is None else priced, warm_start)
    except KeyboardInterrupt:
        return begun.conclude("interrupted")
    finally:
        solver.log_to(None)


class _Search:
    """One search: the live solver, the cuts, the incumbent, the proven bound."""

    def __init__(
        self, matrix: Matrix, parts: Decomposition, solver: Solver, *, gap: float, deadline: float, threads: int, progress: Progress
    ) -> None:
        self._matrix, self._solver, self._parts, self._cuts = matrix, solver, parts, no_cuts(parts)
        self._gap, self._deadline, self._threads, self._progress = max(gap, least_gap), deadline, threads, progress
        self._whole, self._shut, self._no_basis = np.flatnonzero(matrix.integer), np.array([], dtype=int), False
        self._whole_in_master = np.flatnonzero(matrix.integer[self._parts.master_columns])
        self._incumbent: SolverResult | None = None
        self._relaxed = np.array([])
        self._bound, self._proven_by, self._multipliers = -np.inf, "relaxation", list[Multipliers]()

    def run(self, priced: np.ndarray, warm_start: WarmStart | None) -> Solution:
        self._progress("relax", self._bound, self._objective())
        relaxed = (self._relax_by_warm_start(warm_start) if warm_start is not None else None) or self._relax()
        if relaxed.status != "optimal":
            return self.conclude(relaxed.status)
        self._bound, self._relaxed = relaxed.objective, relaxed.x
        if not len(self._whole):
            self._incumbent = relaxed
            return self.conclude("optimal")
        shut = self._shut = np.intersect1d(priced, self._parts.master_columns[relaxed.x[self._parts.master_columns] <= whole_tolerance])
        self._solver.fix(shut, self._matrix.lower[shut], self._matrix.lower[shut])
        status = self._in_whole_units(shut_off(self._matrix, shut), warm_start)
        if status == "infeasible" and len(shut):
            self._bound, self._shut = relaxed.objective, shut[:0]
            self._solver.fix(shut, self._matrix.lower[shut], self._matrix.upper[shut])
            status = self._in_whole_units(self._matrix, None)
        return self.conclude(status)

    def _in_whole_units(self, matrix: Matrix, warm_start: WarmStart | None) -> Status:
        """All that can be tried on the matrix, or on that with its shortfalls shut, as the live solver has it."""
        status = self._try_warm_start(matrix, warm_start) if warm_start is not None and warm_start.whole else "failed"
        if status not in ("optimal", "interrupted"):
            status = self._solve_as_relaxed()
        if status not in ("optimal", "interrupted") and len(matrix.cost) > small_columns:
            status = self._solve_by_decomposition(matrix)
        return self._branch_and_bound(matrix) if status == "failed" else status

    def _relax(self) -> SolverResult:
        self._solver.fix(self._whole, self._matrix.lower[self._whole], self._matrix.upper[self._whole])
        method: Method = "hipo" if (large := len(self._matrix.cost) > many_columns) and has_hipo() else "simplex"
        if large and method == "simplex":
            self._progress("without_hipo", self._bound, self._objective())
        result = self._solver.relax(method=method, time_limit=self._seconds())
        if method == "hipo" and result.status in ("infeasible", "unbounded", "failed"):
            # An interior point that breaks off proves nothing: a program it called infeasible had a plan.
            result = self._solver.relax(method="simplex", time_limit=self._seconds())
        if result.status == "optimal":
            self._add_optimality_cuts(result)
        return result

    def _relax_by_warm_start(self, warm_start: WarmStart) -> SolverResult | None:
        """The relaxation as far as the cuts from a like matrix bound it; None where they do not."""
        self._solver.start_from(warm_start.basis)
        self._no_basis = not warm_start.basis.columns
        if not len(self._whole):
            return None  # cuts only bound a plan; without whole units the relaxation itself is the plan
        self._cuts = carried_cuts(warm_start, self._matrix, self._parts)
        if not self._every_block_has_a_cut():
            return None
        self._multipliers = list(warm_start.multipliers)
        result = self._relax_master(self._matrix)
        if result.status == "unbounded":
            # Cuts found under other targets may leave the master problem unbounded; one under the same whole units bounds it.
            self._solve_with(self._units_of(warm_start))
            result = self._relax_master(self._matrix)
        return result if result.status in ("optimal", "infeasible", "interrupted") else None

    def _try_warm_start(self, matrix: Matrix, warm_start: WarmStart) -> Status:
        """The whole units of the like program, fixed here: "optimal" where the gap is as small as asked."""
        whole = self._units_of(warm_start)
        self._progress("plan", self._bound, self._objective())
        result = self._solve_with(whole)
        if result.status != "optimal":
            return "interrupted" if result.status == "interrupted" else "failed"
        self._update_incumbent(result, whole)
        self._proven_by = "division"
        relaxed = self._relax_master(matrix)
        if relaxed.status == "optimal":
            self._bound = max(self._bound, relaxed.objective)
        return "optimal" if self._within_gap() else "failed"

    def _units_of(self, warm_start: WarmStart) -> np.ndarray:
        whole = np.array([warm_start.whole.get(self._matrix.columns[j], self._matrix.lower[j]) for j in self._whole])
        return np.clip(whole, np.ceil(self._matrix.lower[self._whole]), np.floor(self._matrix.upper[self._whole]))

    def _every_block_has_a_cut(self) -> bool:
        return len(np.unique(self._cuts.block[self._cuts.share > 0])) == self._parts.blocks

    def _relax_master(self, matrix: Matrix) -> SolverResult:
        """The relaxation of the master problem, its `x` at the places of the whole matrix."""
        small = Solver(master_problem(matrix, self._parts, self._cuts), threads=self._threads)
        result = small.relax(method="simplex", time_limit=self._seconds())
        x = np.zeros(len(self._matrix.cost))
        x[self._parts.master_columns] = result.x[: len(self._parts.master_columns)] if len(result.x) else 0.0
        return replace(result, x=x)

    def _solve_as_relaxed(self) -> Status:
        """The whole units of the relaxation, where it has whole ones alone: "optimal" where they are a plan as good as its bound."""
        whole = self._relaxed[self._whole]
        if np.abs(whole - np.round(whole)).max() > whole_tolerance:
            return "failed"
        status = self._solve_subproblems(np.round(whole))
        return status if status == "interrupted" or self._within_gap() else "failed"

    def _solve_by_decomposition(self, matrix: Matrix) -> Status:
        """The master problem in whole units, then the subproblems with these fixed, in turns until the gap is closed.

        "failed" when no new cut comes of it.
        """
        self._proven_by = "division"
        if not self._every_block_has_a_cut():
            return "failed"
        inner_gap, tried = self._gap / 2, set[bytes]()
        while self._seconds() > 0:
            self._progress("bound", self._bound, self._objective())
            small = Solver(master_problem(matrix, self._parts, self._cuts), threads=self._threads)
            master = small.branch_and_bound(
                gap=inner_gap, time_limit=master_share * self._seconds(), start=self._incumbent_in_master(), tree_only=True
            )
            if not len(master.x):
                return "failed" if master.status == "unbounded" else master.status  # the relaxation has a least cost
            self._bound = max(self._bound, master.bound)
            if self._within_gap():
                return "optimal"
            whole = np.round(master.x[self._whole_in_master])
            if whole.tobytes() not in tried:
                tried.add(whole.tobytes())
                status = self._solve_subproblems(whole)
                if self._within_gap() or status != "optimal":
                    return status
            elif inner_gap > least_gap / 4:
                inner_gap /= 4
            else:
                return "failed"
            if master.status != "optimal":
                return master.status
        return "time_limit"

    def _solve_subproblems(self, whole: np.ndarray) -> Status:
        """The cheapest plan with these whole units, and the cuts of it: "optimal" when there is a new cut."""
        cuts_before = len(self._cuts.constant)
        self._progress("plan", self._bound, self._objective())
        result = self._solve_with(whole)
        if result.status == "optimal":
            self._update_incumbent(result, whole)
        elif result.status == "infeasible":
            return "optimal" if len(self._cuts.constant) > cuts_before else "failed"
        return result.status

    def _solve_with(self, whole: np.ndarray) -> SolverResult:
        self._solver.fix(self._whole, whole, whole)
        result = self._solver.relax(method="simplex", time_limit=self._seconds(), proof=True)
        if result.status == "optimal":
            self._add_optimality_cuts(result)
        elif result.status == "infeasible" and len(result.ray):
            self._cuts = join(self._cuts, feasibility_cuts(self._matrix, self._parts, result.ray))
            self._multipliers.append(Multipliers(self._matrix.rows, result.ray, ray=True))
            if self._no_basis:
                self._solver.start_from(Basis({}, {}))  # where presolve takes the hours out, the basis of a proof only stands in the way
        return result

    def _branch_and_bound(self, matrix: Matrix) -> Status:
        """HiGHS's own branch and bound on the whole program, from the incumbent."""
        self._progress("branch", self._bound, self._objective())
        self._proven_by = "branch and bound"
        start = None if self._incumbent is None else self._incumbent.x
        found = Solver(matrix, threads=self._threads).branch_and_bound(gap=self._gap / 2, time_limit=self._seconds(), start=start)
        if found.status == "infeasible" and self._incumbent is None:
            return found.status
        self._bound = max(self._bound, found.bound)
        if len(found.x):
            whole = np.round(found.x[self._whole])
            result = self._solve_with(whole)
            if result.status == "optimal":
                self._update_incumbent(result, whole)
        return found.status

    def _add_optimality_cuts(self, result: SolverResult) -> None:
        self._cuts = join(self._cuts, optimality_cuts(self._matrix, self._parts, result.duals))
        self._multipliers.append(Multipliers(self._matrix.rows, result.duals, ray=False))

    def _update_incumbent(self, result: SolverResult, whole: np.ndarray) -> None:
        if result.objective < self._objective():
            x = result.x.copy()
            x[self._whole] = whole
            self._incumbent = replace(result, x=x)

    def conclude(self, status: Status) -> Solution:
        """The incumbent and the bound as they are now: "optimal" only when the gap is closed.

        Raises UnsoundBound when the bound lies above the plan by more than the solver's own tolerances make.
        """
        whole = {} if self._incumbent is None else {self._matrix.columns[j]: float(self._incumbent.x[j]) for j in self._whole}
        warm_start = WarmStart(tuple(self._multipliers), self._solver.basis(), whole)
        if self._incumbent is None:
            nothing = np.array([])
            return Solution(status, np.inf, self._bound, nothing, nothing, self._proven_by, warm_start, self._solver, self._shut)
        best = self._incumbent
        size = np.abs(self._matrix.cost) @ np.abs(best.x) + abs(self._matrix.offset)
        if self._bound - best.objective > absolute_gap + bound_tolerance * size:
            raise UnsoundBound(self._bound, best.objective)
        ended: Status = "optimal" if self._within_gap() else "time_limit" if status == "optimal" else status
        bound = min(self._bound, best.objective)
        return Solution(ended, best.objective, bound, best.x, best.duals, self._proven_by, warm_start, self._solver, self._shut)

    def _within_gap(self) -> bool:
        return self._objective() - self._bound <= self._gap * abs(self._objective()) + absolute_gap if self._incumbent else False

    def _incumbent_in_master(self) -> np.ndarray | None:
        return None if self._incumbent is None else in_master(self._parts, self._cuts, self._incumbent.x)

    def _objective(self) -> float:
        return np.inf if self._incumbent is None else self._incumbent.objective

    def _seconds(self) -> float:
        return self._deadline - monotonic()
