"""A small program is not divided: where its relaxation has whole units alone they are the plan, and any other is left to branch and bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from programs import HOURS, holds, plants, program

from model.solve import search as searching
from model.solve.search import search


def test_a_small_program_is_left_to_branch_and_bound() -> None:
    """3 plants of 2: invest 9, fuel 3 + 5 = 8 → 17; the relaxation has 2.5."""
    plan = search(plants(), in_subproblem=HOURS)
    assert (plan.status, plan.x[0], plan.proven_by) == ("optimal", 3.0, "branch and bound")
    assert (plan.objective, plan.bound) == pytest.approx((17.0, 17.0))
    holds(plan, plants())


@pytest.mark.parametrize("small_columns", [0, 1_000])
def test_a_relaxation_in_whole_units_is_the_plan_of_any_program(small_columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 4 of load instead of 5, two plants of 2 serve it: 6 + 3 + 4 = 13, and neither a master problem nor a search is asked."""
    monkeypatch.setattr(searching, "small_columns", small_columns)
    steps: list[str] = []
    served = plants(demand=(3.0, 4.0))
    plan = search(served, in_subproblem=HOURS, progress=lambda step, bound, best: steps.append(step))
    assert plan.objective == plan.bound == pytest.approx(13.0)
    assert (plan.x[0], plan.proven_by, steps) == (2.0, "relaxation", ["relax", "plan"])
    holds(plan, served)


def test_a_small_program_without_a_plan_in_whole_units_is_told() -> None:
    """Between 1.2 and 1.4 plants there is no whole one, though the relaxation has a plan."""
    held = plants()
    lower, upper = held.lower.copy(), held.upper.copy()
    lower[0], upper[0] = 1.2, 1.4
    plan = search(replace(held, lower=lower, upper=upper), in_subproblem=HOURS)
    assert plan.status == "infeasible" and not len(plan.x) and np.isinf(plan.objective)


def test_a_column_narrower_than_a_tolerance_counts_in_the_bound() -> None:
    """Branch and bound leaves out what is narrower than its tolerance: 0.1 is served at 200, less 100 times 0.0000009, beside one unit at 3 and half a room at 2."""
    narrow = program([[0, 1, 100, 0], [1, 0, 0, 1], [2, 0, 0, 0]], cost=[3, 200, 0, 2], rows=[(0.1, np.inf), (1.5, np.inf), (1.2, np.inf)],
                     columns=[(0, 5), (0, np.inf), (0, 9e-7), (0, 1)], whole=[1, 0, 0, 0])  # fmt: skip
    # One unit and half of the room: 3 + 1; (0.1 − 0.00009) · 200 = 19.982.
    plan = search(narrow)
    assert (plan.objective, plan.bound) == pytest.approx((23.982, 23.982), abs=1e-6)
