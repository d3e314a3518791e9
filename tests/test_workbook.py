"""The workbook and the tables on disk: nothing that runs, nothing cut off, no id and no dust."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from calling import TOY
from reporting import LANGUAGES, SHEETS, book, report_of

from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan import (
    change_tables,
)
from model.report.plan.text import summary_text
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.study.plan.solve import solve


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_without_co2_or_headline_indicators_reads_without_them(tmp_path, language):
    folder = tmp_path / "case"
    shutil.copytree(TOY, folder)
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("co2", "smoke"), encoding="utf-8")
    told = folder / "indicators.csv"
    told.write_text(told.read_text(encoding="utf-8").replace(",yes", ",no"), encoding="utf-8")
    case = read_case(folder)
    made = solve(case)
    assert change_tables.carbon(made.results) == []
    assert "{" not in summary_text(made.results, made.manifest, language)
    report = plan_report(made.results, hours=made.hours, manifest=made.manifest, case=case, language=language)
    write_workbook(tmp_path / "out.xlsx", report)
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames[0] == SHEETS[language][0]


def test_a_page_of_charts_ends_between_two_rows_of_them(toy, tmp_path):
    report = report_of(toy, "en")
    twice = [replace(page, charts=[*page.charts, *page.charts]) for page in report.pages]  # four charts of the toy, eight of these
    write_workbook(tmp_path / "twice.xlsx", replace(report, pages=twice))
    sheet = openpyxl.load_workbook(tmp_path / "twice.xlsx")["Charts"]
    rows = sorted({chart.anchor._from.row for chart in sheet._charts})
    assert len(sheet._charts) == 8 and [one.id for one in sheet.row_breaks.brk] == [rows[2] - 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_opens_with_its_sheets_and_charts(toy, tmp_path, language):
    path = book(toy, tmp_path, language)
    opened = openpyxl.load_workbook(path)
    assert opened.sheetnames == SHEETS[language]
    assert all(len(name) <= 31 for name in opened.sheetnames)
    with zipfile.ZipFile(path) as packed:
        drawn = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/charts/chart")]
    kinds = [kind for text in drawn for kind in ("barChart", "scatterChart", "areaChart") if f"<c:{kind}>" in text]
    assert sorted(kinds) == ["areaChart", "barChart", "barChart", "scatterChart"]
    assert all("<c:title>" in text for text in drawn)
    schedule = opened[SHEETS[language][3]]
    assert schedule.freeze_panes == "C6"
    assert opened[SHEETS[language][-2]].page_setup.orientation == "landscape" and str(schedule.page_setup.paperSize) == "9"
    assert opened[SHEETS[language][-1]].page_setup.orientation == "portrait", "two columns are printed upright"
    assert schedule.print_title_rows == "$5:$5"
    rows = {row[1]: row for row in schedule.iter_rows(min_row=6, values_only=True)}
    assert rows["Heat pumps" if language == "en" else "热泵供热"][5] == pytest.approx(0.4 if language == "en" else 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_shows_an_id_or_dust(toy, tmp_path, language):
    ids = {
        str(name)
        for dim in ("measure", "technology", "market", "commodity", "indicator", "target", "payer")
        for name in toy.results[dim].values
        if "_" in str(name)
    }
    for sheet in openpyxl.load_workbook(book(toy, tmp_path, language)):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.value not in ids, (sheet.title, cell.coordinate)
                elif isinstance(cell.value, float):
                    assert len(repr(cell.value)) <= 13, (sheet.title, cell.coordinate, cell.value)


def test_the_assumptions_hold_every_number_with_its_source(toy, tmp_path):
    sheet = openpyxl.load_workbook(book(toy, tmp_path, "zh"))["参数与来源"]
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    case = read_case(TOY)
    assert len([row for row in rows if row[8] == "示意"]) == sum(
        len(members) for name, members in case.tables.items() if members and hasattr(members[0], "source")
    )
    assert ("测" not in str(rows)) and any(row[1] == "购煤" and row[4] == 1000 and row[5] == "元/吨标准煤" for row in rows)
    assert sheet.auto_filter.ref


SUM = re.compile(r"SUM\([A-Z]+\d+(:[A-Z]+\d+)?\)")
EVIL = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "http://example.org", "a\x00b\x1f", "中" * 40_000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_only_ever_text(toy, tmp_path, language):
    for text in EVIL:
        named = {
            name: (toy.results[name].dims, np.full(toy.results[name].shape, text))
            for name in toy.results.data_vars
            if "label" in name or name in ("target_quote", "measure_unit_names")
        }
        results = toy.results.assign(named).assign_attrs(case_label_en=text, case_label_zh=text)
        path = book(toy, tmp_path, language, results)
        with zipfile.ZipFile(path) as packed:
            sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
            assert not any("hyperlink" in name for name in packed.namelist())
        assert not any("<hyperlink" in sheet for sheet in sheets)
        assert all(SUM.fullmatch(formula) for sheet in sheets for formula in re.findall("<f>(.*?)</f>", sheet))
        openpyxl.load_workbook(path)


def test_csv_files_have_a_mark_for_excel_and_hold_no_formula(toy, tmp_path):
    results = toy.results.assign(measure_label_en=("measure", ["=1+1", "-2+3", "@x"]))
    files = write_csv(tmp_path, report_of(toy, "en", results))
    assert {path.name for path in files} >= {"build-schedule.csv", "targets.csv", "indicators.csv", "balance.csv"}
    schedule = (tmp_path / "build-schedule.csv").read_bytes()
    assert schedule.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(schedule.decode("utf-8-sig").splitlines()))
    assert {row[1] for row in rows[1:]} == {"'=1+1", "'-2+3", "'@x"}
    balance = list(csv.reader((tmp_path / "balance.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert ["Coal", "Coal boilers", "Mtce", "-0.16", "-0.096", "-0.08"] in balance


def test_the_workbook_needs_no_finished_run_and_no_case(toy, tmp_path):
    manifest = json.loads(json.dumps(toy.manifest, default=float))
    write_workbook(tmp_path / "bare.xlsx", plan_report(toy.results, hours=toy.hours, manifest=manifest, case=None, language="en"))
    assert "Assumptions" not in openpyxl.load_workbook(tmp_path / "bare.xlsx").sheetnames
