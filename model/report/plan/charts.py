"""Native charts of the workbook, drawn from the cells of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import xarray as xr
import xlsxwriter
from xlsxwriter.chart import Chart

from model.report.display import attributes, labels
from model.report.plan.hourly_tables import Day
from model.report.sheet import Block
from model.report.tables import Table
from model.report.words import word

PALETTE = ("#1F4E78", "#BF8F00", "#548235", "#7030A0", "#C55A11", "#2E75B6", "#7F7F7F", "#00B0A0")
INKS = MappingProxyType(
    {
        "committed": ("#404040", "#666666", "#8C8C8C", "#A6A6A6", "#BFBFBF"),
        "shaped": ("#806000", "#A9D18E", "#C55A11", "#548235", "#F4B183"),
        "yearly": ("#7F7F7F", "#BF8F00", "#C55A11", "#806000"),
        "dispatch": ("#843C0C", "#F4B183", "#C55A11", "#BF8F00"),
        "variable": ("#FFC000", "#FFE699", "#F8CBAD", "#2E75B6", "#9DC3E6", "#70AD47"),
        "storage": ("#7030A0", "#9966CC", "#B4A7D6", "#D9D2E9"),
    }
)
purchase_ink = "#F4B6C2"
PATH_COLOURS = {"plan": "#1F4E78", "usual": "#7F7F7F", "free": "#BF8F00", "limit": "#C00000"}


def inks(results: xr.Dataset, language: str) -> dict[str, str]:
    """{label of a technology: its colour in every chart}, by how it runs."""
    names, seen, made = labels(results, "technology", "label", language), dict[str, int](), dict[str, str]()
    for g, operation in attributes(results, "technology", "technology_operation").items():
        shades = INKS.get(operation, PALETTE)
        made[names[g]] = shades[seen.get(operation, 0) % len(shades)]
        seen[operation] = seen.get(operation, 0) + 1
    return made


def capacity_chart(
    workbook: xlsxwriter.Workbook, block: Block, table: Table, output: str, *, skip: frozenset[str], ink: Mapping[str, str], language: str
) -> Chart:
    """Stacked columns of what gives out one commodity, a series for each technology."""
    years = [name for name in table.frame.columns if isinstance(name, int)]
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    places = [
        place
        for place, record in enumerate(table.frame.to_dict("records"))
        if record["output"] == output and record["technology"] not in skip
    ]
    for place in places:
        chart.add_series(
            {
                "name": [block.name, block.first + place, block.columns["technology"]], "categories": _header(block, years),
                "values": block.row(place, years), "fill": {"color": ink[table.frame["technology"].iloc[place]]}, "gap": 40,
            }
        )  # fmt: skip
    unit = str(table.frame["unit"].iloc[places[0]])
    return _dressed(chart, word("chart_capacity", language).format(output), x=word("year", language), y=unit, language=language)


def path_chart(workbook: xlsxwriter.Workbook, block: Block, table: Table, *, language: str) -> Chart:
    """Lines of an indicator in the plan and its baselines over true years, its targets as marks."""
    years = [name for name in table.frame.columns if isinstance(name, int)]
    chart = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    for place, record in enumerate(table.frame.to_dict("records")):
        colour, limit = PATH_COLOURS[record["_path"]], record["_path"] == "limit"
        chart.add_series(
            {
                "name": [block.name, block.first + place, block.columns["path"]], "categories": _header(block, years), "values": block.row(place, years),
                "line": {"none": True} if limit else {"color": colour, "width": 2.5 if record["_path"] == "plan" else 1.5, "dash_type": "solid" if record["_path"] == "plan" else "dash"},
                "marker": {"type": "diamond", "size": 9, "fill": {"color": colour}, "border": {"color": colour}} if limit else {"type": "none"},
            }
        )  # fmt: skip
    first = table.frame.iloc[0]
    title = word("chart_carbon" if "limit" in set(table.frame["_path"]) else "chart_path", language).format(first["indicator"])
    chart = _dressed(chart, title, x=word("year", language), y=str(first["unit"]), language=language)
    chart.set_x_axis(
        _axis(word("year", language), language)
        | {
            "min": years[0],
            "max": years[-1],
            "major_unit": 5 if years[-1] - years[0] >= 10 else 1,
            "num_format": "0",
            "label_position": "low",
        }
    )
    return chart


def investment_chart(workbook: xlsxwriter.Workbook, block: Block, table: Table, *, language: str) -> Chart:
    """Stacked columns of yearly investment, a series for each payer."""
    heads = [name for name in table.frame.columns if str(name)[:4].isdigit()]
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    payers = [place for place, record in enumerate(table.frame.to_dict("records")) if record.get("_total") is not True]
    for colour, place in enumerate(payers):
        chart.add_series(
            {
                "name": [block.name, block.first + place, block.columns["payer"]], "categories": _header(block, heads), "values": block.row(place, heads),
                "fill": {"color": PALETTE[colour % len(PALETTE)]}, "gap": 40,
            }
        )  # fmt: skip
    unit = str(table.frame["unit"].iloc[0]) if len(table.frame) else ""
    return _dressed(chart, word("chart_investment", language), x=word("year", language), y=unit, language=language)


def day_chart(
    workbook: xlsxwriter.Workbook, block: Block, day: Day, *, key: str, unit: str, ink: Mapping[str, str], language: str
) -> Chart:
    """A day's supply as stacked areas, the load as a line on top."""
    chart = workbook.add_chart({"type": "area", "subtype": "stacked"})
    for name in day.supply:
        colour = ink.get(name, purchase_ink)
        chart.add_series(
            {
                "name": [block.name, block.header, block.columns[name]],
                "categories": block.cells("hour"),
                "values": block.cells(name),
                "fill": {"color": colour},
                "border": {"none": True},
            }
        )
    line, load = workbook.add_chart({"type": "line"}), word("load", language)
    line.add_series(
        {
            "name": [block.name, block.header, block.columns[load]],
            "categories": block.cells("hour"),
            "values": block.cells(load),
            "line": {"color": "#000000", "width": 2.25},
        }
    )
    chart.combine(line)
    return _dressed(chart, word(key, language).format(day.commodity, day.year), x=word("hour", language), y=unit, language=language)


def _header(block: Block, names: Sequence[Any]) -> list[Any]:
    return [block.name, block.header, block.columns[names[0]], block.header, block.columns[names[-1]]]


def _axis(name: str, language: str) -> dict[str, Any]:
    font = {"name": word("font", language), "size": 9}
    return {"name": name, "name_font": font | {"bold": False}, "num_font": font, "major_gridlines": {"visible": False}}


def _dressed(chart: Chart, title: str, *, x: str, y: str, language: str) -> Chart:
    chart.set_title(
        {"name": title, "name_font": {"name": word("font", language), "size": 12, "bold": True, "color": "#1F4E78"}, "overlay": False}
    )
    chart.set_x_axis(_axis(x, language))
    chart.set_y_axis(
        _axis(y, language) | {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}, "num_format": "#,##0.##"}
    )
    chart.set_legend({"position": "right", "font": {"name": word("font", language), "size": 8}})
    chart.set_size({"width": 720, "height": 400})
    return chart
