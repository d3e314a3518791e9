"""A report as a workbook: a sheet for each page, and all its charts on one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from model.report.pages.page import Page, Report
from model.report.words import word
from model.report.writers.charts import KINDS, drawn
from model.report.writers.print_layout import laid_out
from model.report.writers.sheet import (
    Block,
    add_sheet,
    finish,
    lock,
    shape_of,
    title_rows,
    write_legend,
    write_table,
    write_title,
    write_unprinted,
)
from model.report.writers.styles import Styles
from model.results.whole_file import whole_file

NEVER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DRAWING = Page("charts", {})
charts_across, chart_columns, chart_rows, rows_on_a_page = 2, 13, 25, 2
chart_tab, page_tab, background_tab = "#BF8F00", "#1F4E78", "#7F7F7F"


def write_workbook(path: Path, report: Report) -> None:
    """Whole or not at all; one that is there already is replaced. Raises OSError where it cannot be written."""
    with kept_whole(path) as workbook:
        _compose(workbook, report)


@contextmanager
def kept_whole(path: Path, **options: bool) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to be filled, in which no text is a formula or a link, and which takes its name when it is whole; `options` are those of its writer.

    Raises OSError where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with whole_file(path) as partial:
            workbook = xlsxwriter.Workbook(partial, {**NEVER, **options})
            try:
                yield workbook
                workbook.close()
            finally:
                workbook.fileclosed = True  # or what failed is written once more as Python throws it away
    except XlsxFileError as error:  # what the system said is inside it
        raise next((told for told in error.args if isinstance(told, OSError)), OSError(str(error))) from error


def _compose(workbook: xlsxwriter.Workbook, report: Report) -> None:
    drawing = [DRAWING] if any(chart.kind in KINDS for page in report.pages for chart in page.charts) else []
    shown = [page for page in report.pages if not page.files_only]
    pages = [*shown[: report.cover], *drawing, *shown[report.cover :]]
    workbook.set_properties({"title": report.title, "subject": report.subject, "comments": "measures"})
    styles = Styles(workbook, report.language)
    workbook.formats[0].set_font_name(styles.get().font_name)
    sheets, charts = {page.key: _sheet(styles, page, report) for page in pages}, []
    for page in pages:
        blocks = _fill(sheets[page.key], styles, page, report)
        charts += [drawn(workbook, chart, blocks, report.language) for chart in page.charts if chart.kind in KINDS]
    for place, chart in enumerate(charts):
        row, column = title_rows + place // charts_across * chart_rows, place % charts_across * chart_columns
        sheets[DRAWING.key].insert_chart(row, column, chart)
    if charts:  # no chart is cut in two in print
        rows_of_charts = -(-len(charts) // charts_across)
        breaks = range(rows_on_a_page, rows_of_charts, rows_on_a_page)
        sheets[DRAWING.key].set_h_pagebreaks([title_rows + place * chart_rows - 1 for place in breaks])


def _sheet(styles: Styles, page: Page, report: Report) -> Worksheet:
    colour = chart_tab if page is DRAWING else background_tab if page.background else page_tab
    return add_sheet(styles, page.name or word(page.key, report.language), title=report.title, version=report.version, colour=colour)


def _fill(sheet: Worksheet, styles: Styles, page: Page, report: Report) -> dict[str, Block]:
    """The tables of a page one below the other, empty ones after the first left out; where each stands."""
    subtitle, blank = f"{report.title}  {report.version or report.subject}", set() if page.one_page else _blank(page)
    row, blocks, language = (
        write_title(sheet, styles, page.name or word(page.key, report.language), subtitle),
        dict[str, Block](),
        report.language,
    )
    parts = {
        name: part
        for place, (name, part) in enumerate(page.tables.items())
        if not place or len(part.frame) or (page.one_page and part.notes)
    }
    parts = dict(sorted(parts.items(), key=lambda one: one[0] in page.unprinted))
    shapes = {name: shape_of(part, language, blank=blank, printed=name not in page.unprinted) for name, part in parts.items()}
    if not parts:
        return blocks
    layout, last = laid_out([shape for _, shape in shapes.values()], one_page=page.one_page), None
    for name, part in parts.items():
        if name in page.unprinted and last is None:
            last, row = row - 1, write_unprinted(sheet, styles, row)
        blocks[name] = write_table(sheet, styles, row, part, *shapes[name], layout, dash_zero=page.dash_zero)
        row = blocks[name].after
    write_legend(sheet, styles, page.tables.values())
    if any(part.open for part in page.tables.values()):
        lock(sheet)
    sheet.print_area(0, 0, row - 1 if last is None else last, layout.printed - 1 + layout.beyond)
    finish(sheet, list(blocks.values()), layout, freeze_columns=page.named_by, filtered=page.filtered or len(page.tables) == 1)
    return blocks


def _blank(page: Page) -> set[Any]:
    """Columns of texts in which nothing stands in any table of a page."""
    texts = dict[Any, bool]()
    for part in page.tables.values():
        for name in part.columns if len(part.frame) else ():
            texts[name] = texts.get(name, True) and all(value == "" for value in part.frame[name].tolist())
    return {name for name, empty in texts.items() if empty}
