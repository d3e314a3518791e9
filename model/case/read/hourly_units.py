"""What runs or is balanced by the hour is counted in GW and TWh, whatever unit of power or energy its row gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from model.case.units.conversion import unit_fault

Tables = Mapping[str, tuple[Any, ...]]

POWER, ENERGY, HELD = "GW", "TWh", "GWh"  # a day's weight and its hours make TWh of GW by a fixed factor
BY_THE_HOUR = ("dispatch", "committed", "variable", "storage", "flexibility")
ADD_ONS = ("saving", "flexibility", "reservoir")


def in_hourly_units(tables: Tables) -> dict[str, tuple[Any, ...]]:
    """The tables of a case with every capacity of the kind of power in GW, the activity of what runs by the hour in TWh, commodities balanced by the hour in TWh.

    A saving add-on takes its host's units; its capacity may be of another kind (what it saves, on a host counted in vehicles). A unit of
    another dimension stays as it is, for `check` to report.
    """
    technologies = {row.id: row for row in tables["technologies"]}
    made = dict(tables)
    made["technologies"] = tuple(
        _with_units(_with_units(row, due_units(row, technologies)), {"capacity_unit": POWER}) for row in tables["technologies"]
    )
    made["commodities"] = tuple(_with_units(row, {"unit": ENERGY} if row.balance == "hourly" else {}) for row in tables["commodities"])
    return made


def due_units(row: Any, technologies: Mapping[str, Any]) -> dict[str, str]:
    """{column of a technology's row: the unit its numbers must be counted in}; empty where its own units stand."""
    if row.operation in BY_THE_HOUR:
        return {"capacity_unit": POWER, "activity_unit": ENERGY}
    if row.operation == "reservoir":
        return {"capacity_unit": HELD, "activity_unit": ENERGY}
    if row.operation == "saving":
        host = technologies.get(row.host)
        if host is None or host.operation in (None, *ADD_ONS):
            return {}
        own = {column: unit for column in ("capacity_unit", "activity_unit") if isinstance(unit := vars(host)[column], str)}
        return own | due_units(host, technologies)
    return {}


def misfits(row: Any, due: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(column, unit found, unit due) of those of a row's units that cannot be converted to what is due."""
    for column, unit in due.items():
        if column == "capacity_unit" and row.operation == "saving":
            continue
        found = vars(row)[column]
        if isinstance(found, str) and unit_fault(found, unit) == "wrong_dimension":
            yield column, found, unit


def _with_units(row: Any, due: Mapping[str, str]) -> Any:
    fitting = {
        column: unit
        for column, unit in due.items()
        if isinstance(found := vars(row)[column], str) and found != unit and unit_fault(found, unit) is None
    }
    return row.model_copy(update=fitting) if fitting else row
