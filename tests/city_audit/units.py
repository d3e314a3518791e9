"""Units as dimensions and factors: products and quotients of atoms, Chinese names, and prefixes of both languages."""

from __future__ import annotations

import re
from functools import cache

Dimensions = tuple[tuple[str, int], ...]

hours_per_day = 24.0
# Each atom by the dimensions it is made of and its size in them; power times hours makes energy, and a year is no dimension,
# since every flow of the model is one of a year.
ATOMS: dict[str, tuple[dict[str, int], float]] = {
    "千瓦": ({"power": 1}, 1e3), "千瓦时": ({"power": 1, "hour": 1}, 1e3),
    "W": ({"power": 1}, 1.0), "Wh": ({"power": 1, "hour": 1}, 1.0), "h": ({"hour": 1}, 1.0), "day": ({"hour": 1}, hours_per_day), "yr": ({}, 1.0),
    "ce": ({"coal": 1}, 1.0), "g": ({"mass": 1}, 1.0), "t": ({"mass": 1}, 1e6), "tce": ({"coal": 1}, 1e6), "gce": ({"coal": 1}, 1.0),
    "m": ({"length": 1}, 1.0), "m2": ({"length": 2}, 1.0), "m3": ({"length": 3}, 1.0), "L": ({"length": 3}, 1e-3), "ha": ({"length": 2}, 1e4),
    "CNY": ({"money": 1}, 1.0), "vehicle": ({"vehicle": 1}, 1.0), "vkm": ({"vehicle_km": 1}, 1.0), "tkm": ({"tonne_km": 1}, 1.0),
    "plant_unit": ({"plant": 1}, 1.0), "household": ({"household": 1}, 1.0), "person": ({"person": 1}, 1.0), "1": ({}, 1.0), "%": ({}, 0.01),
}  # fmt: skip
ALIASES = {
    "hectare": "ha", "households": "household", "persons": "person", "percent": "%", "元": "CNY", "吨标准煤": "tce",
    "吨": "t", "立方米": "m3", "平方米": "m2", "公顷": "ha", "辆": "vehicle", "台": "plant_unit", "座": "plant_unit", "家": "plant_unit",
    "年": "yr", "小时": "h",
    "furnace": "plant_unit", "machine": "plant_unit", "generating_unit": "plant_unit", "station": "plant_unit", "plant": "plant_unit", "enterprise": "plant_unit",
    "audit": "plant_unit", "centre": "plant_unit", "project": "plant_unit", "park": "plant_unit", "reserve": "plant_unit", "district": "plant_unit",
    "river": "plant_unit", "siding": "plant_unit", "rail_line": "plant_unit", "pile": "plant_unit",
}  # fmt: skip
PREFIXES = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "u": 1e-6, "m": 1e-3, "thousand_": 1e3, "million_": 1e6, "万": 1e4, "亿": 1e8}


def converted(value: float, unit: str, wanted: str) -> float:
    """A number in another unit of the same dimensions.

    >>> round(converted(1, "kWh/m2", "TWh/million_m2"), 9)
    0.001
    >>> round(converted(1500, "h/yr", "TWh/GW"), 9)
    1.5
    """
    (have, factor), (need, size) = measure(unit), measure(wanted)
    if have != need:
        raise ValueError(f"{unit} is not of the dimensions of {wanted}: {have}, {need}")
    return value * factor / size


@cache
def measure(text: str) -> tuple[Dimensions, float]:
    """Dimensions and factor of a unit; a quotient is read from the left.

    >>> measure("ug/m3/kt")
    ((('length', -3),), 1e-15)
    """
    tokens = re.findall(r"[()/*·]|[^()/*·\s]+", text)
    found, rest = _product(tokens)
    if rest:
        raise ValueError(f"unit {text}: {rest} left over")
    dimensions, factor = found
    return tuple(sorted((name, power) for name, power in dimensions.items() if power)), factor


def _product(tokens: list[str]) -> tuple[tuple[dict[str, int], float], list[str]]:
    found, rest = _part(tokens)
    while rest and rest[0] in "/*·":
        sign = -1 if rest[0] == "/" else 1
        other, rest = _part(rest[1:])
        names = {*found[0], *other[0]}
        found = {name: found[0].get(name, 0) + sign * other[0].get(name, 0) for name in names}, found[1] * other[1] ** sign
    return found, rest


def _part(tokens: list[str]) -> tuple[tuple[dict[str, int], float], list[str]]:
    if tokens[0] == "(":
        found, rest = _product(tokens[1:])
        return found, rest[1:]
    return _atom(tokens[0]), tokens[1:]


def _atom(text: str) -> tuple[dict[str, int], float]:
    for prefix, size in PREFIXES.items():
        bare = text.removeprefix(prefix)
        name = ALIASES.get(bare, bare)
        if text.startswith(prefix) and name in ATOMS:
            dimensions, factor = ATOMS[name]
            return dimensions, factor * size
    raise ValueError(f"no unit {text}")
