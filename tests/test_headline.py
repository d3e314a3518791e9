"""What of a fall comes without the plan and what it decides, on paper; and what the screen and the workbook say of it."""

from __future__ import annotations

import pytest
import xarray as xr
from calling import TOY
from paper import Paper, demand, driver, indicator, market, measure, number, residual, target, technology
from paper_answer import solved

from model.case.read.case import read_case
from model.report.layout import screen_width, width
from model.report.plan.headline_tables import falls_table, hours_by_sector, run_otherwise_table
from model.report.plan.headline_text import falls_lines, first_fall
from model.results.headline import falls
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options


def per_mt(year: int, value: float) -> tuple[str, dict[str, object]]:
    cells = {"indicator": "co2", "item": "goods_buy", "by": "bought", "year": year, **number(value)}
    return "accounts", cells | {"unit": "Mt/Mt"}


# 1.2 Mt of goods. 2020: the mill makes 1.0 (CO2 1 a Mt), 0.2 is bought (0.8 a Mt); carried in 0.3, the rest of the city 0.5: 1.96.
# 2021 as usual: the mill may run 0.6 of the year, 0.6 is bought (0.5 a Mt); carried in 0.2, the rest 0.4: 1.5.
# The plan may add clean works in place of what is bought: CO2 at most 1.3 takes 0.4 of them, 0.4 · 0.5 = 0.2.
TOLD = Paper(
    name="what_is_given",
    says="hours, background, rest of the city and grid factor are given; clean works are decided",
    facts=(
        demand("goods", 1.2),
        market("goods", 3.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"utilisation_ceiling": {2020: 1.0, 2021: 0.6}}),
        technology("clean_mill", gives={"goods": 1.0}),
        measure("line", {"clean_mill": 1.0}, cost=5.0),
        driver("carried_in", "Mt", {2020: 0.3, 2021: 0.2}),
        residual("rest", "co2", 0.5, path={2020: 1.0, 2021: 0.8}),
        indicator("co2", "Mt", [("mill", "activity", 1.0), ("carried_in", "driver", 1.0)], headline=True),
        [per_mt(2020, 0.8), per_mt(2021, 0.5)],
        target("cap", "co2", "level", "<=", 1.3),
    ),
    objective=0.2 * 3 + 0.4 * 5,
)  # fmt: skip
GIVEN = {
    # Hours: 0.4 Mt less from what stands. The 0.4 Mt bought instead count with the factor of 2020, 0.32, as other change on the usual path.
    "run_otherwise": -0.4, "growth": 0.32,
    "residual_path": -0.1, "given_series": -0.1,
    # What the usual path buys, 0.6 Mt, at 0.5 instead of 0.8.
    "grid_factor": -0.18,
}  # fmt: skip


def test_each_part_of_a_fall_is_the_one_by_hand() -> None:
    results = solved(TOLD)[2]
    (found,) = falls(results)
    assert (found.base_year, found.year, found.until, found.past) == (2020, 2021, None, 0.0)
    assert dict(found.given) == pytest.approx(GIVEN, abs=1e-6)
    assert dict(found.decided) == pytest.approx({"measures": -0.2, "backstop": 0.0}, abs=1e-6)
    assert (found.total, found.without_plan, found.by_plan) == pytest.approx((-0.66, -0.46, -0.2), abs=1e-6)
    assert hours_by_sector(results, found) == pytest.approx({"works": -0.4}, abs=1e-6)


def test_the_screen_tells_decided_and_given_with_the_largest_parts() -> None:
    lines = falls_lines(solved(TOLD)[2], "en")
    said = " ".join(" ".join(lines).split())
    assert "Falls by 2021 against 2020" in said and "co2 -0.660 Mt: decided -0.200; without the plan -0.460 (" in said
    # 0.4, 0.32 and 0.18 are the largest; 0.1 and 0.1 are told together.
    assert "running hours of what stands, works -0.400" in said and "factor of purchased power -0.180, other -0.200)" in said
    chinese = falls_lines(solved(TOLD)[2], "zh")
    assert "方案决策 -20.00；既定因素 -46.00（" in "".join(line.strip() for line in chinese)
    assert all(width(line) <= screen_width for line in (*lines, *chinese))


def test_the_workbook_has_every_part() -> None:
    results = solved(TOLD)[2]
    (row,) = falls_table(results, "en").frame.to_dict("records")
    assert row["given"] + row["decided"] == pytest.approx(row["fall_in_all"]) == pytest.approx(-0.66)
    assert {name: row[name] for name in GIVEN} == pytest.approx(GIVEN, abs=1e-6)
    (hours,) = run_otherwise_table(results, "en").frame.to_dict("records")
    assert (hours["sector"], hours["amount"]) == ("works", pytest.approx(-0.4))


def test_what_rises_is_no_fall() -> None:
    results = solved(TOLD)[2]
    assert falls(results.assign(fall=-results["fall"])) == []


def test_co2_and_pm25_come_before_what_falls_by_a_larger_share_and_other_co2_after_it() -> None:
    names = ["coal_use", "co2_energy", "co2_net", "nox", "pm25"]
    shares = [-0.9, -0.5, -0.6, -0.95, -0.2]
    results = xr.Dataset(
        {
            "fall": (("indicator", "part", "year"), [[[share]] for share in shares]), "base_indicator": ("indicator", [1.0] * 5),
            "indicator_headline": ("indicator", [True] * 5),
        },
        coords={"indicator": names, "part": ["measures"], "year": [2021]}, attrs={"base_year": 2020},
    )  # fmt: skip
    assert [one.indicator for one in falls(results)] == ["co2_net", "pm25", "nox", "coal_use", "co2_energy"]


@pytest.fixture(scope="module")
def later() -> SolvedCase:
    """The toy decided from 2022 on."""
    return solve(read_case(TOY), Options(gap=1e-9, decide_from=2022))


def test_what_fell_before_decisions_begin_is_neither_given_nor_decided(later: SolvedCase) -> None:
    """By 2021 0.1 TWh of heat comes from heat pumps instead of coal, 0.1 · 0.16 · 2.5 = 0.04 Mt less than 0.4; in 2023 0.2 are allowed."""
    co2 = falls(later.results)[0]
    assert (co2.indicator, co2.until, co2.year) == ("co2", 2021, 2023)
    assert (co2.past, co2.by_plan, co2.without_plan, co2.total) == pytest.approx((-0.04, -0.16, 0.0, -0.2), abs=1e-6)
    assert "by 2021 -0.040; decided -0.160; without the plan 0.000" in " ".join(falls_lines(later.results, "en"))
    (first,) = first_fall(later.results, "en")  # where room is scarce, boilers and coal are counted
    assert first.endswith("without the plan 0.000; and 2 more; see the workbook")
    assert "By 2021" in falls_table(later.results, "en").columns
