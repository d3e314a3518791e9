"""The workbook of a study that is one answer: sheets of tables, and native charts drawn from their cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart

from model.report.sheet import Block, add_sheet, after, finish, write_table, write_title
from model.report.styles import Styles
from model.report.tables import Table
from model.report.words import word
from model.results.run import RunError

NEVER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLOURS = ("#1F4E78", "#BF8F00", "#548235", "#7030A0", "#C55A11", "#2E75B6")
chart_rows, chart_size = 25, {"width": 860, "height": 460}

Draw = Callable[[xlsxwriter.Workbook, Sequence[Block]], Chart]


@dataclass(frozen=True)
class Page:
    """A sheet: its word, its tables one under the other, and what is drawn from them."""

    key: str
    tables: Sequence[Table]
    charts: Sequence[Draw] = ()


def write_book(path: Path, pages: Sequence[Page], *, title: str, subject: str, language: str) -> None:
    """Whole or not at all. Raises RunError when the file exists."""
    if path.exists():
        raise RunError("exists", path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with xlsxwriter.Workbook(partial, NEVER) as workbook:
        workbook.set_properties({"title": title, "subject": subject, "comments": "measures"})
        styles = Styles(workbook, language)
        workbook.formats[0].set_font_name(styles.get().font_name)
        drawing = add_sheet(styles, word("charts", language), title=title, colour="#BF8F00") if any(p.charts for p in pages) else None
        charts = list[Chart]()
        for page in pages:
            name = word(page.key, language)
            sheet = add_sheet(styles, name, title=title)
            row, blocks = write_title(sheet, styles, subject, title), list[Block]()
            for part in page.tables:
                blocks.append(write_table(sheet, styles, row, part))
                row = after(blocks[-1], part) + 1
            finish(sheet, blocks, freeze_columns=1, filtered=len(page.tables) == 1)
            charts += [draw(workbook, blocks) for draw in page.charts]
        if drawing is not None:
            row = write_title(drawing, styles, subject, title)
            for place, chart in enumerate(charts):
                drawing.insert_chart(row + place * chart_rows, 0, chart)
            drawing.set_h_pagebreaks([row + place * chart_rows for place in range(1, len(charts))])
            drawing.activate()
    os.replace(partial, path)


def dressed_bars(chart: Chart, title: str, *, amount: str, language: str) -> Chart:
    """The same for bars: names downwards from the first row, `amount` along."""
    chart = dressed(chart, title, x=amount, y="", language=language, from_zero=True)
    chart.set_y_axis(
        {"reverse": True, "label_position": "low", "interval_unit": 1, "num_font": {"name": word("font", language), "size": 7}}
    )
    return chart


def dressed(chart: Chart, title: str, *, x: str, y: str, language: str, legend: bool = True, from_zero: bool = False) -> Chart:
    """Title, axes, legend and size as in every workbook of the program."""
    font = {"name": word("font", language), "size": 9}
    chart.set_title(
        {"name": title, "name_font": {"name": word("font", language), "size": 12, "bold": True, "color": "#1F4E78"}, "overlay": False}
    )
    axis: dict[str, Any] = {"num_font": font, "name_font": font | {"bold": False}, "num_format": "#,##0.##", "label_position": "low"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}}
    chart.set_x_axis(axis | {"name": x} | lines | ({"min": 0} if from_zero else {}))
    chart.set_y_axis(axis | {"name": y} | lines)
    chart.set_legend({"position": "bottom", "font": font} if legend else {"none": True})
    chart.set_size(chart_size)
    return chart
