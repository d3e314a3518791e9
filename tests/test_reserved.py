"""A past that is found leaves what committed measures of decided years need; what the record leaves no room for is named. On paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import Paper, actual, also, coupling, demand, indicator, market, measure, target, technology
from paper_answer import told
from paper_past import EXACT, builds, built

from model.study.infeasible.clash import find_clash
from model.study.solved.solved_model import Watch

# The old mill of 1 Mt smokes as long as it stands, of which 0.4 Mt were to go by 2021. Closing it takes least to invest, a filter ten times as much.
# In 2022 the mill is replaced by one that is committed, all of it.
FACTS = (
    demand("goods", 1.0), market("goods", 9.0), indicator("smoke", "Mt", [("old_mill", "capacity", 1.0), ("filter", "level", -1.0)]),
    technology("old_mill", gives={"goods": 1.0}, exists=1.0), technology("mill", gives={"goods": 1.0}),
    measure("close", {"old_mill": -1.0}, kind="retire", cost=0.1), measure("filter", {}, cost=1.0),
    measure("replace", {"old_mill": -1.0, "mill": 1.0}, kind="replace", cost=2.0, told={"committed": {2022: 1.0}}),
    target("cap", "smoke", "level", "<=", 0.6, holds="year"),
)  # fmt: skip
STOCK = Paper("spoken_for", "a stock that is to be replaced is not closed before", FACTS, 0.0, years=(2021, 2022), decide_from=2022)
# The same where nothing tells that both take from one stock but a coupling.
ONCE = also(
    replace(STOCK, name="once"), measure("replace", {"mill": 1.0}, cost=2.0, told={"committed": {2022: 1.0}}),
    coupling("once", "<=", 1.0, {("close", "level"): 1.0, ("replace", "level"): 1.0}, kind="excludes"),
)  # fmt: skip


@pytest.mark.parametrize("paper", [STOCK, ONCE], ids=lambda one: one.name)
def test_what_is_found_in_the_past_leaves_room_for_what_is_committed(paper: Paper) -> None:
    """Closed in 2021, 0.4 of the mill could not be replaced in 2022: the filter is thought to have been built."""
    assert (built(paper, "close"), built(paper, "filter")) == (pytest.approx((0.0,)), pytest.approx((0.4,)))
    assert builds(paper, "replace") == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize("paper", [STOCK, ONCE], ids=lambda one: one.name)
def test_of_what_nothing_committed_needs_all_may_have_gone(paper: Paper) -> None:
    """0.5 are committed: 0.4 of the rest were closed."""
    half = also(paper, _committed(paper, 0.5))
    assert (built(half, "close"), built(half, "filter")) == (pytest.approx((0.4,)), pytest.approx((0.0,)))


def _committed(paper: Paper, amount: float) -> list:
    effects = {"old_mill": -1.0, "mill": 1.0} if paper is STOCK else {"mill": 1.0}
    return measure("replace", effects, kind="replace" if paper is STOCK else "build", cost=2.0, told={"committed": {2022: amount}})


def test_a_record_is_what_it_says_and_is_left_to_stand() -> None:
    """0.4 closed by record: the past has them, whatever is committed."""
    assert built(also(STOCK, actual("close", 2021, 0.4)), "close") == pytest.approx((0.4,))


@pytest.mark.parametrize("paper", [STOCK, ONCE], ids=lambda one: one.name)
def test_a_record_that_leaves_no_room_is_named_beside_what_is_committed(paper: Paper) -> None:
    clash = find_clash(told(also(paper, actual("close", 2021, 0.4))), EXACT, Watch())
    assert (clash.kind, clash.model) == ("limits", "usual")
    assert {(limit.kind, limit.item, limit.years) for limit in clash.limits} == {
        ("actual", "close", (2021,)),
        ("committed", "replace", (2022,)),
    }


# Of plants 0.1 a year can be built; in 2022 0.5 are to stand.
FEW = measure("plant", {"mill": 1.0}, cost=2.0, told={"pace": 0.1, "minimum": {2022: 0.5}})
MINE = Paper("few", "more is asked to stand than can come", (FACTS[0], FACTS[1], FACTS[3], FACTS[4], FEW), 0.0, years=(2021, 2022))


def test_a_least_amount_that_its_pace_forbids_is_named() -> None:
    clash = find_clash(told(MINE), EXACT, Watch())
    assert (clash.kind, clash.model) == ("limits", "plan")
    assert {(limit.kind, limit.item) for limit in clash.limits} >= {("minimum", "plant"), ("pace", "plant")}
