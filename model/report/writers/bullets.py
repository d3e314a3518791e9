"""Rows of a chart in which each has a unit of its own: a bar as far as the amount, a mark at its limit, both in per cent of the row's own scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.report.cell_places import places_of
from model.report.display import printable, shown
from model.report.pages.page import Chart
from model.report.tables import Table
from model.report.words import word

SHORT = ("out_of_reach", "relaxed")
BAR, LIMIT, TEXT = "#2A78AD", "#B3261E", "#566371"
row_height, room = 24, 1.12  # of the longer of bar and limit: how far the scale reaches


@dataclass(frozen=True)
class Bullet:
    """One row as it is drawn: `left` and `width` of the bar and `limit` in %, and what is said beside it."""

    name: str
    year: str
    left: float
    width: float
    limit: float | None
    amount: str
    asked: str
    unit: str
    state: str
    said: str


def bullets(chart: Chart, table: Table, language: str) -> list[Bullet]:
    """The most urgent first; rows without an amount are left out. Those of one unit share a scale where there is no limit."""
    value, limit = _columns(chart)
    rows = rows_drawn(chart, table)
    largest = dict[str, float]()
    for row in rows if limit is None else ():
        largest[_unit(row)] = max(largest.get(_unit(row), 0.0), abs(row[value]))
    return [_bullet(row, table, chart, language, largest=largest.get(_unit(row), 0.0)) for row in rows]


def rows_drawn(chart: Chart, table: Table) -> list[dict[Any, Any]]:
    """Rows with an amount; of those with a limit the most urgent first."""
    value, limit = _columns(chart)
    rows = [row for row in table.frame.to_dict("records") if _number(row.get(value))]
    return sorted(rows, key=_urgency) if limit else rows


def _urgency(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """What is short, then what the city is known by, then what has nothing to spare; what is past comes last."""
    state = str(row.get("_state"))
    return state.startswith("past"), state not in SHORT, row.get("_headline") is not True, state != "binding"


def _columns(chart: Chart) -> tuple[Any, Any]:
    """The column of the amounts, and that of the limits where there are any."""
    return chart.series[0].column, chart.series[1].column if len(chart.series) > 1 else None


def _bullet(row: Mapping[Any, Any], table: Table, chart: Chart, language: str, *, largest: float) -> Bullet:
    value, limit = _columns(chart)
    amount, asked = float(row[value]), float(row[limit]) if limit and _number(row.get(limit)) else None
    ends = [0.0, amount, *([asked] if asked is not None else [])]
    low, high = min(ends), max(ends)
    low, high = (low * room, high * room) if limit else (min(low, 0.0), max(high, largest))
    if high <= 0:  # what is to fall grows from the left as well
        low, high, amount_at, asked_at = 0.0, -low, -amount, None if asked is None else -asked
    else:
        amount_at, asked_at = amount, asked
    scale = 100 / (high - low) if high > low else 0.0
    told = f"{row.get('sense', '')} {shown(asked, places_of(row, table.columns, limit))}" if asked is not None else ""
    told += word("with_band", language).format("", row["band"]) if told and row.get("band") else ""
    state = row.get("_state")
    return Bullet(
        name=printable(str(row[chart.along])), year=str(row.get("year", "")), left=round((min(0.0, amount_at) - low) * scale, 2), width=round(abs(amount_at) * scale, 2),
        limit=round((asked_at - low) * scale, 2) if asked_at is not None else None, amount=shown(amount, places_of(row, table.columns, value)), asked=told.strip(),
        unit=printable(str(row.get("unit", "")) if limit else _unit(row)), state=state if isinstance(state, str) else "", said=printable(str(row.get("state", ""))),
    )  # fmt: skip


def _unit(row: Mapping[Any, Any]) -> str:
    return str(row.get("price_unit") or row.get("unit") or "")


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value)


def picture(rows: Sequence[Bullet]) -> dict[str, Any]:
    """The same as a Vega-Lite specification, for a picture of it."""
    data = [
        {
            "n": f"{one.name} {one.year}".strip(), "o": at, "l": one.left, "r": one.left + one.width, "m": one.limit,
            "t": " ".join(filter(None, (one.amount, one.asked and f"({one.asked})", one.unit))),
        }
        for at, one in enumerate(rows)
    ]  # fmt: skip
    percent = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": None}
    name = {
        "field": "n",
        "type": "nominal",
        "sort": {"field": "o"},
        "axis": {"title": None, "labelLimit": 320, "ticks": False, "grid": False},
    }
    return {
        "data": {"values": data}, "width": "container", "height": row_height * len(rows), "encoding": {"y": name},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.45}, "color": BAR}, "encoding": {"x": percent | {"field": "l"}, "x2": {"field": "r"}}},
            {"mark": {"type": "tick", "thickness": 3, "color": LIMIT}, "encoding": {"x": percent | {"field": "m"}}},
            {"mark": {"type": "text", "align": "left", "dx": 8, "color": TEXT}, "encoding": {"x": {"datum": 100, "type": "quantitative"}, "text": {"field": "t"}}},
        ],
    }  # fmt: skip
