"""What the page says is clear by itself: what is drawn and what is not, in whose colour, what a mouse is told, in whose language, and what leaves the house."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from calling import TOY, call
from page_cells import data_of
from reporting import LANGUAGES

from model.case.read.case import read_case
from model.case.read.labels import labels
from model.report.pages import drawn_charts, sweep
from model.report.pages.page import Chart, Page, Series, remarked
from model.report.pages.plan_charts import investment_chart
from model.report.pages.plan_page import plan_page
from model.report.pages.public import names_withheld
from model.report.plan import brief_tables
from model.report.plan.money_tables import investment_by_payer
from model.report.studies.frontier_tables import frontier_report
from model.report.studies.scenario_names import scenario_said
from model.report.tables import table
from model.report.words import word
from model.report.writers.page_html import page_text
from model.report.writers.vega import DRAWN, specification
from model.results.frontier import Frontier, FrontierPoint
from model.results.study import StoredStudy
from model.study.plan.solve import SolvedCase


def page_of(toy: SolvedCase, language: str):
    return plan_page(toy.results, hours=toy.hours, manifest=toy.manifest, case=read_case(TOY), language=language)


def charts_of(toy: SolvedCase, language: str) -> list[tuple[Page, Chart]]:
    return [(page, chart) for page in page_of(toy, language).pages for chart in page.charts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mouse_is_told_name_year_and_amount_with_its_unit_each_under_a_name_of_its_own(toy: SolvedCase, language: str) -> None:
    """Of two lines under one name the browser shows the first alone; heat pumps in 2023 on paper: 0.5 TWh built in all, 0.1 in that year."""
    for page, chart in charts_of(toy, language):
        if chart.kind in DRAWN:
            spec = specification(chart, page.tables, language)
            encodings = [one["encoding"] for one in spec.get("layer", [spec])]
            titles = [[line["title"] for line in one["tooltip"]] for one in encodings if "tooltip" in one]
            assert titles and all(len(set(one)) == len(one) and all(one) for one in titles), chart.kind
    page, chart = next(one for one in charts_of(toy, language) if one[1].kind == "matrix")
    spec = specification(chart, page.tables, language)
    fields = {line["field"]: line["title"] for line in spec["encoding"]["tooltip"]}
    assert (fields["x"], fields["t"]) == (word("year", language), word("amount", language)) and "s" in fields
    (pumps,) = [one for one in spec["data"]["values"] if one["s"] == {"en": "Heat pumps", "zh": "热泵供热"}[language] and one["x"] == 2023]
    assert pumps["t"] == {"en": "0.100 TWh", "zh": "1.00 亿千瓦时"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_called_by_its_title_and_unit(toy: SolvedCase, language: str) -> None:
    charts = data_of(page_text([page_of(toy, language)]))[language]["charts"]
    named = [chart for _, chart in charts_of(toy, language)]
    for chart, spec in zip(named, charts, strict=True):
        assert spec is None or spec["description"].startswith(chart.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_measures_those_with_most_money_are_drawn_and_the_rest_is_counted(
    toy: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heat pumps take 5, roofs 14, the closure 1: one row is the roofs', of three."""
    monkeypatch.setattr(drawn_charts, "most_measures", 1)
    _, chart = next(one for one in charts_of(toy, language) if one[1].kind == "matrix")
    assert [one.name for one in chart.series] == [{"en": "Rooftop PV", "zh": "屋顶光伏"}[language]]
    assert chart.remark == word("remark_most_money", language).format(1, 3)
    assert chart.remark in page_text([page_of(toy, language)])


def test_rows_that_are_not_drawn_are_counted() -> None:
    rows = table("t", ["n", "v"], [{"n": str(at), "v": 1.0} for at in range(5)])
    chart = Chart("bars", "t", "t", "n", [Series("v", "#000000", column="v")], "%", "", rows=(1, 3))
    assert remarked(chart, rows, "en").remark == word("remark_rows", "en").format(3, 5)
    assert remarked(dataclasses.replace(chart, rows=(0, 4)), rows, "en").remark == ""


