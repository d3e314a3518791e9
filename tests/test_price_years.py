"""Numbers stated in another year's money: converted at the door, told with their factor, and refused where no price level is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import call, says
from paper import Paper, demand, fact, market, measure, number, technology
from paper_case import case_of, write_case

from model.case.change.change import changed, parse_change
from model.case.read.case import Case, read_case
from model.study.plan.solve import solve

# A mill costs 2 a year in the money of 2015; prices were 0.8 then and are 1 now: 2.5 a year, cheaper than buying at 3. Taken as it stands it is 2.
STATED = Paper(
    name="stated",
    says="20 invested in the money of 2015 are 25 in that of 2020: 2.5 a year over ten years",
    facts=(
        demand("goods", 1.0),
        market("goods", 3.0),
        technology("mill", gives={"goods": 1.0}),
        measure("new_mill", {"mill": 1.0}, cost=2.0),
        [fact("deflators", year=2015, **number(80.0, "%")), fact("deflators", year=2020, **number(1.0, "1"))],
    ),
    objective=2.5,
)


def stated(folder: Path, year: int | None = 2015, *, paper: Paper = STATED) -> Path:
    """The case on disk, its investment in the money of a year."""
    case = case_of(paper)
    rows = tuple(row.model_copy(update={"price_year": year}) if row.quantity == "investment" else row for row in case.tables["numbers"])
    return write_case(Case(case.folder, case.header, {**case.tables, "numbers": rows}, {}, {}), folder)


def investment(case: Case) -> float:
    return next(row.value for row in case.tables["numbers"] if row.quantity == "investment")


def test_money_of_another_year_is_converted(tmp_path: Path) -> None:
    outcome = solve(read_case(stated(tmp_path / "stated")))
    assert outcome.plan.solved.objective == pytest.approx(2.5)
    assert float(outcome.results["investment_cash"].sum()) == pytest.approx(25.0)
    plain = solve(read_case(stated(tmp_path / "plain", None)))
    assert plain.plan.solved.objective == pytest.approx(2.0)


def test_the_range_moves_with_the_value_and_what_is_set_is_money_of_the_case(tmp_path: Path) -> None:
    case = read_case(stated(tmp_path / "stated"))
    assert investment(case) == 25.0
    assert investment(changed(case, [parse_change("new_mill.investment=*1.2")])) == 30.0
    assert investment(changed(case, [parse_change("new_mill.investment=22")])) == 22.0


def test_the_check_says_what_was_converted(tmp_path: Path) -> None:
    folder = stated(tmp_path / "stated")
    for language, text in (("en", "1 in money of 2015: × 1.25"), ("zh", "1项，2015年价格：× 1.25")):
        assert says(call("check", folder, "--lang", language).output, text)
    record = json.loads(call("check", folder, "--json").stdout)
    assert record["price_years"] == [{"price_year": 2015, "numbers": 1, "factor": 1.25}]
    assert "price_years" not in json.loads(call("check", stated(tmp_path / "plain", None), "--json").stdout)


def test_the_case_s_own_year_needs_no_level(tmp_path: Path) -> None:
    bare = Paper(name="bare", says="", facts=STATED.facts[:-1], objective=2.0)
    assert investment(read_case(stated(tmp_path / "own", 2020, paper=bare))) == 20.0
