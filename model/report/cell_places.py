"""With how many decimals a cell is shown, whatever shows it: as many as the largest amount of its row needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.report.display import decimals
from model.report.tables import SAME_UNIT

COUNTS = frozenset(
    {
        "year",
        "period",
        "entries",
        "progress_due",
        "hour",
        "decide_by",
        "in_force",
        "begin",
        "last_year",
        "number",
        "rows_of_plan",
        "modelled_rows",
        "claimed_rows",
        "reason_rows",
        "context_rows",
        "context_modelled",
        "taken",
        "of_scenarios",
        "lead_years",
        "first_earliest",
        "first_median",
        "first_latest",
        "delay",
        "delay_safe",
    }
)
GROUPS = (frozenset({"required", "achieved", "slack", "base_value", "gap_to_target"}), frozenset({"value", "low", "high"}))


def places_of(record: Mapping[Any, Any], names: Sequence[Any], name: Any) -> int:
    """Decimals of the number in column `name` of a row, whose columns are `names`; none of what is counted.

    >>> places_of({"unit": "GW", 2025: 0.5, 2030: 12.25}, ["unit", 2025, 2030], 2025), places_of({"year": 2030}, ["year"], "year")
    (2, 0)
    """
    if name in COUNTS:
        return 0
    unit = str(record.get("unit", ""))
    group = next((group for group in GROUPS if name in group), None)
    if record.get("_status"):
        value = record[name]
        return len(f"{value:.6f}".rstrip("0").split(".")[1]) if isinstance(value, float) and abs(value) < 1000 else 0
    beside = (
        [n for n in names if n in group]
        if group
        else [n for n in names if n in ("total",) or is_year(n)]
        if name == "total" or is_year(name)
        else [name]
    )
    numbers = [float(record[n]) for n in beside if isinstance(record[n], (int, float))]
    return decimals(numbers, "" if name in SAME_UNIT or name == "price" else unit)


def is_year(name: Any) -> bool:
    """Whether a column is one of years or spans of years."""
    return isinstance(name, int) or (isinstance(name, str) and name[:4].isdecimal())
