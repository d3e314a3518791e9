"""What was built before decisions begin, as every model of a case takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.case.change.past import names_past
from model.case.parameters import Scope
from model.case.parameters.history import History, Word
from model.case.read.case import Case
from model.results.judged import Judged


@dataclass(frozen=True)
class Past:
    """What was built before decisions begin, how each amount is known, and how the targets of that time are judged.

    `words` are by (measure, year), of amounts above nothing; `account` {indicator: {year: value}} is what came of it. It rests on the case as it was read, `origin`, and on those changes that
    name a year before `decide_from`.
    """

    history: History
    words: Mapping[tuple[str, int], Word]
    judged: tuple[Judged, ...]
    origin: Case
    changes: tuple[object, ...]
    decide_from: int
    days: int
    account: Mapping[str, Mapping[int, float]]

    def serves(self, case: Case, scope: Scope) -> bool:
        """Whether it is the past of this case too."""
        return (self.decide_from, self.days) == (scope.decide_from, scope.days) and self._same(*origin_of(case, scope.decide_from))

    def _same(self, origin: Case, changes: tuple[object, ...]) -> bool:
        return origin is self.origin and changes == self.changes


def origin_of(case: Case, decide_from: int) -> tuple[Case, tuple[object, ...]]:
    """The case as it was read, and those of its changes that name a year before `decide_from`."""
    return case.unchanged or case, tuple(one for one in case.changes if names_past(one, decide_from))
