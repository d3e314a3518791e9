"""Other plans nearly as cheap: the least and the most of each measure within a cost, and plans that differ most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from model.results.plain import number, plain
from model.results.plan_cost import PlanCost, plan_cost

LEAST, MOST, SCOUT, DIFFERENT = "least", "most", "scout", "different"
Role = Literal["must", "committed", "optional", "never", "open"]
dust = 1e-6  # of the size of a measure: less is none of it
narrow = 0.05  # of the cost slack: a bound is proven where going further takes all but so little of it


@dataclass(frozen=True)
class Bounds:
    """How little and how much of a measure there can be within a cost, in its own unit, over `years`.

    No plan has less than `least_low` or more than `most_high`; plans were found with `least_high` and `most_low`. `plan` is
    the amount in the plan itself. Going further than was found takes all of the cost slack but `least_unproven` or
    `most_unproven`, shares of it.
    """

    measure: str
    years: str
    unit: str
    size: float
    committed: float
    plan: float
    least_low: float
    least_high: float
    most_low: float
    most_high: float
    least_unproven: float = 0.0
    most_unproven: float = 0.0

    @property
    def role(self) -> Role:
        nothing = dust * self.size
        if self.least_low > nothing:
            return "committed" if self.least_low <= self.committed + nothing else "must"
        if self.most_high <= nothing:
            return "never"
        if self.least_high <= nothing < self.most_low:
            return "optional"
        return "open"

    @property
    def proven(self) -> bool:
        """Whether both bounds are attained by a plan: within a thousandth of the measure's size, or of a `narrow` share of the slack."""
        ends = ((self.least_high - self.least_low, self.least_unproven), (self.most_high - self.most_low, self.most_unproven))
        return all(apart <= 1e-3 * self.size or unproven <= narrow for apart, unproven in ends)


@dataclass(frozen=True)
class WithinCost:
    """All that was found within so much more cost (a share), dearest limit `limit`, 亿元."""

    share: float
    limit: float
    bounds: tuple[Bounds, ...]


@dataclass(frozen=True)
class DifferentPlan:
    """A plan far from those before it: its cost, what it leaves short apart, and how much of each measure."""

    cost: float
    amounts: Mapping[str, float]


@dataclass(frozen=True)
class Alternatives:
    """Least and most of each measure for each share, and the different plans found within the largest share, of so many asked for."""

    case: str
    cost: PlanCost
    within: tuple[WithinCost, ...]
    different: tuple[DifferentPlan, ...]
    reference: Mapping[str, float]
    units: Mapping[str, str]
    complete: bool
    searches: int
    seconds: float = field(default=0.0)
    different_asked: int = 0

    def record(self) -> dict[str, Any]:
        """As plain records, each measure with its role."""
        made = asdict(self) | self.cost.record()
        for within, told in zip(self.within, made["within"], strict=True):
            told["bounds"] = [asdict(one) | {"role": one.role, "proven": one.proven} for one in within.bounds]
        return plain(made)


def alternatives_from(case: str, asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], *, complete: bool) -> Alternatives:
    """What these answers make: every plan found counts for every bound, within its own share and larger ones."""
    items, shares = asked["items"], asked["shares"]
    records = list(answers.values())
    found = list[WithinCost]()
    for share in shares:
        mine = [record for record in records if record.get("share") == share and record.get("end") in (LEAST, MOST)]
        if not mine:
            break
        plans = [record["amounts"] for record in records if record.get("amounts") and record["share"] <= share]
        amounts = np.array([asked["amounts"], *plans])
        proven = {(record["item"], record["end"]): record for record in mine}
        bounds = tuple(_bounds(items, at, amounts[:, at], proven) for at in range(len(items)))
        found.append(WithinCost(share, asked["limits"][shares.index(share)], bounds))
    different = [
        DifferentPlan(plan_cost(record).value, record["by_measure"]) for record in records if str(record["name"]).startswith(DIFFERENT)
    ]
    return Alternatives(
        case, plan_cost(asked), tuple(found), tuple(different), asked["reference"], asked["units"], complete,
        sum(int(record.get("searches") or 0) for record in records), sum(float(record.get("seconds") or 0.0) for record in records),
        int(asked["different"]),
    )  # fmt: skip


def _bounds(items: list[Mapping[str, Any]], at: int, amounts: np.ndarray, proven: Mapping[tuple[int, str], Mapping[str, Any]]) -> Bounds:
    item, least, most = items[at], float(amounts.min()), float(amounts.max())
    below, above = proven.get((at, LEAST), {}), proven.get((at, MOST), {})
    low = number(below.get("proven"), item["floor"])
    high = number(above.get("proven"), number(item["ceiling"], np.inf))
    return Bounds(
        item["measure"], item["years"], item["unit"], item["size"], item["floor"], float(amounts[0]), min(low, least), least, most,
        max(high, most), number(below.get("unproven"), 1.0), number(above.get("unproven"), 1.0),
    )  # fmt: skip
