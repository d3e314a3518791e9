"""Faults of credits that fall, of least amounts and of survival, each at its exact place, told with its remedy in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_edits import closing, segment, surviving, told
from tiny_case import TinyCase
from told_faults import Slip, tells_one

from model.case.checks.check import check

ONE_FAULT: dict[str, Slip] = {
    "technology of two credit groups": (lambda case: case.add("credit_groups", id="more_wind", label_en="x", label_zh="x", technologies="wind_farm").add("credit_segments", id="more", label_en="x", label_zh="x", group="more_wind", beyond="0.3", value="0", unit="1", status="sourced", source="x"), "credit_of_two_groups", "credit_groups.csv", 3, "technologies", "wind_farm", ""),
    "credit group without a segment": (lambda case: case.add("credit_groups", id="more", label_en="x", label_zh="x", technologies="coal_plant").add("numbers", item="coal_plant", quantity="capacity_credit", value="0.9", unit="1", status="sourced", source="x"), "needed_here", "credit_groups.csv", 3, "id", "-", ""),
    "credit group without a credit": (lambda case: case.cell("credit_groups", 2, "technologies", "wind_farm; battery"), "missing_number", "credit_groups.csv", 2, "technologies", "battery", ""),
    "credit that does not fall": (lambda case: segment(case, "0.4", "0.6"), "credit_not_falling", "credit_segments.csv", 3, "value", "0.6 1", "0.5"),
    "credit kept above all": (lambda case: case.cell("credit_segments", 2, "high", "130"), "out_of_bounds", "credit_segments.csv", 2, "high", "130", ""),
    "segments that begin alike": (lambda case: segment(case, "0.2", "0.1"), "segments_overlap", "credit_segments.csv", 3, "beyond", "0.2", ""),
    "segment that begins at nothing": (lambda case: case.cell("credit_segments", 2, "beyond", "0"), "out_of_bounds", "credit_segments.csv", 2, "beyond", "0", ""),
    "least total above the potential": (lambda case: told(case, "build_wind", "minimum", year="2025", value="0.6", unit="GW"), "above_potential", "numbers.csv", 25, "value", "build_wind.minimum 60 (2025)", ""),
    "least size above the potential": (lambda case: told(case, "build_wind", "least_size", value="60", unit="万千瓦"), "above_potential", "numbers.csv", 25, "value", "build_wind.least_size 60", ""),
    "least size without a limit": (lambda case: told(case, "plant_trees", "least_size", value="6", unit="万亩"), "limit_needed", "numbers.csv", 25, "quantity", "plant_trees", ""),
    "least size of nothing": (lambda case: told(case, "build_wind", "least_size", value="0", unit="万千瓦"), "out_of_bounds", "numbers.csv", 25, "value", "0", ""),
    "remaining without a year": (lambda case: told(case, "old_coal", "remaining", value="10", unit="万千瓦"), "missing_value", "numbers.csv", 25, "year", "-", ""),
    "survival that does not begin with all": (lambda case: surviving(case, "existing", {"0": "0.9", "30": "0"}), "survival_start", "existing.csv", 2, "survival", "ages: 0.9 (0)", ""),
    "survival that begins late": (lambda case: surviving(case, "existing", {"1": "1", "30": "0"}), "survival_start", "existing.csv", 2, "survival", "ages: 1 (1)", ""),
    "survival that rises": (lambda case: surviving(case, "measures", {"0": "1", "5": "0.4", "8": "0.5"}), "survival_rises", "measures.csv", 2, "survival", "ages: 0.5 (8)", ""),
    "survival of whole units": (lambda case: surviving(case, "measures", {"0": "1", "30": "0"}, row=3), "no_survival_here", "measures.csv", 3, "survival", "whole", ""),
    "survival of stock of no age": (lambda case: surviving(case.cell("existing", 2, "since", ""), "existing", {"0": "1", "30": "0"}), "needed_here", "existing.csv", 2, "since", "-", ""),
    "none survives": (lambda case: surviving(case, "existing", {"0": "1", "15": "0"}), "none_survives", "existing.csv", 2, "survival", "ages: 0 (20)", ""),
    "leaves in two ways": (lambda case: told(surviving(case, "existing", {"0": "1", "30": "0"}), "old_coal", "remaining", year="2025", value="30", unit="万千瓦"), "leaves_twice", "existing.csv", 2, "survival", "old_coal", ""),
    "taken from what leaves by itself": (lambda case: closing(surviving(case, "existing", {"0": "1", "30": "0"}), stock="old_coal"), "stock_falls", "effects.csv", 5, "stock", "old_coal", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    tells_one(ONE_FAULT[name], tmp_path / "data" / "tiny")


def test_a_case_that_says_all_of_it_has_no_fault(tmp_path: Path) -> None:
    case = segment(TinyCase(), "0.4", "0.5")
    told(case, "build_wind", "minimum", year="2025", value="50", unit="万千瓦")
    told(case, "build_wind", "least_size", value="5", unit="万千瓦")
    told(case, "coal_plant", "minimum_capacity", year="2030", value="0.1", unit="GW")
    surviving(case, "measures", {"0": "1", "30": "0"})
    told(case, "old_coal", "remaining", year="2025", value="30", unit="万千瓦")
    assert check(case.write(tmp_path / "data" / "tiny")) == []
