"""Units against values worked out by hand: area and volume first, where a prefix 万 would go wrong."""

from __future__ import annotations

from pathlib import Path

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.parameters import parameters, plan_scope
from model.case.parameters.days import lay_out
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import read_case
from model.case.units.conversion import is_unit, nearest_unit, shown_unit, unit_fault
from model.case.units.registry import factor

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
    # as Chinese sheets write: 1 大卡 = 1 kcal = 4.1868 kJ, so that 1 tce is 7 million of them
    ("万kW", "GW", 0.01),
    ("亿kW", "GW", 100),
    ("兆瓦", "GW", 1e-3),
    ("吉瓦", "GW", 1),
    ("百万千瓦", "GW", 1),
    ("万kWh", "TWh", 1e-5),
    ("亿kWh", "TWh", 0.1),
    ("亿度", "TWh", 0.1),
    ("兆瓦时", "kWh", 1000),
    ("吉瓦时", "TWh", 1e-3),
    ("kW·h", "kWh", 1),
    ("元/千瓦·时", "CNY/kWh", 1),
    ("万t", "Mt", 0.01),
    ("亿t", "Mt", 100),
    ("t", "kg", 1000),
    ("吨", "t", 1),
    ("万m³", "m3", 1e4),
    ("亿m³", "Gm3", 0.1),
    ("m^3", "m3", 1),
    ("万㎡", "m2", 1e4),
    ("吨标煤", "tce", 1),
    ("万吨标煤", "Mtce", 0.01),
    ("万tce", "Mtce", 0.01),
    ("克标煤/千瓦时", "gce/kWh", 1),
    ("大卡", "kJ", 4.1868),
    ("千卡", "大卡", 1),
    ("tce", "千卡", 7e6),
    ("百万大卡", "GJ", 4.1868),
    ("大卡/千克", "MJ/t", 4.1868),
    ("吉焦", "GJ", 1),
    ("万吉焦", "PJ", 0.01),
    ("太焦", "GJ", 1000),
    ("元/吉焦", "亿元/PJ", 1e-2),
    ("GJ", "kWh", 1000 / 3.6),
    ("千元", "元", 1000),
    ("万公里", "km", 1e4),
    ("％", "1", 0.01),
    ("‰", "1", 0.001),
    ("‰", "%", 0.1),
    ("μg／m³", "ug/m3", 1),
    ("元／（千瓦时）", "CNY/kWh", 1),
    ("ＭＷ", "MW", 1),
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


# Letters count: what pint calls a milliwatt or an American ton is a slip of the pen here. Each with what was meant.
SLIPS = {
    "mt": "Mt", "mW": "MW", "mWh": "MWh", "mg": "毫克", "ton": "t", "tons": "t", "kton": "kt", "Mton": "Mt", "CNY/ton": "CNY/t", "KW": "kW", "KWH": "kWh",
    "mj": "MJ", "ml": "L", "lb": "", "ounce": "", "short_ton": "", "long_ton": "", "gallon": "", "inch": "", "acre": "", "horsepower": "", "barrel": "", "MWs": "MW",
    "ts": "t", "hectares": "ha", "ppm": "", "degC": "", "btu": "", "hW": "", "dag": "", "万方": "万立方米", "标准煤": "吨标准煤", "CNY per kWh": "", "m⁹": "m",
}  # fmt: skip


@pytest.mark.parametrize("text", SLIPS)
def test_a_word_that_is_not_ours_is_refused_with_what_was_meant(text: str) -> None:
    assert unit_fault(text, text) == "unknown_unit"
    assert not SLIPS[text] or nearest_unit(text) == SLIPS[text]


