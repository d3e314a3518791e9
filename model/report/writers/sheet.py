"""One sheet of the workbook: titled blocks of cells, ready for print; no text ever becomes a formula, only sums are written as such."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from model.report.display import printable
from model.report.layout import width
from model.report.tables import Table
from model.report.words import word, word_or
from model.report.writers.styles import Styles, cell_format, row_look
from model.report.writers.sums import summed

longest_cell, widest_column, narrowest_column, most_across = 32_000, 46, 7, 100
WIDEST = MappingProxyType(
    {
        "measure": 40, "clause": 30, "county": 32, "item": 58, "target": 40, "quote": 46, "source": 70, "note": 40, "payer": 24, "technology": 60,
        "task": 30, "bureau": 40, "measures_acting": 60, "taken_up": 90,
    }
)  # fmt: skip
line_height, title_rows, upright = 12.0, 3, 110  # a sheet as narrow as that is printed upright
LEFT_FREE = ("format_cells", "format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
widest_id = 14
TO_FILL = MappingProxyType(
    {"progress_done": 11.0, "progress_state": 11.0, "progress_reason": 30.0}
)  # empty when written, and wide enough to be filled in


@dataclass(frozen=True)
class Block:
    """Where a table stands: its header row, first and last row of cells, the row that is free after it, and column of each name; all from 0."""

    name: str
    header: int
    first: int
    last: int
    after: int
    columns: Mapping[Any, int]
    texts: Sequence[Sequence[int]]
    widths: Sequence[float]

    def cells(self, column: Any, rows: tuple[int, int] | None = None) -> list[Any]:
        """[sheet, first row, column, last row, column], as a chart wants it; of all rows, or from one place to another."""
        first, last = rows or (0, self.last - self.first)
        return [self.name, self.first + first, self.columns[column], self.first + last, self.columns[column]]

    def row(self, row: int, columns: Sequence[Any]) -> list[Any]:
        """[sheet, row, first column, row, last column] of one row of the sheet across neighbouring columns."""
        return [self.name, row, self.columns[columns[0]], row, self.columns[columns[-1]]]


def add_sheet(styles: Styles, name: str, *, title: str, version: str = "", colour: str = "#1F4E78") -> Worksheet:
    """A new sheet with its print set-up: A4 landscape, one page wide, case and title in the header, version and page numbers below."""
    sheet = styles.workbook.add_worksheet(name[:31])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.35, right=0.35, top=0.55, bottom=0.5)
    sheet.set_header(f"&L&9{title.replace('&', '&&')[:180]}&R&9&A")
    sheet.set_footer(f"&L&9{version.replace('&', '&&')[:150]}&R&9{word('page_footer', styles.language)}")
    sheet.hide_gridlines(2)
    sheet.set_tab_color(colour)
    return sheet


def write_title(sheet: Worksheet, styles: Styles, title: str, subtitle: str) -> int:
    """The title rows; returns the row after them."""
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, _safe(title), styles.get(bold=True, font_size=16, font_color="#1F4E78"))
    sheet.write_string(1, 0, _safe(subtitle), styles.get(italic=True, font_color="#595959"))
    return title_rows


def write_table(sheet: Worksheet, styles: Styles, row: int, table: Table, *, dash_zero: bool = False, blank: Collection[Any] = ()) -> Block:
    """A table from `row` on: its title, header, rows and notes. Text, numbers and sums are written, and no more columns than can be read.

    Of a table without rows that has notes these alone are written below its title; columns in which nothing stands (`blank`) are left out.
    """
    language, notes = styles.language, table.notes
    names, ids = [name for name in table.columns if name not in blank or name in table.open], table.ids
    if len(names) > most_across:
        notes = (*notes, word("note_shortened", language).format(len(names) - most_across, "CSV"))
        names = names[:most_across]
    names = [*names, *ids]
    sheet.write_string(row, 0, _safe(table.title), styles.get(bold=True, font_size=12, font_color="#1F4E78"))
    header = row + 1 if len(table.frame) or not notes else row
    heading = styles.get(
        bold=True, font_color="#FFFFFF", bg_color="#1F4E78", border=1, border_color="#BFBFBF", align="center", text_wrap=True
    )
    for column, name in enumerate(names if header > row else ()):
        _write(sheet, header, column, word_or(name, language, name) if isinstance(name, str) else name, heading)
    records = table.frame.to_dict("records")
    for place, record in enumerate(records):
        look = row_look(record)
        for column, name in enumerate(names):
            may = {"locked": False} if name in table.open else {}
            style = cell_format(styles, record, names, name, look | may, dash_zero=dash_zero)
            added = summed(records, place, names, name)
            if added is None:
                _write(sheet, header + 1 + place, column, record[name] or "" if name == "_id" else record[name], style)
            else:
                (top, left), (bottom, right) = added
                cells = xl_range(header + 1 + top, left, header + 1 + bottom, right)
                sheet.write_formula(header + 1 + place, column, f"=SUM({cells})", style, float(record[name]))
    last = header + len(records)
    for name in (one for one in table.choices if records):
        area = (header + 1, names.index(name), last, names.index(name))
        sheet.data_validation(*area, {"validate": "list", "source": list(table.choices[name])})
    for place, note in enumerate(notes + table.warnings):
        warned = {"bold": True, "font_color": "#C00000"} if place >= len(notes) else {"italic": True, "font_color": "#595959"}
        sheet.write_string(last + 1 + place, 0, _safe(note), styles.get(**warned, font_size=8))
    texts = [[width(str(word_or(name, language, name)) if isinstance(name, str) else "2030") for name in names]]
    texts += [[width(record[name]) if isinstance(record[name], str) else 0 for name in names] for record in records]
    widths = [_column_width(name, [line[column] for line in texts]) for column, name in enumerate(names)]
    columns, after = {name: column for column, name in enumerate(names)}, last + len(notes + table.warnings) + 2
    return Block(sheet.get_name(), header, header + 1, last, after, columns, texts, widths)


def lock(sheet: Worksheet) -> None:
    """All cells but the open ones are locked, without a password: against a slip of the hand, not against anybody."""
    sheet.protect("", dict.fromkeys(LEFT_FREE, True))


def finish(sheet: Worksheet, blocks: Sequence[Block], *, freeze_columns: int, filtered: bool = False) -> None:
    """Column widths and row heights over all blocks, panes frozen, the first header repeated where all blocks share it."""
    if not blocks:
        return
    widths = [
        max(block.widths[column] for block in blocks if column < len(block.widths))
        for column in range(max(len(block.widths) for block in blocks))
    ]
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    if sum(widths) <= upright:
        sheet.set_portrait()
    for block in blocks:
        for place, texts in enumerate(block.texts):
            lines = max(1 if text <= wide + 1 else math.ceil(1.1 * text / wide) for text, wide in zip(texts, widths, strict=False))
            sheet.set_row(block.header + place, line_height * max(lines, 1) + 1.0)
    first = blocks[0]
    shared = all(list(block.columns) == list(first.columns) for block in blocks)
    sheet.freeze_panes(first.header + 1 if shared else title_rows - 1, freeze_columns)
    if shared:
        sheet.repeat_rows(first.header)
    if filtered and first.last >= first.first:
        sheet.autofilter(first.header, 0, first.last, len(first.columns) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _safe(value), style)
    elif value is None or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, float(value), style)


def _safe(text: str) -> str:
    return printable(text)[:longest_cell]


def _column_width(name: Any, texts: Sequence[int]) -> float:
    """Wide enough for numbers or for the longest text, within bounds."""
    if name == "_id":
        return float(min(max(*texts, narrowest_column), widest_id))
    if name in TO_FILL:
        return TO_FILL[name]
    if max(texts[1:], default=0) == 0 and name not in WIDEST:
        return float(min(max(texts[0] + 2, 9), 13))
    return float(min(max(max(texts) + 2, narrowest_column), WIDEST.get(str(name), widest_column)))
