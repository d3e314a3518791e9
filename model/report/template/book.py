"""A case as a workbook that planners fill in: an index, the head, a sheet for each table, and the lists that its drop-downs show."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from model.case.read.sheet_names import INDEX, LISTS
from model.case.read.written import Written
from model.report.template.front import fill_head, fill_index, need_of
from model.report.template.lists import Lists
from model.report.template.plan import head_sheets, table_sheets
from model.report.template.table_sheet import fill_table
from model.report.words import of_both
from model.report.writers.styles import Styles
from model.report.writers.workbook import kept_whole

TABS = {"always": "#1F4E78", "mostly": "#1F4E78", "running": "#9DC3E6", "wanted": "#D9D9D9", "overlay": "#BF8F00"}


def write_template(path: Path, written: Written, language: str) -> None:
    """Whole or not at all. Raises OSError where it cannot be written, CodedError where an overlay has no room in the title of a sheet."""
    # Its parts are small and many: in files of their own they would cost more than all that is written.
    with kept_whole(path, in_memory=True) as workbook:
        _compose(workbook, written, language)


def _compose(workbook: xlsxwriter.Workbook, written: Written, language: str) -> None:
    styles = Styles(workbook, language)
    workbook.formats[0].set_font_name(styles.get().font_name)
    workbook.set_properties({"title": str(written.head.get("id", "")), "comments": "measures"})
    tables, heads = table_sheets(written, language), head_sheets(written, language)
    index = workbook.add_worksheet(of_both(*INDEX, language))
    front = [workbook.add_worksheet(one.title) for one in heads if not one.overlay]
    sheets = [workbook.add_worksheet(one.title) for one in tables if not one.overlay]
    laid = [workbook.add_worksheet(one.title) for one in heads if one.overlay]
    sheets += [workbook.add_worksheet(one.title) for one in tables if one.overlay]
    lists_sheet = workbook.add_worksheet(of_both(*LISTS, language))
    fill_index(index, tables, heads, written, styles)
    for worksheet, head in zip([*front, *laid], heads, strict=True):
        fill_head(worksheet, head, styles)
        worksheet.set_tab_color(TABS["overlay" if head.overlay else "always"])
    lists = Lists(lists_sheet, styles, written, tables)
    for worksheet, sheet in zip(sheets, tables, strict=True):
        fill_table(worksheet, sheet, lists, styles)
        worksheet.set_tab_color(TABS["overlay" if sheet.overlay else need_of(sheet.table)])
    lists_sheet.freeze_panes(1, 0)
    lists_sheet.protect("")
    lists_sheet.set_landscape()
    lists_sheet.set_paper(9)
    lists_sheet.fit_to_pages(1, 0)
    lists_sheet.print_area(0, 0, lists.filled, lists.across)
    for aside in (index, lists_sheet):
        aside.set_tab_color("#7F7F7F")
