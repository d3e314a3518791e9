"""What a round of chosen days leaves open: by its full-year check, and by the builds that turned since the round before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

import numpy as np

from model.results.day_rounds import DayRounds, Move, Open
from model.results.full_year import YearCheck
from model.study.solved.solved_model import SolvedModel

OVER: Mapping[str, Open] = {"usual": "over_usual", "free": "over_free"}


def moves(plan: SolvedModel, baselines: Mapping[str, SolvedModel], check: YearCheck) -> tuple[Move, ...]:
    """Of the plan's cost and of what it is over the `baselines` that were checked, the move of the checked year that is largest beside what it may be:
    a share of what it is in the mean year, or in that year's running cost where that is more.

    What is left short has no cost: where the plan or the baseline leaves something short nothing is told.
    """
    return tuple(
        max(found, key=lambda move: move.by / move.most)
        for what, mean in yearly_means(plan, baselines).items()
        if (
            found := [
                Move(what, year, by, max(DayRounds.most_share * max(mean, itself), DayRounds.least_move))
                for year, by, itself in _moved(check, what)
            ]
        )
    )


def yearly_means(plan: SolvedModel, baselines: Mapping[str, SolvedModel]) -> dict[Open, float]:
    """The plan's cost and its difference to each baseline, 亿元 in the mean year."""
    cost, years = plan.solution.objective, float(plan.solved.parameters["discount"].sum())
    over: dict[Open, float] = {OVER[name]: abs(cost - one.solution.objective) / years for name, one in baselines.items()}
    return {"cost": abs(cost) / years, **over}


def _moved(check: YearCheck, what: Open) -> Iterator[tuple[int, float, float]]:
    """(checked year, by how much the plan's running cost or its difference to a baseline moves there, what that is on the plan's own days), 亿元 a year."""
    planned = {(run.year, run.plan): run.planned for run in check.runs}
    for run in check.of("plan"):
        baseline = what.removeprefix("over_")
        by = run.moved if what == "cost" else check.moved_apart(run.year, baseline)
        if by is not None and np.isfinite(by) and not run.short:
            yield run.year, abs(by), abs(run.planned - (0.0 if what == "cost" else planned[run.year, baseline]))


def left_open(check: YearCheck, moved: tuple[Move, ...], flips: tuple[str, ...] | None) -> tuple[Open, ...]:
    """What keeps the round from being the last; `flips`, ties apart, None where no round is before it."""
    runs = check.of("plan")
    found: Mapping[Open, bool] = {
        "short": any(run.short for run in runs), "missed": any(run.missed for run in runs),
        "no_answer": any(run.status not in ("kept", "gives") for run in runs) or not runs,
        **{move.what: move.by >= move.most for move in moved}, "flips": bool(flips), "first_round": flips is None,
    }  # fmt: skip
    return tuple(name for name in get_args(Open) if found.get(name))
