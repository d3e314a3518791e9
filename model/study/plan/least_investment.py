"""A past's program under another aim: the least that is invested beyond what is told, and the least departure from what is estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array, csc_array, vstack

from model.case.parameters.history import Range
from model.solve.matrix import Matrix

tie = 1e-4  # of an investment, between the first id and the last: far less than the gap to which the past is searched
least = 1e-3  # 亿元 by which an estimate that takes no investment weighs, for a departure as large as its whole range


def with_least_investment(
    matrix: Matrix, investing: np.ndarray, estimates: Mapping[tuple[str, int], Range], *, weight: float
) -> Matrix:  # fmt: skip
    """The matrix in which each unit built costs `weight` times its investment (per column) more, of equal ones the later id a little more still.

    An estimate costs nothing as it is told: More and Less, two columns for each (measure, year), are what is built beyond it and what is
    missing to it, at the same price. Departed: Build − More + Less = what is told, as the matrix holds it already where it is fixed.
    """
    cost = investing * (1.0 + tie * _rank(matrix))
    places = matrix.places("Build")
    told = {key: (places[key], one) for key, one in estimates.items() if key in places and one.high > one.low}
    lower, upper, old = matrix.lower.copy(), matrix.upper.copy(), len(matrix.cost)
    centre, aside = np.zeros(len(told)), np.zeros(len(told))
    for at, (place, one) in enumerate(told.values()):
        fixed = upper[place] == lower[place]
        centre[at] = lower[place] if fixed else one.value
        if fixed:
            lower[place], upper[place] = centre[at] + one.low - one.value, centre[at] + one.high - one.value
        aside[at] = cost[place] or least / (one.high - one.low)
        cost[place] = 0.0
    rows, count = np.arange(len(told)), len(told)
    built = np.array([place for place, _ in told.values()], dtype=int)
    entries = coo_array(
        (np.concatenate([np.ones(count), -np.ones(count), np.ones(count)]), (np.tile(rows, 3), np.concatenate([built, old + rows, old + count + rows]))),
        shape=(count, old + 2 * count),
    )  # fmt: skip
    wide = csc_array((matrix.A.data, matrix.A.indices, np.concatenate([matrix.A.indptr, np.full(2 * count, matrix.A.indptr[-1])])),
                     shape=(len(matrix.rows), old + 2 * count))  # fmt: skip
    return replace(
        matrix,
        A=csc_array(vstack([wide, entries])),
        cost=np.concatenate([matrix.cost + weight * cost, weight * aside, weight * aside]),
        lower=np.concatenate([lower, np.zeros(2 * count)]),
        upper=np.concatenate([upper, np.full(2 * count, np.inf)]),
        row_lower=np.concatenate([matrix.row_lower, centre]),
        row_upper=np.concatenate([matrix.row_upper, centre]),
        integer=np.concatenate([matrix.integer, np.zeros(2 * count, dtype=bool)]),
        columns=(*matrix.columns, *(("More", key) for key in told), *(("Less", key) for key in told)),
        rows=(*matrix.rows, *(("Departed", key) for key in told)),
    )


def _rank(matrix: Matrix) -> np.ndarray:
    """Per column: how late its measure comes among all by id, from 0 to below 1; of what costs the same, the first is built."""
    places = matrix.places("Build")
    order = {k: place for place, k in enumerate(sorted({k for k, _ in places}))}
    rank = np.zeros(len(matrix.cost))
    for (k, _), place in places.items():
        rank[place] = order[k] / len(order)
    return rank
