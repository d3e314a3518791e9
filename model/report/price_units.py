"""Prices and differences in the plan's units: 万元 per 百分点, 元 per t CO2, 亿元 per 万千瓦."""

from __future__ import annotations

from types import MappingProxyType

from model.case.units.registry import own_unit
from model.report.units import display_unit

# unit of a target: (what 1 亿元 per unit is in English, its unit, the same in Chinese)
PRICES = MappingProxyType(
    {
        "%": (1e4, "10 000 CNY/point", 1e4, "万元/百分点"),
        "percent": (1e4, "10 000 CNY/point", 1e4, "万元/百分点"),
        "百分点": (1e4, "10 000 CNY/point", 1e4, "万元/百分点"),
        "percentage_point": (1e4, "10 000 CNY/point", 1e4, "万元/百分点"),
        "Mt": (100.0, "CNY/t", 100.0, "元/吨"),
        "kt": (1e5, "CNY/t", 1e5, "元/吨"),
        "万吨": (1e4, "CNY/t", 1e4, "元/吨"),
        "Mtce": (100.0, "CNY/tce", 100.0, "元/吨标准煤"),
        "万吨标准煤": (1e4, "CNY/tce", 1e4, "元/吨标准煤"),
        "GW": (1.0, "100 m CNY/GW", 0.01, "亿元/万千瓦"),
        "MW": (1e3, "100 m CNY/GW", 10.0, "亿元/万千瓦"),
        "万千瓦": (100.0, "100 m CNY/GW", 1.0, "亿元/万千瓦"),
        "TWh": (0.1, "CNY/kWh", 0.1, "元/千瓦时"),
        "亿千瓦时": (1.0, "CNY/kWh", 1.0, "元/千瓦时"),
        "Gm3": (0.1, "CNY/m3", 0.1, "元/立方米"),
        "亿立方米": (1.0, "CNY/m3", 1.0, "元/立方米"),
        "million_m3": (100.0, "CNY/m3", 100.0, "元/立方米"),
        "万立方米": (1e4, "CNY/m3", 1e4, "元/立方米"),
        "万平方米": (1e4, "CNY/m2", 1e4, "元/平方米"),
        "million_m2": (100.0, "CNY/m2", 100.0, "元/平方米"),
        "kha": (1e5, "CNY/ha", 1e5, "元/公顷"),
        "万公顷": (1e4, "CNY/ha", 1e4, "元/公顷"),
        "公顷": (1e8, "CNY/ha", 1e8, "元/公顷"),
        "万亩": (15e4, "CNY/ha", 1e4, "元/亩"),
        "plant_unit": (1e4, "10 000 CNY/unit", 1e4, "万元/台（套）"),
        "家": (1e4, "10 000 CNY/unit", 1e4, "万元/家"),
        "vehicle": (1e8, "CNY/vehicle", 1e4, "万元/辆"),
        "辆": (1e8, "CNY/vehicle", 1e4, "万元/辆"),
        "kvehicle": (1e5, "CNY/vehicle", 10.0, "万元/辆"),
        "thousand_vehicles": (1e5, "CNY/vehicle", 10.0, "万元/辆"),
        "万辆": (1e4, "CNY/vehicle", 1.0, "万元/辆"),
        "户": (1e8, "CNY/household", 1e8, "元/户"),
        "万户": (1e4, "CNY/household", 1e4, "元/户"),
        "ug/m3": (1.0, "100 m CNY/(ug/m3)", 1.0, "亿元/(微克/立方米)"),
        "微克/立方米": (1.0, "100 m CNY/(ug/m3)", 1.0, "亿元/(微克/立方米)"),
    }
)


def shown_price(price: float, unit: str, language: str) -> tuple[float, str]:
    """A price of 亿元 per `unit` as a planner says it, with its unit.

    >>> shown_price(0.2422, "%", "zh"), shown_price(3.0, "Mt", "en")
    ((2422.0, '万元/百分点'), (300.0, 'CNY/t'))
    """
    known = unit if unit in PRICES else own_unit(unit)
    if known in PRICES:
        en, en_unit, zh, zh_unit = PRICES[known]
        factor, spelled = (en, en_unit) if language == "en" else (zh, zh_unit)
        return price * factor, spelled
    spelled, factor = display_unit(unit, language)
    money = "100 m CNY" if language == "en" else "亿元"
    return price / factor, f"{money}/{spelled}"
