"""Switching values: between which values of a number a measure enters or leaves the plan, or a target starts to cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Any, Literal

import numpy as np

from model.results.plain import number, plain
from model.results.plan_cost import plan_cost

State = Literal["yes", "no", "no_plan"]
AT = "at"


@dataclass(frozen=True)
class SwitchPoint:
    """The plan at one value of the number: whether it has what is asked (`state`), and how much: the amount built beyond what is

    committed, in the measure's own unit, or the target's price in 亿元 a unit. Its cost lies in `low`..`high`, 亿元.
    """

    share: float
    value: float
    state: State
    amount: float
    low: float
    high: float
    status: str


@dataclass(frozen=True)
class Switch:
    """The plans along a number from `low` to `high`, in its own unit, in that order.

    `watched` is measure or target, `item` its name; `year` 0 for the whole horizon. `width` is how near two ends of a flip are to be.
    `value` is where the case itself has the number, NaN where that is no single place.
    """

    case: str
    number: str
    label_en: str
    label_zh: str
    unit: str
    low: float
    high: float
    value: float
    width: float
    watched: str
    item: str
    year: int
    points: tuple[SwitchPoint, ...]
    complete: bool

    @cached_property
    def flips(self) -> tuple[tuple[SwitchPoint, SwitchPoint], ...]:
        """Neighbours of which one has it and the other has not, or has no plan."""
        return tuple((one, other) for one, other in pairwise(self.points) if one.state != other.state)

    def left_open(self, one: SwitchPoint, other: SwitchPoint) -> float:
        """How wide the range is, in the number's unit, in which the proven costs do not tell on which side of a flip the plan is.

        It is as wide as it takes the two costs to part by the wider of the intervals proven at both ends, each moving along the number as
        it does from the flip to the furthest point that still agrees. NaN where a side has but one point, or no cost.
        """
        at = self.points.index(one)
        slopes = [self._slope(self.points[at::-1]), self._slope(self.points[at + 1 :])]
        parting, unproven = abs(slopes[0] - slopes[1]), max(one.high - one.low, other.high - other.low)
        return unproven / parting if parting > 0 and np.isfinite(unproven) else float("nan")

    @staticmethod
    def _slope(points: Sequence[SwitchPoint]) -> float:
        """Cost by number, 亿元 a unit, from the first of the points to the last that has its state."""
        same = list(takewhile(lambda point: point.state == points[0].state, points))
        if len(same) < 2 or not np.isfinite(same[0].high + same[-1].high):
            return float("nan")
        return (same[-1].high - same[0].high) / (same[-1].value - same[0].value)

    def record(self) -> dict[str, Any]:
        """As plain records; each flip by the values of its two ends."""
        flips = [{"from": one.value, "to": other.value, "before": one.state, "after": other.state} for one, other in self.flips]
        return plain(asdict(self) | {"flips": flips})


def switch_from(case: str, asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], *, complete: bool) -> Switch:
    """What a study's records say of it."""
    points = [_at(record, asked) for name, record in answers.items() if name.partition(":")[0] == AT]
    return Switch(
        case, asked["number"], asked["label_en"], asked["label_zh"], asked["unit"], float(asked["low"]), float(asked["high"]),
        number(asked["value"]), float(asked["width"]), asked["kind"], asked["item"], int(asked["year"]),
        tuple(sorted(points, key=lambda one: one.share)), complete,
    )  # fmt: skip


def value_at(asked: Mapping[str, Any], share: float) -> float:
    """The number's own value at a share of the way from low to high."""
    return float(asked["low"] + share * (asked["high"] - asked["low"]))


def open_between(asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Shares between which it flips, and that are further apart than asked."""
    points = sorted((record["share"], record["state"]) for name, record in answers.items() if name.partition(":")[0] == AT)
    size = abs(float(asked["high"]) - float(asked["low"]))
    return [(one, other) for (one, before), (other, after) in pairwise(points) if before != after and (other - one) * size > asked["width"]]


def _at(record: Mapping[str, Any], asked: Mapping[str, Any]) -> SwitchPoint:
    share = float(record["share"])
    cost, hopeless = plan_cost(record), str(record["status"]).endswith("infeasible") and record.get("bound") is None
    low = np.inf if hopeless else cost.bound
    return SwitchPoint(
        share, value_at(asked, share), record["state"], number(record.get("amount")), low, cost.value, record["status"]
    )  # fmt: skip
