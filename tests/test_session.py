"""The live solver: told only what differs, it answers as a cold one does, whatever changed and in whatever order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import HOURS, gap, holds, plants, programs
from scipy.sparse import csc_array

from model.solve import highs
from model.solve.difference import difference
from model.solve.highs import Solver
from model.solve.matrix import Matrix
from model.solve.search import search


def without(matrix: Matrix, *, rows: list[int] | None = None, columns: list[int] | None = None) -> Matrix:
    """The matrix less some rows and columns."""
    i = np.setdiff1d(np.arange(len(matrix.rows)), rows or [])
    j = np.setdiff1d(np.arange(len(matrix.columns)), columns or [])
    return Matrix(
        csc_array(matrix.A[i][:, j]), matrix.cost[j], matrix.offset, matrix.lower[j], matrix.upper[j], matrix.row_lower[i], matrix.row_upper[i],
        matrix.integer[j], tuple(matrix.columns[at] for at in j), tuple(matrix.rows[at] for at in i),
    )  # fmt: skip


def turned(matrix: Matrix) -> Matrix:
    """The same program with rows and columns in the opposite order."""
    return Matrix(
        csc_array(matrix.A[::-1][:, ::-1]), matrix.cost[::-1], matrix.offset, matrix.lower[::-1], matrix.upper[::-1], matrix.row_lower[::-1],
        matrix.row_upper[::-1], matrix.integer[::-1], matrix.columns[::-1], matrix.rows[::-1],
    )  # fmt: skip


def test_a_small_program_has_one_thread_however_many_may_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second would wait, and keep a core from other processes as it does."""

    def threads() -> int:
        return int(Solver(plants(), threads=2)._highs.getOptionValue("threads")[1])

    assert threads() == 1
    monkeypatch.setattr(highs, "few_columns", 1)
    assert threads() == 2


# Relaxation: a plant of 2 at 3 costs 1.5 per unit of peak: 2.5 plants (7.5) and 8 of output make 15.5.
CHANGES = {
    "nothing": (plants(), 0, 15.5),
    "a cost": (plants(invest=4.0), 1, 18.0),
    "a side": (plants(demand=(3.0, 4.0)), 1, 13.0),
    "a bound": (plants(most=2.0), 1, 6.0 + 7.0 + 10.0),
    "a coefficient": (plants(size=2.5), 2, 14.0),
    "a row less": (without(plants(), rows=[3]), 1, 4.5 + 3.0),
    "a column less": (without(plants(), columns=[4]), 1, 15.5),
    "another order": (turned(plants()), 0, 15.5),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_difference_is_told_and_the_answer_is_right(name):
    matrix, told, cost = CHANGES[name]
    solver = Solver(plants())
    assert solver.relax().objective == pytest.approx(15.5)
    assert solver.become(matrix).count == told
    result = solver.relax()
    assert result.objective == pytest.approx(cost) == matrix.cost @ result.x
    assert len(result.duals) == len(matrix.rows)
    back = difference(matrix, plants())
    assert solver.become(plants()).count == back.count
    assert solver.relax().objective == pytest.approx(15.5)


def test_very_many_differences_are_passed_whole(monkeypatch):
    monkeypatch.setattr(highs, "many_differences", 0)
    solver = Solver(plants())
    solver.relax()
    solver.become(without(plants(invest=4.0), rows=[3]))
    assert solver.relax().objective == pytest.approx(6.0 + 3.0)


def test_fixed_bounds_are_forgotten():
    solver = Solver(plants())
    solver.fix(np.array([0]), np.array([4.0]), np.array([4.0]))
    assert solver.relax().objective == pytest.approx(20.0)
    solver.become(plants())
    assert solver.relax().objective == pytest.approx(15.5)


def step(
    matrix: Matrix, in_subproblem: np.ndarray, numbers: np.random.Generator, first: tuple[Matrix, np.ndarray]
) -> tuple[Matrix, np.ndarray]:
    """One random change: costs, bounds, sides, a coefficient, a row or column left out, or all of the first program again."""
    kind = numbers.integers(7)
    size, count = len(matrix.columns), len(matrix.rows)
    if kind == 0:
        return replace(matrix, cost=matrix.cost + numbers.integers(0, 3, size)), in_subproblem
    if kind == 1:
        return replace(matrix, upper=matrix.upper + numbers.integers(0, 2, size)), in_subproblem
    if kind == 2:
        shift = numbers.integers(-1, 2, count)
        return replace(matrix, row_lower=matrix.row_lower + shift, row_upper=matrix.row_upper + shift), in_subproblem
    if kind == 3 and count:
        A = matrix.A.toarray()
        row, column = numbers.integers(count), numbers.integers(size)
        if A[row, column]:
            A[row, column] += 1
        return replace(matrix, A=csc_array(A)), in_subproblem
    if kind == 4 and count > 2:
        return without(matrix, rows=[int(numbers.integers(count))]), in_subproblem
    if kind == 5 and size > 2:
        gone = int(numbers.integers(1, size))
        return without(matrix, columns=[gone]), np.delete(in_subproblem, gone)
    return first


@settings(max_examples=40, deadline=None)
@given(programs(), st.integers(0, 2**32 - 1))
def test_chains_of_ten_changes_answer_as_a_cold_solve_does(drawn, seed):
    answers_as_cold(drawn, seed)


@pytest.mark.prove
@settings(max_examples=400, deadline=None)
@given(programs(), st.integers(0, 2**32 - 1))
def test_many_chains_of_ten_changes_answer_as_a_cold_solve_does(drawn, seed):
    answers_as_cold(drawn, seed)


def answers_as_cold(drawn, seed) -> None:
    numbers = np.random.default_rng(seed)
    matrix, in_subproblem = drawn
    plan = search(matrix, in_subproblem=in_subproblem, gap=gap)
    for _ in range(10):
        matrix, in_subproblem = step(matrix, in_subproblem, numbers, drawn)
        plan = search(matrix, in_subproblem=in_subproblem, gap=gap, warm_start=plan.warm_start, solver=plan.solver)
        truth = Solver(matrix).branch_and_bound(gap=0.0, time_limit=60.0)
        assert plan.status == truth.status
        if truth.status == "optimal":
            holds(plan, matrix)
            assert plan.objective <= truth.objective + gap * abs(truth.objective) + 2e-6
            assert plan.bound <= truth.objective + 1e-6 * max(1.0, abs(truth.objective))


def test_a_live_solver_of_the_same_hours_gives_the_cold_plan():
    cold = search(plants(invest=4.0), in_subproblem=HOURS)
    first = search(plants(), in_subproblem=HOURS)
    warm = search(plants(invest=4.0), in_subproblem=HOURS, warm_start=first.warm_start, solver=first.solver)
    assert warm.objective == pytest.approx(cold.objective) == pytest.approx(20.0)


def test_each_search_writes_its_own_log(tmp_path):
    first = search(plants(), in_subproblem=HOURS, log=tmp_path / "first.log")
    search(plants(invest=4.0), in_subproblem=HOURS, log=tmp_path / "second.log", warm_start=first.warm_start, solver=first.solver)
    told = (tmp_path / "second.log").read_text()
    search(plants(invest=5.0), in_subproblem=HOURS, solver=first.solver)
    assert "HiGHS" in (tmp_path / "first.log").read_text() and "Model status" in told
    assert (tmp_path / "second.log").read_text() == told
