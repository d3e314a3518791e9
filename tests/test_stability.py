"""Stable answers: where many plans cost the same, a number that the plan does not lean on leaves the schedule as it is.

1 Mt of goods in 2021 and 1.4 in 2022: a plain mill, its twin and a workshop in whole units of 0.5 Mt all cost 1 亿元 a year and Mt, so that any
mix of them is a least-cost plan; a golden mill costs 3, bought goods 4, and the cap on smoke is far off.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from paper import A_YEAR, Paper, demand, indicator, market, measure, target, technology
from paper_case import case_of, write_case

from model.case.change.change import changed, parse_change
from model.case.read.case import read_case
from model.study.engine.scenario import sendable
from model.study.plan.reference import Reference, reference_of, solve_scenario
from model.study.solved.solved_model import Options
from model.study.tradeoffs.plan_under_future import decisions_of

TWINS = Paper(
    name="twins",
    says="many mixes cost the same",
    facts=(
        demand("goods", {2021: 1.0, 2022: 1.4}), market("goods", 4.0), technology("mill", gives={"goods": 1.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]), target("cap", "smoke", "level", "<=", 5.0),
        measure("plain", {"mill": 1.0}, cost=1.0, told={"potential": 0.7}), measure("twin", {"mill": 1.0}, cost=1.0, told={"potential": 0.8}),
        measure("workshop", {"mill": 1.0}, cost=1.0, whole=True, told={"unit_size": 0.5}), measure("golden", {"mill": 1.0}, cost=3.0),
    ),
    years=(2021, 2022),
    objective=2.4,
)  # fmt: skip


@cache
def reference() -> Reference:
    with tempfile.TemporaryDirectory() as home:
        case = read_case(write_case(case_of(TWINS), Path(home) / "twins"))
    return sendable(reference_of(case, Options(threads=1)))


@pytest.mark.parametrize(
    "text", ["golden.investment=60", "goods_buy.price=9", "cap.value=2", "cap.value=9", "workshop.potential=5 Mt"]
)  # fmt: skip
def test_a_number_that_the_plan_does_not_lean_on_leaves_the_schedule_as_it_is(text: str) -> None:
    start = reference()
    _, plan = solve_scenario(start, case=changed(start.ready.case, [parse_change(text)]))
    assert start.plan.solution.objective == plan.solution.objective == pytest.approx(2.4, abs=1e-6)
    assert decisions_of(plan) == pytest.approx(decisions_of(start.plan), abs=1e-9)


def test_a_plan_without_whole_units_is_solved_and_not_only_bounded() -> None:
    # 1 GW all year at 3, then at 4 亿元 a year; the prices of the first alone would say 3, with nothing run in any hour.
    paper = Paper(
        name="hours",
        says="no measure in whole units",
        facts=(
            demand("electricity", A_YEAR), market("electricity", 9.0), technology("gen", "dispatch", gives={"electricity": 1.0}),
            measure("build_gen", {"gen": 1.0}, unit="GW", cost=3.0),
        ),
        objective=3.0,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        start = sendable(reference_of(read_case(write_case(case_of(paper), Path(home) / "hours")), Options(threads=1)))
    assert start.plan.solution.objective == pytest.approx(3.0, abs=1e-5)
    _, plan = solve_scenario(start, case=changed(start.ready.case, [parse_change("build_gen.investment=40")]))
    assert plan.solution.objective == pytest.approx(4.0, abs=1e-5)
    assert float(plan.solved.decisions["activity"].min()) == pytest.approx(1.0, abs=1e-5)


def test_a_number_that_breaks_the_tie_moves_it() -> None:
    start = reference()
    dearer = max(
        (k for k, _ in decisions_of(start.plan)), key=lambda k: sum(v for (name, _), v in decisions_of(start.plan).items() if name == k)
    )
    _, plan = solve_scenario(start, case=changed(start.ready.case, [parse_change(f"{dearer}.investment=11")]))
    assert sum(v for (name, _), v in decisions_of(plan).items() if name == dearer) < 1e-6
