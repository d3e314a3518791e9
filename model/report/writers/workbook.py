"""A report as a workbook: a sheet for each page, and all its charts on one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from model.report.pages.page import Page, Report
from model.report.words import word
from model.report.writers.charts import drawn
from model.report.writers.sheet import Block, add_sheet, finish, title_rows, write_table, write_title
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
    drawing = [DRAWING] if any(page.charts for page in report.pages) else []
    pages = [*report.pages[: report.cover], *drawing, *report.pages[report.cover :]]
    workbook.set_properties({"title": report.title, "subject": report.subject, "comments": "measures"})
    styles = Styles(workbook, report.language)
    workbook.formats[0].set_font_name(styles.get().font_name)
    sheets, charts = {page.key: _sheet(styles, page, report) for page in pages}, []
    for page in pages:
        blocks = _fill(sheets[page.key], styles, page, report)
        charts += [drawn(workbook, chart, blocks, report.language) for chart in page.charts]
    for place, chart in enumerate(charts):
        row, column = title_rows + place // charts_across * chart_rows, place % charts_across * chart_columns
        sheets[DRAWING.key].insert_chart(row, column, chart)
    if charts:  # no chart is cut in two in print
        rows_of_charts = -(-len(charts) // charts_across)
        breaks = range(rows_on_a_page, rows_of_charts, rows_on_a_page)
        sheets[DRAWING.key].set_h_pagebreaks([title_rows + place * chart_rows - 1 for place in breaks])


def _sheet(styles: Styles, page: Page, report: Report) -> Worksheet:
    colour = chart_tab if page is DRAWING else background_tab if page.background else page_tab
    return add_sheet(styles, word(page.key, report.language), title=report.title, colour=colour)


def _fill(sheet: Worksheet, styles: Styles, page: Page, report: Report) -> dict[str, Block]:
    """The tables of a page one below the other, empty ones after the first left out; where each stands."""
    row, blocks = write_title(sheet, styles, word(page.key, report.language), f"{report.title}  {report.subject}"), dict[str, Block]()
    for name, part in page.tables.items():
        if blocks and part.frame.empty:
            continue
        blocks[name] = write_table(sheet, styles, row, part, dash_zero=page.dash_zero)
        row = blocks[name].after
    finish(sheet, list(blocks.values()), freeze_columns=page.named_by, filtered=page.filtered or len(page.tables) == 1)
    return blocks
