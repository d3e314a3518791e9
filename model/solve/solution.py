"""What a search returns: the best plan found and how good it is proven to be."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from model.solve.highs import Solver
from model.solve.solver_result import Status
from model.solve.warm_start import WarmStart

absolute_gap = 1e-6


@dataclass(frozen=True)
class Solution:
    """What a search returns, the best plan found: `x` per column, `duals` per row with whole units held; `bound` is proven by `proven_by`.

    `status` is "optimal" when the gap is as small as asked. With "time_limit" and "interrupted", `x` is the best plan
    found until then, or empty. The bound is that of the matrix with the columns at the places `shut` held at their lower bounds.
    `warm_start` is where the search of a like matrix may begin, and `solver` may hold that matrix next.
    """

    status: Status
    objective: float
    bound: float
    x: np.ndarray
    duals: np.ndarray
    proven_by: str
    warm_start: WarmStart
    solver: Solver
    shut: np.ndarray = field(default_factory=lambda: np.array([], dtype=int))

    @property
    def gap(self) -> float:
        """(objective − bound) / |objective|."""
        difference = self.objective - self.bound
        return 0.0 if difference <= absolute_gap else difference / max(abs(self.objective), absolute_gap)
