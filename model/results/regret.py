"""Plans under futures they were not made for: what holding them costs, what they then miss, and the least worst regret among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from model.results.clash import Relaxation
from model.results.effects import REFERENCE
from model.results.plain import number, plain
from model.results.plan_cost import plan_cost
from model.results.proof import never_falls
from model.results.shortfalls import Shortfall

Verdict = Literal["own", "kept", "misses", "short", "impossible", "unknown"]
KEPT: tuple[Verdict, ...] = ("own", "kept")
PLAN, HELD = "plan", "held"


@dataclass(frozen=True)
class Future:
    """A scenario as it turns out: its least cost lies in `low`..`high`, 亿元; without a plan that keeps its targets `high` is infinite.

    `fault` says why one could not be solved at all.
    """

    name: str
    status: str
    low: float
    high: float
    fault: str = ""

    @property
    def planned(self) -> bool:
        return bool(np.isfinite(self.high))


@dataclass(frozen=True)
class DecisionCut:
    """A decision that a future does not allow as it was planned: in the measure's own unit."""

    measure: str
    year: int
    planned: float
    held: float


@dataclass(frozen=True)
class PlanUnderFuture:
    """A plan held under a future, all else free: its cost lies in `low`..`high`, 亿元.

    `verdict`: `own` (its own future), `kept` (every target met, every demand served), `misses` (targets, with the least that they
    must give), `short` (a demand or firm capacity is left short whatever targets give; the cost is without its price), `impossible`
    (nothing can be run with what is then built), `unknown` (out of time). Only `own` and `kept` have a regret.
    """

    made_for: str
    under: str
    verdict: Verdict
    low: float
    high: float
    missed: tuple[Relaxation, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    cut: tuple[DecisionCut, ...] = ()

    @property
    def kept(self) -> bool:
        return self.verdict in KEPT


@dataclass(frozen=True)
class CostInterval:
    """Least and most of a proven interval, and what the plans found say, 亿元."""

    low: float
    found: float
    high: float


@dataclass(frozen=True)
class Regret:
    """Every plan under every future, plans and futures in the order asked for.

    Decisions up to the year `until` are held, all of a plan where that is the last year (`whole`).
    """

    case: str
    until: int
    whole: bool
    plans: tuple[str, ...]
    futures: tuple[Future, ...]
    cells: tuple[PlanUnderFuture, ...]
    complete: bool

    @cached_property
    def cell(self) -> dict[tuple[str, str], PlanUnderFuture]:
        return {(one.made_for, one.under): one for one in self.cells}

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """The futures that have a plan of their own, against which regret is counted, and in which every plan was held."""
        return tuple(
            future.name for future in self.futures if future.planned and all((plan, future.name) in self.cell for plan in self.plans)
        )

    def best(self, name: str) -> tuple[float, float]:
        """Least cost of a future: a plan held there that keeps its targets is a plan of it too."""
        future = next(one for one in self.futures if one.name == name)
        held = [one.high for one in self.cells if one.under == name and one.kept]
        return min(future.low, future.high), min([future.high, *held])

    def regret(self, plan: str, future: str) -> CostInterval | None:
        """Cost of the plan held less that of the future's best; None where it does not keep the targets."""
        one = self.cell.get((plan, future))
        if one is None or not one.kept or future not in self.judged:
            return None
        low, high = self.best(future)
        least, most = never_falls(one.low - high, one.high - low, size=high)
        return CostInterval(least, one.high - high, most)

    def worst(self, plan: str) -> CostInterval:
        """The worst regret over the futures in which the plan keeps its targets; NaN where there is none."""
        known = [span for future in self.judged if (span := self.regret(plan, future))]
        if not known:
            return CostInterval(np.nan, np.nan, np.nan)
        return CostInterval(max(one.low for one in known), max(one.found for one in known), max(one.high for one in known))

    def fails(self, plan: str) -> list[PlanUnderFuture]:
        """The judged futures in which the plan does not keep the targets or does not serve."""
        return [one for future in self.judged if not (one := self.cell[plan, future]).kept]

    @cached_property
    def least_worst(self) -> str:
        """The plan with the least worst regret among those that keep the targets in every judged future; "" where there is none, or not all is known."""
        steady = [plan for plan in self.plans if self.complete and self.judged and not self.fails(plan)]
        return min(steady, key=lambda plan: (self.worst(plan).high, self.worst(plan).found, self.plans.index(plan)), default="")

    @cached_property
    def not_told_apart(self) -> tuple[str, ...]:
        """Steady plans whose worst regret is not proven to be more than that of `least_worst`."""
        if not self.least_worst:
            return ()
        most = self.worst(self.least_worst).high
        return tuple(plan for plan in self.plans if plan != self.least_worst and not self.fails(plan) and self.worst(plan).low < most)

    def record(self) -> dict[str, Any]:
        """As plain records, each cell with its regret."""
        return plain(
            {
                "case": self.case, "until": self.until, "whole": self.whole, "complete": self.complete, "judged": self.judged,
                "futures": [asdict(one) for one in self.futures], "cells": [asdict(one) | {"regret": told} for one, told in self._told()],
                "plans": [{"name": name, "worst": asdict(self.worst(name)), "fails": [one.under for one in self.fails(name)]} for name in self.plans],
                "least_worst": self.least_worst or None, "not_told_apart": self.not_told_apart,
            }
        )  # fmt: skip

    def _told(self) -> Iterator[tuple[PlanUnderFuture, dict[str, float] | None]]:
        for one in self.cells:
            span = self.regret(one.made_for, one.under)
            yield one, asdict(span) if span else None


def held_name(plan: str, under: str) -> str:
    """What the record of a plan held under a scenario is called; quoted, for names may hold anything."""
    return f"{HELD}:{plan!r} > {under!r}"


def planned(record: Mapping[str, Any]) -> bool:
    """Whether a scenario's record holds a plan that is accepted: every target met, every demand served."""
    return record["status"] in ("optimal", "time_limit") and record.get("objective") is not None


def regret_from(case: str, asked: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], *, complete: bool) -> Regret:
    """What a study's records say of it."""
    names = [REFERENCE, *(str(one["name"]) for one in asked["scenarios"])]
    known = {name: answers[f"{PLAN}:{name}"] for name in names if f"{PLAN}:{name}" in answers}
    plans = tuple(name for name in asked["plans"] if name in known and planned(known[name]))
    cells = []
    for under in known:
        for plan in plans:
            if plan == under:
                cells.append(_own(known[plan], plan, whole=asked["whole"]))
            elif (name := held_name(plan, under)) in answers:
                cells.append(_held(answers[name], plan, under))
    futures = tuple(_future(record, name) for name, record in known.items())
    return Regret(case, int(asked["until"]), bool(asked["whole"]), plans, futures, tuple(cells), complete)


def _future(record: Mapping[str, Any], name: str) -> Future:
    cost = plan_cost(record)
    return Future(name, str(record["status"]), cost.bound, cost.value if planned(record) else np.inf, str(record.get("fault") or ""))


def _own(record: Mapping[str, Any], name: str, *, whole: bool) -> PlanUnderFuture:
    """Held as a whole a plan costs what it costs; where only its first years are held, the best of what follows is not known more closely."""
    cost = plan_cost(record)
    return PlanUnderFuture(name, name, "own", cost.value if whole else cost.bound, cost.value)


def _held(record: Mapping[str, Any], plan: str, under: str) -> PlanUnderFuture:
    verdict = record.get("verdict", "unknown")  # a lost worker's has none
    low, high = number(record.get("low"), np.inf if verdict == "impossible" else -np.inf), number(record.get("high"), np.inf)
    missed, short, cut = (record.get(name) or () for name in ("missed", "shortfalls", "cut"))
    return PlanUnderFuture(
        plan, under, verdict, low, high, tuple(Relaxation(**one) for one in missed), tuple(Shortfall(**one) for one in short), tuple(DecisionCut(**one) for one in cut),
    )  # fmt: skip
