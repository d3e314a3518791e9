"""The years before decisions begin: records, estimates, what is done as usual and what is reconstructed, each worked out on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import (
    Facts,
    Paper,
    actual,
    also,
    demand,
    estimated,
    fact,
    indicator,
    market,
    measure,
    number,
    target,
    technology,
)
from paper_answer import solved, told
from paper_case import case_of
from paper_past import CAPPED, EXACT, LEAST, TOWN, amounts, built, past, past_of, ready

from model.case.change.change import changed, parse_change
from model.case.read.case import Case
from model.study.plan.reference import reference_of, solve_scenario


def with_mode(paper: Paper, mode: str) -> Case:
    case = case_of(paper)
    return replace(case, header=case.header.model_copy(update={"history": mode}))


# What is recorded, what is done as usual, what is reconstructed


def test_what_is_not_recorded_is_done_with_the_least_investment_that_meets_past_targets() -> None:
    assert built(LEAST, "short_lived") == pytest.approx((0.4,))
    assert built(LEAST, "long_lived") == pytest.approx((0.0,))


def test_savings_never_pull_a_measure_into_the_past() -> None:
    """Without the target either plant still saves at least 0.5 a year a Mt, and neither is thought to have been built."""
    free = replace(LEAST, dropped=frozenset({"cap"}))
    assert built(free, "short_lived") == built(free, "long_lived") == (0.0,)


def test_of_equal_investments_the_cheaper_one_is_taken() -> None:
    """Upkeep of 0.1 makes the first of two like plants dearer."""
    twins = also(
        LEAST,
        measure("long_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0),
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, told={"upkeep": 0.1}),
    )
    assert built(twins, "long_lived") == pytest.approx((0.4,))
    assert built(twins, "short_lived") == pytest.approx((0.0,))


@pytest.mark.parametrize("names", [("aspen", "birch"), ("birch", "aspen")])
def test_of_two_that_cost_the_same_the_first_by_id_is_taken_whatever_the_order_of_rows(names: tuple[str, str]) -> None:
    """Each can make 0.3 Mt a year and 0.4 Mt must be clean."""
    cap = target("cap", "smoke", "level", "<=", 0.6, holds="year")
    twins = replace(
        LEAST, facts=(*TOWN, *(measure(name, {"clean_mill": 1.0}, cost=0.5, life=1.0, told={"pace": 0.3}) for name in names), cap)
    )
    assert built(twins, "aspen") == pytest.approx((0.3,))
    assert built(twins, "birch") == pytest.approx((0.1,))


def test_what_is_done_as_usual_is_free_at_least_cost_and_knows_no_target() -> None:
    """A usual plant at 0.5 a year saves the mill's 1: all of the demand; under a cap of 2 Mt at least of smoke it would not be."""
    usual = also(
        LEAST,
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, usual=True),
        target("cap", "smoke", "level", ">=", 0.9, holds="year"),
    )
    assert built(usual, "short_lived") == pytest.approx((1.0,))


def test_a_record_is_what_it_says() -> None:
    recorded = also(LEAST, actual("long_lived", 2021, 0.3))
    assert built(recorded, "long_lived") == pytest.approx((0.3,))
    assert built(recorded, "short_lived") == pytest.approx((0.1,))


@pytest.mark.parametrize("usual", [False, True])
def test_an_estimate_is_what_it_says_where_past_targets_allow_it(usual: bool) -> None:
    """0.3 of the dear plant, and 0.1 of the cheap one that the target still asks for; as usual, though more or less would be cheaper, too."""
    paper = also(
        LEAST,
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0, usual=usual),
        estimated("long_lived", 2021, 0.3, low=0.2, high=0.35),
    )
    assert built(paper, "long_lived") == pytest.approx((0.3,))
    assert built(paper, "short_lived") == pytest.approx((0.1,))


@pytest.mark.parametrize("usual", [False, True])
@pytest.mark.parametrize(("of", "most", "found"), [("smoke", 0.6, 0.4), ("stock", 0.25, 0.25), ("smoke", 0.4, 0.5)])
def test_an_estimate_departs_within_its_range_as_far_as_a_past_target_needs(usual: bool, of: str, most: float, found: float) -> None:
    """0.3 of the plant by estimate, 0.2 to 0.5, and no other: at most 0.6 Mt of smoke need 0.4, at most 0.25 of plants stand, 0.4 Mt cannot be had."""
    plant = measure("plant", {"clean_mill": 1.0}, cost=0.4, life=10.0, usual=usual)
    stock, cap = indicator("stock", "Mt", [("plant", "level", 1.0)]), target("cap", of, "level", "<=", most, holds="year")
    paper = replace(LEAST, facts=(*TOWN, plant, stock, estimated("plant", 2021, 0.3, low=0.2, high=0.5), cap))
    assert built(paper, "plant") == pytest.approx((found,), abs=2e-6)


