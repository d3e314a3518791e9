"""Programs small enough to know their answers, and random ones with whole columns and hours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.sparse import csc_array

from model.solve.matrix import Matrix
from model.solve.search import Solution

gap = 1e-3


def program(A, *, cost, rows, columns, whole, offset=0.0) -> Matrix:
    """A small matrix: `rows` and `columns` are pairs (lower, upper)."""
    rows, columns = np.array(rows, dtype=float), np.array(columns, dtype=float)
    return Matrix(
        A=csc_array(np.atleast_2d(np.array(A, dtype=float))),
        cost=np.array(cost, dtype=float),
        offset=offset,
        lower=columns[:, 0],
        upper=columns[:, 1],
        row_lower=rows[:, 0],
        row_upper=rows[:, 1],
        integer=np.array(whole, dtype=bool),
        columns=tuple(("x", j) for j in range(len(columns))),
        rows=tuple(("row", i) for i in range(len(rows))),
    )


def plants(*, demand=(3.0, 5.0), most=4.0, size=2.0, invest=3.0, fuel=1.0, unserved=10.0) -> Matrix:
    """Whole plants serve two hours; what they leave is unserved at a price. Columns: plants, output × 2, unserved × 2."""
    return program(
        [[-size, 1, 0, 0, 0], [-size, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1]],
        cost=[invest, fuel, fuel, unserved, unserved],
        rows=[(-np.inf, 0), (-np.inf, 0), (demand[0], demand[0]), (demand[1], demand[1])],
        columns=[(0, most), *[(0, np.inf)] * 4],
        whole=[1, 0, 0, 0, 0],
    )


HOURS = np.array([False, True, True, True, True])


def holds(plan: Solution, matrix: Matrix) -> None:
    """The plan keeps every row and bound, its whole units are exact, its objective is its cost."""
    x, rows = plan.x, matrix.A @ plan.x
    assert (x[matrix.integer] == np.round(x[matrix.integer])).all()
    assert (x >= matrix.lower - 1e-6).all() and (x <= matrix.upper + 1e-6).all()
    assert (rows >= matrix.row_lower - 1e-6).all() and (rows <= matrix.row_upper + 1e-6).all()
    assert plan.objective == pytest.approx(matrix.cost @ x + matrix.offset, abs=1e-6)
    assert plan.bound <= plan.objective
    assert len(plan.duals) == len(matrix.row_lower)


@st.composite
def programs(draw) -> tuple[Matrix, np.ndarray]:
    """Up to 4 master columns, most of them whole, and up to 3 blocks of 2 subproblem columns that meet only through them."""
    numbers = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    master, blocks = draw(st.integers(1, 4)), draw(st.integers(0, 3))
    size = master + 2 * blocks
    A = np.zeros((2 + 2 * blocks, size))
    A[:2, :master] = numbers.integers(-3, 4, (2, master))
    for block in range(blocks):
        A[2 + 2 * block : 4 + 2 * block, :master] = numbers.integers(-2, 3, (2, master))
        A[2 + 2 * block : 4 + 2 * block, master + 2 * block : master + 2 * block + 2] = numbers.integers(-3, 4, (2, 2))
    high = np.where(numbers.random(size) < 0.5, numbers.integers(1, 7, size), np.where(np.arange(size) < master, 9.0, np.inf))
    rhs, kind = numbers.integers(-2, 8, len(A)) + 0.5 * numbers.integers(0, 2, len(A)), numbers.integers(-1, 2, len(A))
    rows = np.column_stack([np.where(kind <= 0, rhs, -np.inf), np.where(kind >= 0, rhs, np.inf)])
    whole = (np.arange(size) < master) & ((numbers.random(size) < 0.8) | (np.arange(size) == 0))
    matrix = program(A, cost=numbers.integers(0, 9, size), rows=rows, columns=np.column_stack([np.zeros(size), high]), whole=whole)
    return matrix, np.arange(size) >= master
