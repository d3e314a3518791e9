"""Every unit of the data is shown in the reader's words, in either language, and never clipped."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest
from calling import ROOT

from model.case.units.conversion import unit_fault
from model.case.units.registry import factor
from model.case.units.unit_words import own_names
from model.report.layout import narrowest_text, width
from model.report.units import display_unit, spelled_unit
from model.report.words import languages, sections

COLUMNS = ("unit", "capacity_unit", "activity_unit")
PLAIN = {"1", "%"}


@cache
def units_of_the_data() -> tuple[str, ...]:
    found = set()
    for path in (ROOT / "data").glob("*/*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {row[name] for row in csv.DictReader(file) for name in COLUMNS if row.get(name)}
    return tuple(sorted(found))


def units_of_the_page() -> list[str]:
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    listed = page[page.index("## Units") : page.index("## What is hard at first")]
    return [unit for cell in re.findall(r"`([^`]+)`", listed) for unit in cell.split()]


def bad(unit: str, text: str, language: str) -> bool:
    """English without Chinese and underscores; Chinese without Latin letters."""
    return bool(re.search(r"[^\x00-\x7f]|_", text) if language == "en" else re.search(r"[A-Za-z_]", text)) or not text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_unit_has_a_name(language: str) -> None:
    units = [*units_of_the_data(), *units_of_the_page()]
    assert len(units) > 150
    assert [unit for unit in units if bad(unit, spelled_unit(unit, language), language)] == []
    parts = {part for unit in units for part in re.split(r"[/*() ]+", unit) if part}
    assert {own_names().get(part, part) for part in parts} - PLAIN - set(sections(language)["spelled_units"]) == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_a_unit_may_be_made_of_has_a_name(language: str) -> None:
    words = [word for word in own_names() if word not in sections(language)["spelled_units"]]
    assert len(words) > 90
    assert [word for word in own_names() if bad(word, spelled_unit(word, language), language)] == []
    assert all(factor(word, own_names()[word]) == 1 for word in words)


@pytest.mark.parametrize("unit", ["家", "座", "thousand_households", "万户", "Gtkm", "Gvkm", "kvehicle", "plant_unit", "微克/立方米"])
def test_amounts_are_shown_in_words(unit: str) -> None:
    assert not bad(unit, display_unit(unit, "en")[0], "en")
    assert display_unit(unit, "zh")[0] == "微克/立方米" or not bad(unit, display_unit(unit, "zh")[0], "zh")


# How the labels would be written as units: what a label of another size than the data's unit must come to.
AS_UNITS = {
    "GW": "GW", "TWh": "TWh", "Mtce": "Mtce", "Mt": "Mt", "kt": "kt", "billion m3": "Gm3", "million m3": "million_m3", "million litres": "ML", "million m2": "million_m2",
    "kha": "kha", "ha": "ha", "vehicles": "vehicle", "million vkm": "Mvkm", "billion vkm": "Gvkm", "billion tkm": "Gtkm", "units": "plant_unit", "points": "percentage_point", "个百分点": "percentage_point",
    "1000 households": "thousand_households", "households": "household", "million": "million_persons", "台（套）": "plant_unit", "万升": "ML*0.01", "亿车公里": "Gvkm*0.1",
}  # fmt: skip


@pytest.mark.parametrize("unit", sections("en")["shown_units"])
def test_the_factor_fits_the_label(unit: str) -> None:
    """An amount of 1 of the data's unit, converted by the units themselves, is what is shown."""
    for label, scale in (sections(language)["shown_units"][unit] for language in languages()):
        assert width(label) <= narrowest_text, label
        known, _, part = AS_UNITS.get(label, label).partition("*")
        if unit_fault(known, known) is None:
            assert scale * float(part or 1) == pytest.approx(factor(unit, known)), label
