"""Where a program without a least cost falls without end: the direction that saves most, each column moving by at most one unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.solve.highs import Solver
from model.solve.matrix import Matrix

no_saving = 1e-9


def unbounded_ray(matrix: Matrix, *, threads: int = 2) -> np.ndarray:
    """A value per column: the plan may go on that way for ever and costs less all the while. Empty where there is no such way.

    Along it no limit is run into, so that rows and columns with a limit may not move towards it; whole units do not matter.
    """
    way = replace(
        matrix, offset=0.0, integer=np.zeros_like(matrix.integer),
        lower=np.where(np.isfinite(matrix.lower), 0.0, -1.0), upper=np.where(np.isfinite(matrix.upper), 0.0, 1.0),
        row_lower=np.where(np.isfinite(matrix.row_lower), 0.0, -np.inf), row_upper=np.where(np.isfinite(matrix.row_upper), 0.0, np.inf),
    )  # fmt: skip
    result = Solver(way, threads=threads).relax()
    return result.x if result.status == "optimal" and result.objective < -no_saving else np.array([])
