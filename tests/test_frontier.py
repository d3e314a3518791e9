"""Frontiers on paper: points, knee, whole units, two indicators, being stopped, the command.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each), from a clean mill at 2 as far as 0.5 Mt, or is
bought clean at 4: the cost is 2 − s above 0.5 Mt of smoke and 1.5 + 3 · (0.5 − s) below it, up to 3 at none.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import ROOT, call
from paper import GAP, Paper, also, case_of, demand, indicator, market, measure, target, technology, write_case
from studying import unstored

from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.maths.build import build
from model.report.studies.frontier_tables import frontier_tables, frontier_text
from model.results.frontier import Frontier, Point, bends, knee_of, marginal, monotone
from model.results.run import RunError
from model.results.study import open_study
from model.solve.matrix import compile_matrix
from model.solve.search import Solution
from model.study.engine.engine import studied
from model.study.plan.answer import NoPlan, Options, Watch, search_matrix
from model.study.plan.solve import get_ready
from model.study.program.edits import none_short
from model.study.tradeoffs.frontier import KIND, Aim, aim_of, question_of

pytestmark = pytest.mark.usefixtures("own_runs")

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


def traced(paper: Paper, aim: Aim = SMOKE, count: int = 11, second: Aim | None = None, **given: Any) -> Frontier:
    return unstored(case_of(paper), question_of(aim, count=count, second=second), EXACT, **given)


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
        assert studied(KIND, case_of(again), EXACT).plan.answer.objective == pytest.approx(point.high, abs=1e-5)


def with_cap(case: Case, made: Frontier, cap: float) -> Case:
    """The case with the cap of a point as a target of its own."""
    row = case.tables["targets"][0].model_copy(
        update={
            "id": "cap_of_the_point", "series": "cap_of_the_point", "indicator": made.indicator, "form": "level", "sense": "<=", "reference": None,
            "strength": "binding", "year": made.year, "holds": "year", "tolerance": 0.0, "value": cap, "unit": made.unit,
        }
    )  # fmt: skip
    return replace(case, tables={**case.tables, "targets": (*case.tables["targets"], row)})


def solved_cold(case: Case, options: Options) -> Solution:
    """The cheapest plan from nothing, with nothing left short: under the tightest caps leaving something short at its price is cheaper."""
    ready = get_ready(case, options, Watch())
    matrix = none_short(compile_matrix(build(parameters(ready.case, ready.scope))))
    return search_matrix(matrix, replace(options, gap=options.gap / 2), Watch(), name="cold")


def assert_frontier_is_true(case: Case, options: Options, aim: Aim, *, count: int) -> None:
    """Cost never falls as the cap tightens, nothing bends but by whole units, and each point solved cold costs the same within the gap."""
    made = unstored(case, question_of(aim, count=count), options)
    highs = [point.high for point in made.points]
    assert made.complete and len(highs) == count and highs == sorted(highs)
    assert made.whole or bends(made.points) == []
    assert all(point.status == "optimal" and point.high - point.low <= 2 * options.gap * abs(point.high) + 1e-6 for point in made.points)
    for point in made.points:
        cold = solved_cold(with_cap(case, made, point.cap + 1e-8 * max(1.0, abs(point.cap))), options)
        room = 1e-6 * max(1.0, abs(point.high))
        assert cold.bound <= point.high + room and point.low <= cold.objective + room, point.cap
        assert abs(cold.objective - point.high) <= options.gap * abs(point.high) + room, point.cap


def test_the_frontier_of_the_toy_is_true_point_by_point() -> None:
    assert_frontier_is_true(read_case(ROOT / "data" / "toy"), EXACT, Aim("co2", 2023), count=3)


@pytest.mark.prove
def test_the_frontier_of_chengde_is_true_point_by_point() -> None:
    assert_frontier_is_true(read_case(ROOT / "data" / "chengde"), Options(days=1), Aim("co2_energy", 2030), count=4)


def test_the_relaxation_has_a_convex_frontier() -> None:
    """The lumpy case with works in any size: 1 + 0.5 · (1 − s), straight, where whole works make steps."""
    parts = also(LUMPY, measure("works", {"clean_mill": 1.0}, cost=0.5))
    made = traced(parts, count=6)
    assert [point.high for point in made.points] == pytest.approx([1.0, 1.1, 1.2, 1.3, 1.4, 1.5], abs=1e-5)
    assert not made.whole and bends(made.points) == []


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def stop_at_the_fourth(*words: object, **given: object) -> object:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return search_matrix(*words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr("model.study.program.search_again.search_matrix", stop_at_the_fourth)
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
    with pytest.raises(RunError, match=r"^second_again"):
        question_of(SMOKE, count=3, second=Aim("smoke", 2021, -1.0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_mark_the_knee(language: str) -> None:
    (part,) = frontier_tables(traced(TWO_WAYS, count=5), labels(case_of(TWO_WAYS)), language)
    assert [bool(mark) for mark in part.frame["mark"]] == [False, False, True, False, False]


# The command


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
def test_frontier_is_stored_once_with_a_workbook_and_a_chart(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    words = ("frontier", "toy", "--indicator", "co2@2023", "-n", "3", "--out", str(folder), "--lang", language)
    first = call(*words)
    assert first.exit_code == 0, first.stderr
    book = openpyxl.load_workbook(folder / "frontier.xlsx")
    assert len(book.sheetnames) == 2 and len(book.worksheets[0]._charts) == 1
    data = open_study(folder).results
    assert data["scenario"].values.tolist() == ["reference", "best", "cap:1", "cap:2", "cap:3"]
    assert data["objective"].sel(scenario=["cap:1", "cap:3"]).values == pytest.approx([6.10, 6.25], abs=1e-4)
    # The last point runs without coal in 2023.
    assert float(data["indicator_value"].sel(scenario="cap:3", indicator="co2", year=2023)) == pytest.approx(0.0, abs=1e-6)
    assert call("show", str(folder), "--lang", language).stdout == first.stdout.replace(f"{folder}\n", "")
    assert call(*words).exit_code == 2


def test_an_indicator_that_nothing_limits_has_no_frontier_and_leaves_no_study(tmp_path: Path) -> None:
    parts = also(TWO_WAYS, measure("more_mills", {"clean_mill": 1.0}, cost=0.5), indicator("size", "Mt", [("clean_mill", "capacity", 1.0)]))
    case, folder = write_case(case_of(parts), tmp_path / "paper"), tmp_path / "study"
    result = call("frontier", str(case), "--indicator", "size", "--at-least", "--out", str(folder))
    assert result.exit_code == 2 and "no best value" in result.stderr
    assert not folder.exists()


# Stopped and gone on with


def lines_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]


def without_time(records: list[dict]) -> list[dict]:
    return [{key: value for key, value in record.items() if key != "seconds"} for record in records]


def test_a_stopped_study_goes_on_where_it_was_and_ends_as_an_unbroken_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("frontier", "toy", "--indicator", "co2@2023", "-n", "4", "--out")
    assert call(*words, str(tmp_path / "whole")).exit_code == 0
    calls = []

    def stop_at_the_third(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return search_matrix(*given, **named)  # type: ignore[arg-type]

    folder = tmp_path / "broken"
    with monkeypatch.context() as patched:
        patched.setattr("model.study.program.search_again.search_matrix", stop_at_the_third)
        stopped = call(*words, str(folder))
    assert stopped.exit_code == 4 and "--resume" in stopped.stderr and "Not complete" in stopped.stdout
    assert not (folder / "results.nc").exists() and [one["name"] for one in lines_of(folder)] == ["reference", "best", "cap:1"]
    assert "Not complete" in call("show", str(folder)).stdout
    with (folder / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"name":"cap:2","sta')  # killed while it wrote
    assert call("frontier", "--resume", str(folder), "-n", "3").exit_code == 2
    assert call("abatement", "--resume", str(folder)).exit_code == 2
    gone_on = call("frontier", "--resume", str(folder))
    assert gone_on.exit_code == 0, gone_on.stderr
    assert without_time(lines_of(folder)) == without_time(lines_of(tmp_path / "whole"))
    assert (folder / "frontier.xlsx").is_file() and call("frontier", "--resume", str(folder)).exit_code == 0


def test_studies_are_listed_beside_runs_and_what_is_damaged_is_named(own_runs: Path) -> None:
    assert call("frontier", "toy", "--indicator", "co2@2023", "-n", "2").exit_code == 0
    (folder,) = (own_runs / "toy").iterdir()
    assert folder.name.startswith("frontier-")
    half = own_runs / "toy" / "half"
    half.mkdir()
    content = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    (half / "study.json").write_text(json.dumps(content), encoding="utf-8")
    (half / "answers.jsonl").write_bytes(b"".join((folder / "answers.jsonl").read_bytes().splitlines(keepends=True)[:2]))
    for name, file, text in (
        ("a", "study.json", "[]"),
        ("b", "study.json", "{"),
        ("c", "manifest.json", "[1]"),
        ("d", "manifest.json", "{}"),
    ):
        (own_runs / "toy" / name).mkdir()
        (own_runs / "toy" / name / file).write_text(text, encoding="utf-8")
    told = json.loads(call("runs", "toy", "--json").stdout)
    assert told["runs"] == []
    assert {one["name"]: (one["kind"], one["done"], one["total"], one["finished"]) for one in told["studies"]} == {
        f"toy/{folder.name}": ("frontier", 3, 3, True), "toy/half": ("frontier", 1, 3, False),
    }  # fmt: skip
    shown = call("runs", "toy")
    assert shown.exit_code == 0 and "finished" in shown.stdout and "1 of 3 done" in shown.stdout
    assert shown.stderr.count("left out") == 4
    assert "成本前沿" in call("runs", "--lang", "zh").stdout
    assert json.loads(call("show", f"toy/{folder.name}", "--json").stdout)["points"][0]["high"] == pytest.approx(6.10, abs=1e-4)
    for name in ("a", "b"):
        assert call("show", f"toy/{name}").exit_code == 2


def test_a_wrong_indicator_is_a_usage_error() -> None:
    result = call("frontier", "toy", "--indicator", "co3")
    assert result.exit_code == 2 and "co2" in result.stderr
