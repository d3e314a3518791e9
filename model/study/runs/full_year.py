"""The full-year check of a solved case: its plan and baselines run through all days of some years, what was built held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

import numpy as np

from model.case.parameters.days import SPELL, Calendar, calendar_of, days_per_year
from model.results.full_year import YearCheck
from model.solve.components import HOURLY
from model.study.program.year_program import years_of
from model.study.runs.above_best import above_best
from model.study.runs.one_year import Checked, YearAnswer, let_go, run_year, tolerance
from model.study.solved.solved_model import Ready, SolvedModel, Watch

many_columns = 20_000  # of a plan: from where on a year takes longer than to start a process for it

side_by_side = 2  # years

# Who runs the years: what is done, what is shared, the years → each year with its answer, as they are done.
Team = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterator[tuple[Any, Any]]]


def one_by_one(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The years in their order, in this process."""
    for job in jobs:
        yield job, work(shared, job)


def full_year_check(ready: Ready, plans: Mapping[str, SolvedModel], watch: Watch, team: Team = one_by_one) -> YearCheck | None:
    """The solved `plans` (plan, usual, free) on all days of the checked years, those of a large one run by the `team`; and how far the plan can be above the best.

    None where a case has no hours, or the plan has all days already.
    All limits of a year are kept; what joins years has the plan's values. Days that are alike are run once where nothing links them. The stress spell is a
    scenario and no part of the year. Ctrl-C ends it with the years that are done.
    """
    answers = year_answers(ready, plans["plan"], plans, watch, team)
    return None if answers is None else bounded(ready, plans["plan"], answers, checked_of(ready, plans["plan"], answers))


def year_answers(
    ready: Ready, plan: SolvedModel, plans: Mapping[str, SolvedModel], watch: Watch, team: Team = one_by_one
) -> dict[int, YearAnswer] | None:  # fmt: skip
    """{checked year: what these plans do in it}, the years being those of the `plan`; fewer where it was stopped, None where there is nothing to check."""
    calendar, years = calendar_of(ready.case), checked_years(ready, plan)
    if not years or not plan.matrix.mask(*HOURLY).any() or has_all_days(plan, calendar):
        return None
    found = dict[int, YearAnswer]()
    with watch.clock.step("full_year"), suppress(KeyboardInterrupt):  # what is known by then is kept
        watch.say("full_year", "all_days", -np.inf, np.inf)
        shared = Checked(
            ready.case, ready.scope, calendar, {name: years_of(solved.matrix, solved.solution.x) for name, solved in plans.items()}, plan.solved.parameters,
            plan.solved.worked["indicator_value"], ready.usual.solved.worked["indicator_value"], monotonic() + ready.options.time_limit,
        )  # fmt: skip
        done = list[tuple[int, YearAnswer]]()
        work = team if len(plan.matrix.columns) > many_columns else one_by_one
        try:
            for (year, _), answer in work(run_year, shared, _jobs(years, tuple(plans))):
                if answer is None:
                    break  # stopped
                if isinstance(answer, YearAnswer):
                    done.append((year, answer))
        finally:
            let_go()
            of_year = {year: [answer for own, answer in done if own == year] for year in years}
            found = {year: _together(some) for year, some in of_year.items() if sum(len(one.runs) for one in some) == len(plans)}
    return found


def _jobs(years: Sequence[int], plans: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """A year with all its plans each; of an odd number of years the last is parted, so that two who work side by side end together."""
    whole = len(years) - len(years) % side_by_side
    return [*((year, plans) for year in years[:whole]), *((year, (name,)) for year in years[whole:] for name in plans)]


def _together(answers: Sequence[YearAnswer]) -> YearAnswer:
    """The answers of a year as one."""
    by_day = next((one.by_day for one in answers if one.by_day is not None), None)
    return YearAnswer(tuple(run for one in answers for run in one.runs), by_day)


def checked_of(ready: Ready, plan: SolvedModel, *answers: Mapping[int, YearAnswer]) -> YearCheck:
    """What the answers tell, each of other plans; a year counts as checked where the first has it."""
    calendar, years = calendar_of(ready.case), tuple(sorted(answers[0]))
    runs = tuple(run for year in years for found in answers if year in found for run in found[year].runs)
    modelled = [int(year) for year in plan.solved.parameters["year"].values.tolist()]
    return YearCheck(days_per_year, len(calendar.periods), calendar.order, years, tuple(y for y in modelled if y not in years), runs)


def bounded(ready: Ready, plan: SolvedModel, answers: Mapping[int, YearAnswer], check: YearCheck) -> YearCheck:
    """The check with how far the plan can be above the best one made on all days, where that is bounded, or why it is not."""
    kept = {run.year for run in check.of("plan") if run.status == "kept"}
    with suppress(KeyboardInterrupt):
        moved = {year: one.by_day.moved for year, one in answers.items() if one.by_day is not None and year in kept}
        found = above_best(ready, plan, moved, check.of("plan"))
        return replace(check, unbounded=found) if isinstance(found, str) else replace(check, above=found)
    return replace(check, unbounded="unsolved")


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
