"""Cells of the inputs that differ between two cases, with the labels and units that a reader needs to know them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.case.read.case import Case
from model.case.read.header import HEADER_FILE, Header
from model.case.tables.columns import Row
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import TABLES

OF_THE_RUN = frozenset({"days", "decide_from", "span_rule", "payments"})  # told of how a run was asked, wherever they were set
AMOUNTS = frozenset({"", "value", "low", "high"})  # columns of a number in the row's unit; '' is the row as a whole
Labels = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Input:
    """A cell of the stored inputs that differs between the first run and another, '' where the row is not there.

    `names` are the labels, English and Chinese, of the ids in it; `units` those of a number then and now.
    """

    run: str
    table: str
    row: str
    column: str
    before: str
    after: str
    names: Labels = field(default_factory=dict)
    units: Sequence[str] = ("", "")


def changed_cells(name: str, first: Case, other: Case) -> list[Input]:
    """Settings of the header and cells that differ, table by table; rows are matched by their keys."""
    heads = {key: tuple(_setting(case.header, key) for case in (first, other)) for key in Header.model_fields if key not in OF_THE_RUN}
    found = [Input(name, HEADER_FILE, key, "", before, after) for key, (before, after) in heads.items() if before != after]
    labels = {**_labels(first), **_labels(other)}
    for table, model in TABLES.items():
        before, after = (_rows(case, table, model.key) for case in (first, other))
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key), after.get(key)
            for column, then, now in _apart(old, new):
                units = tuple(str((row or {}).get("unit") or "") if column in AMOUNTS else "" for row in (old, new))
                names = dict(_named(model, dict(zip(model.key, key, strict=True)) | {column: f"{then};{now}"}, labels))
                found.append(Input(name, table, " ".join(key), column, then, now, names, units))
    return found


def _apart(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """(column, then, now) of what differs between two rows; of a row that stands in one case only, all of it at once."""
    if old is None or new is None:
        yield "", "" if old is None else _value(old), "" if new is None else _value(new)
        return
    for column in old:
        if _text(old[column]) != _text(new.get(column)):
            yield column, _text(old[column]), _text(new.get(column))


def _labels(case: Case) -> dict[str, tuple[str, str]]:
    """{id: (English, Chinese)} of every row that has a label."""
    return {row.id: (row.label_en, row.label_zh) for rows in case.tables.values() for row in rows if "label_en" in type(row).model_fields}


def _named(model: type[Row], cells: Mapping[str, str], labels: Labels) -> Iterator[tuple[str, Sequence[str]]]:
    """The ids in these cells with their labels: of rows by their own or another table's, and of quantities."""
    for column, text in cells.items():
        if column == "quantity":
            known = next((told[text] for told in QUANTITIES.values() if text in told), None)
            if known:
                yield text, (known.en, known.zh)
        elif column == "id" or (column in model.model_fields and refers(model, column)):
            yield from ((name, labels[name]) for name in text.split(";") if name in labels)


def refers(model: type[Row], column: str) -> str:
    """The table whose rows a column names; empty where it names none."""
    extra = model.model_fields[column].json_schema_extra
    return str(extra.get("refers") or "") if isinstance(extra, dict) else ""


def _setting(header: Header, key: str) -> str:
    value = dict(header)[key]
    return "; ".join(f"{name}: {text}" for name, text in value.items()) if isinstance(value, dict) else _text(value)


def _rows(case: Case, table: str, key: Sequence[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(_text(dict(row).get(name)) for name in key): dict(row) for row in case.tables[table]}


def _value(row: Mapping[str, Any]) -> str:
    """What a row that stands in one run only says: its value with its unit, an official result, or that it is there."""
    if row.get("value") is not None:
        return f"{_text(row['value'])} {_text(row.get('unit'))}".strip()
    return _text(row.get("result")) or "+"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ";".join(str(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
