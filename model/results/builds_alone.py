"""Indicators that builds alone move: what is recorded as built tells of them, whatever the model makes of how the rest ran."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.case.read.canonical import Lookup
from model.case.read.case import Case

GIVEN = frozenset({"driver", "demand"})


def told_by_record(case: Case, lookup: Lookup, indicators: Iterable[str], words: Mapping[tuple[str, int], str], *, until: int) -> bool:
    """Whether builds alone move these indicators, and all of them until this year, of which there are some, are recorded.

    `words` {(measure, modelled year): how an amount above nothing is known}.
    """
    moved = [_movers(case, lookup, indicator, frozenset()) for indicator in indicators]
    movers = set[str]().union(*(one or set() for one in moved))
    known = [said for (measure, year), said in words.items() if measure in movers and year <= until]
    return bool(known) and None not in moved and set(known) == {"record"}


def _movers(case: Case, lookup: Lookup, indicator: str, seen: frozenset[str]) -> set[str] | None:
    """Measures whose builds move an indicator; None where it counts anything that runs, is bought or paid."""
    name = lookup.resolved(indicator) or indicator
    if name in seen:
        return set()
    found = {row.measure for row in case.tables["effects"] if row.item == name}
    for row in case.tables["accounts"]:
        if row.indicator != name or row.by in GIVEN:
            continue
        if row.by == "capacity":
            found |= {one.measure for one in case.tables["effects"] if one.item == row.item}
        elif row.by in ("level", "build"):
            found.add(row.item)
        elif row.by == "indicator" and (other := _movers(case, lookup, row.item, seen | {name})) is not None:
            found |= other
        else:
            return None
    return found
