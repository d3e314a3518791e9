"""What is shown, whatever shows it: a report of pages, each of tables and of charts described by where their numbers stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from model.report.tables import Table
from model.report.words import word

# Told apart by colour-blind readers, and by their lightness in print (after Okabe and Ito).
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#7F7F7F", "#B8A200")
MANY = (*PALETTE, "#5B3A00", "#8E4A7A", "#404040", "#8FC7A9", "#F0A05A", "#B5B5B5")  # where more are told apart than it has
most_bars = 30


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour: the cells of row `row` in the columns of the chart, or column `column` in the rows of the chart.

    `look` says how, where the chart's kind leaves it open: `line` over areas, `strong`, `dashed` or `marks` among points; `apart` are points between which nothing is known.
    `marked` are places of rows that stand out; of spans they are the rows that are drawn, `column` being those of the first and the last year.
    `table` is another table of the page than the chart's own.
    """

    name: str
    colour: str
    row: int | None = None
    column: Any = None
    look: Literal["", "line", "strong", "dashed", "marks", "apart"] = ""
    marked: frozenset[int] = frozenset()
    table: str | None = None


@dataclass(frozen=True)
class Chart:
    """A chart without the program that draws it. Its numbers stand in a table of its page, by the table's key.

    `along` is the column with the names or numbers along the axis, or, where series are rows, the columns whose headings these are.
    `rows` are the first and the last place of the rows drawn. `x` and `y` name the axes with their units; bars lie, so that `x` is their amount.
    Of kinds that a workbook has no chart for: `bullets` set the first series against the limit in the second, row by row; a `matrix` shows what share
    of its row each cell is; `spans` reach from year to year; a `flow` goes from the column `flow_from` to `flow_to`; in a `scatter` the reader picks which two of the
    columns `explored` stand against each other, {table: {column: its name}}, of tables of the report whose rows are the same things in the same order. `notes` are told of
    single cells, by row and heading; a `remark` says what of the table is not drawn, or what a line between points is not.
    """

    kind: Literal["columns", "bars", "lines", "points", "areas", "bullets", "matrix", "spans", "flow", "scatter"]
    title: str
    table: str
    along: Any
    series: Sequence[Series]
    x: str
    y: str
    rows: tuple[int, int] | None = None
    stacked: bool = False
    both_ways: bool = False  # bars start at a reference and go to both sides of it
    notes: Mapping[tuple[int, Any], str] = field(default_factory=dict)
    explored: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class Page:
    """Tables one under the other and what is drawn of them; `key` is the word of its name. Tables stand by the names of their files.

    The first `named_by` columns say what a row is about. `dash_zero` shows nothing as a dash; `filtered` offers to pick rows of the first table,
    as a page of one table always does; `background` is what the rest rests on. `one_page` is printed on one. `name` stands for the word of
    the key; `handed_out` is a part of another page for those who need no more, and no table of its own; `files_only` is too long to be printed and stands among the
    tables alone. Tables that are `unprinted` stand below the others on the screen and not on paper.
    """

    key: str
    tables: Mapping[str, Table]
    charts: Sequence[Chart] = ()
    named_by: int = 1
    filtered: bool = False
    dash_zero: bool = False
    background: bool = False
    one_page: bool = False
    name: str = ""
    handed_out: bool = False
    files_only: bool = False
    unprinted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Front:
    """What a page in a browser says before anything else: a few sentences, each after the question that it answers, and a line on supply."""

    answers: Sequence[tuple[str, str]]
    supply: str = ""
    kept: bool = True  # whether nothing is left short


@dataclass(frozen=True)
class Report:
    """Pages in their order, in one language; all charts are also shown together, after the first `cover` pages. `version` is told on every page."""

    title: str
    subject: str
    language: str
    pages: Sequence[Page]
    cover: int = 0
    version: str = ""
    front: Front | None = None

    @property
    def tables(self) -> dict[str, Table]:
        """Every table by its name, what is handed out of another page left out."""
        return {name: part for page in self.pages if not page.handed_out for name, part in page.tables.items()}


def remarked(chart: Chart, table: Table, language: str) -> Chart:
    """A chart that says how many of the rows of its table it draws, where these are not all."""
    count = chart.rows[1] + 1 - chart.rows[0] if chart.rows and chart.kind in ("bars", "spans") else len(table.frame)
    return replace(chart, remark=word("remark_rows", language).format(count, len(table.frame))) if count < len(table.frame) else chart