def test_no_unit_is_known_but_ours() -> None:
    """Neither prefixes nor plurals nor any word of pint's: every word of two letters that is taken stands in the list."""
    letters = [*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    listed = "a d h g t m L W J ha yr kg kt Mt Gt ug km ML kW MW GW TW Wh kJ MJ GJ TJ PJ EJ"
    taken = {word for word in (*letters, *(one + two for one in letters for two in letters)) if is_unit(word)}
    assert taken == set(listed.split())


NO_UNIT = [
    "t//t", "t t", "t*/t", "1000t", "MW²", "MWW", "万瓦特时", "kWh/", "2*m", "9**9**9", "m**99", "m^9", "m⁹⁹", "()", "(" * 50, "x" * 61, "nan", "import os", "__class__",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_UNIT)
def test_what_is_no_unit_is_told_and_never_worked_out(text: str) -> None:
    assert not is_unit(text)


@given(st.text(max_size=70))
def test_no_text_breaks_the_units(text: str) -> None:
    assert unit_fault(text, "MW") in (None, "unknown_unit", "wrong_dimension")
    assert isinstance(nearest_unit(text), str)


def test_the_nearest_unit_mends_each_part() -> None:
    assert nearest_unit("cny/kwh") == "CNY/kWh"
    assert nearest_unit("万千瓦/亿千瓦小时") == "万千瓦/亿千瓦时"
    assert nearest_unit("元／（ton）") == "元/(t)"


def test_a_profile_may_give_its_yield_in_any_hours(tmp_path: Path) -> None:
    """1752 小时 of 8760 are a fifth of the year; `h` and `h/yr` say the same."""
    for unit in ("h", "小时", "h/yr", "小时/年"):
        case = read_case(TinyCase().cell("profiles", 2, "unit", unit).write(tmp_path / unit.replace("/", "_") / "tiny"))
        assert lay_out(case)["wind"].mean() == pytest.approx(0.2), unit


def test_a_capacity_in_other_words_than_the_activity_follows_from_it(tmp_path: Path) -> None:
    """A kiln of 1 百万吨 makes 1 Mt a year; one of 1 万吨, 0.01 Mt."""
    for unit, use in (("百万吨", 1.0), ("万吨", 0.01), ("Mt/yr", 1.0)):
        folder = TinyCase().cell("technologies", 7, "capacity_unit", unit).write(tmp_path / unit.replace("/", "_") / "tiny")
        assert check(folder) == []
        case = read_case(folder)
        assert float(parameters(case, plan_scope(case))["yearly_use"].sel(technology="coking")) == pytest.approx(use), unit


def test_units_are_shown_without_needless_brackets() -> None:
    assert shown_unit("(Mtce)/(TWh)") == "Mtce/TWh"
    assert shown_unit("亿元/(CNY/kWh)") == "亿元/(CNY/kWh)"


CANONICAL = [
    ("numbers", 0, "亿元/(万千瓦)"),
    ("numbers", 11, "亿元/(TWh)"),
    ("settings", 0, "1/yr"),
    ("flows", 1, "(Mtce)/(TWh)"),
    ("existing", 0, "GW"),
    ("effects", 0, "(GW)/(万千瓦)"),
    ("effects", 2, "(kha)/(万亩)"),
    ("curves", 0, "1"),
    ("profiles", 0, "h"),
    ("profiles", 1, "1"),
    ("day_types", 0, "1"),
    ("residuals", 0, "Mtce"),
    ("accounts", 0, "(Mtce)/(Mtce)"),
    ("accounts", 1, "(Mt)/(Mtce)"),
    ("accounts", 2, "(TWh)/(TWh)"),
    ("accounts", 4, "(TWh)/(TWh)"),
    ("targets", 0, "Mt"),
    ("targets", 1, "(TWh)/(TWh)"),
    ("targets", 2, "1"),
    ("facts", 0, "Mtce"),
    ("actuals", 0, "万千瓦"),
    ("couplings", 0, None),
    ("coupling_terms", 0, "(GW)/(MW)"),
    ("coupling_terms", 3, "(万亩)/(万千瓦)"),
]


@pytest.mark.parametrize(("table", "position", "unit"), CANONICAL)
def test_the_canonical_unit_of_each_table(tmp_path: Path, table: str, position: int, unit: str | None) -> None:
    case = read_case(TinyCase().write(tmp_path / "data" / "tiny"))
    assert canonical_unit(table, case.tables[table][position], Lookup(case)) == unit
