"""What is recorded: never more taken away than stood, and results that are read in either language."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from calling import TOY, call, says
from told_faults import tells

from model.case.checks.check import check
from model.case.read.case import read_case
from model.report.plan.assumption_table import assumptions


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "toy")
    return tmp_path / "toy"


def recorded(case: Path, *rows: str) -> None:
    text = "measure,year,value,unit,low,high,status,source\n" + "".join(f"{row},made up\n" for row in rows)
    (case / "actuals.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "found", "left"),
    [
        (("close_boiler,2021,3,plant_unit,,,sourced",), (2, "3 plant_unit"), "<= 2 plant_unit"),
        (("close_boiler,2022,2,plant_unit,,,sourced", "close_boiler,2021,1,plant_unit,,,sourced"), (2, "2 plant_unit"), "<= 1 plant_unit"),
        (("close_boiler,2021,2,plant_unit,,,sourced",), None, ""),
        (("close_boiler,2021,3,plant_unit,2,4,estimate",), None, ""),
    ],
)
def test_no_more_is_recorded_as_taken_away_than_stood(toy: Path, rows: tuple[str, ...], found: tuple[int, str] | None, left: str) -> None:
    """Two boilers stand; of an estimate from 2 to 4 two may be true. The row that goes too far is the later one, wherever it stands."""
    recorded(toy, *rows)
    faults = check(toy)
    assert [(fault.code, fault.place.row, fault.found, fault.expected) for fault in faults] == (
        [("record_beyond_stock", *found, left)] if found else []
    )
    for fault in faults:
        tells(fault)


def test_a_record_that_cannot_be_is_a_fault_before_anything_is_solved(toy: Path) -> None:
    recorded(toy, "close_boiler,2021,3,plant_unit,,,sourced")
    told = call("solve", toy, "--decide-from", "2022")
    assert told.exit_code == 1 and says(told.stdout, "actuals.csv row 2, value: found 3 plant_unit on record")


@pytest.mark.parametrize(("said", "result"), [("完成", "met"), ("未完成", "missed"), ("Met", "met"), ("missed", "missed"), ("达标", "met")])
def test_official_results_are_read_in_either_language(toy: Path, said: str, result: str) -> None:
    (toy / "official.csv").write_text(f"target,year,result,document,source\none_boiler_left,2022,{said},No 3,made up\n", encoding="utf-8")
    assert [row.result for row in read_case(toy).tables["official"]] == [result]


def test_a_fund_is_called_by_its_name(toy: Path) -> None:
    (toy / "funding.csv").write_text("payer,fund,value,unit,status,source\nheat_company,enterprise,1,1,sourced,made up\n", encoding="utf-8")
    items = assumptions(read_case(toy), "zh").frame["item"].tolist()
    assert "供热公司 / 企业自筹" in items and not [one for one in items if "enterprise" in str(one)]


@pytest.mark.parametrize(("language", "more"), [("en", " (and 1 measure more)"), ("zh", "（另1项）")])
def test_a_curve_is_called_by_what_follows_it(toy: Path, language: str, more: str) -> None:
    """It has no label of its own: the first measure that follows it, and how many more do."""
    (toy / "curves.csv").write_text(
        "curve,age,value,unit,low,high,status,source\nfading,0,1,1,,,sourced,made up\nfading,9,0,1,,,sourced,made up\n", encoding="utf-8"
    )
    rows = list(csv.DictReader((toy / "measures.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row["survival"] = "fading" if row["id"] in ("build_heat_pump", "build_rooftop_sun") else ""
    with (toy / "measures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    case = read_case(toy)
    first = next(row for row in case.tables["measures"] if row.survival == "fading")
    items = assumptions(case, language).frame["item"].tolist()
    assert f"{first.label_en if language == 'en' else first.label_zh}{more} / 9" in items and not [one for one in items if "fading" in one]
