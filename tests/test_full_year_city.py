"""A year of a city in the full-year check is that of a second writing of the model, made from the documents alone and solved by another call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import xarray as xr
from calling import ROOT
from second_model.numbers import Numbers
from second_model.of_case import tables_on_all_days
from second_model.solving import by_scipy
from second_model.spans import Horizon
from second_model.world import Past, World
from second_model.year_held import Held, year_held

from model.case.parameters import Scope
from model.case.read.case import Case, read_case
from model.study.plan.solve import solve
from model.study.program.year_program import Years, years_of
from model.study.runs import full_year
from model.study.runs.full_year import full_year_check
from model.study.solved.solved_model import Options, Watch

DIGITS = 1e-6


def accounts_of(values: xr.DataArray) -> dict[str, dict[int, float]]:
    """{indicator: {year: amount}}."""
    years = [int(year) for year in values["year"].values]
    rows = values.transpose("indicator", "year").values.tolist()
    return {str(name): dict(zip(years, row, strict=True)) for name, row in zip(values["indicator"].values, rows, strict=True)}


def held(plan: Years, accounts: Mapping[str, Mapping[int, float]]) -> Held:
    """What a plan decided, without its hours."""
    told: dict[str, dict[Any, float]] = {name: {} for name in ("Build", "Deferred", "Closed", "Level", "Annual")}
    for (name, index), value in zip(plan.matrix.columns, plan.x.tolist(), strict=True):
        told.get(name, {})[index] = value
    return Held(
        told["Build"], told["Deferred"], told["Closed"], told["Level"], told["Annual"],
        {(name, year): amount for name, path in accounts.items() for year, amount in path.items()},
    )  # fmt: skip


def second(case: Case, scope: Scope, plan: Years, values: xr.DataArray, usual: xr.DataArray, year: int) -> tuple[float, dict[str, float]]:
    """What the year's operation costs by the second model, and the capacity that stands in it."""
    tables, accounts = tables_on_all_days(case), accounts_of(values)
    numbers, years = Numbers(tables), tuple(case.header.years)
    horizon = Horizon(
        case.header.base_year, years, scope.decide_from, numbers.setting("discount_rate", 0.0), case.header.span_rule == "even"
    )
    assert scope.base_account is not None
    world = World(
        tables, numbers, horizon, base=dict(scope.base_account), usual=accounts_of(usual),
        past=Past({}, {name: {y: amount for y, amount in path.items() if y != year} for name, path in accounts.items()}),
    )  # fmt: skip
    made = year_held(world, held(plan, accounts), year)
    found = by_scipy(made.program)
    assert found.cost is not None
    return made.operation.at(found.values), made.capacity


@pytest.mark.prove
@pytest.mark.parametrize(("city", "year"), [("chengde", 2035), ("shijiazhuang", 2030)])
def test_a_year_of_a_city_costs_what_a_second_model_says(city: str, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one typical day built, on all days of a year that differ: plan and usual path; capacities are worked out anew from what is built."""
    case = read_case(ROOT / "data" / city)
    outcome = solve(case, Options(days=1))
    ready = outcome.ready
    plans = {"plan": outcome.plan, "usual": ready.usual}
    monkeypatch.setattr(full_year, "checked_years", lambda *_: [year])
    check = full_year_check(ready, plans, Watch())
    assert check is not None and {run.status for run in check.runs} == {"kept"}
    values = outcome.plan.solved.worked["indicator_value"]
    (run,) = check.of("plan")
    cost, capacity = second(
        case,
        ready.scope,
        years_of(outcome.plan.matrix, outcome.plan.solution.x),
        values,
        ready.usual.solved.worked["indicator_value"],
        year,
    )
    stands = outcome.plan.solved.decisions["capacity"].sel(year=year)
    assert stands.values == pytest.approx(np.array([capacity[g] for g in stands["technology"].values.tolist()]), rel=DIGITS, abs=1e-7)
    assert run.cost == pytest.approx(cost, rel=DIGITS) and run.cost != run.planned
