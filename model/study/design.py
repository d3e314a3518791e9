"""What scenarios a sweep holds: ends of ranges, grids, samples, or the rows of a file."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from model.case.change import Change, ChangeError, changed, parse_change
from model.case.check import case_faults
from model.case.faults import Place
from model.case.levers import Lever, Shift, chosen
from model.case.misfit import DesignError, Misfit
from model.case.read import Case
from model.study.variant import REFERENCE, Scenario, scenario_from

GRID = re.compile(r"^(?P<name>[^=@]+(?:@\d+)?)=(?P<values>[-+0-9.eE,:\s]+?)\s*(?P<unit>[^-+0-9.,:\s].*)?$")
most_scenarios = 100_000


@dataclass(frozen=True)
class Design:
    """The scenarios of a sweep, and the names (ITEM.QUANTITY[@YEAR]) of what they set, in the order first asked for."""

    kind: str
    scenarios: tuple[Scenario, ...]
    names: tuple[str, ...]
    seed: int = 0

    def record(self) -> dict[str, Any]:
        return {"kind": self.kind, "names": list(self.names), "seed": self.seed, "scenarios": [one.record() for one in self.scenarios]}


def design_from(record: Mapping[str, Any]) -> Design:
    """What `record` wrote."""
    return Design(str(record["kind"]), tuple(map(scenario_from, record["scenarios"])), tuple(record["names"]), int(record["seed"]))


def tornado(levers: Sequence[Lever]) -> Design:
    """Each lever alone at its low and at its high end; an end where the number stands already is the reference itself."""
    scenarios = [
        Scenario(f"{lever.name}={end}", (Shift(lever.name, share),))
        for lever in levers
        for end, share, value in (("low", 0.0, lever.low), ("high", 1.0, lever.high))
        if value != lever.value or lever.rows > 1
    ]
    return Design("tornado", tuple(scenarios), tuple(lever.name for lever in levers))


def sampled(method: str, levers: Sequence[Lever], count: int, *, seed: int) -> Design:
    """A sample of all levers at once, by SALib."""
    from model.study.sampling import sample  # SALib takes two seconds to load

    names = [lever.name for lever in levers]
    shares = sample(method, names, count, seed=seed)
    digits = len(str(len(shares)))
    scenarios = [
        Scenario(f"{place:0{digits}d}", tuple(Shift(name, float(share)) for name, share in zip(names, row, strict=True)))
        for place, row in enumerate(shares, 1)
    ]
    return Design(method, tuple(scenarios), tuple(names), seed)


def grid(case: Case, asked: Sequence[str]) -> Design:
    """Every combination of the values asked for. Raises DesignError."""
    axes: list[tuple[str, list[Change]]] = []
    misfits: list[Misfit] = []
    for text in asked:
        try:
            name, changes = _axis(text)
        except _Unreadable as error:
            misfits.append(replace(error.misfit, place=_option(f"--grid {text}")))
            continue
        if name in [known for known, _ in axes]:
            misfits.append(Misfit("column_twice", _option(f"--grid {text}"), name))
        misfits += _refused(case, [(change, _option(f"--grid {text}")) for change in changes])[:1]
        axes.append((name, changes))
    total = math.prod(len(changes) for _, changes in axes)
    if not misfits and total > most_scenarios:
        misfits.append(Misfit("too_many", _option("--grid"), str(total), str(most_scenarios)))
    if misfits:
        raise DesignError(misfits)
    scenarios = [
        Scenario("; ".join(f"{name}={change.value!r}" for (name, _), change in zip(axes, combined, strict=True)), (), tuple(combined))
        for combined in product(*(changes for _, changes in axes))
    ]
    return Design("grid", tuple(scenarios), tuple(name for name, _ in axes))


def from_file(case: Case, path: Path) -> Design:
    """One scenario a row: its name first, then a column for each ITEM.QUANTITY[@YEAR]; an empty cell leaves the number alone.

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
    misfits += [found for column in columns.values() for found in _refused(case, column)]
    if not scenarios and not misfits:
        misfits.append(Misfit("no_rows", _option(path.name)))
    if misfits:
        raise DesignError(misfits)
    return Design("scenarios", tuple(scenarios), tuple(units[column][0] for column in range(1, len(head))))


