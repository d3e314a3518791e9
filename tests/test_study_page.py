"""The page of a study lies beside it: three sentences, the workbook's tables and charts, and any two numbers of the scenarios against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from calling import call, says
from page_cells import data_of, same_as_workbook
from reporting import LANGUAGES
from stopping import stopped_at
from sweeping import BY_HAND, toy

from model.report.pages.sweep import sweep_report
from model.report.studies.study_front import figure, study_front
from model.report.studies.sweep_answers import sweep_answers
from model.report.words import word
from model.report.writers.page_html import page_text
from model.report.writers.workbook import write_workbook
from model.results.study import StoredStudy, open_study
from model.study.engine import shown
from model.study.engine.engine import Execution, begin, go_on
from model.study.kinds import kind_of
from model.study.solved.solved_model import Options, Watch
from model.study.sweep import sweep
from model.study.sweep.design import grid
from model.study.sweep.sweep import question_of

most_letters = {"en": 100, "zh": 40}
BASE = 6.10


@pytest.fixture(scope="module")
def text(whole: StoredStudy) -> str:
    return page_text(shown._pages(kind_of(whole), whole, toy(), LANGUAGES))


def sentences(text: str, language: str) -> list[str]:
    """What stands on top of a page in a language."""
    part = text[text.index(f'<div class="edition" id="{language}"') :]
    return [unescape(one) for one in re.findall(r"<p><bdi>(.*?)</bdi></p>", part[: part.index("</ol>")])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_workbook_of_a_study_show_the_same_tables(whole: StoredStudy, text: str, language: str, tmp_path: Path) -> None:
    report, path = sweep_report(whole.results, language), whole.folder / "sweep.xlsx"
    if language != "en":
        path = tmp_path / "sweep.xlsx"
        write_workbook(path, report)
    told = data_of(text)[language]["tables"]
    assert set(told) == set(report.tables)
    same_as_workbook(told, report, path)


@pytest.mark.parametrize(("language", "scale"), [("en", 0.1), ("zh", 1.0)])
def test_the_sentences_say_what_the_workbook_says(whole: StoredStudy, text: str, language: str, scale: float) -> None:
    """On paper coal at 800 saves 0.672 and at 1,300 costs 0.59 more (BY_HAND): more than any other number moves. Heat pumps and closing are in every plan, the roof in 20 of 21 and in the
    reference; the first is to be decided in 2021. All 21 were solved."""
    came, means, left = sentences(text, language)
    effects = sweep_report(whole.results, language).tables["effects-cost"].frame.iloc[0]
    for side in ("low", "high"):
        moved = BY_HAND[f"coal_purchase.price={side}"] - BASE
        assert effects[f"at_{side}"] == pytest.approx(moved, abs=1e-6) and figure(moved * scale) in came
    assert str(effects["lever"]) in came and "2021" in means and "21" in left
    assert word("answer_illustrative", language) in left and all(0 < len(one) <= most_letters[language] for one in (came, means, left))


def test_any_two_columns_are_offered_and_the_first_two_are_drawn(whole: StoredStudy, text: str) -> None:
    """What is drawn at first is what the two tables have in the rows that both have a number in."""
    for language in LANGUAGES:
        data, report = data_of(text)[language], sweep_report(whole.results, language)
        (chart,) = [one for page in report.pages for one in page.charts if one.kind == "scatter"]
        spec = next(one for one in data["charts"] if one and "shape" in one.get("encoding", {}))
        costs, across = report.tables["scenarios"].frame["cost_found"], report.tables[chart.table].frame[chart.along]
        assert [(one["x"], one["y"]) for one in spec["data"]["values"]] == list(zip(across, costs)) and spec["data"]["values"][0]["o"] == 1
        part = text[text.index(f'<div class="edition" id="{language}"') :]
        figure = part[part.index('<figure class="chart scatter"') :].partition("</figure>")[0]
        options = re.findall(r'<option value="(\w+)\|(\d+)"( selected)?>(.*?)</option>', figure)
        assert len(options) == 2 * (2 + whole.results.sizes["lever"] + 3) and sum(bool(one[2]) for one in options) == 2
        for name, place, _, said in options:
            column = [row[int(place)] for row in data["tables"][name]["rows"]]
            assert any(isinstance(cell, (int, float)) for cell in column) and said


def test_a_study_has_its_page_when_it_has_all_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_writer: Mapping[str, Callable[..., None]]
) -> None:
    """One that is stopped has none yet; gone on with, it has; and the page is the one that export writes."""
    monkeypatch.setattr(shown, "_write_page", page_writer["study"])
    design, how = grid(toy(), ["coal_purchase.price=900,1100"]), Execution(Watch(), workers=1, language="zh")
    with monkeypatch.context() as stopping:
        stopping.setattr(sweep, "answer", stopped_at(2, sweep.answer))
        study = begin(toy(), question_of(toy(), design), Options(), folder=tmp_path / "grid", execution=how)
    assert not study.finished and not (study.folder / "report.html").exists()
    study = go_on(study.folder, kind_of(study), execution=how)
    written = (study.folder / "report.html").read_text(encoding="utf-8")
    assert study.finished and written.startswith('<!doctype html>\n<html lang="zh-CN">') and word("lead_sweep", "zh") in written
    path = shown.export_study_page(kind_of(study), open_study(study.folder), "html", tmp_path / "again.html", language="zh")
    assert path.read_text(encoding="utf-8") == written


def test_a_page_that_cannot_be_made_loses_no_study(own_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise IndexError("nothing to name")

    monkeypatch.setattr(shown, "_write_page", fails)
    done = call("sweep", "toy", "--grid", "coal_purchase.price=900", "--out", own_runs / "toy" / "bare")
    assert done.exit_code == 0 and says(done.stderr, "report.html could not be made; all answers are stored")
    study = open_study(own_runs / "toy" / "bare")
    assert (
        study.finished
        and not (study.folder / "report.html").exists()
        and "nothing to name" in (study.folder / "report.log").read_text(encoding="utf-8")
    )


def test_a_number_without_a_plan_at_an_end_is_told_apart(whole: StoredStudy) -> None:
    """Coal at 1,300 without a plan: heat demand moves the cost most of those that have both ends, and one of 21 is left open."""
    statuses, objective = whole.results["status"].values.astype(object), whole.results["objective"].values.copy()
    at = whole.results["scenario"].values.tolist().index("coal_purchase.price=high")
    statuses[at], objective[at] = "infeasible", np.nan
    lost = whole.results.assign(status=("scenario", statuses.astype(str)), objective=("scenario", objective))
    for language in LANGUAGES:
        answers = sweep_answers(lost, lost, language)
        label = {"en": "Heat demand", "zh": "供热需求"}[language]
        assert label in answers.came and (answers.asked, answers.unmet, answers.open) == (21, 1, 0)
        assert word("study_unmet", language).format(1) in study_front(answers, toy(), language).answers[2][1]


def large(whole: xr.Dataset, scenarios: int, levers: int, measures: int) -> xr.Dataset:
    """The toy's tornado as if it were so many scenarios that each set so many numbers, and measures."""
    places = {"scenario": scenarios + 1, "lever": levers, "measure": measures}
    made = whole.isel({dim: np.arange(size) % whole.sizes[dim] for dim, size in places.items()})
    names = {dim: [f"{name}.{at}" for at, name in enumerate(made[dim].values.tolist())] for dim in places}
    names["scenario"][0] = "reference"
    values = np.random.default_rng(1).uniform(0.1, 1000.0, (scenarios + 1, levers))
    return made.assign_coords(names).assign(set_value=(("scenario", "lever"), values)).assign_attrs(on="", kind="scenarios")


def test_a_study_of_500_scenarios_stays_small(whole: StoredStudy) -> None:
    results = large(whole.results, 500, 20, 60)
    pages: list[Any] = [sweep_report(results, language) for language in LANGUAGES]
    assert pages[0].tables["scenarios"].frame.shape[0] == 501 and len(pages[0].tables["decide-by"].frame) == 60
    assert len(page_text(pages).encode()) < 3_000_000
