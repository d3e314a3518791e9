"""A sheet of a template: a table with its headings, what each says, its rows and its rules."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from model.case.read.fields import needed_columns
from model.case.tables.choices import choices
from model.case.tables.headings import ORIGIN
from model.case.tables.rows import TABLES
from model.case.write.cells import holds_number
from model.report.layout import width
from model.report.template.cells import PROTECTION, faulty, free, head, write
from model.report.template.colours import watch
from model.report.template.column_words import comment, heading, shown_word
from model.report.template.lists import Lists
from model.report.template.plan import TableSheet
from model.report.writers.styles import Styles

narrowest, widest = 9, 46
comment_width, comment_line = 300, 18


def fill_table(worksheet: Worksheet, sheet: TableSheet, lists: Lists, styles: Styles) -> None:
    """The whole sheet. Headings and the ids that stand are locked, without a password; all else is free."""
    language, needed = styles.language, needed_columns(sheet.table)
    for place, column in enumerate(sheet.columns):
        worksheet.set_column(place, place, _width(sheet, column, language), free(styles))
        worksheet.write_string(0, place, heading(column, language), head(styles, needed=column in needed))
        told = comment(sheet.table, column, language)
        lines = sum(1 + width(line) * 6 // comment_width for line in told.split("\n"))
        worksheet.write_comment(0, place, told, {"width": comment_width, "height": comment_line * (lines + 1), "author": "measures"})
    for row, written in enumerate(sheet.rows, start=1):
        for place, column in enumerate(sheet.columns):
            text = written.origin if column == ORIGIN[0] else written.cells.get(column, "")
            if not text or (column == ORIGIN[0] and text == sheet.table):
                continue
            known = column in TABLES[sheet.table].model_fields
            shown = shown_word(sheet.table, column, text, language)
            write(worksheet, row, place, shown, styles, number=known and holds_number(sheet.table, column), locked=column == "id")
    watch(worksheet, sheet, lists, faulty(styles), language)
    worksheet.ignore_errors({"number_stored_as_text": f"A1:{sheet.letter(sheet.columns[-1])}{sheet.last}"})
    worksheet.set_row(0, 30)
    worksheet.freeze_panes(1, 1)
    worksheet.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    worksheet.protect("", PROTECTION)
    _for_print(worksheet, sheet)


def _for_print(worksheet: Worksheet, sheet: TableSheet) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.print_area(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    worksheet.set_header("&L&A")
    worksheet.set_footer("&C&P / &N")


def _width(sheet: TableSheet, column: str, language: str) -> float:
    """Wide enough for the heading over two lines and for most of what stands below."""
    texts = [row.origin if column == ORIGIN[0] else row.cells.get(column, "") for row in sheet.rows]
    longest = sorted(map(width, texts))[int(0.9 * (len(texts) - 1))] if texts else 0
    known = choices(sheet.table, column) if column in TABLES[sheet.table].model_fields else {}
    words = max((width(text) for pair in known.values() for text in pair), default=0)
    return float(min(max(longest + 2, words + 2, width(heading(column, language)) // 2 + 4, narrowest), widest))
