"""Which measures move between two plans of a case, and what that moves their cost by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from model.results.explained import Move
from model.solve.matrix import Key, Matrix

level_tolerance = 1e-6
most_moves = 10


def stocks(matrix: Matrix, x: np.ndarray) -> dict[Key, float]:
    """What a plan builds of each measure, and what of it stands, by (component, (measure, year))."""
    return {key: value for key, value in zip(matrix.columns, x.tolist(), strict=True) if key[0] in ("Build", "Level")}


def moves(
    p: xr.Dataset, before: Mapping[Key, float], after: Mapping[Key, float], *, first: frozenset[str] = frozenset()
) -> tuple[Move, ...]:
    """The measures that move most in cost from one plan's stocks to another's, at the parameters `p`; those of `first` come first."""
    years = p["year"].values.tolist()
    charge, fixed_om = p["charge"].values, p["measure_fixed_om"].values * p["discount"].values
    found = []
    for at, k in enumerate(p["measure"].values.tolist()):
        built, stands = (np.array([after[name, (k, y)] - before[name, (k, y)] for y in years]) for name in ("Build", "Level"))
        if np.abs(stands).max(initial=0.0) <= level_tolerance * max(1.0, max(abs(before["Level", (k, y)]) for y in years)):
            continue
        year = years[int(np.abs(stands).argmax())]
        cost = float(charge[at] @ built + fixed_om[at] @ stands)
        found.append(Move(k, int(year), before["Level", (k, year)], after["Level", (k, year)], cost))
    return tuple(sorted(found, key=lambda move: (move.measure not in first, -abs(move.cost), move.measure))[:most_moves])
