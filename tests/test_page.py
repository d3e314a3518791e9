"""The page for a browser shows the workbook's own tables, charts and words, in both languages, and no text of a case becomes part of it."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import TOY, call
from page_cells import data_of, same_as_workbook
from reporting import LANGUAGES, report_of

from model.case.read.case import read_case
from model.report.pages.page import Chart, Page, Report, Series
from model.report.pages.plan_page import plan_page
from model.report.pages.public import Withheld, names_withheld, public_report
from model.report.tables import table
from model.report.words import said, word
from model.report.writers import vega_bundle
from model.report.writers.charts import KINDS
from model.report.writers.page_html import page_text
from model.report.writers.workbook import write_workbook
from model.study.plan.solve import SolvedCase

NASTY = "</script><script>alert(1)</script> \"'&amp; \x1b[31mred\x9b \u202egnp.exe <img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def shown(toy: SolvedCase) -> dict[str, Report]:
    """{language: the toy's page}, its tables and charts not yet written."""
    return {language: page_of(toy, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def text(shown: dict[str, Report]) -> str:
    return page_text(list(shown.values()))


def page_of(toy: SolvedCase, language: str, made: Report | None = None) -> Report:
    return plan_page(toy.results, hours=toy.hours, manifest=toy.manifest, case=read_case(TOY), language=language, made=made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_workbook_show_the_same_tables_charts_and_words(
    toy: SolvedCase, shown: dict[str, Report], text: str, language: str, tmp_path: Path
) -> None:
    """Each table of the page is one of the workbook's, cell by cell as the sheet has it; each chart is described by the very record that the workbook draws."""
    report, page = report_of(toy, language), shown[language]
    write_workbook(tmp_path / "plan.xlsx", report)
    told = data_of(text)[language]["tables"]
    assert set(told) == {name for part in page.pages for name in part.tables} <= set(report.tables)
    same_as_workbook(told, report, tmp_path / "plan.xlsx")
    drawn, own = ([chart for part in one.pages for chart in part.charts] for one in (page, report))
    assert drawn and all(chart in own for chart in drawn)
    assert {chart.kind for chart in drawn} - set(KINDS) == {"bullets", "matrix", "spans", "flow"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_made_from_the_workbooks_report_is_the_same(toy: SolvedCase, shown: dict[str, Report], language: str) -> None:
    again = page_of(toy, language, report_of(toy, language))
    assert page_text([again]) == page_text([shown[language]])


def test_every_chart_has_a_title_a_unit_and_numbers(shown: dict[str, Report], text: str) -> None:
    for language, page in shown.items():
        charts = data_of(text)[language]["charts"]
        assert len(charts) == sum(len(part.charts) for part in page.pages) == 9
        for part, chart in [(one, chart) for one in page.pages for chart in one.charts]:
            assert chart.title and (chart.x or chart.y) and len(part.tables[chart.table].frame)
        assert all(one is None or one["data"]["values"] for one in charts)
    assert text.count('<svg class="flow"') == 2 * 3, "a flow for each year and language"


def test_the_amount_that_is_told_of_a_point_is_the_tables(text: str) -> None:
    """Heat pumps in 2023 on paper: 0.5 TWh, in Chinese 5.00 亿千瓦时."""
    spec = next(
        one
        for one in data_of(text)["zh"]["charts"]
        if one and any(datum.get("s") == "热泵" and "q" not in datum for datum in one["data"]["values"])
    )
    assert [datum["t"] for datum in spec["data"]["values"] if datum["s"] == "热泵" and datum["x"] == 2023] == ["5.00"]


def test_the_flow_of_energy_is_that_of_the_paper(toy: SolvedCase) -> None:
    """2023: 0.08 Mtce of coal make 0.5 TWh of heat (0.0614 Mtce), the rest is lost; 0.2 TWh from roofs make the other half with heat from outside."""
    rows = {(row["flow_from"], row["flow_to"]): row for row in report_of(toy, "en").tables["energy-flow"].frame.to_dict("records")}
    tce = 0.1229
    assert rows["Coal", "Heat: conversion"][2023] == pytest.approx(0.08)
    assert rows["Rooftop PV", "Electricity"][2023] == pytest.approx(0.2 * tce, abs=1e-4)
    assert rows["Heat: conversion", "Heat supply"][2023] == pytest.approx(1.0 * tce, abs=1e-4)
    assert rows["Heat: conversion", "Losses"][2023] == pytest.approx(0.08 - 0.5 * tce, abs=1e-4)
    assert rows["Surroundings and materials", "Heat: conversion"][2023] == pytest.approx(0.3 * tce, abs=1e-4)


@pytest.mark.parametrize(("language", "most"), [("en", 100), ("zh", 40)])
def test_three_sentences_answer_three_questions_in_a_line(shown: dict[str, Report], language: str, most: int) -> None:
    """The toy: both targets met and nothing to spare; heat pumps 4, a roof 7 and a closure 1 in two years (100 million), none of it the budget's; all its numbers are illustrative."""
    front = shown[language].front
    assert front is not None and front.kept
    assert [question for question, _ in front.answers] == [word(f"question_{name}", language) for name in ("met", "decide", "turn")]
    met, decide, turn = (answer for _, answer in front.answers)
    assert all(0 < len(answer) <= most for answer in (met, decide, turn))
    assert {"en": "Both targets can be met; 2 with nothing to spare", "zh": "2项目标都能完成，2项无余量"}[language] in met
    assert {"en": "for 3 new decisions the budget pays 0, others 1.2 billion", "zh": "新定3件，财政出0亿元、他方出12亿元"}[
        language
    ] in decide
    assert {"en": "100 % of the numbers are illustrative.", "zh": "所用数据100%为示意"}[language] in turn


def cells_of(path: Path, title: str) -> list[dict[str, Any]]:
    """The rows of the table of this title in a workbook, by its headings."""
    for sheet in openpyxl.load_workbook(path, data_only=True):
        lines = [list(row) for row in sheet.iter_rows(values_only=True)]
        for at, row in enumerate(lines):
            if row and row[0] == title:
                heads = [one for one in lines[at + 1] if one is not None]
                rows = itertools.takewhile(lambda line: sum(cell is not None for cell in line) > 1, lines[at + 2 :])
                return [dict(zip(heads, line)) for line in rows]
    raise AssertionError(title)


@pytest.mark.parametrize(("language", "scale"), [("en", 0.1), ("zh", 1.0)])
def test_every_number_of_the_sentences_stands_in_the_workbook(
    toy: SolvedCase, shown: dict[str, Report], tmp_path: Path, language: str, scale: float
) -> None:
    """How many targets, how many with nothing to spare; how many decisions, when, and what they cost; how much of the numbers is illustrative: counted and added up
    from the sheets."""
    report = report_of(toy, language)
    write_workbook(tmp_path / "plan.xlsx", report)
    told = {
        name: cells_of(tmp_path / "plan.xlsx", report.tables[name].title)
        for name in ("brief-targets", "brief-matters", "brief-money", "sources")
    }
    front = shown[language].front
    assert front is not None
    met, decide, turn = (re.findall(r"\d[\d,.]*\d|\d", re.sub("20 万吨|0.2 Mt", "", answer)) for _, answer in front.answers)
    tight = [row for row in told["brief-targets"] if row[word("state", language)] == word("binding", language)]
    if language == "zh":
        assert met[0] == str(len(told["brief-targets"]))
    assert str(len(tight)) in met
    matters, (*_, total) = told["brief-matters"], told["brief-money"]
    years = [head for head in total if isinstance(head, int)]
    paid = sum(row[word("invested", language)] for row in matters)
    assert paid == pytest.approx(sum(total[year] for year in years))
    assert decide == [*map(str, years), str(len(matters)), "0", f"{paid * scale:g}"]
    *_, every = told["sources"]
    assert turn == [f"{100 * every[word('status_illustrative', language)] / every[word('sum', language)]:.0f}"]


def test_labels_come_out_as_text(toy: SolvedCase, shown: dict[str, Report]) -> None:
    """Whatever a case calls its things: as text of the page, as what scripts read, in a chart and in a flow."""
    rows = [{"item": NASTY, "unit": NASTY, "flow_from": NASTY, "flow_to": "b", 2021: 1.0, "required": 1.0, "achieved": 1.0}]
    made = table(NASTY, ["item", "unit", "flow_from", "flow_to", 2021, "required", "achieved"], rows, [NASTY])
    bars = Chart("bars", NASTY, "t", "item", [Series(NASTY, "#000000", column=2021)], NASTY, NASTY, rows=(0, 0))
    flow = replace(bars, kind="flow", along=(2021,), series=[Series(NASTY, "#000000")])
    bullets = replace(bars, kind="bullets", series=[Series("a", "#000000", column="achieved"), Series("b", "#000000", column="required")])
    front = replace(shown["en"].front, answers=[(NASTY, NASTY)], supply=NASTY)  # type: ignore[type-var]
    text = page_text(
        [Report(NASTY, NASTY, "en", [Page("about", {"t": made}, [bars, flow, bullets], name=NASTY)], version=NASTY, front=front)]
    )
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert ours.count("<script") == ours.count("</script>") == 1 and "<img" not in ours and "\x1b" not in ours and "\x9b" not in ours
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    clean = NASTY.replace("\x1b", "").replace("\x9b", "")
    assert json.loads(data)["en"]["tables"]["t"]["rows"][0][0] == clean and "<" not in data
    assert unescape(re.findall(r"<h1><bdi>(.*?)</bdi></h1>", text)[0]) == NASTY.replace("\x9b", "").replace("\x1b", "")


def test_the_page_may_ask_nobody_and_runs_its_own_scripts_alone(text: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert "default-src &#39;none&#39;" in policy and policy.count("sha256-") == 2 and "unsafe-inline&#39;; img" in policy
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//|url\(|@import""", ours) and len(text) < 2_000_000


def test_a_public_page_names_no_unit_and_nothing_without_a_source(toy: SolvedCase, shown: dict[str, Report]) -> None:
    """All of the toy's measures are illustrative; its boilers are named, and so is the measure that closes them."""
    case = read_case(TOY)
    for language in LANGUAGES:
        names = names_withheld(toy.results, case, language)
        page = public_report(shown[language], names)
        told = page_text([page], public=True)
        assert {"Boiler 1", "Boiler 2"} <= set(names.instead) and not [name for name in names.instead if name in told]
        assert word("stamp_public", language) in told and 'class="stamp inner"' not in told
        assert "unit-calendar" not in data_of(told)[language]["tables"] and page.version == ""
        rows = [row for part in page.pages for one in part.tables.values() for row in one.frame.to_dict("records")]
        assert rows and not [row for row in rows if row.get("_illustrative") is True]
        for part in page.pages:
            for chart in part.charts:
                assert all(series.row is None or series.row < len(part.tables[chart.table].frame) for series in chart.series)


def test_what_is_withheld_leaves_labels_that_hold_its_words_alone() -> None:
    """A stock is called "Straw", a word of a target's label; a unit's name is withheld in any sentence, but not in a technology's label."""
    names = Withheld(
        {"Straw": "X", "综合利用": "某", "Boiler 1": "Y", "Close Boiler 1": "Z"},
        frozenset({"Straw burnt 2029 (Straw)", "秸秆综合利用量", "Boiler 1 type"}), frozenset({"Straw", "综合利用"}),
    )  # fmt: skip
    for text, told in {
        "Straw": "X", "Straw; Boiler 1": "X; Y", "Straw burnt 2029 (Straw)": "Straw burnt 2029 (Straw)", "Straw is burnt": "Straw is burnt",
        "秸秆收储运与综合利用": "秸秆收储运与综合利用", "综合利用；Straw": "某；X", "电灯、Straw、秸秆": "电灯、Straw、秸秆", "Close Boiler 1 by 2025; then Boiler 1": "Z by 2025; then Y", "Boiler 1 type": "Boiler 1 type",
    }.items():  # fmt: skip
        assert names.told(text) == told


def test_a_stock_that_is_called_like_a_technology_stands(toy: SolvedCase) -> None:
    """The boilers of the toy are withheld; its technologies and targets are in no list."""
    case = read_case(TOY)
    for language in LANGUAGES:
        names = names_withheld(toy.results, case, language)
        standing = {said(row, "label", language) for table in ("technologies", "targets") for row in case.tables[table]}
        assert not standing & set(names.instead) and all(names.told(label) == label for label in standing)


def test_export_writes_the_page_and_says_where(toy_run: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    told = call("export", toy_run["run"], "--to", "html", "--out", path, "--json", "--lang", "zh")
    assert told.exit_code == 0 and json.loads(told.stdout) == {"written": str(path)}
    text = path.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="zh-CN">') and "内部资料" in text and set(data_of(text)) == {"zh", "en"}
    assert call("export", toy_run["run"], "--to", "html", "--out", path).exit_code == 2, "what is there is not written over"
    refused = call("export", toy_run["run"], "--to", "xlsx", "--public", "--out", tmp_path / "other.xlsx")
    assert refused.exit_code == 2 and "--to html" in refused.stderr and not (tmp_path / "other.xlsx").exists()


def test_without_a_chinese_font_there_are_no_pictures_but_a_message(
    toy_run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.report.writers.pictures.shows_chinese", lambda: False)
    told = call("export", toy_run["run"], "--to", "png", "--out", tmp_path / "slides")
    assert told.exit_code == 2 and "Noto Sans CJK" in told.stderr and list(tmp_path.iterdir()) == []


def test_the_script_that_draws_is_kept_for_the_next_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    """What is there whole is taken; the page's own is one element, which nothing in it ends."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    path = vega_bundle._folder() / f"vega-{version('vl-convert-python')}.js"
    path.parent.mkdir(parents=True)
    path.write_text("x" * vega_bundle.least_size, encoding="utf-8")
    assert vega_bundle.vega_script.__wrapped__() == "x" * vega_bundle.least_size
    library = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)[0]
    assert library == vega_bundle.vega_script() and "vegaEmbed" in library and len(library) > vega_bundle.least_size
