"""Units by a table of its own: what each is worth in a base of its kind."""

from __future__ import annotations

import re

TONNE, JOULE, WATT, CNY, AREA, HOUR = "t", "J", "W", "CNY", "m2", "h"
COUNTED = "furnace machine generating_unit station plant enterprise audit centre project park reserve district river siding rail_line pile"
WORTH = {
    "t": 1.0, "kg": 1e-3, "kt": 1e3, "Mt": 1e6, "吨": 1.0, "万吨": 1e4, "万t": 1e4,
    "GWh": 3.6e12, "TWh": 3.6e15, "MJ": 1e6, "kWh": 3.6e6, "MWh": 3.6e9, "亿千瓦时": 3.6e14, "亿kWh": 3.6e14, "万kWh": 3.6e10, "度": 3.6e6, "千瓦时": 3.6e6, "万千瓦时": 3.6e10,
    "tce": 29.3076e9, "Mtce": 29.3076e15, "ktce": 29.3076e12, "万吨标准煤": 29.3076e13, "万吨标煤": 29.3076e13, "吨标煤": 29.3076e9, "吨标准煤": 29.3076e9, "gce": 29.3076e3, "kgce": 29.3076e6,
    "GW": 1e9, "MW": 1e6, "kW": 1e3, "万千瓦": 1e7, "万kW": 1e7, "兆瓦": 1e6, "千瓦": 1e3,
    "CNY": 1.0, "元": 1.0, "万元": 1e4, "亿元": 1e8,
    "ha": 1e4, "kha": 1e7, "亩": 1e4 / 15, "万亩": 1e8 / 15, "万公顷": 1e8,
    "g": 1e-6, "ug": 1e-12, "m2": 1.0, "million_m2": 1e6, "万平方米": 1e4, "hectare": 1e4, "m3": 1.0, "million_m3": 1e6, "Gm3": 1e9, "万立方米": 1e4, "亿立方米": 1e8, "L": 1e-3, "ML": 1e3,
    "tkm": 1.0, "Gtkm": 1e9, "vkm": 1.0, "household": 1.0, "thousand_households": 1e3, "million_persons": 1e6, "家": 1.0, "天": 1 / 365,
    **dict.fromkeys(COUNTED.split(), 1.0),
    "plant_unit": 1.0, "台": 1.0, "座": 1.0, "vehicle": 1.0, "辆": 1.0, "kvehicle": 1e3, "万辆": 1e4, "Mvkm": 1e6, "万车公里": 1e4, "Gvkm": 1e9,
    "yr": 1.0, "年": 1.0, "d": 1 / 365, "h": 1 / 8760, "1": 1.0, "%": 1e-2, "percent": 1e-2, "‰": 1e-3,
}  # fmt: skip


def worth(unit: str) -> float:
    """What a quotient of products is worth in bases.

    >>> worth("万吨/(Mt)")
    0.01
    """
    made, times = 1.0, True
    for part in re.findall(r"[^*/()\s]+|[*/()]", unit):
        if part == "/":
            times = False
        elif part in "*()":
            continue
        else:
            made = made * WORTH[part] if times else made / WORTH[part]
    return made


def converted(value: float, unit: str, wanted: str) -> float:
    """A number of one unit in another of the same kind: quotients have their divisor last, in brackets or alone."""
    return value * worth(unit) / worth(wanted)
