"""Tables as they stand in files and worksheets: columns by id, whatever language they are headed in, and cells of plain text, with their row numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.files import OpenQuote, lines_of, read_text, tables_in
from model.case.read.letters import odd_letter
from model.case.read.sheet_names import table_of
from model.case.tables.choices import choices, fixed_word
from model.case.tables.headings import ORIGIN, columns_by_heading, compared
from model.case.tables.rows import REQUIRED, TABLES

MOST_ROWS = 200_000
MOST_CELL = 2_000
MOST_TITLES = 20  # rows in which the heading is looked for
MOST_KEPT = 500  # files kept as they were read: runs are compared, and studies answered, over the same tables again and again
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"})


@dataclass(frozen=True)
class Sheet:
    """One file or worksheet of a table. Row numbers are those Excel shows; `heading` is the row of the columns' names, 1 where no title is above.

    Of a worksheet, `letters` are those of its columns, and `origins` the file that each row is of, as far as it says.
    """

    file: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heading: int = 1
    letters: Mapping[str | None, str] | None = field(default=None, compare=False, repr=False)
    origins: tuple[str, ...] = ()

    def place(self, row: int | None, column: str | None = None) -> Place:
        """A place on it."""
        return Place(self.file, row, column, self.letters)


def csv_fault(file: str, error: csv.Error) -> Fault:
    """Why the lines of a CSV file end before it does."""
    if isinstance(error, OpenQuote):
        return Fault("quote_open", Place(file, error.row, None), '"', '""')
    return Fault("cell_too_long", Place(file, None, None), f"> {csv.field_size_limit()}", f"<= {MOST_CELL}")


def letters_of(column: int) -> str:
    """The letters of a column, counted from 1; here, as a library that knows them loads long and most tables are files.

    >>> [letters_of(column) for column in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


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


def made_sheet(file: str, table: str, lines: Iterable[Sequence[str]], *, worksheet: bool = False) -> tuple[Sheet | None, list[Fault]]:
    """A sheet from its lines: a title may stand above the heading; blank lines count as rows and hold nothing.

    Headings and fixed words may be those of any language; they are known by their ids from here on. None, with the fault, where no line is a
    heading of the table or there are too many lines.
    """
    faults: list[Fault] = []
    rows: list[tuple[int, tuple[str, ...]]] = []
    origins: list[str] = []
    source = iter(lines)
    first = [tuple(_bare(cell) for cell in line) for line in islice(source, MOST_TITLES)]
    heading = _heading(table, first)
    if heading is None and any(map(any, first)):
        found = next((number, line) for number, line in enumerate(first, start=1) if any(line))
        shown = clipped(", ".join(cell for cell in found[1] if cell))
        return None, [Fault("no_heading", Place(file, found[0], None), shown, ", ".join(TABLES[table].model_fields))]
    columns, origin = _columns_of(table, first[heading - 1] if heading else (), worksheet=worksheet)
    fixed = {place for place, name in enumerate(columns) if name in TABLES[table].model_fields and choices(table, name)}
    letters: dict[str | None, str] | None = {name: letters_of(place) for place, name in enumerate(columns, start=1)} if worksheet else None
    for number, line in enumerate(chain(first, source), start=1):
        if number > MOST_ROWS + (heading or 1):
            return None, [Fault("too_many_rows", Place(file, number, None), f"> {MOST_ROWS}", f"<= {MOST_ROWS}")]
        cells = tuple(_bare(cell) for cell in line)
        if heading is None or number <= heading or not any(cell for place, cell in enumerate(cells) if place != origin):
            continue
        for position, cell in enumerate(cells):
            name = columns[position] if position < len(columns) else None
            if len(cell) > MOST_CELL:
                faults.append(Fault("cell_too_long", Place(file, number, name, letters), str(len(cell)), f"<= {MOST_CELL}"))
            if cell and position >= len(columns):
                beyond: dict[str | None, str] | None = {None: letters_of(position + 1)} if worksheet else None
                faults.append(Fault("extra_cell", Place(file, number, None, beyond), clipped(cell), str(len(columns))))
        short = ("",) * (len(columns) - len(cells))
        whole = tuple(cell[: MOST_CELL + 1] for cell in cells[: len(columns)]) + short
        told = [fixed_word(table, columns[place], cell) if place in fixed else cell for place, cell in enumerate(whole)]
        origins.append("" if origin is None else told.pop(origin))
        rows.append((number, tuple(told)))
    if not rows and (heading is None or table in REQUIRED):
        faults.append(Fault("empty_table", Place(file, None, None), "0", ">= 1"))
    named = tuple(name for place, name in enumerate(columns) if place != origin)
    return Sheet(file, table, named, tuple(rows), heading or 1, letters, tuple(origins) if worksheet else ()), faults


def _bare(cell: str) -> str:
    """Without what stands around it and is not seen: blanks of any width, and the marks that pages put where a line may break."""
    return cell.strip().strip("\u200b\ufeff").strip()


def _columns_of(table: str, heading: Sequence[str], *, worksheet: bool) -> tuple[tuple[str, ...], int | None]:
    """The columns by id, what is none as it stands; and where a worksheet says what file a row is of."""
    known = columns_by_heading(table)
    columns = tuple(known.get(compared(cell), cell) for cell in heading)
    origin = next((place for place, cell in enumerate(heading) if worksheet and compared(cell) in ORIGIN), None)
    return tuple(ORIGIN[0] if place == origin else name for place, name in enumerate(columns)), origin


def _heading(table: str, lines: Sequence[Sequence[str]]) -> int | None:
    """The row that names most of the table's columns: two at least, or one in the first row that holds anything."""
    known = columns_by_heading(table)
    named = [len({known[name] for name in map(compared, line) if name in known}) for line in lines]
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
    sheet, found = _of_text(file, table, text)
    return sheet, list(found)


@lru_cache(MOST_KEPT)
def _of_text(file: str, table: str, text: str) -> tuple[Sheet | None, tuple[Fault, ...]]:
    try:
        sheet, faults = made_sheet(file, table, lines_of(text))
    except csv.Error as error:
        return None, (csv_fault(file, error),)
    return sheet, tuple(faults)


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
