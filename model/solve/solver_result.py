"""What a solver returns of a program, and how far its prices reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Status = Literal["optimal", "infeasible", "unbounded", "time_limit", "interrupted", "failed"]
Method = Literal["simplex", "ipx", "hipo"]

zero_speed = 1e-9


class UnsoundBound(Exception):
    """A bound that lies above a plan: one of the two is wrong, and with it whatever was proven from them."""

    def __init__(self, bound: float, objective: float) -> None:
        super().__init__(f"the bound {bound:.9g} lies above a plan of {objective:.9g}")
        self.bound, self.objective = bound, objective


@dataclass(frozen=True)
class SolverResult:
    """What the solver returned: `x` per column, `duals` per row (both empty where it has none), objective, proven bound.

    `ray` has a multiplier per row that proves infeasibility, where the solver has one.
    """

    status: Status
    objective: float
    bound: float
    x: np.ndarray
    duals: np.ndarray
    ray: np.ndarray


def reach(value: np.ndarray, speed: np.ndarray, least: np.ndarray, most: np.ndarray) -> float:
    """How far values may move at this speed before one leaves its bounds; what stands at a bound within tolerance has none left."""
    fast = np.abs(speed) > zero_speed
    room = np.where(speed > 0, most - value, value - least)[fast]
    return float(np.maximum(np.divide(room, np.abs(speed[fast])), 0.0).min(initial=np.inf))
