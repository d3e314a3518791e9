"""The chart of path and target draws what limits an amount, and names what moves with a driver or another indicator."""

from __future__ import annotations

import pytest
import xarray as xr
from paper import GAP, Paper, demand, driver, indicator, measure, residual, target, technology
from paper_case import case_of

from model.report.pages.plan_charts import path_chart
from model.report.plan.indicator_tables import carbon_path
from model.report.plan.target_tables import limit_path, targets_not_drawn
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options

# GDP doubles: 0.6 Mt of smoke a 亿元 would be drawn as 0.6, then 1.2 Mt. The limits of 2022 are 0.9 Mt, and 40 % of the 2 Mt that are given.
PAPER = Paper(
    name="path",
    says="smoke under targets on its amount, on GDP, on what is given and on what the plan decides",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}), driver("gdp", "亿元", {2020: 1.0, 2021: 1.0, 2022: 2.0}),
        technology("clean_mill", gives={"goods": 1.0}), measure("plant", {"clean_mill": 1.0}, cost=2.0),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]), indicator("made", "Mt", [("mill", "activity", 1.0), ("clean_mill", "activity", 1.0)]),
        indicator("given", "Mt"), residual("rest", "given", 2.0),
        target("intensity", "smoke", "per_driver", "<=", 0.6, reference="gdp"), target("amount", "smoke", "level", "<=", 0.9, year=2022),
        target("of_given", "smoke", "share", "<=", 0.4, year=2022, reference="given"), target("of_made", "smoke", "share", "<=", 0.5, year=2022, reference="made"),
    ),
    years=(2021, 2022),
    objective=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def results() -> xr.Dataset:
    return solve(case_of(PAPER), Options(gap=GAP)).results


def test_an_intensity_is_never_drawn_as_an_amount(results: xr.Dataset) -> None:
    assert limit_path(results, "smoke") == pytest.approx({2022: 0.8})


def test_what_is_not_drawn_is_named_below(results: xr.Dataset) -> None:
    assert targets_not_drawn(results, "smoke", "en") == ["intensity", "of_made"]
    for language in ("en", "zh"):
        part = carbon_path(results, "smoke", language)
        (note,) = part.notes
        assert "intensity" in note and "of_made" in note and "of_given" not in note
        limit = part.frame.set_index("_path").loc["limit"]
        assert limit[2022] == pytest.approx(0.8 if language == "en" else 80.0) and limit.isna()[2021]


def test_a_chart_without_a_limit_speaks_of_the_path_alone(results: xr.Dataset) -> None:
    drawn = path_chart("path-smoke", carbon_path(results, "smoke", "en"), "en")
    assert [one.look for one in drawn.series][-1] == "marks" and "target" in drawn.title
    bare = results.assign(target_form=("target", ["per_driver"] * results.sizes["target"]))
    drawn = path_chart("path-smoke", carbon_path(bare, "smoke", "en"), "en")
    assert "marks" not in [one.look for one in drawn.series] and "target" not in drawn.title
