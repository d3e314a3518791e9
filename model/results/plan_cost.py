"""What a plan costs, what it leaves short apart: the price of a demand that is not served steers the search, but nobody pays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.results.plain import number

least = 1e-6  # 亿元: no smaller gap is told
SHORT = "unserved"  # the component of the cost that is the price of what is left short


@dataclass(frozen=True)
class PlanCost:
    """Present values, 亿元: the objective, what is proven that it is at least, and what of both is the price of what the plan leaves `short`."""

    objective: float
    least: float
    short: float = 0.0

    @property
    def value(self) -> float:
        """What the plan costs."""
        return self.objective - self.short

    @property
    def bound(self) -> float:
        """What no plan costs less than that leaves as little short."""
        return self.least - self.short

    @property
    def gap(self) -> float:
        return self.value - self.bound

    @property
    def relative_gap(self) -> float:
        """The gap as a share of what the plan costs: the price of what is left short, however large, makes it no smaller."""
        return self.gap / max(abs(self.value), least) if np.isfinite(self.gap) and self.gap > least else 0.0

    def less(self, other: PlanCost) -> tuple[float, float]:
        """Least and most by which it truly costs more than another."""
        return self.bound - other.value, self.value - other.bound

    def record(self) -> dict[str, float]:
        """As every answer stores it."""
        return {"objective": self.objective, "bound": self.least, "short_cost": self.short, "cost": self.value}


def plan_cost(record: Mapping[str, Any]) -> PlanCost:
    """Of a stored answer (`objective`, `bound`, `short_cost`), a run's manifest or one of its baselines; without a plan it has no cost, or no bound.

    Runs and studies stored before the price was told apart have it in their cost.
    """
    objective, bound = number(record.get("objective"), np.inf), number(record.get("bound"), -np.inf)
    return PlanCost(objective, bound, number(record.get("short_cost"), 0.0))


def baseline_cost(results: xr.Dataset, name: str) -> PlanCost:
    """Of a run's baseline."""
    told = ("objective", "bound", "short_cost")
    return plan_cost({one: results[f"baseline_{one}"].sel(baseline=name).item() for one in told if f"baseline_{one}" in results})


def scenario_costs(results: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    """Cost and bound of each scenario of a study, NaN without a plan."""
    short = results["short_cost"].fillna(0.0) if "short_cost" in results else 0.0
    return results["objective"] - short, results["bound"] - short


def parts_of_cost(results: xr.Dataset) -> dict[str, float]:
    """{component: present value, 亿元} of what a run's plan costs."""
    parts = zip(results["component"].values.tolist(), results["cost"].values.tolist(), strict=True)
    return {str(name): float(value) for name, value in parts if name != SHORT}
