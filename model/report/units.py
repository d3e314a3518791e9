"""The units in which amounts are shown: the plan's own in Chinese, the field's in English."""

from __future__ import annotations

import re
from types import MappingProxyType

SHOWN = MappingProxyType(
    {
        # unit of the data: (English label, factor, Chinese label, factor)
        "GW": ("GW", 1.0, "万千瓦", 100.0),
        "MW": ("MW", 1.0, "万千瓦", 0.1),
        "万千瓦": ("GW", 0.01, "万千瓦", 1.0),
        "TWh": ("TWh", 1.0, "亿千瓦时", 10.0),
        "亿千瓦时": ("TWh", 0.1, "亿千瓦时", 1.0),
        "Mtce": ("Mtce", 1.0, "万吨标准煤", 100.0),
        "万吨标准煤": ("Mtce", 0.01, "万吨标准煤", 1.0),
        "Mt": ("Mt", 1.0, "万吨", 100.0),
        "万吨": ("Mt", 0.01, "万吨", 1.0),
        "kt": ("kt", 1.0, "万吨", 0.1),
        "Gm3": ("billion m3", 1.0, "亿立方米", 10.0),
        "million_m3": ("million m3", 1.0, "亿立方米", 0.01),
        "亿立方米": ("million m3", 100.0, "亿立方米", 1.0),
        "万立方米": ("million m3", 0.01, "万立方米", 1.0),
        "ML": ("million litres", 1.0, "万升", 100.0),
        "million_m2": ("million m2", 1.0, "万平方米", 100.0),
        "万平方米": ("million m2", 0.01, "万平方米", 1.0),
        "kha": ("kha", 1.0, "万公顷", 0.1),
        "公顷": ("ha", 1.0, "公顷", 1.0),
        "万公顷": ("kha", 10.0, "万公顷", 1.0),
        "万亩": ("kha", 10.0 / 15.0, "万亩", 1.0),
        "kvehicle": ("vehicles", 1000.0, "辆", 1000.0),
        "vehicle": ("vehicles", 1.0, "辆", 1.0),
        "辆": ("vehicles", 1.0, "辆", 1.0),
        "Mvkm": ("million vkm", 1.0, "万车公里", 100.0),
        "plant_unit": ("units", 1.0, "台（套）", 1.0),
        "million_persons": ("million", 1.0, "万人", 100.0),
        "亿元": ("100 million CNY", 1.0, "亿元", 1.0),
        "万元": ("10 000 CNY", 1.0, "万元", 1.0),
        "ug/m3": ("ug/m3", 1.0, "微克/立方米", 1.0),
        "1": ("%", 100.0, "%", 100.0),
        "%": ("%", 1.0, "%", 1.0),
        "percentage_point": ("points", 1.0, "个百分点", 1.0),
        "yr": ("years", 1.0, "年", 1.0),
        "h": ("h", 1.0, "小时", 1.0),
    }
)
WHOLE = frozenset({"vehicles", "辆", "units", "台（套）", "targets", "项"})


def display_unit(unit: str, language: str) -> tuple[str, float]:
    """The unit in which amounts are shown, and what an amount in `unit` is multiplied by.

    >>> display_unit("GW", "zh")
    ('万千瓦', 100.0)
    >>> display_unit("kvehicle", "en")
    ('vehicles', 1000.0)
    """
    unit = unit or "1"
    if unit not in SHOWN:
        return unit, 1.0
    en, en_factor, zh, zh_factor = SHOWN[unit]
    return (en, en_factor) if language == "en" else (zh, zh_factor)


SPELLED = MappingProxyType(
    {
        # part of a unit: (English, Chinese), its size unchanged
        "GW": ("GW", "百万千瓦"), "MW": ("MW", "兆瓦"), "kW": ("kW", "千瓦"), "TWh": ("TWh", "十亿千瓦时"), "GWh": ("GWh", "百万千瓦时"),
        "MWh": ("MWh", "兆瓦时"), "kWh": ("kWh", "千瓦时"), "Mtce": ("Mtce", "百万吨标准煤"), "tce": ("tce", "吨标准煤"), "kgce": ("kgce", "千克标准煤"),
        "gce": ("gce", "克标准煤"), "Mt": ("Mt", "百万吨"), "kt": ("kt", "千吨"), "t": ("t", "吨"), "kg": ("kg", "千克"), "g": ("g", "克"),
        "Gm3": ("billion m3", "十亿立方米"), "million_m3": ("million m3", "百万立方米"), "m3": ("m3", "立方米"), "ML": ("million litres", "百万升"),
        "L": ("litre", "升"), "kha": ("kha", "千公顷"), "ha": ("ha", "公顷"), "hectare": ("ha", "公顷"), "kvehicle": ("thousand vehicles", "千辆"),
        "vehicle": ("vehicle", "辆"), "Mvkm": ("million vkm", "百万车公里"), "vkm": ("vkm", "车公里"), "km": ("km", "公里"), "plant_unit": ("unit", "台（套）"),
        "million_persons": ("million persons", "百万人"), "CNY": ("CNY", "元"), "元": ("CNY", "元"), "亿元": ("100 million CNY", "亿元"),
        "万元": ("10 000 CNY", "万元"), "yr": ("year", "年"), "year": ("year", "年"), "h": ("h", "小时"), "ug": ("ug", "微克"), "d": ("day", "天"),
        "万千瓦": ("10 MW", "万千瓦"), "亿千瓦时": ("0.1 TWh", "亿千瓦时"), "万吨": ("10 kt", "万吨"), "万吨标准煤": ("10 ktce", "万吨标准煤"),
        "亿立方米": ("100 million m3", "亿立方米"), "万立方米": ("10 000 m3", "万立方米"), "立方米": ("m3", "立方米"), "公顷": ("ha", "公顷"),
        "万公顷": ("10 kha", "万公顷"), "亩": ("mu (1/15 ha)", "亩"), "万亩": ("10 000 mu (1/15 ha)", "万亩"), "辆": ("vehicle", "辆"),
        "percentage_point": ("percentage point", "个百分点"),
    }
)  # fmt: skip


def spelled_unit(unit: str, language: str) -> str:
    """A unit of the data in the reader's words, its size unchanged.

    >>> spelled_unit("亿元/plant_unit", "en"), spelled_unit("gce/kWh", "zh")
    ('100 million CNY/unit', '克标准煤/千瓦时')
    """
    parts = re.split(r"([/*() ]+)", unit)
    return "".join(SPELLED[part][0 if language == "en" else 1] if part in SPELLED else part for part in parts)
