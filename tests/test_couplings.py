"""Couplings on paper: requires, excludes, swap ratios, shared potentials."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import Paper, actual, also, measure, technology
from paper_answer import fresh, read_back
from paper_case import case_of
from paper_past import EXACT, ready
from papers.couplings import AT_LEAST, REQUIRES, SWAP

from model.report.plan.outcome import warnings
from model.study.plan.solve import solve


def test_what_has_left_by_itself_cannot_be_closed_for_a_swap() -> None:
    """The old mill leaves with 2021: 2 in 2021, 3 bought in 2022. Closed on paper in 2022 it lets 1 Mt be built at 0.5: 2.5."""
    old = technology("old_mill", gives={"goods": 1.0}, exists=1.0, until=2021, told={"variable_cost": 2.0})
    closing = measure("close_old", {"old_mill": {"value": -1.0, "until": 2021}}, kind="retire", cost=5.0)
    kept = tuple([fact for fact in part if fact[1].get("measure") != "close_old"] for part in SWAP.facts)
    paper = also(Paper("late_swap", "", kept, 0.0, years=(2021, 2022)), old, closing)
    assert fresh(paper).objective == pytest.approx(5.0)


def test_a_coupling_on_what_is_not_usual_leaves_the_usual_baseline_a_plan() -> None:
    """b is no usual measure: usual buys all, 3; the plan is that of `at_least`."""
    answer = read_back(also(AT_LEAST, measure("build_b", {"mill_b": 1.0}, cost=2.0)))
    assert answer.objective == pytest.approx(1.3)


RECORDED = also(
    replace(REQUIRES, name="recorded", years=(2021, 2022), decide_from=2022),
    measure("build_a", {"mill_a": 1.0}, cost=1.0), measure("build_b", {"mill_b": 1.0}, cost=2.0), actual("build_a", 2021, 0.6),
)  # fmt: skip


def test_a_coupling_that_the_record_broke_holds_from_there_and_stops_nothing() -> None:
    """0.6 Mt of a and no b are all that is recorded, though a needs as much of b: 2021 is as it was. In 2022 nothing more is added to what
    is broken: of the 0.4 Mt that are bought, half comes from a and half from b (3 a Mt saved for 1.5)."""
    case = case_of(RECORDED)
    case = replace(case, header=case.header.model_copy(update={"history": "recorded_only"}))
    answer = solve(case, EXACT)
    level = answer.results["level"]
    assert [float(level.sel(measure=f"build_{k}", year=2021)) for k in "ab"] == pytest.approx([0.6, 0.0])
    assert [float(level.sel(measure=f"build_{k}", year=2022)) for k in "ab"] == pytest.approx([0.8, 0.2])
    (told,) = answer.manifest["past"]["couplings"]
    assert (told["coupling"], told["year"]) == ("a_needs_b", 2021) and told["stands"] == pytest.approx(0.6) and told["told"] == 0.0
    assert any("a_needs_b" in said and "2021" in said for said in warnings(answer.results, answer.manifest, "en"))


def test_where_the_past_can_follow_the_record_the_coupling_holds() -> None:
    """The same with a past that is found: b is thought to have come with a, as the least investment that holds the coupling."""
    past = ready(RECORDED).past
    assert past is not None and past.history.built["build_b"] == pytest.approx((0.6,))
