"""What the rows without hours forbid by themselves is known in a moment, where the whole program takes minutes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.solve.highs import Solver
from model.solve.matrix import Matrix, without_columns

many_columns = 100_000  # from where on the whole takes so long that the question is worth its own time


def infeasible_in_years_alone(matrix: Matrix, hours: np.ndarray, *, threads: int, seconds: float) -> bool:
    """Whether a large matrix cannot be met even without these columns (a mask) and their rows, at no cost and in parts of units."""
    if len(matrix.cost) <= many_columns or not hours.any():
        return False
    years = without_columns(matrix, hours)
    solver = Solver(replace(years, cost=np.zeros(len(years.cost)), offset=0.0), threads=threads)
    return solver.relax(method="simplex", time_limit=seconds).status == "infeasible"
