"""HiGHS: the only file that knows the solver, its options, its log and its MPS file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from model.solve.difference import MatrixDifference, difference, indices, places_after
from model.solve.matrix import Key, Matrix, text_of
from model.solve.solver_result import Method, SolverResult, Status, reach

choose, dual, primal, devex = 0, 1, 4, 1
no_limit, many_differences, whole_tolerance, sharp = 2**31 - 1, 20_000, 1e-6, 1e-9  # HiGHS leaves out what is narrower than its tolerance
beside_the_tree = ("mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost", "mip_allow_restart")
forcing_rows = 1 << 6  # among the rules of presolve that may be switched off
poll_seconds, few_columns = 0.1, 10_000  # with so few a second thread finds nothing to do, and keeps a core busy as it waits

_STATUS: dict[highspy.HighsModelStatus, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kTimeLimit: "time_limit",
    highspy.HighsModelStatus.kInterrupt: "interrupted",
    highspy.HighsModelStatus.kSolutionLimit: "optimal",
}


@dataclass(frozen=True)
class Basis:
    """Which columns and rows were basic or at which bound, by key: where a like program may start."""

    columns: dict[Key, highspy.HighsBasisStatus]
    rows: dict[Key, highspy.HighsBasisStatus]


class _Silent(highspy.Highs):
    """HiGHS that says nothing until it is told where: 1.16 prints its banner on standard output when callbacks are enabled as it is made."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


