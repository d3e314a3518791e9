"""The matrix decomposed: a master problem with every whole unit, and subproblems (blocks of columns) that meet only through it.

Benders decomposition (J. F. Benders 1962, Numerische Mathematik 4, 238–252): the row prices of a solved relaxation give each
block a cut, which holds its cost above a linear function of the master columns wherever these stand. The master problem with
such cuts is small, and what bounds it bounds the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from model.solve.matrix import Matrix

dual_tolerance = 1e-6


@dataclass(frozen=True)
class Decomposition:
    """Places of the columns of master problem and subproblems, of the rows without and with subproblem columns, and the block of each.

    `within` are the subproblem rows' entries in subproblem columns, `linking` those in master columns. `singletons` are the
    subproblem rows that hold a single subproblem column, with that column and its coefficient.
    """

    master_columns: np.ndarray
    subproblem_columns: np.ndarray
    master_rows: np.ndarray
    subproblem_rows: np.ndarray
    block_of_column: np.ndarray
    block_of_row: np.ndarray
    blocks: int
    linking: csr_array
    within: csr_array
    singletons: tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Cuts:
    """Benders cuts: `share · cost[block] + slope · master ≥ constant`.

    `share` is 1 in an optimality cut, which bounds the cost of a block, and 0 in a feasibility cut, which only rules out values of
    master columns that the block cannot serve.
    """

    share: np.ndarray
    slope: csr_array
    constant: np.ndarray
    block: np.ndarray


def decompose(matrix: Matrix, in_subproblem: np.ndarray) -> Decomposition:
    """The matrix with the columns `in_subproblem` (a mask) set apart.

    Raises ValueError when one of them must be whole.
    """
    if (in_subproblem & matrix.integer).any():
        raise ValueError(
            f"column {matrix.columns[int(np.argmax(in_subproblem & matrix.integer))]} is whole and cannot stand in a subproblem"
        )
    by_row = csr_array(matrix.A)
    inside, outside = np.flatnonzero(in_subproblem), np.flatnonzero(~in_subproblem)
    has_subproblem = np.diff(csr_array(by_row[:, inside]).indptr) > 0
    rows = csr_array(by_row[np.flatnonzero(has_subproblem)])
    within, linking = csr_array(rows[:, inside]), csr_array(rows[:, outside])
    within.sort_indices()
    ends = within.tocoo()
    size = sum(within.shape)
    single = np.flatnonzero(np.diff(within.indptr) == 1)
    entry = within.indptr[single]
    meets = csr_array((np.ones(within.nnz), (ends.row, within.shape[0] + ends.col)), shape=(size, size))
    blocks, label = connected_components(meets, directed=False) if size else (0, np.array([], dtype=int))
    return Decomposition(
        master_columns=outside,
        subproblem_columns=inside,
        master_rows=np.flatnonzero(~has_subproblem),
        subproblem_rows=np.flatnonzero(has_subproblem),
        block_of_column=label[within.shape[0] :],
        block_of_row=label[: within.shape[0]],
        blocks=int(blocks),
        linking=linking,
        within=within,
        singletons=(single, within.indices[entry], within.data[entry]),
    )


def master_problem(matrix: Matrix, parts: Decomposition, cuts: Cuts) -> Matrix:
    """The master columns, then one cost per block, held above the cuts. Its optimum bounds the whole from below."""
    own = csr_array(csr_array(matrix.A)[parts.master_rows][:, parts.master_columns])
    count = len(cuts.constant)
    share = csr_array((cuts.share, (np.arange(count), cuts.block)), shape=(count, parts.blocks))
    no_cost = csr_array((own.shape[0], parts.blocks))
    return Matrix(
        A=csc_array(vstack([hstack([own, no_cost]), hstack([cuts.slope, share])])),
        cost=np.concatenate([matrix.cost[parts.master_columns], np.ones(parts.blocks)]),
        offset=matrix.offset,
        lower=np.concatenate([matrix.lower[parts.master_columns], np.full(parts.blocks, -np.inf)]),
        upper=np.concatenate([matrix.upper[parts.master_columns], np.full(parts.blocks, np.inf)]),
        row_lower=np.concatenate([matrix.row_lower[parts.master_rows], cuts.constant]),
        row_upper=np.concatenate([matrix.row_upper[parts.master_rows], np.full(count, np.inf)]),
        integer=np.concatenate([matrix.integer[parts.master_columns], np.zeros(parts.blocks, dtype=bool)]),
        columns=(*(matrix.columns[j] for j in parts.master_columns), *(("Block_Cost", block) for block in range(parts.blocks))),
        rows=(*(matrix.rows[i] for i in parts.master_rows), *(("Cut", cut) for cut in range(count))),
    )


def in_master(parts: Decomposition, cuts: Cuts, x: np.ndarray) -> np.ndarray:
    """A plan of the whole matrix as one of the master problem: its master columns, then the least cost of each block that the cuts allow."""
    master = x[parts.master_columns]
    least = np.full(parts.blocks, -np.inf)
    bounds = np.flatnonzero(cuts.share > 0)
    np.maximum.at(least, cuts.block[bounds], (cuts.constant - cuts.slope @ master)[bounds])
    return np.concatenate([master, least])


def no_cuts(parts: Decomposition) -> Cuts:
    return Cuts(np.array([]), csr_array((0, len(parts.master_columns))), np.array([]), np.array([], dtype=int))


def join(first: Cuts, second: Cuts) -> Cuts:
    return Cuts(
        np.concatenate([first.share, second.share]),
        csr_array(vstack([first.slope, second.slope])),
        np.concatenate([first.constant, second.constant]),
        np.concatenate([first.block, second.block]),
    )


def optimality_cuts(matrix: Matrix, parts: Decomposition, duals: np.ndarray) -> Cuts:
    """The cuts on the cost of each block that row prices, one per row of the matrix, prove."""
    constant, slope = _proof(matrix, parts, duals, matrix.cost[parts.subproblem_columns])
    proven = np.flatnonzero(np.isfinite(constant))
    return Cuts(np.ones(len(proven)), csr_array(slope[proven]), constant[proven], proven)


def feasibility_cuts(matrix: Matrix, parts: Decomposition, ray: np.ndarray) -> Cuts:
    """What a proof of infeasibility, one multiplier per row of the matrix, rules out of the master columns."""
    scaled = ray / max(np.abs(ray).max(initial=0.0), dual_tolerance)
    constant, slope = _proof(matrix, parts, scaled, np.zeros(len(parts.subproblem_columns)))
    speaks = (abs(slope) @ np.ones(slope.shape[1]) > 0) | (constant > dual_tolerance)
    proven = np.flatnonzero(speaks & np.isfinite(constant))
    return Cuts(np.zeros(len(proven)), csr_array(slope[proven]), constant[proven], proven)


def _proof(matrix: Matrix, parts: Decomposition, duals: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, csr_array]:
    """Constant and slope per block, from `cost·x = Σ dual·row − Σ dual·linking·master + Σ (cost − dual·within)·x`,

    the first and the last sum each taken at its least within the bounds of rows and columns.
    """
    price = _repaired(matrix, parts, duals[parts.subproblem_rows], cost)
    rest = cost - parts.within.T @ price
    rows = _least(price, matrix.row_lower[parts.subproblem_rows], matrix.row_upper[parts.subproblem_rows])
    columns = _least(rest, matrix.lower[parts.subproblem_columns], matrix.upper[parts.subproblem_columns])
    constant = np.bincount(parts.block_of_row, rows, parts.blocks) + np.bincount(parts.block_of_column, columns, parts.blocks)
    gather = csr_array((price, (parts.block_of_row, np.arange(len(price)))), shape=(parts.blocks, len(price)))
    return constant, csr_array(gather @ parts.linking)


def _repaired(matrix: Matrix, parts: Decomposition, price: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Prices under which no unbounded column pays without end, where a row of that column alone can see to it.

    Prices of another matrix prove little of this one when a single column undercuts them; moved on the row that limits
    this column, they prove nearly as much as before.
    """
    rest = cost - parts.within.T @ price
    endless = ~np.isfinite(np.where(rest > 0, matrix.lower[parts.subproblem_columns], matrix.upper[parts.subproblem_columns])) & (
        np.abs(rest) > dual_tolerance
    )
    row, column, coefficient = parts.singletons
    moved = price[row] + rest[column] / coefficient
    side = np.where(moved > 0, matrix.row_lower[parts.subproblem_rows[row]], matrix.row_upper[parts.subproblem_rows[row]])
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
