"""Couplings on paper: requires, excludes, swap ratios, shared potentials."""

from __future__ import annotations

import pytest
from paper import Paper, also, measure, technology
from paper_answer import fresh, read_back
from papers.couplings import AT_LEAST, SWAP


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
