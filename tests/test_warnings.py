"""What is odd in a sound case is warned of at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_edits import column_of, published, told
from overlaid import TARGETS, lay
from tiny_case import TinyCase
from told_faults import tells

from model.case.checks.check import check, warnings
from model.case.faults import Fault, Place
from model.case.read.case import read_tables


def warned(folder: Path) -> list[Fault]:
    """Warnings but that the tiny case's coverage leaves out some of its targets and measures, that two of these have no cost and its ramp no past."""
    return [one for one in warnings(read_tables(folder)[0]) if one.code not in ("not_covered", "free_of_charge", "ramp_starts_free")]


def test_coefficients_far_from_one_are_warned_of(tmp_path: Path) -> None:
    case = TinyCase().cell("flows", 5, "value", "-0.5").cell("flows", 5, "unit", "kWh/Mt")
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    (warning,) = warned(folder)
    assert (warning.code, warning.place) == ("coefficient_scale", Place("flows.csv", 5, "value"))
    tells(warning)


def test_included_tables_are_warned_of_once_a_file(tmp_path: Path) -> None:
    """Two odd rows that are not the case's own make one line, at the smaller: its owner cannot mend them."""
    common = TinyCase().cell("flows", 5, "value", "-0.0002").cell("flows", 6, "value", "-0.0003")
    common.write(tmp_path / "data" / "common")
    case = TinyCase()
    case.tables.pop("flows")
    case.header += "include: [../common]\n"
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    (warning,) = warned(folder)
    assert (warning.code, warning.place) == ("coefficient_scale", Place("../common/flows.csv", 5, "value"))
    assert warning.found == "-0.0002 TWh/Mt (2×)"


@pytest.mark.parametrize(("sense", "value", "warns"), [("<=", "18", True), (">=", "-5", True), ("<=", "-18", False), (">=", "5", False)])
def test_a_change_of_the_wrong_sign_is_warned_of(tmp_path: Path, sense: str, value: str, warns: bool) -> None:
    """Down by 18 % is <= -18: <= 18 would let intensity rise by 17 %, and is met by any fall."""
    case = TinyCase().cell("targets", 4, "sense", sense).cell("targets", 4, "value", value)
    case.tables.pop("handed_down")  # its number would count before the target's own
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    found = [(one.code, one.place, one.found, one.expected) for one in warned(folder)]
    opposite = value.removeprefix("-") if value.startswith("-") else f"-{value}"
    assert found == ([("sign_of_change", Place("targets.csv", 4, "value"), f"{sense} {value}", opposite)] if warns else [])


def test_a_change_from_a_year_still_to_be_decided_is_warned_of(tmp_path: Path) -> None:
    """CO2 per GDP of 2025 on 2021, the first year of decisions: more in 2021 would allow more. Once 2021 is published it is no longer so."""
    case = column_of(TinyCase(), "targets", "base_year", {4: "2021"})
    (warning,) = warned(case.write(tmp_path / "data" / "own"))
    assert (warning.code, warning.place, warning.found) == ("base_year_decided", Place("targets.csv", 4, "base_year"), "2021")
    tells(warning)
    published(case, "290").cell("facts", 3, "year", "2021")
    assert warned(case.write(tmp_path / "data" / "published")) == []


def test_a_change_that_awaits_its_number_is_not_warned_of(tmp_path: Path) -> None:
    """Of a target that is off, more in 2021 allows nothing; once a document sets its number, it does."""
    case = column_of(TinyCase(), "targets", "base_year", {4: "2021"}).cell("targets", 4, "value", "").cell("handed_down", 2, "value", "")
    case.tables.pop("official")
    assert warned(case.write(tmp_path / "data" / "off")) == []
    case.cell("handed_down", 2, "value", "-25")
    assert [one.code for one in warned(case.write(tmp_path / "data" / "on"))] == ["base_year_decided"]


def test_targets_and_measures_the_coverage_forgets_are_warned_of(tmp_path: Path) -> None:
    """The tiny plan's rows name wind and the share, and nothing else of the case."""
    folder = TinyCase().write(tmp_path / "data" / "tiny")
    found = [one for one in warnings(read_tables(folder)[0]) if one.code == "not_covered"]
    assert [(one.place, one.found) for one in found] == [
        (Place("coverage.csv", None, "items"), "measures (2): build_coal, plant_trees"),
        (Place("coverage.csv", None, "items"), "targets (3): co2_cap, co2_intensity, awaited"),
    ]
    tells(found[0])
    # What an overlay adds is of another paper than the plan.
    lay(
        folder,
        "later",
        targets=TARGETS + "later_cap,CO2,二氧化碳,later_cap,clause_1,不超过,binding,co2,level,<=,,2030,onward,0,200,万吨,,,sourced,law\n",
    )
    assert [one for one in warnings(read_tables(folder, overlays=("later",))[0]) if one.code == "not_covered"] == found
    none = TinyCase()
    none.tables.pop("coverage")
    assert warned(none.write(tmp_path / "data" / "none")) == []


def test_measures_without_an_investment_are_warned_of(tmp_path: Path) -> None:
    """The tiny coal plants and trees have none; a 0 says that it is meant."""
    case = TinyCase()
    found = [one for one in warnings(read_tables(case.write(tmp_path / "data" / "tiny"))[0]) if one.code == "free_of_charge"]
    assert [(one.place, one.found) for one in found] == [(Place("measures.csv", None, "id"), "build_coal, plant_trees (2)")]
    tells(found[0])
    told(case, "build_coal", "investment", value="0", unit="CNY/kW")
    told(case, "plant_trees", "investment", value="0", unit="CNY/亩")
    folder = case.write(tmp_path / "data" / "told")
    assert [one for one in warnings(read_tables(folder)[0]) if one.code == "free_of_charge"] == []


@pytest.mark.parametrize(
    ("item", "quantity", "value", "unit", "needed"),
    [
        ("wind_farm", "minimum_load", "0.4", "1", "committed"),
        ("coal_plant", "storage_hours", "4", "h", "storage"),
        ("wind_farm", "heat_loss", "0.2", "1", "heat"),
        ("build_wind", "unit_size", "50", "MW", "whole"),
        ("grid_sell", "later_weight", "0.5", "1", "shape_later"),
    ],
)
def test_numbers_that_nothing_uses_are_warned_of(tmp_path: Path, item: str, quantity: str, value: str, unit: str, needed: str) -> None:
    case = TinyCase()
    told(case, item, quantity, value=value, unit=unit)
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    (warning,) = warned(folder)
    assert (warning.code, warning.found.split(" ")[0], warning.expected) == ("number_idle", f"{item}.{quantity}", needed)
    tells(warning)


def test_a_yield_the_profile_cannot_give_is_warned_of(tmp_path: Path) -> None:
    """Mean 0.25 and highest hour 0.3: at 8000 h the highest would be 0.3 / 0.25 × 8000 / 8760 = 1.1."""
    folder = TinyCase().cell("profiles", 2, "value", "8000").write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    assert [(one.code, one.place) for one in warned(folder)] == [("profile_clipped", Place("profiles.csv", 2, "value"))]
