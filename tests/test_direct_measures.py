"""Measures that act on indicators by themselves stand on the screen and in the workbook beside what has capacity."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from explaining import PARKS
from paper import Paper, demand, indicator, measure, target, technology
from paper_answer import solved
from peers.kohn import kohn

from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan.capacity_tables import measures_in_force, portfolio
from model.report.plan.text import summary_text
from model.report.writers.workbook import write_workbook
from model.study.runs.run import hand_over
from model.study.solved.solved_model import DEFAULTS

# Two Mt of parks at 1 a year each, which no technology runs; a clean mill at 0.5 makes the 1 Mt of goods that the old one makes for 1.
WITH_A_MILL = Paper(
    name="with_a_mill",
    says="a measure with capacity and one without",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}), measure("new_mill", {"clean_mill": 1.0}, cost=0.5),
        indicator("green", "Mt", [("park", "level", 1.0)]), measure("park", {"green": 0.0}, cost=1.0),
        target("parks", "green", "level", ">=", 2.0),
    ),
    objective=2.5,
)  # fmt: skip


def test_what_acts_on_indicators_is_told_by_what_is_in_force_of_it() -> None:
    """Of park, garden and grove the parks alone are built; the grove takes from the mill, and so is no such measure."""
    frame = measures_in_force(solved(PARKS)[2], "en").frame
    assert frame[["measure", 2021]].values.tolist() == [["park", pytest.approx(2.0)]]


def test_capacity_comes_first_and_measures_after_it() -> None:
    frame = portfolio(solved(WITH_A_MILL)[2], "en")
    assert frame[["technology", "_after"]].values.tolist() == [["clean_mill", False], ["park", True]]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Portfolio: capacity and measures in force"), ("zh", "方案构成：在役容量与在实施措施")]
)
def test_a_case_of_measures_alone_shows_them_on_the_screen_and_in_the_workbook(language: str, title: str, tmp_path: Path) -> None:
    """Kohn's 1.0 and 1.5 million barrels under four and five fields (Mt, or 100 and 150 万吨)."""
    case = read_case(kohn(tmp_path / "kohn"))
    run, _ = hand_over(case, DEFAULTS, folder=tmp_path / "run", runs=tmp_path)
    text = summary_text(run.results, run.manifest, language)
    lines = [line.split() for line in text.splitlines()]
    assert title in text
    amounts = {"en": ["Mt", "-", "1.50"], "zh": ["万吨", "-", "150.0"]}[language]
    assert ["five_field", *amounts] in lines
    path = tmp_path / "book.xlsx"
    write_workbook(path, plan_report(run.results, hours=run.hours, manifest=run.manifest, case=case, language=language))
    cells = {
        str(cell) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }
    assert {"en": "Measures in force that act on indicators by themselves", "zh": "直接作用于指标的措施（在实施量）"}[language] in cells
