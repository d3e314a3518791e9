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

RANKS = {"out_of_reach": 0, "relaxed": 0, "past_missed": 1, "binding": 2}
BAR, LIMIT, TEXT = "#2A78AD", "#B3261E", "#566371"
others, past = 3, 4
room = 1.12  # of the longer of bar and limit: how far the scale reaches


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


def bullets(chart: Chart, table: Table) -> list[Bullet]:
    """What is short first, then what has nothing to spare; rows without an amount are left out. Those of one unit share a scale where there is no limit."""
    value, limit = chart.series[0].column, chart.series[1].column if len(chart.series) > 1 else None
    rows = [row for row in table.frame.to_dict("records") if _number(row.get(value))]
    largest = dict[str, float]()
    for row in rows if limit is None else ():
        largest[_unit(row)] = max(largest.get(_unit(row), 0.0), abs(row[value]))
    made = [_bullet(row, table, chart, value, limit, largest.get(_unit(row), 0.0)) for row in rows]
    return sorted(made, key=lambda one: RANKS.get(one.state, past if one.state.startswith("past") else others)) if limit else made


def _bullet(row: Mapping[Any, Any], table: Table, chart: Chart, value: Any, limit: Any, largest: float) -> Bullet:
    amount, asked = float(row[value]), float(row[limit]) if limit and _number(row.get(limit)) else None
    ends = [0.0, amount, *([asked] if asked is not None else [])]
    low, high = min(ends), max(ends)
    low, high = (low * room, high * room) if limit else (min(low, 0.0), max(high, largest))
    scale = 100 / (high - low) if high > low else 0.0
    told = f"{row.get('sense', '')} {shown(asked, places_of(row, table.columns, limit))}" if asked is not None else ""
    state = row.get("_state")
    return Bullet(
        name=printable(str(row[chart.along])), year=str(row.get("year", "")), left=round((min(0.0, amount) - low) * scale, 2), width=round(abs(amount) * scale, 2),
        limit=round((asked - low) * scale, 2) if asked is not None else None, amount=shown(amount, places_of(row, table.columns, value)), asked=told.strip(),
        unit=printable(_unit(row)), state=state if isinstance(state, str) else "", said=printable(str(row.get("state", ""))),
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
    name = {"field": "n", "type": "nominal", "sort": {"field": "o"}, "axis": {"title": None, "labelLimit": 320, "ticks": False, "grid": False}}
    return {
        "data": {"values": data}, "width": "container", "height": {"step": 24}, "encoding": {"y": name},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.45}, "color": BAR}, "encoding": {"x": percent | {"field": "l"}, "x2": {"field": "r"}}},
            {"mark": {"type": "tick", "thickness": 3, "color": LIMIT}, "encoding": {"x": percent | {"field": "m"}}},
            {"mark": {"type": "text", "align": "left", "dx": 8, "color": TEXT}, "encoding": {"x": {"datum": 100, "type": "quantitative"}, "text": {"field": "t"}}},
        ],
    }  # fmt: skip
