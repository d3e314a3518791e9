"""What each measure is worth: cost and effect of doing without it, of delaying it, and the curve of a rising cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.results.frontier import BEST, Frontier, frontier_from
from model.results.plain import number, plain
from model.results.plan_cost import plan_cost

WITHOUT, DELAY = "without", "delay"
nothing = 1e-5  # 亿元; less is no difference


@dataclass(frozen=True)
class LeftOut:
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
    short_cost: float
    left_out: tuple[LeftOut, ...]
    delayed: tuple[LeftOut, ...]
    curve: Frontier | None
    complete: bool

    def record(self) -> dict[str, Any]:
        """As plain records."""
        made = asdict(self) | plan_cost(asdict(self)).record()
        made["left_out"] = [asdict(one) | {"proven": one.proven, "per_unit": one.per_unit} for one in self.left_out]
        made["delayed"] = [asdict(one) | {"proven": one.proven} for one in self.delayed]
        made["curve"] = self.curve.record() if self.curve else None
        made["safe_delay"] = {one.measure: safe_delay(self.delayed, one.measure) for one in self.left_out}
        return plain(made)


def abatement_from(case: str, asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], *, complete: bool) -> Abatement:
    """What these answers make, by name (`without:MEASURE`, `delay:MEASURE:YEARS`), as far as they are known; measures dearest first."""
    place = {k: at for at, k in enumerate(asked["measures"])}
    found: dict[str, list[LeftOut]] = {WITHOUT: [], DELAY: []}
    for record in answers.values():
        kind = str(record["name"]).partition(":")[0]
        if kind in found:
            found[kind].append(_without(record))
    for ones in found.values():
        ones.sort(key=lambda one: (place[one.measure], -one.delay))
    curve = frontier_from(case, asked["curve"], answers, complete=complete) if asked["curve"] and BEST in answers else None
    return Abatement(
        case, asked["indicator"], asked["year"], asked["unit"], asked["objective"], asked["bound"], plan_cost(asked).short, tuple(found[WITHOUT]),
        tuple(found[DELAY]), curve, complete,
    )  # fmt: skip


def proven_from(record: Mapping[str, Any]) -> bool:
    """Whether an answer proves that doing without costs anything."""
    return number(record["low"], np.inf) > nothing


def _without(record: Mapping[str, Any]) -> LeftOut:
    low = np.inf if record["status"] == "infeasible" else number(record.get("low"), 0.0)
    return LeftOut(
        record["measure"], record["delay"], record["amount"], low, number(record.get("high"), np.inf), number(record.get("change")),
        record["status"], record["seconds"],
    )  # fmt: skip


def safe_delay(delayed: Sequence[LeftOut], measure: str) -> int | None:
    """The longest delay of a measure that is not proven to cost anything, 0 where each is; None where none was asked."""
    mine = sorted((one for one in delayed if one.measure == measure), key=lambda one: one.delay)
    if not mine:
        return None
    return max((one.delay for one in mine if not one.proven and one.status != "infeasible"), default=0)
