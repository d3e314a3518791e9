"""Faults of the coverage of the plan: rows with neither answer or with both, gaps, claims that nothing bears out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from model.case.checks.trace import ENDS, Trace
from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.read.overlays import of_overlay


def answered(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Rows with neither items nor a reason, with both, or with a reason in one language only."""
    for row, place in case.placed("coverage"):
        told = [name for name in ("reason_en", "reason_zh") if dict(row)[name]]
        given = [*(["items"] if row.items else []), *told]
        if given not in (["items"], ["reason_en", "reason_zh"]):
            yield Fault("modelled_or_reason", place.at("items"), ", ".join(given) or "-", "items | reason_en, reason_zh")


def numbered(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Numbers of one kind that leave out one."""
    found: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    for row, place in case.placed("coverage"):
        if isinstance(row.kind, str) and isinstance(row.number, int):
            found[row.kind].append((row.number, place))
    for rows in found.values():
        expected = 1
        for number, place in sorted(rows, key=lambda one: (one[0], one[1].file, one[1].row or 0)):
            if number > expected:
                yield Fault("number_gap", place.at("number"), str(number), str(expected))
            expected = number + 1


def traced(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Items that a row names and that move neither energy, CO2, a pollutant nor a target: a measure that only counts itself."""
    trace = Trace(case)
    for row, place in case.placed("coverage"):
        idle = [name for name in _items(row) if not trace.ends(name)]
        if idle:
            yield Fault("not_modelled", place.at("items"), clipped(", ".join(idle), 200), ", ".join(ENDS))


def unnamed(case: Case) -> dict[str, tuple[str, ...]]:
    """{targets, measures: those of the case that no row of the coverage names}; empty where it has no coverage at all.

    What an overlay adds is another paper's than the plan's, whose text has no words for it. A target that nothing in the case
    moves and that a published value answers is done with: its row of the coverage says so as a reason.
    """
    if not case.tables["coverage"] or "coverage" in case.unread:
        return {}
    lookup = Lookup(case)
    named = {lookup.resolved(item) for row in case.tables["coverage"] for item in _items(row)} | _answered_by_record(case)
    return {
        table: tuple(row.id for row, place in case.placed(table) if row.id and row.id not in named and not of_overlay(place.file))
        for table in ("targets", "measures")
    }


def _answered_by_record(case: Case) -> set[str]:
    published = {row.indicator for row in case.tables["facts"] if row.role == "record"}
    trace = Trace(case)
    return {row.id for row in case.tables["targets"] if row.indicator in published and not trace.ends(row.id)}


def named(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Targets and measures of the case for which the plan's text has no row: nothing in it, or a row forgot them."""
    for table, ids in unnamed(case).items():
        if ids:
            place = Place(case.spots["coverage"][0].file, None, "items")
            yield Fault("not_covered", place, f"{table} ({len(ids)}): {clipped(', '.join(ids), 200)}", table)


def _items(row: Any) -> tuple[str, ...]:
    return row.items or ()
