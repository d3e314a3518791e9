"""Faults of storage over days and of energy apart from power, each at its exact place, told with its remedy in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_edits import cavern, column_of, told
from tiny_case import TinyCase
from told_faults import Slip, tells_one

from model.case.checks.check import check, warnings
from model.case.read.case import read_case

BATTERY, WIND = 5, 4  # rows of technologies


def over(case: TinyCase, span: str, *, row: int = BATTERY) -> TinyCase:
    return column_of(case, "technologies", "span", {row: span})


def of_one_type(case: TinyCase) -> TinyCase:
    """All days of a period alike."""
    del case.tables["day_types"]
    return case


def in_order(case: TinyCase) -> TinyCase:
    """Periods whose ids say their place."""
    for table in ("periods", "profile_days"):
        case.tables[table] = [[{"summer": "m1", "winter": "m2"}.get(cell, cell) for cell in line] for line in case.tables[table]]
    return case


def account(case: TinyCase) -> TinyCase:
    return case.add("accounts", indicator="co2", item="cavern", by="activity", value="1", unit="万吨/TWh", status="sourced", source="x")


def flow(case: TinyCase) -> TinyCase:
    return case.add("flows", technology="cavern", commodity="electricity", value="1", unit="1", status="sourced", source="x")


ONE_FAULT: dict[str, Slip] = {
    "wind over the year": (lambda case: over(in_order(of_one_type(case)), "year", row=WIND), "not_used_here", "technologies.csv", WIND, "span", "variable", ""),
    "a year of days in no order": (lambda case: over(in_order(case), "year"), "days_in_no_order", "technologies.csv", BATTERY, "span", "year (wind)", ""),
    "half a year of days in no order": (lambda case: over(case, "month"), "days_in_no_order", "technologies.csv", BATTERY, "span", "month (summer: 183)", ""),
    "periods in no order": (lambda case: over(of_one_type(case), "year"), "periods_in_no_order", "periods.csv", None, "id", "summer, winter", ""),
    "stock of a day": (lambda case: told(case, "battery", "start_stock", value="50", unit="%"), "not_used_here", "numbers.csv", 25, "quantity", "battery.start_stock (day)", ""),
    "more than all in stock": (lambda case: told(over(in_order(of_one_type(case)), "year"), "battery", "start_stock", value="120", unit="%"), "out_of_bounds", "numbers.csv", 25, "value", "120", ""),
    "more than all lost": (lambda case: told(case, "battery", "standing_loss", value="2500", unit="%/d"), "out_of_bounds", "numbers.csv", 25, "value", "2500", ""),
    "longest below least": (lambda case: told(told(cavern(case), "battery", "most_hours", value="3", unit="h"), "battery", "least_hours", value="0.2", unit="d"), "out_of_bounds", "numbers.csv", 25, "value", "battery.most_hours 3", ""),
    "longest below its own": (lambda case: told(cavern(case), "battery", "most_hours", value="1", unit="h"), "out_of_bounds", "numbers.csv", 25, "value", "battery.most_hours 1", ""),
    "reservoir without a storage": (lambda case: cavern(case, host=""), "needed_here", "technologies.csv", 9, "host", "-", ""),
    "reservoir on coal": (lambda case: cavern(case, host="coal_plant"), "wrong_operation", "technologies.csv", 9, "host", "coal_plant (committed)", ""),
    "reservoir in GW": (lambda case: cavern(case).cell("technologies", 9, "capacity_unit", "GW"), "hourly_unit", "technologies.csv", 9, "capacity_unit", "GW", ""),
    "flow of a reservoir": (lambda case: flow(cavern(case)), "not_used_here", "flows.csv", 7, "technology", "cavern (reservoir)", ""),
    "activity of a reservoir": (lambda case: account(cavern(case)), "not_used_here", "accounts.csv", 9, "by", "cavern (reservoir)", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    tells_one(ONE_FAULT[name], tmp_path / "data" / "tiny")


def test_a_case_that_says_all_of_it_has_no_fault_and_no_number_unused(tmp_path: Path) -> None:
    case = over(in_order(of_one_type(cavern(TinyCase()))), "year")
    case.drop_row("numbers", 8)  # the hours that come with power
    told(case, "battery", "start_stock", value="0", unit="%")
    told(case, "battery", "standing_loss", value="5", unit="%/d")
    told(case, "battery", "least_hours", value="2", unit="h")
    told(case, "battery", "most_hours", value="90", unit="d")
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    assert "number_idle" not in {fault.code for fault in warnings(read_case(folder))}


def test_durations_of_a_storage_without_a_reservoir_are_of_no_use(tmp_path: Path) -> None:
    case = told(TinyCase(), "battery", "most_hours", value="4", unit="h")
    folder = case.write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    assert [(fault.place.row, fault.expected) for fault in warnings(read_case(folder)) if fault.code == "number_idle"] == [
        (25, "reservoir")
    ]
