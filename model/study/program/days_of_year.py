"""What each day of a solved year gives to the yearly sums, at what the year pays for it, and what it leaves short."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy.sparse import csr_array

from model.solve.components import HOURLY
from model.solve.matrix import Key, Matrix, year_of
from model.solve.solver_result import SolverResult


@dataclass(frozen=True)
class DaysOfYear:
    """`given[r, d]` is what a day like d gives to the sum of row r over the year, `prices[r]` what the year pays for a unit of it; a day like d, of which there are
    `weight[d]`, costs `cost[d]`; `short[d]` is what is missing on all of them. All that the year costs is `moved` above what the plan says, 亿元 of present value.
    """

    rows: tuple[Key, ...]
    prices: np.ndarray
    weight: np.ndarray
    given: np.ndarray
    short: np.ndarray
    moved: float

    @property
    def cost(self) -> np.ndarray:
        return -self.prices @ self.given


def days_of_year(program: Matrix, found: SolverResult, data: xr.Dataset, year: int, planned: float) -> DaysOfYear:
    """Of a year's program and its answer, by its own days; prices are zero where the answer has none. `planned` is what the plan says that the year costs."""
    days, weight = {day: place for place, day in enumerate(data["day"].values.tolist())}, data["day_weight"].values
    by_row, hours = csr_array(program.A), program.mask(*HOURLY)
    of_year = np.array([not _days_in(key, days) for key in program.rows])
    sums = np.flatnonzero(_touches(by_row, hours) & _touches(by_row, ~hours) & of_year)
    rows = tuple(program.rows[place] for place in sums)
    prices = found.duals[sums] if len(found.duals) else np.zeros(len(sums))
    short = np.zeros(len(days))
    for (_, _, day, _), place in program.places("Hourly_Unserved").items():
        short[days[day]] += found.x[place]
    return DaysOfYear(
        rows, prices, weight, given_by_day(program, found.x, rows, data, year), short * weight, float(program.cost @ found.x) - planned
    )


def given_by_day(matrix: Matrix, x: np.ndarray, rows: Sequence[Key], data: xr.Dataset, year: int) -> np.ndarray:
    """(row, day) what one day of each kind gives to these rows in a year."""
    days = {day: place for place, day in enumerate(data["day"].values.tolist())}
    columns = [at for at in matrix.at(*HOURLY) if _day(matrix.columns[at]) in days and year_of(matrix.columns[at]) == year]
    place_of_row = {key: place for place, key in enumerate(matrix.rows)}
    part = csr_array(csr_array(matrix.A)[[place_of_row[key] for key in rows]][:, columns])
    of_day = csr_array(
        (x[columns], (np.arange(len(columns)), [days[_day(matrix.columns[at])] for at in columns])), shape=(len(columns), len(days))
    )
    return np.asarray((part @ of_day).todense()) / data["day_weight"].values


def _day(key: Key) -> str:
    """The day of an hourly column; what is held over days has none."""
    index = key[1]
    return str(index[2]) if isinstance(index, tuple) and len(index) > 2 else ""


def _days_in(key: Key, days: Container[str]) -> bool:
    """Whether a row is of a day: what is spread over hours by a shape stands in those of each hour."""
    return isinstance(key[1], tuple) and len(key[1]) > 2 and key[1][2] in days


def _touches(by_row: csr_array, mask: np.ndarray) -> np.ndarray:
    return np.diff(csr_array(by_row[:, np.flatnonzero(mask)]).indptr) > 0
