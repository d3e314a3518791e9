"""How a sheet lies on paper: columns as narrow as its fewest pages ask, upright or across, and never too small to be read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.report.layout import broken, width

least_scale = 0.55  # of nine points: what is smaller is not read on paper
points_a_width, points_beside = 5.25, 3.75  # of a column of a given width, in the font of the workbook
letters_a_width = 1.15  # letters of nine points to a unit of width
line_height, row_space = 12.0, 1.0
step = 2.0  # by which a column is made narrower
heads, around, plain_row = 56.0, 45.0, 15.0  # points above the tables, around each, of a row of any text
CUTS = (1.0, 1.02, 1.05)  # what is lost as pages end between rows, as it is tried
note_letter, smallest, usual_width = 4.3, 0.1, 8.43  # points that a letter of a note takes
inch = 72.0
MARGINS = {"left": 0.35, "right": 0.35, "top": 0.55, "bottom": 0.5}  # inches


@dataclass(frozen=True)
class Paper:
    """A sheet of paper, in points between the margins; `count` is how many of A4 it takes."""

    code: int
    upright: bool
    across: float
    down: float
    count: int


def _paper(code: int, short: float, long: float, *, upright: bool, count: int) -> Paper:
    across, down = (short, long) if upright else (long, short)
    sides, ends = inch * (MARGINS["left"] + MARGINS["right"]), inch * (MARGINS["top"] + MARGINS["bottom"])
    return Paper(code, upright, across - sides, down - ends, count)


A4_ACROSS = _paper(9, 595.0, 842.0, upright=False, count=1)
A4_UPRIGHT = _paper(9, 595.0, 842.0, upright=True, count=1)
PAPERS = (A4_ACROSS, A4_UPRIGHT, _paper(8, 842.0, 1191.0, upright=False, count=2))


@dataclass(frozen=True)
class Shape:
    """The texts of a table as they are shown, a list a row with the heading first, and between what widths each column may be.

    Numbers are texts that are never broken: the least width of their column holds them. The first `printed` columns go on paper, of a table that is
    `on_paper`; those beside them make no row taller. `notes` is what stands below the table.
    """

    texts: Sequence[Sequence[str]]
    least: Sequence[float]
    most: Sequence[float]
    printed: int
    on_paper: bool
    notes: Sequence[str] = ()

    def heights(self, widths: Sequence[float]) -> list[float]:
        """Points of each row, the heading first."""
        return [row_height(row[: self.printed], widths) for row in self.texts]


@dataclass(frozen=True)
class Layout:
    """The paper of a sheet, how many pages of it, to what it is made smaller, and the width of each column; the first `printed` go on paper."""

    paper: Paper
    pages: int
    scale: float
    widths: Sequence[float]
    printed: int

    @property
    def across(self) -> float:
        """Points that the printed columns take."""
        return points_across(self.widths[: self.printed])

    @property
    def beyond(self) -> int:
        """Empty columns on paper beside a table that is narrower than it, over which notes may go on."""
        spare = self.paper.across / self.scale - self.across
        return max(int(spare / points_across([usual_width])), 0) if self.printed == len(self.widths) else 0

    @property
    def room(self) -> float:
        """Points that a note has."""
        return self.across + self.beyond * points_across([usual_width])


def points_across(widths: Iterable[float]) -> float:
    return float(sum(points_a_width * wide + points_beside for wide in widths))


def laid_out(shapes: Sequence[Shape], *, one_page: bool = False) -> Layout:
    """The widths and the paper on which what is printed takes fewest pages; of as many those on which it is largest.

    Columns are made narrower one step at a time, where that lengthens the rows least. What would be too small on A4 whatever is done goes on A3.
    """
    columns = max(len(shape.texts[0]) for shape in shapes)
    least, most = (_over([getattr(shape, name) for shape in shapes], columns) for name in ("least", "most"))
    on_paper = [shape for shape in shapes if shape.on_paper]
    printed = max((shape.printed for shape in on_paper), default=columns)
    sizes = np.array([_lengths(row[: shape.printed], printed) for shape in on_paper or shapes for row in shape.texts], dtype=float)
    slack = _slack([row[: shape.printed] for shape in on_paper or shapes for row in shape.texts], printed)
    besides = heads + around * len(on_paper)
    rest = np.maximum(least, most)[printed:].tolist()
    narrowed = [(widths, besides + rows) for widths, rows in _narrowed(sizes, least[:printed], np.maximum(least, most)[:printed], slack)]
    drafts = [_draft([(widths, cut * high) for widths, high in narrowed], one_page=one_page) for cut in CUTS]
    made = [_fitted(replace(one, widths=[*one.widths, *rest], printed=printed), on_paper, one_page=one_page) for one in drafts]
    return min(made, key=lambda one: (one.paper.count * one.pages, -one.scale))


def _draft(narrowed: Iterable[tuple[np.ndarray, float]], *, one_page: bool) -> Layout:
    """Of all widths and papers those with fewest pages, by the height of all rows together."""
    found = list[tuple[tuple[float, ...], Layout]]()
    for widths, high in narrowed:
        across = points_across(widths)
        for paper in PAPERS:
            widest = min(1.0, paper.across / across)
            pages = 1 if one_page else math.ceil(high * min(widest, least_scale) / paper.down)
            scale = min(widest, pages * paper.down / high)
            key = (1.0, -scale) if scale < least_scale else (0.0, paper.count, pages, -scale)
            found.append((key, Layout(paper, pages, scale, widths.tolist(), len(widths))))
    return min(found, key=lambda one: one[0])[1]


def _fitted(layout: Layout, shapes: Sequence[Shape], *, one_page: bool) -> Layout:
    """With as many pages more as rows ask that are not cut, and the scale that they allow."""
    readable = min(least_scale, layout.paper.across / layout.across)
    while (scale := _fitting(layout, shapes)) < readable and not one_page:
        layout = replace(layout, pages=layout.pages + 1)
    return replace(layout, scale=scale)


def note_height(note: str, room: float) -> float:
    """Points that a note takes where it has so many across."""
    return max(line_height * len(broken(note, max(int(room / note_letter), 1))), plain_row)


def _fitting(layout: Layout, shapes: Sequence[Shape]) -> float:
    """The largest scale at which these tables, one below the other, take no more than the pages of the layout."""
    heights, alone = [heads], len(shapes) == 1
    for shape in shapes:
        heights += [plain_row, *shape.heights(layout.widths), *(note_height(note, layout.room) for note in shape.notes), plain_row]
    again = shapes[0].heights(layout.widths)[0] if alone and shapes else 0.0
    scale = min(1.0, layout.paper.across / layout.across)
    while scale > smallest and _pages(heights, layout.paper.down / scale, again) > layout.pages:
        scale -= 0.005
    return scale


def _pages(heights: Sequence[float], room: float, again: float) -> int:
    """Pages of so much room that rows take, each after the first with `again` above them."""
    pages, used = 1, 0.0
    for high in heights:
        if used + high > room:
            pages, used = pages + 1, again
        used += high
    return pages


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points that a row takes."""
    return line_height * max((lines_of(text, wide) for text, wide in zip(texts, widths, strict=False)), default=1) + row_space


