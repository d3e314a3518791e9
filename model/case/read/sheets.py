"""Tables as they stand in CSV files: named columns and cells of plain text, with their row numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.files import read_text, tables_in
from model.case.read.letters import odd_letter
from model.case.tables.rows import REQUIRED, TABLES

MOST_ROWS = 200_000
MOST_CELL = 2_000
MOST_TITLES = 20  # rows in which the heading is looked for
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"})


@dataclass(frozen=True)
class Sheet:
    """One file or worksheet of a table. Row numbers are those Excel shows; `heading` is the row of the columns' names, 1 where no title is above."""

    file: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heading: int = 1


def table_of(stem: str) -> str | None:
    """The table a file or worksheet belongs to: `measures` and `measures-power` are both measures."""
    name = stem.strip().casefold().split("-", 1)[0]
    return name if name in TABLES else None


def unknown_table(file: str, stem: str) -> Fault:
    """The fault of a file or worksheet that is no table."""
    close = nearest(stem.casefold().split("-", 1)[0], tuple(TABLES))
    return Fault("unknown_file", Place(file, None, None), clipped(stem), ", ".join(TABLES), close)


def odd_text(text: str, place: Place) -> Fault | None:
    """The fault of a cell that holds an error of Excel's, a formula whose result was never stored, or a letter that misleads; None for any other."""
    if text in ERRORS:
        return Fault("error_value", place, text, "-")
    if text.startswith("=") and text != "==":
        return Fault("no_stored_value", place, clipped(text), "-")
    if letter := odd_letter(text):
        return Fault("odd_letter", place, letter, "-")
    return None


def made_sheet(file: str, table: str, lines: Iterable[Sequence[str]]) -> tuple[Sheet | None, list[Fault]]:
    """A sheet from its lines: a title may stand above the heading; blank lines count as rows and hold nothing.

    None, with the fault, where no line is a heading of the table or there are too many lines.
    """
    faults: list[Fault] = []
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    source = iter(lines)
    first = [tuple(cell.strip() for cell in line) for line in islice(source, MOST_TITLES)]
    heading = _heading(table, first)
    if heading is None and any(map(any, first)):
        found = next((number, line) for number, line in enumerate(first, start=1) if any(line))
        shown = clipped(", ".join(cell for cell in found[1] if cell))
        return None, [Fault("no_heading", Place(file, found[0], None), shown, ", ".join(TABLES[table].model_fields))]
    for number, line in enumerate(chain(first, source), start=1):
        if number > MOST_ROWS + (heading or 1):
            return None, [Fault("too_many_rows", Place(file, number, None), f"> {MOST_ROWS}", f"<= {MOST_ROWS}")]
        cells = tuple(cell.strip() for cell in line)
        if heading is None or number <= heading or not any(cells):
            columns = cells if number == heading else columns
            continue
        for position, cell in enumerate(cells):
            name = columns[position] if position < len(columns) else None
            if len(cell) > MOST_CELL:
                faults.append(Fault("cell_too_long", Place(file, number, name), str(len(cell)), f"<= {MOST_CELL}"))
        for extra in cells[len(columns) :]:
            if extra:
                faults.append(Fault("extra_cell", Place(file, number, None), clipped(extra), str(len(columns))))
        short = ("",) * (len(columns) - len(cells))
        rows.append((number, tuple(cell[: MOST_CELL + 1] for cell in cells[: len(columns)]) + short))
    if not rows and (heading is None or table in REQUIRED):
        faults.append(Fault("empty_table", Place(file, None, None), "0", ">= 1"))
    return Sheet(file, table, columns, tuple(rows), heading or 1), faults


def _heading(table: str, lines: Sequence[Sequence[str]]) -> int | None:
    """The row that names most of the table's columns: two at least, or one in the first row that holds anything."""
    fields = set(TABLES[table].model_fields)
    named = [len(fields & set(line)) for line in lines]
    most = max(named, default=0)
    first = next((place for place, line in enumerate(lines) if any(line)), 0)
    if most < 2:
        return first + 1 if most == 1 and named[first] == 1 else None
    return named.index(most) + 1


def read_csv(path: Path, file: str, *, table: str) -> tuple[Sheet | None, list[Fault]]:
    """One CSV file; `file` is its name in faults. None, with the fault, when it cannot be read at all."""
    text, faults = read_text(path, file)
    if text is None:
        return None, faults
    try:
        return made_sheet(file, table, csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return None, [Fault("unreadable_file", Place(file, None, None), clipped(str(error)), "CSV")]


def read_folder(folder: Path, prefix: str) -> tuple[list[Sheet], list[Fault], frozenset[str]]:
    """All CSV tables of a folder, their faults, and the tables of which a file could not be read."""
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    unread: set[str] = set()
    for path in tables_in(folder):
        table, name = table_of(path.stem), prefix + clipped(path.name, 200)
        if table is None:
            faults.append(unknown_table(name, path.stem))
            continue
        sheet, found = read_csv(path, name, table=table)
        faults += found
        if sheet is None:
            unread.add(table)
        else:
            sheets.append(sheet)
    return sheets, faults, frozenset(unread)
