"""Faults of transfers, carbon markets and other years' money, each at its exact place, told with its remedy in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_edits import Edit, levy, told
from tiny_case import TinyCase
from told_faults import Slip, tells_one

from model.case.checks.check import check

LABEL = {"label_en": "x", "label_zh": "x"}


def permits(case: TinyCase, *outputs: tuple[str, str, str, str], **cells: str) -> TinyCase:
    """A carbon market with one group; outputs are (technology, by, verified, benchmark)."""
    case.add("carbon_markets", id="permits", **LABEL, unit="Mt")
    told(case, "permits", "price", value="60", unit="CNY/t")
    case.add("allowance_groups", id="plants", **LABEL, market="permits", payer="generators", since=cells.get("since", ""))
    for place, (technology, by, verified, benchmark) in enumerate(outputs or (("coal_plant", "activity", "0.85", "0.8"),)):
        case.add("allowance_outputs", id=f"output_{place}", **LABEL, group="plants", technology=technology, by=by)
        unit = "t/t" if technology == "furnace" else "t/MWh"
        told(case, f"output_{place}", "verified", value=verified, unit=unit)
        told(case, f"output_{place}", "benchmark", value=benchmark, unit=unit)
    if "loss_limit" in cells:
        told(case, "plants", "loss_limit", value=cells["loss_limit"], unit="%")
    return case


def dated(case: TinyCase, row: int, year: str) -> TinyCase:
    """A number in the money of a year; price levels of 2015 and 2020 are known."""
    for position, line in enumerate(case.tables["numbers"]):
        line.append("price_year" if position == 0 else year if position == row - 2 + 1 else "")
    return case


MIXED = (("coal_plant", "activity", "1.2", "0.8"), ("furnace", "activity", "1.0", "1.0"))

ONE_FAULT: dict[str, Slip] = {
    "transfer of nobody": (lambda case: levy(case, payer=""), "needed_here", "transfers.csv", 3, "payer", "-", ""),
    "transfer to itself": (lambda case: levy(case, receiver="generators"), "transfer_to_itself", "transfers.csv", 3, "receiver", "generators", ""),
    "transfer on both": (lambda case: levy(case, measures="build_wind"), "transfer_on_one", "transfers.csv", 3, "indicator", "indicator, measures", ""),
    "transfer on nothing": (lambda case: levy(case, None, indicator=""), "transfer_on_one", "transfers.csv", 3, "indicator", "-", ""),
    "transfer without its rate": (lambda case: levy(case, None), "missing_number", "transfers.csv", 3, "id", "levy", ""),
    "share of an indicator": (lambda case: told(levy(case), "levy", "share", value="0.5", unit="1"), "transfer_number", "transfers.csv", 3, "indicator", "share", ""),
    "transfer on a change": (lambda case: levy(case, indicator="forest_sink", kind="tax"), "transfer_on_builds", "transfers.csv", 3, "indicator", "forest_sink", ""),
    "granted above all": (lambda case: told(levy(case, None, indicator="", kind="subsidy", payer="", receiver="generators", measures="build_wind"), "levy", "share", value="120", unit="%"), "granted_above_all", "transfers.csv", 3, "measures", "build_wind 1.3", ""),
    "rate of a payer above all": (lambda case: told(case, "generators", "cost_of_capital", value="120", unit="%/yr"), "out_of_bounds", "numbers.csv", 25, "value", "120", ""),
    "allotted twice": (lambda case: permits(case, ("coal_plant", "activity", "0.85", "0.8"), ("coal_plant", "activity", "0.85", "0.8")), "allotted_twice", "allowance_outputs.csv", 4, "technology", "coal_plant", ""),
    "heat of a plant that gives none": (lambda case: permits(case, ("furnace", "heat", "1.0", "1.0")).cell("numbers", 26, "unit", "Mt/TWh").cell("numbers", 27, "unit", "Mt/TWh"), "wrong_operation", "allowance_outputs.csv", 3, "technology", "furnace (shaped)", ""),
    "group without output": (lambda case: permits(case).add("allowance_groups", id="others", **LABEL, market="permits", payer="generators", since=""), "needed_here", "allowance_groups.csv", 4, "id", "-", ""),
    "carbon priced twice": (lambda case: levy(case, kind="carbon_price"), "carbon_priced_twice", "transfers.csv", 3, "indicator", "coking", ""),
    "losses on both sides": (lambda case: permits(case, *MIXED, loss_limit="20"), "loss_limit_mixed", "allowance_groups.csv", 3, "id", "output_0 (2020)", ""),
    "unit of a market": (lambda case: permits(case).cell("carbon_markets", 3, "unit", "Mx"), "unknown_unit", "carbon_markets.csv", 3, "unit", "Mx", ""),
    "money of an unknown year": (lambda case: dated(case, 2, "2016"), "price_level_missing", "numbers.csv", 2, "price_year", "2016", ""),
    "year of prices of no money": (lambda case: dated(case, 3, "2015"), "no_money_here", "numbers.csv", 3, "price_year", "yr", ""),
    "price level of nothing": (lambda case: dated(case, 2, "").cell("deflators", 2, "value", "0"), "out_of_bounds", "deflators.csv", 2, "value", "0", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    tells_one(ONE_FAULT[name], tmp_path / "data" / "tiny")


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: levy(case), lambda case: permits(case, loss_limit="20"), lambda case: permits(case, *MIXED), lambda case: dated(case, 2, "2015"),
        lambda case: levy(permits(case)), lambda case: permits(case, ("coal_plant", "heat", "0.4", "0.38"), since="2025"),
    ],
)  # fmt: skip
def test_a_case_that_says_it_soundly_has_no_fault(tmp_path: Path, edit: Edit) -> None:
    case = TinyCase()
    edit(case)
    assert check(case.write(tmp_path / "data" / "tiny")) == []
