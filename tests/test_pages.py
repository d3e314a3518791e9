"""What is shown is described once: every page is a sheet and its tables are files, charts are described, and no writer picks its own."""

from __future__ import annotations

import ast
import csv
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from calling import TOY
from reporting import report_of

import model.report
from model.case.read.case import read_case
from model.report.pages.case import sources_page
from model.report.pages.page import Chart, Page, Series
from model.report.tables import table
from model.report.words import word, word_or, words
from model.report.writers.charts import KINDS
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.study.plan.solve import SolvedCase

REPORT = Path(model.report.__file__).parent


def sheet_rows(path: Path, name: str) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path, data_only=True)[name].iter_rows(values_only=True)]


def file_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def alike(cell: Any, text: str) -> bool:
    if cell is None or isinstance(cell, str):
        return (cell or "") == text.removeprefix("'")
    return float(text) == pytest.approx(float(cell), rel=1e-9)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_workbook_and_csv_hold_the_same_tables(toy: SolvedCase, language: str, tmp_path: Path) -> None:
    """Each table of each page: its headings and all its rows, as a block of the sheet and as a file. Tasks, aims, coverage, assumptions are among them."""
    report = report_of(toy, language)
    write_workbook(tmp_path / "plan.xlsx", report)
    written = write_csv(tmp_path / "csv", report)
    assert {path.stem for path in written} - {"notes"} == set(report.tables) >= {"tasks", "aims", "coverage", "assumptions"}
    said = [(name, text) for name, part in report.tables.items() for text in (*part.warnings, *part.notes)]
    assert [(row[0], row[2].removeprefix("'")) for row in file_rows(tmp_path / "csv" / "notes.csv")[1:]] == said and said
    for page in report.pages:
        shown = not (page.handed_out or page.files_only)
        rows = sheet_rows(tmp_path / "plan.xlsx", page.name or word(page.key, language)) if shown else []
        for place, (name, part) in enumerate(page.tables.items() if shown else ()):
            told = file_rows(tmp_path / "csv" / f"{name}.csv")
            assert [str(head) for head in told[0]] == [word_or(str(head), language, str(head)) for head in (*part.columns, *part.ids)]
            if part.frame.empty and (place or part.notes):
                continue
            title = next(at for at, row in enumerate(rows) if row[0] == part.title)
            heads = [str(cell) for cell in rows[title + 1] if cell is not None]
            kept = [at for at, head in enumerate(told[0]) if head in heads]
            assert all(not line[at] for line in told[1:] for at in range(len(told[0])) if at not in kept), "only what is empty is left out"
            for row, line in zip(rows[title + 1 : title + 1 + len(told)], told, strict=True):
                assert all(alike(cell, line[at]) for cell, at in zip(row, kept)), (name, row, line)


def test_a_page_added_to_the_list_is_a_sheet_and_a_file(toy: SolvedCase, tmp_path: Path) -> None:
    report = report_of(toy, "en")
    numbers = table("What is new", ["item", "value"], [{"item": "wind", "value": 1.5}, {"item": "=sun", "value": 2.5}])
    drawn = Chart("bars", "=What is new", "new-table", "item", [Series("=value", "#1F4E78", column="value")], "GW", "", rows=(0, 1))
    more = replace(report, pages=[*report.pages, Page("payer", {"new-table": numbers}, [drawn])])
    write_workbook(tmp_path / "plan.xlsx", more)
    assert ["wind", 1.5] in [row[:2] for row in sheet_rows(tmp_path / "plan.xlsx", "Payer")]
    write_csv(tmp_path, more)
    assert file_rows(tmp_path / "new-table.csv")[1:] == [["wind", "1.5"], ["'=sun", "2.5"]]
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as packed:
        charts = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/charts/chart")]
    (chart,) = [text for text in charts if "What is new" in text]
    assert all(cells.startswith("Payer!$") for cells in re.findall("<c:f>([^<]*)", chart)) and "<a:t> =What is new" in chart


def test_each_page_has_a_word_and_each_table_a_name_of_its_own(toy: SolvedCase) -> None:
    for report in (report_of(toy, "en"), report_of(toy, "zh")):
        names = [name for page in report.pages for name in page.tables]
        assert len(names) == len(set(names)) and all(page.key in words("en") for page in report.pages)
    assert sources_page(read_case(TOY), None, "en").key in words("en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_chart_says_is_enough_to_draw_it(toy: SolvedCase, language: str) -> None:
    """Along the axis as many names or numbers as there are in each series, and some number in each."""
    drawn = [(page, chart) for page in report_of(toy, language).pages for chart in page.charts]
    assert {chart.kind for _, chart in drawn} == {"columns", "points", "areas", "bullets", "matrix", "spans", "flow"}
    for page, chart in [(page, chart) for page, chart in drawn if chart.kind in KINDS]:
        assert chart.title and chart.x and chart.y
        for series in chart.series:
            along, values = points(page, chart, series)
            assert len(along) == len(values) > 1 and np.isfinite(values).any() and series.name


def points(page: Page, chart: Chart, series: Series) -> tuple[list[Any], np.ndarray]:
    frame = page.tables[series.table or chart.table].frame
    if series.row is not None:
        return list(chart.along), frame.iloc[series.row][list(chart.along)].to_numpy(dtype=float)
    first, last = chart.rows or (0, len(frame) - 1)
    part = frame.iloc[first : last + 1]
    return part[chart.along].tolist(), part[series.column].to_numpy(dtype=float)


def test_only_writers_know_what_they_write() -> None:
    """Workbooks and CSV are written in one room, by XlsxWriter alone, and the workbook of a case in its own; what is shown knows no writer of files."""
    for path in REPORT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else [str(node.module)]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                assert not name.startswith("openpyxl"), path
                if path.parent.name not in ("writers", "template") and path.name != "shown.py":
                    assert not name.startswith(("xlsxwriter", "csv", "model.report.writers.workbook", "model.report.writers.tables_csv")), (
                        path
                    )
    opened = [path.name for path in REPORT.rglob("*.py") if "xlsxwriter.Workbook(" in path.read_text(encoding="utf-8")]
    assert opened == ["workbook.py"]
