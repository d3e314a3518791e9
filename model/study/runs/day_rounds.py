"""The days of a plan chosen in rounds: solved on few, run through the full year, days added where that shows most amiss, until all holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from model.case.parameters.day_choice import DayChoice, OwnDays, number_of
from model.case.parameters.days import calendar_of, choose_days, lay_out
from model.case.parameters.numbers import settings_of
from model.case.read.case import Case
from model.results.day_rounds import DayRound, DayRounds, Rule
from model.results.full_year import YearCheck
from model.solve.components import HOURLY
from model.study.plan.solve import Planner, SolvedCase, solve
from model.study.program.days_of_year import DaysOfYear, given_by_day
from model.study.runs.full_year import Team, checked_years, full_year
from model.study.runs.settling import flipped, left_open, moves
from model.study.solved.program_file import write_program
from model.study.solved.solved_model import Clock, NoPlan, Options, Progress, Watch

first_days, most_days, days_a_round = 2, 48, 4
alike = 1e-9  # of the hours of two days

Tell = Callable[[int, int], None]  # the number of a round, and of its days


@dataclass(frozen=True)
class Settled:
    """The last complete round: its plan, its check (None where all days are in it), its clock, and how it came to it."""

    outcome: SolvedCase
    check: YearCheck | None
    clock: Clock
    rounds: DayRounds


def settle_days(
    case: Case, options: Options, *, team: Team, planner: Planner | None = None, progress: Progress | None = None, tell: Tell | None = None
) -> Settled:
    """A plan on as few days as its full-year check asks for. Ctrl-C, or the time, keeps the last complete round.

    Raises NoPlan where the first round has no plan, or a later one, on more days, none that meets the targets.
    """
    found: _Round | None = None
    rounds = list[DayRound]()
    choice: DayChoice = first_days
    while True:
        if tell is not None:
            tell(len(rounds) + 1, number_of(choice))
        start = perf_counter()
        try:
            made = _round(case, replace(options, days=choice, mps=None), planner, progress, team)
        except (KeyboardInterrupt, NoPlan) as error:
            ended: Rule = "time_limit" if isinstance(error, NoPlan) and error.status == "time_limit" else "stopped"
            if found is None or (isinstance(error, NoPlan) and error.status not in ("interrupted", "time_limit")):
                raise
            return _settled(found, ended, rounds, options)
        if found is not None and not made.complete:
            return _settled(found, "stopped", rounds, options)
        told = _told(case, choice, found, made, perf_counter() - start)
        found = made
        rounds.append(told)
        rule, choice = _next(made, told, choice)
        if rule is not None:
            return _settled(found, rule, rounds, options)


@dataclass(frozen=True)
class _Round:
    outcome: SolvedCase
    check: YearCheck | None
    days: Mapping[int, DaysOfYear]
    clock: Clock

    @property
    def complete(self) -> bool:
        """Whether the check came to its end."""
        return self.check is None or set(self.check.years) == set(checked_years(self.outcome.ready, self.outcome.plan))


def _round(case: Case, options: Options, planner: Planner | None, progress: Progress | None, team: Team) -> _Round:
    outcome = solve(case, options, progress=progress, planner=planner)
    watch = Watch(say=progress) if progress else Watch()
    found = full_year(outcome.ready, {"plan": outcome.plan, "usual": outcome.ready.usual, "free": outcome.free}, watch, team)
    return _Round(outcome, found[0] if found else None, found[1] if found else {}, watch.clock)


def _told(case: Case, choice: DayChoice, before: _Round | None, made: _Round, seconds: float) -> DayRound:
    outcome, check, own = made.outcome, made.check, choice.own if isinstance(choice, OwnDays) else ()
    moved = moves(outcome, check) if check else ()
    flips = None if before is None else flipped(case, before.outcome, outcome)
    runs, cost = check.of("plan") if check else (), outcome.plan.solution.objective
    return DayRound(
        number_of(choice) - len(own), own, cost, cost - outcome.ready.usual.solution.objective, cost - outcome.free.solution.objective,
        sum(len(run.short) for run in runs), sum(len(run.missed) for run in runs), moved, flips or (), left_open(check, moved, flips) if check else (),
        seconds,
    )  # fmt: skip


def _next(made: _Round, told: DayRound, choice: DayChoice) -> tuple[Rule | None, DayChoice]:
    """The rule by which this round is the last, or else the days of the next."""
    if not made.outcome.plan.matrix.mask(*HOURLY).any():
        return "no_hours", choice
    if made.check is None:
        return "all_days", choice
    if not made.complete:
        return "stopped", choice
    if made.outcome.manifest["status"] == "unserved":
        return "unserved", choice
    if not told.open:
        return "settled", choice
    if told.days >= most_days:
        return "most_days", choice
    own = (*told.own, *added_days(made.outcome, made.days, min(days_a_round, most_days - told.days)))
    return None, OwnDays(told.typical, own)


def added_days(outcome: SolvedCase, found: Mapping[int, DaysOfYear], most: int) -> tuple[int, ...]:
    """The days of the year that are to be run as they are, with the days like them: first those that leave most short, then those whose running cost differs most from that of the day
    that stands for them, each in the year in which that is largest; then those whose hours do.
    """
    case, scope = outcome.ready.case, outcome.ready.scope
    calendar, chosen, year = calendar_of(case), choose_days(case, scope.days, settings_of(case)), lay_out(case)
    first = np.array(calendar.first) - 1
    place = chosen.calendar[first]
    short, error, apart = np.zeros(len(first)), np.zeros(len(first)), np.zeros(len(first))
    for profile, rows in year.items():
        apart += np.abs(rows[first] - chosen.values[profile][place]).sum(axis=1)
    p, plan = outcome.plan.solved.parameters, outcome.plan
    for y, days in found.items():
        stands = -days.prices @ given_by_day(plan.matrix, plan.solution.x, days.rows, p, y)
        short = np.maximum(short, days.short)
        error = np.maximum(error, np.abs(days.cost - stands[place]) * days.weight / float(p["discount"].sel(year=y)))
    order = sorted(
        np.flatnonzero(apart > alike).tolist(), key=lambda day: (*(-np.round([short[day], error[day], apart[day]], 6)).tolist(), day)
    )
    return tuple(int(first[day]) + 1 for day in order[:most])


def _settled(found: _Round, rule: Rule, rounds: list[DayRound], options: Options) -> Settled:
    plan = found.outcome.plan
    if options.mps is not None:
        write_program(plan.matrix, plan.solution, options.mps)
    found.clock.seconds["day_rounds"] = sum(one.seconds for one in rounds[:-1])
    return Settled(found.outcome, found.check, found.clock, DayRounds(rule, tuple(rounds)))
