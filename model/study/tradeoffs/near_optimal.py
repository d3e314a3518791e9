"""Near-optimal plans: how little and how much of each measure fits within a limit of cost, every bound with the plan that attains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from model.results.alternatives import narrow
from model.solve.components import HOURLY
from model.solve.decomposition import decompose, master_problem
from model.solve.highs import Solver
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.solve.warm_start import Multipliers, carried_cuts
from model.study.plan.reference import Reference
from model.study.program.edits import aiming_at, for_another_aim, none_short, with_row
from model.study.program.search_again import search_again
from model.study.solved.solved_model import Options, SolvedModel

COST_LIMIT = ("Cost_Limit", None)
settled = 5e-4  # of the size of a measure: bounds that near are one
many_columns = 20_000
most_turns = 12
most_multipliers, most_seconds_each, most_seconds_aimed = 60, 60.0, 180.0
finer = 0.5  # the gap of each search: it blurs the bounds
loose = 0.4  # the gap of a first search, of the cost slack
shrunk = 0.98  # of the way that a straight line between costs allows
strong = 3.0  # how many times the cost slack a different plan is worth
whole, ease = 1e-6, 1e-7


@dataclass(frozen=True)
class MeasurePeriod:
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
class AmountBounds:
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
class NearOptimalPlan:
    """A plan within the limit: its objective, what of that is the price of what it leaves short, how much it has of each item, and its columns
    where it was found here (else its name).
    """

    objective: float
    short: float
    amounts: np.ndarray
    x: np.ndarray | None = None
    name: str = ""

    @property
    def told(self) -> dict[str, float]:
        return {"objective": self.objective, "short_cost": self.short}


@dataclass
class NearOptimalSpace:
    """What may be had within one cost limit, and what is known of every item in it. A life-cycle: it may be stopped, and begun anew.

    The yearly part alone, without whole units, says how far an item could go at this cost. In small programs the bound is then
    searched for itself. In large ones the cheapest plan that goes as far is searched like any scenario: it is within the
    limit, and attains the bound, or its bound is not, which proves that no plan goes there and teaches the yearly part. a bound
    near which the cost hardly moves is settled by cost: going further takes all but a `narrow` share of the slack.
    """

    reference: Reference
    items: Sequence[MeasurePeriod]
    share: float
    options: Options
    bounds: list[AmountBounds] = field(init=False)
    plans: list[NearOptimalPlan] = field(init=False)
    searches: int = 0

    def __post_init__(self) -> None:
        plan, matrix = self.reference.plan.solution, none_short(self.reference.plan.matrix)
        self.limit = plan.objective + self.share * abs(self.reference.plan.cost.value)
        terms = {int(place): float(matrix.cost[place]) for place in np.flatnonzero(matrix.cost)}
        self._plain = matrix
        self._limited = with_row(matrix, COST_LIMIT, terms, high=self.limit - matrix.offset)
        self._wholes = np.flatnonzero(matrix.integer)
        self._solver: Solver | None = None
        self._master: Matrix | None = None
        self._blended = False
        self._multipliers: list[Multipliers] = []
        self.begin(())

    def begin(self, known: Sequence[NearOptimalPlan]) -> None:
        """As nothing had been asked yet, but for plans that are known: what is answered next hangs on these alone."""
        self.bounds, self.plans = [AmountBounds(item.floor, item.ceiling) for item in self.items], []
        first = list(for_another_aim(self.reference.plan).solution.warm_start.multipliers)
        if len(self._multipliers) != len(first):
            self._multipliers, self._master = first, None
        for plan in known:
            self._count(plan)

    def take(self, x: np.ndarray) -> bool:
        """A plan, and what it has of each item; False where it is beyond the limit."""
        cost = self._cost(x)
        if cost > self.limit + ease * abs(self.limit):
            return False
        self._count(NearOptimalPlan(cost, self._plain.short_cost(x), np.array([item.of(x) for item in self.items]), x))
        return True

    def _count(self, plan: NearOptimalPlan) -> None:
        self.plans.append(plan)
        for bounds, amount in zip(self.bounds, plan.amounts.tolist(), strict=True):
            if amount < bounds.least:
                bounds.least, bounds.least_by = amount, len(self.plans) - 1
            if amount > bounds.most:
                bounds.most, bounds.most_by = amount, len(self.plans) - 1
            bounds.low, bounds.high = min(bounds.low, bounds.least), max(bounds.high, bounds.most)

    def left(self, item: MeasurePeriod, bounds: AmountBounds, *, least: bool) -> bool:
        """Whether the bound is still open, in amounts and in cost."""
        return self.unproven(item, bounds, least=least) > narrow

    def unproven(self, item: MeasurePeriod, bounds: AmountBounds, *, least: bool) -> float:
        """Share of the cost slack that going further might leave unspent; 0 where no plan within the limit goes further."""
        if (bounds.least - bounds.low if least else bounds.high - bounds.most) <= settled * item.size:
            return 0.0
        base = self.reference.plan.solution.objective
        costs = max(bounds.less_costs if least else bounds.more_costs, base)
        return float(max(self.limit - costs, 0.0) / (self.limit - base)) if self.limit > base else 1.0

    def settle(self, item: MeasurePeriod, bounds: AmountBounds, seconds: float, *, least: bool) -> None:
        """The bound of an item: as far as the yearly part proves it, then by searches in whole units."""
        self._relax(item, bounds, least=least)
        if not self.left(item, bounds, least=least):
            return
        if len(self._limited.columns) <= many_columns:
            self._aim(item, bounds, seconds, least=least)
        else:
            self._approach(item, bounds, seconds, least=least)

    def _aim(self, item: MeasurePeriod, bounds: AmountBounds, seconds: float, *, least: bool) -> None:
        """One search for the bound itself."""
        sign = 1.0 if least else -1.0
        # Counted from 1 up, so that the relative gap is one of the item's size.
        offset = 1.0 + (0.0 if least or not np.isfinite(item.ceiling) else item.ceiling / item.size)
        aim = aiming_at(self._limited, dict.fromkeys(item.places, sign / item.size), offset=offset)
        plan = self._ask(aim, seconds, gap=settled / 2, like=for_another_aim(self.reference.plan), most=most_seconds_aimed)
        if len(plan.x):
            self.take(plan.x)
        if np.isfinite(plan.bound):
            self._prove(item, bounds, sign * (plan.bound - offset) * item.size, least=least)

    def _approach(self, item: MeasurePeriod, bounds: AmountBounds, seconds: float, *, least: bool) -> None:
        """The cheapest plan at the far bound. Where none is there at any cost, the bound itself is searched for; where it costs too much,

        the cheapest plan where the line between costs within and beyond the limit meets it, in turns.
        """
        self._blended = False
        within, cost_within = item.of(self.reference.plan.solution.x), self.reference.plan.solution.objective
        asked, edge = (bounds.low, -np.inf) if least else (bounds.high, np.inf)
        for turn in range(most_turns):
            if not np.isfinite(asked):
                return
            plan = self._reach(item, asked, seconds, least=least, near=turn > 0)
            if self._judge(item, bounds, asked, plan, least=least):
                within, cost_within = item.of(plan.x), min(plan.objective, self.limit)
            if turn == 0 and plan.status == "infeasible" and self.left(item, bounds, least=least):
                self._aim(item, bounds, seconds, least=least)
                within = bounds.least if least else bounds.most
            if not self.left(item, bounds, least=least):
                return
            if not len(plan.x) and plan.status != "infeasible" and plan.bound <= self.limit:
                edge = asked  # what was not decided in its time is not asked again
            far = max(bounds.low, edge) if least else min(bounds.high, edge)
            if abs(far - within) <= settled * item.size:
                return
            if abs(far - asked) > settled * item.size and plan.status == "infeasible":
                asked = far
                continue
            beyond = len(plan.x) > 0 and plan.objective > self.limit
            if beyond and turn == 0:
                self._blend(plan)
                within = bounds.least if least else bounds.most
                cost_within = self.limit if self._blended else cost_within
            share = (self.limit - cost_within) / (plan.objective - cost_within) if beyond and not self._blended else 0.5
            asked = item.inwards(within + shrunk * share * ((asked if beyond else far) - within), least=least)
            if abs(asked - within) < item.unit / 2:
                asked = within + (-item.unit if least else item.unit)

    def _judge(self, item: MeasurePeriod, bounds: AmountBounds, asked: float, plan: Solution, *, least: bool) -> bool:
        """What the cheapest plan with so much says of the bound: it is that far at least (then True), or not so far, or neither."""
        attained = len(plan.x) > 0 and self.take(plan.x)
        if attained and least:
            bounds.less_costs = max(bounds.less_costs, plan.bound)
        elif attained:
            bounds.more_costs = max(bounds.more_costs, plan.bound)
        if plan.status == "infeasible" or plan.bound > self.limit:
            self._prove(item, bounds, asked + (item.unit if least else -item.unit), least=least)
            if self._add_multipliers(plan):
                self._relax(item, bounds, least=least)
        return attained

    def lean(self, pull: dict[int, float], seconds: float) -> Solution:
        """A cheap plan within the limit with much of what pulls down and little of what pulls up."""
        cost = self._limited.cost.copy()
        strength = strong * max(self.limit - self.reference.plan.solution.objective, settled * abs(self.limit))
        for place, value in pull.items():
            cost[place] += strength * value
        plan = self._ask(replace(self._limited, cost=cost), seconds)
        if len(plan.x):
            self.take(plan.x)
        return plan

    def _blend(self, plan: Solution) -> None:
        """Between the plan itself and one beyond the limit, with the same whole units, lies one just at the limit."""
        base = self.reference.plan.solution
        self._blended = np.array_equal(np.round(base.x[self._wholes]), np.round(plan.x[self._wholes]))
        if self._blended:
            over = (plan.objective - self.limit) / (plan.objective - base.objective)
            self.take(plan.x + over * (base.x - plan.x))

    def _reach(self, item: MeasurePeriod, asked: float, seconds: float, *, least: bool, near: bool) -> Solution:
        """The cheapest plan with at most (or at least) so much of an item, as near as it takes to say on which side of the limit it is,

        or, `near` the bound, as it takes to settle that by cost.
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
        self, matrix: Matrix, seconds: float, *, gap: float = 0.0, like: SolvedModel | None = None, most: float = most_seconds_each
    ) -> Solution:
        self.searches += 1
        gap, like = gap or finer * self.options.gap, like or self.reference.plan
        return search_again(matrix, self.options, like, gap=gap, time_limit=min(seconds, most))

    def _relax(self, item: MeasurePeriod, bounds: AmountBounds, *, least: bool) -> None:
        """The bound that the yearly part alone proves, without whole units."""
        master, solver = self._yearly()
        cost = np.zeros(len(master.cost))
        cost[self._where[list(item.places)]] = (1.0 if least else -1.0) / item.size
        solver.become(replace(master, cost=cost))
        answer = solver.relax(time_limit=most_seconds_each)
        if answer.status == "interrupted":
            raise KeyboardInterrupt
        if answer.status == "optimal":
            amount = answer.objective * item.size * (1.0 if least else -1.0)
            self._prove(item, bounds, amount, least=least)

    def _prove(self, item: MeasurePeriod, bounds: AmountBounds, amount: float, *, least: bool) -> None:
        """No plan goes beyond `amount`; whole units round it inwards."""
        amount = item.inwards(amount, least=least)
        if least:
            bounds.low = float(min(max(bounds.low, amount), bounds.least))
        else:
            bounds.high = float(max(min(bounds.high, amount), bounds.most))

    def _add_multipliers(self, plan: Solution) -> bool:
        """What a search learned of hours that cannot be served, for the yearly part; whether there was any."""
        new = [
            replace(prices, ray=True)
            for prices in plan.warm_start.multipliers[len(self.reference.plan.solution.warm_start.multipliers) :]
            if np.any(prices.values)
        ]
        if not new or len(self._multipliers) >= most_multipliers:
            return False
        self._multipliers += new
        self._master = None
        return True

    def _yearly(self) -> tuple[Matrix, Solver]:
        """Years within the cost limit, with all that is known of their hours; a live solver on them."""
        if self._master is None:
            parts = decompose(self._limited, self._limited.mask(*HOURLY))
            aimless = replace(self._limited, cost=np.zeros(len(self._limited.cost)), offset=0.0)
            warm_start = replace(self.reference.plan.solution.warm_start, multipliers=tuple(self._multipliers))
            master = master_problem(aimless, parts, carried_cuts(warm_start, aimless, parts))
            self._master = replace(master, cost=np.zeros(len(master.cost)))
            self._where = np.full(len(self._limited.columns), -1)
            self._where[parts.master_columns] = np.arange(len(parts.master_columns))
        if self._solver is None:
            self._solver = Solver(self._master, threads=self.options.threads)
        return self._master, self._solver

    def _cost(self, x: np.ndarray) -> float:
        return float(self._plain.cost @ x + self._plain.offset)