def lines_of(text: str, wide: float) -> int:
    """Lines that a text takes in a column: of Chinese letters it is broken anywhere, else between words.

    >>> lines_of("wind", 10), lines_of("a wind farm by the lake", 10), lines_of("碳达峰碳中和行动", 8)
    (1, 3, 2)
    """
    room = wide * letters_a_width
    return sum(_broken(line, room) for line in text.split("\n"))


def _broken(line: str, room: float) -> int:
    if width(line) <= room:
        return 1
    if not line.isascii():
        return math.ceil(width(line) / max(room - 1, 2))
    lines, used = 1, 0.0
    for word in line.split(" "):
        if used and used + 1 + len(word) <= room:
            used += 1 + len(word)
            continue
        lines += bool(used) + max(math.ceil(len(word) / room) - 1, 0)
        used = len(word) % room if len(word) > room else len(word)
    return lines


def _over(columns_of: Sequence[Sequence[float]], columns: int) -> np.ndarray:
    """The largest of all tables, column by column."""
    return np.array([max((row[at] for row in columns_of if at < len(row)), default=0.0) for at in range(columns)])


def _lengths(row: Sequence[str], columns: int) -> list[int]:
    return [width(text) for text in [*row, *[""] * columns][:columns]]


def _slack(rows: Sequence[Sequence[str]], columns: int) -> np.ndarray:
    """What of a line stays empty as words are not cut, column by column."""
    told = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(columns)]
    return np.array([2.5 if sum(map(str.isascii, texts)) * 2 > len(texts) else 1.0 for texts in told])


def _narrowed(sizes: np.ndarray, least: np.ndarray, most: np.ndarray, slack: np.ndarray) -> list[tuple[np.ndarray, float]]:
    """Widths from the widest on, each with the height of all rows, (column), points; what is narrowed next lengthens the rows least a point saved."""
    widths = most.copy()
    lines = np.column_stack([_lines(sizes[:, at], widths[at], slack[at]) for at in range(len(widths))])
    made = [(widths.copy(), _high(lines.max(axis=1)))]
    while (widths > least).any():
        tall, costs = lines.max(axis=1), dict[int, tuple[float, float, np.ndarray]]()
        for at in np.flatnonzero(widths > least):
            narrower = max(least[at], widths[at] - step)
            taken = _lines(sizes[:, at], narrower, slack[at])
            costs[int(at)] = (float((np.maximum(tall, taken) - tall).sum() / (widths[at] - narrower)), -widths[at], taken)
        best = min(costs, key=lambda at: costs[at][:2])
        widths[best] = max(least[best], widths[best] - step)
        lines[:, best] = costs[best][2]
        made.append((widths.copy(), _high(lines.max(axis=1))))
    return made


def _lines(sizes: np.ndarray, wide: float, slack: float) -> np.ndarray:
    room = wide * letters_a_width
    return np.where(sizes <= room, 1.0, np.ceil(sizes / max(room - slack, 2.0)))


def _high(lines: np.ndarray) -> float:
    return float((line_height * lines + row_space).sum())
