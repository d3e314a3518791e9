"""Changes to a case: `ITEM.QUANTITY[@YEAR]=VALUE`, the vocabulary of --set and of sweeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from model.case.canonical import Lookup
from model.case.faults import Place, nearest
from model.case.quantities import QUANTITIES
from model.case.read import Case
from model.case.rows import Number

FORM = re.compile(r"^(?P<item>[a-z][a-z0-9_]*)\.(?P<quantity>[a-z][a-z0-9_]*)(?:@(?P<year>\d{4}))?=(?P<value>[-+0-9.eE]+)\s*(?P<unit>.*)$")
BY_OWN_VALUE = ("targets", "settings", "existing", "residuals", "couplings", "profiles")
# Rows that join two items are named by both: `coal_boiler.coal` is what a boiler takes of coal.
PAIRED = {
    "flows": ("technology", "commodity"), "effects": ("measure", "item"), "accounts": ("indicator", "item"), "coupling_terms": ("coupling", "item"),
}  # fmt: skip


class ChangeError(Exception):
    """A change that names nothing in the case; the message says what was meant to stand there."""


@dataclass(frozen=True)
class Change:
    """One number set anew. Without a year the whole path takes the value; without a unit it keeps the row's own."""

    item: str
    quantity: str
    year: int | None
    value: float
    unit: str

    @property
    def text(self) -> str:
        at = f"@{self.year}" if self.year is not None else ""
        return f"{self.item}.{self.quantity}{at}={self.value:g}{' ' + self.unit if self.unit else ''}"


def parse_change(text: str) -> Change:
    """Raises ChangeError when the text has not the form ITEM.QUANTITY[@YEAR]=VALUE [UNIT].

    >>> parse_change("pv.investment@2030=2400 CNY/kW")
    Change(item='pv', quantity='investment', year=2030, value=2400.0, unit='CNY/kW')
    """
    found = FORM.match(text.strip())
    if not found:
        raise ChangeError(f"'{text}' is not of the form ITEM.QUANTITY[@YEAR]=VALUE [UNIT]")
    try:
        value = float(found["value"])
    except ValueError as error:
        raise ChangeError(f"'{text}': {found['value']} is not a number") from error
    return Change(found["item"], found["quantity"], int(found["year"]) if found["year"] else None, value, found["unit"].strip())


def changed(case: Case, changes: Iterable[Change]) -> Case:
    """A new case with the changes in it; nothing on disk is touched.

    Raises ChangeError when an item or quantity is unknown.
    """
    for change in changes:
        case = _one(case, change)
    return case


def _one(case: Case, change: Change) -> Case:
    lookup = Lookup(case)
    table = lookup.table(change.item)
    if table is None:
        known = tuple(row.id for rows in case.tables.values() for row in rows if "id" in type(row).model_fields)
        raise ChangeError(f"nothing in the case is called '{change.item}'{_meant(change.item, known)}")
    if change.quantity == "value" and table in BY_OWN_VALUE:
        return _own_value(case, table, change)
    for joining, columns in PAIRED.items():
        if any((dict(row)[columns[0]], dict(row)[columns[1]]) == (change.item, change.quantity) for row in case.tables[joining]):
            return _joined(case, joining, change)
    known = tuple(QUANTITIES.get(table, ()))
    if change.quantity not in known:
        offered = (*known, *(("value",) if table in BY_OWN_VALUE else ()))
        raise ChangeError(
            f"'{change.item}' has no quantity '{change.quantity}'; it has {', '.join(offered) or 'none'}{_meant(change.quantity, offered)}"
        )
    return _number(case, table, change)


def _meant(text: str, known: tuple[str, ...]) -> str:
    close = nearest(text, known)
    return f" (nearest: {close})" if close else ""


def _own_value(case: Case, table: str, change: Change) -> Case:
    if change.year is not None:
        raise ChangeError(f"'{change.item}.value' has no year of its own; leave out @{change.year}")
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
        raise ChangeError(f"'{change.item}.{change.quantity}' has no row of {change.year}; leave out @{change.year}")
    return _with_rows(
        case, table, [(_with_value(row, change) if own else row, place) for own, (row, place) in zip(mine, case.placed(table), strict=True)]
    )


def _with_rows(case: Case, table: str, placed: list[tuple[Any, Place]]) -> Case:
    rows, places = tuple(row for row, _ in placed), tuple(place for _, place in placed)
    return replace(case, tables={**case.tables, table: rows}, spots={**case.spots, table: places})


def _with_value(row: Any, change: Change) -> Any:
    update: dict[str, Any] = {
        "value": change.value,
        "unit": change.unit or row.unit,
        "source": f"set on the command line: {change.text}",
        "status": "estimate",
    }
    low = change.value if row.low is None or change.unit else min(row.low, change.value)
    high = change.value if row.high is None or change.unit else max(row.high, change.value)
    return row.model_copy(update=update | {"low": low, "high": high})


def _number(case: Case, table: str, change: Change) -> Case:
    mine = (change.item, change.quantity)
    own = [row for row in case.tables["numbers"] if (row.item, row.quantity) == mine]
    others = [(row, place) for row, place in case.placed("numbers") if (row.item, row.quantity) != mine]
    fill = QUANTITIES[table][change.quantity].fill
    if fill == "constant" and change.year is not None:
        raise ChangeError(f"'{change.item}.{change.quantity}' has no years; leave out @{change.year}")
    if fill == "exact" and change.year is None:
        raise ChangeError(f"'{change.item}.{change.quantity}' is dated; add @YEAR")
    if not own and not change.unit:
        raise ChangeError(f"'{change.item}.{change.quantity}' has no number yet; give its unit after the value")
    unit = change.unit or own[0].unit
    if change.year is None:
        rows = [_with_value(row.model_copy(update={"unit": unit}), change) for row in own] or [_new(change, unit)]
    else:
        kept = [row for row in own if row.year not in (change.year, None)]
        same = [row for row in own if row.year == change.year]
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


def _frame(case: Case, year: int) -> list[int]:
    """The years beside one, where a level path must be pinned so that only that year moves."""
    years = [case.header.base_year, *case.header.years]
    return [other for other in years if other != year]


def _new(change: Change, unit: str) -> Number:
    return Number(
        item=change.item, quantity=change.quantity, year=change.year, value=change.value, unit=unit, low=change.value, high=change.value,
        status="estimate", source=f"set on the command line: {change.text}",
    )  # fmt: skip
