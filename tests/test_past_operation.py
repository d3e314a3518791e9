"""How the years before decisions ran is found with them: the same in plan, usual and no-target plan, and what was begun then is no decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import Paper, actual, also, demand, indicator, measure, target, technology
from paper_answer import solved, told
from paper_past import EXACT, THREE

from model.case.change.change import changed, parse_change
from model.report.plan.shortfall_tables import shortfall_sentences
from model.results.shortfalls import past_shortfalls, shortfalls, targets_leave_short
from model.study.infeasible.clash import negotiated
from model.study.plan.reference import reference_of, solve_scenario
from model.study.plan.solve import Planner, SolvedCase, solve
from model.study.runs.foresight import ShortSight
from model.study.solved.solved_model import NoPlan

# A mill at 1 a Mt, and an old clean one at 2 that stands idle. In 2021 at most 0.6 Mt of smoke were allowed: 0.4 Mt came from the old clean one.
OLD = Paper(
    name="old_clean",
    says="what was allowed in 2021 was kept by how the mills ran, not by what was built",
    facts=(
        demand("goods", 1.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 2.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        target("cap", "smoke", "level", "<=", 0.6, holds="year"),
    ),  # fmt: skip
    years=THREE,
    decide_from=2022,
    objective=0.0,
)


def smoke(outcome: SolvedCase) -> list[float]:
    return outcome.results["indicator_value"].sel(indicator="smoke").values.tolist()


def test_the_past_runs_in_every_plan_as_it_was_found() -> None:
    """At least cost the mill alone would have run in 2021 too, and the target would be met on one sheet and missed on another."""
    outcome = solved(OLD)[0]
    assert smoke(outcome) == pytest.approx([0.6, 1.0, 1.0])
    usual = outcome.ready.usual.solved
    assert usual.worked["indicator_value"].sel(indicator="smoke").values.tolist() == pytest.approx([0.6, 1.0, 1.0])
    assert usual.objective == pytest.approx(outcome.manifest["objective"])
    (one,) = outcome.manifest["past"]["judged"]
    assert (one["achieved"], one["met"], outcome.manifest["audit"]["ok"]) == (pytest.approx(0.6), True, True)


@pytest.mark.parametrize(
    "planner", [negotiated, lambda ready, watch: ShortSight(1).plan(ready, watch)], ids=["negotiated", "short_sighted"]
)
def test_however_the_plan_is_made_its_past_ran_as_it_was_found(planner: Planner) -> None:
    outcome = solve(told(OLD), EXACT, planner=planner)
    assert smoke(outcome) == pytest.approx([0.6, 1.0, 1.0])
    assert outcome.manifest["objective"] == pytest.approx(outcome.ready.usual.solved.objective)


def test_a_number_of_all_years_that_is_changed_leaves_the_past_to_run_at_least_cost() -> None:
    """1.1 Mt of goods a year: 2021 cannot have run as it was found, and the mill makes 1."""
    reference = reference_of(told(OLD), EXACT)
    case = changed(reference.ready.case, [parse_change("need_of_goods.amount=*1.1")])
    _, plan = solve_scenario(reference, case=case)
    assert plan.solved.worked["indicator_value"].sel(indicator="smoke").values.tolist() == pytest.approx([1.0, 1.0, 1.0])
    dearer = changed(reference.ready.case, [parse_change("mill.variable_cost=*1.5")])
    _, plan = solve_scenario(reference, case=dearer)
    assert plan.solved.worked["indicator_value"].sel(indicator="smoke").values.tolist() == pytest.approx([0.6, 1.0, 1.0])


# What was begun before decisions

USUAL = replace(
    OLD,
    name="begun",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]), indicator("spent", "亿元", [("owner", "spend", 1.0)]),
    ),
)  # fmt: skip


def plant(cost: float) -> list:
    return measure("plant", {"clean_mill": 1.0}, cost=cost, usual=True, lead_time=1)


def test_no_more_was_begun_than_as_usual_whatever_the_plan_is_asked() -> None:
    """A usual plant at 2 a year is not built as usual, and what 2022 asks for cannot have been begun in 2021 either."""
    asked = also(USUAL, plant(2.0), actual("plant", 2021, 0.0), target("cap", "smoke", "level", "<=", 0.6, year=2022, holds="year"))
    outcome = solved(asked)[0]
    assert (outcome.manifest["status"], outcome.results["build"].sel(measure="plant").values.tolist()) == (
        "unserved",
        pytest.approx([0.0] * 3),
    )
    later = also(USUAL, plant(2.0), actual("plant", 2021, 0.0), target("cap", "smoke", "level", "<=", 0.6, year=2023, holds="year"))
    assert solved(later)[0].results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 0.0, 0.4])


def test_what_was_begun_as_usual_enters_in_every_plan() -> None:
    """At 0.5 a year the usual path has 1 Mt of it in 2022, begun in 2021; a plan that must keep half a Mt of smoke in 2022 cannot undo that."""
    begun = also(USUAL, plant(0.5), actual("plant", 2021, 0.0))
    assert solved(begun)[0].results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 1.0, 0.0])
    bounds = solved(begun)[0].ready.usual.solved.decisions["build"].sel(measure="plant").values.tolist()
    assert bounds == pytest.approx([0.0, 1.0, 0.0])
    none = also(
        begun, target("few", "stock", "level", "<=", 0.3, year=2022, holds="year"), indicator("stock", "Mt", [("plant", "level", 1.0)])
    )
    with pytest.raises(NoPlan):
        solved(none)


def test_of_a_span_that_decisions_cut_what_was_begun_is_beside_what_was_built() -> None:
    """2022 and 2023 are one span and decided from 2023: 0.3 on record in 2022, and as usual 1 Mt in all by 2023, which two years of building had begun."""
    cut = replace(USUAL, years=(2021, 2023), decide_from=2023)
    paper = also(cut, measure("plant", {"clean_mill": 1.0}, cost=0.5, usual=True, lead_time=2), actual("plant", 2022, 0.3))
    outcome = solved(paper)[0]
    assert outcome.ready.usual.solved.decisions["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 1.0])
    assert outcome.results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 1.0])


def test_a_budget_of_all_years_counts_what_was_paid_before_decisions_for_what_came_after() -> None:
    """2021: the mill's 1, and 5 for the plant that enters in 2022; nothing after. A budget of 5.9 in all cannot be met, one of 6.1 can."""
    paper = also(USUAL, plant(0.5), actual("plant", 2021, 0.0))
    assert solved(paper)[0].results["indicator_value"].sel(indicator="spent").values.tolist() == pytest.approx([6.0, 0.0, 0.0])
    enough = also(paper, target("purse", "spent", "budget", "<=", 6.1, year=2023))
    assert [one["achieved"] for one in solved(enough)[0].manifest["targets"]] == pytest.approx([6.0])
    short = also(paper, target("purse", "spent", "budget", "<=", 5.9, year=2023, holds="year"))
    with pytest.raises(NoPlan):
        solved(short)


