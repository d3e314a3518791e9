"""What was built before decisions begin, as every model of a case takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from model.case.change.past import names_past
from model.case.parameters import Scope
from model.case.parameters.day_choice import DayChoice
from model.case.parameters.history import History, Word
from model.case.read.case import Case
from model.results.judged import Judged
from model.solve.components import OPERATION
from model.solve.matrix import Matrix

settled_tolerance = 1e-6


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
    days: DayChoice
    account: Mapping[str, Mapping[int, float]]

    def serves(self, case: Case, scope: Scope) -> bool:
        """Whether it is the past of this case too."""
        return (self.decide_from, self.days) == (scope.decide_from, scope.days) and self._same(*origin_of(case, scope.decide_from))

    def _same(self, origin: Case, changes: tuple[object, ...]) -> bool:
        return origin is self.origin and changes == self.changes


def held_to_past(matrix: Matrix, history: History | None) -> Matrix:
    """The matrix whose years before decisions run as they were found to have run, so that what came of them is the same in every plan.

    Rows of such columns alone are settled and let go. Where these years cannot have run so, since a change moved a number of all years,
    they are left to run at least cost.
    """
    if history is None or not history.operation:
        return matrix
    places = [place for place in matrix.at(*OPERATION) if matrix.columns[place] in history.operation]
    values = np.array([history.operation[matrix.columns[place]] for place in places], dtype=float)
    if ((values < matrix.lower[places] - settled_tolerance) | (values > matrix.upper[places] + settled_tolerance)).any():
        return matrix
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[places] = upper[places] = values
    fixed = lower == upper
    rows = csr_array(matrix.A)
    settled = np.flatnonzero(np.diff(csr_array(rows[:, np.flatnonzero(~fixed)]).indptr) == 0)
    amounts, sizes = rows[settled] @ np.where(fixed, lower, 0.0), abs(rows[settled]) @ np.abs(np.where(fixed, lower, 0.0))
    room = settled_tolerance * (1.0 + sizes)
    if ((amounts < matrix.row_lower[settled] - room) | (amounts > matrix.row_upper[settled] + room)).any():
        return matrix
    row_lower, row_upper = matrix.row_lower.copy(), matrix.row_upper.copy()
    row_lower[settled], row_upper[settled] = -np.inf, np.inf
    return replace(matrix, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)


def origin_of(case: Case, decide_from: int) -> tuple[Case, tuple[object, ...]]:
    """The case as it was read, and those of its changes that name a year before `decide_from`."""
    return case.unchanged or case, tuple(one for one in case.changes if names_past(one, decide_from))
