"""Changes applied to a case, the vocabulary of --set and of sweeps: numbers set anew, or moved from what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model.case.change.change_text import Change, ChangeError, parse_change
from model.case.change.naming import BY_OWN_VALUE, PAIRED, meant
from model.case.faults import Place, nearest
from model.case.parameters.timeline import fill_linear
from model.case.read.canonical import Lookup, quantity_unit
from model.case.read.case import Case
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import Number
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

__all__ = ["BY_OWN_VALUE", "PAIRED", "Change", "ChangeError", "Flattened", "applied", "changed", "parse_change"]


@dataclass(frozen=True)
class Flattened:
    """A path that a change made level: `count` dated values from `least` to `most` are all `amount` now, in `unit`."""

    name: str
    count: int
    least: float
    most: float
    unit: str
    amount: str


def changed(case: Case, changes: Iterable[Change]) -> Case:
    """A new case with the changes in it; nothing on disk is touched.

    Raises ChangeError when an item or quantity is unknown, or cannot be changed so.
    """
    return applied(case, changes)[0]


def applied(case: Case, changes: Iterable[Change]) -> tuple[Case, tuple[Flattened, ...]]:
    """The same, with the paths that were made level by it."""
    flattened, asked, origin = list[Flattened](), tuple(changes), case.unchanged or case
    for change in asked:
        for one in meant(case, change):
            flattened += _flattened(case, one)
            case = _one(case, one)
    return (replace(case, unchanged=origin, changes=(*case.changes, *asked)) if asked else case), tuple(flattened)


def _flattened(case: Case, change: Change) -> list[Flattened]:
    if change.way != "set" or change.year is not None:
        return []
    rows = [row for row in case.tables["numbers"] if (row.item, row.quantity) == (change.item, change.quantity)]
    for table, (first, second) in PAIRED.items():
        rows += [row for row in case.tables[table] if (dict(row)[first], dict(row)[second]) == (change.item, change.quantity)]
    values = [row.value for row in rows if row.value is not None]
    if len(set(values)) < 2:
        return []
    return [Flattened(change.name, len(values), min(values), max(values), rows[0].unit, change.amount.removeprefix("="))]


def check_none_undone(changes: Sequence[Change]) -> None:
    """Raises ChangeError where a number is set anew after it was changed by the same name, so that nothing would be left of the first.

    A path that a later change makes level is told as such.
    """
    for place, later in enumerate(changes):
        for first in changes[:place]:
            if later.way == "set" and first.name == later.name:
                raise ChangeError("change_undone", first=first.text, text=later.text)


def check_named(case: Case, change: Change) -> None:
    """Raises ChangeError where no number of the case is named so, whatever it is to be."""
    for one in meant(case, change):
        _table_of(case, one)


def _table_of(case: Case, change: Change) -> str:
    """The table that the number of a change belongs to: of an item of its own, or of rows that join two. Raises ChangeError where there is none."""
    table = Lookup(case).table(change.item)
    if table is None:
        known = tuple(row.id for rows in case.tables.values() for row in rows if "id" in type(row).model_fields)
        raise ChangeError("unknown_item", name=change.item, nearest=nearest(change.item, known))
    if change.quantity == "value" and table in BY_OWN_VALUE:
        return table
    for joining, columns in PAIRED.items():
        if any((dict(row)[columns[0]], dict(row)[columns[1]]) == (change.item, change.quantity) for row in case.tables[joining]):
            return joining
    known = tuple(QUANTITIES.get(table, ()))
    if change.quantity not in known:
        offered = (*known, *(("value",) if table in BY_OWN_VALUE else ()))
        close = nearest(change.quantity, offered)
        raise ChangeError("no_such_quantity", item=change.item, quantity=change.quantity, known=offered, nearest=close)
    return table


def _one(case: Case, change: Change) -> Case:
    table = _table_of(case, change)
    if table in PAIRED:
        return _joined(case, table, change)
    if change.quantity == "value" and table in BY_OWN_VALUE:
        return _own_value(case, table, change)
    return _number(case, table, change)


def _own_value(case: Case, table: str, change: Change) -> Case:
    if change.year is not None:
        raise ChangeError("change_undated", name=f"{change.item}.value", year=change.year)
    return _with_rows(
        case, table, [(_with_value(row, change) if row.id == change.item else row, place) for row, place in case.placed(table)]
    )


def _joined(case: Case, table: str, change: Change) -> Case:
    first, second = PAIRED[table]
    mine = [
        (dict(row)[first], dict(row)[second]) == (change.item, change.quantity) and change.year in (None, dict(row).get("year"))
        for row in case.tables[table]
    ]
    if not any(mine):
        raise ChangeError("no_row_of_year", name=f"{change.item}.{change.quantity}", year=change.year)
    return _with_rows(
        case, table, [(_with_value(row, change) if own else row, place) for own, (row, place) in zip(mine, case.placed(table), strict=True)]
    )


def _with_rows(case: Case, table: str, placed: list[tuple[Any, Place]]) -> Case:
    rows, places = tuple(row for row, _ in placed), tuple(place for _, place in placed)
    return replace(case, tables={**case.tables, table: rows}, spots={**case.spots, table: places})


def _with_value(row: Any, change: Change) -> Any:
    if change.way != "set":
        return _moved(row, change)
    # What is set is money of the case's own year, whatever year's money it replaces.
    own = {"price_year": None} if "price_year" in type(row).model_fields else {}
    update: dict[str, Any] = {"value": change.value, "unit": change.unit or row.unit, **own, **_told(change)}
    low = change.value if row.low is None or change.unit else min(row.low, change.value)
    high = change.value if row.high is None or change.unit else max(row.high, change.value)
    return row.model_copy(update=update | {"low": low, "high": high})


def _moved(row: Any, change: Change) -> Any:
    """The row moved from its own value, low and high along with it."""
    if row.value is None:
        raise ChangeError("nothing_to_move", name=change.name, amount=change.amount)
    if change.way == "percent" and unit_fault("%", row.unit) is None:
        amount, scale = f"{change.value:+g} %", f"*{_scale(change):g}"
        raise ChangeError("two_meanings", text=change.text, name=change.name, unit=row.unit, amount=amount, factor=scale)
    if change.unit and unit_fault(change.unit, row.unit) is not None:
        raise ChangeError("change_unit", text=change.text, unit=change.unit, own=row.unit)
    moved = [None if value is None else _to(value, row.unit, change) for value in (row.low, row.value, row.high)]
    ends = sorted(value for value in moved if value is not None)
    low, high = (None if row.low is None else ends[0]), (None if row.high is None else ends[-1])
    return row.model_copy(update={"low": low, "value": moved[1], "high": high, **_told(change)})


def _to(value: float, unit: str, change: Change) -> float:
    more = change.value * (factor(change.unit, unit) if change.unit else 1.0)
    made = value + more if change.way == "add" else value * _scale(change)
    return float(f"{made:.12g}")  # without the dust of floating point


def _scale(change: Change) -> float:
    return 1.0 + change.value / 100 if change.way == "percent" else change.value


def _told(change: Change) -> dict[str, Any]:
    return {"source": f"set on the command line: {change.text}", "status": "estimate"}


def _number(case: Case, table: str, change: Change) -> Case:
    mine, name = (change.item, change.quantity), f"{change.item}.{change.quantity}"
    own = [row for row in case.tables["numbers"] if (row.item, row.quantity) == mine]
    others = [(row, place) for row, place in case.placed("numbers") if (row.item, row.quantity) != mine]
    fill = QUANTITIES[table][change.quantity].fill
    if fill == "constant" and change.year is not None:
        raise ChangeError("change_undated", name=name, year=change.year)
    if fill == "exact" and change.year is None and change.way == "set":
        raise ChangeError("change_dated", name=name)
    if not own and change.way != "set":
        raise ChangeError("no_number_to_move", name=name, amount=change.amount)
    if not own and not change.unit:
        at = "" if change.year is None else f"@{change.year}"
        raise ChangeError("change_without_unit", name=f"{name}{at}", amount=change.amount, unit=quantity_unit(*mine, Lookup(case)) or "1")
    unit = change.unit or own[0].unit
    if change.year is None:
        anew = change.way == "set"
        rows = [_with_value(row.model_copy(update={"unit": unit}) if anew else row, change) for row in own] or [_new(change, unit)]
    else:
        kept = [row for row in own if row.year not in (change.year, None)]
        same = [row for row in own if row.year == change.year] or (
            [_between([*_at_start(case, table, change), *own], change, fill)] if change.way != "set" else []
        )
        level = [row.model_copy(update={"year": year}) for row in own if row.year is None for year in _frame(case, change.year)]
        rows = [*kept, *level, *([_with_value(same[0], change)] if same else [_new(change, unit)])]
    here = Place("--set", None, change.text)
    base, last = case.header.base_year, max(case.header.years)
    # Rows of an included folder may reach beyond this case's years; they stay where they stand.
    far = {
        row.year: place
        for row, place in case.placed("numbers")
        if (row.item, row.quantity) == mine and row.year is not None and not base <= row.year <= last
    }
    return _with_rows(case, "numbers", [*others, *((row, far.get(row.year, here)) for row in rows)])


def _at_start(case: Case, table: str, change: Change) -> list[Number]:
    """Where the path of what remains of existing stock begins: its value in the base year."""
    rows = [row for row in case.tables["existing"] if row.id == change.item] if table == "existing" else []
    told = ("value", "unit", "low", "high", "status", "source")
    return [
        Number(item=row.id, quantity=change.quantity, year=case.header.base_year, **{name: dict(row)[name] for name in told})
        for row in rows
    ]


def _between(own: list[Number], change: Change, fill: str) -> Number:
    """The row that stands for a year which has none of its own: on the path between those that there are."""
    if fill == "exact":
        raise ChangeError("nothing_in_year", name=f"{change.item}.{change.quantity}", year=change.year, amount=change.amount)
    first = own[0]
    if any(row.year is None for row in own):
        return first.model_copy(update={"year": change.year})
    if fill == "onward":
        before = [row for row in own if row.year is not None and row.year <= (change.year or 0)]
        if not before:
            raise ChangeError("nothing_in_year", name=f"{change.item}.{change.quantity}", year=change.year, amount=change.amount)
        return max(before, key=lambda row: row.year or 0).model_copy(update={"year": change.year})
    ends = [end for end in ("low", "value", "high") if all(dict(row)[end] is not None for row in own)]
    paths = {end: {int(row.year or 0): dict(row)[end] * factor(row.unit, first.unit) for row in own} for end in ends}
    filled = {end: float(fill_linear(path, [int(change.year or 0)])[0]) for end, path in paths.items()}
    return first.model_copy(update={"year": change.year, "low": None, "high": None, **filled})


def _frame(case: Case, year: int) -> list[int]:
    """The years beside one, where a level path must be pinned so that only that year moves."""
    years = [case.header.base_year, *case.header.years]
    return [other for other in years if other != year]


def _new(change: Change, unit: str) -> Number:
    return Number(
        item=change.item, quantity=change.quantity, year=change.year, value=change.value, unit=unit, low=change.value, high=change.value, **_told(change),
    )  # fmt: skip