def test_a_budget_of_the_years_to_be_decided_counts_nothing_of_the_past() -> None:
    """In 2021 the mill's 1 and 5 for the plant that enters in 2022 were paid; 2022 and 2023 cost nothing, so that a budget of these two years can be
    nothing, by decisions from 2022 as in the plan as written."""
    paper = also(USUAL, plant(0.5), actual("plant", 2021, 0.0))
    alone = also(paper, target("purse", "spent", "budget", "<=", 0.1, year=2023, base_year=2021))
    (one,) = solved(alone)[0].manifest["targets"]
    assert (one["achieved"], one["met"]) == (pytest.approx(0.0, abs=1e-6), True)
    whole = also(paper, target("purse", "spent", "budget", "<=", 6.1, year=2023, base_year=2020))
    assert [one["achieved"] for one in solved(whole)[0].manifest["targets"]] == pytest.approx([6.0])


# What the past leaves short after decisions begin

# 0.6 Mt of the goods come from a mill; plants that make the rest are built at 0.2 Mt a year at most and run for nothing. None was built in 2021.
LACK = Paper(
    name="lack",
    says="what was not built cannot be made good in a year",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6), technology("clean_mill", gives={"goods": 1.0}),
        indicator("plants", "Mt", [("plant", "level", 1.0)]), measure("plant", {"clean_mill": 1.0}, cost=2.0, told={"pace": 0.2}),
        target("stand", "plants", "level", ">=", 0.4), actual("plant", 2021, 0.0),
    ),
    years=THREE, decide_from=2022, objective=0.0,
)  # fmt: skip


def test_what_the_past_leaves_without_means_is_left_short_and_the_future_goes_on() -> None:
    """Nothing stands at the end of 2021: 0.4 Mt are short then, 0.2 Mt in 2022, none in 2023; what the target asks from 2021 on is met in 2023."""
    outcome = solved(LACK)[0]
    assert outcome.results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 0.2, 0.2])
    assert (outcome.manifest["status"], outcome.manifest["accepted"]) == ("unserved", False)
    assert [(one.year, pytest.approx(one.amount)) for one in shortfalls(outcome.results)] == [(2022, 0.2)]
    assert [(one.year, pytest.approx(one.amount)) for one in past_shortfalls(outcome.results)] == [(2021, 0.4)]
    assert not targets_leave_short(outcome.manifest)
    assert [(one["target"], one["met_from"]) for one in outcome.manifest["past"]["onward"]] == [("stand", 2023)]
    (said,) = shortfall_sentences(outcome.results, "en")
    assert "0.200 Mt in 2022" in said and "what was built of it before 2022" in said
