"""What one search leaves to a like one: lines below the cost of the same hours, its whole units, its last basis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from model.solve.highs import Basis
from model.solve.matrix import Key, Matrix
from model.solve.split import Lines, Split


@dataclass(frozen=True)
class Lessons:
    """The lines hold for every matrix whose fine part is the same; targets, potentials and investments may differ.

    `whole` are the best plan's whole units by key, none where there is no plan.
    """

    matrix: Matrix
    split: Split
    lines: Lines
    basis: Basis
    whole: dict[Key, float]


def carried(lessons: Lessons, matrix: Matrix, split: Split) -> Lines | None:
    """The lines in this matrix's coarse columns, or None where its fine part differs in any name or number."""
    old, past = lessons.matrix, lessons.split
    place = {matrix.columns[j]: at for at, j in enumerate(split.coarse)}
    moved = np.array([place.get(old.columns[j], -1) for j in past.coarse], dtype=int)
    linking, slope = _moved(past.linking, moved, split), _moved(lessons.lines.slope, moved, split)
    if linking is None or slope is None or not _same_names(old, past, matrix, split):
        return None
    same = (
        np.array_equal(old.cost[past.fine], matrix.cost[split.fine])
        and np.array_equal(old.lower[past.fine], matrix.lower[split.fine])
        and np.array_equal(old.upper[past.fine], matrix.upper[split.fine])
        and np.array_equal(old.row_lower[past.fine_rows], matrix.row_lower[split.fine_rows])
        and np.array_equal(old.row_upper[past.fine_rows], matrix.row_upper[split.fine_rows])
        and _same_entries(past.within, split.within)
        and _same_entries(linking, split.linking)
    )
    return Lines(lessons.lines.share, slope, lessons.lines.constant, lessons.lines.block) if same else None


def _moved(part: csr_array, moved: np.ndarray, split: Split) -> csr_array | None:
    """Entries of the old coarse columns at the places of the new; None where an entry's column is gone."""
    entries = part.tocoo()
    if (moved[entries.col] < 0).any():
        return None
    return csr_array((entries.data, (entries.row, moved[entries.col])), shape=(part.shape[0], len(split.coarse)))


def _same_names(old: Matrix, past: Split, new: Matrix, split: Split) -> bool:
    return [old.columns[j] for j in past.fine] == [new.columns[j] for j in split.fine] and [old.rows[i] for i in past.fine_rows] == [
        new.rows[i] for i in split.fine_rows
    ]


def _same_entries(first: csr_array, second: csr_array) -> bool:
    return first.shape == second.shape and abs(first - second).max() == 0.0 if first.nnz and second.nnz else first.nnz == second.nnz
