"""One year of a case's plans run through all its days: what is short, what is missed, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic

import numpy as np
import xarray as xr

from model.case.parameters import Scope, parameters, year_scope
from model.case.parameters.days import Calendar
from model.case.read.case import Case
from model.results.full_year import Missed, Short, Status, YearRun
from model.results.shortfalls import FIRM_CAPACITY
from model.results.targets import target_results
from model.solve.components import OPERATION, SHORTFALLS, SLACKS
from model.solve.highs import Solver
from model.solve.matrix import Matrix, year_of
from model.solve.solver_result import SolverResult
from model.study.infeasible.unserved import limits_alone
from model.study.program.days_of_year import DaysOfYear, days_of_year
from model.study.program.edits import leaves_short, none_short
from model.study.program.least_relaxation import least_short_relaxation
from model.study.program.target_slacks import target_slacks
from model.study.program.year_program import Years, hours_of, year_program

tolerance = 1e-6
many_columns = 10_000  # from where on an interior point is quicker than simplex


class Stopped(Exception):
    """Ctrl-C while a year is run."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What all years of a check share, itself and no other like it. Of the `plans`, that which is named `plan` has targets; these are its parameters and indicators;
    `usual` are the indicators of the usual path, by which targets are weighed. Nothing is begun after the `deadline`, on the machine's monotonic clock.
    """

    case: Case
    scope: Scope
    calendar: Calendar
    plans: Mapping[str, Years]
    parameters: xr.Dataset
    indicators: xr.DataArray
    usual: xr.DataArray
    deadline: float


@dataclass(frozen=True)
class YearAnswer:
    """Plans in a year, and what each of its days does under the one named `plan`; None where that has no answer."""

    runs: tuple[YearRun, ...]
    by_day: DaysOfYear | None


def run_year(check: Checked, job: tuple[int, tuple[str, ...]]) -> YearAnswer | None:
    """Some plans in a year, (year, their names); None where it is stopped. Days that are alike are run once where nothing links them, the stress spell is left out."""
    (year, names), runs, by_day = job, list[YearRun](), None
    try:
        data, hours = _hours(check, year)
        for name in names:
            run, days = _Year(check, data, year, name, check.plans[name]).run(hours)
            runs.append(run)
            by_day = days if name == "plan" else by_day
    except Stopped:
        return None
    return YearAnswer(tuple(runs), by_day)


@lru_cache(maxsize=1)
def _hours(check: Checked, year: int) -> tuple[xr.Dataset, Matrix]:
    """A year's parameters on all its days and the rows of its hours, which all plans share: kept for the next of them."""
    data = parameters(check.case, year_scope(check.scope, year, days=check.calendar.days))
    return data, hours_of(data, next(iter(check.plans.values())).hourly)


def let_go() -> None:
    """Forget the last year's hours."""
    _hours.cache_clear()


