"""A file of scenarios: one a row, its name first, then a column for each ITEM.QUANTITY[@YEAR]; a cell sets it, or moves it (*1.2, +20%)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from model.case.change.change import changed, check_named
from model.case.change.change_text import FORM, Change, ChangeError, parse_change
from model.case.change.naming import is_known, named
from model.case.change.scenario_fault import DesignError, Misfit
from model.case.checks.check import case_faults
from model.case.faults import Fault, Place
from model.case.read.case import Case
from model.case.read.files import lines_of, read_text
from model.case.read.letters import odd_letter
from model.case.read.sheets import MOST_CELL, csv_fault
from model.study.engine.scenario import REFERENCE, Scenario

most_scenarios = 100_000


def sample_size(method: str, names: int, count: int) -> int:
    """Scenarios of a sample: N; N·(numbers + 1) for Morris; N·(numbers + 2) for Sobol.

    >>> sample_size("lhs", 3, 8), sample_size("morris", 3, 8), sample_size("sobol", 3, 8)
    (8, 32, 40)
    """
    return count * {"lhs": 1, "morris": names + 1, "sobol": names + 2}[method]


def scenarios_of(case: Case, path: Path) -> tuple[list[Scenario], list[str]]:
    """The scenarios of a file, and the names of what its columns set; an empty cell leaves the number alone.

    Raises DesignError with everything wrong in the file, each with row and column as in a spreadsheet.
    """
    table, misfits = _cells(path)
    if misfits:
        raise DesignError(misfits)
    head, rows = [name.strip() for name in table[0]], table[1:]
    asked, misfits = _columns(case, path.name, head)
    scenarios: list[Scenario] = []
    names = {REFERENCE}
    columns: dict[str, list[tuple[Change, Place]]] = {}
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        placed, more = _row(path.name, number, cells, head=head, asked=asked)
        name = cells[0].strip()
        misfits += more
        if name in names:
            misfits.append(Misfit("name_twice", Place(path.name, number, head[0]), name))
        names.add(name)
        for change, place in placed:
            columns.setdefault(str(place.column), []).append((change, place))
        scenarios.append(Scenario(name, (), tuple(change for change, _ in placed)))
    misfits += [found for column in columns.values() for found in refused(case, column)]
    if not scenarios and not misfits:
        misfits.append(Misfit("no_rows", whole(path.name)))
    if misfits:
        raise DesignError(misfits)
    return scenarios, [change.name for change in asked.values()]


def _columns(case: Case, file: str, head: Sequence[str]) -> tuple[dict[int, Change], list[Misfit]]:
    """What each column is for, and what is wrong with the headings."""
    asked, misfits, taken = dict[int, Change](), list[Misfit](), set[str]()
    for column, name in enumerate(head[1:], 1):
        place = Place(file, 1, name or str(column + 1))
        try:
            change = _heading(case, name)
            check_named(case, change)
        except ChangeError as error:
            misfits.append(
                Misfit("refused", place, why=error) if FORM.match(f"{name}=1") and "." in name else Misfit("bad_heading", place, name)
            )
            continue
        if change.name in taken:
            misfits.append(Misfit("column_twice", place, name))
            continue
        taken.add(change.name)
        asked[column] = change
    return asked, misfits


def whole(text: str) -> Place:
    """The place of a thing that has no rows."""
    return Place(text, None, None)


def _cells(path: Path) -> tuple[list[list[str]], list[Misfit]]:
    try:
        path.stat()
    except OSError as error:
        return [], [Misfit("unreadable", whole(str(path)), why=error)]
    text, faults = read_text(path, path.name, anywhere=True)
    if text is None:
        return [], [Misfit("refused", whole(path.name), fault=fault) for fault in faults]
    try:
        table = [[cell.strip() for cell in line] for line in lines_of(text)]
    except csv.Error as error:
        broken = csv_fault(path.name, error)
        return [], [Misfit("refused", broken.place, fault=broken)]
    misfits = [
        Misfit("refused", place, fault=fault)
        for number, line in enumerate(table, 1)
        for column, cell in enumerate(line, 1)
        for place in [Place(path.name, number, str(column))]
        if (fault := _odd_cell(cell, place)) is not None
    ]
    if misfits:
        return [], misfits
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    if not table or len(table[0]) < 2:
        return [], [Misfit("no_columns", whole(path.name))]
    if len(table) - 1 > most_scenarios:
        return [], [Misfit("too_many", whole(path.name), str(len(table) - 1), str(most_scenarios))]
    return table, []


def _odd_cell(cell: str, place: Place) -> Fault | None:
    if len(cell) > MOST_CELL:
        return Fault("cell_too_long", place, str(len(cell)), f"<= {MOST_CELL}")
    return Fault("odd_letter", place, letter, "-") if (letter := odd_letter(cell)) else None


def _heading(case: Case, text: str) -> Change:
    """What a column `ITEM.QUANTITY[@YEAR] UNIT` is for, by ids, with its unit. A label may have spaces in it.

    Raises ChangeError where it has not this form, or a label is that of several numbers.
    """
    parts = text.split(" ")
    for end in range(len(parts), 0, -1):
        name, unit = " ".join(parts[:end]), " ".join(parts[end:])
        if "." in name and is_known(case, change := parse_change(f"{name}=1 {unit}")):
            return named(case, change)
    return parse_change(f"{parts[0]}=1 {' '.join(parts[1:])}")


def _cell(asked: Change, text: str) -> Change | None:
    """What a cell makes of the number of its column: a value, or by how much it is moved; None where it is neither."""
    try:
        told = parse_change(f"a.b{text}" if text.startswith(("+=", "-=")) else f"a.b={text}")
    except ChangeError:
        return None
    unit = asked.unit if told.way in ("set", "add") else ""
    return None if told.unit else replace(asked, value=told.value, way=told.way, unit=unit)


def _row(
    file: str, number: int, cells: Sequence[str], *, head: Sequence[str], asked: Mapping[int, Change]
) -> tuple[list[tuple[Change, Place]], list[Misfit]]:
    """The changes of a row, each with its place, and what is wrong with it."""
    misfits, changes = list[Misfit](), list[tuple[Change, Place]]()
    if not cells[0].strip():
        misfits.append(Misfit("no_name", Place(file, number, head[0])))
    if len(cells) > len(head):
        misfits.append(Misfit("too_wide", Place(file, number, None), str(len(cells)), str(len(head))))
    for column, cell in enumerate(cells[1 : len(head)], 1):
        if not cell.strip() or column not in asked:
            continue
        place, change = Place(file, number, head[column]), _cell(asked[column], cell.strip())
        if change is None:
            misfits.append(Misfit("not_a_number", place, cell.strip()))
        else:
            changes.append((change, place))
    return changes, misfits


def refused(case: Case, placed: Sequence[tuple[Change, Place]]) -> list[Misfit]:
    """Why a case does not take values of one number: they name nothing there, or the least or the most of them cannot be."""
    by_way = [[one for one in placed if one[0].way == way] for way in dict.fromkeys(change.way for change, _ in placed)]
    ends = {id(one): one for mine in by_way for one in (min(mine, key=_value), max(mine, key=_value))}
    misfits = []
    for change, place in ends.values():
        try:
            faults = case_faults(changed(case, [change]))
        except ChangeError as error:
            return [Misfit("refused", place, why=error)]
        misfits += [Misfit("refused", place, fault=faults[0])] if faults else []
    return misfits


def _value(placed: tuple[Change, Place]) -> float:
    return placed[0].value
