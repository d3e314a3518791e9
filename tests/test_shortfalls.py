"""A plan that leaves something short says what, how much and when, on every screen and in every file; numbers on paper."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import TOY, says

from model.case.change.change import changed, parse_change
from model.case.read.case import read_case
from model.report.layout import width
from model.report.pages.plan import plan_report
from model.report.plan.shortfall_tables import shortfall_sentences, shortfall_table
from model.report.plan.text import summary_text
from model.report.words import word
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.shortfalls import Shortfall, shortfalls
from model.study.plan.solve import SolvedCase, solve

LANGUAGES = ("en", "zh")
near: Any = pytest.approx  # stands where a record has a number


def toy_with(*changes: str) -> SolvedCase:
    return solve(changed(read_case(TOY), [parse_change(text) for text in changes]))


@pytest.fixture(scope="module")
def cold() -> SolvedCase:
    """5 TWh of heat in 2021: two boilers give 1.2, new heat pumps at their pace 0.5, so 3.3 are missing."""
    return toy_with("heat_demand.amount@2021=5")


@pytest.fixture(scope="module")
def weak() -> SolvedCase:
    """A peak of 0.5 GW and nothing that counts as firm, in each of the three years."""
    return toy_with("heat_demand.peak=0.5 GW")


def test_a_demand_not_served_is_named_with_its_year(cold: SolvedCase) -> None:
    (found,) = shortfalls(cold.results)
    assert (found.item, found.year, found.unit) == ("heat_supply", 2021, "TWh")
    assert found.amount == pytest.approx(3.3)
    assert not cold.manifest["accepted"]
    assert shortfall_sentences(cold.results, "en")[0].startswith("Heat supply unserved by 3.30 TWh in 2021: ")
    assert shortfall_sentences(cold.results, "zh")[0].startswith("供热量供应不足，2021年缺33.00 亿千瓦时：")


def test_missing_firm_capacity_is_not_called_demand(weak: SolvedCase) -> None:
    assert shortfalls(weak.results) == [Shortfall("firm_capacity", year, near(0.5), "GW") for year in (2021, 2022, 2023)]
    (english,), (chinese,) = (shortfall_sentences(weak.results, language) for language in LANGUAGES)
    assert english.startswith(
        "firm capacity short by 0.500 GW in 2021, 0.500 GW in 2022, 0.500 GW in 2023: raise power_purchase.firm_capacity or "
    )
    assert "2021年缺50.00 万千瓦" in chinese and "power_purchase.firm_capacity" in chinese
    assert "unserved" not in summary_text(weak.results, weak.manifest, "en").lower()


def test_an_accepted_plan_leaves_nothing_short() -> None:
    plan = toy_with()
    assert shortfalls(plan.results) == [] and shortfall_table(plan.results, "en").frame.empty
    text = summary_text(plan.results, plan.manifest, "en")
    assert "NOT ACCEPTED" not in text and "left short: none" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["cold", "weak"])
def test_the_screen_says_first_that_the_plan_is_not_accepted(which: str, language: str, request: pytest.FixtureRequest) -> None:
    """All targets are met, and the line that says so takes it back."""
    outcome: SolvedCase = request.getfixturevalue(which)
    text = summary_text(outcome.results, outcome.manifest, language)
    assert says(text, word("note_short_apart", language)) and not says(text, f"{word('line_best', language)}\n")
    text.encode("gbk")
    lines = text.splitlines()
    assert lines[0].startswith("NOT ACCEPTED" if language == "en" else "方案不予采纳")
    assert "2021" in lines[1]
    (targets,) = [line for line in lines if re.match("Targets:|目标：", line)]
    assert ("2 of 2 met" in targets or "2/2" in targets) and ("not accepted" in targets or "不予采纳" in targets)
    assert len(lines) <= 47 and max(map(width, lines)) <= 110


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_and_the_tables_name_it(cold: SolvedCase, weak: SolvedCase, language: str, tmp_path: Path) -> None:
    amounts = {"cold": (3.3, 33.0), "weak": (0.5, 50.0)}
    items = {"cold": ("Heat supply", "供热量"), "weak": ("Firm capacity at the peak", "高峰可靠容量")}
    place = LANGUAGES.index(language)
    for name, outcome in (("cold", cold), ("weak", weak)):
        path = tmp_path / f"{name}.xlsx"
        report = plan_report(outcome.results, hours=outcome.hours, manifest=outcome.manifest, case=None, language=language)
        write_workbook(path, report)
        cells = [row for row in openpyxl.load_workbook(path).worksheets[1].iter_rows(values_only=True) if row[0]]
        front = [str(row[0]) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
        assert any("NOT ACCEPTED" in text or "方案不予采纳" in text for text in front)
        told = {str(row[0]): row[1] for row in cells}
        assert told[f"{items[name][place]}, 2021"] == pytest.approx(amounts[name][place])
        assert sum("NOT ACCEPTED" in key or "方案不予采纳" in key for key in told) == 2
        folder = tmp_path / name
        folder.mkdir()
        write_csv(folder, report)
        rows = list(csv.reader((folder / "shortfalls.csv").read_text(encoding="utf-8-sig").splitlines()))
        assert (rows[1][0], rows[1][1], float(rows[1][2])) == (items[name][place], "2021", pytest.approx(amounts[name][place]))