@dataclass(frozen=True)
class Asked:
    """What a sweep is asked for: exactly one kind, with what it moves."""

    tornado: bool = False
    grid: tuple[str, ...] = ()
    lhs: int | None = None
    morris: int | None = None
    sobol: int | None = None
    scenarios: Path | None = None
    over: tuple[str, ...] = ()
    seed: int = 0

    @property
    def kinds(self) -> list[str]:
        """The kinds asked for, by the names of their options."""
        return [
            name for name in ("tornado", "grid", "lhs", "morris", "sobol", "scenarios") if dict(vars(self))[name] not in (False, None, ())
        ]


def designed(case: Case, asked: Asked) -> Design:
    """The scenarios asked for. Raises DesignError, ChangeError where `over` fits nothing."""
    if len(asked.kinds) != 1:
        raise DesignError([Misfit("one_kind", _option("sweep"), ", ".join(f"--{kind}" for kind in asked.kinds) or "-")])
    kind = asked.kinds[0]
    if kind == "grid":
        return grid(case, asked.grid)
    if kind == "scenarios" and asked.scenarios is not None:
        return from_file(case, asked.scenarios)
    moved = chosen(case, asked.over)
    if not moved:
        raise DesignError([Misfit("no_ranges", _option(case.header.id))])
    if kind == "tornado":
        return tornado(moved)
    count = {"lhs": asked.lhs, "morris": asked.morris, "sobol": asked.sobol}[kind] or 0
    if kind == "sobol" and count & (count - 1):
        raise DesignError([Misfit("no_power", _option("--sobol"), str(count))])
    total = count * {"lhs": 1, "morris": len(moved) + 1, "sobol": len(moved) + 2}[kind]
    if total > most_scenarios:
        raise DesignError([Misfit("too_many", _option(f"--{kind}"), str(total), str(most_scenarios))])
    return sampled(kind, moved, count, seed=asked.seed)


def _option(text: str) -> Place:
    return Place(text, None, None)


class _Unreadable(Exception):
    def __init__(self, misfit: Misfit) -> None:
        super().__init__(misfit.code)
        self.misfit = misfit


def _axis(text: str) -> tuple[str, list[Change]]:
    found = GRID.match(text.strip())
    if not found:
        raise _Unreadable(Misfit("bad_grid", _option("--grid"), text))
    values = [value for part in found["values"].split(",") for value in _values(part.strip())]
    unit = (found["unit"] or "").strip()
    try:
        changes = [parse_change(f"{found['name'].strip()}={value!r} {unit}") for value in values]
    except ChangeError as error:
        raise _Unreadable(Misfit("bad_grid", _option("--grid"), text)) from error
    return found["name"].strip(), changes


def _values(part: str) -> list[float]:
    """One number, or lo:hi:n for n numbers evenly from lo to hi."""
    try:
        if ":" not in part:
            return [float(part)]
        low, high, count = part.split(":")
        first, last, steps = float(low), float(high), int(count)
    except ValueError as error:
        raise _Unreadable(Misfit("bad_grid", _option("--grid"), part)) from error
    if not 2 <= steps <= most_scenarios:
        raise _Unreadable(Misfit("bad_grid", _option("--grid"), part))
    return [float(f"{first + (last - first) * place / (steps - 1):.12g}") for place in range(steps)]


def _cells(path: Path) -> tuple[list[list[str]], list[Misfit]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [Misfit("unreadable", _option(str(path)), str(error))]
    table = list(csv.reader(io.StringIO(text)))
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    if not table or len(table[0]) < 2:
        return [], [Misfit("no_columns", _option(path.name))]
    if len(table) - 1 > most_scenarios:
        return [], [Misfit("too_many", _option(path.name), str(len(table) - 1), str(most_scenarios))]
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


def _refused(case: Case, placed: Sequence[tuple[Change, Place]]) -> list[Misfit]:
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
