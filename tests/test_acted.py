"""Modelled is not acted on: what a run takes up of the plan's measures is told apart from what stays open, on the toy."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from calling import call

from model.report.words import word

pytestmark = pytest.mark.usefixtures("own_runs")


def coverage_of(*words: str) -> dict:
    return json.loads(call("coverage", "toy", "--json", *words).stdout)


def acted(answer: dict) -> dict[tuple[str, int], str]:
    return {(row["kind"], row["number"]): row["acted"] for row in answer["coverage"] if "acted" in row}


def test_without_a_run_nothing_is_said_of_it() -> None:
    answer = coverage_of()
    assert answer["run"] is None and acted(answer) == {}
    assert word("acted_taken_up", "en") not in call("coverage", "toy").stdout


def test_a_plan_under_its_targets_takes_both_measures_up() -> None:
    """The targets close a boiler and bring heat pumps; the target of the boilers and that of CO2 are in force."""
    done = call("solve", "toy")
    assert "taken up: 2 of 2 modelled" in done.stdout
    states = acted(coverage_of())
    assert (states["measure", 1], states["measure", 2]) == ("taken_up", "taken_up")
    assert (states["target", 1], states["target", 2]) == ("in_force", "in_force")


def test_a_plan_without_targets_leaves_them_open() -> None:
    """Coal alone is cheapest: 6.00. Both measures are modelled still, and neither is acted on."""
    run = json.loads(call("solve", "toy", "--drop", "one_boiler_left", "--drop", "co2_2023", "--json").stdout)
    assert run["objective"] == pytest.approx(6.0)
    told = run["acted"]
    assert (told["modelled"], told["taken_up"], told["not_taken_up"]) == (2, 0, 2)
    assert [one["words_en"] for one in told["left"]] == ["close coal boilers", "heat by heat pumps and power from roofs"]
    answer = coverage_of()
    assert acted(answer)["measure", 1] == "not_taken_up" and acted(answer)["target", 2] == "not_in_force"
    (measures,) = [one for one in answer["totals"] if one["kind"] == "measure"]
    assert measures["modelled"] == 2 and (measures["taken_up"], measures["not_taken_up"]) == (0, 2)
    for language in ("en", "zh"):
        screen = call("show", "latest", "--lang", language).stdout
        assert word("line_acted", language).format(0, 2, 2)[:20] in screen
        assert word("acted_not_taken_up", language) in call("coverage", "toy", "--lang", language).stdout


def test_the_sheet_has_what_is_acted_on() -> None:
    run = Path(json.loads(call("solve", "toy", "--json").stdout)["run"])
    sheet = openpyxl.load_workbook(next(run.glob("*.xlsx")))[word("coverage", "en")]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {word("acted_on", "en"), word("acted_taken_up", "en"), word("note_acted", "en")} <= set(cells)
