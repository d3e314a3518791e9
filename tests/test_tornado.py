"""The toy's tornado is the one by hand: effects, bars, flips, the screen and the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from calling import call
from sweeping import BASE, BY_HAND, toy

from model.case.change.change import changed, parse_change
from model.case.change.levers import Shift, shifted
from model.case.read.case import Case
from model.report.pages.sweep import sweep_report
from model.report.studies.sweep_text import sweep_text
from model.report.writers.workbook import write_workbook
from model.results.effects import COST, NoOutcome, Outcome, bars, effects, flips, outcome_of
from model.results.study import StoredStudy


def test_the_tornado_of_the_toy_is_the_one_by_hand(whole: StoredStudy) -> None:
    found = effects(whole.results, Outcome(COST))
    assert set(found) == set(BY_HAND)
    assert {name: effect.value for name, effect in found.items()} == pytest.approx({n: v - BASE for n, v in BY_HAND.items()}, abs=2e-5)
    assert all(effect.low - 1e-9 <= effect.value <= effect.high + 1e-9 for effect in found.values())


def test_bars_stand_by_how_far_they_swing(whole: StoredStudy) -> None:
    ranked = bars(whole.results, Outcome(COST))
    # Coal price -0.672 to 0.590, then demand -0.57 to 0.57; the last is the CO2 of coal.
    assert [bar.lever for bar in ranked[:2]] == ["coal_purchase.price", "heat_demand.amount"]
    assert ranked[-1].lever == "co2.coal"
    assert ranked[0].swing == pytest.approx(1.262, abs=1e-4)
    rate = next(bar for bar in ranked if bar.lever == "discount_rate.value")
    assert rate.low is None and rate.high is not None  # its low end is the reference itself


def test_effects_on_an_indicator_and_on_a_measure(whole: StoredStudy) -> None:
    # A target of 0.15 Mt instead of 0.2 takes 0.125 TWh of coal away, and heat pumps make up for it.
    pump = effects(whole.results, outcome_of(whole.results, "build_heat_pump"))
    assert pump["co2_2023.value=low"].value == pytest.approx(0.125, abs=1e-6)
    # Coal at 13: no coal in 2022, so none of the reference's 0.24 Mt.
    co2 = effects(whole.results, outcome_of(whole.results, "co2@2022"))
    assert co2["coal_purchase.price=high"].value == pytest.approx(-0.24, abs=1e-6)
    with pytest.raises(NoOutcome, match="co3"):
        outcome_of(whole.results, "co3")
    with pytest.raises(NoOutcome, match="2021, 2022, 2023"):
        outcome_of(whole.results, "co2@2030")


def test_a_measure_that_flips_is_named(whole: StoredStudy) -> None:
    # Roofs are left out where they cost 4.5, where power costs 3.5 as they do (a tie), or at 6 %.
    found = {flip.measure: flip for flip in flips(whole.results)}
    assert set(found) == {"build_rooftop_sun"}
    assert found["build_rooftop_sun"].in_reference and found["build_rooftop_sun"].of == 22
    level = whole.results["level"].sel(measure="build_rooftop_sun").max("year")
    assert float(level.sel(scenario="build_rooftop_sun.investment=high")) == pytest.approx(0, abs=1e-6)
    assert float(level.sel(scenario="discount_rate.value=high")) == pytest.approx(0, abs=1e-6)


def test_a_path_moves_as_a_whole_each_year_to_its_own_end(tmp_path: Path) -> None:
    rows = [row for row in toy().tables["numbers"] if (row.item, row.quantity) == ("coal_purchase", "price")]
    later = rows[0].model_copy(update={"year": 2023, "value": 2000.0, "low": 1900.0, "high": 2500.0})
    case = Case(**{**vars(toy()), "tables": {**toy().tables, "numbers": (*toy().tables["numbers"], later)}})
    moved = shifted(case, [Shift("coal_purchase.price", 0.0)])
    assert [row.value for row in moved.tables["numbers"] if row.item == "coal_purchase"] == [800.0, 1900.0]
    half = shifted(case, [Shift("coal_purchase.price", 0.5)])
    assert [row.value for row in half.tables["numbers"] if row.item == "coal_purchase"] == [1050.0, 2200.0]
    assert [row.value for row in case.tables["numbers"] if row.item == "coal_purchase"] == [1000.0, 2000.0]


def test_what_joins_two_items_is_set_by_both_names() -> None:
    case = changed(toy(), [parse_change("coal_boiler.coal=-0.17")])
    assert [row.value for row in case.tables["flows"] if (row.technology, row.commodity) == ("coal_boiler", "coal")] == [-0.17]


def test_the_screen_the_tables_and_the_charts_are_there_in_both_languages(whole: StoredStudy, tmp_path: Path) -> None:
    english, chinese = sweep_text(whole.results, "en"), sweep_text(whole.results, "zh")
    assert "Coal purchase: price" in english and "-0.672" in english and "Rooftop PV" in english
    assert "购煤：价格" in chinese and "差异已证明" in chinese
    chinese.encode("gbk")
    assert (whole.folder / "tables" / "effects-cost.csv").read_text(encoding="utf-8-sig").startswith("Number,Range: low")
    book = openpyxl.load_workbook(whole.folder / "sweep.xlsx")
    assert book.sheetnames[:4] == ["Charts", "Effects", "Scenarios", "Measures that flip"]
    assert len(book["Charts"]._charts) >= 3  # one for each outcome
    write_workbook(tmp_path / "zh.xlsx", sweep_report(whole.results, "zh"))
    assert openpyxl.load_workbook(tmp_path / "zh.xlsx").sheetnames[1] == "影响排序"


def test_the_dataset_has_a_scenario_dimension(whole: StoredStudy) -> None:
    data = whole.results
    assert data["objective"].dims == ("scenario",) and data.sizes["scenario"] == 22
    assert data["indicator_value"].dims == ("scenario", "indicator", "year")
    assert data["level"].dims == ("scenario", "measure", "year")
    assert float(data["set_value"].sel(scenario="coal_purchase.price=high", lever="coal_purchase.price")) == 1300
    assert np.isnan(data["set_value"].sel(scenario="coal_purchase.price=high", lever="heat_demand.amount"))
    assert float(data["objective"].sel(scenario="reference")) == pytest.approx(BASE, abs=1e-4)
    assert {"bound", "gap", "status", "seconds", "usual_objective"} <= set(data)


def test_a_study_is_handed_over_as_a_page(whole: StoredStudy, tmp_path: Path) -> None:
    """Its bars are drawn from the same tables as the workbook's, in both languages."""
    told = call("export", whole.folder, "--to", "html", "--out", tmp_path / "tornado.html")
    assert told.exit_code == 0, told.stderr
    text = (tmp_path / "tornado.html").read_text(encoding="utf-8")
    found = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[0])
    for language in ("en", "zh"):
        assert any(one["mark"]["type"] == "bar" and one["data"]["values"] for one in found[language]["charts"] if one and "mark" in one)
        assert len(found[language]["tables"]) > 4
