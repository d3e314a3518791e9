"""The workbook of a sweep: what moves the outcome first, with native charts drawn from its cells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
import xlsxwriter
from xlsxwriter.chart import Chart

from model.report.display import tidy
from model.report.sheet import Block, add_sheet, after, finish, write_table, write_title
from model.report.studies.deadline_tables import deadline_table, flips_by_year_table, flips_chart
from model.report.studies.sweep_tables import (
    effect_table,
    explained_tables,
    flip_table,
    headline_table,
    outcome_name,
    outcomes,
    scenario_table,
)
from model.report.styles import Styles
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word
from model.results.effects import REFERENCE

NEVER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LOW, HIGH = "#2E75B6", "#C55A11"
most_bars, chart_rows, chart_columns = 20, 27, 14


def write_sweep_workbook(path: Path, results: xr.Dataset, language: str) -> None:
    """Whole or not at all; one that is there already is replaced."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    title = f"{results.attrs[f'case_label_{language}']}  {results.attrs['study']}"
    with xlsxwriter.Workbook(partial, NEVER) as workbook:
        workbook.set_properties({"title": title, "comments": "measures"})
        styles = Styles(workbook, language)
        workbook.formats[0].set_font_name(styles.get().font_name)
        drawing = add_sheet(styles, word("charts", language), title=title, colour="#BF8F00")
        charts: list[Chart] = []
        asked = outcomes(results)
        names = [outcome_name(results, outcome, language)[:2] for outcome in asked]
        if results.attrs["kind"] == "tornado":
            parts = [effect_table(results, outcome, language) for outcome in asked]
            blocks = _sheet(styles, "effects", parts, title, freeze=1)
            charts += [
                _tornado(workbook, *pair, name, language=language)
                for pair, name in zip(zip(blocks, parts, strict=True), names, strict=True)
            ]
        elif explained := explained_tables(results, language):
            blocks = _sheet(styles, "explained", explained, title, freeze=1)
            charts += [_explained(workbook, block, name[0], language=language) for block, name in zip(blocks, names, strict=True)]
        if results.attrs["kind"] in ("grid", "scenarios"):
            charts += _costs(styles, results, title)
        _sheet(styles, "scenarios", [scenario_table(results, language)], title, freeze=1)
        by_year = flips_by_year_table(results, language)
        flipping = _sheet(styles, "flips", [flip_table(results, language), by_year], title, freeze=1)
        if len(by_year.frame) and results.sizes["year"] > 1:
            charts.append(flips_chart(workbook, flipping[1], by_year, language))
        _sheet(styles, "decide_by", [deadline_table(results, language)], title, freeze=1)
        _sheet(styles, "headlines", [headline_table(results, language)], title, freeze=1)
        row = write_title(drawing, styles, word("charts", language), title)
        for place, chart in enumerate(charts):
            drawing.insert_chart(row + place * chart_rows, 0, chart)
        drawing.activate()
    os.replace(partial, path)


def _sheet(styles: Styles, key: str, parts: list[Table], title: str, *, freeze: int) -> list[Block]:
    name = word(key, styles.language)
    sheet = add_sheet(styles, name, title=title)
    row, made = write_title(sheet, styles, name, title), []
    for part in parts:
        made.append(write_table(sheet, styles, row, part))
        row = after(made[-1], part)
    finish(sheet, made, freeze_columns=freeze, filtered=len(made) == 1)
    return made


def _tornado(workbook: xlsxwriter.Workbook, block: Block, part: Table, name: tuple[str, str], *, language: str) -> Chart:
    """Bars to both sides of the reference, longest on top; numbers at whose ends there is no plan are left to the table."""
    first = _first_with_plan(part)
    last = min(block.last, block.first + first + most_bars - 1)
    chart = workbook.add_chart({"type": "bar"})
    for column, colour in (("at_low", LOW), ("at_high", HIGH)):
        chart.add_series(
            {
                "name": [block.name, block.header, block.columns[column]],
                "categories": [block.name, block.first + first, block.columns["lever"], last, block.columns["lever"]],
                "values": [block.name, block.first + first, block.columns[column], last, block.columns[column]],
                "fill": {"color": colour}, "gap": 40, "overlap": 100,
            }
        )  # fmt: skip
    return _dressed(chart, word("chart_effects", language).format(name[0]), value=name[1], language=language, upside_down=True)


