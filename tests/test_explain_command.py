"""The command that explains: its record, its workbook, its words."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from calling import call
from explaining import WORKS, explained
from paper_case import case_of

from model.case.read.labels import labels
from model.report.explain.explain_text import explain_text
from model.report.units import shown_price

pytestmark = pytest.mark.usefixtures("own_runs")


def test_prices_are_in_the_plans_units() -> None:
    assert shown_price(0.2422, "%", "zh") == (pytest.approx(2422.0), "万元/百分点")
    assert shown_price(1.5, "Mt", "zh") == (pytest.approx(150.0), "元/吨")  # 1.5 亿元 / 100 万吨
    assert shown_price(1.5, "Mt", "en") == (pytest.approx(150.0), "CNY/t")
    assert shown_price(0.2, "万千瓦", "zh") == (pytest.approx(0.2), "亿元/万千瓦")
    assert shown_price(20.0, "GW", "zh") == (pytest.approx(0.2), "亿元/万千瓦")


def test_explain_of_the_toy_in_json_has_prices_and_intervals() -> None:
    result = call("explain", "toy", "--json")
    assert result.exit_code == 0, result.output + result.stderr
    made = json.loads(result.stdout)
    found = {one["id"]: {told["question"]: told for told in one["differences"]} for one in made["targets"]}
    # Without the CO2 target 2023 is as 2022, with 0.1 of coal, pump and roof less dear: README's 6.10 becomes 6.07.
    assert found["co2_2023"]["without"]["found"] == pytest.approx(-0.03, abs=1e-5)
    # With no boiler left from 2022 on, heat pumps make all: 2.25 + 2.20 instead of 2.05 + 2.05.
    assert found["one_boiler_left"]["tighter"]["found"] == pytest.approx(0.35, abs=1e-5)
    assert found["one_boiler_left"]["without"]["verdict"] == "zero"
    assert len(made["measures"]) == 3


def test_explain_of_a_run_solves_its_stored_inputs(tmp_path: Path) -> None:
    assert call("solve", "toy", "--set", "co2_2023.value=0.25", "--drop", "one_boiler_left", "--out", str(tmp_path / "run")).exit_code == 0
    result = call("explain", str(tmp_path / "run"), "--json", "--no-resolve")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    assert [(one["id"], one["value"]) for one in made["targets"]] == [("co2_2023", 0.25)]
    assert made["targets"][0]["differences"] == [] and not made["complete"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explain_writes_a_workbook_once(language: str, tmp_path: Path) -> None:
    path = tmp_path / "explain.xlsx"
    assert call("explain", "toy", "--target", "co2_2023", "--out", str(path), "--lang", language).exit_code == 0
    sheets = openpyxl.load_workbook(path).sheetnames
    assert len(sheets) == 5 and ("Prices" in sheets) == (language == "en")
    assert call("explain", "toy", "--out", str(path)).exit_code == 2


@pytest.mark.parametrize(("words", "said"), [(("toy", "--target", "co2_2032"), "co2_2023"), (("toyy",), "toy")])
def test_explain_says_what_was_meant(words: tuple[str, ...], said: str) -> None:
    result = call("explain", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_explain_of_targets_that_clash_names_them_and_ends_with_3() -> None:
    result = call("explain", "toy", "--set", "co2_2023.value=-1")
    assert result.exit_code == 3
    assert "CO2 at most 0.2 Mt" in result.stdout


def test_text_speaks_both_languages_in_gbk() -> None:
    made, known = explained(WORKS), labels(case_of(WORKS))
    for language in ("en", "zh"):
        explain_text(made, known, language).encode("gbk")
