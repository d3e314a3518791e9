"""How numbers and units are shown: the plan's own units in each language, sensible decimals, no dust."""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import MappingProxyType

import xarray as xr

dust = 1e-6
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
WHOLE = frozenset({"vehicles", "辆", "units", "台（套）"})


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


def tidy(value: float) -> float:
    """A number without the dust of floating point: nine digits, nothing below a millionth.

    >>> tidy(0.1 + 0.2), tidy(-4e-16), tidy(float("nan"))
    (0.3, 0.0, nan)
    """
    if not math.isfinite(value):
        return math.nan
    return float(f"{value:.9g}") if abs(value) >= dust else 0.0


def decimals(values: Iterable[float], unit: str = "") -> int:
    """Decimals that show the largest of the values with three or four figures; none for things counted whole.

    >>> decimals([1234.5]), decimals([12.3]), decimals([0.04]), decimals([3.0], "vehicles")
    (0, 2, 4, 0)
    """
    largest = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    if unit in WHOLE or largest >= 1000 - 0.5:
        return 0
    for limit, places in ((100, 1), (1, 2), (0.1, 3)):
        if largest >= limit:
            return places
    return 4 if largest else 0


def shown(value: float, places: int | None = None, *, unit: str = "") -> str:
    """A number as text, thousands apart.

    >>> shown(0.30000000000000004), shown(-1234.56), shown(6.1, 2)
    ('0.300', '-1,235', '6.10')
    """
    value = tidy(value)
    if math.isnan(value):
        return "-"
    text = f"{value:,.{decimals([value], unit) if places is None else places}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def percent(part: float, whole: float, places: int = 1) -> str:
    """A share in per cent, or a dash where there is no whole.

    >>> percent(1, 8), percent(1, 0)
    ('12.5 %', '-')
    """
    return f"{shown(100 * part / whole, places)} %" if abs(whole) >= dust else "-"


def labels(results: xr.Dataset, dim: str, what: str, language: str) -> dict[str, str]:
    """{id: label} of a dim, in the language; empty where the case has none of it."""
    name = f"{dim}_{what}_{language}"
    return attributes(results, dim, name) if name in results else {}


def attributes(results: xr.Dataset, dim: str, name: str) -> dict:
    """{id: value} of a variable over one dim."""
    if name not in results:
        return {}
    return {str(key): value for key, value in zip(results[dim].values.tolist(), results[name].values.tolist(), strict=True)}


def spans(results: xr.Dataset) -> dict[int, int | str]:
    """{year: its heading}: the year itself, or first–last year of the span it stands for."""
    years = results["span_years"]
    return {int(y): int(y) if n <= 1 else f"{int(y - n + 1)}–{int(y)}" for y, n in zip(years["year"].values, years.values, strict=True)}
