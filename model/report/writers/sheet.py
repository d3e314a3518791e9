"""One sheet of the workbook: titled blocks of cells, ready for print; no text ever becomes a formula, only sums are written as such."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from model.report.cell_places import places_of
from model.report.display import printable
from model.report.layout import width
from model.report.tables import Table
from model.report.words import word, word_or
from model.report.writers.print_layout import A4_ACROSS, MARGINS, Layout, Shape, letters_a_width, note_height
from model.report.writers.styles import WORD_COLOURS, Styles, cell_format, row_look
from model.report.writers.sums import summed

longest_cell, widest_column, widest_aside, narrowest_column, most_across = 32_000, 46, 30, 7, 100
narrowest_number, most_of_number, narrowest_text, longest_part, shortest_piece = 6.0, 9.0, 7.0, 14, 4
PARTS = re.compile(r"[\s;；,，、()（）/]+")
WIDEST = MappingProxyType(
    {
        "measure": 50, "clause": 30, "county": 32, "item": 58, "target": 40, "quote": 46, "source": 70, "note": 40, "payer": 26, "technology": 60,
        "task": 30, "bureau": 56, "measures_acting": 60, "taken_up": 90,
    }
)  # fmt: skip
title_rows = 3
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
    sheet.set_paper(A4_ACROSS.code)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**MARGINS)
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


def write_legend(sheet: Worksheet, styles: Styles, tables: Iterable[Table]) -> None:
    """What the colours of amounts mean that stand in these tables, in one line below the title, a cell a colour; nothing where there are none."""
    marks = [one for part in tables if "_words" in part.frame for one in part.frame["_words"] if one]
    found = {said for one in marks for said in one.values()}
    for column, name in enumerate([name for name in WORD_COLOURS if name in found], 1):
        look = styles.get(bg_color=WORD_COLOURS[name], border=1, border_color="#D9D9D9", align="center", font_size=8, shrink=True)
        sheet.write_string(title_rows - 1, column, word(f"legend_{name}", styles.language), look)
    if found:
        sheet.write_string(title_rows - 1, 0, word("legend", styles.language), styles.get(italic=True, font_color="#595959", font_size=8))


def write_unprinted(sheet: Worksheet, styles: Styles, row: int) -> int:
    """That what follows is for the screen; returns the row after it."""
    sheet.write_string(row, 0, word("not_printed", styles.language), styles.get(italic=True, font_color="#595959", font_size=8))
    return row + 2


def shape_of(table: Table, language: str, *, blank: Collection[Any] = (), printed: bool = True) -> tuple[list[Any], Shape]:
    """The columns of a table as they stand on its sheet, the ids last, and what is shown in them.

    Columns in which nothing stands (`blank`) and more than can be read across are left out.
    """
    named = [name for name in table.columns if name not in blank or name in table.open][:most_across]
    names, records = [*named, *table.ids], table.frame.to_dict("records")
    heading = [_heading(name, language) for name in names]
    texts = [[_shown(record, names, name) for name in names] for record in records]
    texts = [heading, *texts] if records or not table.notes else [[""] * len(names)]
    numbers = {name for name in names if not any(isinstance(record[name], str) and record[name] for record in records)}
    bounds = [_bounds(name, [row[at] for row in texts], number=name in numbers) for at, name in enumerate(names)]
    least, most = ([each[at] for each in bounds] for at in (0, 1))
    most = [min(wide, widest_aside) if name in table.aside else wide for name, wide in zip(names, most, strict=True)]
    return names, Shape(
        texts, least, most, sum(name not in table.aside for name in named), printed, (*notes_of(table, language), *table.warnings)
    )


def notes_of(table: Table, language: str) -> tuple[str, ...]:
    """Its notes, and that columns are left out where there are more than can be read across."""
    left_out = len(table.columns) - most_across
    return (*table.notes, *([word("note_shortened", language).format(left_out, "CSV")] if left_out > 0 else []))


def write_table(
    sheet: Worksheet, styles: Styles, row: int, table: Table, names: Sequence[Any], shape: Shape, layout: Layout, *, dash_zero: bool = False
) -> Block:  # fmt: skip
    """A table from `row` on, in the columns of its shape: its title, header, rows and notes. Text, numbers and sums are written.

    Of a table without rows that has notes these alone are written below its title.
    """
    language, notes = styles.language, notes_of(table, styles.language)
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
            style = cell_format(styles, record, names, name, look | may, dash_zero=dash_zero, wrapped=name not in table.aside)
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
    for place, high in enumerate(shape.heights(layout.widths) if header > row else ()):
        sheet.set_row(header + place, high)
    after = _write_notes(sheet, styles, last + 1, notes, table.warnings, layout) + 1
    return Block(sheet.get_name(), header, header + 1, last, after, {name: column for column, name in enumerate(names)})


def _write_notes(sheet: Worksheet, styles: Styles, row: int, notes: Sequence[str], warnings: Sequence[str], layout: Layout) -> int:
    """Each in one cell as wide as the paper and as high as it asks; returns the row after them."""
    last = layout.printed - 1 + layout.beyond
    for kind, look in ((notes, {"italic": True, "font_color": "#595959"}), (warnings, {"bold": True, "font_color": "#C00000"})):
        for note in map(_safe, kind):
            style = styles.get(**look, font_size=8, text_wrap=True)
            if last > 0:
                sheet.merge_range(row, 0, row, last, "", style)
            sheet.write_string(row, 0, note, style)
            sheet.set_row(row, note_height(note, layout.room))
            row += 1
    return row


def lock(sheet: Worksheet) -> None:
    """All cells but the open ones are locked, without a password: against a slip of the hand, not against anybody."""
    sheet.protect("", dict.fromkeys(LEFT_FREE, True))


def finish(sheet: Worksheet, blocks: Sequence[Block], layout: Layout, *, freeze_columns: int, filtered: bool = False) -> None:
    """Column widths and paper as laid out, panes frozen, the first header repeated where all blocks share it."""
    for column, wide in enumerate(layout.widths):
        sheet.set_column(column, column, wide)
    if layout.paper.upright:
        sheet.set_portrait()
    sheet.set_paper(layout.paper.code)
    sheet.fit_to_pages(1, layout.pages)
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


def _heading(name: Any, language: str) -> str:
    return str(word_or(name, language, name)) if isinstance(name, str) else str(name)


def _shown(record: Mapping[Any, Any], names: Sequence[Any], name: Any) -> str:
    """A cell as it reads."""
    value = record[name]
    if isinstance(value, str):
        return value
    if value is None or not math.isfinite(value) or name == "_id":
        return ""
    return f"{float(value):,.{places_of(record, names, name)}f}"


def _bounds(name: Any, texts: Sequence[str], *, number: bool) -> tuple[float, float]:
    """The least and the largest width of a column, heading first: numbers are never broken, words where they are longer than can be helped."""
    if name == "_id":
        wide = float(min(max(*map(width, texts), narrowest_column), widest_id))
        return wide, wide
    if name in TO_FILL:
        return TO_FILL[name], TO_FILL[name]
    longest = max(map(width, texts), default=0)
    if number and name not in WIDEST:
        held = max([*map(width, texts[1:]), *(min(width(part), longest_part) for part in PARTS.split(texts[0]))], default=0)
        wide = max(held / letters_a_width + 1.5, narrowest_number)
        return wide, max(wide, min(longest, most_of_number))
    held = max(
        (min(width(part) if part.isascii() else 2 * shortest_piece, longest_part) for text in texts for part in PARTS.split(text)),
        default=0,
    )
    wide = max(held / letters_a_width + 1.0, narrowest_text)
    return wide, max(wide, min(longest + 2.0, WIDEST.get(str(name), widest_column)))
