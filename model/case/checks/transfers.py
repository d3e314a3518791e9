"""Faults of transfers: nobody or the same one on both sides, nothing or too much that they are paid on, more than all of an investment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from model.case.checks.paths import linear, told_paths
from model.case.faults import Fault, Place, clipped
from model.case.parameters.averaged import told_as
from model.case.read.canonical import Lookup
from model.case.read.case import Case

rounding = 1e-9
NUMBER_OF = {"indicator": "rate", "measures": "share"}


def parties(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """A transfer passes between two, one of them a payer of the case."""
    for row, place in case.placed("transfers"):
        if row.payer is None and row.receiver is None:
            yield Fault("needed_here", place.at("payer"), "-", "payer / receiver")
        elif row.payer == row.receiver:
            yield Fault("transfer_to_itself", place.at("receiver"), clipped(row.receiver), "-")


def counted(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """It is paid on an indicator of the year itself, by its rate, or on investment in measures, by its share."""
    told = {(row.item, row.quantity) for row in case.tables["numbers"]}
    for row, place in case.placed("transfers"):
        on = [column for column in NUMBER_OF if dict(row)[column]]
        if len(on) != 1:
            yield Fault("transfer_on_one", place.at("indicator"), ", ".join(on) or "-", "indicator / measures")
            continue
        needed, other = NUMBER_OF[on[0]], next(name for column, name in NUMBER_OF.items() if column != on[0])
        if "numbers" not in case.unread:
            if (row.id, needed) not in told:
                yield Fault("missing_number", place.at("id"), clipped(str(row.id)), needed)
            if (row.id, other) in told:
                yield Fault("transfer_number", place.at(on[0]), other, needed)
        indicator = lookup.resolved(row.indicator)
        if on == ["indicator"] and lookup.table(indicator) == "indicators" and told_as(case, str(indicator)) != "of_year":
            yield Fault("transfer_on_builds", place.at("indicator"), clipped(str(row.indicator)), "measures, share")


def grants(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Those outside of the city pay no more than all of an investment."""
    years = list(case.header.years)
    told, paid = told_paths(case, lookup, ("share",)), defaultdict[str, list[float]](lambda: [0.0] * len(years))
    for row, place in case.placed("transfers"):
        if row.receiver is None or row.payer is not None or (row.id, "share") not in told or not years:
            continue
        for measure in row.measures or ():
            paid[measure] = [a + b for a, b in zip(paid[measure], linear(told[row.id, "share"], years), strict=True)]
            if (most := max(paid[measure])) > 1 + rounding:
                yield Fault("granted_above_all", place.at("measures"), f"{measure} {most:g}", "<= 1")


def sources_of(case: Case, lookup: Lookup) -> Mapping[str, frozenset[str]]:
    """{indicator: the technologies that it counts}, by what they run, give as heat or burn, through all compositions."""
    burning: dict[str, set[str]] = defaultdict(set)
    for flow in case.tables["flows"]:
        if flow.value is not None and flow.value < 0:
            burning[flow.commodity].add(flow.technology)
    direct, made_of = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in case.tables["accounts"]:
        into = lookup.resolved(row.indicator) or ""
        if row.by == "activity":
            direct[into].add(row.item)
        elif row.by == "use":
            direct[into] |= burning[row.item]
        elif row.by == "indicator":
            made_of[into].add(lookup.resolved(row.item) or "")
    return {row.id: frozenset(_through(row.id, direct, made_of, set())) for row in case.tables["indicators"] if isinstance(row.id, str)}


def _through(name: str, direct: Mapping[str, set[str]], made_of: Mapping[str, set[str]], seen: set[str]) -> set[str]:
    seen.add(name)
    found = set(direct.get(name, ()))
    for part in made_of.get(name, ()):
        found |= _through(part, direct, made_of, seen) if part not in seen else set()
    return found


def carbon_prices(case: Case, lookup: Lookup) -> Iterator[tuple[Place, frozenset[str]]]:
    """The place of each carbon price, with the technologies whose emissions bear it."""
    priced = [(row, place) for row, place in case.placed("transfers") if row.kind == "carbon_price" and row.indicator]
    sources = sources_of(case, lookup) if priced else {}
    for row, place in priced:
        yield place, sources.get(lookup.resolved(row.indicator) or "", frozenset())
