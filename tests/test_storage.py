"""Storage on paper: power and energy, cyclic in a typical day, linked through the days of a spell."""

from __future__ import annotations

import numpy as np
import pytest
from paper import A_YEAR, Paper, demand, market, profile, technology
from paper_answer import made
from paper_case import case_of

from model.case.parameters import parameters, plan_scope
from model.maths.build import build
from model.solve.matrix import compile_matrix
from model.solve.search import search
from model.study.plan.solve import solve
from model.study.solved.solved_model import Options

LINKED = Paper(
    name="linked",
    says="",
    facts=(
        demand("electricity", A_YEAR), market("electricity", 3.0), profile("sunshine", [1.0] * 24, availability=True),
        technology("pv", "variable", gives={"electricity": 1.0}, exists=2.0, profile="sunshine"),
        technology("tank", "storage", gives={"electricity": 1.0}, exists=1.0, told={"storage_hours": 24.0}),
    ),  # fmt: skip
    objective=0.0,
    settings={"stress_days": 2, "stress_weight": 1, "stress_variable": 0},
)  # fmt: skip


@pytest.mark.parametrize(("linked", "bought"), [(True, 0.0), (False, 24.0)])
def test_storage_carries_from_day_to_day_of_a_spell(linked: bool, bought: float) -> None:
    """2 GW of sun on the first day of the spell, none on the second: 24 GWh are carried over, or bought where each day is its own."""
    data = parameters(case_of(LINKED), plan_scope(case_of(LINKED)))
    if not linked:
        data = data.assign(previous_day=("day", data["day"].values))
    plan = search(compile_matrix(build(data)), gap=1e-9)
    assert plan.objective == pytest.approx(bought * 1e-3 * 3)


def test_the_spell_closes_on_itself() -> None:
    data = made(LINKED).parameters
    before = dict(zip(data["day"].values.tolist(), data["previous_day"].values.tolist()))
    assert before == {"d1": "d1", "stress1": "stress2", "stress2": "stress1"}
    assert np.isclose(float(data["day_weight"].sum()), 365)


def test_a_run_tells_how_many_of_its_days_are_the_spell() -> None:
    manifest = solve(case_of(LINKED), Options(days=1)).manifest
    assert (manifest["days"], manifest["stress_days"]) == (3, 2)
