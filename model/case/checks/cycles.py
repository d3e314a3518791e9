"""Faults of circles: measures that require one another, indicators made of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from model.case.faults import Fault, Place, clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case

Edges = dict[str, dict[str, Place]]


def prerequisites(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Measures that require one another.

    A coupling of kind `requires`, `Level[a] − Level[b] ≤ 0`, says that a requires b; with ≥ the signs change places.
    """
    terms: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in case.tables["coupling_terms"]:
        if row.coupling is not None and row.item is not None and row.value is not None:
            terms[row.coupling].append((row.item, row.value))
    edges: Edges = defaultdict(dict)
    for row, place in case.placed("couplings"):
        if row.kind != "requires":
            continue
        sign = -1 if row.sense == ">=" else 1
        needy = [item for item, number in terms[row.id] if sign * number > 0]
        needed = [item for item, number in terms[row.id] if sign * number < 0]
        for item in needy:
            for other in needed:
                edges[item].setdefault(other, place.at("id"))
    yield from _faults("circular_prerequisites", edges)


def indicators(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Indicators that are accounted from themselves, at once or by way of others."""
    edges: Edges = defaultdict(dict)
    for row, place in case.placed("accounts"):
        if row.by in ("indicator", "change") and row.indicator is not None and row.item is not None:
            indicator, item = lookup.resolved(row.indicator), lookup.resolved(row.item)
            if indicator is not None and item is not None:
                edges[indicator].setdefault(item, place.at("item"))
    yield from _faults("circular_accounts", edges)


def find_circles(edges: Mapping[str, Mapping[str, object]]) -> list[list[str]]:
    """Circles that share no member, each from its first name; none when there is no circle.

    >>> find_circles({"a": {"b": 0}, "b": {"c": 0}, "c": {"b": 0}})
    [['b', 'c']]
    """
    left = {name: {other for other in others if other in edges} for name, others in edges.items()}
    circles: list[list[str]] = []
    while True:
        ends = [name for name, others in left.items() if not others]
        while ends:
            gone = set(ends)
            left = {name: others - gone for name, others in left.items() if name not in gone}
            ends = [name for name, others in left.items() if not others]
        if not left:
            return circles
        walk = [min(left)]
        while (following := min(left[walk[-1]])) not in walk:
            walk.append(following)
        circle = walk[walk.index(following) :]
        first = circle.index(min(circle))
        circles.append(circle[first:] + circle[:first])
        gone = set(circle)
        left = {name: others - gone for name, others in left.items() if name not in gone}


def _faults(code: str, edges: Edges) -> Iterator[Fault]:
    for circle in find_circles(edges):
        following = circle[1] if len(circle) > 1 else circle[0]
        yield Fault(code, edges[circle[0]][following], clipped(" > ".join([*circle, circle[0]]), 200), "-")