def test_an_estimate_that_takes_no_investment_is_kept_as_well() -> None:
    """It saves the mill's cost and takes nothing to invest, and is still what it says."""
    free = replace(LEAST, facts=(*TOWN, measure("free", {"clean_mill": 1.0}), estimated("free", 2021, 0.3, low=0.2, high=0.5)))
    assert built(free, "free") == pytest.approx((0.3,))


def test_years_after_the_last_record_are_open_and_those_between_are_not() -> None:
    """Recorded in 2022: nothing in 2021. In 2023 the plant that ended with 2022 is put up again, and more for the demand that the record left."""
    usual = measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, usual=True)
    paper = also(replace(LEAST, years=(2021, 2022, 2023, 2024), decide_from=2024), usual, actual("short_lived", 2022, 0.2))
    assert built(paper, "short_lived") == pytest.approx((0.0, 0.2, 1.0))


@pytest.mark.parametrize(("mode", "amounts"), [("reconstructed", (0.3, 0.1)), ("usual", (0.3, 0.0)), ("recorded_only", (0.0, 0.0))])
def test_three_histories(mode: str, amounts: tuple[float, float]) -> None:
    """A usual plant of at most 0.3, no record: as usual 0.3; the cap takes 0.1 more of another; by the record alone there is nothing."""
    usual = measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0, usual=True, told={"pace": 0.3})
    paper = also(LEAST, usual)
    found = past_of(with_mode(paper, mode)).history.built
    assert (*found["long_lived"], *found["short_lived"]) == pytest.approx(amounts)


def test_no_later_target_enters_the_past() -> None:
    later = also(LEAST, target("later", "smoke", "level", "<=", 0.0, year=2023))
    assert built(later, "short_lived") == built(LEAST, "short_lived")
    assert built(later, "long_lived") == built(LEAST, "long_lived")


def test_a_record_above_the_potential_raises_it() -> None:
    """Twice the potential was built in 2021: it stands, and no more can come."""
    paper = also(
        LEAST, measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0, told={"potential": 0.2}), actual("long_lived", 2021, 0.4)
    )
    outcome = solved(paper)[0]
    assert outcome.results["build"].sel(measure="long_lived").values.tolist() == pytest.approx([0.4, 0.0, 0.0])
    assert outcome.manifest["accepted"]
    assert outcome.manifest["past"]["raised"] == [
        {"measure": "long_lived", "what": "potential", "year": 2021, "told": 0.2, "stands": 0.4, "by": "record"}
    ]


def test_a_past_year_that_nothing_serves_never_stops_the_future() -> None:
    """The mill of 0.5 leaves half of 2021 short; from 2022 on clean plants make the rest."""
    gone = (
        technology("mill", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 1.0}),
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, earliest=2022),
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0, earliest=2022),
    )
    paper = also(replace(LEAST, dropped=frozenset({"cap"})), *gone)
    outcome = solved(paper)[0]
    assert outcome.manifest["accepted"] and outcome.manifest["past"]["short"] == [
        {"item": "goods", "year": 2021, "amount": pytest.approx(0.5), "unit": "Mt"}
    ]


# One past for all


def test_the_past_is_the_same_in_plan_usual_no_target_plan_and_scenarios() -> None:
    later = also(LEAST, target("later", "smoke", "level", "<=", 0.2, year=2023))
    reference = reference_of(told(later), EXACT)
    changes = ("mill.variable_cost=9", "later.value=0.1", "long_lived.investment=*2")
    plans = [reference.plan, reference.ready.usual]
    for text in changes:
        case = changed(reference.ready.case, [parse_change(text)])
        scenario_ready, plan = solve_scenario(reference, case=case)
        assert scenario_ready.past is reference.ready.past, text
        plans.append(plan)
        kept = reference.ready.past
        assert kept is not None and past_of(case).history == kept.history, text
    for plan in plans:
        for k in ("short_lived", "long_lived"):
            assert float(plan.solved.decisions["build"].sel(measure=k, build_year=2021)) == pytest.approx(built(later, k)[0]), k


def test_a_change_that_names_a_past_year_finds_the_past_anew() -> None:
    reference = reference_of(told(LEAST), EXACT)
    case = changed(reference.ready.case, [parse_change("need_of_goods.amount@2021=0.8 Mt")])
    again = solve_scenario(reference, case=case)[0]
    assert again.past is not None and again.past.history.built["short_lived"] == pytest.approx((0.2,))
    assert past_of(case).history.built["short_lived"] == pytest.approx((0.2,))


def test_without_a_past_nothing_is_found() -> None:
    assert ready(replace(LEAST, decide_from=None)).past is None


# How past targets are judged


def judgement(paper: Paper) -> tuple[str, bool]:
    (one,) = [one for one in past(paper).judged if one.target == "cap"]
    return one.by, one.met


def published(value: float) -> Facts:
    return [
        fact("facts", id="smoke_2021", label_en="smoke", label_zh="smoke", indicator="smoke", year=2021, role="record", **number(value))
    ]


def official(result: str) -> Facts:
    return [fact("official", target="cap", year=2021, result=result, document="No. 7", source="made up")]


