"""What is left short is no part of any cost that is told: runs side by side, against an earlier one, scenarios, trade-offs; its amounts stand beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from calling import call, says
from paper import Paper, also, demand, market, measure, technology
from paper_answer import solved
from paper_case import case_of, write_case
from paper_past import EXACT, LEAST
from studying import unstored

from model.report.pages.plan import plan_report
from model.report.plan.outcome import cost_components, costs
from model.results.compare import compare
from model.results.effects import Outcome, effects
from model.results.plan_cost import PlanCost
from model.results.run import Run, open_run
from model.results.since import since
from model.results.study import open_study
from model.study.tradeoffs import alternatives, frontier

pytestmark = pytest.mark.usefixtures("no_workbook")

# The mill of 0.5 leaves half of 2021 short, whatever is decided. From 2022 on a plant at 0.4 a year makes all, for nothing: 0.5 + 0.4 + 0.4.
SHORT = also(
    replace(LEAST, dropped=frozenset({"cap"})),
    technology("mill", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 1.0}),
    measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, earliest=2022),
    measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0, earliest=2022),
)
COST = 1.3
LESS = "need_of_goods.amount@2021=0.9"  # 0.4 are short instead of 0.5; the mill runs as it did


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Run]]:
    folder = tmp_path_factory.mktemp("apart")
    case = write_case(case_of(SHORT), folder / "paper")
    drop = ("--drop", "cap")
    for name, more in (("one", ()), ("other", ("--set", LESS, "--since", folder / "one"))):
        done = call("solve", case, *drop, *more, "--gap", "1e-9", "--out", folder / name)
        assert done.exit_code == 0, done.output
    yield open_run(folder / "one"), open_run(folder / "other")


def test_what_is_left_short_makes_no_gap_smaller() -> None:
    """8 of 1,010 above the bound; 1,000 of it is the price of what is short: 8 of the 10 that are paid."""
    assert PlanCost(1010.0, 1002.0, 1000.0).relative_gap == pytest.approx(0.8)
    assert PlanCost(10.0, 2.0).relative_gap == pytest.approx(0.8) and PlanCost(float("inf"), 2.0).relative_gap == 0.0


def test_a_run_stores_its_cost_beside_the_objective(pair: tuple[Run, Run]) -> None:
    for run in pair:
        told = run.manifest
        assert (
            told["cost"] == pytest.approx(COST) and told["objective"] == pytest.approx(COST + told["short_cost"]) and told["short_cost"] > 1
        )
        assert told["baselines"]["usual"]["cost"] == pytest.approx(
            told["baselines"]["usual"]["objective"] - told["baselines"]["usual"]["short_cost"]
        )
        assert costs(run.results, told).plan == pytest.approx(COST)
        parts = cost_components(run.results, "en").frame
        assert parts["value"].iloc[-1] == pytest.approx(COST) and parts["value"].iloc[:-1].sum() == pytest.approx(COST)
    listed = json.loads(call("runs", "--json").stdout)["runs"]
    assert all("cost" in one for one in listed)


def test_runs_side_by_side_differ_in_what_is_short_and_not_in_cost(pair: tuple[Run, Run]) -> None:
    made = compare(pair)
    assert [one.cost for one in made.costs] == pytest.approx([COST, COST]) and made.costs[1].high == pytest.approx(0.0, abs=1e-6)
    assert not made.components
    assert [[(one.item, one.year, round(one.amount, 6)) for one in cost.short] for cost in made.costs] == [
        [("goods", 2021, 0.5)],
        [("goods", 2021, 0.4)],
    ]
    for language, said in (("en", "goods: 0.400 Mt in 2021"), ("zh", "2021年缺40.00 万吨")):
        assert says(call("compare", *(run.folder for run in pair), "--lang", language).stdout, said)


def test_against_an_earlier_run_it_costs_as_much_and_leaves_less_short(pair: tuple[Run, Run]) -> None:
    made = since(*pair)
    assert (made.low, made.high) == pytest.approx((0.0, 0.0), abs=1e-6)
    told = ("show", pair[1].folder, "--since", pair[0].folder)
    screen = call(*told).stdout
    assert says(screen, "costs as much") and says(screen, "Left short: goods: 0.500 Mt in 2021 → goods: 0.400 Mt in 2021"), screen
    assert "缺口：goods：2021年缺50.00 万吨 → goods：2021年缺40.00 万吨" in call(*told, "--lang", "zh").stdout


def test_a_scenario_whose_past_leaves_less_short_costs_no_less(own_runs: Path) -> None:
    case, study = write_case(case_of(SHORT), own_runs / "paper"), own_runs / "study"
    done = call("sweep", case, "--drop", "cap", "--grid", "need_of_goods.amount@2021=0.9,1", "--gap", "1e-9", "--out", study)
    assert done.exit_code == 0, done.output
    assert says(done.stdout, "goods: 0.400 Mt in 2021") and says(done.stdout, f"Reference: {COST:.2f}"), done.stdout
    found = open_study(study).results
    assert found["short_cost"].values[1] < found["short_cost"].values[0] - 1
    assert {round(one.value, 6) + 0.0 for one in effects(found, Outcome("cost")).values()} == {0.0}
    told = json.loads(call("show", study, "--json").stdout)
    assert told["reference"]["cost"] == pytest.approx(COST) and told["reference"]["objective"] > COST + 1


def test_a_share_of_more_cost_is_of_the_cost_alone() -> None:
    """Within a tenth more, 1.43 may be paid: not a tenth of the price of what was short besides."""
    made = unstored(case_of(replace(SHORT, dropped=frozenset())), alternatives.question_of(case_of(SHORT), within=(0.1,)), EXACT)
    assert made.cost.value == pytest.approx(COST) and made.within[0].limit == pytest.approx(1.1 * COST)
    dear = next(one for one in made.within[0].bounds if one.measure == "short_lived")
    # A year of the dear plant for a year of the lasting one costs 0.1 more: all of 2022, and 0.3 of 2023.
    assert dear.most_high == pytest.approx(1.3, abs=1e-5)
    assert made.record()["cost"] == pytest.approx(COST)


def test_the_frontier_is_of_costs() -> None:
    points = unstored(case_of(SHORT), frontier.question_of(frontier.Aim("smoke", 2023), count=2), EXACT).points
    assert points[0].high == pytest.approx(COST, abs=1e-6) and points[0].low == pytest.approx(COST, abs=1e-6)


# Half of the goods cannot be had in 2022 by the usual path, which may not build; the plan builds.
BARE = Paper(
    name="usual_short",
    says="the usual path leaves short what the plan serves",
    facts=(
        demand("goods", 1.0),
        market("goods", 3.0, told={"yearly_limit": 0.5}),
        technology("mill", gives={"goods": 1.0}),
        measure("mill_built", {"mill": 1.0}, cost=1.0),
    ),  # fmt: skip
    years=(2021,),
    objective=1.0,
)


def test_what_the_usual_path_leaves_short_is_no_saving_of_the_plan() -> None:
    """The plan pays 1 for its mill; the usual path buys half at 3 and leaves the other half short, which costs it nothing: 0.5 saved, not thousands."""
    outcome = solved(BARE)[0]
    over = costs(outcome.results, outcome.manifest).over["usual"]
    assert over.value == pytest.approx(-0.5, abs=1e-6)
    figures = plan_report(outcome.results, hours=outcome.hours, manifest=outcome.manifest, case=None, language="en")
    assert figures.pages
