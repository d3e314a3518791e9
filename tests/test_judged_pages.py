"""What a past target's verdict, and a later shortfall, are called on the screen, in the sheets and for a program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from calling import call, says
from paper import Facts, Paper, actual, also, estimated, fact, measure, number, published, target, technology
from paper_case import case_of, write_case
from paper_past import EXACT, LEAST, TOWN

from model.report.pages.plan import plan_report
from model.report.plan.outcome import key_figures
from model.report.plan.past_tables import past_lines, past_raised, raised_in_words
from model.report.plan.plan_tables import aims
from model.report.plan.target_tables import targets, targets_by_year
from model.report.plan.text import summary_text
from model.report.words import word
from model.results.past import own_judgements
from model.study.plan.solve import SolvedCase, solve

# A cap of 0.6 Mt dated 2021 goes on; 2021 and 2022 have passed, 2023 is decided. Nothing is recorded of what was built.
ONWARD = also(LEAST, target("cap", "smoke", "level", "<=", 0.6), decide_from=2023)


def official(result: str, year: int = 2021, name: str = "cap") -> Facts:
    return [fact("official", target=name, year=year, result=result, document="No. 7", source="made up")]


def answered(paper: Paper, *, dropped: frozenset[str] = frozenset()) -> SolvedCase:
    return solve(case_of(paper), replace(EXACT, dropped=dropped))


def row_of(made: SolvedCase, name: str = "cap") -> dict[Any, Any]:
    (row,) = [row for row in targets(made.results, "en").frame.to_dict("records") if row["_id"] == name]
    return row


def test_the_verdict_of_its_own_year_stands_everywhere() -> None:
    """Officially missed in 2021; of 2022 nothing is told, and by the model the cap was met: that is not the target's year."""
    made = answered(also(ONWARD, official("missed")))
    row = row_of(made)
    assert (row["year"], row["state"], row["judged_by"]) == (2021, word("past_missed", "en"), "official result; amount by the model")
    assert row["other_years"] == f"{word('met', 'en')} (2023)"
    (aim,) = aims(None, made.results, "zh").frame.to_dict("records")
    assert (aim["year"], aim["state"]) == (2021, word("past_missed", "zh"))
    assert made.manifest["past"]["targets"]["cap"] == {"year": 2021, "verdict": "missed", "by": "official", "document": "No. 7"}
    (told,) = [one for one in made.manifest["targets"] if one["year"] == 2021]
    assert (told["met"], told["verdict"], told["judged_by"]) == (False, "missed", "official")
    assert says(summary_text(made.results, made.manifest, "en"), "its targets: 1 missed on record: cap (2021)")
    notes = key_figures(made.results, made.manifest, "en").frame.set_index("item")["note"]
    assert notes[word("past_targets_counted", "en").format(2023)] == "1 missed on record: cap (2021)"


def test_what_is_met_by_the_model_alone_is_told_apart() -> None:
    """The cap of 2021 is met because the past is filled so that it is; no document says so."""
    made = answered(LEAST)
    assert says(summary_text(made.results, made.manifest, "en"), "its targets: 1 met by the model alone")
    assert row_of(made)["state"] == word("past_met_by_model", "en")
    told = answered(also(LEAST, official("met")))
    assert says(summary_text(told.results, told.manifest, "en"), "its targets: 1 met on record") and row_of(told)["state"] == word(
        "past_met", "en"
    )


def test_what_was_published_is_what_was_reached() -> None:
    """0.9 of 0.6 Mt in 2021: 0.3 too much, whatever the model makes of that year."""
    made = answered(also(ONWARD, published("smoke", 2021, 0.9)))
    row = row_of(made)
    assert (row["achieved"], row["slack"]) == pytest.approx((0.9, -0.3)) and row["judged_by"] == word("by_published", "en")
    (told,) = [one for one in made.manifest["targets"] if one["year"] == 2021]
    assert (told["achieved"], told["slack"]) == pytest.approx((0.9, -0.3)) and told["verdict"] == "missed"
    (aim,) = aims(None, made.results, "en").frame.to_dict("records")
    assert (aim["achieved"], aim["gap_to_target"]) == pytest.approx((0.9, 0.3))
    assert says(summary_text(made.results, made.manifest, "en"), "other values than published: cap 2021: 0.900 published, 1.00 Mt here")
    # An official result goes before it, and leaves the amount.
    made = answered(also(ONWARD, published("smoke", 2021, 0.9), official("met")))
    assert (row_of(made)["state"], row_of(made)["judged_by"]) == (
        word("past_met", "en"),
        "official result; the amount here would say otherwise",
    )
    assert row_of(made)["achieved"] == pytest.approx(0.9)
    assert says(summary_text(made.results, made.manifest, "en"), "official result and amount here say different things: cap (2021)")


