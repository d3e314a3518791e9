"""What each measure is worth: cost and effect of doing without it, of delaying it, and the curve of a rising cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.results.frontier import Frontier
from model.results.plain import plain

nothing = 1e-5  # 亿元; less is no difference


@dataclass(frozen=True)
class Without:
    """The plan made anew with a measure left out (`delay` 0) or delayed: the true difference in cost lies in `low`..`high`, 亿元.

    `change` is how much more of the indicator there is over the horizon, between the plans found. `status` is
    "optimal", "infeasible" (no plan without it), "time_limit", or "kept" where a harder question answered this one.
    """

    measure: str
    delay: int
    amount: float
    low: float
    high: float
    change: float
    status: str
    seconds: float

    @property
    def proven(self) -> bool:
        return self.low > nothing

    @property
    def found(self) -> float:
        """Between the plans found; NaN where there is none."""
        return self.high if np.isfinite(self.high) else float("nan")

    @property
    def per_unit(self) -> float:
        """亿元 per unit of the indicator; NaN where no cost is proven or the rest makes up for the effect."""
        return self.found / self.change if self.proven and self.change > 1e-6 else float("nan")


@dataclass(frozen=True)
class Abatement:
    """Measures left out and delayed, and the frontier read beside them (None where it was not asked for or not reached)."""

    case: str
    indicator: str
    year: int
    unit: str
    objective: float
    bound: float
    left_out: tuple[Without, ...]
    delayed: tuple[Without, ...]
    curve: Frontier | None
    complete: bool

    def record(self) -> dict[str, Any]:
        """As plain records."""
        made = asdict(self)
        made["left_out"] = [asdict(one) | {"proven": one.proven, "per_unit": one.per_unit} for one in self.left_out]
        made["delayed"] = [asdict(one) | {"proven": one.proven} for one in self.delayed]
        made["curve"] = self.curve.record() if self.curve else None
        made["safe_delay"] = {one.measure: safe_delay(self.delayed, one.measure) for one in self.left_out}
        return plain(made)


def safe_delay(delayed: Sequence[Without], measure: str) -> int | None:
    """The longest delay of a measure that is not proven to cost anything, 0 where each is; None where none was asked."""
    mine = sorted((one for one in delayed if one.measure == measure), key=lambda one: one.delay)
    if not mine:
        return None
    return max((one.delay for one in mine if not one.proven and one.status != "infeasible"), default=0)
