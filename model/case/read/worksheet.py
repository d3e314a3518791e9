"""What a worksheet holds that its values do not tell: hidden rows and columns, merged cells, formulas without a result, scaled formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from defusedxml import ElementTree
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries

from model.case.faults import Fault, Place, clipped

# What stands in a number format as text, colour or place-holder: in quotation marks, after \, ! or _, in square brackets.
IN_WORDS = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')

# What a number format shows as it is beside the digits, and such words that make another number of them; 万千瓦 and MW are units, which a row has too.
SHOWN = re.compile(r'(?:"[^"]*"|[\\!].|[^\x00-\x7f])+')
NUMBER_WORD = re.compile(r"[十百千万萬亿億兆]+|[%％‰kKM]|(?i:thousands?|millions?|billions?|mio|mn|bn)")

OF_NOTE = re.compile(rb"hidden=|mergeCell|<(?:\w+:)?f[\s/>]")

Merged = tuple[int, int, int, int]  # first column, first row, last column, last row, counted from 1


@dataclass
class Layout:
    """Rows and columns count from 1; `formulas` are those without a result."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


def read_layout(content: bytes) -> Layout:
    """The layout of a worksheet from its XML. Raises what the parser raises for what is no sound XML."""
    made = Layout()
    if not OF_NOTE.search(content):  # most sheets: no need to read them twice
        return made
    row = column = 0
    for event, element in ElementTree.iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        told = element.attrib
        if event == "start":
            if tag == "row":
                row, column = int(told.get("r", row + 1)), 0
                if told.get("hidden") in ("1", "true"):
                    made.hidden_rows.add(row)
            continue
        if tag == "c":
            column += 1
            if len(element):
                column = coordinate_to_tuple(told["r"])[1] if "r" in told else column
                _formula(made, element, (row, column))
        elif tag == "col" and told.get("hidden") in ("1", "true"):
            made.hidden_columns |= set(range(int(told["min"]), min(int(told["max"]), 16384) + 1))
        elif tag == "mergeCell":
            made.merged.append(range_boundaries(told["ref"]))
        if tag in ("row", "col", "mergeCell"):
            element.clear()
    return made


def _formula(made: Layout, cell: Any, spot: tuple[int, int]) -> None:
    formula = next((part for part in cell if part.tag.endswith("}f")), None)
    if formula is None:
        return
    value = next((part for part in cell if part.tag.endswith("}v")), None)
    if value is None or (not value.text and cell.attrib.get("t") != "str"):
        made.formulas[spot] = f"={formula.text or ''}"


def layout_faults(name: str, layout: Layout, lines: Sequence[Sequence[str]], *, first: int, keys: bool = False) -> list[Fault]:
    """Faults of what a reader does not see, or would see otherwise, from the heading in row `first` on.

    Hidden rows and columns count where they hold anything. Of a sheet of `keys` and values, cells merged across only are a matter of looks.
    """
    filled = {(row, column) for row, cells in enumerate(lines, start=1) for column, text in enumerate(cells, start=1) if text.strip()}
    rows = sorted(layout.hidden_rows & {row for row, _ in filled if row >= first})
    columns = sorted(layout.hidden_columns & {column for row, column in filled if row >= first})
    hidden = [*_ranges([str(row) for row in rows], rows), *_ranges([get_column_letter(column) for column in columns], columns)]
    faults = list[Fault]()
    if hidden:
        faults.append(Fault("hidden_cells", Place(name, rows[0] if rows else None, None), clipped(", ".join(hidden)), "-"))
    merged = [one for one in layout.merged if one[3] >= first and (one[3] > one[1] if keys else one[:2] != one[2:])]
    return [*faults, *merged_faults(name, merged)]


def merged_faults(name: str, merged: Sequence[Merged]) -> list[Fault]:
    """The fault of merged cells with their addresses; none where there are none."""
    if not merged:
        return []
    shown = [f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}" for left, top, right, bottom in sorted(merged)]
    return [Fault("merged_cells", Place(name, min(one[1] for one in merged), None), clipped(", ".join(shown)), "-")]


def _ranges(names: list[str], numbers: list[int]) -> Iterable[str]:
    """Names as Excel writes whole rows and columns: 5:7, D:D."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield f"{names[start]}:{names[place - 1]}"
            start = place


@cache
def is_percent(number_format: str) -> bool:
    """Whether a cell of this format shows a hundred times the number that it holds.

    >>> is_percent("0.0%"), is_percent('0"%"'), is_percent("General")
    (True, False, False)
    """
    return "%" in IN_WORDS.sub("", number_format.split(";")[0])


@cache
def is_scaled(number_format: str) -> bool:
    """Whether a cell of this format shows a thousandth or less of the number that it holds (a comma behind the last digit).

    >>> is_scaled('0!.0,"万"'), is_scaled("#,##0.00"), is_scaled("0.0,,")
    (True, False, True)
    """
    return re.search(r"[0#?],+(?![0#?,])", IN_WORDS.sub("", number_format.split(";")[0])) is not None


@cache
def number_words(number_format: str) -> frozenset[str]:
    """Words that a cell of this format shows behind the number that it holds, with which it is another: 1000 as 1000 万.

    >>> [sorted(number_words(one)) for one in ('0 "万"', '0"%"', '0.0 "万千瓦"', "[$¥-804]#,##0", "0%")]
    [['万'], ['%'], [], [], []]
    """
    runs = SHOWN.findall(re.sub(r"\[[^\]]*\]|[_*].", "", number_format))
    words = (re.sub(r'"|[\\!](?=.)', "", run).strip(" ()（）") for run in runs)
    return frozenset(word for word in words if NUMBER_WORD.fullmatch(word))


def format_fault(number_format: str, unit: str = "") -> str | None:
    """The code of the fault of a number whose cell shows another than it holds; None where it shows that number, or that with the `unit` of its row."""
    return "scaled_cell" if is_scaled(number_format) else "number_word" if number_words(number_format) - {unit} else None


@cache
def is_year(number_format: str) -> bool:
    """Whether a cell of this format shows nothing of a day but its year.

    >>> is_year("yyyy"), is_year('yyyy"年"'), is_year("yyyy-mm-dd")
    (True, True, False)
    """
    return re.fullmatch(r"\s*[yY]{4}\s*", IN_WORDS.sub("", number_format.split(";")[0])) is not None
