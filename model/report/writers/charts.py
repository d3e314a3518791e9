"""Native charts of a workbook, drawn from the cells of its tables as their descriptions say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart as Drawn

from model.report.pages.page import Chart, Series
from model.report.words import word
from model.report.writers.sheet import Block
from model.report.writers.styles import text_only

KINDS: Mapping[str, dict[str, str]] = {
    "columns": {"type": "column"}, "bars": {"type": "bar"}, "lines": {"type": "line"}, "areas": {"type": "area"}, "points": {"type": "scatter", "subtype": "straight"},
}  # fmt: skip
chart_size = {"width": 800, "height": 460}
title_ink, grid_ink, mark_ink = "#1F4E78", "#D9D9D9", "#C00000"
most_below = 6


def drawn(workbook: xlsxwriter.Workbook, chart: Chart, blocks: Mapping[str, Block], language: str) -> Drawn:
    """A chart from its description; `blocks` say where the tables of its page stand."""
    made = workbook.add_chart(KINDS[chart.kind] | ({"subtype": "stacked"} if chart.stacked else {}))
    lines = workbook.add_chart({"type": "line"})
    for series in chart.series:
        (lines if series.look == "line" else made).add_series(_series(chart, series, blocks[series.table or chart.table]))
    if any(series.look == "line" for series in chart.series):
        made.combine(lines)
    font = {"name": word("font", language), "size": 9}
    made.set_title(
        {
            "name": text_only(chart.title),
            "name_font": {"name": word("font", language), "size": 12, "bold": True, "color": title_ink},
            "overlay": False,
        }
    )
    plain: dict[str, Any] = {
        "name_font": font | {"bold": False},
        "num_font": font,
        "label_position": "low",
        "major_gridlines": {"visible": False},
    }
    numbers = {"num_format": "#,##0.##", "major_gridlines": {"visible": True, "line": {"color": grid_ink, "width": 0.5}}}
    along = numbers if chart.kind == "bars" else _years(chart) if chart.kind == "points" else {}
    names = {"reverse": True, "interval_unit": 1, "num_font": font | {"size": 7}} if chart.kind == "bars" else numbers
    made.set_x_axis(plain | {"name": text_only(chart.x)} | along | ({"min": 0} if chart.kind == "bars" and not chart.both_ways else {}))
    made.set_y_axis(plain | {"name": text_only(chart.y)} | names)
    place = "right" if len(chart.series) > most_below else "bottom"
    made.set_legend({"position": place, "font": font | {"size": 8}} if len(chart.series) > 1 else {"none": True})
    made.set_size(chart_size)
    return made


def _years(chart: Chart) -> dict[str, Any]:
    """The axis of points: of years where these are headings, else of numbers."""
    if not isinstance(chart.along, tuple):
        return {"num_format": "#,##0.##"}
    first, last = chart.along[0], chart.along[-1]
    return {"min": first, "max": last, "major_unit": 5 if last - first >= 10 else 1, "num_format": "0"}


def _series(chart: Chart, series: Series, block: Block) -> dict[str, Any]:
    if series.row is not None:
        cells = {"categories": block.row(block.header, chart.along), "values": block.row(block.first + series.row, chart.along)}
    else:
        rows = chart.rows if series.table in (None, chart.table) else None
        cells = {"categories": block.cells(chart.along, rows), "values": block.cells(series.column, rows)}
    return {"name": text_only(series.name), **cells, **_look(chart, series, block)}


def _look(chart: Chart, series: Series, block: Block) -> dict[str, Any]:
    fill = {"color": series.colour}
    if series.look == "line":
        return {"line": fill | {"width": 2.25}}
    match chart.kind:
        case "columns" | "bars":
            return {"fill": fill, "gap": 40} | ({"overlap": 100} if chart.both_ways else {})
        case "areas":
            return {"fill": fill, "border": {"none": True}}
        case "lines":
            return {"line": fill, "marker": {"type": "circle", "size": 4}}
    if series.look == "marks":
        return {"line": {"none": True}, "marker": {"type": "diamond", "size": 9, "fill": fill, "border": fill}}
    if series.look in ("strong", "dashed"):
        strong = series.look == "strong"
        return {"line": fill | {"width": 2.5 if strong else 1.5, "dash_type": "solid" if strong else "dash"}, "marker": {"type": "none"}}
    points = [{"fill": {"color": mark_ink}} if place in series.marked else None for place in range(block.last - block.first + 1)]
    return {
        "line": fill | ({"width": 0.75, "dash_type": "round_dot"} if series.look == "apart" else {"width": 2}), "marker": {"type": "circle", "size": 6, "fill": fill, "border": fill},
        **({"points": points} if series.marked else {}),
    }  # fmt: skip
