"""The units in which amounts are shown: the plan's own in Chinese, the field's in English."""

from __future__ import annotations

from types import MappingProxyType

from model.case.units.registry import own_unit, parts_of

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
        "微克/立方米": ("ug/m3", 1.0, "微克/立方米", 1.0),
        "thousand_households": ("1000 households", 1.0, "万户", 0.1),
        "万户": ("1000 households", 10.0, "万户", 1.0),
        "household": ("households", 1.0, "户", 1.0),
        "户": ("households", 1.0, "户", 1.0),
        "万人": ("million", 0.01, "万人", 1.0),
        "thousand_vehicles": ("vehicles", 1000.0, "辆", 1000.0),
        "万辆": ("vehicles", 10_000.0, "辆", 10_000.0),
        "万车公里": ("million vkm", 0.01, "万车公里", 1.0),
        "Gvkm": ("billion vkm", 1.0, "亿车公里", 10.0),
        "Gtkm": ("billion tkm", 1.0, "亿吨公里", 10.0),
        "亿吨公里": ("billion tkm", 0.1, "亿吨公里", 1.0),
        "台": ("units", 1.0, "台", 1.0),
        "座": ("units", 1.0, "座", 1.0),
        "套": ("units", 1.0, "套", 1.0),
        "家": ("units", 1.0, "家", 1.0),
        "项": ("units", 1.0, "项", 1.0),
        "1": ("%", 100.0, "%", 100.0),
        "%": ("%", 1.0, "%", 1.0),
        "percentage_point": ("points", 1.0, "个百分点", 1.0),
        "yr": ("years", 1.0, "年", 1.0),
        "h": ("h", 1.0, "小时", 1.0),
    }
)
WHOLE = frozenset({"vehicles", "辆", "units", "台（套）", "台", "座", "套", "家", "targets", "项", "households", "户"})


def display_unit(unit: str, language: str) -> tuple[str, float]:
    """The unit in which amounts are shown, and what an amount in `unit` is multiplied by; a unit without a rule is spelled as it is.

    >>> display_unit("GW", "zh")
    ('万千瓦', 100.0)
    >>> display_unit("kvehicle", "en")
    ('vehicles', 1000.0)
    >>> display_unit("万t", "en")
    ('Mt', 0.01)
    """
    known = unit if unit in SHOWN else own_unit(unit or "1")
    if known not in SHOWN:
        return spelled_unit(unit, language), 1.0
    en, en_factor, zh, zh_factor = SHOWN[known]
    return (en, en_factor) if language == "en" else (zh, zh_factor)


