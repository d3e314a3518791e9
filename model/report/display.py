"""How numbers are shown, and the labels of results in a language: sensible decimals, no dust, ids turned into words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import xarray as xr

from model.report.units import WHOLE
from model.report.words import in_data, word

dust = 1e-6
left_by_search = 2e-9  # of a number
STEERING = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}  # letters that steer a terminal


def tidy(value: float) -> float:
    """A number without the dust of floating point: nine digits, six where what is beyond is only what a search leaves, nothing below a millionth.

    >>> tidy(0.1 + 0.2), tidy(0.999999999), tidy(0.12345678), tidy(-4e-16), tidy(float("nan"))
    (0.3, 1.0, 0.12345678, 0.0, nan)
    """
    if not math.isfinite(value):
        return math.nan
    if abs(value) < dust:
        return 0.0
    short = float(f"{value:.6g}")
    return short if abs(short - value) <= left_by_search * abs(value) else float(f"{value:.9g}")


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


def equal_as_shown(low: float, high: float) -> bool:
    """Whether a difference of costs that lies between these ends, zero among them, is nothing to the two decimals that costs are shown with.

    >>> equal_as_shown(-0.001, 0.002), equal_as_shown(-0.001, 0.3), equal_as_shown(0.001, 0.002)
    (True, False, False)
    """
    return low <= 0.0 <= high and shown(low, 2) == shown(high, 2) == shown(0.0, 2)


def percent(part: float, whole: float, places: int = 1) -> str:
    """A share in per cent, or a dash where there is no whole: of less than nothing a share says nothing.

    >>> percent(1, 8), percent(1, 0), percent(1, -8)
    ('12.5 %', '-', '-')
    """
    return f"{shown(100 * part / whole, places)} %" if whole >= dust else "-"


def printable(text: str) -> str:
    """A text without letters that steer a terminal or a printer; line breaks and tabs stay.

    >>> printable("wind\\x1b[31m\\x9b red\\n")
    'wind[31m red\\n'
    """
    return text.translate(STEERING)


def labels(results: xr.Dataset, dim: str, what: str, language: str) -> dict[str, str]:
    """{id: label} of a dim, in the language; empty where the case has none of it."""
    return attributes(results, dim, in_data(f"{dim}_{what}", language))


def item_labels(results: xr.Dataset, language: str) -> dict[str, str]:
    """{id: label} of everything that a limit, a record or a changed number can be of."""
    dims = ("origin", "coupling", "ramp", "market", "commodity", "indicator", "technology", "target", "measure")
    return {name: label for dim in dims for name, label in labels(results, dim, "label", language).items()}


def case_title(results: xr.Dataset, language: str) -> str:
    """What the case is called."""
    return str(results.attrs.get(in_data("case_label", language), ""))


def attributes(results: xr.Dataset, dim: str, name: str) -> dict:
    """{id: value} of a variable over one dim."""
    if name not in results:
        return {}
    columns = results.variables  # as they stand: to take one out of `results` looks through all of them
    return {str(key): value for key, value in zip(columns[dim].values.tolist(), columns[name].values.tolist(), strict=True)}


def year_spans(years: Iterable[int], modelled: Iterable[int], language: str) -> str:
    """Years that follow one another in the model as a span.

    >>> year_spans([2025, 2030, 2040], [2025, 2030, 2035, 2040], "en")
    '2025–2030, 2040'
    """
    order = {year: place for place, year in enumerate(modelled)}
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year in order and order.get(found[-1][-1]) == order[year] - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return word("comma", language).join(f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in found)


def spans(results: xr.Dataset) -> dict[int, int | str]:
    """{year: its heading}: the year itself, or first–last year of the span it stands for."""
    years = results["span_years"]
    return {int(y): int(y) if n <= 1 else f"{int(y - n + 1)}–{int(y)}" for y, n in zip(years["year"].values, years.values, strict=True)}


def day_said(day: str, language: str) -> str:
    """What a day is called: those of the stress spell by their place in it, a typical day by its own name.

    >>> day_said("stress2", "en"), day_said("d3", "en")
    ('stress day 2', 'd3')
    """
    place = re.fullmatch(r"stress(\d+)", day)
    return word("stress_day", language).format(place[1]) if place else day


def setting_word(name: str, value: str, language: str) -> str:
    """What a setting of the header is called where it is a rule of counting money, else the value itself."""
    match name:
        case "span_rule":
            return word(f"span_rule_{value}", language)
        case "payments":
            return word(f"payments_{value}", language)
    return value


def natural(text: str) -> tuple[Any, ...]:
    """A key that puts c2 before c10.

    >>> natural("c2") < natural("c10")
    True
    """
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", text))
