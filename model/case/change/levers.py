"""The numbers of a case that have a range, each path one lever that moves as a whole between its low and its high end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from model.case.change.change_text import ChangeError
from model.case.change.naming import BY_OWN_VALUE, PAIRED, Names
from model.case.faults import nearest
from model.case.parameters.history import RECORDED, Mode
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.quantities import QUANTITIES
from model.case.tables.records import Actual

MOVED = ("numbers", *BY_OWN_VALUE, *PAIRED, "curves", "actuals")
HISTORY = "history.value"  # how the unrecorded past is found: by the record alone, reconstructed, as usual
COSTS = (
    "*.investment",
    "*.upkeep",
    "*.variable_cost",
    "*.price",
    "*.network_cost",
    "*.lifetime",
    "*.cost_of_capital",
    "*.rate",
    "*.share",
    "discount_rate.value",
)


@dataclass(frozen=True)
class Lever:
    """One path with a range: `ITEM.QUANTITY`, and low, value and high of its last row that has a range, in its own unit."""

    name: str
    table: str
    low: float
    value: float
    high: float
    unit: str
    rows: int


@dataclass(frozen=True)
class Shift:
    """A whole path moved: every row to `low + share · (high − low)` of its own range."""

    lever: str
    share: float


def levers(case: Case) -> list[Lever]:
    """Every path with a range, in the order of its tables; facts and day types are given and are no levers.

    Estimates of what was built, and how the unrecorded past is found, are levers where decisions begin after the first year.
    """
    found: dict[str, Lever] = {}
    for table in MOVED:
        for row in case.tables[table]:
            if not _ranged(row) or (table == "actuals" and not _guessed(case, row)):
                continue
            name = lever_of(table, row)
            rows = found[name].rows + 1 if name in found else 1
            found[name] = Lever(name, table, float(row.low), float(row.value), float(row.high), str(row.unit), rows)
    if _has_past(case) and case.header.history == "reconstructed":
        found[HISTORY] = Lever(HISTORY, "header", 0.0, 0.5, 1.0, "1", 1)
    return list(found.values())


def chosen(case: Case, patterns: Iterable[str]) -> list[Lever]:
    """The levers that fit any of the patterns (`*` for anything, ids or labels), all without a pattern.

    Raises ChangeError for a pattern that fits none.
    """
    known, wanted, names, fitting = levers(case), tuple(patterns), Names(case), set[str]()
    for pattern in wanted:
        spelled = {".".join(path) for path in names.fitting(pattern)}
        mine = {lever.name for lever in known if lever.name in spelled or _fits(lever, (pattern,))}
        if not mine:
            raise ChangeError("no_range_fits", name=pattern, nearest=nearest(pattern, tuple(lever.name for lever in known)))
        fitting |= mine
    return [lever for lever in known if not wanted or lever.name in fitting]


def costs(case: Case) -> list[Lever]:
    """The levers of what things cost. All ranges drawn at once make no case: the base year no longer adds up, and limits that are low
    together leave no plan.
    """
    return [lever for lever in levers(case) if _fits(lever, COSTS)]


def _fits(lever: Lever, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(lever.name, pattern) for pattern in patterns)


def shifted(case: Case, shifts: Iterable[Shift]) -> Case:
    """A new case with these paths moved; rows without a range stay as they are."""
    share = {shift.lever: shift.share for shift in shifts}
    if not share:
        return case
    tables, origin = dict(case.tables), case.unchanged or case
    for table in MOVED:
        rows = case.tables[table]
        if any(_ranged(row) and lever_of(table, row) in share for row in rows):
            tables[table] = tuple(_moved(row, share.get(lever_of(table, row))) for row in rows)
    header = case.header.model_copy(update={"history": _history(share[HISTORY])}) if HISTORY in share else case.header
    if HISTORY in share or tables["actuals"] is not case.tables["actuals"]:  # the past itself is another one
        past = origin.header.model_copy(update={"history": header.history})
        origin = replace(origin, header=past, tables={**origin.tables, "actuals": tables["actuals"]})
    return replace(case, header=header, tables=tables, unchanged=origin)


def with_history(case: Case, reading: Mode) -> Case:
    """The case whose unrecorded past is found by another reading."""
    return shifted(case, [Shift(HISTORY, _SHARE[reading])])


_SHARE: dict[Mode, float] = {"recorded_only": 0.0, "reconstructed": 0.5, "usual": 1.0}


def _history(share: float) -> str:
    return "recorded_only" if share < 1 / 3 else "usual" if share > 2 / 3 else "reconstructed"


def _has_past(case: Case) -> bool:
    first = case.header.base_year + 1
    return (case.header.decide_from or first) > first


def _guessed(case: Case, row: Any) -> bool:
    """Whether a row is an estimate of the years before decisions begin."""
    return _has_past(case) and row.status not in RECORDED and row.year < (case.header.decide_from or 0)


def lever_of(table: str, row: Any) -> str:
    """The name of the path that a row belongs to."""
    if table == "numbers":
        return f"{row.item}.{row.quantity}"
    if table in PAIRED:
        first, second = (dict(row)[column] for column in PAIRED[table])
        return f"{first}.{second}"
    if table == "actuals":
        return f"{row.measure}.built"
    return f"{row.curve if table == 'curves' else row.id}.value"


def _ranged(row: Any) -> bool:
    return row.value is not None and row.low is not None and row.high is not None and row.low < row.high


def _moved(row: Any, share: float | None) -> Any:
    if share is None or not _ranged(row):
        return row
    ends = {0.0: row.low, 1.0: row.high}  # the ends exactly, without the dust of arithmetic
    value = ends.get(share, row.low + share * (row.high - row.low))
    fixed = {"low": value, "high": value} if isinstance(row, Actual) else {}  # an estimate bounds the past by its ends
    return row.model_copy(update={"value": value, **fixed})


def lever_labels(case: Case, name: str, lookup: Lookup | None = None) -> tuple[str, str]:
    """What a lever (with or without @YEAR) is called in English and in Chinese, made of the labels of the case's own rows; who asks often has their `lookup`."""
    if name == HISTORY:
        return "How the unrecorded past is found", "历史推定方式"
    path, _, year = name.partition("@")
    item, _, quantity = path.partition(".")
    lookup = lookup or Lookup(case)
    names = [lookup.column(item, f"label_{language}") or item for language in ("en", "zh")]
    told = QUANTITIES.get(lookup.table(item) or "", {}).get(quantity)
    if told is not None:
        names = [f"{names[0]}: {told.en}", f"{names[1]}：{told.zh}"]
    elif quantity == "built":
        names = [f"{names[0]}: built, estimate", f"{names[1]}：已建规模（估计）"]
    elif quantity != "value":
        second = [lookup.column(quantity, f"label_{language}") or quantity for language in ("en", "zh")]
        names = [f"{names[0]}: {second[0]}", f"{names[1]}：{second[1]}"]
    return (f"{names[0]} @{year}", f"{names[1]}（{year}年）") if year else (names[0], names[1])
