"""Numbers that can be run and are hardly meant are warned of at their place, in both languages, and those beside them are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fault_edits import cavern, levy, told
from tiny_case import TinyCase
from told_faults import tells

from model.case.checks.check import check, warnings
from model.case.faults import Fault, Place
from model.case.read.case import read_case

Edit = Callable[[TinyCase], TinyCase]
OWN = ("not_covered", "free_of_charge", "ramp_starts_free")  # of the tiny case as it is


def warned(folder: Path) -> list[Fault]:
    return [one for one in warnings(read_case(folder)) if one.code not in OWN]


def with_battery(case: TinyCase, *, hours: bool) -> TinyCase:
    """A cavern that nothing fills beside a battery that exists, and whose own hours are told or not."""
    told_, power = {"label_en": "x", "label_zh": "x", "status": "sourced", "source": "x"}, {"value": "0.1", "unit": "GW"}
    case = cavern(case).add("existing", id="old_battery", technology="battery", since="2015", **told_, **power)
    return (
        case
        if hours
        else case.cell("numbers", 8, "quantity", "round_trip_efficiency").cell("numbers", 8, "value", "0.8").cell("numbers", 8, "unit", "1")
    )


def remains(case: TinyCase, **path: str) -> TinyCase:
    for year, value in path.items():
        told(case, "old_coal", "remaining", year=year.removeprefix("in_"), value=value, unit="万千瓦")
    return case


def sized(case: TinyCase, size: str) -> TinyCase:
    return told(told(case, "plant_trees", "pace", value="2", unit="万亩"), "plant_trees", "least_size", value=size, unit="万亩")


def wanted(case: TinyCase, gigawatts: str) -> TinyCase:
    return told(case, "wind_farm", "minimum_capacity", year="2030", value=gigawatts, unit="GW")


# The edit, and the warning: code, file, row, column, found, expected.
DOUBTFUL: dict[str, tuple[Edit, tuple[str, str, int, str, str, str]]] = {
    # 0.6 GW stand in the base year.
    "stock above that of the base year": (lambda case: remains(case, in_2025="70"), ("stock_grows", "numbers.csv", 25, "value", "old_coal.remaining 0.7 GW (2025)", "<= 0.6 GW")),
    "stock that grows again": (lambda case: remains(case, in_2025="30", in_2030="40"), ("stock_grows", "numbers.csv", 26, "value", "old_coal.remaining 0.4 GW (2030)", "<= 0.3 GW")),
    # 2030 stands for five years: 5 · 2 = 10.
    "size above the pace": (lambda case: sized(case, "11"), ("size_above_pace", "numbers.csv", 26, "value", "plant_trees.least_size 11 万亩", "<= 10 万亩")),
    # No wind exists, 0.5 GW may be built.
    "capacity beyond the potential": (lambda case: wanted(case, "0.6"), ("capacity_beyond_reach", "numbers.csv", 25, "value", "wind_farm.minimum_capacity 0.6 GW (2030)", "<= 0.5 GW")),
    "a reservoir that nothing fills": (lambda case: with_battery(case, hours=False), ("reservoir_empty", "technologies.csv", 9, "id", "cavern (battery)", "existing | effects")),
    "investment with a minus": (lambda case: case.cell("numbers", 2, "value", "-6000"), ("negative_cost", "numbers.csv", 2, "value", "build_wind.investment -6000 CNY/kW", ">= 0")),
    "shares of the peak as per cent": (lambda case: case.cell("credit_segments", 2, "beyond", "20"), ("beyond_peak", "credit_segments.csv", 2, "beyond", "20", "<= 2")),
    "tax beside a carbon market": (levy, ("taxed_beside_market", "transfers.csv", 3, "indicator", "levy: coking", "allowance_outputs")),
}  # fmt: skip
# The same as far as it can be meant.
SOUND: dict[str, Edit] = {
    "stock that falls": lambda case: remains(case, in_2025="60", in_2030="20"),
    "size within the pace": lambda case: sized(case, "10"),
    "capacity within the potential": lambda case: wanted(case, "0.5"),
    "a reservoir beside hours of its storage": lambda case: with_battery(case, hours=True),
    "no investment": lambda case: case.cell("numbers", 2, "value", "0"),
    "twice the peak": lambda case: case.cell("credit_segments", 2, "beyond", "2"),
    "tax on what is no CO2": lambda case: levy(case, indicator="coal_use").cell("numbers", 25, "unit", "CNY/tce"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_hardly_meant_is_warned_of(name: str, tmp_path: Path) -> None:
    edit, (code, file, row, column, found, expected) = DOUBTFUL[name]
    folder = edit(TinyCase()).write(tmp_path / "data" / "tiny")
    assert check(folder) == []
    (warning,) = warned(folder)
    assert (warning.code, warning.place, warning.found, warning.expected) == (code, Place(file, row, column), found, expected)
    tells(warning)


@pytest.mark.parametrize("name", SOUND)
def test_what_may_be_meant_is_not(name: str, tmp_path: Path) -> None:
    folder = SOUND[name](TinyCase()).write(tmp_path / "data" / "tiny")
    assert check(folder) == [] and warned(folder) == []


def test_what_is_counted_in_another_unit_is_warned_of_as_it_is_written(tmp_path: Path) -> None:
    """0.5 kWh of power a tonne are 0.0005 TWh/Mt: the planner looks for 0.5."""
    case = TinyCase().cell("flows", 5, "value", "-0.5").cell("flows", 5, "unit", "kWh/Mt")
    (warning,) = warned(case.write(tmp_path / "data" / "tiny"))
    assert warning.found == "-0.5 kWh/Mt = -5e-10 TWh/Mt"
