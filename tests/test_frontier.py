"""Frontiers on paper: points, knee, whole units, two indicators, each point solved again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from calling import ROOT
from paper import also, measure, target
from paper_case import case_of
from stopping import stopped_at
from studying import unstored
from tracing import EXACT, LUMPY, SMOKE, TWO_WAYS, traced

from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.maths.build import build
from model.report.studies.frontier_tables import frontier_tables, frontier_text
from model.report.words import word
from model.results.frontier import Frontier, FrontierPoint, bends, knee_of, marginal, monotone
from model.results.run import RunError
from model.solve.matrix import compile_matrix
from model.solve.search import Solution
from model.study.engine.engine import studied
from model.study.plan.solve import get_ready
from model.study.program.edits import none_short
from model.study.solved.solved_model import NoPlan, Options, Watch, search_matrix
from model.study.tradeoffs.frontier import KIND, Aim, aim_of, question_of


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
    def point(cap: float, low: float, high: float) -> FrontierPoint:
        return FrontierPoint(cap, float("nan"), cap, float("nan"), low, high, "optimal", 0.0)

    made = monotone([point(3.0, 1.0, 1.0), point(2.0, 1.4, 1.9), point(1.0, 1.2, 1.8)])
    assert [(one.low, one.high) for one in made] == [(1.0, 1.0), (1.4, 1.8), (1.4, 1.8)]
    assert made[1].value == 1.0


def test_each_point_solved_again_as_a_target_agrees() -> None:
    for point in traced(LUMPY, count=4).points:
        again = also(LUMPY, target("cap", "smoke", "level", "<=", max(point.cap, 0.0)))
        assert studied(KIND, case_of(again), EXACT).plan.solution.objective == pytest.approx(point.high, abs=1e-5)


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
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(4, search_matrix))
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
    assert word("note_knee", language) in part.notes
    (part,) = frontier_tables(traced(TWO_WAYS, count=2), labels(case_of(TWO_WAYS)), language)
    assert word("note_knee", language) not in part.notes
