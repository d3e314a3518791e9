"""How far each target may be relaxed, and what that means in the target's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.results.clash import Relaxation
from model.results.targets import target_results
from model.solve.components import SLACKS
from model.solve.matrix import Matrix

WEIGHTS = {"binding": 9.0, "expected": 3.0, "striving": 1.0}
nothing = 1e-9
missed_tolerance = 1e-6

TargetYear = tuple[str, int]


@dataclass(frozen=True)
class TargetSlacks:
    """The slack columns of a case's targets: `groups` (places by target), `price` per column, `rows` of each (target, year).

    The price of relaxing a target by all it asks is its strength's weight: 9 binding, 3 expected, 1 striving.
    """

    data: xr.Dataset
    groups: Mapping[str, np.ndarray]
    price: np.ndarray
    places: Mapping[TargetYear, tuple[int, ...]]
    rows: Mapping[TargetYear, tuple[int, ...]]

    def years(self, target: str) -> list[int]:
        return sorted(year for name, year in self.places if name == target)


def target_slacks(case: Case, data: xr.Dataset, matrix: Matrix, usual: xr.DataArray) -> TargetSlacks:
    """`usual` are the indicators (indicator, year) of the usual path, by which the size of shares and zeros is judged."""
    strength = {row.id: row.strength for row in case.tables["targets"]}
    rows: dict[TargetYear, tuple[int, ...]] = {}
    for place, (t, y) in enumerate(zip(data["target_target"].values, data["target_year"].values, strict=True)):
        rows[str(t), int(y)] = (*rows.get((str(t), int(y)), ()), place)
    places: dict[TargetYear, tuple[int, ...]] = {}
    price = np.zeros(len(matrix.cost))
    for j, (component, index) in enumerate(matrix.columns):
        if component in SLACKS and isinstance(index, tuple):
            key = (str(index[0]), int(index[1]))
            places[key] = (*places.get(key, ()), j)
            price[j] = WEIGHTS[strength[key[0]]] / _size(data, rows[key][0], usual)
    groups = {
        t: np.array([j for (name, _), js in places.items() if name == t for j in js]) for t in dict.fromkeys(name for name, _ in places)
    }
    return TargetSlacks(data, groups, price, places, rows)


def _size(data: xr.Dataset, row: int, usual: xr.DataArray) -> float:
    """What a target's row asks in all, in the unit of its row."""
    year, reference = int(data["target_year"].values[row]), str(data["target_reference"].values[row])
    asked = float(data["target_required"].values[row] + data["target_offset"].values[row])
    whole = float(usual.sel(indicator=reference, year=year)) if reference else 1.0
    size = abs(asked * float(data["target_divisor"].values[row]) * whole)
    now = abs(float(usual.sel(indicator=str(data["target_indicator"].values[row]), year=year)))
    return next(value for value in (size, now, abs(whole), 1.0) if np.isfinite(value) and value > nothing)


def relaxed_rows(slacks: TargetSlacks, x: np.ndarray) -> dict[TargetYear, float]:
    """Rows that a plan relaxes, by how much in the unit of the row."""
    told = {key: float(sum(x[j] for j in places)) for key, places in slacks.places.items()}
    return {key: amount for key, amount in told.items() if amount * slacks.price[slacks.places[key][0]] > missed_tolerance}


def rounded_up(
    slacks: TargetSlacks, amounts: Mapping[TargetYear, float], indicators: Mapping[TargetYear, float]
) -> dict[TargetYear, float]:
    """Relaxations a little larger, so that what is given is a round number: two digits of the difference.

    `indicators` are the values of (indicator, year) in a plan that relaxes so.
    """
    return {
        key: max(
            _rounded_up(slacks.data, row, amount, indicators.get((str(slacks.data["target_reference"].values[row]), key[1]), 1.0))
            for row in slacks.rows[key]
        )
        for key, amount in amounts.items()
    }


def _rounded_up(data: xr.Dataset, row: int, amount: float, whole: float) -> float:
    """One row's relaxation, rounded; `whole` is what its reference amounts to, 1 where it has none."""
    scale = abs(float(data["target_divisor"].values[row]) * whole * float(data["target_unit_factor"].values[row]))
    if scale <= nothing:
        return amount * (1 + missed_tolerance)
    own, step = amount / scale, step_of(amount / scale)
    asked = float(data["target_required"].values[row]) / float(data["target_unit_factor"].values[row])
    if np.isnan(asked):
        return ceil(own / step - missed_tolerance) * step * scale
    up = str(data["target_sense"].values[row]) == "<="
    given = ceil((asked + own) / step - missed_tolerance) * step if up else floor((asked - own) / step + missed_tolerance) * step
    return max(abs(given - asked) * scale, amount)


def step_of(amount: float) -> float:
    """
    >>> step_of(1.17), step_of(140.0)
    (0.1, 10.0)
    """
    return float(10.0 ** (floor(log10(max(amount, nothing))) - 1))


def relaxations(data: xr.Dataset, indicators: xr.DataArray) -> tuple[Relaxation, ...]:
    """Enforced targets that a plan misses, with what it gives instead, in the target's own unit."""
    told = target_results(data, indicators)
    asked, given = told["required"].values, told["achieved"].values
    return tuple(
        Relaxation(str(told["row_target"].values[i]), int(told["row_year"].values[i]), float(asked[i]), float(given[i]), str(told["row_unit"].values[i]))
        for i in np.flatnonzero(told["row_enforced"].values & ~told["met"].values)
    )  # fmt: skip
