"""Room in cost: how little and how much of each measure fits under it, every end with the plan that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from model.results.alternatives import narrow
from model.solve.components import HOURLY
from model.solve.decomposition import coarse_program, divide
from model.solve.highs import Solver
from model.solve.matrix import Matrix
from model.solve.search import Plan
from model.solve.warm_start import Prices, carried
from model.study.plan.answer import Answered, Options
from model.study.plan.reference import Reference
from model.study.program.edits import aiming_at, for_another_aim, none_short, with_row
from model.study.program.search_again import search_again

COST_LIMIT = ("Cost_Limit", None)
settled = 5e-4  # of the size of a measure: ends that near are one
many_columns = 20_000
most_turns = 12
most_taught, most_seconds_each, most_seconds_aimed = 60, 60.0, 180.0
finer = 0.5  # the gap of each search: it blurs the ends
loose = 0.4  # the gap of a first search, of the room in cost
shrunk = 0.98  # of the way that a straight line between costs allows
strong = 3.0  # how many times the room in cost a different plan is worth
whole, ease = 1e-6, 1e-7


@dataclass(frozen=True)
class Item:
    """A measure over a group of years: its columns, its size (what amounts are measured by), what is committed, what is possible at all."""

    measure: str
    years: str
    places: tuple[int, ...]
    size: float
    floor: float
    ceiling: float
    unit: float  # size of a whole unit, 0 where there is none

    def of(self, x: np.ndarray) -> float:
        return float(x[list(self.places)].sum())

    def inwards(self, amount: float, *, least: bool) -> float:
        """The next amount in whole units that is no less (of a least) or no more (of a most); the amount itself where there are none."""
        if not self.unit:
            return amount
        return float(self.unit * (np.ceil(amount / self.unit - whole) if least else np.floor(amount / self.unit + whole)))


@dataclass
class End:
    """What is known of an item: no plan within the limit is outside `low`..`high`, plans were found with `least` and `most`, and which

    they are. Plans with less than `least` cost `less_costs` at the least, plans with more than `most` `more_costs`.
    """

    low: float
    high: float
    least: float = np.inf
    most: float = -np.inf
    least_by: int = -1
    most_by: int = -1
    less_costs: float = -np.inf
    more_costs: float = -np.inf


@dataclass(frozen=True)
class Taken:
    """A plan within the limit: its cost, how much it has of each item, and its columns where it was found here (else its name)."""

    cost: float
    amounts: np.ndarray
    x: np.ndarray | None = None
    name: str = ""


@dataclass
class Room:
    """What may be had within one cost limit, and what is known of every item in it. A life-cycle: it may be stopped, and begun anew.

    The yearly part alone, without whole units, says how far an item could go at this cost. In small programs the end is then
    searched for itself. In large ones the cheapest plan that goes as far is searched like any scenario: it is within the
    limit, and attains the end, or its bound is not, which proves that no plan goes there and teaches the yearly part. An end
    near which the cost hardly moves is settled by cost: going further takes all but a `narrow` share of the room.
    """

    reference: Reference
    items: Sequence[Item]
    share: float
    options: Options
    ends: list[End] = field(init=False)
    plans: list[Taken] = field(init=False)
    searches: int = 0

    def __post_init__(self) -> None:
        plan, matrix = self.reference.plan.answer, none_short(self.reference.plan.matrix)
        self.limit = plan.objective + self.share * abs(plan.objective)
        terms = {int(place): float(matrix.cost[place]) for place in np.flatnonzero(matrix.cost)}
        self._plain = matrix
        self._limited = with_row(matrix, COST_LIMIT, terms, high=self.limit - matrix.offset)
        self._wholes = np.flatnonzero(matrix.integer)
        self._solver: Solver | None = None
        self._coarse: Matrix | None = None
        self._blended = False
        self._taught: list[Prices] = []
        self.begin(())

    def begin(self, known: Sequence[Taken]) -> None:
        """As nothing had been asked yet, but for plans that are known: what is answered next hangs on these alone."""
        self.ends, self.plans = [End(item.floor, item.ceiling) for item in self.items], []
        first = list(for_another_aim(self.reference.plan).answer.lessons.prices)
        if len(self._taught) != len(first):
            self._taught, self._coarse = first, None
        for plan in known:
            self._count(plan)

    def take(self, x: np.ndarray) -> bool:
        """A plan, and what it has of each item; False where it is beyond the limit."""
        cost = self._cost(x)
        if cost > self.limit + ease * abs(self.limit):
            return False
        self._count(Taken(cost, np.array([item.of(x) for item in self.items]), x))
        return True

    def _count(self, plan: Taken) -> None:
        self.plans.append(plan)
        for end, amount in zip(self.ends, plan.amounts.tolist(), strict=True):
            if amount < end.least:
                end.least, end.least_by = amount, len(self.plans) - 1
            if amount > end.most:
                end.most, end.most_by = amount, len(self.plans) - 1
            end.low, end.high = min(end.low, end.least), max(end.high, end.most)

    def left(self, item: Item, end: End, *, least: bool) -> bool:
        """Whether the end is still open, in amounts and in cost."""
        return self.unproven(item, end, least=least) > narrow

    def unproven(self, item: Item, end: End, *, least: bool) -> float:
        """Share of the room in cost that going further might leave unspent; 0 where no plan within the limit goes further."""
        if (end.least - end.low if least else end.high - end.most) <= settled * item.size:
            return 0.0
        base = self.reference.plan.answer.objective
        costs = max(end.less_costs if least else end.more_costs, base)
        return float(max(self.limit - costs, 0.0) / (self.limit - base)) if self.limit > base else 1.0

    def settle(self, item: Item, end: End, seconds: float, *, least: bool) -> None:
        """The end of an item: as far as the yearly part proves it, then by searches in whole units."""
        self._relax(item, end, least=least)
        if not self.left(item, end, least=least):
            return
        if len(self._limited.columns) <= many_columns:
            self._aim(item, end, seconds, least=least)
        else:
            self._approach(item, end, seconds, least=least)

    def _aim(self, item: Item, end: End, seconds: float, *, least: bool) -> None:
        """One search for the end itself."""
        sign = 1.0 if least else -1.0
        # Counted from 1 up, so that the relative gap is one of the item's size.
        offset = 1.0 + (0.0 if least or not np.isfinite(item.ceiling) else item.ceiling / item.size)
        aim = aiming_at(self._limited, dict.fromkeys(item.places, sign / item.size), offset=offset)
        plan = self._ask(aim, seconds, gap=settled / 2, like=for_another_aim(self.reference.plan), most=most_seconds_aimed)
        if len(plan.x):
            self.take(plan.x)
        if np.isfinite(plan.bound):
            self._prove(item, end, sign * (plan.bound - offset) * item.size, least=least)

    def _approach(self, item: Item, end: End, seconds: float, *, least: bool) -> None:
        """The cheapest plan at the far end. Where none is there at any cost, the end itself is searched for; where it costs too much,

        the cheapest plan where the line between costs within and beyond the limit meets it, in turns.
        """
        self._blended = False
        within, cost_within = item.of(self.reference.plan.answer.x), self.reference.plan.answer.objective
        asked, edge = (end.low, -np.inf) if least else (end.high, np.inf)
        for turn in range(most_turns):
            if not np.isfinite(asked):
                return
            plan = self._reach(item, asked, seconds, least=least, near=turn > 0)
            if self._judge(item, end, asked, plan, least=least):
                within, cost_within = item.of(plan.x), min(plan.objective, self.limit)
            if turn == 0 and plan.status == "infeasible" and self.left(item, end, least=least):
                self._aim(item, end, seconds, least=least)
                within = end.least if least else end.most
            if not self.left(item, end, least=least):
                return
            if not len(plan.x) and plan.status != "infeasible" and plan.bound <= self.limit:
                edge = asked  # what was not decided in its time is not asked again
            far = max(end.low, edge) if least else min(end.high, edge)
            if abs(far - within) <= settled * item.size:
                return
            if abs(far - asked) > settled * item.size and plan.status == "infeasible":
                asked = far
                continue
            beyond = len(plan.x) > 0 and plan.objective > self.limit
            if beyond and turn == 0:
                self._blend(plan)
                within = end.least if least else end.most
                cost_within = self.limit if self._blended else cost_within
            share = (self.limit - cost_within) / (plan.objective - cost_within) if beyond and not self._blended else 0.5
            asked = item.inwards(within + shrunk * share * ((asked if beyond else far) - within), least=least)
            if abs(asked - within) < item.unit / 2:
                asked = within + (-item.unit if least else item.unit)

    def _judge(self, item: Item, end: End, asked: float, plan: Plan, *, least: bool) -> bool:
        """What the cheapest plan with so much says of the end: it is that far at least (then True), or not so far, or neither."""
        attained = len(plan.x) > 0 and self.take(plan.x)
        if attained and least:
            end.less_costs = max(end.less_costs, plan.bound)
        elif attained:
            end.more_costs = max(end.more_costs, plan.bound)
        if plan.status == "infeasible" or plan.bound > self.limit:
            self._prove(item, end, asked + (item.unit if least else -item.unit), least=least)
            if self._teach(plan):
                self._relax(item, end, least=least)
        return attained

    def lean(self, pull: dict[int, float], seconds: float) -> Plan:
        """A cheap plan within the limit with much of what pulls down and little of what pulls up."""
        cost = self._limited.cost.copy()
        strength = strong * max(self.limit - self.reference.plan.answer.objective, settled * abs(self.limit))
        for place, value in pull.items():
            cost[place] += strength * value
        plan = self._ask(replace(self._limited, cost=cost), seconds)
        if len(plan.x):
            self.take(plan.x)
        return plan

    def _blend(self, plan: Plan) -> None:
        """Between the plan itself and one beyond the limit, with the same whole units, lies one just at the limit."""
        base = self.reference.plan.answer
        self._blended = np.array_equal(np.round(base.x[self._wholes]), np.round(plan.x[self._wholes]))
        if self._blended:
            over = (plan.objective - self.limit) / (plan.objective - base.objective)
            self.take(plan.x + over * (base.x - plan.x))

    def _reach(self, item: Item, asked: float, seconds: float, *, least: bool, near: bool) -> Plan:
        """The cheapest plan with at most (or at least) so much of an item, as near as it takes to say on which side of the limit it is,

        or, `near` the end, as it takes to settle that by cost.
        """
        low, high = (-np.inf, asked) if least else (asked, np.inf)
        matrix = with_row(self._plain, ("Asked", (item.measure, item.years)), dict.fromkeys(item.places, 1.0), low=low, high=high)
        fine = min(finer * self.options.gap, narrow * self.share / 2)
        if near:
            return self._ask(matrix, seconds, gap=fine)
        plan = self._ask(matrix, seconds, gap=max(loose * self.share, fine))
        undecided = plan.status == "optimal" and plan.bound <= self.limit < plan.objective
        return self._ask(matrix, seconds, gap=fine) if undecided else plan

    def _ask(
        self, matrix: Matrix, seconds: float, *, gap: float = 0.0, like: Answered | None = None, most: float = most_seconds_each
    ) -> Plan:
        self.searches += 1
        gap, like = gap or finer * self.options.gap, like or self.reference.plan
        return search_again(matrix, self.options, like, gap=gap, time_limit=min(seconds, most))

    def _relax(self, item: Item, end: End, *, least: bool) -> None:
        """The end that the yearly part alone proves, without whole units."""
        coarse, solver = self._yearly()
        cost = np.zeros(len(coarse.cost))
        cost[self._where[list(item.places)]] = (1.0 if least else -1.0) / item.size
        solver.become(replace(coarse, cost=cost))
        answer = solver.relax(time_limit=most_seconds_each)
        if answer.status == "interrupted":
            raise KeyboardInterrupt
        if answer.status == "optimal":
            amount = answer.objective * item.size * (1.0 if least else -1.0)
            self._prove(item, end, amount, least=least)

    def _prove(self, item: Item, end: End, amount: float, *, least: bool) -> None:
        """No plan goes beyond `amount`; whole units round it inwards."""
        amount = item.inwards(amount, least=least)
        if least:
            end.low = float(min(max(end.low, amount), end.least))
        else:
            end.high = float(max(min(end.high, amount), end.most))

    def _teach(self, plan: Plan) -> bool:
        """What a search learned of hours that cannot be served, for the yearly part; whether there was any."""
        new = [
            replace(prices, ray=True)
            for prices in plan.lessons.prices[len(self.reference.plan.answer.lessons.prices) :]
            if np.any(prices.values)
        ]
        if not new or len(self._taught) >= most_taught:
            return False
        self._taught += new
        self._coarse = None
        return True

    def _yearly(self) -> tuple[Matrix, Solver]:
        """Years within the cost limit, with all that is known of their hours; a live solver on them."""
        if self._coarse is None:
            split = divide(self._limited, self._limited.mask(*HOURLY))
            aimless = replace(self._limited, cost=np.zeros(len(self._limited.cost)), offset=0.0)
            lessons = replace(self.reference.plan.answer.lessons, prices=tuple(self._taught))
            coarse = coarse_program(aimless, split, carried(lessons, aimless, split))
            self._coarse = replace(coarse, cost=np.zeros(len(coarse.cost)))
            self._where = np.full(len(self._limited.columns), -1)
            self._where[split.coarse] = np.arange(len(split.coarse))
        if self._solver is None:
            self._solver = Solver(self._coarse, threads=self.options.threads)
        return self._coarse, self._solver

    def _cost(self, x: np.ndarray) -> float:
        return float(self._plain.cost @ x + self._plain.offset)
