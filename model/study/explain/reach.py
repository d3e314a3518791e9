"""Which measures can move an indicator while all others stand as planned."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.sparse import block_array, coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from model.study.explain.as_planned import AsPlanned


def tied_to(program: AsPlanned, columns: Collection[int]) -> frozenset[str]:
    """The measures of which something decided leads to one of these columns of the program.

    What is decided stands, and so does what follows from it alone, as a level from its builds; between what is left to move, any row ties.
    A row that alone says what an unlimited column is, such as an account of money that nothing asks for, ties nothing.
    """
    A = csr_array(program.matrix.A)
    A.eliminate_zeros()
    entries, wanted = coo_array(A), np.zeros(A.shape[1], dtype=bool)
    wanted[list(columns)] = True
    live, settled, by = _settled(program, entries, wanted)
    groups = _groups(A.shape, entries, live & ~settled[entries.col])
    reached = wanted
    while True:
        tied = np.zeros(A.shape[0], dtype=bool)  # rows that say what a reached column is
        tied[by[reached & (by >= 0)]] = True
        mine = np.unique(groups[A.shape[0] :][reached & ~settled])
        tied |= np.isin(groups[: A.shape[0]], mine)
        more = reached.copy()
        more[entries.col[live & tied[entries.row]]] = True
        if (more == reached).all():
            break
        reached = more
    return frozenset(k for k, places in program.decided.items() if reached[places].any())


def _settled(program: AsPlanned, entries: coo_array, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which entries are of rows that tie something; which columns stand; and of those that follow from others the row by which, else -1."""
    matrix = program.matrix
    binds = np.isfinite(matrix.row_lower) | np.isfinite(matrix.row_upper)
    exact, settled = matrix.row_lower == matrix.row_upper, matrix.lower == matrix.upper
    endless, by = ~np.isfinite(matrix.lower) & ~np.isfinite(matrix.upper) & ~wanted, np.full(len(settled), -1)
    while True:
        live = binds[entries.row]
        loose, uses = live & ~settled[entries.col], np.bincount(entries.col[live], minlength=len(settled))
        said = entries.row[loose & endless[entries.col] & (uses[entries.col] == 1)]
        if len(said):
            binds[said] = False
            continue
        left = np.bincount(entries.row[loose], minlength=len(binds))
        follows = loose & exact[entries.row] & (left[entries.row] == 1)
        if not follows.any():
            return live, settled, by
        by[entries.col[follows]] = entries.row[follows]
        settled[entries.col[follows]] = True


def _groups(shape: tuple[int, ...], entries: coo_array, kept: np.ndarray) -> np.ndarray:
    """Rows, then columns, each with the number of the group that these entries tie it into."""
    ties = coo_array((np.ones(int(kept.sum())), (entries.row[kept], entries.col[kept])), shape=shape)
    return connected_components(block_array([[None, ties], [ties.T, None]]), directed=False)[1]
