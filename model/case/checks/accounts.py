"""Faults of accounts: totals of other boundaries, trade counted the wrong way, changes of what is run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from model.case.faults import Fault, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case

DIRECTION = {"bought": "buy", "sold": "sell"}
MAY_CHANGE = ("driver",)


def boundaries(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Totals with and without part of the territory are never mixed."""
    for table in ("indicators", "facts"):
        for row, place in case.placed(table):
            if row.boundary is not None and row.boundary != case.header.boundary:
                yield Fault("mixed_boundary", place.at("boundary"), clipped(row.boundary), clipped(case.header.boundary))


def directions(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """What is bought comes from a market that sells to the city, what is sold goes to one that buys from it."""
    for row, place in case.placed("accounts"):
        wanted = DIRECTION.get(row.by)
        found = lookup.column(row.item, "direction") if lookup.table(row.item) == "markets" else None
        if wanted is not None and found is not None and found != wanted:
            yield Fault("wrong_direction", place.at("by"), f"{row.item} ({found})", wanted)


def changes(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A yearly change is taken only of indicators made of effects, drivers and the rest of the city."""
    made_of: dict[str | None, set[str]] = defaultdict(set)
    for row in case.tables["accounts"]:
        made_of[lookup.resolved(row.indicator)].add(row.by)
    for row, place in case.placed("accounts"):
        if row.by != "change":
            continue
        other = sorted(by for by in made_of[lookup.resolved(row.item)] if by and by not in MAY_CHANGE)
        if other:
            yield Fault("change_of_operation", place.at("item"), f"{row.item} ({', '.join(other)})", ", ".join(MAY_CHANGE))
