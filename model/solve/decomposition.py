"""The matrix divided: a coarse part with every whole unit, and blocks of fine columns that meet only through it.

Benders' division (J. F. Benders 1962, Numerische Mathematik 4, 238–252): wherever the coarse columns stand, the row
prices of a solved relaxation hold each block's cost above a line in the coarse columns. The coarse part with such
lines is a small program, and what bounds it bounds the whole.
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
    """Places of coarse and fine columns, of rows without and with fine columns, and the block of each of the fine.

    `within` are the fine rows' entries in fine columns, `linking` those in coarse columns. `alone` are the fine rows
    that hold a single fine column, with that column and its coefficient.
    """

    coarse: np.ndarray
    fine: np.ndarray
    coarse_rows: np.ndarray
    fine_rows: np.ndarray
    block_of_column: np.ndarray
    block_of_row: np.ndarray
    blocks: int
    linking: csr_array
    within: csr_array
    alone: tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Lines:
    """Lines below the blocks' costs: `share · cost[block] + slope · coarse ≥ constant`.

    `share` is 1 where the line bounds a cost, 0 where it only rules out coarse columns that the block cannot serve.
    """

    share: np.ndarray
    slope: csr_array
    constant: np.ndarray
    block: np.ndarray


def divide(matrix: Matrix, fine: np.ndarray) -> Split:
    """The matrix with its `fine` columns (a mask) set apart.

    Raises ValueError when a fine column must be whole.
    """
    if (fine & matrix.integer).any():
        raise ValueError(f"column {matrix.columns[int(np.argmax(fine & matrix.integer))]} is whole and cannot be a fine one")
    by_row = csr_array(matrix.A)
    inside, outside = np.flatnonzero(fine), np.flatnonzero(~fine)
    has_fine = np.diff(csr_array(by_row[:, inside]).indptr) > 0
    rows = csr_array(by_row[np.flatnonzero(has_fine)])
    within, linking = csr_array(rows[:, inside]), csr_array(rows[:, outside])
    within.sort_indices()
    ends = within.tocoo()
    size = sum(within.shape)
    single = np.flatnonzero(np.diff(within.indptr) == 1)
    entry = within.indptr[single]
    meets = csr_array((np.ones(within.nnz), (ends.row, within.shape[0] + ends.col)), shape=(size, size))
    blocks, label = connected_components(meets, directed=False) if size else (0, np.array([], dtype=int))
    return Split(
        coarse=outside,
        fine=inside,
        coarse_rows=np.flatnonzero(~has_fine),
        fine_rows=np.flatnonzero(has_fine),
        block_of_column=label[within.shape[0] :],
        block_of_row=label[: within.shape[0]],
        blocks=int(blocks),
        linking=linking,
        within=within,
        alone=(single, within.indices[entry], within.data[entry]),
    )


def coarse_program(matrix: Matrix, split: Split, lines: Lines) -> Matrix:
    """The coarse columns, then one cost per block, held above the lines. Its optimum bounds the whole from below."""
    own = csr_array(csr_array(matrix.A)[split.coarse_rows][:, split.coarse])
    count = len(lines.constant)
    share = csr_array((lines.share, (np.arange(count), lines.block)), shape=(count, split.blocks))
    no_cost = csr_array((own.shape[0], split.blocks))
    return Matrix(
        A=csc_array(vstack([hstack([own, no_cost]), hstack([lines.slope, share])])),
        cost=np.concatenate([matrix.cost[split.coarse], np.ones(split.blocks)]),
        offset=matrix.offset,
        lower=np.concatenate([matrix.lower[split.coarse], np.full(split.blocks, -np.inf)]),
        upper=np.concatenate([matrix.upper[split.coarse], np.full(split.blocks, np.inf)]),
        row_lower=np.concatenate([matrix.row_lower[split.coarse_rows], lines.constant]),
        row_upper=np.concatenate([matrix.row_upper[split.coarse_rows], np.full(count, np.inf)]),
        integer=np.concatenate([matrix.integer[split.coarse], np.zeros(split.blocks, dtype=bool)]),
        columns=(*(matrix.columns[j] for j in split.coarse), *(("Block_Cost", block) for block in range(split.blocks))),
        rows=(*(matrix.rows[i] for i in split.coarse_rows), *(("Line", line) for line in range(count))),
    )


def no_lines(split: Split) -> Lines:
    return Lines(np.array([]), csr_array((0, len(split.coarse))), np.array([]), np.array([], dtype=int))


def join(first: Lines, second: Lines) -> Lines:
    return Lines(
        np.concatenate([first.share, second.share]),
        csr_array(vstack([first.slope, second.slope])),
        np.concatenate([first.constant, second.constant]),
        np.concatenate([first.block, second.block]),
    )


def cost_lines(matrix: Matrix, split: Split, duals: np.ndarray) -> Lines:
    """What row prices, one per row of the matrix, prove about the cost of each block."""
    constant, slope = _proof(matrix, split, duals, matrix.cost[split.fine])
    told = np.flatnonzero(np.isfinite(constant))
    return Lines(np.ones(len(told)), csr_array(slope[told]), constant[told], told)


def limit_lines(matrix: Matrix, split: Split, ray: np.ndarray) -> Lines:
    """What a proof of infeasibility, one multiplier per row of the matrix, rules out of the coarse columns."""
    scaled = ray / max(np.abs(ray).max(initial=0.0), dual_tolerance)
    constant, slope = _proof(matrix, split, scaled, np.zeros(len(split.fine)))
    speaks = (abs(slope) @ np.ones(slope.shape[1]) > 0) | (constant > dual_tolerance)
    told = np.flatnonzero(speaks & np.isfinite(constant))
    return Lines(np.zeros(len(told)), csr_array(slope[told]), constant[told], told)


def _proof(matrix: Matrix, split: Split, duals: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, csr_array]:
    """Constant and slope per block, from `cost·x = Σ dual·row − Σ dual·linking·coarse + Σ (cost − dual·within)·x`,

    the first and the last sum each taken at its least within the bounds of rows and columns.
    """
    price = _repaired(matrix, split, duals[split.fine_rows], cost)
    rest = cost - split.within.T @ price
    rows = _least(price, matrix.row_lower[split.fine_rows], matrix.row_upper[split.fine_rows])
    columns = _least(rest, matrix.lower[split.fine], matrix.upper[split.fine])
    constant = np.bincount(split.block_of_row, rows, split.blocks) + np.bincount(split.block_of_column, columns, split.blocks)
    gather = csr_array((price, (split.block_of_row, np.arange(len(price)))), shape=(split.blocks, len(price)))
    return constant, csr_array(gather @ split.linking)


def _repaired(matrix: Matrix, split: Split, price: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Prices under which no unbounded column pays without end, where a row of that column alone can see to it.

    Prices of another matrix prove little of this one when a single column undercuts them; moved on the row that limits
    this column, they prove nearly as much as before.
    """
    rest = cost - split.within.T @ price
    endless = ~np.isfinite(np.where(rest > 0, matrix.lower[split.fine], matrix.upper[split.fine])) & (np.abs(rest) > dual_tolerance)
    row, column, coefficient = split.alone
    moved = price[row] + rest[column] / coefficient
    side = np.where(moved > 0, matrix.row_lower[split.fine_rows[row]], matrix.row_upper[split.fine_rows[row]])
    fits = np.flatnonzero(endless[column] & np.isfinite(side))
    _, first = np.unique(column[fits], return_index=True)
    repaired = price.copy()
    repaired[row[fits[first]]] = moved[fits[first]]
    return repaired


def _least(factor: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The least of factor·z over lower ≤ z ≤ upper; a factor the solver cannot tell from zero counts as zero where z is unbounded."""
    bound = np.where(factor > 0, lower, upper)
    unbounded = np.where(np.abs(factor) <= dual_tolerance, 0.0, -np.inf)
    return np.where(np.isfinite(bound), factor * np.where(np.isfinite(bound), bound, 0.0), unbounded)
