"""What only a millionth allows is no less allowed in whole units: on paper."""

from __future__ import annotations

import numpy as np
import pytest
from programs import program

from model.solve.highs import Solver


def test_what_only_a_millionth_allows_is_not_called_impossible() -> None:
    """A demand may be left short by a millionth of a unit, and 0.9 of it is needed; HiGHS 1.15.1 takes so narrow a column for zero."""
    matrix = program(
        np.array([[1.0, 1.0, -1.0, 0.0], [0.0, 0.0, 10.0, -0.01]]), cost=[0, 1, 0, 1], rows=[(0, 0), (9e-6, np.inf)],
        columns=[(0, 1e-6), (0, 0), (0, np.inf), (0, 5)], whole=[0, 0, 0, 1],
    )  # fmt: skip
    result = Solver(matrix).branch_and_bound(gap=0.0, time_limit=60.0)
    assert (result.status, result.objective) == ("optimal", pytest.approx(0.0))
