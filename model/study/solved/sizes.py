"""Whether the numbers of a program are of a size that can be worked with: products of several may grow beyond it where none of them alone does."""

from __future__ import annotations

from itertools import chain

import numpy as np

from model.case.faults import CodedError
from model.case.units.digits import ENDLESS
from model.solve.matrix import Key, Matrix

most_named = 6


def check_sizes(matrix: Matrix) -> None:
    """Raises CodedError, naming the items, where a coefficient or a cost is too large, or none at all."""
    places = [*np.flatnonzero(_odd(matrix.cost)), *_columns_of(matrix, _odd(matrix.A.data))]
    rows = np.flatnonzero(np.isnan(matrix.row_lower) | np.isnan(matrix.row_upper))
    if len(places) or len(rows):
        keys = chain((matrix.columns[at] for at in places), (matrix.rows[at] for at in rows))
        raise CodedError("numbers_too_large", names=list(dict.fromkeys(map(_item, keys)))[:most_named], most=f"{ENDLESS:g}")


def _odd(values: np.ndarray) -> np.ndarray:
    return ~(np.abs(values) <= ENDLESS)


def _columns_of(matrix: Matrix, odd: np.ndarray) -> np.ndarray:
    return np.unique(np.searchsorted(matrix.A.indptr, np.flatnonzero(odd), side="right") - 1)


def _item(key: Key) -> str:
    index = key[1]
    return str(index[0] if isinstance(index, tuple) and index else index or key[0])
