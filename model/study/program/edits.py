"""A plan's matrix under another question: a further row over named columns, another aim, measures held back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from model.solve.highs import Basis
from model.solve.matrix import Key, Matrix, shut_off
from model.solve.search import Solution
from model.solve.solver_result import SolverResult
from model.solve.warm_start import Multipliers
from model.study.solved.solved_model import SolvedModel

RowTerms = tuple[Mapping[int, float], float, float]
most_multipliers = 12
met_tolerance = 1e-6


def with_row(matrix: Matrix, key: Key, terms: Mapping[int, float], *, low: float = -np.inf, high: float = np.inf) -> Matrix:
    """The matrix with one more row, `low ≤ Σ value · column ≤ high`."""
    return with_rows(matrix, {key: (terms, low, high)})


def with_rows(matrix: Matrix, rows: Mapping[Key, RowTerms]) -> Matrix:
    """The matrix with more rows: {key: ({place of a column: coefficient}, low, high)}."""
    entries = [(at, place, value) for at, (terms, _, _) in enumerate(rows.values()) for place, value in terms.items() if value]
    at, place, value = zip(*entries, strict=True) if entries else ((), (), ())
    block = csr_array(coo_array((np.array(value, dtype=float), (at, place)), shape=(len(rows), len(matrix.columns))))
    return replace(
        matrix,
        A=csc_array(vstack([csr_array(matrix.A), block])),
        row_lower=np.concatenate([matrix.row_lower, [low for _, low, _ in rows.values()]]),
        row_upper=np.concatenate([matrix.row_upper, [high for _, _, high in rows.values()]]),
        rows=(*matrix.rows, *rows),
    )


def with_columns(matrix: Matrix, columns: Mapping[Key, float], *, high: float = np.inf) -> Matrix:
    """The matrix with more columns from 0 to `high` at these costs, last and as yet in no row: {key: cost}."""
    count, (height, width) = len(columns), matrix.A.shape
    end = np.full(count, matrix.A.indptr[-1])
    return replace(
        matrix,
        A=csc_array((matrix.A.data, matrix.A.indices, np.concatenate([matrix.A.indptr, end])), shape=(height, width + count)),
        cost=np.concatenate([matrix.cost, list(columns.values())]),
        lower=np.concatenate([matrix.lower, np.zeros(count)]),
        upper=np.concatenate([matrix.upper, np.full(count, high)]),
        integer=np.concatenate([matrix.integer, np.zeros(count, dtype=bool)]),
        columns=(*matrix.columns, *columns),
    )


def none_short(matrix: Matrix) -> Matrix:
    """The matrix in which nothing may be left short: what is asked for is served, whatever the aim."""
    return shut_off(matrix, matrix.shortfalls)


def leaves_short(matrix: Matrix, plan: Solution | SolverResult) -> bool:
    """Whether the plan leaves a demand or firm capacity short, which none that is accepted does."""
    return bool((plan.x[matrix.shortfalls] > met_tolerance).any())


def aiming_at(matrix: Matrix, terms: Mapping[int, float], *, offset: float = 0.0) -> Matrix:
    """The matrix with another aim: least `Σ value · column + offset`, with nothing left short."""
    cost = np.zeros(len(matrix.columns))
    for place, value in terms.items():
        cost[place] = value
    return replace(none_short(matrix), cost=cost, offset=offset)


def held_back(matrix: Matrix, measure: str) -> Matrix:
    """The matrix in which a measure is built only as far as it is committed."""
    upper = matrix.upper.copy()
    for index, place in matrix.places("Build").items():
        if isinstance(index, tuple) and index[0] == measure:
            upper[place] = matrix.lower[place]
    return replace(matrix, upper=upper)


def for_another_aim(like: SolvedModel) -> SolvedModel:
    """What a search for least cost leaves to one with another aim: proofs, and no basis, which would only stand in the way.

    Hours carry no cost of their own, so that row prices tell which years their hours cannot serve: they hold under any aim
    as proofs of that, not as lines below a cost.
    """
    warm_start = like.solution.warm_start
    nothing = Multipliers(like.matrix.rows, np.zeros(len(like.matrix.rows)), ray=False)
    kept = tuple(replace(prices, ray=True) for prices in warm_start.multipliers)
    return replace(like, solution=replace(like.solution, warm_start=replace(warm_start, basis=Basis({}, {}), multipliers=(nothing, *kept))))


def with_multipliers_of(like: SolvedModel, plans: Iterable[Solution], *, most: int = most_multipliers) -> SolvedModel:
    """The like model with what searches with another aim learned of the years whose hours cannot be served.

    The `most` last multipliers of each; whole units and prices stay those of the like model.
    """
    told = [replace(prices, ray=True) for plan in plans for prices in plan.warm_start.multipliers[-most:] if np.any(prices.values)]
    warm_start = like.solution.warm_start
    return replace(like, solution=replace(like.solution, warm_start=replace(warm_start, multipliers=(*warm_start.multipliers, *told))))