def test_an_estimate_of_a_published_value_judges_nothing() -> None:
    guess = [
        fact(
            "facts", id="s", label_en="s", label_zh="s", indicator="smoke", year=2021, role="record", **number(0.9) | {"status": "estimate"}
        )
    ]
    made = answered(also(ONWARD, guess))
    assert made.manifest["past"]["targets"]["cap"]["by"] == "model"
    (unused,) = made.manifest["past"]["unused"]
    assert (unused["code"], unused["file"], unused["found"]) == ("estimate_judges", "facts", "estimate")


def test_an_official_result_stays_where_its_target_is_left_out() -> None:
    made = answered(also(ONWARD, official("missed")), dropped=frozenset({"cap"}))
    (row,) = made.manifest["past"]["judged"]
    assert (row["target"], row["verdict"], row["by"], row["required"]) == ("cap", "missed", "official", None)
    assert [one["code"] for one in made.manifest["past"]["unused"]] == ["judges_left_out"]
    told = row_of(made)
    assert (told["state"], told["other_years"]) == (word("dropped", "en"), f"{word('past_missed', 'en')} (2021)")


def test_a_later_target_is_not_judged_by_the_model_before_its_year() -> None:
    """A cap on the way to 2023: what the model makes of 2021 and 2022 is no verdict on it, an official result of 2022 is."""
    on_its_way = also(LEAST, target("cap", "smoke", "change", "<=", -0.4, year=2023, holds="path"), decide_from=2023)
    assert own_judgements(answered(on_its_way).results) == {}
    told = own_judgements(answered(also(on_its_way, official("missed", 2022))).results)
    assert (told["cap"]["year"], told["cap"]["verdict"]) == (2022, "missed")


# A cap dated 2021 goes on; a plant takes a year to build and none is under way: 2022 has 1 Mt of smoke, 2023 has 0.6.
LATE = Paper(
    name="late",
    says="a cap that goes on cannot be met in the first decided year",
    facts=(*TOWN, measure("plant", {"clean_mill": 1.0}, cost=2.0, lead_time=1), target("cap", "smoke", "level", "<=", 0.6)),
    years=(2021, 2022, 2023),
    decide_from=2022,
    objective=3.4,
)


def test_numbers_and_state_are_of_one_year() -> None:
    """2021 had 1 Mt by the model; that 2022 is out of reach and 2023 met stands apart."""
    row = row_of(answered(LATE))
    assert (row["year"], row["state"]) == (2021, word("past_unknown", "en")) and row["achieved"] == pytest.approx(1.0)
    assert row["other_years"] == f"{word('out_of_reach', 'en')} (2022); {word('binding', 'en')} (2023)"
    later = row_of(answered(also(LATE, target("cap", "smoke", "level", "<=", 0.6, year=2022))))
    assert (later["year"], later["state"], later["other_years"]) == (2022, word("out_of_reach", "en"), f"{word('binding', 'en')} (2023)")


@pytest.mark.parametrize(("language", "missed"), [("en", "missed"), ("zh", "未完成")])
def test_nothing_is_said_to_have_failed_without_a_document(language: str, missed: str, own_runs: Path) -> None:
    """A target is out of reach in 2022 and unknown in 2021: missed is said where words are explained, and nowhere else, nor on the screen."""
    case, run = write_case(case_of(LATE), own_runs / "paper"), own_runs / "run"
    done = call("solve", case, "--out", run, "--lang", language)
    assert done.exit_code == 0, done.stderr
    assert missed not in done.stdout and word("out_of_reach", language) in done.stdout
    book = openpyxl.load_workbook(next(run.glob("*.xlsx")))
    cells = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    assert {text for text in cells if missed in text.casefold()} == {word("note_judged", language)}
    assert any(word("out_of_reach", language) in text for text in cells)
    assert '"missed"' not in call("show", run, "--json").stdout


