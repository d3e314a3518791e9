"""How a report is worded: in the plans' units, on one screen, in both languages."""

from __future__ import annotations

import csv

import pytest
from calling import says
from reporting import LANGUAGES, report_of

from model.report import display
from model.report.case.base_text import base_text
from model.report.layout import width
from model.report.plan.text import summary_text
from model.report.units import display_unit
from model.report.writers.tables_csv import write_csv


def test_units_of_the_plans():
    assert display_unit("GW", "zh") == ("万千瓦", 100.0)
    assert display_unit("TWh", "zh") == ("亿千瓦时", 10.0)
    assert display_unit("kvehicle", "zh") == ("辆", 1000.0)
    assert display_unit("million_m3", "zh") == ("亿立方米", 0.01)
    assert display_unit("万千瓦", "en") == ("GW", 0.01)
    assert display_unit("t/GDP", "en") == ("t/GDP", 1.0)


def test_no_dust_in_numbers():
    assert display.shown(0.1 + 0.2) == "0.300"
    assert display.shown(-1e-12) == "0"
    assert display.shown(-0.0004, 2) == "0.00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_one_screen_in_gbk(toy, language):
    text = summary_text(toy.results, toy.manifest, language)
    text.encode("gbk")
    assert len(text.splitlines()) <= 47
    assert max(map(width, text.splitlines())) <= 110
    assert "6.10" in text and "6.00" in text


def test_the_summary_of_many_technologies_is_still_one_screen(toy):
    many = [f"copy_{place}" for place in range(80)]
    part = toy.results.sel(technology=["coal_boiler"] * 80, balance_entry=["coal_boiler"] * 80)
    copies = part.assign_coords(technology=many, balance_entry=many).assign(
        technology_label_en=("technology", [f"Boiler house with a rather long name number {place} µm³" for place in range(80)])
    )
    results = toy.results.drop_dims(["technology", "balance_entry"]).merge(
        copies[[name for name in copies.data_vars if {"technology", "balance_entry"} & set(copies[name].dims)]]
    )
    text = summary_text(results, toy.manifest, "en")
    text.encode("gbk")
    assert len(text.splitlines()) <= 47
    assert max(map(width, text.splitlines())) <= 110
    assert "more; see the workbook" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_texts(language):
    record = {
        "label": "CO₂",
        "unit": "Mt",
        "modelled": 10.2,
        "residual": 3.0,
        "total": 13.2,
        "fact": 14.0,
        "low": 11.0,
        "high": 17.0,
        "status": "estimate",
        "within": True,
    }
    shown = base_text([record, {**record, "fact": None, "low": None, "high": None, "within": None, "status": None}], language)
    shown.encode("gbk")
    assert ("CO2" in shown) and ("10.20" in shown if language == "en" else "1,020" in shown)


def test_the_base_year_leaves_out_what_is_nothing_and_nobody_knows():
    nothing = {"label": "Flared gas", "unit": "Mt", "modelled": 0.0, "residual": 0.0, "total": 0.0, "fact": None, "within": None}
    known = {**nothing, "label": "Hydrogen", "fact": 0.0, "status": "sourced", "within": True}
    some = {**nothing, "label": "CO2", "modelled": 1.0, "total": 1.0}
    text = base_text([some, known, nothing], "en")
    assert "CO2" in text and "Hydrogen" in text and "Flared gas" not in text
    assert text.splitlines()[-1] == "1 more indicator is zero and has no fact; --json lists it"
    assert "另有2项" in base_text([some, nothing, nothing], "zh")


def test_variants_of_an_indicator_can_be_told_apart():
    """Labels that are alike for longer than the column is wide."""
    label = "Total energy consumption of the whole city, coal-equivalent conversion"
    record = {"label": label, "unit": "Mtce", "modelled": 1.0, "residual": 0.0, "total": 1.0, "fact": None, "within": None}
    lines = base_text([{**record, "variant": f"coal_equivalent_{name}"} for name in ("consumed", "produced")], "en").splitlines()
    lines = [line for line in lines if "[" in line]
    assert "[coal_equivalent_consumed]" in lines[0] and "[coal_equivalent_produced]" in lines[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_plan_stand_beside_every_year(toy, tmp_path, language):
    write_csv(tmp_path, report_of(toy, language))
    rows = list(csv.DictReader((tmp_path / "targets-by-year.csv").read_text(encoding="utf-8-sig").splitlines()))
    quotes = [row["Words of the plan" if language == "en" else "方案原文"] for row in rows]
    assert len(quotes) == 3 and all(quotes)


def test_one_of_a_thing_is_not_many(toy):
    text = summary_text(toy.results, {**toy.manifest, "days": 1}, "en")
    assert says(text, "; 1 typical day;")
    spell = {**toy.manifest, "days": 4, "stress_days": 3}
    assert says(summary_text(toy.results, spell, "en"), "; 1 typical day and the spell (3 days);")
    assert says(summary_text(toy.results, spell, "zh"), "；典型日1个及连续紧张日3天；")
    assert says(summary_text(toy.results, {**spell, "days": 3, "stress_days": 1}, "en"), "; 2 typical days and the spell (1 day);")
    assert says(summary_text(toy.results, {**toy.manifest, "days": 12}, "en"), "; 12 typical days;")
    one = toy.results.assign(met=("target_row", [False, True, True]))
    assert "Note: 1 target is out of reach" in summary_text(one, toy.manifest, "en")
