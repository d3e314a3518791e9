"""The full-year check of a solved case: its plan and baselines run through all days of some years, what was built held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import xarray as xr

from model.case.parameters import parameters, year_scope
from model.case.parameters.days import SPELL, Calendar, calendar_of, days_per_year
from model.results.full_year import Missed, Short, Status, YearCheck, YearRun
from model.results.shortfalls import FIRM_CAPACITY
from model.results.targets import target_results
from model.solve.components import HOURLY, OPERATION, SHORTFALLS, SLACKS
from model.solve.highs import Solver
from model.solve.matrix import Matrix, year_of
from model.solve.solver_result import SolverResult
from model.study.infeasible.unserved import limits_alone
from model.study.program.edits import none_short
from model.study.program.least_relaxation import least_given
from model.study.program.target_slacks import target_slacks
from model.study.program.year_program import hours_of, year_program
from model.study.solved.solved_model import Ready, SolvedModel, Watch

tolerance = 1e-6
many_columns = 10_000  # from where on an interior point is quicker than simplex
ANSWERED = ("kept", "gives")


def full_year_check(ready: Ready, plans: Mapping[str, SolvedModel], watch: Watch) -> YearCheck | None:
    """Of the solved `plans` (plan, usual, free): targets are asked of the one named `plan`. None where a case has no hours, or the plan has all days already.

    All limits of a year are kept; what joins years has the plan's values. Days that are alike are run once: nothing links them. The stress spell is a
    scenario and no part of the year.
    """
    plan = plans["plan"]
    calendar = calendar_of(ready.case)
    if not plan.matrix.mask(*HOURLY).any() or _has_all_days(plan, calendar):
        return None
    years, found = checked_years(ready, plan), list[YearRun]()
    deadline = monotonic() + ready.options.time_limit
    with watch.clock.step("full_year"):
        for year in years:
            watch.say("full_year", "all_days", -np.inf, np.inf)
            data = parameters(ready.case, year_scope(ready.scope, year, days=days_per_year))
            hours = hours_of(data, plan.matrix)
            found += [_Year(ready, calendar, data, year, name, solved, deadline).run(hours) for name, solved in plans.items()]
    modelled = plan.solved.parameters["year"].values.tolist()
    return YearCheck(
        days_per_year, len(calendar.periods), calendar.order, tuple(years), tuple(int(y) for y in modelled if y not in years), tuple(found)
    )


def checked_years(ready: Ready, plan: SolvedModel) -> list[int]:
    """The first year that is decided, the next with a target of its own, the last, and the one in which wind and sun give the largest share."""
    p = plan.solved.parameters
    years = [int(year) for year in p["year"].values.tolist() if year >= ready.scope.decide_from]
    if not years:
        return []
    dated = {row.year for row in ready.case.tables["targets"] if row.id not in ready.scope.dropped}
    follows = [year for year in years[1:] if year in dated]
    share = _variable_share(plan, years)
    most = [years[int(share.argmax())]] if share.any() else []
    return sorted({years[0], *follows[:1], years[-1], *most})


def _variable_share(plan: SolvedModel, years: list[int]) -> np.ndarray:
    """(years,) share of wind and sun in all that runs by the hour or is bought by the hour."""
    p, decisions = plan.solved.parameters, plan.solved.decisions
    kinds, hourly = p["operation"].values.astype(str), p["commodity"].values[p["balance"].values == "hourly"]
    bought = (p["market_direction"].values == "buy") & np.isin(p["market_commodity"].values, hourly)
    annual = decisions["annual"].reindex(technology=p["technology"]).fillna(0.0).transpose("year", "technology").sel(year=years).values
    trade = decisions["trade"].reindex(market=p["market"]).fillna(0.0).transpose("year", "market").sel(year=years).values[:, bought]
    whole = annual[:, np.isin(kinds, ("variable", "dispatch", "committed"))].sum(axis=1) + trade.sum(axis=1)
    return np.divide(annual[:, kinds == "variable"].sum(axis=1), whole, out=np.zeros(len(years)), where=whole > tolerance)


def _has_all_days(plan: SolvedModel, calendar: Calendar) -> bool:
    """Whether a plan's own days, the spell apart, are all that differ: none is then left out."""
    return sum(not str(day).startswith(SPELL) for day in plan.solved.parameters["day"].values) >= len(calendar.periods)