@dataclass(frozen=True)
class _Year:
    """One plan in one year."""

    check: Checked
    data: xr.Dataset
    year: int
    name: str
    plan: Years

    def run(self, hours: Matrix) -> tuple[YearRun, DaysOfYear | None]:
        program = year_program(self.plan, hours, self.year)
        price = target_slacks(self.check.case, self.check.parameters, program, self.check.usual).price
        planned = self._operating(self.plan.matrix, self.plan.x)
        found, status = self._answer(program, price)
        if status not in ("kept", "gives"):
            return YearRun(
                self.year, self.name, status, np.nan, planned, limits=self._limits(program) if status == "impossible" else ()
            ), None
        x, days = found.x, days_of_year(program, found, self.data, self.year, self._planned(program))
        short, missed = self._short(program, x), self._missed(program, x) if self.name == "plan" and status == "gives" else ()
        ended: Status = "gives" if short or missed else "kept"
        return YearRun(self.year, self.name, ended, self._operating(program, x), planned, short, missed), days

    def _answer(self, program: Matrix, price: np.ndarray) -> tuple[SolverResult, Status]:
        """The cheapest year that serves all and misses no target, or else the one that leaves least short, of these misses least, of these is cheapest."""
        served = none_short(program)
        solver = Solver(served)
        large = len(program.columns) > many_columns
        first = self._inside(solver, program) if large else self._relax(solver)
        if len(first.x) and not leaves_short(program, first):
            return first, "kept"
        if first.status == "failed":
            solver.become(served)
            first = self._relax(solver)
            if len(first.x):
                return first, "kept"
        if first.status not in ("optimal", "infeasible"):
            return first, "unknown"

        def search(matrix: Matrix, aim: bool) -> SolverResult:
            solver.become(matrix)
            return self._relax(solver)

        least = least_short_relaxation(program, price, search, program.mask(*SLACKS))
        return least, "gives" if len(least.x) else "impossible" if least.status == "infeasible" else "unknown"

    def _inside(self, solver: Solver, program: Matrix) -> SolverResult:
        """By an interior point: all served, which columns that are held may leave without an inside, and then with what is left short at its price, which
        always has one."""
        found = self._interior_point(solver)
        if found.status not in ("failed", "infeasible"):
            return found
        solver.become(program)
        return self._interior_point(solver)

    def _interior_point(self, solver: Solver) -> SolverResult:
        return self._stoppable(solver.relax(method="ipx", time_limit=self._seconds(), proof=False, crossover=False))

    def _relax(self, solver: Solver) -> SolverResult:
        return self._stoppable(solver.relax(time_limit=self._seconds(), proof=False))

    def _stoppable(self, found: SolverResult) -> SolverResult:
        if found.status == "interrupted":
            raise Stopped
        return found

    def _seconds(self) -> float:
        return max(0.0, self.check.deadline - monotonic())

    def _operating(self, matrix: Matrix, x: np.ndarray) -> float:
        """What the year's operation costs, 亿元 a year, what is left short apart."""
        places = [at for at in matrix.at(*(OPERATION | {"Trade_Value"}) - SHORTFALLS) if year_of(matrix.columns[at]) == self.year]
        return float(matrix.cost[places] @ x[places]) / float(self.check.parameters["discount"].sel(year=self.year))

    def _planned(self, program: Matrix) -> float:
        """What the plan pays for all that the program leaves free, hours and slacks have no cost of their own."""
        own = dict(zip(self.plan.matrix.columns, (self.plan.matrix.cost * self.plan.x).tolist(), strict=True))
        return sum(own.get(key, 0.0) for key in program.columns)

    def _short(self, program: Matrix, x: np.ndarray) -> tuple[Short, ...]:
        """What is short, by how much, and where most of it is missing."""
        worst: dict[str, tuple[float, str, int | None]] = {}
        for (c, _, d, h), place in program.places("Hourly_Unserved").items():
            if x[place] > worst.get(c, (tolerance, "", 0))[0]:
                worst[c] = (float(x[place]), str(d), int(h))
        units = {row.id: row.unit for row in self.check.case.tables["commodities"]}
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
        period = next(row for row in self.check.case.tables["periods"] if row.id == self.check.calendar.periods[at][0])
        days = round(float(self.data["day_weight"].values[at]))
        return Short(item, amount, unit, power, hour, days, period.id, period.label_en, period.label_zh)

    def _missed(self, program: Matrix, x: np.ndarray) -> tuple[Missed, ...]:
        """Targets that the plan meets on its own days, or misses by less, and not on all."""
        p, own = self.check.parameters, self.check.indicators
        values = own.copy(deep=True)
        for (i, y), place in program.places("Indicator").items():
            values.loc[{"indicator": i, "year": y}] = x[place]
        told, before = target_results(p, values), target_results(p, own)
        slack, room = told["slack_in_unit"].values, tolerance * np.maximum(1.0, np.abs(before["required"].values))
        further = slack < before["slack_in_unit"].values - room
        names = ("row_target", "row_year", "required", "achieved", "row_unit")
        targets, years, asked, given, units = (told[name].values for name in names)
        return tuple(
            Missed(str(targets[at]), int(years[at]), float(asked[at]), float(before["achieved"].values[at]), float(given[at]), str(units[at]))
            for at in np.flatnonzero(told["row_enforced"].values & ~told["met"].values & further)
        )  # fmt: skip

    def _limits(self, program: Matrix) -> tuple[tuple[str, str], ...]:
        """The limits that forbid the year, by kind and item."""
        opened = replace(program, upper=np.where(program.mask(*SLACKS), np.inf, program.upper))
        found = limits_alone(opened, self.check.parameters, self.check.case, self.check.scope, threads=1)
        return tuple((str(one.kind), one.item) for one in found)
