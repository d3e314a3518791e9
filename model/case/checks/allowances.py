"""Faults of carbon markets: outputs settled twice or priced twice, groups without output, limits on losses that a sum cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.checks.paths import linear, told_paths
from model.case.checks.transfers import carbon_prices
from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case

rounding = 1e-9


def outputs(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Outputs of two groups, or that their technology does not have; groups that have none."""
    first: dict[tuple[str, str], str] = {}
    for row, place in case.placed("allowance_outputs"):
        if row.technology is None or row.by is None:
            continue
        other = first.setdefault((row.technology, row.by), str(row.id))
        if other != row.id:
            yield Fault("allotted_twice", place.at("technology"), clipped(row.technology), other)
        operation = lookup.column(row.technology, "operation")
        if row.by == "heat" and operation is not None and lookup.column(row.technology, "heat") is None:
            yield Fault("wrong_operation", place.at("technology"), clipped(f"{row.technology} ({operation})"), "heat")
        if row.by == "activity" and operation == "flexibility":
            yield Fault("wrong_operation", place.at("technology"), clipped(f"{row.technology} ({operation})"), "activity")
    having = {row.group for row in case.tables["allowance_outputs"]}
    for row, place in case.placed("allowance_groups"):
        if row.id not in having and "allowance_outputs" not in case.unread:
            yield Fault("needed_here", place.at("id"), "-", "allowance_outputs")


def prices(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Emissions that a carbon market settles bear no carbon price beside it."""
    settled = {row.technology for row in case.tables["allowance_outputs"]}
    for place, sources in carbon_prices(case, lookup) if settled else ():
        if both := sorted(sources & settled):
            yield Fault("carbon_priced_twice", place.at("indicator"), clipped(", ".join(both)), "allowance_outputs")


def losses(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Of a group whose losses are limited, all outputs lie above the limit in a year or none does: the sum of the smaller is the smaller of the sums."""
    told = told_paths(case, lookup, ("verified", "benchmark", "loss_limit"))
    mine: dict[str, list[Any]] = defaultdict(list)
    for row in case.tables["allowance_outputs"]:
        if {(row.id, "verified"), (row.id, "benchmark")} <= told.keys() and row.group is not None:
            mine[row.group].append(row)
    for row, place in case.placed("allowance_groups"):
        if (row.id, "loss_limit") in told and len(mine[row.id]) > 1:
            yield from _mixed(case, row, place, told=told, outputs=mine[row.id])


def _mixed(case: Case, group: Any, place: Place, *, told: Any, outputs: list[Any]) -> Iterator[Fault]:
    years = [
        year for year in [case.header.base_year, *case.header.years] if year is not None and (group.since is None or year >= group.since)
    ]
    limit = linear(told[group.id, "loss_limit"], years)
    paths = {row.id: tuple(linear(told[row.id, name], years) for name in ("verified", "benchmark")) for row in outputs}
    for at, year in enumerate(years):
        beyond = {name: (1 - limit[at]) * verified[at] - benchmark[at] for name, (verified, benchmark) in paths.items()}
        above, below = (
            [name for name, value in beyond.items() if value > rounding],
            [name for name, value in beyond.items() if value < -rounding],
        )
        if above and below:
            yield Fault("loss_limit_mixed", place.at("id"), clipped(f"{', '.join(above)} ({year})"), clipped(", ".join(below)))
            return
