"""Charts as Vega-Lite specifications, drawn in a browser or as a picture, from the cells of their tables as their descriptions say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model.report.cell_places import places_of
from model.report.display import printable, shown
from model.report.pages.page import PALETTE, Chart, Series
from model.report.tables import Table
from model.report.words import word

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name that is looked up nowhere
DRAWN = frozenset({"columns", "bars", "lines", "points", "areas", "matrix", "spans", "scatter"})
LYING = ("bars", "matrix", "spans")  # a row each
bar_height, chart_height, longest_name = 20, 300, 240
mark_ink = "#C00000"
HEADING = "title"  # what is told under this name stands above the rest
Spec = dict[str, Any]


def specification(chart: Chart, tables: Mapping[str, Table], language: str) -> Spec:
    """A chart of one of the kinds `DRAWN`. Every datum has the series `s`, its order `o`, what it is along `x`, the amount `y` and its text `t`."""
    names = {chart.table, *(one.table for one in chart.series)}
    records = {name: part.frame.to_dict("records") for name, part in tables.items() if name in names}
    data = list[Spec]()
    ordered = list(enumerate(chart.series))
    for order, series in ordered[::-1] if chart.kind == "bars" and not chart.stacked else ordered:  # the first in front
        name = series.table or chart.table
        if chart.kind == "scatter":
            data += _scattered(chart, series, {one: tables[one] for one in (chart.table, name)}, records)
        else:
            data += _data(chart, series, order, tables[name], records[name])
    height = (
        bar_height * len({datum.get("n", datum["x" if chart.kind == "bars" else "s"]) for datum in data})
        if chart.kind in LYING
        else chart_height
    )
    made: Spec = {"$schema": SCHEMA, "data": {"values": data}, "width": "container", "height": height} | told_aloud(chart)
    told = _told(chart, language)
    match chart.kind:
        case "columns":
            return made | {"params": [_picked()], "mark": {"type": "bar"}, "encoding": _along(chart) | _stacked(chart) | _ink(chart, told)}
        case "areas":
            lines = {series.name for series in chart.series if series.look == "line"}
            area = {
                "mark": {"type": "area"},
                "transform": [_only(chart, lines, kept=False)],
                "encoding": _along(chart) | _stacked(chart) | _ink(chart, told),
            }
            line = {
                "mark": {"type": "line", "strokeWidth": 2.5}, "transform": [_only(chart, lines, kept=True)],
                "encoding": _along(chart) | {"y": {"field": "y", "type": "quantitative"}} | _ink(chart, told),
            }  # fmt: skip
            return made | {"layer": [area | {"params": [_picked()]}, line]}
        case "lines" | "points":
            return made | {"layer": list(_lines(chart, told))}
        case "bars":
            return made | _bars(chart, told)
        case "matrix":
            return made | _matrix(chart, told)
        case "scatter":
            return made | _scatter(chart, told)
    return made | _spans(chart, data, told)


def told_aloud(chart: Chart) -> Spec:
    """What a reader who does not see a chart is told of it, and the names of its colours, whose number says how high it is."""
    said = [printable(text) for text in (chart.title, unit_of(chart), chart.remark) if text]
    colours = [printable(one.name) for one in chart.series] if chart.kind not in ("matrix", "scatter", "bullets") else []
    return {"description": "; ".join(said), "usermeta": {"colours": list(dict.fromkeys(colours))}}


def unit_of(chart: Chart) -> str:
    """What the amounts of a chart are counted in; its other axis has the other of the two. In a scatter the reader picks both."""
    if chart.kind == "scatter":
        return ""
    return chart.x if chart.kind in ("bars", "bullets", "matrix") else chart.y


def _data(chart: Chart, series: Series, order: int, table: Table, records: Sequence[Mapping[Any, Any]]) -> Iterator[Spec]:
    """The points of a series that have an amount; `records` are the rows of its table."""
    told = {"s": printable(series.name), "o": order}
    if chart.kind == "spans":
        first, last = series.column
        for at in sorted(series.marked):
            yield told | {"p": at, "n": printable(str(records[at][chart.along])), "x": int(records[at][first]), "e": int(records[at][last]) + 1,
                          "t": f"{int(records[at][first])}–{records[at].get('in_force', int(records[at][last]))}", "d": printable(str(records[at]["measure"]))}  # fmt: skip
        return
    if series.row is not None:
        record = records[series.row]
        largest = max((abs(record[head]) for head in chart.along if _number(record[head])), default=0.0)
        whole = sum(abs(record[head]) for head in chart.along if _number(record[head]))
        cells = [(head, record, head) for head in chart.along]
    else:
        first, last = chart.rows or (0, len(records) - 1)
        cells, largest, whole = [(one[chart.along], one, series.column) for one in records[first : last + 1]], 0.0, 0.0
    outstanding = {id(records[at]) for at in series.marked}
    for along, record, column in cells:
        value = record[column]
        if _number(value) and (chart.kind != "matrix" or value):
            unit = str(record.get("unit", "")) if chart.kind == "matrix" else ""
            text = f"{shown(float(value), places_of(record, table.columns, column))} {unit}".strip()
            more = (
                {"q": abs(value) / whole, "d": printable(chart.notes.get((series.row or 0, column), ""))}
                if chart.kind == "matrix" and largest
                else {}
            )
            yield told | {"x": _plain(along), "y": float(value), "t": text} | more | ({"m": 1} if id(record) in outstanding else {})


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _plain(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _picked() -> Spec:
    """A series is picked out by its name below the chart."""
    return {"name": "picked", "select": {"type": "point", "fields": ["s"]}, "bind": "legend"}


def _ink(chart: Chart, told: list[Spec]) -> Spec:
    names = [printable(series.name) for series in chart.series]
    legend = {"symbolType": "stroke", "symbolStrokeWidth": 4} if chart.kind in ("lines", "points") else {}
    scale = {"domain": names, "range": [series.colour for series in chart.series]}
    return {
        "color": {"field": "s", "type": "nominal", "scale": scale, "legend": legend if len(names) > 1 else None},
        "order": {"field": "o"}, "tooltip": told,
        **({"opacity": {"condition": {"param": "picked", "value": 1}, "value": 0.15}} if chart.stacked else {}),
    }  # fmt: skip


def _told(chart: Chart, language: str) -> list[Spec]:
    """What is told where the mouse is, each under a name of its own: what it is, where on the axis, and the amount with its decimals as in the table. Of two of one name the
    second would be lost.
    """
    year, amount = (word(key, language) for key in ("year", "amount"))
    match chart.kind:
        case "matrix":
            fields = [("s", HEADING), ("x", year), ("t", amount), ("d", word("unit_name", language))]
        case "spans":
            fields = [("n", HEADING), ("d", word("measure", language)), ("t", chart.x), ("s", word("kind", language))]
        case "bars":
            fields = [("x", HEADING), ("s", " "), ("t", chart.x or amount)]
        case "scatter":
            fields = [("s", HEADING), ("u", chart.x), ("t", chart.y)]
        case _:
            fields = [("s", HEADING), ("x", chart.x or year), ("t", chart.y or amount)]
    return [{"field": field, "type": "nominal", "title": printable(title)} for field, title in fields]


def _along(chart: Chart) -> Spec:
    years = isinstance(chart.along, tuple)
    axis = {"title": None if years else printable(chart.x), "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 5}
    return {"x": {"field": "x", "type": "ordinal", "sort": None, "axis": axis}}


def _stacked(chart: Chart) -> Spec:
    return {
        "y": {"field": "y", "type": "quantitative", "stack": "zero" if chart.stacked else None, "axis": {"title": None, "tickCount": 5}}
    }


def _only(chart: Chart, names: set[str], *, kept: bool) -> Spec:
    places = [place for place, series in enumerate(chart.series) if (series.name in names) is kept]
    return {"filter": {"field": "o", "oneOf": places}}


def _lines(chart: Chart, told: list[Spec]) -> Iterator[Spec]:
    """A layer for each look: strong, dashed, marks alone, or a line with its points."""
    years = isinstance(chart.along, tuple) or chart.kind == "lines"
    axis = {
        "title": None if isinstance(chart.along, tuple) else printable(chart.x),
        "labelAngle": 0,
        "labelOverlap": "greedy",
        "labelSeparation": 5,
        "grid": False,
        "labelFlush": False,
    }
    x: Spec = {"field": "x", "type": "ordinal" if chart.kind == "lines" else "quantitative", "axis": axis}
    if years and chart.kind == "points":
        x |= {"axis": axis | {"format": "d", "tickMinStep": 1}, "scale": {"domain": [chart.along[0], chart.along[-1]], "nice": False}}
    elif chart.kind == "points":
        x |= {"axis": axis | {"tickCount": 8, "titlePadding": 10}, "scale": {"zero": False}}
    y = {"field": "y", "type": "quantitative", "scale": {"zero": chart.kind == "lines"}, "axis": {"title": None, "tickCount": 5}}
    looks: Mapping[str, Spec] = {
        "strong": {"type": "line", "strokeWidth": 3.5}, "dashed": {"type": "line", "strokeWidth": 1.75, "strokeDash": [6, 4]},
        "marks": {"type": "point", "shape": "diamond", "size": 110, "filled": True}, "line": {"type": "line", "strokeWidth": 2},
        "": {"type": "line", "strokeWidth": 2, "point": {"size": 45}},
        "apart": {"type": "line", "strokeWidth": 1, "strokeDash": [2, 4], "opacity": 0.7, "point": {"size": 80, "opacity": 1}},
    }  # fmt: skip
    for look in dict.fromkeys(series.look for series in chart.series):
        places = [place for place, series in enumerate(chart.series) if series.look == look]
        yield {
            "mark": looks[look],
            "transform": [{"filter": {"field": "o", "oneOf": places}}],
            "encoding": {"x": x, "y": y} | _ink(chart, told),
        }
    if any(series.marked for series in chart.series):
        large = {"type": "point", "shape": "diamond", "size": 190, "filled": True, "color": mark_ink}
        yield {"mark": large, "transform": [{"filter": "datum.m"}], "encoding": {"x": x, "y": y, "tooltip": told}}


def _bars(chart: Chart, told: list[Spec]) -> Spec:
    number = {
        "field": "y",
        "type": "quantitative",
        "stack": "zero" if chart.stacked else None,
        "axis": {"title": printable(chart.x), "tickCount": 5, "grid": True},
    }
    name = {
        "field": "x",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": longest_name, "grid": False, "ticks": False},
    }
    picked = {"params": [_picked()]} if chart.stacked else {}
    return {**picked, "mark": {"type": "bar", "height": {"band": 0.75}}, "encoding": {"x": number, "y": name} | _ink(chart, told)}


def _matrix(chart: Chart, told: list[Spec]) -> Spec:
    """One row a series, in its colour; the fuller, the larger the share of its row."""
    name = {"field": "s", "type": "nominal", "sort": [printable(series.name) for series in chart.series]}
    x = {
        "field": "x",
        "type": "ordinal",
        "sort": [_plain(head) for head in chart.along],
        "axis": {"title": None, "labelAngle": 0, "orient": "top", "labelOverlap": "greedy", "labelSeparation": 5},
    }
    scale = {"domain": [printable(series.name) for series in chart.series], "range": [series.colour for series in chart.series]}
    return {
        "mark": {"type": "rect", "cornerRadius": 3},
        "encoding": {
            "y": name | {"axis": {"title": None, "labelLimit": longest_name, "grid": False, "ticks": False}}, "x": x,
            "color": {"field": "s", "type": "nominal", "scale": scale, "legend": None},
            "opacity": {"field": "q", "type": "quantitative", "scale": {"domain": [0, 1], "range": [0.22, 1]}, "legend": None}, "tooltip": told,
        },
    }  # fmt: skip


def _scattered(
    chart: Chart, series: Series, tables: Mapping[str, Table], records: Mapping[str, Sequence[Mapping[Any, Any]]]
) -> Iterator[Spec]:
    """A point for each row that has both amounts, with what the row is called."""
    up = series.table or chart.table
    for at, pair in enumerate(zip(records[chart.table], records[up], strict=True)):
        cells = list(zip(pair, (tables[chart.table].columns, tables[up].columns), (chart.along, series.column), strict=True))
        x, y = (record[column] for record, _, column in cells)
        if _number(x) and _number(y):
            u, t = (shown(float(record[column]), places_of(record, names, column)) for record, names, column in cells)
            yield {
                "s": printable(str(pair[0][tables[chart.table].columns[0]])),
                "x": float(x),
                "y": float(y),
                "u": u,
                "t": t,
                "o": int(at in series.marked),
            }


def _scatter(chart: Chart, told: list[Spec]) -> Spec:
    """Points without a line between them; those that stand out are larger and in the second colour."""
    x, y = (
        {
            "field": field,
            "type": "quantitative",
            "scale": {"zero": False},
            "axis": {"title": printable(title), "tickCount": 6, "titlePadding": 10},
        }
        for field, title in (("x", chart.x), ("y", chart.y))
    )
    return {
        "mark": {"type": "point", "filled": True},
        "encoding": {
            "x": x, "y": y, "tooltip": told, "opacity": {"value": 0.75},
            "color": {"condition": {"test": "datum.o === 1", "value": PALETTE[4]}, "value": chart.series[0].colour},
            "size": {"condition": {"test": "datum.o === 1", "value": 160}, "value": 55},
            "shape": {"condition": {"test": "datum.o === 1", "value": "diamond"}, "value": "circle"},
        },
    }  # fmt: skip


def _spans(chart: Chart, data: Sequence[Spec], told: list[Spec]) -> Spec:
    """One bar a row, from its first year to the end of its last."""
    years = [datum[end] for datum in data for end in ("x", "e")]
    axis = {
        "title": None,
        "format": "d",
        "values": [*range(min(years, default=0), max(years, default=-1) + 1)],
        "orient": "top",
        "labelOverlap": "greedy",
        "labelSeparation": 5,
    }
    ink = _ink(chart, told)["color"]
    name = {
        "field": "n",
        "type": "nominal",
        "sort": {"field": "p"},
        "axis": {"title": None, "labelLimit": longest_name, "grid": True, "ticks": False},
    }
    return {
        "mark": {"type": "bar", "height": {"band": 0.6}, "cornerRadius": 3},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": {"zero": False, "nice": False}, "axis": axis}, "x2": {"field": "e"}, "y": name,
            "color": ink, "tooltip": told,
        },
    }  # fmt: skip
