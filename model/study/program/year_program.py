"""One year of a plan as a program of its own: its hours on other days, all that joins it to other years at the plan's values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from scipy.sparse import coo_array, csc_array, csr_array, hstack, vstack

from model.maths.build import build
from model.solve.components import HOURLY, OPERATION, SLACKS
from model.solve.matrix import Key, Matrix, compile_matrix, without_columns, year_of
from model.study.program.least_relaxation import eased

OF_THE_YEAR = (OPERATION - HOURLY) | {"Counted", "Trade_Value", "Indicator", "Spend"}


@dataclass(frozen=True)
class Years:
    """A plan without its hours: the matrix of its years, a value per column, and the families of rows in which its hours stood."""

    matrix: Matrix
    x: np.ndarray
    hourly: frozenset[str]


def years_of(matrix: Matrix, x: np.ndarray) -> Years:
    hours = matrix.mask(*HOURLY)
    return Years(
        without_columns(matrix, hours), x[~hours], frozenset(matrix.rows[place][0] for place in np.flatnonzero(_touched(matrix, hours)))
    )


def hours_of(data: xr.Dataset, families: frozenset[str]) -> Matrix:
    """The rows of these families alone, from the parameters of a year by itself; all plans of a case share them."""
    return compile_matrix(build(data), families)


def year_program(plan: Years, hours: Matrix, year: int) -> Matrix:
    """The year's operation, accounts and slacks, free within all limits of the year, at its cost; rows that join years, and what was built, at the plan's values.

    By what the plan itself relaxes a target the program may relax it too.
    """
    matrix, x = plan.matrix, plan.x
    own = np.array([year_of(key) == year for key in matrix.columns])
    slacks = matrix.mask(*SLACKS)
    free = matrix.mask(*OF_THE_YEAR) & own
    rows = np.flatnonzero(_touched(matrix, free))
    by_row = csr_array(matrix.A)[rows]
    free |= slacks & (np.diff(csc_array(by_row).indptr) > 0)
    columns, held = np.flatnonzero(free), by_row @ np.where(free, 0.0, x)
    keys = [matrix.columns[place] for place in columns]
    block, new, moved = _joined(hours, keys, dict(zip(matrix.columns, x.tolist(), strict=True)))
    upper = np.where(slacks & (x > matrix.upper), eased(x), matrix.upper)
    return replace(
        matrix,
        A=csc_array(vstack([hstack([by_row[:, columns], csr_array((len(rows), len(new)))]), block])),
        cost=np.concatenate([matrix.cost[columns], np.zeros(len(new))]),
        offset=0.0,
        lower=np.concatenate([matrix.lower[columns], hours.lower[new]]),
        upper=np.concatenate([upper[columns], hours.upper[new]]),
        row_lower=np.concatenate([matrix.row_lower[rows] - held, hours.row_lower - moved]),
        row_upper=np.concatenate([matrix.row_upper[rows] - held, hours.row_upper - moved]),
        integer=np.zeros(len(columns) + len(new), dtype=bool),
        columns=(*keys, *(hours.columns[place] for place in new)),
        rows=(*(matrix.rows[place] for place in rows), *hours.rows),
    )


def _joined(hours: Matrix, keys: list[Key], known: dict[Key, float]) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """The rows of the hours over the columns of these keys and the hours' own, which stand at `new`; and by what the columns that are held move each row."""
    new = np.flatnonzero(hours.mask(*HOURLY))
    places = {key: place for place, key in enumerate(keys)}
    places |= {hours.columns[place]: len(keys) + at for at, place in enumerate(new.tolist())}
    place_of = np.array([places.get(key, -1) for key in hours.columns], dtype=int)
    values = np.array([0.0 if key in places else known[key] for key in hours.columns])
    entries = hours.A.tocoo()
    kept = place_of[entries.col] >= 0
    block = coo_array((entries.data[kept], (entries.row[kept], place_of[entries.col[kept]])), shape=(len(hours.rows), len(keys) + len(new)))
    return csr_array(block), new, csr_array(hours.A) @ values


def _touched(matrix: Matrix, mask: np.ndarray) -> np.ndarray:
    """Which rows have one of these columns."""
    return np.diff(csr_array(csr_array(matrix.A)[:, np.flatnonzero(mask)]).indptr) > 0
