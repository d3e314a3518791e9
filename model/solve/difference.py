"""What differs between two matrices, key by key: all that a live solver must be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from model.solve.matrix import Key, Matrix


@dataclass(frozen=True)
class MatrixDifference:
    """Places of `old` columns and rows that go, places of `new` ones that come or carry another number.

    `column_from` and `row_from` give the old place of each new one, -1 where it is added. `coefficients` are the new
    rows, columns and values of entries between kept rows and kept columns.
    """

    column_from: np.ndarray
    row_from: np.ndarray
    removed_columns: np.ndarray
    removed_rows: np.ndarray
    costs: np.ndarray
    bounds: np.ndarray
    sides: np.ndarray
    coefficients: tuple[np.ndarray, np.ndarray, np.ndarray]

    @property
    def added_columns(self) -> np.ndarray:
        return np.flatnonzero(self.column_from < 0)

    @property
    def added_rows(self) -> np.ndarray:
        return np.flatnonzero(self.row_from < 0)

    @property
    def count(self) -> int:
        """How many things must be told."""
        structure = len(self.removed_columns) + len(self.removed_rows) + len(self.added_columns) + len(self.added_rows)
        return structure + len(self.costs) + len(self.bounds) + len(self.sides) + len(self.coefficients[0])


def difference(old: Matrix, new: Matrix) -> MatrixDifference:
    """Between two matrices with keys (component, index); numbers are compared exactly."""
    column_from, removed_columns = _origins(old.columns, new.columns)
    row_from, removed_rows = _origins(old.rows, new.rows)
    columns, rows = np.flatnonzero(column_from >= 0), np.flatnonzero(row_from >= 0)
    before, behind = column_from[columns], row_from[rows]
    return MatrixDifference(
        column_from=column_from,
        row_from=row_from,
        removed_columns=removed_columns,
        removed_rows=removed_rows,
        costs=columns[old.cost[before] != new.cost[columns]],
        bounds=columns[(old.lower[before] != new.lower[columns]) | (old.upper[before] != new.upper[columns])],
        sides=rows[(old.row_lower[behind] != new.row_lower[rows]) | (old.row_upper[behind] != new.row_upper[rows])],
        coefficients=_changed_entries(old, new, rows=(behind, rows), columns=(before, columns)),
    )


def aligned(keys: tuple[Key, ...], values: np.ndarray, wanted: tuple[Key, ...]) -> np.ndarray:
    """The values of `keys` at the places of `wanted`, zero where a key is new."""
    if keys is wanted or keys == wanted:
        return values
    value_of = dict(zip(keys, values.tolist(), strict=True))
    return np.array([value_of.get(key, 0.0) for key in wanted])


def _origins(old: tuple[Key, ...], new: tuple[Key, ...]) -> tuple[np.ndarray, np.ndarray]:
    if old == new:
        return np.arange(len(new)), np.array([], dtype=int)
    place = {key: at for at, key in enumerate(old)}
    origin = np.array([place.get(key, -1) for key in new], dtype=int)
    return origin, np.setdiff1d(np.arange(len(old)), origin)


def _changed_entries(
    old: Matrix, new: Matrix, *, rows: tuple[np.ndarray, np.ndarray], columns: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    before, after = (_part(matrix, rows[side], columns[side]) for side, matrix in enumerate((old, new)))
    changed = (after != before).tocoo()
    values = np.asarray(after[changed.row, changed.col]) if changed.nnz else np.array([])
    return rows[1][changed.row], columns[1][changed.col], values


def _part(matrix: Matrix, rows: np.ndarray, columns: np.ndarray) -> csr_array:
    by_row = csr_array(matrix.A)
    whole = len(rows) == by_row.shape[0] and len(columns) == by_row.shape[1]
    in_order = whole and (np.diff(rows) == 1).all() and (np.diff(columns) == 1).all()
    return by_row if in_order else csr_array(by_row[rows][:, columns])


def places_after(live: np.ndarray, removed: np.ndarray, origin: np.ndarray) -> np.ndarray:
    """Where each new column (or row) stands in the solver: the kept ones closed up, then the added ones."""
    kept = np.setdiff1d(np.arange(len(live)), removed)
    closed = np.full(len(live), -1)
    closed[kept] = np.argsort(np.argsort(live[kept]))
    places = np.where(origin >= 0, closed[np.maximum(origin, 0)], -1)
    places[origin < 0] = len(kept) + np.arange(int((origin < 0).sum()))
    return places


def indices(places: np.ndarray) -> np.ndarray:
    """As the solver takes them."""
    return places.astype(np.int32)
