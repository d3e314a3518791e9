"""Which rows and columns of a matrix hang together: the blocks that share nothing."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array


def blocks_of(matrix: csr_array) -> tuple[int, np.ndarray, np.ndarray]:
    """How many blocks a matrix has, and the block of each row and of each column, numbered as their first rows stand; columns in no row come last.

    Each row is known by the first row that it is known to hang together with, until nothing changes (labels handed along and shortened:
    Y. Shiloach, U. Vishkin 1982, Journal of Algorithms 3, 57–67). SciPy has this too, in a part that loads all of its linear algebra.

    >>> blocks_of(csr_array([[1, 0, 0, 2], [0, 3, 0, 0], [0, 0, 0, 4]]))
    (3, array([0, 1, 0]), array([0, 1, 2, 0]))
    """
    rows, columns = matrix.shape
    entry_row, entry_column = np.repeat(np.arange(rows), np.diff(matrix.indptr)), matrix.indices
    row = np.arange(rows)
    while True:
        column = rows + np.arange(columns)
        np.minimum.at(column, entry_column, row[entry_row])
        nearest = row.copy()
        np.minimum.at(nearest, entry_row, column[entry_column])
        np.minimum.at(nearest, row, nearest.copy())
        nearest = nearest[nearest]
        if np.array_equal(nearest, row):
            break
        row = nearest
    first, block = np.unique(np.concatenate([row, column]), return_inverse=True)
    return len(first), block[:rows], block[rows:]