@dataclass(frozen=True)
class _Year:
    """One plan in one year."""

    ready: Ready
    calendar: Calendar
    data: xr.Dataset
    year: int
    name: str
    plan: SolvedModel
    deadline: float

    def run(self, hours: Matrix) -> YearRun:
        asked = self.name == "plan"
        matrix, x = self.plan.matrix, self.plan.solution.x
        program = year_program(matrix, x, hours, self.year, targets=asked)
        planned = self._operating(matrix, x)
        price = np.zeros(len(program.columns))
        if asked:
            usual = self.ready.usual.solved.worked["indicator_value"]
            price = target_slacks(self.ready.case, self.plan.solved.parameters, program, usual).price
        found, status = self._answer(program, price)
        if status not in ANSWERED:
            limits = self._limits(program) if status == "impossible" else ()
            return YearRun(self.year, self.name, status, np.nan, planned, limits=limits)
        short, missed = self._short(program, found), self._missed(program, found) if asked and status == "gives" else ()
        return YearRun(
            self.year, self.name, "gives" if short or missed else "kept", self._operating(program, found), planned, short, missed
        )

    def _answer(self, program: Matrix, price: np.ndarray) -> tuple[np.ndarray, Status]:
        """The cheapest year that serves all and misses no target, or else the one that leaves least short, of these misses least, of these is cheapest."""
        solver = Solver(none_short(program), threads=self.ready.options.threads)
        first = self._relax(solver, quick=len(program.columns) > many_columns)
        if len(first.x):
            return first.x, "kept"
        if first.status != "infeasible":
            return first.x, "unknown"

        def search(matrix: Matrix, aim: bool) -> SolverResult:
            solver.become(matrix)
            return self._relax(solver)

        least, ended = least_given(program, price, search)
        return least.x, ended

    def _relax(self, solver: Solver, *, quick: bool = False) -> SolverResult:
        seconds = max(0.0, self.deadline - monotonic())
        if quick:
            found = solver.relax(method="ipx", time_limit=seconds, crossover=False)
            if found.status in ("optimal", "time_limit", "interrupted"):
                return found
        return solver.relax(time_limit=max(0.0, self.deadline - monotonic()))

    def _operating(self, matrix: Matrix, x: np.ndarray) -> float:
        """What the year's operation costs, 亿元 a year, what is left short apart."""
        places = [at for at in matrix.at(*(OPERATION | {"Trade_Value"}) - SHORTFALLS) if year_of(matrix.columns[at]) == self.year]
        return float(matrix.cost[places] @ x[places]) / float(self.plan.solved.parameters["discount"].sel(year=self.year))

    def _short(self, program: Matrix, x: np.ndarray) -> tuple[Short, ...]:
        """What is short, by how much, and where most of it is missing."""
        worst: dict[str, tuple[float, str, int | None]] = {}
        for (c, _, d, h), place in program.places("Hourly_Unserved").items():
            if x[place] > worst.get(c, (tolerance, "", 0))[0]:
                worst[c] = (float(x[place]), str(d), int(h))
        units = {row.id: row.unit for row in self.ready.case.tables["commodities"]}
        amounts = {str(index[0]): float(x[place]) for index, place in program.places("Unserved").items()}
        found = [
            self._one_short(c, amount, units[c], *worst.get(c, (0.0, "", None))) for c, amount in amounts.items() if amount > tolerance
        ]
        firm = max((float(x[place]) for place in program.at("Firm_Shortfall")), default=0.0)
        return (*found, *([self._one_short(FIRM_CAPACITY, firm, "GW", firm, "", None)] if firm > tolerance else []))

    def _one_short(self, item: str, amount: float, unit: str, power: float, day: str, hour: int | None) -> Short:
        if not day:
            return Short(item, amount, unit, power, None, 0, "", "", "")
        at = self.data["day"].values.tolist().index(day)
        period = next(row for row in self.ready.case.tables["periods"] if row.id == self.calendar.periods[at][0])
        days = round(float(self.data["day_weight"].values[at]))
        return Short(item, amount, unit, power, hour, days, period.id, period.label_en, period.label_zh)

    def _missed(self, program: Matrix, x: np.ndarray) -> tuple[Missed, ...]:
        """Targets that the plan meets on its own days, or misses by less, and not on all."""
        p, own = self.plan.solved.parameters, self.plan.solved.worked["indicator_value"]
        values = own.copy(deep=True)
        for (i, y), place in program.places("Indicator").items():
            values.loc[{"indicator": i, "year": y}] = x[place]
        told, before = target_results(p, values), target_results(p, own)
        further = told["slack_in_unit"].values < before["slack_in_unit"].values - tolerance * np.maximum(
            1.0, np.abs(before["required"].values)
        )
        places = np.flatnonzero(told["row_enforced"].values & ~told["met"].values & further)
        columns = [told[name].values for name in ("row_target", "row_year", "required")], before["achieved"].values, told["achieved"].values
        (targets, years, asked), planned, given = columns
        return tuple(
            Missed(str(targets[at]), int(years[at]), float(asked[at]), float(planned[at]), float(given[at]), str(told["row_unit"].values[at])) for at in places
        )  # fmt: skip

    def _limits(self, program: Matrix) -> tuple[tuple[str, str], ...]:
        """The limits that forbid the year, by kind and item."""
        slack = np.where(program.mask(*SLACKS), np.inf, program.upper)
        opened = replace(program, upper=slack)
        found = limits_alone(opened, self.plan.solved.parameters, self.ready.case, self.ready.scope, threads=self.ready.options.threads)
        return tuple((str(one.kind), one.item) for one in found)
