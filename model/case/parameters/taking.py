"""Taking away: which standing stock a negative effect acts on, and until when it can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from model.case.parameters.timeline import FOREVER
from model.case.read.case import Case
from model.case.tables.rows import Effect, Existing

FOR_EVER = ("retire", "replace")
MOST_UNIONS = 200


@dataclass(frozen=True)
class Taking:
    """What one effect takes from: ids of rows of `existing`, sorted (none where nothing of its technology stands by itself).

    It ends with `until`, the last calendar year in which that stock still stands or in which the effect's row says that it ends.
    """

    stock: tuple[str, ...]
    until: float


class Takings:
    """What the negative effects of a case take from."""

    def __init__(self, case: Case) -> None:
        self._standing: dict[str, list[Existing]] = defaultdict(list)
        for row in case.tables["existing"]:
            self._standing[row.technology].append(row)
        self._technologies = {row.id for row in case.tables["technologies"]}

    def of(self, effect: Effect) -> Taking | None:
        """None for an effect that takes nothing away: a positive one, or one on an indicator."""
        if effect.value is None or effect.value >= 0 or effect.item not in self._technologies:
            return None
        rows = self.rows(effect)
        leaves = max((FOREVER if row.until is None else float(row.until) for row in rows), default=FOREVER)
        return Taking(tuple(sorted(row.id for row in rows)), min(leaves, FOREVER if effect.until is None else float(effect.until)))

    def rows(self, effect: Effect) -> tuple[Existing, ...]:
        """The stock an effect names; else what leaves by itself in the year in which it ends; else all of its technology."""
        standing = self._standing[effect.item]
        named = [row for row in standing if row.id in effect.stock]
        alike = [row for row in standing if row.until == effect.until]
        return tuple(named if effect.stock else alike or standing)


def joined(stocks: Iterable[Iterable[str]]) -> list[frozenset[str]]:
    """Sets of rows of `existing`, and every union of those that overlap: what is taken from each is held against what stands of it.

    Unions of sets that share no row say nothing new. Making them ends once there are more than `MOST_UNIONS` of them.

    >>> [sorted(one) for one in joined([["a", "b"], ["b", "c"], ["d"]])]
    [['a', 'b'], ['a', 'b', 'c'], ['b', 'c'], ['d']]
    """
    said = sorted({frozenset(stock) for stock in stocks}, key=sorted)
    known: set[frozenset[str]] = set()
    for one in said:
        grown = {one}
        for other in sorted(known, key=sorted):
            grown |= {union | other for union in grown if union & other}
        known |= grown
        if len(known) > len(said) + MOST_UNIONS:
            break
    return sorted(known | set(said), key=sorted)
