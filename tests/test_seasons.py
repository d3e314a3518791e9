"""Storage over days: all days in a row cost what typical days do, the spell closes on itself, a month carries nothing on, clashes name durations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from paper import GAP, Paper, indicator, measure, target, technology
from paper_case import case_of
from papers import seasons, storage

from model.case.parameters import parameters, plan_scope
from model.case.parameters.days import ALL_DAYS
from model.maths.build import build
from model.results.accounts import work_out
from model.results.audit import audit
from model.results.extract import extract
from model.results.targets import target_results
from model.solve.matrix import compile_matrix
from model.solve.search import search
from model.study.infeasible.clash import find_clash
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options, Watch


def cost(paper: Paper, *, days: int | None = None, change: Callable[[xr.Dataset], xr.Dataset] = lambda data: data) -> float:
    """The least cost of a paper on so many days, found right by the audit."""
    scope = plan_scope(case_of(paper))
    data = change(parameters(case_of(paper), scope if days is None else replace(scope, days=days)))
    matrix = compile_matrix(build(data))
    plan = search(matrix, gap=GAP)
    said = extract(matrix.columns, plan.x, data)
    worked = work_out(data, said)
    found = audit(data, said, worked, target_results(data, worked["indicator_value"]), plan.objective)
    assert found.ok, found.worst
    return plan.objective


def blocks(paper: Paper, days: int) -> tuple[int, int]:
    data = parameters(case_of(paper), replace(plan_scope(case_of(paper)), days=days))
    return data.sizes["block"], data.sizes["calendar"]


@pytest.mark.parametrize(
    "paper",
    [seasons.YEAR, *(pytest.param(paper, marks=pytest.mark.prove) for paper in (seasons.START, seasons.EMPTY)), seasons.LOSES],
    ids=lambda paper: paper.name,
)
def test_all_days_in_a_row_cost_what_typical_days_do(paper: Paper) -> None:
    """365 days are one block in the order of the calendar, that follows itself; typical days come again in 365 places."""
    assert blocks(paper, ALL_DAYS) == (1, 1)
    assert blocks(paper, 12)[1] == 365
    assert cost(paper, days=ALL_DAYS) == pytest.approx(paper.objective, rel=1e-7)


def test_months_of_days_in_a_row_are_blocks_of_their_own() -> None:
    """Each day its own, the months with 16 calm days of 31 are short of what one windy day leaves to one calm day, and only they."""
    assert blocks(seasons.MONTH, ALL_DAYS) == (12, 12)
    short = 7 * (16 - 15 * (seasons.WIND - 1)) * 0.024 * 3
    assert cost(seasons.MONTH, days=ALL_DAYS) == pytest.approx(short, rel=1e-6)
    assert short < seasons.MONTH.objective


def test_days_follow_one_another_in_the_calendar_however_they_are_chosen() -> None:
    """Days that all differ, chosen as themselves: the same year in a row, though they are kept in another order."""
    data = parameters(case_of(seasons.MONTH), replace(plan_scope(case_of(seasons.MONTH)), days=ALL_DAYS))
    order = dict(zip(data["day"].values.tolist(), data["day_before"].values.tolist(), strict=True))
    assert [order[f"d{day}"] for day in (2, 31)] == ["d1", "d30"] and order["d1"] == order["d32"] == ""
    assert data["block_end"].values[:2].tolist() == ["d31", "d59"]


@pytest.mark.parametrize(("span", "saved"), [("year", 200.0), ("month", 0.0), ("day", 0.0)])
def test_what_closes_sooner_carries_nothing_from_season_to_season(span: str, saved: float) -> None:
    paper = replace(seasons.YEAR, facts=(*seasons.CHEAP_THEN_DEAR, *seasons.tank(span=span)))
    assert cost(paper) == pytest.approx(seasons.LEVEL - saved * seasons.HELD, rel=1e-7)


LINKED = replace(
    storage.SPELL,
    facts=(
        *seasons.seasons({"m1": 219, "m2": 146}, (0.5, 1.75), 2.0),
        *seasons.tank(),
    ),
    settings={"stress_days": 2, "stress_weight": 1, "stress_load": 1.0},
)


def test_the_spell_closes_on_itself_for_storage_over_the_year_too() -> None:
    """Its place of the calendar, the last, follows itself, and no day of the year follows it."""
    data = parameters(case_of(LINKED), plan_scope(case_of(LINKED)))
    following = dict(zip(data["calendar"].values.tolist(), data["next_in_year"].values.tolist(), strict=True))
    assert following[366] == 366 and following[365] == 1 and sorted(following.values()) == sorted(following)
    assert data["calendar_block"].values[-1] == "stress1"
    # The mean days of the spell are of the dear season: 2 of the year's days cost 24 GWh · 3.5 each, the others what is left of the year.
    assert cost(LINKED) == pytest.approx(cost(LINKED, days=ALL_DAYS), rel=1e-7)


def test_a_case_without_storage_over_days_has_neither_blocks_nor_calendar() -> None:
    data = parameters(case_of(storage.ENERGY), plan_scope(case_of(storage.ENERGY)))
    assert data.sizes["block"] == data.sizes["calendar"] == 0
    named = {component for component, _ in compile_matrix(build(data)).columns}
    assert not named & {"Opening", "Highest", "Stock", "Stock_Left"}


def test_every_number_of_a_stock_is_told_in_the_results() -> None:
    """The stock at the start of each day, from what the hours add: 200 GWh over 219 days, none lost."""
    data = parameters(case_of(seasons.YEAR), plan_scope(case_of(seasons.YEAR)))
    matrix = compile_matrix(build(data))
    stock = extract(matrix.columns, search(matrix, gap=GAP).x, data)["stock_held"].sel(technology="tank", year=2021).values
    filled = np.minimum(np.arange(365), 219) * 200 / 219 - np.maximum(np.arange(365) - 219, 0) * 200 / 146
    np.testing.assert_allclose(stock, filled, atol=1e-6)


def test_the_stock_through_the_year_is_stored_with_the_hours() -> None:
    """What is held at any hour: the stock as its day begins, less what the day is counted from, and what the hour holds."""
    hours = solve(case_of(seasons.YEAR), Options(gap=GAP)).hours
    stock = hours["stock_held"].sel(technology="tank", year=2021)
    block = str(hours["calendar_block"].sel(calendar=219).item())
    held = stock.sel(calendar=219) - hours["opening"].sel(technology="tank", year=2021, block=block)
    assert float(held + hours["stored"].sel(technology="tank", year=2021, day=block, hour=23)) == pytest.approx(200.0)


HOURS_ASKED = Paper(
    name="hours_asked",
    says="2 GW of storage that lasts four hours at the least, and cells for 6 GWh at the most",
    facts=(
        *storage.PRICED,
        technology("battery", "storage", gives={"electricity": 1.0}, told={"least_hours": 4.0}),
        technology("cells", "reservoir", unit="GWh", activity="TWh", host="battery"),
        measure("build_battery", {"battery": 1.0}, unit="GW", cost=1.2),
        measure("build_cells", {"cells": 1.0}, unit="GWh", cost=0.5, told={"potential": 6.0}),
        indicator("power", "GW", [("battery", "capacity", 1.0)]),
        target("much", "power", "level", ">=", 2.0),
    ),
    objective=0.0,
)


def test_a_clash_names_the_duration_that_a_target_runs_into() -> None:
    """8 GWh would be asked. Ways out: 1.5 GW."""
    clash = find_clash(case_of(HOURS_ASKED), Options(gap=GAP), Watch())
    (conflict,) = clash.conflicts
    assert {(limit.kind, limit.item) for limit in conflict.limits} == {("duration", "battery"), ("potential", "build_cells")}
    assert any(given.given == pytest.approx(1.5, rel=1e-6) for way in clash.ways for given in way.relaxations)
