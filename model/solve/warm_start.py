"""What one search leaves to a like one: row prices that prove a bound, its whole units, its last basis."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.solve.decomposition import Lines, Split, cost_lines, join, limit_lines, no_lines
from model.solve.difference import aligned
from model.solve.highs import Basis
from model.solve.matrix import Key, Matrix


@dataclass(frozen=True)
class Prices:
    """A value per row key: row prices of a solved relaxation, or (`ray`) the multipliers that prove one infeasible."""

    rows: tuple[Key, ...]
    values: np.ndarray
    ray: bool


@dataclass(frozen=True)
class Lessons:
    """Row prices bound a program whatever its numbers are, so lessons hold for any; how well depends on how like it is.

    `whole` are the best plan's whole units by key, none where there is no plan.
    """

    prices: tuple[Prices, ...]
    basis: Basis
    whole: dict[Key, float]

    @property
    def basis_alone(self) -> Lessons:
        """Where to start, without a claim on the answer."""
        return replace(self, prices=(), whole={})


def carried(lessons: Lessons, matrix: Matrix, split: Split) -> Lines:
    """The lines that the old prices prove of this matrix."""
    lines = no_lines(split)
    for prices in lessons.prices:
        values = aligned(prices.rows, prices.values, matrix.rows)
        lines = join(lines, (limit_lines if prices.ray else cost_lines)(matrix, split, values))
    return lines
