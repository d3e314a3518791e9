"""A past's program under another aim: the least that is invested beyond what is told, and the least departure from what is estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from model.case.parameters.history import Range
from model.solve.matrix import Key, Matrix
from model.study.program.edits import RowTerms, with_columns, with_rows

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
    aside, departed = dict[tuple[str, int], float](), dict[Key, RowTerms]()
    for at, (key, (place, one)) in enumerate(told.items()):
        fixed = upper[place] == lower[place]
        centre = float(lower[place]) if fixed else one.value
        if fixed:
            lower[place], upper[place] = centre + one.low - one.value, centre + one.high - one.value
        aside[key] = weight * (cost[place] or least / (one.high - one.low))
        cost[place] = 0.0
        departed["Departed", key] = {place: 1.0, old + at: -1.0, old + len(told) + at: 1.0}, centre, centre
    bent = replace(matrix, cost=matrix.cost + weight * cost, lower=lower, upper=upper)
    beside: dict[Key, float] = {(column, key): price for column in ("More", "Less") for key, price in aside.items()}
    return with_rows(with_columns(bent, beside), departed)


def _rank(matrix: Matrix) -> np.ndarray:
    """Per column: how late its measure comes among all by id, from 0 to below 1; of what costs the same, the first is built."""
    places = matrix.places("Build")
    order = {k: place for place, k in enumerate(sorted({k for k, _ in places}))}
    rank = np.zeros(len(matrix.cost))
    for (k, _), place in places.items():
        rank[place] = order[k] / len(order)
    return rank