def test_a_past_target_is_judged_by_the_official_result_then_by_the_published_value_then_by_the_model() -> None:
    assert judgement(LEAST) == ("model", True)
    assert judgement(also(LEAST, published(0.9))) == ("published", False)
    assert judgement(also(LEAST, published(0.5))) == ("published", True)
    assert judgement(also(LEAST, published(0.5), official("missed"))) == ("official", False)
    assert judgement(also(LEAST, published(0.9), official("met"))) == ("official", True)


def test_missed_is_said_on_record_alone() -> None:
    """Nothing can be built: by the model the cap was broken, which is not said to be missed."""
    bare = also(
        LEAST,
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, earliest=2022),
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, earliest=2022),
    )
    (one,) = past(bare).judged
    assert (one.by, one.met, one.missed) == ("model", False, False)


def test_what_was_missed_by_record_is_not_asked_of_the_past() -> None:
    assert built(also(LEAST, official("missed")), "short_lived") == (0.0,)
    assert built(also(LEAST, published(0.9)), "short_lived") == (0.0,)


# What goes on


def test_a_target_dated_before_decisions_stays_in_force_and_gives_least() -> None:
    manifest = solved(CAPPED)[0].manifest
    (one,) = manifest["past"]["onward"]
    assert (one["target"], one["years"], one["met_from"]) == ("cap", [2022], 2023)
    assert (one["asked"], one["given"]) == pytest.approx((0.6, 1.0))
    assert manifest["status"] == "optimal" and manifest["accepted"]
    assert [(limit["kind"], limit["item"], limit["years"]) for limit in one["limits"]] == [
        ("actual", "plant", (2021,)),
        ("lead_time", "plant", (2022,)),
    ]
    # 1 + 1 + (0.6 · 1 + 0.4 · 2)
    assert manifest["objective"] == pytest.approx(3.4)


def test_of_a_later_target_that_cannot_be_met_the_plan_is_not_accepted() -> None:
    late = also(CAPPED, target("cap", "smoke", "level", "<=", 0.6, year=2022))
    manifest = solved(late)[0].manifest
    assert manifest["status"] == "out_of_reach" and not manifest["accepted"]
    assert manifest["past"]["onward"][0]["years"] == [2022]


def test_a_ban_that_the_record_broke_holds_from_the_recorded_level() -> None:
    """No new mill was to be built from 2021 on; 0.3 were. No further one is, though it would save the 2 by which goods cost more to buy than to make."""
    banned = (
        measure("new_mill", {"mill": 1.0}, cost=0.1), indicator("new_mills", "Mt", [("new_mill", "level", 1.0)]),
        target("ban", "new_mills", "level", "<=", 0.0), actual("new_mill", 2021, 0.3), technology("mill", gives={"goods": 1.0}, exists=0.2),
    )  # fmt: skip
    dear = [measure(name, {"clean_mill": 1.0}, cost=9.0) for name in ("short_lived", "long_lived")]
    paper = also(replace(LEAST, dropped=frozenset({"cap"})), *banned, *dear, market("goods", 3.1))
    outcome = solved(paper)[0]
    assert outcome.results["build"].sel(measure="new_mill").values.tolist() == pytest.approx(
        [0.3, 0.0, 0.0], abs=1e-5
    )  # what is given may be given again a little more
    assert [one["target"] for one in outcome.manifest["past"]["onward"]] == ["ban"]


# What the past cannot be made to say


def test_a_peak_is_no_higher_than_the_past_was_and_not_than_it_could_have_been_made() -> None:
    """Smoke of 2021 was 0.8, as the demand was; it could have been 1 by running the mill for sale. From 2022 on it is not to rise above 0.8."""
    grows = replace(LEAST, facts=(demand("goods", {2021: 0.8, 2022: 1.0, 2023: 1.0}), *LEAST.facts[1:]), dropped=frozenset({"cap"}))
    paper = also(
        grows, market("goods", 3.0), market("goods", 0.9, direction="sell", told={"yearly_limit": 0.2}),
        measure("short_lived", {"clean_mill": 1.0}, cost=9.0, life=1.0), measure("long_lived", {"clean_mill": 1.0}, cost=9.0),
        target("peak", "smoke", "peak", "<=", 0.0, year=2022),
    )  # fmt: skip
    assert amounts(paper, "smoke") == pytest.approx([0.8, 0.8, 0.8])


def test_a_budget_over_years_counts_what_the_past_has_used() -> None:
    """Smoke of 2021 was 1 Mt (nothing else ran): of 2.5 Mt by 2023, 1.5 are left for two years."""
    paper = also(replace(LEAST, dropped=frozenset({"cap"})), target("budget", "smoke", "budget", "<=", 2.5, year=2023), market("goods", 3.0),
                 measure("short_lived", {"clean_mill": 1.0}, cost=9.0, life=1.0), measure("long_lived", {"clean_mill": 1.0}, cost=9.0))  # fmt: skip
    results = solved(paper)[0].results
    assert float(results["indicator_value"].sel(indicator="smoke").sum()) == pytest.approx(2.5)
    assert float(results["achieved"][0]) == pytest.approx(2.5) and bool(results["met"][0])
