"""Numbers that the province hands down come in by one table and set the targets that await them."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import ROOT, call
from tiny_case import TinyCase

from model.case.checks.check import check, warnings
from model.case.read.case import Case, read_case
from model.case.tables.indicators import Target


def target_of(case: Case, name: str) -> Target:
    return next(row for row in case.tables["targets"] if row.id == name)


def test_a_number_handed_down_counts_before_the_targets_own(tmp_path: Path) -> None:
    case = TinyCase().cell("handed_down", 2, "value", "-25")
    told = target_of(read_case(case.write(tmp_path / "data" / "tiny")), "co2_intensity")
    assert (told.value, told.unit, told.status, told.source) == (-25.0, "%", "sourced", "No. 8")


def test_a_target_that_awaits_its_number_is_set_by_it(tmp_path: Path) -> None:
    case = TinyCase().cell("targets", 2, "value", "")
    name, year, unit = (case.tables["targets"][1][case.tables["targets"][0].index(column)] for column in ("id", "year", "unit"))
    folder = case.write(tmp_path / "data" / "awaits")
    assert target_of(read_case(folder), name).value is None
    case.cell("handed_down", 2, "target", name).cell("handed_down", 2, "year", year).cell("handed_down", 2, "unit", "")
    case.cell("handed_down", 2, "value", "7")
    told = target_of(read_case(case.write(tmp_path / "data" / "told")), name)
    assert (told.value, told.unit) == (7.0, unit)


def test_an_empty_number_leaves_the_target_as_it_is(tmp_path: Path) -> None:
    case = TinyCase().cell("handed_down", 2, "value", "")
    assert target_of(read_case(case.write(tmp_path / "data" / "tiny")), "co2_intensity").value == -18.0


@pytest.mark.parametrize("city", ["chengde", "shijiazhuang"])
def test_the_fifteenth_plan_of_a_city_is_sound_and_on_only_where_it_is_sourced(city: str) -> None:
    data = ROOT / "data"
    assert check(data / city, (data,), ("fyp15",)) == []
    case = read_case(data / city, (data,), ("fyp15",))
    rows = [row for row in case.tables["targets"] if row.id.startswith("fyp15_")]
    assert {row.indicator for row in rows} >= {
        "co2_energy",
        "co2_net",
        "coal_use",
        "nonfossil_energy",
        "capacity_clean",
        "energy_assessed",
        "energy_total",
    }
    assert all((row.value is None) == (row.status == "illustrative") for row in rows)
    standard = {(row.year, row.value) for row in case.tables["targets"] if row.indicator == "pm25" and row.year > 2025}
    assert standard == {(2026 if city == "chengde" else 2027, 30.0), (2035, 25.0)}
    awaited = {row.target for row in case.tables["handed_down"]}
    assert awaited == {row.id for row in rows if row.value is None}
    assert not [one for one in warnings(case) if "fyp15" in f"{one.place.file} {one.found}"]
    shown = call("check", city, "--with", "fyp15").stdout
    assert all(f"--set {name}.value" in shown for name in awaited)
