"""Cells of a template: numbers as numbers, all else as text, whatever it begins with; ids that stand are locked, all others are free."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.case.read.workbook import cell_text
from model.case.write.cells import number_of
from model.report.writers.styles import Styles

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one when the cell is typed again
blue, pale, grey, ink = "#1F4E78", "#DDEBF7", "#7F7F7F", "#1F4E78"
# Rows and columns are not inserted into a sheet: a row between takes over the lock of the one above.
PROTECTION = {"format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True, "objects": True}


def free(styles: Styles, **look: Any) -> Format:
    """A cell that may be changed."""
    return styles.get(locked=False, **look)


def title(styles: Styles) -> Format:
    return styles.get(bold=True, font_size=16, font_color=ink)


def head(styles: Styles, *, needed: bool) -> Format:
    """A heading: dark where no cell below may stay empty."""
    look = {"bg_color": blue, "font_color": "#FFFFFF"} if needed else {"bg_color": pale, "font_color": ink}
    return styles.get(bold=True, border=1, border_color="#BFBFBF", text_wrap=True, align="center", **look)


def faulty(styles: Styles) -> Format:
    """What a rule makes of a cell that is wrong."""
    return styles.workbook.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006"})


def write(
    sheet: Worksheet, row: int, column: int, text: str, styles: Styles, *, number: bool = False, locked: bool = False, **more: Any
) -> None:
    """A cell as it is read again: a number where the column has numbers and the spreadsheet holds this very one."""
    look: dict[str, Any] = {"locked": locked, **({"font_color": grey} if locked else {}), **more}
    value = number_of(text) if number else None
    if value is not None and number_of(cell_text(value)) == value:
        sheet.write_number(row, column, value, styles.get(**look))
    elif text.startswith(FORMULA):
        sheet.write_string(row, column, text, styles.get(**look, quote_prefix=True))
    else:
        sheet.write_string(row, column, text, styles.get(**look))
