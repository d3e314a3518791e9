"""Budgets of payers: named by check, priced in words, traced by the frontier; money by fund, and what is over the usual path.

The town pays 3 a Mt for goods that it buys, and may spend 1.5: it buys 0.5 Mt, the owner builds the other 0.5 at 4 a year.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from calling import call, says
from paper import GAP, Fact, Paper, also, demand, market, measure, target, technology
from paper_case import case_of, write_case
from papers import accounts, cash
from studying import unstored

from model.case.read.labels import labels
from model.report.explain.explain_text import explain_text
from model.report.plan import money_tables
from model.report.plan.target_tables import targets
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options
from model.study.tradeoffs.frontier import Aim, question_of

EXACT = Options(gap=GAP)


def test_check_names_budgets(tmp_path: Path) -> None:
    folder = write_case(case_of(accounts.BUDGET), tmp_path / "budget")
    told = call("check", folder)
    assert told.exit_code == 0
    head, line = told.stdout.splitlines()[-2:]
    assert head == "1 budget:" and line.split() == [
        "town",
        "at",
        "most",
        "1.50",
        "100",
        "million",
        "CNY",
        "a",
        "year",
        "from",
        "2021",
        "budget",
    ]
    assert "1项资金预算：" in call("check", folder, "--lang", "zh").stdout
    (record,) = json.loads(call("check", folder, "--json").stdout)["budgets"]
    assert record == {
        "target": "budget",
        "payers": ["town"],
        "sense": "<=",
        "value": 1.5,
        "unit": "亿元",
        "year": 2021,
        "holds": "onward",
        "base_year": None,
    }
    without = call("check", write_case(case_of(accounts.COAL_CAP), tmp_path / "none"))
    assert without.exit_code == 0 and "budget" not in without.stdout


def test_a_budget_of_some_years_together_says_which(tmp_path: Path) -> None:
    purse = target("purse", "town_spends", "budget", "<=", 1.5, year=2023, base_year=2021)
    case = case_of(also(replace(accounts.BUDGET, dropped=frozenset()), purse, years=(2021, 2022, 2023)))
    told = call("check", write_case(case, tmp_path / "some"))
    assert told.exit_code == 0 and says(told.stdout, "in 2022 to 2023 together"), told.output
    assert "2022—2023年累计" in call("check", tmp_path / "some", "--lang", "zh").stdout
    record = next(one for one in json.loads(call("check", tmp_path / "some", "--json").stdout)["budgets"] if one["target"] == "purse")
    assert (record["holds"], record["base_year"], record["year"]) == ("all", 2021, 2023)
    results = solve(case, EXACT).results
    for language, said in (("en", "purse: counted from 2022 on."), ("zh", "purse：自2022年起累计。")):
        assert said in targets(results, language).notes


def test_a_budget_is_priced_in_words() -> None:
    # 亿元 more buys 1/3 Mt, which would cost 4/3 from the owner's mill: 1/3 less in all.
    case = case_of(accounts.BUDGET)
    explained = explain(Explainee(case, EXACT), again=False)
    text = " ".join(explain_text(explained, labels(case), "en").split())
    assert "Each 100 million CNY more for town to spend (budget) lowers the plan's cost by 0.333 times as much, present value." in text
    assert "town每多安排1亿元（budget），规划总成本现值可减少0.333亿元。" in explain_text(explained, labels(case), "zh").replace("\n", "")


def test_the_frontier_takes_what_a_payer_spends() -> None:
    # From 1.5 down to nothing the cost rises from 3.5 to 4, 1/3 for each 亿元.
    made = unstored(case_of(accounts.BUDGET), question_of(Aim("town_spends", 2021), count=4), EXACT)
    found = [(point.value, point.high) for point in made.points]
    assert found == [(pytest.approx(cap, abs=1e-6), pytest.approx(3.5 + (1.5 - cap) / 3, abs=1e-6)) for cap in (1.5, 1.0, 0.5, 0.0)]


def fund(payer: str, name: str, share: float) -> Fact:
    return "funding", {"payer": payer, "fund": name, "value": share, "unit": "1", "status": "derived", "source": "made up"}


def test_money_by_fund_before_the_first_year_and_over_the_usual_path() -> None:
    # Usual: a mill of the owner at 2 a year (life 10) for 0.5 Mt; the plan builds 0.25 Mt of the clean one at 1 instead, begun three years before.
    paper = Paper(
        name="funds",
        says="a mill that is usual, and a cheaper one that is not",
        facts=(
            demand("goods", 0.5), market("goods", 3.0), technology("mill", gives={"goods": 1.0}),
            measure("usual_mill", {"mill": 1.0}, cost=2.0, usual=True),
            measure("clean_mill", {"mill": 1.0}, cost=1.0, lead_time=2, told={"committed": {2021: 0.25}}, payer="town"),
            [fund("town", "budget", 0.6), fund("town", "bond", 0.3)],
        ),
        years=(2021,),
        objective=0.75,
    )  # fmt: skip
    case = case_of(paper)
    results = solve(case, EXACT).results
    payers = money_tables.investment_by_payer(results, "en").frame.set_index("payer")
    assert payers.loc["town", ["before_first_year", 2021, "total"]].tolist() == pytest.approx([2.5, 0.0, 2.5])
    assert payers.loc["owner", ["before_first_year", 2021, "total"]].tolist() == pytest.approx([0.0, 5.0, 5.0])
    over = money_tables.investment_over_usual(results, "en").frame.set_index("payer")
    assert over["total"].to_dict() == pytest.approx({"town": 0.0, "owner": 0.0, "Total": 0.0})
    funds = money_tables.investment_by_fund(results, "en").frame
    found = dict(zip(zip(funds["fund"], funds["payer"]), funds["total"], strict=True))
    assert {key: found[key] for key in list(found)[:3]} == pytest.approx(
        {("Public budget", "town"): 1.5, ("Bonds", "town"): 0.75, ("Not named", "owner"): 5.0}
    )
    assert found["Not named", "town"] == pytest.approx(0.25)


def test_what_is_over_the_usual_path_is_the_plan_s_less_the_usual_one_s() -> None:
    # The usual path may not build the mill: it buys at 3 a year of the town's money, of which the plan saves 1.8 in 2023, at 6 of the owner's.
    results = solve(case_of(cash.OVER_THE_LEAD_TIME), EXACT).results
    spent = money_tables.spend_over_usual(results, "en").frame.set_index("payer")
    assert spent.loc["owner", [2021, 2022, 2023, "total"]].tolist() == pytest.approx([3.0, 3.0, 0.0, 6.0])
    assert spent.loc["town", [2021, 2022, 2023, "total"]].tolist() == pytest.approx([0.0, 0.0, -1.8, -1.8])
    assert money_tables.investment_over_usual(results, "en").frame["total"].iloc[-1] == pytest.approx(6.0)
