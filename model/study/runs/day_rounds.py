"""The days of a plan chosen in rounds: solved on few, run through the full year, days added where that shows most amiss, until all holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import nan
from time import perf_counter

import numpy as np

from model.case.parameters.day_choice import DayChoice, OwnDays, number_of
from model.case.parameters.days import calendar_of, choose_days, lay_out
from model.case.parameters.numbers import settings_of
from model.case.read.case import Case
from model.results.day_rounds import DayRound, DayRounds, Move, Open, Rule
from model.results.full_year import YearCheck
from model.solve.components import HOURLY
from model.study.plan.solve import Planner, SolvedCase, get_ready, plan_of, with_baselines
from model.study.program.days_of_year import DaysOfYear, given_by_day
from model.study.program.edits import leaves_short
from model.study.runs.flips import Turned, turned, within_gap
from model.study.runs.full_year import Team, bounded, checked_of, checked_years, year_answers
from model.study.runs.one_year import YearAnswer
from model.study.runs.settling import left_open, moves
from model.study.solved.program_file import write_program
from model.study.solved.solved_model import Clock, NoPlan, Options, Progress, Ready, SolvedModel, Watch

first_days, most_days, days_a_round = 2, 48, 4
alike = 1e-9  # of the hours of two days

Tell = Callable[[int, int, tuple[Open, ...]], None]  # the number of a round, and of its days; what the round before left open


@dataclass(frozen=True)
class Settled:
    """The last round: its plan, its check (None where all days are in it), its clock, and how it came to it."""

    outcome: SolvedCase
    check: YearCheck | None
    clock: Clock
    rounds: DayRounds


def settle_days(
    case: Case, options: Options, *, team: Team, planner: Planner | None = None, progress: Progress | None = None, tell: Tell | None = None
) -> Settled:
    """A plan on as few days as its full-year check asks for. Ctrl-C, or the time, keeps the last round whose plan was run through its years.

    A round is asked no more than it takes to know that it is not the last: the plan first, by itself; what is like it without targets, and the baselines on all days, only
    where the plan leaves nothing open. Each begins with the whole units of the one before, which stay where they are within the gap.
    Raises NoPlan where the first round has no plan, or a later one, on more days, none that meets the targets.
    """
    making = _Making(case, options, team, planner, progress)
    found: _Round | None = None
    rounds = list[DayRound]()
    choice: DayChoice = first_days
    while True:
        if tell is not None:
            tell(len(rounds) + 1, number_of(choice), rounds[-1].open if rounds else ())
        start = perf_counter()
        try:
            made = making.round(choice, found)
        except (KeyboardInterrupt, NoPlan) as error:
            ended: Rule = "time_limit" if isinstance(error, NoPlan) and error.status == "time_limit" else "stopped"
            if found is None or (isinstance(error, NoPlan) and error.status not in ("interrupted", "time_limit")):
                raise
            return making.settled(found, ended, rounds)
        if found is not None and not made.complete and made.outcome is None:
            return making.settled(found, "stopped", rounds)
        told = replace(made.told, seconds=perf_counter() - start)
        found = made
        rounds.append(told)
        rule, choice = _next(made, told, choice)
        if rule is not None:
            return making.settled(found, rule, rounds)


@dataclass(frozen=True)
class _Round:
    """A plan, what it does on all days of the checked years, and whether all of these were run; its `outcome` where it was asked for."""

    ready: Ready
    plan: SolvedModel
    answers: Mapping[int, YearAnswer] | None
    told: DayRound
    watch: Watch
    complete: bool
    outcome: SolvedCase | None = None
    check: YearCheck | None = None


@dataclass(frozen=True)
class _Making:
    """How rounds are made."""

    case: Case
    options: Options
    team: Team
    planner: Planner | None
    progress: Progress | None

    def round(self, choice: DayChoice, before: _Round | None) -> _Round:
        """One round; with its baselines on all days only where the plan leaves nothing open."""
        watch = Watch(say=self.progress) if self.progress else Watch()
        ready = get_ready(
            self.case, replace(self.options, days=choice, mps=None), watch, like=_units_alone(before.ready) if before else None
        )
        plan = self.planner(ready, watch) if self.planner else plan_of(ready, watch, like=_start(ready, before))
        answers = year_answers(ready, plan, {"plan": plan}, watch, self.team)
        check = checked_of(ready, plan, answers) if answers is not None else None
        moved = moves(plan, {}, check) if check else ()
        flips = None if before is None else turned(self.case, before.plan, plan)
        told = _told(choice, ready, plan, check, moved, flips)
        made = _Round(ready, plan, answers, told, watch, check is None or set(check.years) == set(checked_years(ready, plan)))
        if before is None or check is None or not made.complete or set(told.open) - {"flips"}:
            return made
        if flips and within_gap(flips, before.plan, plan, self.options.gap):
            told, flips = replace(_told(choice, ready, plan, check, moved, ()), ties=told.flips), ()
        return self.whole(replace(made, told=told)) if not flips else made

    def whole(self, made: _Round, *, run: bool = True) -> _Round:
        """A round with the plan without targets, and where they are to be `run`, both baselines on all days. Raises NoPlan."""
        ready, plan = made.ready, made.plan
        outcome = with_baselines(ready, plan, made.watch, negotiated=self.planner is not None)
        told = replace(made.told, over_free=made.told.cost - outcome.free.solution.objective)
        if made.answers is None:
            return replace(made, outcome=outcome, told=told)
        baselines = {"usual": ready.usual, "free": outcome.free}
        others = (year_answers(ready, plan, baselines, made.watch, self.team) or {}) if run else {}
        check = bounded(ready, plan, made.answers, checked_of(ready, plan, made.answers, others))
        moved = moves(plan, baselines, check)
        first = None if "first_round" in told.open else told.flips
        complete = made.complete and set(others) == set(made.answers)
        return replace(
            made, outcome=outcome, check=check, told=replace(told, moves=moved, open=left_open(check, moved, first)), complete=complete
        )

    def settled(self, found: _Round, rule: Rule, rounds: list[DayRound]) -> Settled:
        """The last round in full, and the program it is of; nothing more is run on all days once it is stopped."""
        made = found if found.outcome is not None else self.whole(found, run=rule not in ("stopped", "time_limit"))
        assert made.outcome is not None
        if self.options.mps is not None:
            write_program(made.plan.matrix, made.plan.solution, self.options.mps)
        made.watch.clock.seconds["day_rounds"] = sum(one.seconds for one in rounds[:-1])
        last = replace(made.told, seconds=rounds[-1].seconds)
        return Settled(made.outcome, made.check, made.watch.clock, DayRounds(rule, (*rounds[:-1], last)))


def _units_alone(ready: Ready) -> Ready:
    """What another number of days may start from."""
    return replace(ready, base=ready.base.units_alone(), usual=ready.usual.units_alone())


def _start(ready: Ready, before: _Round | None) -> SolvedModel | None:
    """Where the usual path ended, with the whole units of the plan before."""
    return None if before is None else ready.usual.with_units_of(before.plan)


def _told(
    choice: DayChoice, ready: Ready, plan: SolvedModel, check: YearCheck | None, moved: tuple[Move, ...], flips: tuple[Turned, ...] | None
) -> DayRound:  # fmt: skip
    own, runs, cost = choice.own if isinstance(choice, OwnDays) else (), check.of("plan") if check else (), plan.solution.objective
    names = None if flips is None else tuple(one.name for one in flips)
    return DayRound(
        number_of(choice) - len(own), own, cost, cost - ready.usual.solution.objective, nan,
        sum(len(run.short) for run in runs), sum(len(run.missed) for run in runs), moved, names or (), left_open(check, moved, names) if check else (), 0.0,
    )  # fmt: skip


def _next(made: _Round, told: DayRound, choice: DayChoice) -> tuple[Rule | None, DayChoice]:
    """The rule by which this round is the last, or else the days of the next; days like those that stand for them are none to add."""
    if not made.plan.matrix.mask(*HOURLY).any():
        return "no_hours", choice
    if made.answers is None:
        return "all_days", choice
    if not made.complete:
        return "stopped", choice
    if leaves_short(made.plan.matrix, made.plan.solution):
        return "unserved", choice
    if not told.open:
        return "settled", choice
    if told.days >= most_days:
        return "most_days", choice
    found = {year: one.by_day for year, one in made.answers.items() if one.by_day is not None}
    added = added_days(made.ready, made.plan, found, min(days_a_round, most_days - told.days))
    return (None, OwnDays(told.typical, (*told.own, *added))) if added else ("all_days", choice)


def added_days(ready: Ready, plan: SolvedModel, found: Mapping[int, DaysOfYear], most: int) -> tuple[int, ...]:
    """The days of the year that are to be run as they are, with the days like them: first those that leave most short, then those whose running cost differs most from that of the day
    that stands for them, each in the year in which that is largest; then those whose hours do.
    """
    case, scope = ready.case, ready.scope
    calendar, chosen, year = calendar_of(case), choose_days(case, scope.days, settings_of(case)), lay_out(case)
    first = np.array(calendar.first) - 1
    place = chosen.calendar[first]
    short, error, apart = np.zeros(len(first)), np.zeros(len(first)), np.zeros(len(first))
    for profile, rows in year.items():
        apart += np.abs(rows[first] - chosen.values[profile][place]).sum(axis=1)
    p = plan.solved.parameters
    for y, days in found.items():
        stands = -days.prices @ given_by_day(plan.matrix, plan.solution.x, days.rows, p, y)
        short = np.maximum(short, days.short)
        error = np.maximum(error, np.abs(days.cost - stands[place]) * days.weight / float(p["discount"].sel(year=y)))
    order = sorted(
        np.flatnonzero(apart > alike).tolist(), key=lambda day: (*(-np.round([short[day], error[day], apart[day]], 6)).tolist(), day)
    )
    return tuple(int(first[day]) + 1 for day in order[:most])
