"""The next two years: what is decided by lead bureau, what must be begun, who pays and from which funds, and which targets ride on it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import xarray as xr
from calling import TOY, call, says
from paper import GAP, also, measure
from paper_case import case_of, write_case
from paper_next import PAPER

from model.case.read.case import read_case
from model.report.layout import screen_width, width
from model.report.pages.plan import plan_report
from model.report.plan import next_tables, next_text
from model.report.plan.plan_tables import by_bureau
from model.report.plan.text import summary_text
from model.report.tables import build_schedule
from model.report.words import word
from model.results.next_years import begun_records, decided_records, next_years, payer_records, target_records, under_way_records
from model.results.progress import tasks
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

EXACT = Options(gap=GAP)
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def made() -> SolvedCase:
    return solve(case_of(PAPER), EXACT)


def test_the_case_is_as_on_paper(made: SolvedCase) -> None:
    assert made.manifest["objective"] == pytest.approx(PAPER.objective, abs=1e-6)
    assert next_years(made.results) == [2022, 2023]


def test_what_is_decided_stands_under_the_bureau_that_leads(made: SolvedCase) -> None:
    (row,) = next_tables.decide(made.results, "en").frame.to_dict("records")
    assert (row["bureau"], row["support"], row["measure"], row["unit"]) == ("energy", "works_bureau", "quick", "Mt")
    assert [row[2022], row[2023], row["invested"]] == pytest.approx([0.4, 0.0, 20.0])


def test_what_owners_buy_by_themselves_is_no_task_and_is_named(made: SolvedCase) -> None:
    """Of two plants that come one is called a forecast: no bureau has it to decide, to begin or in its sheet, and a note names it."""
    for name, left in (("quick", [("slow", "begin")]), ("slow", [("quick", "decide")])):
        forecast = xr.DataArray([k == name for k in made.results["measure"].values.tolist()], dims="measure")
        told = made.results.assign(measure_forecast=forecast)
        found = [(one["measure"], "decide") for one in decided_records(told)] + [(one["measure"], "begin") for one in begun_records(told)]
        assert found == left
        assert by_bureau(told, "en").frame["_measure"].tolist() == [left[0][0]]
        assert {task.measure for task in tasks(told, until=2025)} == {left[0][0]}
        assert any(f"none of it: {name}" in said for said in next_tables.decide(told, "en").notes) == (name == "quick")
        (row,) = (row for row in build_schedule(told, "en").frame.to_dict("records") if row["_id"] == name)
        assert row["note"] == word("forecast", "en")


def test_a_crumb_is_no_task_and_is_counted(made: SolvedCase) -> None:
    """0.003 in 2022 against 0.4 in 2025 is under a hundredth; it is left out where it takes less than 0.1 亿元."""
    build, cash = made.results["build"].copy(), made.results["investment_cash"].copy()
    build.loc[{"measure": "quick"}] = xr.DataArray(
        [0.0, 0.003, 0.0, 0.0, 0.4], dims="build_year", coords={"build_year": build["build_year"]}
    )
    for paid, found in ((0.05, []), (0.15, ["quick"])):
        cash.loc[{"measure": "quick"}] = paid / 5
        cash.loc[{"measure": "quick", "year": [2022, 2023]}] = paid / 2
        made_so = made.results.assign(build=build, investment_cash=cash)
        assert [one["measure"] for one in decided_records(made_so)] == found
        assert any("1 measure" in said for said in next_tables.decide(made_so, "en").notes) is not bool(found)


def test_what_must_be_begun_is_told_with_the_year_it_comes_into_force(made: SolvedCase) -> None:
    (row,) = next_tables.begin(made.results, "en").frame.to_dict("records")
    assert (row["bureau"], row["measure"], row["begin"], row["in_force"], row["lead_years"]) == ("works_bureau", "slow", 2023, 2025, 2)
    assert [row["amount"], row["invested"]] == pytest.approx([0.6, 6.0])


def test_money_by_payer_and_fund_is_cash_of_these_years(made: SolvedCase) -> None:
    paid = next_tables.money(made.results, "en").frame.set_index("payer")
    assert paid.loc["town", [2022, 2023, "total", "over_usual"]].tolist() == pytest.approx([20.0, 0.0, 20.0, 20.0])
    assert paid.loc["owner", [2022, 2023, "total", "over_usual"]].tolist() == pytest.approx([0.0, 6.0, 6.0, 6.0])
    assert paid.loc["Total", "total"] == pytest.approx(26.0)
    funds = next_tables.funds(made.results, "en").frame.set_index("fund")["total"].to_dict()
    assert funds == pytest.approx({"Public budget": 12.0, "Not named": 14.0, "Total": 26.0})


def test_a_span_is_paid_for_in_all_its_years(made: SolvedCase) -> None:
    """2023 as the end of a span of two years: its cash is a yearly average."""
    longer = made.results.assign(span_years=("year", [1.0, 1.0, 2.0, 1.0, 1.0]))
    (owner,) = [one for one in payer_records(longer) if one["payer"] == "owner"]
    assert owner["amounts"][2023] == pytest.approx(6.0) and owner["total"] == pytest.approx(12.0)


def test_targets_that_bind_now_or_have_a_price_later_ride_on_these_years(made: SolvedCase) -> None:
    found = {one["target"]: (one["state"], one["year"]) for one in target_records(made.results)}
    assert found == {"cap": ("binding", 2022), "none": ("priced", 2025)}
    # Neither binds: nothing rides on it. Not met, it is out of reach.
    rows = made.results.sizes["target_row"]
    loose = made.results.assign(binding=("target_row", [False] * rows), row_price=("target_row", [0.0] * rows))
    assert target_records(loose) == []
    assert {one["state"] for one in target_records(loose.assign(met=("target_row", [False] * rows)))} == {"out_of_reach"}


def test_what_goes_on_unmet_and_how_the_past_is_known(made: SolvedCase) -> None:
    late = replace(PAPER, facts=(*PAPER.facts[:5], measure("quick", {"clean_mill": 1.0}, cost=5.0, lead_time=1), *PAPER.facts[6:]))
    plan = solve(case_of(late), EXACT)
    (row,) = next_tables.unmet(plan.results, plan.manifest["past"]["onward"], "en").frame.to_dict("records")
    assert (row["target"], row["year"], row["required"], row["achieved"], row["met_from"]) == (
        "cap",
        2022,
        pytest.approx(0.6),
        pytest.approx(1.0),
        2023,
    )
    assert next_tables.known(plan.results, "zh").frame["known_by"].tolist() == ["实绩", "估计", "推算", "计划"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_says_all_of_it(made: SolvedCase, language: str) -> None:
    text = summary_text(made.results, made.manifest, language)
    lines = text.splitlines()
    assert "{" not in text and len(lines) <= 47 and max(map(width, lines)) <= screen_width and text.encode("gbk")
    at = {name: next(place for place, line in enumerate(lines) if name in line) for name in ("energy", "quick", "slow")}
    assert at["energy"] == at["quick"] - 1 and at["quick"] < at["slow"]
    assert "20.00" in lines[at["quick"]] and re.search("2023.2025", lines[at["slow"]])
    assert any(line.split() == ["2022", "2023", "2024", "2025"] for line in lines)  # the portfolio, as there is room
    assert "20.00 + 2023" in text and "6.00 = 26.00" in text
    assert "town 20.00 (+20.00)" in text and "cap (2022)" in text and "none (2025)" in text


def crowded(made: SolvedCase) -> xr.Dataset:
    """Forty measures of ten bureaus, all of them as the quick one, and thirty targets, under names that are too long."""
    one = made.results.sel(measure=["quick"] * 40)
    for language, more in (
        ("en", " under a name that goes on and on (35 µg/m³)"),
        ("zh", "及其后一长串没有尽头的说明文字，一直写到屏幕之外"),
    ):
        one[f"measure_label_{language}"] = ("measure", [f"m{place}{more}" for place in range(40)])
        one[f"measure_bureaus_label_{language}"] = ("measure", [f"b{place % 10}{more}" for place in range(40)])
    one["measure_lead_time"] = ("measure", [2 * (place % 2) for place in range(40)])
    one["build"] = one["build"].copy(data=[[0.0, 0.1, 0.2, 0.3 + place, 0.4] for place in range(40)])
    return one.assign_coords(measure=[f"m{place}" for place in range(40)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_case_is_one_screen_too_and_what_has_no_room_is_counted(made: SolvedCase, language: str) -> None:
    text = summary_text(crowded(made), made.manifest, language)
    lines = text.splitlines()
    assert len(lines) <= 47 and max(map(width, lines)) <= screen_width and text.encode("gbk")
    # Every bureau is named with what it invests, its dearest measure and how many of its four measures have no room.
    starts = [place for place, line in enumerate(lines) if re.match(r"  b\d", line)]
    said = ["".join(lines[at : at + 2]) if at + 1 not in starts else lines[at] for at in starts]
    assert [text[3] for text in said] == list("0123456789")
    more = r"[;；] ?\+ [123]|（另[123]项）|\(and [123] measures? more\)"
    assert all("80.00" in text and re.search(r"m\d", text) and re.search(more, text) for text in said)
    names = {str(name) for name in crowded(made)[f"measure_bureaus_label_{language}"].values}
    assert all(says(text, name.replace("µ", "u").replace("³", "3")) for name in names)  # in full, as a GBK console shows them


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_room_is_scarce_the_first_screen_has_measures_under_the_bureaus_all_the_same(
    made: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a target is counted takes lines; where they leave decisions fewer than the first screen has, they give way and not the measures."""
    monkeypatch.setattr(next_text, "convention_lines", lambda *_, **__: ["as counted"] * 30)
    lines = next_text.next_text(crowded(made), made.manifest, language, known=None, most=44).splitlines()
    assert sum(bool(re.search(r"\bm\d", line)) for line in lines[: next_text.first_lines]) >= 5
    assert "as counted" not in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_bureaus_without_a_line_of_their_own_are_named_together(made: SolvedCase, language: str) -> None:
    """Thirty bureaus of one measure each, all with short names: those that have no line stand in a few, with their sums."""
    many = crowded(made).isel(measure=slice(30))
    many[f"measure_bureaus_label_{language}"] = ("measure", [f"b{place:02}" for place in range(30)])
    lines = summary_text(many, made.manifest, language).splitlines()
    assert len(lines) <= 47 and max(map(width, lines)) <= screen_width
    assert set(re.findall(r"b\d\d", "\n".join(lines))) == {f"b{place:02}" for place in range(30)}
    assert any(re.search(r"b\d\d ?20\.00.*b\d\d ?20\.00", line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_usual_path_invests_too_is_told_apart(made: SolvedCase, language: str) -> None:
    """Of the 20 for the quick plant the usual path invests 5; where it invests 50, no more than the 20 are usual."""
    cash = made.results["investment_cash"]
    usual = made.results.assign(usual_investment_cash=cash * 0.25)
    (one,) = next_tables.decide(usual, language).frame.to_dict("records")
    assert (one["invested"], one["of_it_usual"]) == pytest.approx((20.0, 5.0))
    assert word("line_next_of_it_usual", language).format("5.00") in summary_text(usual, made.manifest, language)
    (one,) = next_tables.decide(made.results.assign(usual_investment_cash=cash * 2.5), language).frame.to_dict("records")
    assert one["of_it_usual"] == pytest.approx(20.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_holds_the_same_tables(made: SolvedCase, language: str) -> None:
    report = plan_report(made.results, hours=made.hours, manifest=made.manifest, case=case_of(PAPER), language=language)
    (page,) = [page for page in report.pages if page.key == "next_years"]
    wanted = next_tables.next_tables(made.results, made.manifest, language)
    assert set(page.tables) == {"next-decide", "next-begin", "next-money", "next-funds", "next-targets", "next-known"}
    assert all(page.tables[name].frame.equals(part.frame) for name, part in wanted.items())


def test_json_holds_the_same(tmp_path: Path) -> None:
    folder = write_case(case_of(PAPER), tmp_path / "next")
    told = json.loads(call("solve", folder, "--out", tmp_path / "run", "--json").stdout)["next"]
    assert told["years"] == [2022, 2023] and told["decide"][0]["lead"] == "energy" and told["begin"][0]["begin"] == 2023
    assert told["money"][0] == {
        "payer": "town",
        "amounts": {"2022": pytest.approx(20.0), "2023": pytest.approx(0.0)},
        "total": pytest.approx(20.0),
        "over_usual": pytest.approx(20.0),
    }
    assert [one["target"] for one in told["targets"]] == ["cap", "none"]
    assert json.loads(call("show", tmp_path / "run", "--json").stdout)["next"] == told
    assert "next" in call("show", tmp_path / "run").stdout


def test_a_plan_that_decides_from_the_first_year_has_none_of_it(toy: SolvedCase) -> None:
    assert next_tables.next_tables(toy.results, toy.manifest, "en") == {}
    report = plan_report(toy.results, hours=toy.hours, manifest=toy.manifest, case=read_case(TOY), language="en")
    assert "next_years" not in {page.key for page in report.pages}


@pytest.fixture(scope="module")
def committed() -> SolvedCase:
    """0.5 Mt of a plant with three years of lead time are committed for 2024: 25 to invest, of which 2022 and 2023 pay two thirds."""
    large = measure("large", {"clean_mill": 1.0}, cost=5.0, lead_time=3, told={"committed": {2024: 0.5}, "pace": 0.0}, lead="works_bureau")
    return solve(case_of(also(PAPER, large)), EXACT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_begun_before_is_told_apart_from_what_is_decided(committed: SolvedCase, language: str) -> None:
    plan = committed
    (row,) = next_tables.under_way(plan.results, language).frame.to_dict("records")
    assert (row["measure"], row["bureau"], row["in_force"], row["invested"]) == ("large", "works_bureau", "2024", pytest.approx(50 / 3))
    assert "large" not in set(next_tables.begin(plan.results, language).frame["measure"])
    text = summary_text(plan.results, plan.manifest, language)
    assert any("16.67" in line and "large" in line for line in text.splitlines())


def test_what_is_committed_to_these_years_is_no_decision(made: SolvedCase) -> None:
    """0.3 Mt of a plant with two years of lead time come in 2023, 6 to invest: 3 in 2021 and 3 in 2022. It stands under way, whatever else is decided."""
    wide = measure("wide", {"clean_mill": 1.0}, cost=2.0, lead_time=2, told={"committed": {2023: 0.3}}, lead="works_bureau")
    plan = solve(case_of(also(PAPER, wide)), EXACT)
    assert float(plan.results["build"].sel(measure="wide", build_year=2023)) == pytest.approx(0.3)
    assert "wide" not in {one["measure"] for one in decided_records(plan.results)}
    (row,) = [one for one in under_way_records(plan.results) if one["measure"] == "wide"]
    assert (row["years"], row["invested"]) == ([2023], pytest.approx(3.0))
    assert "wide" in {one["measure"] for one in decided_records(plan.results.drop_vars(["committed", "committed_cash"]))}
    rows = [*decided_records(plan.results), *begun_records(plan.results), *under_way_records(plan.results)]
    total = (plan.results["investment_cash"] * plan.results["span_years"]).sel(year=next_years(plan.results)).sum()
    assert sum(one["invested"] or 0.0 for one in rows) == pytest.approx(float(total))


def test_what_is_paid_in_these_years_stands_in_one_place(made: SolvedCase) -> None:
    """Whatever is decided, begun or was under way: the amounts of the three lists add up to the cash of these years; a begun measure that is decided too has none."""
    results = made.results.copy(deep=True)
    begun = begun_records(results)[0]
    first = next_years(results)[0]
    results["build"].loc[{"measure": begun["measure"], "build_year": first}] = 0.1
    again = next(one for one in begun_records(results) if one["measure"] == begun["measure"])
    assert again["invested"] is None and begun["invested"] is not None
    rows = [*decided_records(results), *begun_records(results), *under_way_records(results)]
    total = (results["investment_cash"] * results["span_years"]).sel(year=next_years(results)).sum()
    assert sum(one["invested"] or 0.0 for one in rows) == pytest.approx(float(total))


def test_what_is_paid_over_a_span_is_what_its_payers_pay(made: SolvedCase) -> None:
    """2023 stands for 2023 and 2024: of 10 a year it is 20 that the town pays, and with the 6 of the slow plant in 2024 26 are told above."""
    lengths = made.results["span_years"].copy()
    lengths.loc[{"year": 2023}] = 2
    cash = made.results["investment_cash"].where(made.results["year"] != 2023, 0.0).where(made.results["year"] != 2022, 0.0)
    cash.loc[{"measure": "quick", "year": 2023}] = 10.0
    results = made.results.assign(span_years=lengths, investment_cash=cash).assign_attrs(decide_from=2023)
    lines = summary_text(results, made.manifest, "en").splitlines()
    assert any("To pay" in line and "= 26.00" not in line and "26.00" in line for line in lines)
    assert any(line.startswith("Paid by") and "town 20.00" in line for line in lines)


def test_what_a_search_leaves_of_nothing_is_not_begun(made: SolvedCase) -> None:
    results = made.results.copy(deep=True)
    begun = begun_records(results)
    results["build"].loc[{"measure": begun[0]["measure"], "build_year": begun[0]["year"]}] = 2e-6
    assert (begun[0]["measure"], begun[0]["year"]) in {
        (one["measure"], one["year"]) for one in begun_records(results)
    }  # all that there is of it
    results["build"].loc[{"measure": begun[0]["measure"], "build_year": int(results["build_year"].values[0])}] = 1.0
    assert (begun[0]["measure"], begun[0]["year"]) not in {(one["measure"], one["year"]) for one in begun_records(results)}
