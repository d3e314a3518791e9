"""Other plans nearly as cheap: the least and the most of each measure within a cost, and plans that differ most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from model.results.plain import plain

Role = Literal["must", "committed", "optional", "never", "open"]
dust = 1e-6  # of the size of a measure: less is none of it


@dataclass(frozen=True)
class Bounds:
    """How little and how much of a measure there can be within a cost, in its own unit, over `years`.

    No plan has less than `least_low` or more than `most_high`; plans were found with `least_high` and `most_low`. `plan` is
    the amount in the plan itself.
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
        """Whether both ends are attained by a plan, within a thousandth of the measure's size."""
        return max(self.least_high - self.least_low, self.most_high - self.most_low) <= 1e-3 * self.size


@dataclass(frozen=True)
class Within:
    """All that was found within so much more cost (a share), dearest limit `limit`, 亿元."""

    share: float
    limit: float
    bounds: tuple[Bounds, ...]


@dataclass(frozen=True)
class Different:
    """A plan far from those before it: its cost, how much of each measure."""

    objective: float
    amounts: Mapping[str, float]


@dataclass(frozen=True)
class Alternatives:
    """Least and most of each measure for each share, and the different plans found within the largest share."""

    case: str
    objective: float
    bound: float
    within: tuple[Within, ...]
    different: tuple[Different, ...]
    reference: Mapping[str, float]
    units: Mapping[str, str]
    complete: bool
    searches: int
    seconds: float = field(default=0.0)

    def record(self) -> dict[str, Any]:
        """As plain records, each measure with its role."""
        made = asdict(self)
        for within, told in zip(self.within, made["within"], strict=True):
            told["bounds"] = [asdict(one) | {"role": one.role, "proven": one.proven} for one in within.bounds]
        return plain(made)
