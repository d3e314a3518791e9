"""What an explanation holds: prices of targets, true differences, what carries each target, what pays for each measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from model.results.plain import plain
from model.results.plan_cost import PlanCost

QUESTIONS = ("tighter", "looser", "without")
Verdict = Literal["proven", "zero", "unproven", "no_plan", "unknown"]


@dataclass(frozen=True)
class Move:
    """How a measure moves: its level in the year in which that moves most, and what its cost moves by, present value in 亿元."""

    measure: str
    year: int
    before: float
    after: float
    cost: float


@dataclass(frozen=True)
class TargetDifference:
    """The true difference when a target is changed: present value in 亿元, new less old, proven between low and high.

    `value` is what the target then asks for, None where it is left out. `found` is the new plan's cost less the old
    plan's. `verdict`: proven (not zero), zero (proven), unproven (zero lies between), no_plan (cannot be met), unknown
    (time ran out without a plan). `kept`: the plan in hand meets the changed target as it is. `seconds` it took.
    """

    question: str
    value: float | None
    verdict: Verdict
    found: float
    low: float
    high: float
    kept: bool
    seconds: float
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class YearPrice:
    """A target's row in one year, numbers in the target's unit; price with whole units held, 亿元 of present value per unit.

    `price_yearly` is the same in money of each year that the row stands for; NaN for a target that adds up all years.
    The price holds while the row alone asks for something between `low` and `high`. `value` is what the plan says,
    `required` what is asked: the edge of the band, where the plan says "about"; a band of two sides has a row of each sense. What is not `met`
    has no price (0): that of its row is of what it gives as little as it must.
    """

    year: int
    sense: str
    value: float
    required: float
    achieved: float
    slack: float
    binding: bool
    price: float
    price_yearly: float
    low: float
    high: float
    met: bool = True


@dataclass(frozen=True)
class Contribution:
    """What a measure brings to a target in a year, in the target's unit: by how much the target would stand worse with the measure

    done as usual and all else as planned; positive helps. `along` are measures that then have to give way with it, because
    something would be left short. Not `apart`: with the other measures of its sector it brings more or less than they do one by one.
    """

    measure: str
    amount: float
    along: tuple[str, ...] = ()
    apart: bool = True


@dataclass(frozen=True)
class SectorContribution:
    """What the measures of a sector bring to a target held out together, where that is not the sum of what they bring one by one."""

    sector: str
    amount: float
    measures: tuple[str, ...]


@dataclass(frozen=True)
class UnknownContribution:
    """A measure of which it cannot be told what it brings: without it something is left short whatever gives way, or time ran out."""

    measure: str
    why: Literal["short", "time"]


@dataclass(frozen=True)
class Asking:
    """What is being solved again: a target and one of QUESTIONS, or ("" for the question) a measure or sector left out of the plan.

    `left` such questions are left, this one among them, for about `seconds`; NaN where none is answered yet.
    """

    item: str
    question: str
    left: int
    seconds: float


@dataclass(frozen=True)
class TargetPrice:
    """A target: `price` is that of one unit more in all its years together, whole units held, 亿元 of present value per unit of the target.

    `price_yearly` is the same as a mean of its years, 亿元 of each year per unit in that year; NaN for a target that adds up all years.
    It holds while the target's value stays between `low` and `high`, in all its years together. `step` is the one unit of the differences.
    `tolerance` is the band of "about", as a share of the value.
    `carried` counts in `carried_year`, and `usual_gap` is by how much the target then stands better than on the usual path.
    """

    id: str
    value: float
    unit: str
    sense: str
    tolerance: float
    indicator: str
    price: float
    price_yearly: float
    low: float
    high: float
    step: float
    years: tuple[YearPrice, ...]
    differences: tuple[TargetDifference, ...] = ()
    carried_year: int = 0
    usual_gap: float = 0.0
    carried: tuple[Contribution, ...] = ()
    together: tuple[SectorContribution, ...] = ()

    def difference(self, question: str) -> TargetDifference | None:
        return next((one for one in self.differences if one.question == question), None)


@dataclass(frozen=True)
class Earning:
    """What pays, at the plan's prices: `kind` target, commodity, adequacy, coupling, ramp, operation, whole; `item` its id; 亿元."""

    kind: str
    item: str
    amount: float


@dataclass(frozen=True)
class Reason:
    """Why a measure is in the plan, or not: its cost and what it earns at the plan's prices, present value in 亿元.

    A measure in the plan: over all it builds (`amount`). One that is not: for one unit, in the `year` in which it lacks
    least. `lacks` is cost less earnings: what a unit would have to be cheaper by (with whole units held); below zero it
    earns more than it costs, and a limit or whole units keep it from growing. `cheap_for` are targets whose price is
    above its investment for what it brings to them: the cheaper-looking ones.
    """

    measure: str
    built: bool
    whole: bool
    amount: float
    year: int
    cost: float
    lacks: float
    earnings: tuple[Earning, ...]
    cheap_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """A plan explained: that of a `run`, or of the case solved anew where that is empty.

    `schedule`: prices hold all builds, because the plan is not the cheapest with its whole units. `untold` are measures of which
    it cannot be told what they bring. `complete` False: time or Ctrl-C ended it, and some differences or measures are missing.
    """

    case: str
    cost: PlanCost
    gap_asked: float
    targets: tuple[TargetPrice, ...]
    measures: tuple[Reason, ...]
    complete: bool
    seconds: Mapping[str, float]
    run: str = ""
    schedule: bool = False
    untold: tuple[UnknownContribution, ...] = ()

    def record(self) -> dict[str, Any]:
        """As plain values, for --json: infinite ends are null."""
        return plain(asdict(self) | self.cost.record())
