"""Frontiers on paper: points, knee, whole units, two indicators, being stopped, the command.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each), from a clean mill at 2 as far as 0.5 Mt, or is
bought clean at 4: the cost is 2 − s above 0.5 Mt of smoke and 1.5 + 3 · (0.5 − s) below it, up to 3 at none.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from paper import GAP, Paper, also, case_of, demand, indicator, market, measure, target, technology

import cli
from model.case.labels import labels
from model.commands import places
from model.report.studies.frontier_tables import frontier_tables, frontier_text
from model.results.frontier import Frontier, Point, bends, knee_of, marginal, monotone
from model.results.run import RunError
from model.study.answer import NoPlan, Options, search_matrix
from model.study.trade import frontier as study
from model.study.trade.frontier import Aim, aim_of, frontier

EXACT = Options(gap=GAP)

TWO_WAYS = Paper(
    name="two_ways",
    says="smoke is cheap to leave at first and dear in the end",
    facts=(
        demand("goods", 1.0), market("goods", 4.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 2.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]), indicator("trade", "Mt", [("goods_buy", "bought", 1.0)]),
    ),
    objective=1.0,
)  # fmt: skip

# A works of 0.5 Mt costs 0.25 a year, its goods as much as the mill's: any cap below 1 Mt buys what is missing at 3 more or takes a works.
LUMPY = Paper(
    name="lumpy",
    says="clean goods come in whole works",
    facts=(
        demand("goods", 1.0), market("goods", 4.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, told={"variable_cost": 1.0}),
        measure("works", {"clean_mill": 1.0}, cost=0.5, whole=True, told={"unit_size": 0.5}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
    ),
    objective=1.0,
)  # fmt: skip


SMOKE = Aim("smoke", 2021)


def traced(paper: Paper, aim: Aim = SMOKE, **given: object) -> Frontier:
    return frontier(case_of(paper), aim, EXACT, **given)  # type: ignore[arg-type]


def points(made: Frontier) -> list[tuple[float, float, float]]:
    return [(point.value, point.low, point.high) for point in made.points]


def test_points_are_those_worked_out_by_hand_and_the_knee_is_where_the_slope_turns() -> None:
    made = traced(TWO_WAYS, count=5)
    assert [point.cap for point in made.points] == pytest.approx([1.0, 0.75, 0.5, 0.25, 0.0], abs=1e-6)
    for found, expected in zip(points(made), [(1.0, 1.0), (0.75, 1.25), (0.5, 1.5), (0.25, 2.25), (0.0, 3.0)], strict=True):
        assert found == pytest.approx((expected[0], expected[1], expected[1]), abs=1e-5)
    knee = knee_of(made.points)
    assert knee is not None and knee.cap == pytest.approx(0.5)
    assert bends(made.points) == [] and not made.whole
    assert [marginal(*pair) for pair in zip(made.points, made.points[1:])] == pytest.approx([1.0, 1.0, 3.0, 3.0], abs=1e-4)
    assert (made.best, made.best_bound) == pytest.approx((0.0, 0.0), abs=1e-6)


def test_whole_units_make_the_frontier_steep_and_it_is_said_where() -> None:
    # 0.8 and 0.6: one works, 1.25; below 0.5: two, 1.5.
    made = traced(LUMPY, count=6)
    assert [point.high for point in made.points] == pytest.approx([1.0, 1.25, 1.25, 1.5, 1.5, 1.5], abs=1e-5)
    assert made.whole and [point.cap for point in bends(made.points)] == pytest.approx([0.8, 0.4], abs=1e-6)


def test_floors_are_for_what_is_better_the_more_there_is() -> None:
    made = traced(TWO_WAYS, Aim("trade", 2021, -1.0), count=3)
    # What may be bought is not limited, but no more than 1 Mt is asked for: 4 instead of 1 per Mt.
    assert [point.high for point in made.points] == pytest.approx([1.0, 2.5, 4.0], abs=1e-5)
    assert made.at_least and made.best == pytest.approx(1.0)


def test_two_indicators_give_a_line_for_each_cap_on_the_second() -> None:
    # Nothing bought: 1 to 3 as smoke goes. All bought: 4, and no smoke at all.
    made = traced(TWO_WAYS, count=2, second=Aim("trade", 2021, -1.0))
    first, last = made.lines
    assert [point.high for point in first] == pytest.approx([1.0, 3.0], abs=1e-5)
    assert [point.high for point in last] == pytest.approx([4.0, 4.0], abs=1e-5)
    assert last[0].second_value == pytest.approx(1.0, abs=1e-5)


def test_a_tighter_cap_shares_its_plan_and_a_looser_one_its_bound() -> None:
    def point(cap: float, low: float, high: float) -> Point:
        return Point(cap, float("nan"), cap, float("nan"), low, high, "optimal", 0.0)

    made = monotone([point(3.0, 1.0, 1.0), point(2.0, 1.4, 1.9), point(1.0, 1.2, 1.8)])
    assert [(one.low, one.high) for one in made] == [(1.0, 1.0), (1.4, 1.8), (1.4, 1.8)]
    assert made[1].value == 1.0


def test_each_point_solved_again_as_a_target_agrees() -> None:
    for point in traced(LUMPY, count=4).points:
        again = also(LUMPY, target("cap", "smoke", "level", "<=", max(point.cap, 0.0)))
        assert study.studied(case_of(again), EXACT, None).plan.answer.objective == pytest.approx(point.high, abs=1e-5)


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def stop_at_the_fourth(*words: object, **given: object) -> object:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return search_matrix(*words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(study, "search_matrix", stop_at_the_fourth)
    made = traced(TWO_WAYS, count=5)
    assert not made.complete and len(made.points) == 2
    assert "Not complete" in frontier_text(made, labels(case_of(TWO_WAYS)), "en")


def test_a_case_without_a_plan_has_no_frontier() -> None:
    with pytest.raises(NoPlan):
        traced(also(TWO_WAYS, target("cap", "smoke", "level", "<=", -1.0)))


def test_aims_are_named_or_refused() -> None:
    case = case_of(TWO_WAYS)
    assert aim_of(case, "smoke") == Aim("smoke", 2021)
    for wrong in ("smoke@2022", "smog"):
        with pytest.raises(RunError):
            aim_of(case, wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_mark_the_knee(language: str) -> None:
    (part,) = frontier_tables(traced(TWO_WAYS, count=5), labels(case_of(TWO_WAYS)), language)
    assert [bool(mark) for mark in part.frame["mark"]] == [False, False, True, False, False]


# The command


@pytest.fixture(autouse=True)
def own_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "RUNS", tmp_path / "runs")


def call(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def test_frontier_of_the_toy() -> None:
    result = call("frontier", "toy", "--indicator", "co2@2023", "-n", "3", "--json")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    # README: 6.10 at 0.2 Mt. At none all heat is from pumps: both boilers closed (0.2) save 0.4 of upkeep.
    assert made["points"][0]["high"] == pytest.approx(6.10, abs=1e-4)
    assert made["points"][-1]["value"] == pytest.approx(0.0, abs=1e-6) and made["points"][-1]["high"] == pytest.approx(6.25, abs=1e-4)
    highs = [point["high"] for point in made["points"]]
    assert highs == sorted(highs)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frontier_writes_a_workbook_with_a_chart_once(language: str, tmp_path: Path) -> None:
    path = tmp_path / "frontier.xlsx"
    words = ("frontier", "toy", "--indicator", "co2@2023", "-n", "3", "--out", str(path), "--lang", language)
    assert call(*words).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 2 and len(book.worksheets[0]._charts) == 1
    assert call(*words).exit_code == 2


def test_a_wrong_indicator_is_a_usage_error() -> None:
    result = call("frontier", "toy", "--indicator", "co3")
    assert result.exit_code == 2 and "co2" in result.stderr
