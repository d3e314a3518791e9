"""The tables of a case as the program read and joined them, as rows of text, each day of its year that differs being a period of its own."""

from __future__ import annotations

from typing import Any

from model.case.parameters.days import lay_out
from model.case.read.case import Case
from second_model.tables import Cells, Tables, tables_of

HOURS = [f"h{hour}" for hour in range(24)]


def tables_on_all_days(case: Case) -> Tables:
    """365 days as they are laid out, days alike counted together; no kinds of day and no stress spell are left to be made of them."""
    rows = {table: [_cells(row.model_dump()) for row in told] for table, told in case.tables.items()}
    year = lay_out(case)
    kinds: dict[tuple[float, ...], list[int]] = {}
    for day in range(365):
        kinds.setdefault(tuple(round(float(cell), 9) for profile in sorted(year) for cell in year[profile][day]), []).append(day)
    firsts = [(f"day{days[0] + 1}", days[0], len(days)) for days in kinds.values()]
    rows["periods"] = [{"id": name, "days": str(count)} for name, _, count in firsts]
    rows["profile_days"] = [
        {"profile": profile, "period": name} | dict(zip(HOURS, map(repr, hours[day].tolist()), strict=True))
        for profile, hours in year.items()
        for name, day, _ in firsts
    ]
    rows["day_types"] = []
    rows["settings"] = [row | ({"value": "0"} if row["id"] == "stress_days" else {}) for row in rows["settings"]]
    return tables_of(case.header.model_dump(), rows)


def _cells(row: dict[str, Any]) -> Cells:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(_text, value)) if isinstance(value, tuple | list) else str(value)
