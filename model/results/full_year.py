"""What a plan does on all days of a year: a record for each checked year and plan, as a run stores it and as others read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from model.results.plain import number, plain

Status = Literal["kept", "gives", "impossible", "unknown"]
# Why it is not told how far a plan can be above the best made on all days: storage is carried over days, the plan relaxes a target, something is short or missed, a decided year
# has no answer or was not run, none was proven.
Unbounded = Literal["storage", "relaxed", "open", "years", "unsolved"]
PLANS = ("plan", "usual", "free")


@dataclass(frozen=True)
class Short:
    """What of a commodity (or of `firm_capacity`, GW) is not served in the year, `amount` in its canonical unit.

    Most is missing at `hour` of a day that `days` days of the period are like, by `power` GW; no hour for what has none.
    """

    item: str
    amount: float
    unit: str
    power: float
    hour: int | None
    days: int
    period: str
    period_en: str
    period_zh: str


@dataclass(frozen=True)
class Missed:
    """A target in a year, in its own unit: what is asked, what the plan promises on its own days, and what it gives on all."""

    target: str
    year: int
    asked: float
    planned: float
    given: float
    unit: str


@dataclass(frozen=True)
class YearRun:
    """One plan in one year. `status`: "kept" (demand met, no target missed), "gives", "impossible" (the year's `limits`, (kind, item), cannot be kept),
    "unknown" (no answer within the time).

    `cost` is what the year's operation costs on all days, `planned` on the plan's own, 亿元 a year, shortfalls apart.
    """

    year: int
    plan: str
    status: Status
    cost: float
    planned: float
    short: tuple[Short, ...] = ()
    missed: tuple[Missed, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()

    @property
    def moved(self) -> float:
        return self.cost - self.planned


@dataclass(frozen=True)
class YearCheck:
    """All of it. `days` of the year, of which `distinct` differ, in an `order` that is "drawn", "repeated" or "given" (see `Calendar`); years that are modelled
    and were not run are `not_checked`. `above` is how far the plan can be above the best plan made on all days, 亿元; None where that is not bounded, for
    the reason in `unbounded` (None of a run stored without one).
    """

    days: int
    distinct: int
    order: str
    years: tuple[int, ...]
    not_checked: tuple[int, ...]
    runs: tuple[YearRun, ...]
    above: float | None = None
    unbounded: Unbounded | None = None

    def record(self) -> dict[str, Any]:
        told = plain(asdict(self))
        assert isinstance(told, dict)
        return told

    def of(self, plan: str) -> tuple[YearRun, ...]:
        return tuple(run for run in self.runs if run.plan == plan)

    def moved_apart(self, year: int, baseline: str) -> float | None:
        """By how much plan − baseline moves in a year, 亿元 a year; None where one of them has no answer or leaves demand short, which is no cost."""
        found = {run.plan: run for run in self.runs if run.year == year and run.status in ("kept", "gives") and not run.short}
        return found["plan"].moved - found[baseline].moved if {"plan", baseline} <= set(found) else None


def year_check_of(manifest: Mapping[str, Any]) -> YearCheck | None:
    """As a run stores it; None where it has none."""
    told = manifest.get("full_year")
    if not told:
        return None
    runs = tuple(
        YearRun(
            one["year"], one["plan"], one["status"], number(one["cost"]), number(one["planned"]),
            tuple(Short(**short) for short in one["short"]), tuple(Missed(**missed) for missed in one["missed"]), tuple((kind, item) for kind, item in one["limits"]),
        )
        for one in told["runs"]
    )  # fmt: skip
    return YearCheck(
        told["days"],
        told["distinct"],
        told["order"],
        tuple(told["years"]),
        tuple(told["not_checked"]),
        runs,
        told.get("above"),
        told.get("unbounded"),
    )
