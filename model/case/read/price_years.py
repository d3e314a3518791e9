"""Numbers stated in another year's money, made money of the case's own price year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor, money_power

Tables = Mapping[str, tuple[Any, ...]]

STATED = ("numbers", "projects")  # tables whose rows may say in which year's money they are


def in_own_prices(tables: Tables, price_year: int | None) -> dict[str, tuple[Any, ...]]:
    """The tables with every number that says its `price_year` in money of `price_year`, by the price levels of `deflators`.

    The row keeps the year in which it was stated. What cannot be converted stays as it is, for `check` to report.
    """
    levels, made = price_levels(tables), dict(tables)
    for table in STATED:
        if any(row.price_year is not None for row in tables[table]):
            made[table] = tuple(_converted(row, levels, price_year) for row in tables[table])
    return made


def price_levels(tables: Tables) -> dict[int, float]:
    """{year: its level of prices}, of rows that can be read."""
    return {
        row.year: row.value * factor(row.unit, "1")
        for row in tables["deflators"]
        if isinstance(row.year, int) and row.value and row.unit and is_unit(row.unit) and unit_fault(row.unit, "1") is None
    }


def dearer(levels: Mapping[int, float], stated: Any, price_year: int | None) -> float | None:
    """What money of the year `stated` is multiplied by to be money of `price_year`; None where a level is missing.

    >>> dearer({2015: 0.9, 2020: 1.08}, 2015, 2020)
    1.2
    """
    if stated == price_year:
        return 1.0
    if not isinstance(stated, int) or price_year is None or stated not in levels or price_year not in levels:
        return None
    return round(levels[price_year] / levels[stated], 12)  # without the dust of floating point


def _converted(row: Any, levels: Mapping[int, float], price_year: int | None) -> Any:
    if row.price_year is None or not row.unit or not is_unit(row.unit):
        return row
    times = dearer(levels, row.price_year, price_year)
    if times is None or times == 1.0:
        return row
    scale = times ** money_power(row.unit)
    return row.model_copy(update={name: value * scale for name in ("value", "low", "high") if (value := dict(row)[name]) is not None})
