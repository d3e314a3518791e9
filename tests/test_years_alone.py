"""What the years alone forbid is known before the hours are looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csc_array

from model.solve import years_alone
from model.solve.matrix import Matrix, without_columns
from model.solve.years_alone import infeasible_in_years_alone

# x ≥ 2 by a row of its own, y (an hour) ≤ x by another.
PROGRAM = Matrix(
    A=csc_array(np.array([[1.0, 0.0], [-1.0, 1.0]])),
    cost=np.array([1.0, -1.0]), offset=0.0, lower=np.zeros(2), upper=np.array([3.0, np.inf]), row_lower=np.array([2.0, -np.inf]),
    row_upper=np.array([np.inf, 0.0]), integer=np.zeros(2, dtype=bool), columns=(("X", 0), ("Y", 0)), rows=(("Least", 0), ("Link", 0)),
)  # fmt: skip
HOURS = np.array([False, True])


def test_without_hours_their_rows_are_gone_too() -> None:
    years = without_columns(PROGRAM, HOURS)
    assert (years.columns, years.rows, years.A.toarray().tolist()) == ((("X", 0),), (("Least", 0),), [[1.0]])


@pytest.mark.parametrize(("most", "forbidden"), [(3.0, False), (1.0, True)])
def test_only_what_the_years_cannot_do_by_themselves_is_said_to_be_infeasible(
    monkeypatch: pytest.MonkeyPatch, most: float, forbidden: bool
) -> None:  # fmt: skip
    monkeypatch.setattr(years_alone, "many_columns", 1)
    narrow = replace(PROGRAM, upper=np.array([most, np.inf]))
    assert infeasible_in_years_alone(narrow, HOURS, threads=1, seconds=10.0) is forbidden
    only_hours = replace(PROGRAM, row_upper=np.array([np.inf, -5.0]))  # x ≥ y + 5 cannot be, but only the hours know
    assert infeasible_in_years_alone(only_hours, HOURS, threads=1, seconds=10.0) is False


def test_a_small_program_is_not_asked_twice() -> None:
    assert infeasible_in_years_alone(replace(PROGRAM, upper=np.array([1.0, np.inf])), HOURS, threads=1, seconds=10.0) is False
