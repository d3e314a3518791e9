"""True differences: the case solved again with a target stricter, looser, or left out, each an interval from both proven bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import numpy as np

from model.case.tables.forms import FORMS
from model.case.tables.indicators import Target
from model.results.explained import QUESTIONS, Asking, Move, TargetDifference, TargetPrice, Verdict
from model.results.proof import checked, never_falls, never_rises
from model.solve.matrix import Matrix
from model.solve.search import Solution, least_gap
from model.study.explain.steps import stricter
from model.study.plan.reference import Reference
from model.study.program.edits import leaves_short, met_tolerance
from model.study.program.moves import moves, stocks
from model.study.program.retarget import retargeted, rows_asked
from model.study.program.search_again import search_again
from model.study.solved.solved_model import Options

ORDER = ("without", "tighter", "looser")
zero_tolerance = 1e-5
quick_seconds, smaller_gap, narrow = 1.0, 0.1, 0.01


@dataclass
class Known:
    """Proven ends of the least cost of a program: no plan is below `low`, one has been found at `high`."""

    low: float
    high: float


@dataclass
class Differences:
    """The re-solves of one reference: which questions are left, and what has been answered. A life-cycle: it may be stopped.

    `least` is the least cost known of the case: a stored plan may cost more.
    """

    reference: Reference
    prices: list[TargetPrice]
    options: Options
    tell: Callable[[Asking], None]
    least: float
    base: Known = field(init=False)
    answered: dict[tuple[str, str], TargetDifference] = field(default_factory=dict)
    complete: bool = True

    def __post_init__(self) -> None:
        self.base = Known(self.reference.plan.solution.bound, self.least)
        self._rows: dict[str, Target] = {row.id: row for row in self.reference.ready.case.tables["targets"]}
        self._end = monotonic() + self.options.time_limit
        self._plans: dict[tuple[str, str], Known] = {}
        self._spent: list[float] = []

    def run(self, *, asked: frozenset[str]) -> None:
        """All questions, dearest target first; where targets were asked for, or solves are quick, again with a smaller gap.

        What leaving a target out saves comes first: it bounds what loosening it saves, should time run out.
        """
        wanted = [one for one in self.prices if not asked or one.id in asked]
        wanted.sort(key=lambda one: (-one.price * one.step, all(year.slack > met_tolerance for year in one.years), one.id))
        try:
            self._slack_ones(wanted)
            self._kept_ones(wanted)
            asks = [(one, question) for question in ORDER for one in wanted if self._is_open(one, question)]
            for place, (one, question) in enumerate(asks):
                if monotonic() > self._end:
                    self.complete = False
                    return
                self._tell(one, question, left=len(asks) - place)
                self._ask(one, question, self.options.gap)
            quick = bool(self._spent) and float(np.mean(self._spent)) < quick_seconds
            if quick or asked:
                self._tighten(wanted, least_gap if quick else smaller_gap * self.options.gap)
        except KeyboardInterrupt:
            self.complete = False

    def _tighten(self, wanted: Sequence[TargetPrice], gap: float) -> None:
        """Plan and changed plan once more with a smaller gap, where the difference is not proven yet."""
        again = list(self._unproven(wanted))
        for place, (one, question) in enumerate(again):
            if monotonic() > self._end:
                return
            self._tell(one, question, left=len(again) - place)
            if place == 0:
                plan = self._search(self.reference.plan.matrix, gap)
                self.base = Known(*checked(max(self.base.low, plan.bound), min(self.base.high, plan.objective), size=self.base.high))
            self._ask(one, question, gap)

    def explained(self) -> list[TargetPrice]:
        """The targets with what has been answered, and what that says of those not asked."""
        for one in self.prices:
            if one.sense != "==" and self._is_open(one, "looser") and (one.id, "without") in self._plans:
                self._plans[one.id, "looser"] = Known(-np.inf, self.base.high)
                self.answered[one.id, "looser"] = self._answer(one, "looser", seconds=0.0, kept=True)
        return [
            replace(one, differences=tuple(self._told(one, q) for q in QUESTIONS if (one.id, q) in self.answered)) for one in self.prices
        ]

    def _slack_ones(self, wanted: Sequence[TargetPrice]) -> None:
        """Targets with room in every year: one program without all of them bounds what each of them can cost."""
        slack = [one for one in wanted if one.sense != "==" and all(year.slack > met_tolerance and not year.binding for year in one.years)]
        if len(slack) < 2:
            return
        self._tell(slack[0], "without", left=len(wanted))
        matrix = self._matrix(self.reference.ready.options.dropped | {one.id for one in slack})
        plan = self._search(matrix, self.options.gap)
        low = plan.bound if np.isfinite(plan.bound) else -np.inf
        if len(plan.x) and plan.objective < self.base.high - max(zero_tolerance, self.options.gap * abs(self.base.high)):
            return  # together they do cost something: each is asked on its own
        for one in slack:
            for question in ("looser", "without"):
                if self._is_open(one, question):
                    self._plans[one.id, question] = Known(min(low, self.base.high), self.base.high)
                    self.answered[one.id, question] = self._answer(one, question, seconds=0.0, kept=True)

    def _kept_ones(self, wanted: Sequence[TargetPrice]) -> None:
        """Targets that the plan in hand meets even one unit tighter."""
        for one in wanted:
            if self._is_open(one, "tighter") and self._meets(one):
                self._plans[one.id, "tighter"] = Known(self.base.low, self.base.high)
                self.answered[one.id, "tighter"] = self._answer(one, "tighter", seconds=0.0, kept=True)

    def _is_open(self, one: TargetPrice, question: str) -> bool:
        return (one.id, question) not in self.answered and (question == "without" or self._value(one, question) is not None)

    def _ask(self, one: TargetPrice, question: str, gap: float) -> None:
        value, start = self._value(one, question), monotonic()
        dropped = self.reference.ready.options.dropped | ({one.id} if question == "without" else set())
        matrix = self._matrix(dropped, one.id, value)
        plan = self._search(matrix, gap)
        seconds = monotonic() - start
        self._spent.append(seconds)
        if not len(plan.x) or leaves_short(matrix, plan):
            verdict: Verdict = "no_plan" if plan.status in ("infeasible", "optimal") else "unknown"
            known = np.inf if verdict == "no_plan" else max(0.0, plan.bound - self.base.high)
            self.answered[one.id, question] = TargetDifference(question, value, verdict, np.nan, known, np.inf, False, seconds)
            return
        before = self._plans.get((one.id, question), Known(-np.inf, np.inf))
        self._plans[one.id, question] = Known(max(plan.bound, before.low), min(plan.objective, before.high))
        old = self.reference.plan
        first = frozenset(part.measure for part in one.carried)
        moved = moves(old.solved.parameters, stocks(old.matrix, old.solution.x), stocks(matrix, plan.x), first=first)
        self.answered[one.id, question] = self._answer(one, question, seconds=seconds, kept=False, moved=moved)

    def _answer(self, one: TargetPrice, question: str, *, seconds: float, kept: bool, moved: tuple[Move, ...] = ()) -> TargetDifference:
        return TargetDifference(question, self._value(one, question), "unproven", 0.0, -np.inf, np.inf, kept, seconds, moved)

    def _told(self, one: TargetPrice, question: str) -> TargetDifference:
        """The interval from all that is known by now. Raises Contradiction."""
        said = self.answered[one.id, question]
        if (one.id, question) not in self._plans:
            return said
        (low, high), found = self._moved(one, question) if one.sense == "==" and question != "without" else self._nested(one, question)
        none, apart = max(abs(low), abs(high)) <= zero_tolerance, low > zero_tolerance or high < -zero_tolerance
        verdict: Verdict = "zero" if none else "proven" if apart else "unproven"
        return replace(said, verdict=verdict, found=found, low=low, high=high)

    def _nested(self, one: TargetPrice, question: str) -> tuple[tuple[float, float], float]:
        """A looser target never costs more, whichever solve proved it: the interval, and the difference of the plans found."""
        order = ("without", "looser", "", "tighter") if one.sense != "==" else ("without", "")
        known = [self.base if q == "" else self._plans.get((one.id, q), Known(-np.inf, np.inf)) for q in order]
        lows = np.maximum.accumulate([k.low for k in known])
        highs = np.minimum.accumulate([k.high for k in known][::-1])[::-1]
        base, mine = order.index(""), order.index(question)
        for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
            checked(low, high, size=self.base.high)
        signed = never_falls if question == "tighter" else never_rises
        ends = signed(float(lows[mine] - highs[base]), float(highs[mine] - lows[base]), size=self.base.high)
        return ends, float(highs[mine] - highs[base])

    def _moved(self, one: TargetPrice, question: str) -> tuple[tuple[float, float], float]:
        """The same of an exact target or a band, which costs more or less wherever it is moved to."""
        mine, base = self._plans[one.id, question], self.base
        return checked(mine.low - base.high, mine.high - base.low, size=base.high), mine.high - base.high

    def _unproven(self, wanted: Sequence[TargetPrice]) -> Iterator[tuple[TargetPrice, str]]:
        for one in wanted:
            for question in QUESTIONS:
                said = self.answered.get((one.id, question))
                if said is None or said.kept or said.verdict in ("no_plan", "unknown"):
                    continue
                told = self._told(one, question)
                if told.verdict == "unproven" or told.high - told.low > narrow * abs(told.high + told.low):
                    yield one, question

    def _value(self, one: TargetPrice, question: str) -> float | None:
        target = self._rows[one.id]
        if question == "without" or FORMS[target.form].peak:
            return None
        return float(target.value or 0.0) + (1.0 if question == "tighter" else -1.0) * stricter(target) * one.step

    def _meets(self, one: TargetPrice) -> bool:
        step = one.step * (1 + one.tolerance)  # the edge of a band moves by its share more than the value
        return one.sense != "==" and all(year.slack >= step - met_tolerance for year in one.years)

    def _matrix(self, dropped: frozenset[str] | set[str], target: str = "", value: float | None = None) -> Matrix:
        case = self.reference.ready.case
        if value is not None:
            rows = tuple(row.model_copy(update={"value": value}) if row.id == target else row for row in case.tables["targets"])
            case = replace(case, tables={**case.tables, "targets": rows})
        return retargeted(self.reference.plan.matrix, rows_asked(self.reference.ready, case, dropped))

    def _search(self, matrix: Matrix, gap: float) -> Solution:
        return search_again(matrix, self.options, self.reference.plan, gap=gap, time_limit=max(1.0, self._end - monotonic()))

    def _tell(self, one: TargetPrice, question: str, *, left: int) -> None:
        each = float(np.mean(self._spent)) if self._spent else np.nan
        self.tell(Asking(one.id, question, left, each * left))
