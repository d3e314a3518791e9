"""Cost against one indicator or two: proven points, the knee, where the curve is not convex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from model.results.plain import number, plain
from model.results.plan_cost import plan_cost
from model.results.proof import checked

tolerance = 1e-6
CURVE = ("cap", "second_cap", "value", "second_value")
BEST, SECOND_BEST, POINT = "best", "second_best", "cap"


@dataclass(frozen=True)
class FrontierPoint:
    """One point: the cap asked (and the second one's), the value reached, the least cost proven to lie in `low`..`high`, 亿元.

    `status` is "optimal", "infeasible" (no plan under these caps), "time_limit" or "interrupted".
    """

    cap: float
    second_cap: float
    value: float
    second_value: float
    low: float
    high: float
    status: str
    seconds: float


@dataclass(frozen=True)
class Frontier:
    """Points from the plan's own value to the best there can be; values in the indicator's unit, cost in 亿元.

    `best` is the best value found, `best_bound` what is proven that no plan passes. `second` is "" for one indicator.
    """

    case: str
    indicator: str
    year: int
    unit: str
    at_least: bool
    second: str
    second_year: int
    second_unit: str
    second_at_least: bool
    best: float
    best_bound: float
    points: tuple[FrontierPoint, ...]
    complete: bool
    whole: bool

    @property
    def lines(self) -> list[list[FrontierPoint]]:
        """The points by the second cap, each line from the loosest cap of the first on."""
        caps = list(dict.fromkeys(point.second_cap for point in self.points if not np.isnan(point.second_cap)))
        if not self.second:
            return [list(self.points)]
        return [[point for point in self.points if point.second_cap == cap] for cap in caps]

    def record(self) -> dict[str, Any]:
        """As plain records; what is unknown is None."""
        points = [
            {**asdict(point), "knee": point is knee_of(line), "not_convex": point in bends(line)} for line in self.lines for point in line
        ]
        head = {name: value for name, value in asdict(self).items() if name != "points"}
        return plain(head | {"points": points})


def frontier_from(case: str, asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], *, complete: bool) -> Frontier:
    """The frontier that these answers make, by name: the best value (`best`) and the points (`cap:1` …), as far as they are known."""
    best = answers.get(BEST, {})
    lines: dict[int, list[FrontierPoint]] = {}
    for record in answers.values():
        if str(record["name"]).startswith(f"{POINT}:"):
            lines.setdefault(int(record["line"]), []).append(_point(record))
    named = ("indicator", "year", "unit", "at_least", "second", "second_year", "second_unit", "second_at_least", "whole")
    return Frontier(
        case=case, **{name: asked[name] for name in named}, best=number(best.get("best")), best_bound=number(best.get("proven")),
        points=tuple(point for line in sorted(lines) for point in monotone(sorted(lines[line], key=_looseness(asked["at_least"])))),
        complete=complete,
    )  # fmt: skip


def _looseness(at_least: bool) -> Any:
    return lambda point: point.cap if at_least else -point.cap


def _point(record: Mapping[str, Any]) -> FrontierPoint:
    cost = plan_cost(record)
    low = np.inf if record["status"] == "infeasible" else cost.bound
    known = {name: number(record.get(name)) for name in ("cap", "second_cap", "value", "second_value")}
    return FrontierPoint(**known, low=float(low), high=cost.value, status=record["status"], seconds=record["seconds"])


def monotone(points: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    """A line from the loosest cap to the tightest, each with all that is known: a tighter cap never costs less.

    A plan under a tighter cap meets the looser one, and a bound under a looser cap holds for the tighter one.
    """
    lows = np.maximum.accumulate([point.low for point in points])
    made, best = [], None
    for point, low in zip(reversed(points), lows[::-1], strict=True):
        if best is None or point.high <= best.high:
            best = point if np.isfinite(point.high) else best
        else:
            point = replace(point, value=best.value, second_value=best.second_value, high=best.high)
        made.append(replace(point, low=checked(float(low), point.high, size=point.high)[0]))
    return made[::-1]


def knee_of(points: Sequence[FrontierPoint]) -> FrontierPoint | None:
    """The point furthest below the chord from first to last, in shares of both ranges; None where nothing lies below it."""
    known = [point for point in points if np.isfinite(point.high)]
    if len(known) < 3:
        return None
    value, cost = np.array([point.value for point in known]), np.array([point.high for point in known])
    across, up = value[-1] - value[0], cost[-1] - cost[0]
    if abs(across) <= tolerance or up <= tolerance:
        return None
    below = (value - value[0]) / across - (cost - cost[0]) / up
    best = int(np.argmax(below))
    return known[best] if below[best] > tolerance else None


def bends(points: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    """Points proven to lie above the line between their neighbours: there the curve is not convex, because of whole units."""
    known = [point for point in points if np.isfinite(point.high)]
    found = []
    for left, point, right in zip(known, known[1:], known[2:], strict=False):
        if abs(right.cap - left.cap) <= tolerance * max(1.0, abs(left.cap)):
            continue
        share = (point.cap - left.cap) / (right.cap - left.cap)
        if point.low > left.high + share * (right.high - left.high) + tolerance * max(1.0, abs(point.low)):
            found.append(point)
    return found


def marginal(before: FrontierPoint, point: FrontierPoint) -> float:
    """Cost of one more unit between two points, 亿元 per unit; NaN where the value hardly moves."""
    moved = abs(point.value - before.value)
    if moved <= tolerance * max(1.0, abs(point.value)) or not np.isfinite(point.high) or not np.isfinite(before.high):
        return float("nan")
    return (point.high - before.high) / moved
