"""Least totals after a past: no more than can still be in force, by paces and lead times of each measure and by the ramps of its group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from model.case.parameters.building import part_of_a_unit
from model.case.parameters.numbers import NO_LIMIT
from model.case.parameters.ramps import RampRow, Ramps
from model.case.parameters.scope import Scope
from model.case.parameters.stock import Stock, beyond


def within_reach(scope: Scope, stock: Stock, ramps: Ramps, measures: Sequence[str]) -> np.ndarray:
    """`stock.minimum`, shape (measure, year), of the `measures` in their order; with years before decisions, no more than can be in force where all is built
    as fast as may be. A case that decides from its first year on is asked what it tells.
    """
    if scope.decide_from <= scope.timeline[0].first or not stock.minimum.any():
        return stock.minimum
    reach = _in_units(stock, np.minimum(np.einsum("kv,kvy->ky", stock.build_upper, stock.survival), NO_LIMIT))
    least = np.where(stock.minimum > reach * (1 + beyond), reach, stock.minimum)
    place = {measure: at for at, measure in enumerate(measures)}
    for ramp, rows in groupby(ramps.rows, key=lambda row: row.ramp):
        members = [(place[k], size) for (group, k), size in sorted(ramps.members.items()) if group == ramp]
        group = _Group(scope, stock, list(rows), np.array([at for at, _ in members]), np.array([size for _, size in members]))
        if least[group.places].any():
            least[group.places] = group.within_growth(least[group.places])
    return least


def _in_units(stock: Stock, reach: np.ndarray) -> np.ndarray:
    """What can be in force, shape (measure, year), of whole units no part of one."""
    size = stock.unit_size[:, None]
    return np.where(stock.whole[:, None], size * np.floor(np.minimum(reach / size, stock.units_upper) + part_of_a_unit), reach)


@dataclass(frozen=True)
class _Group:
    """A group of a ramp: its rows, where its measures stand in the stock, and their sizes in its unit."""

    scope: Scope
    stock: Stock
    rows: Sequence[RampRow]
    places: np.ndarray
    sizes: np.ndarray

    def within_growth(self, asked: np.ndarray) -> np.ndarray:
        """What is asked of the measures, shape (measure, year), as far as it can stand where the group grows as fast as it may: what is asked first is built
        first, and of what is asked in one year what comes first by id.
        """
        built, survival = self.stock.build_past[self.places].astype(float), self.stock.survival[self.places]
        years = range(asked.shape[1])
        for at, left in self._room():
            pace = self.stock.build_upper[self.places, at] - built[:, at]
            for year in years[at:]:
                for k in range(len(self.places)):
                    share = survival[k, at, year]
                    more = (asked[k, year] - built[k] @ survival[k, :, year]) / share if share > 0 else 0.0
                    given = self._in_units(k, min(max(more, 0.0), pace[k], left / self.sizes[k]))
                    built[k, at] += given
                    pace[k], left = pace[k] - given, left - given * self.sizes[k]
        stands = np.einsum("kv,kvy->ky", built, survival)
        return np.where(asked > stands * (1 + beyond), stands, asked)

    def _in_units(self, k: int, amount: float) -> float:
        place, size = self.places[k], self.stock.unit_size[self.places[k]]
        return float(size * np.floor(amount / size + part_of_a_unit)) if self.stock.whole[place] else amount

    def _room(self) -> Iterator[tuple[int, float]]:
        """(place of a year, what the group can add in it at full growth), in group units."""
        added = 0.0
        for row in self.rows:
            at = next(place for place, span in enumerate(self.scope.timeline) if span.last == row.year)
            upper = self.stock.build_upper[self.places, at] - self.stock.build_past[self.places, at]
            most = float(self.sizes @ upper) / row.years if (upper < NO_LIMIT).all() else np.inf
            added = min(most, row.up_limit + row.up_growth * added) if row.up else most
            yield at, added * row.years
