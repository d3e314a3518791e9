"""The tables of a page as plain records: headings, cells as in the workbook with their decimals, how each row looks, and what is said below."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from model.report.cell_places import places_of
from model.report.display import printable
from model.report.tables import Table
from model.report.words import word_or

TEXT = "."  # stands for the decimals of a cell without a number
LOOKS = {"_total": "total", "_illustrative": "illustrative"}
IDS = ("lever_id", "scenario_id")  # columns of names in the case, which are narrow beside the labels


def table_record(name: str, table: Table, language: str, *, dash_zero: bool) -> dict[str, Any]:
    """{name, title, heads, rows, places, looks, states, ids, notes, warnings, links}: `places` has a digit for the decimals of each cell of each row, `ids` are the places of
    columns of names in the case. Columns in which nothing stands are left out, as in the workbook.
    """
    records, names = table.frame.to_dict("records"), shown_columns(table)
    rows = [[_cell(record[one]) for one in names] for record in records]
    return {
        "name": name, "title": printable(table.title), "dash_zero": dash_zero,
        "heads": [printable(str(word_or(one, language, one) if isinstance(one, str) else one)) for one in names],
        "rows": rows,
        "places": ["".join(_places(record, names, one) for one in names) for record in records],
        "looks": [_look(record) for record in records],
        "states": [_states(record, names) for record in records] if any(_states(record, names) for record in records) else [],
        "ids": [at for at, one in enumerate(names) if one in IDS], "links": {printable(note): goal for note, goal in table.links.items()},
        "notes": [printable(note) for note in table.notes], "warnings": [printable(note) for note in table.warnings],
    }  # fmt: skip


def shown_columns(table: Table) -> list[Any]:
    """The columns in which anything stands, as they are shown."""
    return [one for one in table.columns if table.frame.empty or any(value != "" for value in table.frame[one].tolist())]


def _cell(value: Any) -> str | float | int | None:
    if isinstance(value, str):
        return printable(value)
    if value is None or not math.isfinite(float(value)):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _places(record: Mapping[Any, Any], names: list[Any], name: Any) -> str:
    return TEXT if _cell(record[name]) is None or isinstance(record[name], str) else str(places_of(record, names, name))


def _look(record: Mapping[Any, Any]) -> str:
    state = record.get("_state")
    return " ".join(
        [look for mark, look in LOOKS.items() if record.get(mark) is True] + ([f"state-{state}"] if isinstance(state, str) else [])
    )


def _states(record: Mapping[Any, Any], names: list[Any]) -> dict[int, str]:
    """{place of a cell: its own state}."""
    own = record.get("_states")
    return {names.index(head): state for head, state in own.items() if head in names} if isinstance(own, Mapping) else {}
