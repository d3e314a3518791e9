"""Accounts on paper: every indicator by what it counts, and what each payer spends."""

from __future__ import annotations

from dataclasses import replace

import pytest
import xarray as xr
from paper import PAPER, Facts, Paper, indicator, measure, residual, target, technology
from paper_answer import fresh, made, solved, worked_out
from papers.accounts import FOREST, GOODS, VARIANTS

from model.results.accounts import work_out
from model.results.fall import PARTS


def test_decisions_of_other_years_are_refused() -> None:
    """Columns are multiplied place by place: decisions of 2022 would be worked out with the numbers of 2021."""
    data, decisions = made(FOREST).parameters, worked_out(FOREST).decisions
    xr.testing.assert_identical(work_out(data, decisions), worked_out(FOREST).worked)
    with pytest.raises(ValueError, match="year"):
        work_out(data, decisions.assign_coords(year=decisions["year"] + 1))


def test_the_other_variant_lets_the_mill_burn_more() -> None:
    """Of the mill's own coal 0.4 Mtce, 0.8 Mt: 0.8 + 0.2 · 3 = 1.4."""
    assert fresh(replace(VARIANTS, variants={"coal_burnt": "of_mill"})).objective == pytest.approx(1.4)


def test_the_rest_of_the_city_changes_since_the_base_year() -> None:
    """Stands of 10 in 2020 that grow by 0.5 a year, given as the rest instead of a driver: the sink of 2021 is 1.5 · 0.5 as well."""
    kept = tuple([fact for fact in part if "stands" not in (fact[1].get("id"), fact[1].get("item"))] for part in FOREST.facts)
    paper = replace(FOREST, facts=(*kept, residual("other_stands", "stock", 10.0, path={2020: 1.0, 2023: 1.15})))
    assert fresh(paper).value("indicator_value[stock,2021]") == pytest.approx(10.5)
    assert fresh(paper).value("indicator_value[sink,2021]") == pytest.approx(0.75)


def dated(indicator: str, item: str, year: int, value: float) -> Facts:
    cells = {"indicator": indicator, "item": item, "by": "bought", "year": year, "value": value, "unit": "Mt/Mt", **PAPER}
    return [("accounts", cells)]


def test_a_measure_that_replaces_purchases_is_credited_with_what_they_would_carry_then() -> None:
    """1 Mt of goods is bought: 0.8 Mt of CO2 each in 2020, 0.5 in 2021. A line of 0.4 Mt saves 0.4 · 0.5, not 0.4 · 0.8.

    The factor brings 1 · (0.5 − 0.8), as it would without the line.
    """
    paper = Paper(
        name="cleaner_purchases",
        says="",
        facts=(
            *GOODS,
            technology("clean_mill", gives={"goods": 1.0}),
            measure("line", {"clean_mill": 1.0}, cost=5.0),
            indicator("co2", "Mt"),
            *(dated("co2", "goods_buy", year, value) for year, value in ((2020, 0.8), (2021, 0.5))),
            target("cap", "co2", "level", "<=", 0.3),
        ),
        objective=0.6 * 3 + 0.4 * 5,
    )  # fmt: skip
    fall = solved(paper)[2]["fall"].sel(indicator="co2", year=2021)
    assert {str(part): float(fall.sel(part=part)) for part in fall["part"].values} == pytest.approx(
        dict.fromkeys(PARTS, 0.0) | {"measures": -0.2, "grid_factor": -0.3}, abs=1e-6
    )
