"""The first page: what it chooses, in which order, and that its sums are formulas that come to what stands there."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from calling import TOY
from reporting import LANGUAGES, book, report_of

from model.case.read.case import read_case
from model.report.plan import brief_tables
from model.report.plan.about_tables import about
from model.report.plan.bureau_tables import bureau_tables
from model.report.writers.sums import summed
from model.results.brief import matters, money_ahead, sources_of, until
from model.results.steadiness import Steadiness, Tornado, turns_of


def test_what_must_be_decided_is_what_takes_most_beyond_the_usual_path(toy) -> None:
    """2022: one boiler closed (1 = 0.01 · 100), heat pumps 0.4 TWh (4) and the roof 0.1 GW (7 of 100 million CNY); nothing of it is usual."""
    told = {one["measure"]: one for one in matters(toy.results)}
    order = [one["measure"] for one in matters(toy.results)]
    assert [told[k]["extra"] for k in order] == sorted((told[k]["extra"] for k in order), reverse=True)
    assert told["build_rooftop_sun"]["amount"] == pytest.approx(0.1) and told["build_rooftop_sun"]["invested"] == pytest.approx(7.0)
    assert told["build_heat_pump"]["amount"] == pytest.approx(0.4) and told["build_heat_pump"]["invested"] == pytest.approx(4.0)
    assert all(one["decide_by"] <= one["year"] for one in told.values())
    usual = toy.results.assign(usual_investment_cash=toy.results["investment_cash"])
    assert matters(usual) == [], "what the usual path builds too asks for no decision"


def test_money_by_source_adds_up_to_all_that_is_invested(toy) -> None:
    found = money_ahead(toy.results)
    cash = toy.results["investment_cash"] * toy.results["span_years"]
    assert sum(one["total"] for one in found) == pytest.approx(float(cash.sum()))
    assert until(toy.results) == 2023
    for one in found:
        assert set(one["amounts"]) == {2021, 2022}
    assert all(sum(sources_of(toy.results, k).values()) == pytest.approx(1.0) for k in toy.results["measure"].values.tolist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_that_are_short_come_first_and_each_measure_names_the_one_it_serves(toy, language) -> None:
    case = read_case(TOY)
    frame = brief_tables.brief_targets(toy.results, case, language).frame
    assert set(frame["_state"]) <= set(brief_tables.URGENT) and len(frame) <= brief_tables.most_targets
    short = toy.results.assign(met=("target_row", np.zeros(toy.results.sizes["target_row"], dtype=bool)))
    assert brief_tables.brief_targets(short, case, language).frame["_state"].iloc[0] == "out_of_reach"
    frame = brief_tables.brief_matters(toy.results, toy.manifest, case, language).frame
    names = dict(zip(toy.results["measure"].values.tolist(), toy.results[f"measure_label_{language}"].values.tolist(), strict=True))
    rides = {k: frame.set_index("matter")["rides_on_it"].get(names[k]) for k in names}
    # The roof's power is no cleaner than what is bought: it serves no target.
    targets = dict(zip(toy.results["target"].values.tolist(), toy.results[f"target_label_{language}"].values.tolist(), strict=True))
    assert rides["build_rooftop_sun"] == "" and rides["close_boiler"] in targets.values() and rides["build_heat_pump"] in targets.values()
    assert rides["close_boiler"] != rides["build_heat_pump"]
    assert not any(brief_tables.brief_matters(toy.results, toy.manifest, None, language).frame["rides_on_it"])


def test_without_version_or_tornado_the_page_says_how_to_get_them(toy) -> None:
    parts = brief_tables.brief_tables(toy.results, toy.manifest, read_case(TOY), None, "en")
    assert parts["brief-changes"].frame.empty and parts["brief-turns"].frame.empty
    assert all("About this run" in parts[name].notes[0] for name in ("brief-changes", "brief-turns"))
    told = "\n".join(about(toy.manifest, None, "en").frame["note"])
    assert "measures sweep toy --tornado --most 40" in told and "--since RUN" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_stands_on_the_first_page(toy, language) -> None:
    parts = brief_tables.brief_tables(toy.results, toy.manifest, read_case(TOY), None, language)
    said = "\n".join([text for one in parts.values() for text in (one.title, *one.notes, *map(str, one.frame.to_numpy().ravel()))])
    assert not re.search(r"\bmeasures (sweep|show|switch|alternatives|solve)\b", said) and "--" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bureau_is_handed_what_it_leads_and_supports(toy, language) -> None:
    """B leads the boilers that A supports; A leads the roof; of the pumps nobody is named."""
    results = toy.results.assign({f"measure_bureaus_label_{language}": ("measure", ["B；A", "", "A"])})
    names = dict(zip(["closing", "pumps", "roof"], results["measure"].values.tolist(), strict=True))
    told = {one.name[3:]: one for one in bureau_tables(results, language)}
    labels = dict(zip(results["measure"].values.tolist(), results[f"measure_label_{language}"].values.tolist(), strict=True))
    assert told["A"].leads.frame["measure"].tolist() == [labels[names["roof"]]]
    assert told["A"].supports.frame["measure"].tolist() == [labels[names["closing"]]]
    assert told["A"].supports.frame["bureau"].tolist() == ["B"] and told["B"].supports.frame.empty
    assert len(told) == 3


def test_pages_of_bureaus_are_no_tables_of_their_own(toy, tmp_path) -> None:
    results = toy.results.assign(measure_bureaus_label_en=("measure", ["B；A", "A", "A"]))
    report = report_of(toy, "en", results)
    assert not any(name.startswith("bureau-") for name in report.tables)
    sheets = openpyxl.load_workbook(book(toy, tmp_path, "en", results)).sheetnames
    assert {"01 A", "02 B"} <= set(sheets)


def test_a_number_turns_what_is_built_at_one_of_its_ends_and_not_in_the_reference(toy) -> None:
    """At its low end power makes the pumps and no roof; at its high end nothing is other: one turn, told at the low end."""
    import xarray as xr

    decided = np.array([[[1.0], [1.0]], [[1.0], [0.0]], [[1.0], [1.0]]])
    study = xr.Dataset(
        {
            "decided": (("scenario", "measure", "year"), decided), "objective": ("scenario", [1.0, 1.0, 1.0]), "status": ("scenario", ["optimal"] * 3),
            **{f"lever_{name}": ("lever", [value]) for name, value in (("label_en", "Price"), ("label_zh", "价格"), ("unit", "CNY"), ("low", 3.0), ("value", 4.0), ("high", 5.0))},
        },
        coords={"scenario": ["reference", "power=low", "power=high"], "measure": ["build_heat_pump", "build_rooftop_sun"], "year": [2021], "lever": ["power"]},
    )  # fmt: skip
    (turn,) = turns_of(study, [2021])
    assert (turn.at, turn.taken_up, turn.given_up) == (3.0, (), ("build_rooftop_sun",))
    known = Steadiness(Tornado("toy/t", 1, 2, 2, (), (), (turn,)))
    frame = brief_tables.brief_turns(toy.results, toy.manifest, known, "en").frame
    assert frame["turns_at"].tolist() == [3.0] and "without" in frame["what_turns"].iloc[0]
    steady = replace(known, tornado=Tornado("toy/t", 1, 2, 2, (), ()))
    assert brief_tables.brief_turns(toy.results, toy.manifest, steady, "en").frame.empty


def test_a_total_that_is_no_sum_of_what_stands_there_is_no_formula() -> None:
    """1 + 2 a year of spans of 1 and 5 years come to 11, not 3."""
    names = ["what", 2025, 2030, "total"]
    of_years = [{"what": "a", 2025: 1.0, 2030: 2.0, "total": 3.0}]
    assert summed(of_years, 0, names, "total") == ((0, 1), (0, 2))
    assert summed([{**of_years[0], "total": 11.0}], 0, names, "total") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_come_to_the_values_that_stand_beside_them(toy, tmp_path, language) -> None:
    path = book(toy, tmp_path, language)
    formulas, values = (openpyxl.load_workbook(path, data_only=known) for known in (False, True))
    found = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    told = values[sheet.title]
                    parts = (
                        [one.value or 0.0 for line in told[cell.value[5:-1]] for one in (line if isinstance(line, tuple) else (line,))]
                        if ":" in cell.value
                        else [told[cell.value[5:-1]].value]
                    )
                    assert sum(parts) == pytest.approx(told[cell.coordinate].value, abs=1e-5), (sheet.title, cell.coordinate)
                    found += 1
    assert found > 3
