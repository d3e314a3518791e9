"""Units: the plan's own, Chinese statistical ones included, converted by pint at the door."""

from __future__ import annotations

from functools import cache

import pint

# 万 and 亿 are part of each unit's own definition, never prefixes: a prefix would be raised to the unit's power
# (pint reads 万m² with a prefix 万 as (10⁴ m)² = 10⁸ m²).
DEFINITIONS = """
CNY = [currency] = yuan = 元
thousand_CNY = 1e3 * CNY = kCNY = 千元
ten_thousand_CNY = 1e4 * CNY = 万元
million_CNY = 1e6 * CNY = MCNY = 百万元
hundred_million_CNY = 1e8 * CNY = 亿元
billion_CNY = 1e9 * CNY = GCNY = 十亿元
trillion_CNY = 1e12 * CNY = 万亿元
tce = 29.3076 * gigajoule = 吨标准煤
gce = 29.3076 * kilojoule = 克标准煤
kgce = 29.3076 * megajoule = 千克标准煤
ktce = 1e3 * tce = 千吨标准煤
ten_thousand_tce = 1e4 * tce = 万吨标准煤 = 万tce
Mtce = 1e6 * tce = 百万吨标准煤
hundred_million_tce = 1e8 * tce = 亿吨标准煤
微克 = microgram
毫克 = milligram
克 = gram
千克 = kilogram = 公斤
吨 = 1e3 * kilogram
kt = 1e6 * kilogram = 千吨
ten_thousand_tonne = 1e7 * kilogram = 万吨
Mt = 1e9 * kilogram = 百万吨
hundred_million_tonne = 1e11 * kilogram = 亿吨
千瓦 = kilowatt
万千瓦 = 1e4 * kilowatt
千瓦时 = kilowatt_hour = 度
万千瓦时 = 1e4 * kilowatt_hour
亿千瓦时 = 1e8 * kilowatt_hour
立方米 = meter ** 3
万立方米 = 1e4 * meter ** 3 = 万m3
million_m3 = 1e6 * meter ** 3 = Mm3 = 百万立方米
亿立方米 = 1e8 * meter ** 3 = 亿m3
billion_m3 = 1e9 * meter ** 3 = Gm3 = 十亿立方米
ML = 1e6 * liter
平方米 = meter ** 2
万平方米 = 1e4 * meter ** 2 = 万m2
million_m2 = 1e6 * meter ** 2 = Mm2 = 百万平方米
平方公里 = 1e6 * meter ** 2
公顷 = hectare
kha = 1e3 * hectare = 千公顷
万公顷 = 1e4 * hectare
亩 = hectare / 15 = mu_area
万亩 = 1e4 * hectare / 15
公里 = 1e3 * meter
万公里 = 1e7 * meter
亿公里 = 1e11 * meter
vehicle = [vehicle] = 辆
thousand_vehicles = 1e3 * vehicle = kvehicle = 千辆
万辆 = 1e4 * vehicle
vehicle_kilometer = [vehicle_distance] = vkm = 车公里
Mvkm = 1e6 * vehicle_kilometer
万车公里 = 1e4 * vehicle_kilometer
tonne_kilometer = [freight] = tkm = 吨公里
Gtkm = 1e9 * tonne_kilometer
亿吨公里 = 1e8 * tonne_kilometer
plant_unit = [plant_unit] = 台 = 座 = 套 = 家 = item = 项
household = [household] = 户
thousand_households = 1e3 * household
万户 = 1e4 * household
person = [person] = 人
million_persons = 1e6 * person = Mperson
万人 = 1e4 * person
ugm3 = microgram / meter ** 3 = 微克每立方米
percentage_point = 0.01 = 百分点
year = 365 * day = yr = a = 年
小时 = hour
"""


@cache
def registry() -> pint.UnitRegistry:
    """The one registry, made at first use."""
    units: pint.UnitRegistry = pint.UnitRegistry(cache_folder=None, autoconvert_offset_to_baseunit=False)
    units.load_definitions(DEFINITIONS.strip().splitlines())
    return units


def _spelled(unit: str) -> str:
    text = unit.strip().replace("%", "percent").replace("³", "**3").replace("²", "**2").replace("µ", "u").replace("μ", "u")
    for plain in ("m2", "m3", "km2"):
        text = "".join(_power(part, plain) for part in _parts(text))
    return text or "dimensionless"


def _parts(text: str) -> list[str]:
    parts, word = [], ""
    for letter in text:
        if letter in "*/() ":
            parts += [word, letter]
            word = ""
        else:
            word += letter
    return [*parts, word]


def _power(part: str, plain: str) -> str:
    return f"{plain[:-1]}**{plain[-1]}" if part == plain else part


@cache
def factor(unit: str, canonical: str) -> float:
    """What a number in `unit` is multiplied by to be in `canonical`.

    Raises pint.UndefinedUnitError for an unknown unit and pint.DimensionalityError for another dimension.

    >>> factor("万千瓦", "GW")
    0.01
    >>> factor("万平方米", "m2")
    10000.0
    >>> round(factor("gce/kWh", "Mtce/TWh"), 12)
    0.001
    """
    units = registry()
    given = units.parse_units(_spelled(unit)) if _spelled(unit) not in ("1", "dimensionless") else units.dimensionless
    wanted = units.parse_units(_spelled(canonical)) if _spelled(canonical) not in ("1", "dimensionless") else units.dimensionless
    return float(units.convert(1.0, given, wanted))
