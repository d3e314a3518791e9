"""A file of scenarios: one a row, its name first, then a column for each ITEM.QUANTITY[@YEAR]."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from pathlib import Path

from model.case.change import Change, ChangeError, changed, parse_change
from model.case.check import case_faults
from model.case.faults import Place
from model.case.misfit import DesignError, Misfit
from model.case.read import Case
from model.study.sweep.variant import REFERENCE, Scenario

most_scenarios = 100_000


def scenarios_of(case: Case, path: Path) -> tuple[list[Scenario], list[str]]:
    """The scenarios of a file, and the names of what its columns set; an empty cell leaves the number alone.

    Raises DesignError with everything wrong in the file, each with row and column as in a spreadsheet.
    """
    table, misfits = _cells(path)
    if misfits:
        raise DesignError(misfits)
    head, rows = [name.strip() for name in table[0]], table[1:]
    units = [_head(name) for name in head]
    for column, name in enumerate(head[1:], 1):
        place = Place(path.name, 1, name or str(column + 1))
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(@\d{4})?", units[column][0]):
            misfits.append(Misfit("bad_heading", place, name))
        elif name in head[:column]:
            misfits.append(Misfit("column_twice", place, name))
    broken = {one.place.column for one in misfits}
    scenarios: list[Scenario] = []
    names = {REFERENCE}
    columns: dict[str, list[tuple[Change, Place]]] = {}
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        placed, more = _row(path.name, number, cells, head=head, broken=broken)
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
    return scenarios, [units[column][0] for column in range(1, len(head))]


def whole(text: str) -> Place:
    """The place of a thing that has no rows."""
    return Place(text, None, None)


def _cells(path: Path) -> tuple[list[list[str]], list[Misfit]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [Misfit("unreadable", whole(str(path)), str(error))]
    table = list(csv.reader(io.StringIO(text)))
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    if not table or len(table[0]) < 2:
        return [], [Misfit("no_columns", whole(path.name))]
    if len(table) - 1 > most_scenarios:
        return [], [Misfit("too_many", whole(path.name), str(len(table) - 1), str(most_scenarios))]
    return table, []


def _head(name: str) -> tuple[str, str]:
    """The name and the unit of a column `ITEM.QUANTITY[@YEAR] UNIT`."""
    first, _, unit = name.partition(" ")
    return first, unit.strip()


def _row(
    file: str, number: int, cells: Sequence[str], *, head: Sequence[str], broken: set[str | None]
) -> tuple[list[tuple[Change, Place]], list[Misfit]]:
    """The changes of a row, each with its place, and what is wrong with it."""
    misfits, changes = list[Misfit](), list[tuple[Change, Place]]()
    if not cells[0].strip():
        misfits.append(Misfit("no_name", Place(file, number, head[0])))
    if len(cells) > len(head):
        misfits.append(Misfit("too_wide", Place(file, number, None), str(len(cells)), str(len(head))))
    for column, cell in enumerate(cells[1 : len(head)], 1):
        if not cell.strip() or (head[column] or str(column + 1)) in broken:
            continue
        place = Place(file, number, head[column])
        path, unit = _head(head[column])
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            changes.append((parse_change(f"{path}={value!r} {unit}"), place))
        else:
            misfits.append(Misfit("not_a_number", place, cell.strip()))
    return changes, misfits


def refused(case: Case, placed: Sequence[tuple[Change, Place]]) -> list[Misfit]:
    """Why a case does not take values of one number: they name nothing there, or the least or the most of them cannot be."""
    ends = {id(one): one for one in (min(placed, key=lambda one: one[0].value), max(placed, key=lambda one: one[0].value))}
    misfits = []
    for change, place in ends.values():
        try:
            faults = case_faults(changed(case, [change]))
        except ChangeError as error:
            return [Misfit("refused", place, str(error))]
        misfits += [Misfit("refused", place, fault=faults[0])] if faults else []
    return misfits
