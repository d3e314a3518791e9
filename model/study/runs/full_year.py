"""The full-year check of a solved case: its plan and baselines run through all days of some years, what was built held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import numpy as np

from model.case.parameters.days import SPELL, Calendar, calendar_of, days_per_year
from model.results.full_year import YearCheck
from model.solve.components import HOURLY
from model.study.program.days_of_year import DaysOfYear
from model.study.program.year_program import years_of
from model.study.runs.above_best import above_best
from model.study.runs.one_year import Checked, YearAnswer, run_year, tolerance
from model.study.solved.solved_model import Ready, SolvedModel, Watch

many_columns = 20_000  # of a plan: from where on a year takes longer than to start a process for it

# Who runs the years: what is done, what is shared, the years → each year with its answer, as they are done.
Team = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterator[tuple[Any, Any]]]


def one_by_one(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The years in their order, in this process."""
    for job in jobs:
        yield job, work(shared, job)


def full_year_check(ready: Ready, plans: Mapping[str, SolvedModel], watch: Watch, team: Team = one_by_one) -> YearCheck | None:
    """What `full_year` finds of the plans, without their days."""
    found = full_year(ready, plans, watch, team)
    return None if found is None else found[0]


def full_year(
    ready: Ready, plans: Mapping[str, SolvedModel], watch: Watch, team: Team = one_by_one
) -> tuple[YearCheck, dict[int, DaysOfYear]] | None:
    """Of the solved `plans` (plan, usual, free), the years of a large one run by the `team`. None where a case has no hours, or the plan has all days already.

    All limits of a year are kept; what joins years has the plan's values. Days that are alike are run once where nothing links them. The stress spell is a
    scenario and no part of the year. With it, what each day does under the plan in the years that have an answer. Ctrl-C ends it with the years that are done.
    """
    plan, calendar = plans["plan"], calendar_of(ready.case)
    years = checked_years(ready, plan)
    if not years or not plan.matrix.mask(*HOURLY).any() or has_all_days(plan, calendar):
        return None
    with watch.clock.step("full_year"):
        watch.say("full_year", "all_days", -np.inf, np.inf)
        shared = Checked(
            ready.case, ready.scope, calendar, {name: years_of(solved.matrix, solved.solution.x) for name, solved in plans.items()}, plan.solved.parameters,
            plan.solved.worked["indicator_value"], ready.usual.solved.worked["indicator_value"], monotonic() + ready.options.time_limit,
        )  # fmt: skip
        found = dict[int, YearAnswer]()
        with suppress(KeyboardInterrupt):  # what is known of the plan by then is kept
            for year, answer in (team if len(plan.matrix.columns) > many_columns else one_by_one)(run_year, shared, years):
                if answer is None:
                    break  # stopped
                if isinstance(answer, YearAnswer):
                    found[year] = answer
        runs, above = tuple(run for year in years if year in found for run in found[year].runs), None
        kept = {run.year for run in runs if run.plan == "plan" and run.status == "kept"}
        with suppress(KeyboardInterrupt):
            above = above_best(
                ready, plan, {year: one.by_day.moved for year, one in found.items() if one.by_day is not None and year in kept}
            )
    modelled = [int(year) for year in plan.solved.parameters["year"].values.tolist()]
    check = YearCheck(
        days_per_year, len(calendar.periods), calendar.order, tuple(sorted(found)), tuple(y for y in modelled if y not in found), runs,
        above,
    )  # fmt: skip
    return check, {year: one.by_day for year, one in found.items() if one.by_day is not None}


def checked_years(ready: Ready, plan: SolvedModel) -> list[int]:
    """The first year that is decided, the next with a target of its own, the last, and the one in which wind and sun give the largest share."""
    years = [int(year) for year in plan.solved.parameters["year"].values.tolist() if year >= ready.scope.decide_from]
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


def has_all_days(plan: SolvedModel, calendar: Calendar) -> bool:
    """Whether a plan's own days, the spell apart, are all that differ: none is then left out."""
    return sum(not str(day).startswith(SPELL) for day in plan.solved.parameters["day"].values) >= len(calendar.periods)