def test_a_past_left_short_is_told_with_what_it_costs() -> None:
    """Of 2021 half was not served, which is all that the plan pays of what is unserved; from 2022 on all is served."""
    paper = also(
        LEAST,
        technology("mill", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 1.0}),
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, earliest=2022),
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, earliest=2022),
    )
    made = answered(paper)
    price = float(made.manifest["past"]["short_cost"])
    assert price == pytest.approx(float(made.results["cost"].sel(component="unserved"))) and price > 0
    text = summary_text(made.results, made.manifest, "en")
    assert says(text, "goods: 0.500 Mt in 2021") and says(text, f"left short: {word('none_since', 'en').format(2022)}")
    figures = key_figures(made.results, made.manifest, "en").frame.set_index("item")
    assert figures.loc[word("figure_short_before", "en").format(2022), "value"] == pytest.approx(price)
    assert "apart from the costs" in figures.loc[word("figure_short_before", "en").format(2022), "note"]
    assert figures.loc[word("figure_plan_cost", "en"), "value"] == pytest.approx(made.manifest["objective"] - price)
    pages = plan_report(made.results, hours=made.hours, manifest=made.manifest, case=None, language="en").pages
    (past,) = [page for page in pages if page.key == "past"]
    assert past.tables["past-short"].frame[["year", "value"]].values.tolist() == [[2021, pytest.approx(0.5)]]


def test_records_and_estimates_that_exceed_are_told_apart() -> None:
    """At most 0.1 of each a year: 0.2 of one is recorded, 0.25 of the other estimated."""
    paper = also(
        LEAST,
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, told={"pace": 0.1}),
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, told={"pace": 0.1}),
        actual("short_lived", 2021, 0.2), estimated("long_lived", 2021, 0.25, low=0.2, high=0.3),
    )  # fmt: skip
    made = answered(paper)
    told = raised_in_words(made.results, made.manifest["past"], "en")
    assert told == [word("raised_record", "en").format(1), word("raised_estimate", "en").format(1), "short_lived", "long_lived"]
    rows = past_raised(made.results, made.manifest, "zh").frame[["measure", "case_says", "stands", "known_by"]].values.tolist()
    assert rows == [
        ["long_lived", pytest.approx(10.0), pytest.approx(25.0), "估计"],
        ["short_lived", pytest.approx(10.0), pytest.approx(20.0), "实绩"],
    ]


def test_what_is_still_paid_is_told_of_the_decided_years() -> None:
    """0.4 of the plant that lives ten years, at 0.4 a year, from 2021 on: 0.48 in three years, 0.32 of it from 2022 on."""
    made = answered(also(LEAST, actual("long_lived", 2021, 0.4)))
    past = made.manifest["past"]
    assert (past["sunk"], past["sunk_later"]) == pytest.approx((0.48, 0.32), abs=1e-6)
    assert any("0.32" in line and "2022" in line for line in past_lines(made.results, made.manifest, "en"))


def test_committed_amounts_without_room_are_told() -> None:
    """0.3 are committed to 2022 where there can be 0.2, all of them built in 2021; 0.3 to 2021 where 0.2 are recorded."""
    paper = also(
        LEAST,
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, told={"potential": 0.2, "committed": {2021: 0.3, 2022: 0.3}}),
        actual("long_lived", 2021, 0.2),
    )
    made = answered(paper)
    assert made.results["build"].sel(measure="long_lived").values.tolist() == pytest.approx([0.2, 0.0, 0.0], abs=1e-6)
    told = [(one["code"], one["found"], one["expected"]) for one in made.manifest["past"]["unused"]]
    assert told == [("beside_record", "0.3 Mt", "0.2 Mt"), ("no_room", "0.3 Mt", "0 Mt")]


def test_by_year_the_judged_years_are_told_by_whom() -> None:
    made = answered(also(ONWARD, official("missed")))
    told = targets_by_year(made.results, "en").frame.set_index("year")["judged_by"]
    assert told.to_dict() == {2021: "official result; amount by the model", 2022: "model", 2023: ""}
    assert not np.isnan(float(made.results["judged_achieved"].max()))
