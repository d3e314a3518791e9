"""The matrix divided: a coarse part by year with every whole unit, and blocks of hours that meet only through it.

Benders' division (Benders 1962, Numerische Mathematik 4, 238–252): whatever the coarse columns are, the row prices of
any solved relaxation bound each block's cost from below by a line in the coarse columns. The coarse part with these
lines is a small program whose every bound is a bound of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from model.solve.matrix import Matrix

dual_tolerance = 1e-6


@dataclass(frozen=True)
class Split:
    """Places of coarse and fine columns, of rows without and with fine columns, and the block of each of the latter two."""

    coarse: np.ndarray
    fine: np.ndarray
    coarse_rows: np.ndarray
    fine_rows: np.ndarray
    block_of_column: np.ndarray
    block_of_row: np.ndarray
    blocks: int
    linking: csr_array
    within: csr_array


@dataclass(frozen=True)
class Cuts:
    """Lines below the blocks' cost: `share · cost[block] + slope · coarse ≥ constant`.

    `share` is 1 where the line bounds a cost, 0 where it only says which coarse columns no hours can serve.
    """

    share: np.ndarray
    slope: csr_array
    constant: np.ndarray
    block: np.ndarray


def divide(matrix: Matrix, fine: np.ndarray) -> Split:
    """The matrix with its `fine` columns (a mask; none of them whole) set apart.

    Raises ValueError when a fine column must be whole.
    """
    if (fine & matrix.integer).any():
        raise ValueError(f"{matrix.columns[int(np.argmax(fine & matrix.integer))]} is whole and cannot be left to the hours")
    by_row = csr_array(matrix.A)
    inside = np.flatnonzero(fine)
    has_fine = np.diff(csr_array(by_row[:, inside]).indptr) > 0
    rows = np.flatnonzero(has_fine)
    within = csr_array(by_row[rows][:, inside])
    pattern = csr_array((np.ones_like(within.data), within.indices, within.indptr), shape=within.shape)
    blocks, label = connected_components(pattern.T @ pattern, directed=False) if len(inside) else (0, np.array([], dtype=int))
    block_of_row = label[within.indices[within.indptr[:-1]]] if len(inside) else np.array([], dtype=int)
    outside = np.flatnonzero(~fine)
    return Split(outside, inside, np.flatnonzero(~has_fine), rows, label, block_of_row, blocks, csr_array(by_row[rows][:, outside]), within)


def cost_cuts(matrix: Matrix, split: Split, duals: np.ndarray) -> Cuts:
    """What row prices (one per row of the matrix) prove about the cost of every block."""
    constant, slope = _lines(matrix, split, duals, matrix.cost[split.fine])
    told = np.flatnonzero(np.isfinite(constant))
    return Cuts(np.ones(len(told)), csr_array(slope[told]), constant[told], told)


def limit_cuts(matrix: Matrix, split: Split, ray: np.ndarray) -> Cuts:
    """What a proof of infeasibility (one multiplier per row of the matrix) forbids of the coarse columns."""
    constant, slope = _lines(matrix, split, ray / max(np.abs(ray).max(initial=0.0), 1e-9), np.zeros(len(split.fine)))
    told = np.flatnonzero((np.abs(slope) @ np.ones(slope.shape[1]) > 0) & np.isfinite(constant))
    return Cuts(np.zeros(len(told)), csr_array(slope[told]), constant[told], told)


def _lines(matrix: Matrix, split: Split, duals: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, csr_array]:
    """Constant and slope per block of `cost·x ≥ Σ duals·row + Σ (cost − duals·within)·x`, each term at its least."""
    price = duals[split.fine_rows]
    rest = cost - split.within.T @ price
    rows = _least(price, matrix.row_lower[split.fine_rows], matrix.row_upper[split.fine_rows])
    columns = _least(rest, matrix.lower[split.fine], matrix.upper[split.fine])
    constant = np.bincount(split.block_of_row, rows, split.blocks) + np.bincount(split.block_of_column, columns, split.blocks)
    gather = csr_array((price, (split.block_of_row, np.arange(len(price)))), shape=(split.blocks, len(price)))
    return constant, csr_array(gather @ split.linking)


def _least(factor: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The least of factor·z over lower ≤ z ≤ upper. A factor within the solver's tolerance of zero has no say where z is unbounded."""
    bound = np.where(factor > 0, lower, upper)
    open_ended = np.where(np.abs(factor) <= dual_tolerance, 0.0, -np.inf)
    return np.where(np.isfinite(bound), factor * np.where(np.isfinite(bound), bound, 0.0), open_ended)


def join(first: Cuts, second: Cuts) -> Cuts:
    return Cuts(
        np.concatenate([first.share, second.share]),
        csr_array(vstack([first.slope, second.slope])),
        np.concatenate([first.constant, second.constant]),
        np.concatenate([first.block, second.block]),
    )


def no_cuts(split: Split) -> Cuts:
    return Cuts(np.array([]), csr_array((0, len(split.coarse))), np.array([]), np.array([], dtype=int))


def coarse_program(matrix: Matrix, split: Split, cuts: Cuts) -> Matrix:
    """The coarse columns, then one cost per block held above its cuts. Its optimum bounds the whole from below."""
    own = csr_array(csr_array(matrix.A)[split.coarse_rows][:, split.coarse])
    share = csr_array((cuts.share, (np.arange(len(cuts.share)), cuts.block)), shape=(len(cuts.share), split.blocks))
    top = hstack([own, csr_array((own.shape[0], split.blocks))])
    return Matrix(
        A=csc_array(vstack([top, hstack([cuts.slope, share])])),
        cost=np.concatenate([matrix.cost[split.coarse], np.ones(split.blocks)]),
        offset=matrix.offset,
        lower=np.concatenate([matrix.lower[split.coarse], np.full(split.blocks, -np.inf)]),
        upper=np.concatenate([matrix.upper[split.coarse], np.full(split.blocks, np.inf)]),
        row_lower=np.concatenate([matrix.row_lower[split.coarse_rows], cuts.constant]),
        row_upper=np.concatenate([matrix.row_upper[split.coarse_rows], np.full(len(cuts.constant), np.inf)]),
        integer=np.concatenate([matrix.integer[split.coarse], np.zeros(split.blocks, dtype=bool)]),
        columns=(*(matrix.columns[j] for j in split.coarse), *(("Block_Cost", b) for b in range(split.blocks))),
        rows=(*(matrix.rows[i] for i in split.coarse_rows), *(("Cut", i) for i in range(len(cuts.constant)))),
    )
