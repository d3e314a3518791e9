"""Prices with whole units held: what each row is worth, over which limits that holds, what each column lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from model.solve.highs import Basis, Solver, whole_tolerance
from model.solve.matrix import Matrix


@dataclass(frozen=True)
class FixedUnitPrices:
    """The cheapest plan with these whole units: a price per row, a reduced cost per column, both in objective units.

    Each row's price holds while its limit alone moves between `low` and `high`. `reach` tells of each path asked for
    how far down and up its rows may move together before a price changes.
    """

    objective: float
    x: np.ndarray
    prices: np.ndarray
    reduced: np.ndarray
    low: np.ndarray
    high: np.ndarray
    reach: Mapping[str, tuple[float, float]]


def fixed_unit_prices(
    matrix: Matrix, x: np.ndarray, *, shut: np.ndarray, basis: Basis, paths: Mapping[str, np.ndarray], threads: int = 2
) -> FixedUnitPrices | None:
    """Prices of the program whose whole columns stay as in `x`; `shut` are priced shortfalls, closed where `x` has none.

    `paths` are moves of the rows' limits, one per row. None when the solver ends without prices.
    """
    whole = np.flatnonzero(matrix.integer)
    none = shut[np.abs(x[shut]) <= whole_tolerance]
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[whole] = upper[whole] = np.round(x[whole])
    upper[none] = lower[none]
    fixed = replace(matrix, lower=lower, upper=upper)
    solver = Solver(fixed, threads=threads)
    solver.start_from(basis)
    result = solver.relax(method="simplex")
    if result.status != "optimal" or not len(result.duals):
        return None
    low, high = solver.row_ranges()
    reach = {name: solver.range_along(moves) for name, moves in paths.items()}
    reduced = matrix.cost - csr_array(matrix.A).T @ result.duals
    return FixedUnitPrices(result.objective, result.x, result.duals, reduced, low, high, reach)
