"""Units against values worked out by hand: area and volume first, where a prefix 万 would go wrong."""

from __future__ import annotations

from pathlib import Path

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_case import TinyCase

from model.case.canonical import Lookup, canonical_unit
from model.case.conversion import is_unit, nearest_unit, shown_unit, unit_fault
from model.case.read import read_case
from model.case.units import factor

BY_HAND = [
    # area: as a prefix, 万 would make 万m² (10⁴ m)² = 10⁸ m²
    ("万平方米", "m2", 1e4),
    ("万m2", "m2", 1e4),
    ("百万平方米", "m2", 1e6),
    ("平方公里", "ha", 100),
    ("公顷", "m2", 1e4),
    ("万公顷", "kha", 10),
    ("亩", "m2", 10_000 / 15),
    ("万亩", "kha", 2 / 3),
    # volume
    ("万立方米", "m3", 1e4),
    ("万m3", "m3", 1e4),
    ("亿立方米", "Gm3", 0.1),
    ("亿m3", "m3", 1e8),
    ("百万立方米", "million_m3", 1),
    ("L", "ML", 1e-6),
    ("m³", "m3", 1),
    # power and energy
    ("万千瓦", "GW", 0.01),
    ("亿千瓦时", "TWh", 0.1),
    ("万千瓦时", "MWh", 10),
    ("度", "kWh", 1),
    ("GW*yr", "TWh", 8.76),
    # coal equivalent: 1 tce = 7 Gcal(IT) × 1000 = 29.3076 GJ; 1 kWh = 3600 kJ / 29.3076 kJ/gce = 122.8 gce
    ("万吨标准煤", "Mtce", 0.01),
    ("亿吨标准煤", "Mtce", 100),
    ("kWh", "gce", 3600 / 29.3076),
    ("gce/kWh", "Mtce/TWh", 1e-3),
    ("kgce/t", "Mtce/Mt", 1e-3),
    # mass
    ("万吨", "Mt", 0.01),
    ("亿吨", "Mt", 100),
    ("千吨", "t", 1000),
    # money
    ("亿元", "万元", 1e4),
    ("万亿元", "亿元", 1e4),
    ("元/千瓦", "亿元/GW", 1e-2),
    ("CNY/kWh", "亿元/TWh", 10),
    ("CNY/t", "亿元/Mt", 1e-2),
    ("万元/辆", "亿元/kvehicle", 0.1),
    # people, vehicles, transport
    ("万人", "million_persons", 0.01),
    ("万户", "thousand_households", 10),
    ("万辆", "kvehicle", 10),
    ("亿吨公里", "Gtkm", 0.1),
    ("万车公里", "Mvkm", 0.01),
    # shares and time
    ("%", "1", 0.01),
    ("百分点", "1", 0.01),
    ("%/yr", "1/yr", 0.01),
    ("h/yr", "1", 1 / 8760),
    ("小时", "h", 1),
    ("微克每立方米", "ug/m3", 1),
    ("微克/立方米", "ug/m3", 1),
    ("毫克/立方米", "ug/m3", 1000),
    ("千克", "t", 1e-3),
    ("克", "kg", 1e-3),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "canonical", "by_hand"), BY_HAND)
def test_units_against_hand_values(unit: str, canonical: str, by_hand: float) -> None:
    assert factor(unit, canonical) == pytest.approx(by_hand, rel=1e-12)
    assert factor(canonical, unit) == pytest.approx(1 / by_hand, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "canonical"),
    [("MW", "MWh"), ("万平方米", "万立方米"), ("tce", "t"), ("亿元", "Mt"), ("辆", "台"), ("人", "户"), ("Mvkm", "Gtkm")],
)
def test_another_dimension_is_refused(unit: str, canonical: str) -> None:
    with pytest.raises(pint.DimensionalityError):
        factor(unit, canonical)
    assert unit_fault(unit, canonical) == "wrong_dimension"


@pytest.mark.parametrize(
    "text", ["MWW", "万瓦特时", "kWh/", "2*m", "9**9**9", "m**99", "m^9", "m⁹⁹", "()", "(" * 50, "x" * 61, "nan", "import os", "__class__"]
)
def test_what_is_no_unit_is_told_and_never_worked_out(text: str) -> None:
    assert not is_unit(text)


@given(st.text(max_size=70))
def test_no_text_breaks_the_units(text: str) -> None:
    assert unit_fault(text, "MW") in (None, "unknown_unit", "wrong_dimension")
    assert isinstance(nearest_unit(text), str)


def test_the_nearest_unit_mends_each_part() -> None:
    assert nearest_unit("cny/kwh") == "CNY/kWh"
    assert nearest_unit("万千瓦/亿千瓦小时") == "万千瓦/亿千瓦时"


def test_units_are_shown_without_needless_brackets() -> None:
    assert shown_unit("(Mtce)/(TWh)") == "Mtce/TWh"
    assert shown_unit("亿元/(CNY/kWh)") == "亿元/(CNY/kWh)"


CANONICAL = [
    ("numbers", 0, "亿元/(万千瓦)"),
    ("numbers", 11, "亿元/(TWh)"),
    ("settings", 0, "1/yr"),
    ("flows", 1, "(Mtce)/(TWh)"),
    ("existing", 0, "GW"),
    ("effects", 0, "(万千瓦)/(万千瓦)"),
    ("effects", 2, "(kha)/(万亩)"),
    ("curves", 0, "1"),
    ("profiles", 0, "h"),
    ("profiles", 1, "1"),
    ("day_types", 0, "1"),
    ("residuals", 0, "Mtce"),
    ("accounts", 0, "(Mtce)/(Mtce)"),
    ("accounts", 1, "(Mt)/(Mtce)"),
    ("accounts", 2, "(TWh)/(亿千瓦时)"),
    ("accounts", 4, "(TWh)/(TWh)"),
    ("targets", 0, "Mt"),
    ("targets", 1, "(TWh)/(TWh)"),
    ("targets", 2, "1"),
    ("facts", 0, "Mtce"),
    ("actuals", 0, "万千瓦"),
    ("couplings", 0, None),
    ("coupling_terms", 0, None),
]


@pytest.mark.parametrize(("table", "position", "unit"), CANONICAL)
def test_the_canonical_unit_of_each_table(tmp_path: Path, table: str, position: int, unit: str | None) -> None:
    case = read_case(TinyCase().write(tmp_path / "data" / "tiny"))
    assert canonical_unit(table, case.tables[table][position], Lookup(case)) == unit
