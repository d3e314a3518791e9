"""Both cities with the past behind them: it is the same in every answer, and nothing is called recorded or missed that no document says (long)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from calling import ROOT

from model.case.change.change import changed, parse_change
from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.words import word
from model.report.writers.styles import WORD_COLOURS
from model.report.writers.workbook import write_workbook
from model.results.shortfalls import usual_shortfalls
from model.study.plan.reference import Reference, solve_scenario
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options, SolvedModel

pytestmark = [pytest.mark.prove, pytest.mark.parametrize("name", ["chengde", "shijiazhuang"])]
since = 2027
AS_ASKED = Options(days=1, decide_from=since)
NONFOSSIL = {"chengde": "target_nonfossil_2030", "shijiazhuang": "nonfossil_2030"}


@cache
def answered(name: str) -> SolvedCase:
    return solve(read_case(ROOT / "data" / name), AS_ASKED)


def before(solved: SolvedModel) -> np.ndarray:
    """(measure, year) amounts built before decisions begin."""
    build = solved.solved.decisions["build"].transpose("measure", "build_year")
    return build.sel(build_year=build["build_year"] < since).values


def test_the_past_is_the_same_in_every_answer(name: str) -> None:
    outcome = answered(name)
    found = before(outcome.plan)
    assert found.any()
    assert np.array_equal(before(outcome.ready.usual), found)
    for change in ("coal_buy.price=*1.1", "grid_buy.price@2030=*1.2", f"{NONFOSSIL[name]}.value=*0.98"):
        case = changed(outcome.ready.case, [parse_change(change)])
        _, plan = solve_scenario(Reference(outcome.ready, outcome.plan), case=case)
        assert np.allclose(before(plan), found, rtol=0.0, atol=1e-9), change


def workbook(name: str, folder: Path) -> openpyxl.Workbook:
    """The city's workbook in Chinese."""
    outcome = answered(name)
    report = plan_report(outcome.results, hours=outcome.hours, manifest=outcome.manifest, case=outcome.ready.case, language="zh")
    write_workbook(folder / "plan.xlsx", report)
    return openpyxl.load_workbook(folder / "plan.xlsx")


def test_the_usual_path_serves_everyone(name: str) -> None:
    """What a plan costs over usual would compare a city that is served with one that is not."""
    assert usual_shortfalls(answered(name).results) == []
    assert usual_shortfalls(solve(read_case(ROOT / "data" / name), Options(days=1, gap=1e-2)).results) == []


def test_next_year_too_there_is_a_plan_though_nothing_is_recorded_of_this_one(name: str) -> None:
    """Orders and floors give way to what can still be built; targets that cannot be met any more are told."""
    found = solve(read_case(ROOT / "data" / name), Options(days=1, decide_from=since + 1))
    assert found.manifest["status"] in ("optimal", "out_of_reach")
    assert found.manifest["audit"]["ok"]


def rows(name: str, folder: Path) -> Iterator[list[Any]]:
    """The cells of every row of the city's workbook."""
    for sheet in workbook(name, folder).worksheets:
        yield from (list(row) for row in sheet.iter_rows())


def recorded(name: str) -> set[tuple[str, int]]:
    """Labels and years of what a record says was built."""
    words, labels = answered(name).results["build_word"], answered(name).results["measure_label_zh"]
    stacked = words.stack(entry=("measure", "build_year"))
    return {(str(labels.sel(measure=k).item()), int(y)) for k, y in stacked["entry"].values[stacked.values == "record"].tolist()}


def test_nothing_is_called_recorded_or_missed_without_a_document(name: str, tmp_path: Path) -> None:
    """The word stands beside what is recorded and in the count of entries; its colour nowhere where nothing is; missed only with a document."""
    documents = {one["by"] for one in answered(name).manifest["past"]["judged"] if one["verdict"] == "missed"}
    assert documents <= {"official", "published"}
    record, missed, known = word("word_record", "zh"), word("judged_missed", "zh"), recorded(name)
    colour, names = "FF" + WORD_COLOURS["record"].removeprefix("#"), {label for label, _ in known}
    called = set[tuple[str, int]]()
    for row in rows(name, tmp_path):
        values = [cell.value for cell in row]
        if values[0] == word("legend", "zh"):  # what the colours of a sheet mean
            continue
        if record in values and values[0] != record:
            years = {int(value) for value in values if str(value).isdigit()}  # a calendar has them as text, since some are spans
            told = {(label, year) for label in values for year in years if (label, year) in known}
            assert told, values
            called |= told
        if any(cell.fill.fgColor.rgb == colour for cell in row):
            assert names & set(values), values
        if not documents:
            assert not any(missed in text for text in values if isinstance(text, str) and text != word("note_judged", "zh")), values
    assert called == known


def test_what_hands_out_work_names_no_unit_that_was_made_up(name: str, tmp_path: Path) -> None:
    """Schedule, bureaus, tasks and units know what lists of works have; what is illustrative stands among the assumptions alone."""
    tables = answered(name).ready.case.tables
    stock = [row for row in tables["existing"] if row.status == "illustrative"]
    made_up = {row.label_zh for row in stock} | {
        row.label_zh for row in tables["technologies"] if row.id in {one.technology for one in stock}
    }
    made_up |= {said for row in tables["measures"] if row.illustrative for said in (row.label_zh, *row.unit_names)}
    told = workbook(name, tmp_path)
    texts = {
        sheet.title: " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None) for sheet in told
    }
    assert any(said in texts[word("assumptions", "zh")] for said in made_up)  # the backstop of the common tables
    for title in ("schedule", "by_bureau", "tasks", "retirements"):
        assert [said for said in made_up if said in texts[word(title, "zh")]] == [], title
    listed, ids = {unit for row in tables["measures"] for unit in row.unit_names}, {row.id for row in tables["measures"]}
    units = [row for row in told[word("retirements", "zh")].iter_rows(values_only=True) if ids & {*row}]
    assert units and [row for row in units if not listed & {*row[:2]}] == []