def test_a_payer_has_one_colour_in_every_language_and_no_other_payer_has_it(toy: SolvedCase) -> None:
    """Three payers whose labels stand in another order in the other language; the colour follows the id."""
    results = toy.results
    payers = results["payer"].values.tolist()
    colours = []
    for language in LANGUAGES:
        chart = investment_chart("investment-by-payer", investment_by_payer(results, language), results, language)
        ids = dict(zip(results[f"payer_label_{language}"].values.tolist(), payers, strict=True))
        colours.append({ids[one.name]: one.colour for one in chart.series})
    assert colours[0] == colours[1] and len(set(colours[0].values())) == len(colours[0]) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_of_many_decisions_say_where_all_stand(toy: SolvedCase, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of the toy's three are listed; all stand in the build schedule, to which the note leads."""
    found = brief_tables.matters(toy.results)
    assert len(found) == 3
    monkeypatch.setattr(brief_tables, "matters", lambda _: found[:2])
    told = word("note_brief_largest", language).format(2, 3, word("title_schedule", language))
    text = page_text([page_of(toy, language)])
    part = data_of(text)[language]["tables"]["brief-matters"]
    assert part["notes"][0] == told and part["links"] == {told: "build-schedule"} and f'id="{language}-table-build-schedule"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_between_points_that_were_solved_nothing_is_said_to_be_proven(language: str) -> None:
    points = tuple(FrontierPoint(value, np.nan, value, np.nan, cost, cost, "optimal", 0.0) for value, cost in ((4, 10), (2, 12), (0, 20)))
    made = Frontier("toy", "co2", 2023, "Mt", False, "", 0, "", False, 0.0, 0.0, points, True, True)
    (page,) = frontier_report(made, labels(read_case(TOY)), language).pages
    (chart,) = page.charts
    spec = specification(chart, page.tables, language)
    line = spec["layer"][0]["mark"]
    assert chart.remark == word("remark_points", language) and line["strokeDash"] and line["strokeWidth"] == 1 < line["point"]["size"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_are_called_by_labels_and_their_names_stand_last(whole: StoredStudy, language: str) -> None:
    report = sweep.sweep_report(whole.results, language)
    names = whole.results["scenario"].values.tolist()
    for key in ("scenarios", "indicators"):
        part = report.tables[key]
        assert part.columns[-1] == "scenario_id" and part.frame["scenario_id"].tolist()[1:] == names[1:]
        assert part.frame["scenario"].tolist() == [scenario_said(name, whole.results, language) for name in names]
        assert not {name for name in whole.results["lever"].values.tolist() if any(str(head).startswith(name) for head in part.columns)}
    told = data_of(page_text([report]))[language]["tables"]["scenarios"]
    assert told["ids"] == [len(told["heads"]) - 1]


def test_a_public_study_names_no_unit_and_no_study(whole: StoredStudy, tmp_path) -> None:
    """Boilers are named in the toy, and so are the measure and the numbers that are of them."""
    path = tmp_path / "public.html"
    done = call("export", whole.folder, "--to", "html", "--public", "--out", path, "--json")
    assert done.exit_code == 0 and json.loads(done.stdout) == {"written": str(path)}
    text, case = path.read_text(encoding="utf-8"), read_case(TOY)
    for language in LANGUAGES:
        names = names_withheld(labels(case), case, language)
        assert {"Boiler 1", "Boiler 2"} <= set(names.instead) and not [name for name in names.instead if name in text]
        tables = data_of(text)[language]["tables"]
        assert word("stamp_public", language) in text and word("lever_id", language) not in tables["effects-cost"]["heads"]
    assert str(whole.folder) not in text and f"{whole.folder.parent.name}/{whole.folder.name}" not in text
    ids = {str(name) for name in whole.results["lever"].values.tolist() if "boiler" in str(name)}
    assert not [name for name in ids if name in text]
    refused = call("export", whole.folder, "--to", "csv", "--public")
    assert refused.exit_code == 2 and "--to html" in refused.stderr
