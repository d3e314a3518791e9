"""A short deck for a projector: the answer, then targets, schedule, investment and prices, as charts and tables that can be edited where they are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from model.case.faults import CodedError
from model.report.cell_places import places_of
from model.report.display import printable, shown
from model.report.layout import width
from model.report.pages.page import Chart, Page, Report, Series
from model.report.tables import Table, year_columns
from model.report.words import word, word_or
from model.report.writers import bullets
from model.results.whole_file import whole_file

# What a slide shows: a section of the page, and which of its charts or tables.
SLIDES = (
    ("section_targets", "targets"), ("section_brief", "brief-matters"), ("section_schedule", "build-schedule"), ("section_schedule", "capacity"), ("section_money", "investment-by-payer"),
    ("section_prices", "target-prices"),
)  # fmt: skip
# Columns that a table on a slide has, as far as it has them: what can be read from the last row.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "targets": ("target", "year", "sense", "required", "achieved", "unit", "state"),
    "brief-matters": ("matter", "decide_by", "amount", "unit", "invested", "in_force", "bureau"),
    "build-schedule": ("measure", "unit"),
    "target-prices": ("target", "year", "price_yearly", "price", "price_unit"),
}
YEARS = ("year", "decide_by", "in_force")
NATIVE = ("columns", "bars", "lines", "areas")
most_rows, most_columns, most_letters, beside_text = 12, 14, 46, 3  # letters are narrow ones, of which a Chinese one has two
wide, high, edge, under_title, in_cell = 13.333, 7.5, 0.6, 1.45, 0.06  # inches of a slide of 16 : 9
title_size, long_title_size, body_size, table_size, large_size = 30, 24, 18, 12, 16  # points
long_title, few_rows = 44, 6  # letters from which a title, and rows up to which a table has letters of another size
INK, ACCENT, WASH = "1D2935", "0B5A8A", "EEF2F5"


def write_slides(path: Path, report: Report, *, public: bool) -> None:
    """Whole or not at all. Raises CodedError where the library for slides is not installed, OSError where the file cannot be written."""
    try:
        from pptx import Presentation
    except ModuleNotFoundError as error:
        raise CodedError("slides_absent") from error
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(wide), Inches(high)
    deck.core_properties.title, deck.core_properties.author = printable(report.title), "measures"
    _Deck(deck, report, public=public).fill()
    with whole_file(path) as partial:
        deck.save(str(partial))


class _Deck:
    """A deck while it is filled, in the language of its report."""

    def __init__(self, deck: Any, report: Report, *, public: bool) -> None:
        self.deck, self.report, self.language = deck, report, report.language
        brief = next((page.tables["brief-matters"] for page in report.pages if "brief-matters" in page.tables), None)
        self.matters = set() if brief is None else set(brief.frame["matter"].tolist())
        self.stamp = word("stamp_public" if public else "stamp_internal", report.language)

    def fill(self) -> None:
        self._answer()
        sections = {page.key: page for page in self.report.pages}
        for section, name in SLIDES:
            page = sections.get(section)
            if page is None or name not in page.tables or page.tables[name].frame.empty:
                continue
            chart = next((one for one in page.charts if one.table == name), None)
            if chart is not None and chart.kind in NATIVE:
                self._chart(page, chart)
            else:
                self._table(page, name, chart)

    def _slide(self, title: str) -> Any:
        """An empty slide with its title, the stamp and the version that it is of."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[6])
        self._text(
            slide,
            printable(title),
            (edge, 0.45, wide - 2 * edge, 0.9),
            long_title_size if width(title) > long_title else title_size,
            bold=True,
        )
        self._text(
            slide,
            f"{self.stamp}  {printable(self.report.title)}  {printable(self.report.version)}",
            (edge, high - 0.5, wide - 2 * edge, 0.4),
            10,
        )
        return slide

    def _answer(self) -> None:
        slide = self._slide(self.report.title)
        front = self.report.front
        lines = [*(front.answers if front else ()), *([("", front.supply)] if front and front.supply else ())]
        for at, (question, answer) in enumerate(lines):
            top = under_title + at * (high - under_title - 0.8) / max(len(lines), 4)
            if question:
                self._text(slide, printable(question), (edge, top, wide - 2 * edge, 0.4), 14, colour=ACCENT)
            self._text(slide, printable(answer), (edge, top + 0.38, wide - 2 * edge, 0.8), body_size)

    def _text(
        self, slide: Any, text: str, box: tuple[float, float, float, float], size: int, *, bold: bool = False, colour: str = INK
    ) -> None:
        from pptx.dml.color import RGBColor
        from pptx.util import Inches, Pt

        frame = slide.shapes.add_textbox(*(Inches(one) for one in box)).text_frame
        frame.word_wrap = True
        run = frame.paragraphs[0].add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, word("font", self.language)
        run.font.color.rgb = RGBColor.from_string(colour)

    def _chart(self, page: Page, chart: Chart) -> None:
        """Its numbers lie in a sheet inside the deck, from which the chart can be edited."""
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.enum.chart import XL_CHART_TYPE as KIND
        from pptx.enum.chart import XL_LEGEND_POSITION
        from pptx.util import Inches, Pt

        slide, table = self._slide(chart.title), page.tables[chart.table]
        data = CategoryChartData()
        rows = _drawn(chart, table)
        data.categories = [printable(str(one[chart.along])) for one in rows] if _by_rows(chart) else [str(head) for head in chart.along]
        for series in chart.series:
            data.add_series(printable(series.name), _amounts(chart, series, table, rows))
        kinds = {
            "bars": KIND.BAR_CLUSTERED,
            "lines": KIND.LINE_MARKERS,
            "areas": KIND.AREA_STACKED,
            "columns": KIND.COLUMN_STACKED if chart.stacked else KIND.COLUMN_CLUSTERED,
        }
        box = (Inches(edge), Inches(under_title), Inches(wide - 2 * edge), Inches(high - under_title - 0.6))
        made = slide.shapes.add_chart(kinds[chart.kind], *box, data).chart
        made.font.size, made.font.name = Pt(12), word("font", self.language)
        made.has_title, made.has_legend = False, len(chart.series) > 1
        if made.has_legend:
            made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        made.value_axis.has_title = bool(chart.y)
        if chart.y:
            made.value_axis.axis_title.text_frame.text = printable(chart.y)
        for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
            fill = drawn.format.fill
            fill.solid()
            fill.fore_color.rgb = RGBColor.from_string(series.colour.lstrip("#"))

    def _table(self, page: Page, name: str, chart: Chart | None) -> None:
        """Its first rows and columns, of targets the most urgent, of a schedule what is to be decided; what is left out is counted below."""
        from pptx.util import Inches

        table = page.tables[name]
        slide, columns = self._slide(chart.title if chart else table.title), _columns(name, table)
        whole = bullets.rows_drawn(chart, table) if chart and chart.kind == "bullets" else table.frame.to_dict("records")
        years = [head for head in columns if head in year_columns(table)]
        whole = [row for row in whole if not years or any(row[year] for year in years)]
        rows = sorted(whole, key=lambda row: row.get("measure") not in self.matters)[:most_rows]
        size = (Inches(edge), Inches(under_title), Inches(wide - 2 * edge), Inches(0.36 * (len(rows) + 1)))
        grid = slide.shapes.add_table(len(rows) + 1, len(columns), *size).table
        heads = [str(word_or(head, self.language, head) if isinstance(head, str) else head) for head in columns]
        lines = [[self._told(row, table, head, dash=page.dash_zero) for head in columns] for row in rows]
        weights = [_room([said, *texts]) for said, *texts in zip(heads, *lines, strict=True)]
        letters = large_size if len(rows) <= few_rows else table_size
        for at, weight in enumerate(weights):
            grid.columns[at].width = Inches((wide - 2 * edge) * weight / sum(weights))
            self._cell(grid.cell(0, at), heads[at], size=letters, bold=True)
        for place, (row, texts) in enumerate(zip(rows, lines, strict=True), 1):
            for at, (head, text) in enumerate(zip(columns, texts, strict=True)):
                self._cell(grid.cell(place, at), text, size=letters, right=_number(row[head]), bold=row.get("_total") is True)
        more, below = len(whole) - len(rows), [note for note in table.notes if note in table.links]
        below += [word("line_more", self.language).format(more)] if more > 0 else []
        if below:
            self._text(slide, printable(" ".join(below)), (edge, high - 0.85, wide - 2 * edge, 0.35), 11)

    def _told(self, row: Mapping[Any, Any], table: Table, head: Any, *, dash: bool) -> str:
        """A cell as the page has it: a year without its thousands, nothing as a dash where the page has one."""
        if not _number(row[head]):
            return middle_cut(printable(str(row[head] or "")), most_letters)
        if dash and not row[head]:
            return "–"
        text = shown(float(row[head]), places_of(row, table.columns, head))
        return text.replace(",", "") if head in YEARS else text

    def _cell(self, cell: Any, text: str, *, size: int, bold: bool = False, right: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches, Pt

        cell.text = printable(text)
        cell.margin_left = cell.margin_right = Inches(in_cell)
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(size), bold, word("font", self.language)
        if right:
            paragraph.alignment = PP_ALIGN.RIGHT


def middle_cut(text: str, columns: int) -> str:
    """A text in at most so many narrow letters, its beginning and its end, so that those that begin alike stay apart.

    >>> middle_cut("Pumped storage Longhua, unit 12", 15), middle_cut("丰宁抽水蓄能二号机组", 13)
    ('Pumped …unit 12', '丰宁抽…号机组')
    """
    if width(text) <= columns:
        return text
    head, tail = "", ""
    while width(head) + width(tail) + 1 < columns:
        grown = text[: len(head) + 1], text[len(text) - len(tail) - 1 :]
        head, tail = (grown[0], tail) if width(head) <= width(tail) else (head, grown[1])
        if width(head) + width(tail) + 1 > columns:
            return f"{head[:-1]}…{tail}" if width(head) > width(tail) else f"{head}…{tail[1:]}"
    return f"{head}…{tail}"


def _by_rows(chart: Chart) -> bool:
    return all(series.row is None for series in chart.series)


def _drawn(chart: Chart, table: Table) -> list[dict[Any, Any]]:
    records = table.frame.to_dict("records")
    first, last = chart.rows or (0, len(records) - 1)
    return records[first : last + 1]


def _amounts(chart: Chart, series: Series, table: Table, rows: Sequence[Mapping[Any, Any]]) -> list[float | None]:
    """The cells that a series draws; None where there is no number."""
    if series.row is None:
        cells = [row[series.column] for row in rows]
    else:
        record = table.frame.to_dict("records")[series.row]
        cells = [record[head] for head in chart.along]
    return [float(one) if _number(one) else None for one in cells]


def _columns(name: str, table: Table) -> list[Any]:
    """The columns chosen for a slide, and the years of a schedule that are still open."""
    years = [head for head in year_columns(table) if head in table.open] if name == "build-schedule" else []
    return [*(head for head in COLUMNS[name] if head in table.columns), *years][:most_columns]


def _room(texts: Sequence[str]) -> int:
    """How much room a column asks for: its longest text, and the longest word of its heading."""
    head, *cells = texts
    return min(max(*(1 + width(part) for part in head.split()), *map(width, cells)), most_letters) + beside_text


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
