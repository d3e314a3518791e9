"""What a round of chosen days leaves open: by its full-year check, and by the builds of the round before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

import numpy as np

from model.case.read.case import Case
from model.results.day_rounds import DayRounds, Move, Open
from model.results.effects import taken_tolerance
from model.results.full_year import YearCheck
from model.results.steadiness import first_decided
from model.study.plan.solve import SolvedCase

nothing = 0.05  # of a group's build in another round: less of it is none


def moves(outcome: SolvedCase, check: YearCheck) -> tuple[Move, ...]:
    """Of the plan's cost and of what it is over its baselines, the move of the checked year that is largest beside what it may be.

    What is left short has no cost: where the plan or the baseline leaves something short nothing is told.
    """
    return tuple(
        max(found, key=lambda move: move.by / move.most)
        for what, mean in yearly_means(outcome).items()
        if (found := [Move(what, year, by, max(DayRounds.most_share * mean, DayRounds.least_move)) for year, by in _moved(check, what)])
    )


def yearly_means(outcome: SolvedCase) -> dict[Open, float]:
    """The plan's cost and its difference to each baseline, 亿元 in the mean year."""
    cost, years = outcome.plan.solution.objective, float(outcome.plan.solved.parameters["discount"].sum())
    usual, free = outcome.ready.usual.solution.objective, outcome.free.solution.objective
    return {"cost": abs(cost) / years, "over_usual": abs(cost - usual) / years, "over_free": abs(cost - free) / years}


def _moved(check: YearCheck, what: Open) -> Iterator[tuple[int, float]]:
    for run in check.of("plan"):
        by = run.moved if what == "cost" else check.moved_apart(run.year, what.removeprefix("over_"))
        if by is not None and np.isfinite(by) and not run.short:
            yield run.year, abs(by)


def left_open(check: YearCheck, moved: tuple[Move, ...], flips: tuple[str, ...] | None) -> tuple[Open, ...]:
    """What keeps the round from being the last; `flips` None where no round is before it."""
    runs = check.of("plan")
    found: Mapping[Open, bool] = {
        "short": any(run.short for run in runs), "missed": any(run.missed for run in runs),
        "no_answer": any(run.status not in ("kept", "gives") for run in runs) or not runs,
        **{move.what: move.by >= move.most for move in moved}, "flips": bool(flips), "first_round": flips is None,
    }  # fmt: skip
    return tuple(name for name in get_args(Open) if found.get(name))


def flipped(case: Case, before: SolvedCase, now: SolvedCase) -> tuple[str, ...]:
    """The builds of the first four decided years that differ: of whole units another number in a year, of a group of other measures some where there was none,
    all four years together. A group are the measures that act on the same things; the first of it is named.
    """
    years = first_decided(now.results)
    built = {
        name: one.results["build"].sel(build_year=years).transpose("measure", "build_year")
        for name, one in (("before", before), ("now", now))
    }
    whole = set(now.plan.solved.parameters["measure"].values[now.plan.solved.parameters["whole"].values.astype(bool)].tolist())
    found = list[str]()
    for group in _groups(case, whole):
        one, other = (built[name].sel(measure=list(group)).values for name in ("before", "now"))
        if group[0] in whole:
            differs = bool((np.abs(one - other) > taken_tolerance).any())
        else:
            least, most = sorted((float(one.sum()), float(other.sum())))
            differs = most > taken_tolerance and least < nothing * most
        found += [group[0]] if differs else []
    return tuple(found)


def _groups(case: Case, whole: set[str]) -> list[tuple[str, ...]]:
    """Measures of whole units one by one, the others with those that act on the same things in the same unit."""
    acts: dict[str, set[str]] = {}
    for row in case.tables["effects"]:
        acts.setdefault(row.measure, set()).add(row.item)
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in sorted(case.tables["measures"], key=lambda one: str(one.id)):
        name = (row.id,) if row.id in whole else ("", row.unit, *sorted(acts.get(row.id, {row.id})))
        groups.setdefault(name, []).append(row.id)
    return [tuple(group) for group in groups.values()]
