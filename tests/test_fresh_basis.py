"""Where a search that begins without a basis goes on from after a proof that there is no plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from programs import HOURS, gap, plants

from model.solve.decomposition import decompose
from model.solve.highs import Solver
from model.solve.search import _Search


def test_a_search_without_a_basis_forgets_that_of_a_proof():
    """No plant at all serves nothing. Where presolve is to take the hours out, the basis in which that was proven would keep it from doing so."""
    matrix = replace(plants(), upper=np.array([2.0, np.inf, np.inf, 0.0, 0.0]))
    for no_basis, kept in ((True, 0), (False, len(matrix.columns))):
        begun = _Search(matrix, decompose(matrix, HOURS), Solver(matrix), gap=gap, deadline=np.inf, threads=1, progress=lambda *said: None)
        begun._no_basis = no_basis
        assert begun._solve_with(np.array([0.0])).status == "infeasible"
        assert len(begun._solver.basis().columns) == kept