def _first_with_plan(part: Table) -> int:
    ends = part.frame[["at_low", "at_high"]].to_numpy(dtype=float)
    planned = np.flatnonzero(np.isfinite(ends).all(axis=1))
    return int(planned[0]) if len(planned) else 0


def _explained(workbook: xlsxwriter.Workbook, block: Block, name: str, *, language: str) -> Chart:
    """The most telling figure of each number, largest on top."""
    column = block.columns["lever"] + 1
    last = min(block.last, block.first + most_bars - 1)
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [block.name, block.header, column], "categories": [block.name, block.first, block.columns["lever"], last, block.columns["lever"]],
            "values": [block.name, block.first, column, last, column], "fill": {"color": LOW}, "gap": 40,
        }
    )  # fmt: skip
    head = next(str(key) for key, at in block.columns.items() if at == column)
    title = word("chart_explained", language).format(name, word(head, language))
    return _dressed(chart, title, value=word(head, language), language=language, upside_down=True)


def _costs(styles: Styles, results: xr.Dataset, title: str) -> list[Chart]:
    """Cost against the one number of a grid, or the difference to the reference by scenario; no chart where none has a plan."""
    language, (unit, factor) = styles.language, display_unit("亿元", styles.language)
    planned = [at for at, value in enumerate(results["objective"].values) if np.isfinite(value)]
    base = float(results["objective"].sel(scenario=REFERENCE))
    one = results.sizes["lever"] == 1 and results.attrs["kind"] == "grid"
    rows: list[dict[Any, Any]] = []
    for at in planned:
        name = str(results["scenario"].values[at])
        if name == REFERENCE:
            continue
        cost = float(results["objective"].values[at])
        if one:
            rows.append({"value": float(results["set_value"].values[at, 0]), "cost_found": tidy(cost * factor)})
        else:
            rows.append({"scenario": name, "difference": tidy((cost - base) * factor)})
    columns = ["value", "cost_found"] if one else ["scenario", "difference"]
    if one:
        rows.sort(key=lambda row: row["value"])
    label = str(results[f"lever_label_{language}"].values[0])
    heading = word("chart_path_of", language).format(label) if one else word("chart_scenarios", language)
    part = table(f"{heading} ({unit})", columns, rows)
    (block,) = _sheet(styles, "costs", [part], title, freeze=0)
    if not rows:
        return []
    chart = styles.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"} if one else {"type": "column"})
    series: dict[str, Any] = {"name": heading, "categories": block.cells(columns[0]), "values": block.cells(columns[1])}
    chart.add_series(series | ({"line": {"color": LOW}} if one else {"fill": {"color": LOW}, "gap": 40}))
    return [_dressed(chart, heading, value=unit, language=language, upside_down=False)]


def _dressed(chart: Chart, title: str, *, value: str, language: str, upside_down: bool) -> Chart:
    font = {"name": word("font", language), "size": 9}
    chart.set_title({"name": title, "name_font": {"name": word("font", language), "size": 12, "bold": True, "color": "#1F4E78"}})
    numbers = {"name": value, "name_font": font | {"bold": False}, "num_font": font, "num_format": "#,##0.##"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}}
    if upside_down:  # bars lie: names stand on the y axis, the first on top
        chart.set_y_axis({"reverse": True, "num_font": font, "label_position": "low"})
        chart.set_x_axis(numbers | lines)
    else:
        chart.set_x_axis({"num_font": font, "label_position": "low"})
        chart.set_y_axis(numbers | lines)
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 900, "height": 520})
    return chart
