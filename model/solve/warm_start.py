"""The warm start that one search leaves to a like one: multipliers that prove a bound, its whole units, its last basis."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.solve.decomposition import Cuts, Decomposition, feasibility_cuts, join, no_cuts, optimality_cuts
from model.solve.difference import aligned
from model.solve.highs import Basis
from model.solve.matrix import Key, Matrix


@dataclass(frozen=True)
class Multipliers:
    """A value per row key: row prices of a solved relaxation, or (`ray`) the multipliers that prove one infeasible."""

    rows: tuple[Key, ...]
    values: np.ndarray
    ray: bool


@dataclass(frozen=True)
class WarmStart:
    """Multipliers bound a program whatever its numbers are, so a warm start holds for any; how well depends on how like it is.

    `whole` are the best plan's whole units by key, none where there is no plan.
    """

    multipliers: tuple[Multipliers, ...]
    basis: Basis
    whole: dict[Key, float]

    @property
    def basis_alone(self) -> WarmStart:
        """Where to start, without a claim on the answer."""
        return replace(self, multipliers=(), whole={})


def carried_cuts(warm_start: WarmStart, matrix: Matrix, parts: Decomposition) -> Cuts:
    """The cuts that the multipliers of a like matrix prove of this one."""
    cuts = no_cuts(parts)
    for one in warm_start.multipliers:
        values = aligned(one.rows, one.values, matrix.rows)
        cuts = join(cuts, (feasibility_cuts if one.ray else optimality_cuts)(matrix, parts, values))
    return cuts
