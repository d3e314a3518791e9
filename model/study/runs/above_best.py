"""How far a plan can be above the best one made on all days: what it costs on all of them, less what no plan can cost less than.

The days that a typical day stands for, averaged hour by hour, make a program that every plan of all days meets on average: demands, weather and loads enter its rows
linearly, and days are closed on themselves. Its least cost, in parts of units, is therefore a bound. Where a price differs between the days of an hour, what is
bought pays the lowest of them and what is sold earns the highest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import xarray as xr

from model.case.parameters import parameters
from model.case.parameters.day_choice import ALL_DAYS
from model.case.parameters.days import choose_days
from model.case.parameters.numbers import Numbers, settings_of
from model.case.parameters.operation import market_shapes
from model.results.full_year import Unbounded, YearRun
from model.solve.components import SLACKS
from model.solve.highs import Solver
from model.solve.matrix import Matrix, year_of
from model.study.solved.solved_model import Ready, SolvedModel, Watch, matrix_of

tolerance = 1e-6


def above_best(ready: Ready, plan: SolvedModel, moved: Mapping[int, float], runs: Sequence[YearRun]) -> float | Unbounded:
    """亿元 of present value, of the years that are decided. `moved` is by how much all that the year costs differs on all days from what the plan says, for each year that was run with
    all demands served and no target missed; `runs` are those of the plan.

    The reason instead where a decided year is not among them, storage spans days (no mean day tells what is held from one to the next), or the plan relaxes a target.
    """
    decided = [span.last for span in ready.scope.timeline if span.last >= ready.scope.decide_from]
    if any(row.span != "day" for row in ready.case.tables["technologies"]):
        return "storage"
    if set(decided) - set(moved):
        return "open" if any(run.status in ("gives", "impossible") for run in runs) else "years"
    matrix = matrix_of(_mean_days(ready), Watch(), history=ready.scope.history)
    if _relaxes(plan, matrix):
        return "relaxed"
    best = Solver(_of_decided(matrix, ready.scope.decide_from), threads=ready.options.threads)
    best.start_from(plan.solution.warm_start.basis)
    found = best.relax()
    if found.status != "optimal":
        return "unsolved"
    own = _of_decided(plan.matrix, ready.scope.decide_from)
    return max(0.0, float(own.cost @ plan.solution.x) + sum(moved[year] for year in decided) - found.objective)


def _mean_days(ready: Ready) -> xr.Dataset:
    """The plan's parameters with each of its typical days the mean of those it stands for."""
    case, scope = ready.case, replace(ready.scope, spell=False, means=True)
    data = parameters(case, scope)
    numbers, settings = Numbers(case, scope.timeline), settings_of(case) | {"stress_days": 0.0}
    stands = choose_days(case, scope.days, settings).calendar
    markets = sorted(case.tables["markets"], key=lambda row: row.id)
    shapes = market_shapes(numbers, markets, choose_days(case, ALL_DAYS, settings))
    if not len(markets) or shapes.shape[2] != len(stands):
        return data
    best = np.empty((*shapes.shape[:2], data.sizes["day"], shapes.shape[3]))
    for day in range(data.sizes["day"]):
        of_day = shapes[:, :, stands == day]
        for place, row in enumerate(markets):
            best[place, :, day] = of_day[place].min(axis=1) if row.direction == "buy" else of_day[place].max(axis=1)
    return data.assign(market_shape=(data["market_shape"].dims, best))


def _relaxes(plan: SolvedModel, matrix: Matrix) -> bool:
    """Whether the plan does what the targets, as they stand, forbid."""
    places = {key: place for place, key in enumerate(matrix.columns)}
    return any(
        plan.solution.x[at] > matrix.upper[places[plan.matrix.columns[at]]] + tolerance
        for at in plan.matrix.at(*SLACKS)
        if plan.matrix.columns[at] in places
    )


def _of_decided(matrix: Matrix, since: int) -> Matrix:
    """The same program at the cost of the years that are decided."""
    past = np.array([year_of(key) < since for key in matrix.columns])
    return replace(matrix, cost=np.where(past, 0.0, matrix.cost), offset=0.0)
