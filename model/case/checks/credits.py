"""Faults of capacity credits that fall: credits that do not, segments that begin at the same share, technologies of two groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor


def groups(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Groups without a segment, technologies of two groups, and those without a credit that could fall."""
    falling = {row.group for row in case.tables["credit_segments"]}
    credited = {row.item for row in case.tables["numbers"] if row.quantity == "capacity_credit"}
    first: dict[str, str] = {}
    for row, place in case.placed("credit_groups"):
        if row.id not in falling and "credit_segments" not in case.unread:
            yield Fault("needed_here", place.at("id"), "-", "credit_segments")
        for name in row.technologies or ():
            if lookup.table(name) != "technologies":
                continue
            other = first.setdefault(name, row.id)
            if other != row.id:
                yield Fault("credit_of_two_groups", place.at("technologies"), clipped(name), other)
            if name not in credited and "numbers" not in case.unread:
                yield Fault("missing_number", place.at("technologies"), clipped(name), "capacity_credit")


def segments(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Segments of a group that begin at the same share of the peak, and those that keep more than the one before."""
    mine: dict[str, list[tuple[Any, Place, float | None]]] = defaultdict(list)
    for row, place in case.placed("credit_segments"):
        if row.group is not None and isinstance(row.beyond, float):
            mine[row.group].append((row, place, _share(row)))
    for rows in mine.values():
        rows.sort(key=lambda one: one[0].beyond)
        before, kept = 0.0, 1.0
        for row, place, share in rows:
            if row.beyond == before:
                yield Fault("segments_overlap", place.at("beyond"), f"{row.beyond:g}", f"> {before:g}")
            elif share is not None and share > kept:
                yield Fault("credit_not_falling", place.at("value"), f"{row.value:g} {row.unit}", f"<= {kept:g}", f"{kept:g}")
            before, kept = row.beyond, kept if share is None else share


def _share(row: Any) -> float | None:
    """What a segment keeps, where its cell and unit can be read."""
    if row.value is None or not row.unit or not is_unit(row.unit) or unit_fault(row.unit, "1") is not None:
        return None
    return float(row.value * factor(row.unit, "1"))
