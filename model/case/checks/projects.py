"""Projects that cannot stand as they are told."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault
from model.case.read.canonical import Lookup
from model.case.read.case import Case


def running(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Projects told as running whose finish is still to come: in the first decided year or after it."""
    first = case.header.decide_from
    for row, place in case.placed("projects"):
        if first is not None and row.stage == "running" and isinstance(row.finish, int) and row.finish >= first:
            yield Fault("not_yet_running", place.at("finish"), str(row.finish), f"< {first}", str(first - 1))