class Solver:
    """One HiGHS instance holding one matrix; told another, it is sent only what differs and starts from the last basis.

    HiGHS keeps columns and rows in an order of its own: what stays, then what was added.
    """

    def __init__(self, matrix: Matrix, *, log: Path | None = None, threads: int = 2) -> None:
        self._highs = _Silent()
        self._highs.HandleKeyboardInterrupt = True
        self._options(log_to_console=False, threads=threads if len(matrix.columns) > few_columns else 1)
        # Devex needs no weights to start with: warm starts took a third to two thirds of the time of steepest edge. Primal simplex
        # without moved bounds took half the time where only costs had changed.
        self._options(simplex_dual_edge_weight_strategy=devex, hipo_ordering="amd", primal_simplex_bound_perturbation_multiplier=0.0)
        self.log_to(log)
        self._pass(matrix)

    def log_to(self, path: Path | None) -> None:
        """Write what HiGHS says from now on to a file, or nowhere; the file before is closed."""
        self._logged = path is not None
        self._options(output_flag=self._logged, log_file=str(path or ""))

    def _pass(self, matrix: Matrix, *, integer: bool = False) -> None:
        self._check(self._highs.passModel(_lp(matrix, integer=integer)), "pass the model")
        self._matrix = matrix
        self._column_place, self._row_place = np.arange(len(matrix.columns)), np.arange(len(matrix.rows))

    def become(self, matrix: Matrix) -> MatrixDifference:
        """Hold another matrix from now on: its numbers, columns and rows by key, bounds as they stand in it.

        Bounds fixed before are forgotten. With very many differences the model is passed whole, from the last basis.
        """
        diff = difference(self._matrix, matrix)
        if diff.count > many_differences:
            basis = self.basis()
            self._pass(matrix)
            self.start_from(basis)
            return diff
        if len(diff.removed_columns):
            gone = np.sort(self._column_place[diff.removed_columns])
            self._check(self._highs.deleteCols(len(gone), indices(gone)), "delete columns")
        if len(diff.removed_rows):
            gone = np.sort(self._row_place[diff.removed_rows])
            self._check(self._highs.deleteRows(len(gone), indices(gone)), "delete rows")
        rows = places_after(self._row_place, diff.removed_rows, diff.row_from)
        columns = places_after(self._column_place, diff.removed_columns, diff.column_from)
        self._add_columns(matrix, diff, rows)
        self._add_rows(matrix, diff, columns)
        self._matrix, self._column_place, self._row_place = matrix, columns, rows
        self._check(self._highs.changeColsCost(len(diff.costs), indices(columns[diff.costs]), matrix.cost[diff.costs]), "change costs")
        self._check(self._highs.changeObjectiveOffset(matrix.offset), "change the constant cost")
        self.fix(np.arange(len(columns)), matrix.lower, matrix.upper)
        self._check(
            self._highs.changeRowsBounds(  # type: ignore[attr-defined]
                len(diff.sides), indices(rows[diff.sides]), matrix.row_lower[diff.sides], matrix.row_upper[diff.sides]
            ),
            "change sides",
        )
        for row, column, value in zip(*diff.coefficients, strict=True):
            self._check(self._highs.changeCoeff(int(rows[row]), int(columns[column]), float(value)), "change a coefficient")
        return diff

    def _add_columns(self, matrix: Matrix, diff: MatrixDifference, rows: np.ndarray) -> None:
        """The added columns, with their entries in the rows that stayed."""
        added = diff.added_columns
        if not len(added):
            return
        part = matrix.A[:, added].tocoo()
        kept = diff.row_from[part.row] >= 0
        entries = csc_array((part.data[kept], (rows[part.row[kept]], part.col[kept])), shape=(self._highs.getNumRow(), len(added)))
        status = self._highs.addCols(
            len(added), matrix.cost[added], matrix.lower[added], matrix.upper[added],
            entries.nnz, indices(entries.indptr[:-1]), indices(entries.indices), entries.data,
        )  # fmt: skip
        self._check(status, "add columns")

    def _add_rows(self, matrix: Matrix, diff: MatrixDifference, columns: np.ndarray) -> None:
        added = diff.added_rows
        if not len(added):
            return
        part = csr_array(matrix.A)[added]
        status = self._highs.addRows(
            len(added), matrix.row_lower[added], matrix.row_upper[added],
            part.nnz, indices(part.indptr[:-1]), indices(columns[part.indices]), part.data,
        )  # fmt: skip
        self._check(status, "add rows")

    def relax(self, *, method: Method = "simplex", time_limit: float = np.inf, proof: bool | None = None, crossover: bool = True) -> SolverResult:  # fmt: skip
        """The program without integrality, from the last basis where there is one, without `crossover` values alone; an infeasible one has its ray by `proof` always, by False never.

        Raises KeyboardInterrupt where it is stopped before it has begun.
        """
        if method == "simplex":
            self._options(simplex_strategy=self._nearer())
        self._options(solver=method, time_limit=self._seconds(time_limit), run_crossover="on" if crossover else "off")
        result = self._solve(ray=proof is not False)
        if proof and result.status == "infeasible" and not len(result.ray):
            result = self._solve_again(time_limit, presolve=("off", "choose"))  # presolve proves it to itself alone
        return result

    def _nearer(self) -> int:
        """Which simplex method has less to mend in the last basis.

        Changed costs leave its columns and rows within their bounds, changed bounds leave its prices sound: the method that holds
        on to what is sound took a tenth to a half of the other's time.
        """
        if not self._highs.getBasis().valid:
            return choose
        self._options(output_flag=False, solver="simplex", simplex_iteration_limit=0, time_limit=np.inf)
        interrupted = self._run()
        self._options(output_flag=self._logged, simplex_iteration_limit=no_limit)
        if interrupted:
            raise KeyboardInterrupt
        info = self._highs.getInfo()
        return primal if info.num_primal_infeasibilities < info.num_dual_infeasibilities else dual

    def fix(self, columns: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        """New bounds for some columns."""
        self._check(self._highs.changeColsBounds(len(columns), indices(self._column_place[columns]), lower, upper), "change bounds")

    def branch_and_bound(self, *, gap: float, time_limit: float, start: np.ndarray | None = None, tree_only: bool = False) -> SolverResult:
        """HiGHS's own search over whole units, from a plan found before; with `tree_only` without searches before the tree for plans and without restarts."""
        self._pass(self._matrix, integer=True)
        self._options(solver="choose", mip_rel_gap=gap, time_limit=self._seconds(time_limit))
        self._options(mip_feasibility_tolerance=sharp, **dict.fromkeys(beside_the_tree, not tree_only))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            self._check(self._highs.setSolution(solution), "start from a plan")
        result = self._solve()
        if result.status == "infeasible":
            # HiGHS 1.15.1 so calls programs with a plan, by its rule of forcing rows.
            result = self._solve_again(time_limit, presolve_rule_off=(forcing_rows, 0))
        return result

    def _solve_again(self, time_limit: float, **options: tuple[float | str, float | str]) -> SolverResult:
        """The same once more under other options: each its value now, and that from then on."""
        self._options(time_limit=self._seconds(time_limit), **{name: now for name, (now, _) in options.items()})
        result = self._solve()
        self._options(**{name: after for name, (_, after) in options.items()})
        return result

    def basis(self) -> Basis:
        """Where the last relaxation ended, by key."""
        basis = self._highs.getBasis()
        if not basis.valid:
            return Basis({}, {})
        columns, rows = list(basis.col_status), list(basis.row_status)
        return Basis(
            {key: columns[place] for key, place in zip(self._matrix.columns, self._column_place.tolist(), strict=True)},
            {key: rows[place] for key, place in zip(self._matrix.rows, self._row_place.tolist(), strict=True)},
        )

    def start_from(self, basis: Basis) -> None:
        """Where the next relaxation starts: columns and rows of a like program; new columns at a bound, new rows slack; presolved from no basis."""
        if not basis.columns:
            self._highs.clearSolver()
            return
        start = highspy.HighsBasis()
        start.valid = start.alien = True
        columns = [basis.columns.get(key, highspy.HighsBasisStatus.kLower) for key in self._matrix.columns]
        rows = [basis.rows.get(key, highspy.HighsBasisStatus.kBasic) for key in self._matrix.rows]
        start.col_status = [columns[place] for place in np.argsort(self._column_place)]
        start.row_status = [rows[place] for place in np.argsort(self._row_place)]
        self._check(self._highs.setBasis(start), "start from a basis")

    def row_ranges(self) -> tuple[np.ndarray, np.ndarray]:
        """After a relaxation: between which limits of each row alone its price holds; infinite where nothing ends it."""
        status, ranges = self._highs.getRanging()  # type: ignore[attr-defined]
        self._check(status, "range the rows")
        low, high = (np.asarray(side.value_)[self._row_place] for side in (ranges.row_bound_dn, ranges.row_bound_up))
        return np.where(low <= -1e30, -np.inf, low), np.where(high >= 1e30, np.inf, high)

    def range_along(self, moves: np.ndarray) -> tuple[float, float]:
        """After a relaxation: how far down and up all limits may go by `moves` (per row) together before a price changes."""
        basic = np.asarray(self._highs.getBasicVariables()[1])  # type: ignore[attr-defined]
        _, step = self._highs.getBasisSolve(np.asarray(moves, dtype=float)[np.argsort(self._row_place)])  # type: ignore[attr-defined]
        inside = basic >= 0
        columns, rows = np.argsort(self._column_place)[basic[inside]], np.argsort(self._row_place)[-basic[~inside] - 1]
        change = np.zeros(len(self._column_place))
        change[columns] = np.asarray(step)[inside]
        activity = self._matrix.A @ change
        solution, lp = self._highs.getSolution(), self._highs.getLp()
        x, r = np.asarray(solution.col_value)[self._column_place], np.asarray(solution.row_value)[self._row_place]
        lower, upper = (np.asarray(side)[self._column_place] for side in (lp.col_lower_, lp.col_upper_))
        value, speed = np.concatenate([x[columns], r[rows]]), np.concatenate([change[columns], activity[rows] - moves[rows]])
        least = np.concatenate([lower[columns], self._matrix.row_lower[rows]])
        most = np.concatenate([upper[columns], self._matrix.row_upper[rows]])
        return reach(value, -speed, least, most), reach(value, speed, least, most)

    def _solve(self, *, ray: bool = True) -> SolverResult:
        interrupted = self._run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            self._options(presolve="off")  # which of the two it is, presolve does not say
            interrupted = self._run()
            self._options(presolve="choose")
        info, status = self._highs.getInfo(), _STATUS.get(self._highs.getModelStatus(), "failed")
        solution, integer = self._highs.getSolution(), len(self._highs.getLp().integrality_) > 0
        valued = solution.value_valid and (integer or status == "optimal")
        feasible = valued and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        status = "failed" if status == "optimal" and not feasible else status
        return SolverResult(
            "interrupted" if interrupted else status,
            info.objective_function_value,
            info.mip_dual_bound if integer else info.objective_function_value,
            np.asarray(solution.col_value)[self._column_place] if feasible else np.array([]),
            np.asarray(solution.row_dual)[self._row_place] if feasible and solution.dual_valid else np.array([]),
            self._ray() if ray and status == "infeasible" and not integer else np.array([]),
        )

    def _run(self) -> bool:
        """Run to the end or to Ctrl-C; True for the latter. (highspy's own `solve` writes to standard output.)"""
        self._highs.startSolve()
        interrupted = False
        while True:
            try:
                while not self._highs.wait(poll_seconds)[0]:
                    pass
                return interrupted
            except KeyboardInterrupt:
                interrupted = True
                self._highs.cancelSolve()

    def _ray(self) -> np.ndarray:
        _, exists, ray = self._highs.getDualRay()  # type: ignore[attr-defined]
        return np.asarray(ray)[self._row_place] if exists else np.array([])

    def _seconds(self, limit: float) -> float:
        # HiGHS counts its time from the instance's first run.
        return max(0.0, float(limit)) + self._highs.getRunTime()

    def _options(self, **options: float | str | bool) -> None:
        for name, value in options.items():
            self._check(self._highs.setOptionValue(name, value), f"set {name} to {value}")

    def _check(self, status: highspy.HighsStatus, what: str) -> None:
        if status == highspy.HighsStatus.kError:
            raise RuntimeError(f"the solver refused to {what}")


def write_mps(matrix: Matrix, path: Path) -> None:
    """The whole program as an MPS file, with names, so that another solver can check it."""
    highs = _Silent()
    lp = _lp(matrix, integer=True)
    lp.col_names_, lp.row_names_ = ([text_of(key) for key in keys] for keys in (matrix.columns, matrix.rows))
    for status in (highs.passModel(lp), highs.writeModel(str(path))):
        if status == highspy.HighsStatus.kError:
            raise OSError(f"the solver refused to write {path}")


def solver_version() -> str:
    return _Silent().version()


def has_hipo() -> bool:
    """Whether HiGHS has its interior point HiPO, which a package of extras brings."""
    return _Silent().setOptionValue("solver", "hipo") == highspy.HighsStatus.kOk


def _lp(matrix: Matrix, *, integer: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.A.shape
    lp.col_cost_, lp.offset_ = matrix.cost, matrix.offset
    lp.col_lower_, lp.col_upper_ = matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.A.indptr, matrix.A.indices, matrix.A.data
    if integer and matrix.integer.any():
        # HiGHS 1.15.1's presolve may end at a fractional bound of a whole column and call it optimal.
        lp.col_lower_ = np.where(matrix.integer, np.ceil(matrix.lower - whole_tolerance), matrix.lower)
        lp.col_upper_ = np.where(matrix.integer, np.floor(matrix.upper + whole_tolerance), matrix.upper)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in matrix.integer.tolist()]
    return lp