SPELLED = MappingProxyType(
    {
        # part of a unit: (English, Chinese), its size unchanged
        "W": ("W", "瓦"), "kW": ("kW", "千瓦"), "MW": ("MW", "兆瓦"), "GW": ("GW", "百万千瓦"), "千瓦": ("kW", "千瓦"), "万千瓦": ("10 MW", "万千瓦"),
        "kWh": ("kWh", "千瓦时"), "MWh": ("MWh", "兆瓦时"), "GWh": ("GWh", "百万千瓦时"), "TWh": ("TWh", "十亿千瓦时"), "千瓦时": ("kWh", "千瓦时"),
        "万千瓦时": ("10 MWh", "万千瓦时"), "亿千瓦时": ("0.1 TWh", "亿千瓦时"), "MJ": ("MJ", "兆焦"), "GJ": ("GJ", "吉焦"), "PJ": ("PJ", "拍焦"),
        "gce": ("gce", "克标准煤"), "kgce": ("kgce", "千克标准煤"), "tce": ("tce", "吨标准煤"), "ktce": ("ktce", "千吨标准煤"), "Mtce": ("Mtce", "百万吨标准煤"),
        "吨标准煤": ("tce", "吨标准煤"), "万吨标准煤": ("10 ktce", "万吨标准煤"), "亿吨标准煤": ("100 Mtce", "亿吨标准煤"),
        "ug": ("ug", "微克"), "g": ("g", "克"), "kg": ("kg", "千克"), "t": ("t", "吨"), "kt": ("kt", "千吨"), "Mt": ("Mt", "百万吨"),
        "微克": ("ug", "微克"), "毫克": ("mg", "毫克"), "吨": ("t", "吨"), "万吨": ("10 kt", "万吨"), "亿吨": ("100 Mt", "亿吨"),
        "L": ("litre", "升"), "ML": ("million litres", "百万升"), "m3": ("m3", "立方米"), "million_m3": ("million m3", "百万立方米"),
        "Gm3": ("billion m3", "十亿立方米"), "立方米": ("m3", "立方米"), "万立方米": ("10 000 m3", "万立方米"), "亿立方米": ("100 million m3", "亿立方米"),
        "m2": ("m2", "平方米"), "million_m2": ("million m2", "百万平方米"), "平方米": ("m2", "平方米"), "万平方米": ("10 000 m2", "万平方米"),
        "ha": ("ha", "公顷"), "hectare": ("ha", "公顷"), "kha": ("kha", "千公顷"), "公顷": ("ha", "公顷"), "万公顷": ("10 kha", "万公顷"),
        "亩": ("mu (1/15 ha)", "亩"), "万亩": ("10 000 mu (1/15 ha)", "万亩"), "km": ("km", "公里"),
        "vehicle": ("vehicle", "辆"), "kvehicle": ("thousand vehicles", "千辆"), "thousand_vehicles": ("thousand vehicles", "千辆"),
        "辆": ("vehicle", "辆"), "万辆": ("10 000 vehicles", "万辆"), "vkm": ("vkm", "车公里"), "Mvkm": ("million vkm", "百万车公里"),
        "Gvkm": ("billion vkm", "十亿车公里"), "车公里": ("vkm", "车公里"), "万车公里": ("10 000 vkm", "万车公里"), "tkm": ("tkm", "吨公里"),
        "Gtkm": ("billion tkm", "十亿吨公里"), "吨公里": ("tkm", "吨公里"), "亿吨公里": ("100 million tkm", "亿吨公里"),
        "plant_unit": ("unit", "台（套）"), "台": ("unit", "台"), "座": ("unit", "座"), "套": ("unit", "套"), "家": ("unit", "家"), "项": ("unit", "项"),
        "household": ("household", "户"), "thousand_households": ("thousand households", "千户"), "户": ("household", "户"), "万户": ("10 000 households", "万户"),
        "person": ("person", "人"), "million_persons": ("million persons", "百万人"), "人": ("person", "人"), "万人": ("10 000 persons", "万人"),
        "CNY": ("CNY", "元"), "元": ("CNY", "元"), "万元": ("10 000 CNY", "万元"), "亿元": ("100 million CNY", "亿元"),
        "h": ("h", "小时"), "小时": ("h", "小时"), "d": ("day", "天"), "day": ("day", "天"), "yr": ("year", "年"), "year": ("year", "年"), "年": ("year", "年"),
        "Wh": ("Wh", "瓦时"), "TW": ("TW", "太瓦"), "亿千瓦": ("100 GW", "亿千瓦"), "J": ("J", "焦"), "kJ": ("kJ", "千焦"), "TJ": ("TJ", "太焦"), "EJ": ("EJ", "艾焦"),
        "万吉焦": ("10 TJ", "万吉焦"), "亿吉焦": ("100 PJ", "亿吉焦"), "kcal": ("kcal", "千卡"), "万大卡": ("10 Mcal", "万大卡"), "Gcal": ("Gcal", "百万大卡"),
        "亿大卡": ("100 Gcal", "亿大卡"), "Gt": ("Gt", "十亿吨"), "m": ("m", "米"), "万公里": ("10 000 km", "万公里"), "亿公里": ("100 million km", "亿公里"),
        "亿平方米": ("100 million m2", "亿平方米"), "km2": ("km2", "平方公里"), "万平方公里": ("10 000 km2", "万平方公里"), "亿亩": ("100 million mu (1/15 ha)", "亿亩"),
        "万升": ("10 000 litres", "万升"), "ugm3": ("ug/m3", "微克/立方米"), "亿车公里": ("100 million vkm", "亿车公里"), "万吨公里": ("10 000 tkm", "万吨公里"),
        "千元": ("1000 CNY", "千元"), "百万元": ("million CNY", "百万元"), "千万元": ("10 million CNY", "千万元"), "十亿元": ("billion CNY", "十亿元"),
        "万亿元": ("trillion CNY", "万亿元"), "permille": ("per mille", "‰"), "‰": ("per mille", "‰"),
        "percent": ("%", "%"), "percentage_point": ("percentage point", "个百分点"), "百分点": ("percentage point", "个百分点"),
    }
)  # fmt: skip


def spelled_unit(unit: str, language: str) -> str:
    """A unit of the data in the reader's words, its size unchanged.

    >>> spelled_unit("亿元/plant_unit", "en"), spelled_unit("gce/kWh", "zh")
    ('100 million CNY/unit', '克标准煤/千瓦时')
    """
    spelled = [SPELLED.get(part) or SPELLED.get(own_unit(part), (part, part)) for part in parts_of(unit)]
    return "".join(part[0 if language == "en" else 1] for part in spelled)
