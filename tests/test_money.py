"""Money that passes: what a plan costs those who pay and what it costs society, on paper, wherever it is told; and that what no case says moves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xarray as xr
from calling import call, says
from openpyxl import load_workbook
from paper import GAP, Paper, also, carbon_market, demand, indicator, market, measure, numbers, settling, technology, transfer
from paper_answer import fresh, made, solved, worked_out
from paper_case import case_of, write_case
from papers import allowances, objective, transfers

from model.case.change.levers import Lever
from model.report.pages.plan import plan_report
from model.results.transfers import society
from model.study.plan.reference import reference_of
from model.study.solved.solved_model import Options
from model.study.sweep.weights import weights

# A mill of 3.6 lasts two years: paid back at the owner's 25 % it is 2.5 a year, at the discount rate of nothing 1.8. The state pays a fifth of
# it, and takes 0.1 for the smoke of a Mt. Goods cost 3 to buy: 6 in two years, which is what the usual path does.
PAID = Paper(
    name="paid",
    says="5 of annuities, less 1 from the state, 0.2 of tax: 4.2; at one rate 3.6 − 0.72 + 0.2; to society 3.6",
    facts=(
        demand("goods", 1.0),
        market("goods", 3.0),
        technology("mill", gives={"goods": 1.0}),
        measure("new_mill", {"mill": 1.0}, life=2.0, told={"investment": 3.6}),
        numbers("owner", {"cost_of_capital": 0.25}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        transfer("smoke_tax", {"rate": 0.1}, payer="owner", indicator="smoke"),
        transfer("state_grant", {"share": 0.2}, kind="subsidy", receiver="owner", measures=("new_mill",)),
    ),
    years=(2021, 2022),
    objective=4.2,
)
SETTLED = Paper(
    name="settled_in_a_report",
    says="a tenth of what is emitted may be sold: 0.2 of 0.6 at 5; to society the mill costs 2.9",
    facts=(
        *allowances.GOODS,
        allowances.mill(2.9),
        carbon_market(5.0),
        settling("plant", {("mill", "activity"): (2.0, 2.6)}, told={"gain_limit": 0.1}),
    ),
    objective=1.9,
)
PLAN = {
    "cost_as_paid": 4.2, "taxes": 0.2, "subsidies": -1.0, "allowances": 0.0, "cost_without_transfers": 5.0, "cost_at_one_rate": 3.08, "cost_to_society": 3.6,
}  # fmt: skip


def results_of(paper: Paper) -> xr.Dataset:
    return solved(paper)[2]


def test_a_plan_is_told_as_paid_without_transfers_and_at_one_rate() -> None:
    found = society(results_of(PAID))
    assert found["plan"] == pytest.approx(PLAN)
    assert {name: found["usual"][name] for name in ("cost_as_paid", "cost_at_one_rate", "cost_to_society")} == pytest.approx(
        dict.fromkeys(("cost_as_paid", "cost_at_one_rate", "cost_to_society"), 6.0)
    )
    assert worked_out(PAID).audit.ok


def test_without_the_payers_rate_annuities_are_at_the_discount_rate() -> None:
    """3.6 over two years is 1.8 a year: the mill is built where goods cost 2, and at its own rate it is not."""
    assert fresh(transfers.OWN_RATE).objective == pytest.approx(4.0)
    at_discount = Paper(
        name="at_discount",
        says="the same without a rate of its own",
        facts=transfers.OWN_RATE.facts[:-1],
        years=(2021, 2022),
        objective=3.6,
    )
    assert fresh(at_discount).objective == pytest.approx(3.6)


def test_a_rate_that_is_the_discount_rate_changes_no_digit() -> None:
    same = also(objective.ANNUITY, numbers("owner", {"cost_of_capital": 0.25}))
    for name in ("charge", "deferred_charge", "charge_before", "charge_at_one_rate"):
        xr.testing.assert_identical(made(same).parameters[name], made(objective.ANNUITY).parameters[name])
    assert fresh(same).objective == fresh(objective.ANNUITY).objective


@pytest.mark.parametrize(
    ("paper", "gone", "without"),
    [
        (transfers.TAX, "smoke_tax", 1.0), (transfers.RISING_TAX, "carbon", 2.0), (transfers.TAXED_BUDGET, "smoke_tax", 1.0),
        (transfers.GRANT, "state_grant", 3.0), (transfers.GRANT_OF_TOWN, "town_grant", 1.0),
    ],
    ids=lambda value: getattr(value, "name", None),
)  # fmt: skip
def test_a_transfer_taken_away_leaves_another_plan(paper: Paper, gone: str, without: float) -> None:
    left = tuple([one for one in part if gone not in (one[1].get("id"), one[1].get("item"))] for part in paper.facts)
    assert fresh(Paper(name="left", says="", facts=left, years=paper.years, objective=without)).objective == pytest.approx(without)


def test_without_its_limit_a_shortage_is_bought_whole_and_the_mill_stands_still() -> None:
    facts = [one for one in allowances.FORGIVEN.facts[-1] if one[1].get("quantity") != "loss_limit"]
    unlimited = Paper(name="unlimited", says="1.4 + 1 · 2 against 3", facts=(*allowances.FORGIVEN.facts[:-1], facts), objective=3.0)
    assert fresh(unlimited).objective == pytest.approx(3.0)


def test_a_case_without_any_of_it_has_no_row_and_no_column_of_it() -> None:
    matrix = made(objective.ANNUITY).matrix
    assert not {name for name, _ in (*matrix.rows, *matrix.columns)} & {
        "Net_Allowances",
        "Lapsed_Allowances",
        "Net_Of_Outputs",
        "Gain_Limit",
    }
    assert society(results_of(objective.BASELINES)) == {}


@pytest.mark.parametrize(
    ("paper", "lever", "weight"),
    [
        # 1 t of smoke at 1; half a tonne of allowances at 2; 4 of annuities net of the grant over two years: 4 · 3 / 2 for each 1 of the rate.
        (
            also(transfers.TAX, transfer("smoke_tax", {"rate": 1.0}, payer="owner", indicator="smoke")),
            ("smoke_tax.rate", 0.5, 1.0, 1.5),
            1.0,
        ),
        (allowances.BOUGHT, ("permits.price", 1.0, 2.0, 3.0), 1.0),
        (PAID, ("owner.cost_of_capital", 0.2, 0.25, 0.3), 0.6),
    ],
    ids=["rate", "price", "cost of capital"],
)
def test_what_passes_weighs_in_a_tornado(paper: Paper, lever: tuple[str, float, float, float], weight: float) -> None:
    name, low, value, high = lever
    found = weights(reference_of(case_of(paper), Options(gap=GAP)), [Lever(name, "numbers", low, value, high, "1", 1)])
    assert found == pytest.approx({name: weight})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_tells_it_on_a_page_of_its_own(language: str) -> None:
    outcome, manifest, results, hours = solved(PAID)
    tables = plan_report(results, hours=hours, manifest=manifest, case=None, language=language).tables
    rows = tables["cost-to-society"].frame
    assert [round(value, 6) for value in rows["plan"]] == [4.2, 0.2, -1.0, 5.0, 3.08, 3.6]
    assert rows["over_usual"].iloc[-1] == pytest.approx(-2.4)
    paid = tables["transfers"].frame.set_index("item")
    assert paid.loc["state_grant", 2021] == pytest.approx(0.72) and paid.loc["smoke_tax", 2022] == pytest.approx(0.1)
    assert "carbon-market" not in tables and outcome.plan.solved.objective == pytest.approx(4.2)


def test_a_carbon_market_is_told_by_group_with_what_is_bought_and_sold_apart() -> None:
    _, manifest, results, hours = solved(SETTLED)
    frame = plan_report(results, hours=hours, manifest=manifest, case=None, language="en").tables["carbon-market"].frame
    told = dict(zip(frame["item"], frame[2021], strict=True))
    assert told == pytest.approx(
        {"Verified emissions": 2.0, "Allotted by benchmark": 2.6, "Surplus lapsed": 0.4, "Sold": 0.2, "Cost, less what is earned": -1.0}
    )
    assert society(results)["plan"]["cost_to_society"] == pytest.approx(2.9)


def test_a_run_says_it_on_the_screen_and_to_programs(tmp_path: Path) -> None:
    folder = write_case(case_of(PAID), tmp_path / "data" / "paper")
    told = call("solve", folder, "--out", tmp_path / "first", "--lang", "en")
    assert told.exit_code == 0, told.output
    assert says(told.output, "of the plan's cost transfers: Taxes and carbon prices 0.20; Subsidies -1.00; it costs society 3.60")
    record = json.loads(call("show", tmp_path / "first", "--json").stdout)
    assert record["society"]["plan"] == pytest.approx(PLAN)
    assert "Transfers" in load_workbook(tmp_path / "first" / "build-schedule.xlsx").sheetnames
