"""Faults of the table for other models: names, kinds and units are told by `check`, before anybody exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_case import TinyCase
from told_faults import Slip, tells_one

from model.case.checks.check import check


def slip(item: str, amount: str, variable: str, code: str, column: str, found: str, close: str = "", **cells: str) -> Slip:
    def edit(case: TinyCase) -> TinyCase:
        return case.add("iamc", item=item, amount=amount, variable=variable, reason="made up", **cells)

    return edit, code, "iamc.csv", 3, column, found, close


ONE_FAULT: dict[str, Slip] = {
    "no such thing": slip("co3", "total", "Emissions|CO2", "dangling_reference", "item", "co3", "co2"),
    "capacity of an indicator": slip("co2", "capacity", "Capacity|Electricity|Wind", "wrong_kind", "item", "co2 (indicators)"),
    "output of a market": slip("wind_farm", "output", "Secondary Energy|Electricity|Wind", "wrong_kind", "flow", "coal_buy (markets)", "coal", flow="coal_buy"),
    "output of nothing": slip("wind_farm", "output", "Secondary Energy|Electricity|Wind", "missing_value", "flow", "-"),
    "bought where it is sold": slip("grid_sell", "bought", "Secondary Energy|Electricity", "unknown_choice", "amount", "bought"),
    "no branch of the template": slip("co2", "total", "Emissions|Mercury", "unknown_variable", "variable", "Emissions|Mercury", "Emissions|Sulfur"),
    "CO2 as capacity": slip("co2", "total", "Capacity|Electricity|Coal", "unit_of_variable", "unit", "Mt"),
    "a factor that does not convert": slip("co2", "total", "Primary Energy|Coal", "unit_of_variable", "unit", "Mt*kg/L", value="2", unit="kg/L"),
    "a unit that is none": slip("coal", "use", "Primary Energy|Coal", "unknown_unit", "unit", "kgcce/kg", "kgce/kg", value="0.7", unit="kgcce/kg"),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_found_at_its_place(tmp_path: Path, name: str) -> None:
    tells_one(ONE_FAULT[name], tmp_path / "data" / "tiny")


def test_what_converts_has_no_fault(tmp_path: Path) -> None:
    """Energy by its coal equivalent, power bought, a carrier of a sector, and cash."""
    case = TinyCase()
    for item, amount, variable, cells in (
        ("coal", "use", "Primary Energy|Coal", {}), ("grid_buy", "bought", "Secondary Energy|Electricity", {}), ("power", "final_use", "Final Energy|Industry", {}),
        ("coal", "final_use", "Final Energy|Solids|Coal", {"flow": "power"}), ("power", "investment", "Investment|Energy Supply", {}),
        ("wind_farm", "capacity", "Capacity|Electricity|Wind", {}),
    ):  # fmt: skip
        case.add("iamc", item=item, amount=amount, variable=variable, reason="made up", **cells)
    assert check(case.write(tmp_path / "data" / "tiny")) == []
