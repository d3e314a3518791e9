"""What a planner is told of the question itself: before it is solved, on the screen, on the first page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calling import TOY, call, says
from overlaid import overlaid_toy
from paper import actual, also, measure
from paper_answer import solved
from paper_past import LEAST

from model.case.checks.as_asked import cut_span
from model.case.read.case import deciding_from, read_case
from model.report.display import equal_as_shown
from model.report.plan import money_tables
from model.report.plan.brief_tables import brief_turns
from model.report.plan.outcome import CostDifference, unproven, warnings
from model.report.plan.readings_table import readings_brief
from model.report.plan.since_text import since_lines
from model.report.words import word
from model.results.since import Since


def test_decisions_that_begin_inside_a_span_are_told_before_anything_is_solved(own_runs: Path) -> None:
    """2022 to 2024 are one span: from 2023 on it is decided as one, and 2022 is past."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    head = case / "case.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("[2021, 2022, 2023]", "[2021, 2024]"), encoding="utf-8")
    read = read_case(case)
    assert [cut_span(deciding_from(read, year)) for year in (2021, 2022, 2023, 2024)] == [None, None, (2022, 2024), (2022, 2024)]
    told = call("sweep", case, "--tornado", "--decide-from", 2023, "--dry-run", "--most", 1).stderr
    assert says(told, "2023 lies inside the modelled span 2022–2024") and says(told, "add 2022 to years in case.yaml")


def test_an_overlay_whose_targets_have_no_number_says_so(own_runs: Path) -> None:
    case = overlaid_toy(own_runs)
    answer = call("solve", case, "--with", "cheap", "--with", "free", "--no-year-check")
    assert says(answer.stdout, "overlay free: 1 target has no number and is off") and "overlay cheap" not in answer.stdout


def test_a_row_of_a_year_that_is_decided_is_told_with_its_reason() -> None:
    """Decided from 2022: a record of 2022 tells of what is still to be decided."""
    outcome = solved(also(LEAST, actual("long_lived", 2022, 0.3)))[0]
    (said,) = [text for text in warnings(outcome.results, outcome.manifest, "en") if "decided here" in text]
    assert "actuals.csv" in said and "(2022)" in said and "--decide-from 2023" in said


def test_the_first_page_tells_what_hangs_on_the_reading_of_the_past() -> None:
    """0.4 Mt are reconstructed in 2021. Of 2022 0.2 more would be built by the record alone; what differs in 2023 alone is none of these years."""
    outcome = solved(LEAST)[0]
    reading = {"reconstructed": [0.1, 0.0], "usual": [0.1, 0.0], "recorded_only": [0.3, 0.0]}
    told = {
        "days": 1, "years": [2022, 2023], "endings": dict.fromkeys(reading, "plan"),
        "builds": [
            {"measure": "long_lived", "differ": [2022], "money": 2.0, "amounts": reading},
            {"measure": "short_lived", "differ": [2023], "money": 1.0, "amounts": reading},
        ],
    }  # fmt: skip
    manifest = {**outcome.manifest, "past": {**outcome.manifest["past"], "readings": told}}
    lead, row = readings_brief(outcome.results, manifest, [2022], "en")
    assert "1 amount of the past is reconstructed: read otherwise, 1 measures are built otherwise in 2022" in lead
    assert "long_lived" in row and row.count("0.100") == 1 and "0.300 (by the record alone)" in row
    (alike,) = readings_brief(outcome.results, {**manifest, "past": {"readings": {**told, "builds": []}}}, [2022], "en")
    assert "2022 is built the same" in alike


def test_no_year_is_named_that_decide_from_refuses() -> None:
    """Nothing comes after the last modelled year, 2023: a record of it counts in no run, whatever year decisions begin in."""
    told = {"past": {"unused": [{"code": "not_yet_past", "file": "actuals.csv", "row": 2, "column": "year", "found": "2023"}]}}
    (said,) = [text for text in warnings(solved(LEAST)[0].results, {**told, "audit": {}}, "en") if "decided here" in text]
    assert "2024" not in said and "--decide-from goes to 2023 at most" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_money_over_the_usual_path_has_the_rows_that_make_it_up(language: str) -> None:
    paper = also(replace(LEAST, decide_from=None), measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, payer="owner"))
    results = solved(paper)[0].results
    payers, rows = (made(results, language).frame for made in (money_tables.investment_over_usual, money_tables.measures_over_usual))
    totals = {name: part.loc[part["_total"] == True, "total"].item() for name, part in (("payers", payers), ("rows", rows))}  # noqa: E712
    assert totals["payers"] == pytest.approx(totals["rows"]) and abs(totals["rows"]) > 0


@pytest.mark.parametrize(("low", "high", "said"), [(-0.001, 0.001, "equal"), (-0.5, 0.001, "no difference proven")])
def test_what_is_equal_as_far_as_it_is_shown_is_called_so(low: float, high: float, said: str) -> None:
    assert unproven(CostDifference(0.0, low, high), "en") == said
    assert equal_as_shown(low, high) == (said == "equal") and not equal_as_shown(np.nan, np.nan)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [("2022", "2023", "what it decided before 2023 is past"), ("2023", "2022", "what was past then is decided again")],
)
def test_an_earlier_run_that_decides_from_another_year_is_said_to(then: str, now: str, said: str) -> None:
    outcome = solved(LEAST)[0]
    made = Since("then", (), (), (), {"decide_from": (then, now)}, (), (), (), -1.0, 1.0)
    assert says("\n".join(since_lines(made, outcome.results, {**outcome.manifest, "run": "now"}, "en", room=20)), said)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_what_is_an_estimate_is_named_as_one(language: str) -> None:
    """0.4 Mt of the short-lived plant were built in 2021; that 0 of the long-lived one were is an estimate that no money hangs on."""
    outcome = solved(LEAST)[0]

    def said(name: str) -> str:
        words = outcome.results["build_word"].copy()
        words.loc[{"measure": name, "build_year": 2021}] = "estimate"
        return brief_turns(outcome.results.assign(build_word=words), outcome.manifest, None, language).notes[1]

    assert brief_turns(outcome.results, outcome.manifest, None, language).notes[1] == word("note_brief_no_estimates", language)
    assert "short_lived" in said("short_lived") and "long_lived" not in said("short_lived")
    assert "lived" not in said("long_lived") and said("long_lived") != word("note_brief_no_estimates", language)
