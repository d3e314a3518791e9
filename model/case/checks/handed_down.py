"""Faults of numbers handed down: of another year or another kind of unit than the target they are for."""

from __future__ import annotations

from collections.abc import Iterator

from model.case.faults import Fault
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.read.handed_down import fits


def of_their_targets(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A number that its target cannot take, so that it would count for nothing."""
    targets = {row.id: row for row in case.tables["targets"]}
    for row, place in case.placed("handed_down"):
        target = targets.get(row.target)
        if target is None or row.year is None or fits(target, row):
            continue
        if row.year != target.year:
            yield Fault("handed_down_year", place.at("year"), str(row.year), str(target.year), str(target.year))
        else:
            yield Fault("handed_down_unit", place.at("unit"), str(row.unit), str(target.unit), str(target.unit))
