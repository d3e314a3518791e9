"""What each measure brings to a target, on paper: the target with the measure held out and all else as planned.

A mill makes 1 Mt of goods at 1 亿元/Mt, with 1 t of smoke each, unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from calling import says
from paper import A_YEAR, GAP, Paper, also, demand, halves, indicator, market, measure, profile, target, technology
from paper_case import case_of
from stopping import stopped_at

from model.case.read.labels import labels
from model.report.explain.explain_tables import ItemLabels, carried, falls_without, untold
from model.report.explain.explain_text import explain_text
from model.results.explained import Explained, TargetPrice, UnknownContribution
from model.study.explain import held_out
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.solved.solved_model import Options

SMOKE = (
    demand("goods", 1.0),
    technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
    indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
)

# 0.5 Mt of smoke leaves 0.5 Mt of goods to the line (0.2) and the press (0.3): 0.5 + 0.2 · 1.5 + 0.3 · 1.6.
TWO = Paper(
    name="two",
    says="two measures take 0.2 and 0.3 Mt of smoke away, each by what the mill then does not make",
    facts=(
        *SMOKE,
        technology("clean_line", gives={"goods": 1.0}),
        technology("clean_press", gives={"goods": 1.0}),
        measure("line", {"clean_line": 1.0}, cost=1.5, told={"potential": 0.2}),
        measure("press", {"clean_press": 1.0}, cost=1.6, told={"potential": 0.3}),
        target("cap", "smoke", "level", "<=", 0.5),
    ),
    objective=1.28,
)  # fmt: skip

# 8.76 TWh are bought at 0.5 Mt each, 4.38 Mt. 3.285 Mt leave 2.19 TWh to sun that shines for half of the day: 0.5 GW.
SUN = Paper(
    name="sun",
    says="sun is credited with the power that is not bought for it, though no measure acts on purchases",
    facts=(
        profile("sunshine", halves(0.0, 1.0), availability=True),
        demand("electricity", A_YEAR),
        market("electricity", 3.0),
        technology("pv", "variable", gives={"electricity": 1.0}, profile="sunshine"),
        measure("roofs", {"pv": 1.0}, unit="GW", cost=20.0),
        indicator("co2", "Mt", [("electricity_buy", "bought", 0.5)]),
        target("cap", "co2", "level", "<=", 3.285),
    ),
    objective=19.71 + 10.0,
)  # fmt: skip

# Of two mills of 0.6 one is to close. What is left makes 0.6 Mt, with as much smoke as is allowed, pumps the other 0.4.
CLOSURE = Paper(
    name="closure",
    says="the mill closed would stand idle if it stayed: pumps take the smoke away, and could not be done without while it is closed",
    facts=(
        *also(Paper("", "", SMOKE, 0.0), technology("mill", gives={"goods": 1.0}, exists=1.2, told={"variable_cost": 1.0})).facts,
        technology("pump", gives={"goods": 1.0}),
        measure("pumps", {"pump": 1.0}, cost=2.0),
        indicator("mills", "plant_unit"),
        measure("close", {"mill": -0.6, "mills": -1.0}, unit="plant_unit", cost=0.1, kind="retire", whole=True),
        target("cap", "smoke", "level", "<=", 0.6),
        target("one_gone", "mills", "level", "<=", -1.0),
    ),
    objective=0.6 + 0.8 + 0.1,
)  # fmt: skip

# 0.3 Mt of ore from a smoky kiln at 1, a dryer at 0.5 or a press at 0.6; the plan orders 0.3 Mt of either, and one of them runs.
EITHER = Paper(
    name="either",
    says="without the dryer the press steps in, and the other way round; without both the kiln smokes",
    facts=(
        demand("ore", 0.3),
        technology("kiln", gives={"ore": 1.0}, exists=0.3, told={"variable_cost": 1.0}),
        technology("dryer", gives={"ore": 1.0}, told={"variable_cost": 0.5}),
        technology("press", gives={"ore": 1.0}, told={"variable_cost": 0.6}),
        measure("dryers", {"dryer": 1.0}, cost=1.0), measure("presses", {"press": 1.0}, cost=1.0),
        indicator("smoke", "Mt", [("kiln", "activity", 1.0)]),
        indicator("dried", "Mt", [("dryers", "level", 1.0)]), indicator("pressed", "Mt", [("presses", "level", 1.0)]),
        target("drying", "dried", "level", ">=", 0.3), target("pressing", "pressed", "level", ">=", 0.3),
        target("cap", "smoke", "level", "<=", 0.1),
    ),
    objective=0.6 + 0.15,
)  # fmt: skip


def explained(paper: Paper) -> Explained:
    made = explain(Explainee(case_of(paper), Options(gap=GAP)), again=False)
    assert made.cost.value == pytest.approx(paper.objective, abs=1e-6)
    return made


def of(made: Explained, target_id: str = "cap") -> TargetPrice:
    return next(one for one in made.targets if one.id == target_id)


def brought(one: TargetPrice) -> dict[str, float]:
    return {part.measure: part.amount for part in one.carried}


def test_each_measure_is_credited_with_what_the_target_loses_without_it() -> None:
    one = of(explained(TWO))
    assert brought(one) == pytest.approx({"line": 0.2, "press": 0.3})
    assert one.usual_gap == pytest.approx(0.5) and not one.together
    assert all(part.apart and not part.along for part in one.carried)


def test_sun_is_credited_with_the_purchases_it_replaces() -> None:
    assert brought(of(explained(SUN))) == pytest.approx({"roofs": 0.5 * 0.5 * 4.38})


def test_a_closure_is_not_credited_with_what_the_rest_does() -> None:
    made = explained(CLOSURE)
    one, gone = of(made), of(made, "one_gone")
    assert brought(one) == pytest.approx({"pumps": 0.4})
    assert [(part.along, part.apart) for part in one.carried] == [(("close",), True)]
    # The number of mills is the closure's own; pumps bring 0.4 / 0.6 of one, because so much of it would have to stay.
    assert brought(gone) == pytest.approx({"close": 1.0, "pumps": 0.4 / 0.6})
    assert "close giving way" in explain_text(made, labels(case_of(CLOSURE)), "en")


def test_measures_of_which_either_would_do_cannot_be_told_apart() -> None:
    made = explained(EITHER)
    one = of(made)
    assert one.carried == () and one.usual_gap == pytest.approx(0.3)
    assert [(part.sector, part.amount, set(part.measures)) for part in one.together] == [
        ("works", pytest.approx(0.3), {"dryers", "presses"})
    ]  # fmt: skip
    assert brought(of(made, "drying")) == pytest.approx({"dryers": 0.3})
    known, priced = labels(case_of(EITHER)), replace(made, targets=(replace(one, price=1.0),))
    for language, said in (("en", "cannot be told apart"), ("zh", "无法区分")):
        assert says(explain_text(priced, known, language), said)
    frame = carried(made, ItemLabels(known, "en")).frame
    assert frame.loc[frame["target"] == "cap", "brings"].tolist() == pytest.approx([0.3, 0.3])  # in all, and the sector together


def test_measures_that_could_not_be_held_out_are_named() -> None:
    made = replace(explained(TWO), untold=(UnknownContribution("line", "short"), UnknownContribution("press", "time")))
    known = labels(case_of(TWO))
    assert len(untold(made, ItemLabels(known, "en")).frame) == 2
    assert "Cannot be told what 2 measures bring: line; press" in explain_text(made, known, "en")


def test_time_that_runs_out_leaves_measures_untold() -> None:
    made = explain(Explainee(case_of(TWO), Options(gap=GAP, time_limit=0.0)), again=False)
    assert not made.complete
    assert {(one.measure, one.why) for one in made.untold} == {("line", "time"), ("press", "time")}


def test_a_measure_is_not_there_for_a_target_without_which_no_plan_is_proven_cheaper() -> None:
    """Smoke of 3 Mt is never reached: without that target another plan may be found, and proves nothing."""
    paper = also(TWO, indicator("haze", "Mt", [("mill", "activity", 1.0)]), target("never", "haze", "level", "<=", 3.0))
    made = explain(Explainee(case_of(paper), Options(gap=GAP)))
    assert falls_without(made, "line") == ["cap"]


# Beside the mill, trees are to be planted: they take no smoke away, and pay from the same purse.
TREES = also(
    TWO, indicator("trees", "kha"), measure("planting", {"trees": 1.0}, unit="kha", cost=0.1), target("wood", "trees", "level", ">=", 2.0)
)


def test_where_one_target_is_asked_for_only_what_can_move_it_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trees cannot move the smoke, nor the mill's measures the trees: what is asked brings as much as it does where all are asked."""
    asked, without = list[Collection[str]](), held_out.HoldingOut.without

    def recorded(holding: held_out.HoldingOut, measures: Collection[str]) -> held_out.HeldOut | None:
        asked.append(measures)
        return without(holding, measures)

    monkeypatch.setattr(held_out.HoldingOut, "without", recorded)
    every = explain(Explainee(case_of(TREES), Options(gap=GAP)), again=False)
    assert {k for ks in asked for k in ks} == {"line", "press", "planting"}
    for target_id, moving in (("wood", {"planting"}), ("cap", {"line", "press"})):
        asked.clear()
        made = explain(Explainee(case_of(TREES), Options(gap=GAP)), asked=frozenset({target_id}), again=False)
        assert {k for ks in asked for k in ks} == moving
        assert brought(of(made, target_id)) == pytest.approx(brought(of(every, target_id))) and brought(of(made, target_id))


def test_what_moves_a_target_only_where_others_give_way_is_not_held_out_for_it() -> None:
    """Pumps move the smoke, and the number of mills only in so far as the closure gives way without them."""
    one = Explainee(case_of(CLOSURE), Options(gap=GAP))
    assert brought(of(explain(one, asked=frozenset({"one_gone"}), again=False), "one_gone")) == pytest.approx({"close": 1.0})
    made = explain(one, asked=frozenset({"cap"}), again=False)
    assert brought(of(made)) == pytest.approx({"pumps": 0.4}) and brought(of(made, "one_gone")) == {}


def test_ctrl_c_keeps_what_was_held_out_and_ends_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_out.HoldingOut, "without", stopped_at(2, held_out.HoldingOut.without))
    made = explain(Explainee(case_of(TWO), Options(gap=GAP)))
    one = of(made)
    assert not made.complete and one.differences == ()
    # Dearest first: the press is known by then.
    assert brought(one) == pytest.approx({"press": 0.3}) and made.untold == (UnknownContribution("line", "time"),)
