"""The full-year check equals a full-year run made by other means: the whole model with what was built held, and days solved one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from peers import model_energy
from scipy.optimize import linprog

from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.maths.build import build
from model.results.full_year import YearCheck
from model.solve.matrix import compile_matrix
from model.solve.search import search
from model.study.plan.solve import SolvedCase, solve
from model.study.runs.full_year import full_year_check
from model.study.solved.solved_model import Options, Watch

DIGITS = 1e-6


def checked(case: Case, days: int) -> tuple[SolvedCase, YearCheck]:
    outcome = solve(case, Options(days=days, gap=1e-9))
    found = full_year_check(outcome.ready, {"plan": outcome.plan, "usual": outcome.ready.usual, "free": outcome.free}, Watch())
    assert found is not None
    return outcome, found


@pytest.fixture(scope="module")
def energy(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(model_energy.model_energy(tmp_path_factory.mktemp("peers") / "model_energy"))


def operated(outcome: SolvedCase, case: Case) -> tuple[float, float]:
    """Present value of what trade costs, and TWh left short, with all 365 days in the whole model, every build held by hand."""
    matrix = compile_matrix(build(parameters(case, replace(outcome.ready.scope, days=0, spell=False))))
    built = {key: value for key, value in zip(outcome.plan.matrix.columns, outcome.plan.solution.x.tolist()) if key[0] == "Build"}
    places = [at for at, key in enumerate(matrix.columns) if key in built]
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[places] = upper[places] = [built[matrix.columns[at]] for at in places]
    found = search(replace(matrix, lower=lower, upper=upper))
    paid = matrix.at("Trade_Value")
    return float(matrix.cost[paid] @ found.x[paid]), float(found.x[matrix.at("Unserved")].sum())


def shed(day: int, built: dict[str, float]) -> float:
    """MWh that one day of the source's data sheds at least with these GW built: variables are wind, sun, charge, discharge, stored, shed of each hour."""
    known, hours, efficiency = model_energy.series(), 24, 0.96
    free = np.eye(hours)
    balance = np.hstack([free, free, -free, free, 0 * free, free])
    stored = np.hstack([0 * free, 0 * free, -efficiency * free, free / efficiency, free - np.roll(free, -1, axis=1), 0 * free])
    power = np.hstack([0 * free, 0 * free, free, free, 0 * free, 0 * free])
    battery = 1e3 * built["battery"]
    bounds = [
        *((0.0, 1e3 * built["wind"] * share) for share in known["wind"][day]), *((0.0, 1e3 * built["solar"] * share) for share in known["sun"][day]),
        *[(0.0, None)] * (2 * hours), *[(0.0, 3 * battery)] * hours, *[(0.0, 1e3 * model_energy.SHED_POWER)] * hours,
    ]  # fmt: skip
    found = linprog(
        np.repeat([0.0, 0.0, 0.0, 0.0, 0.0, 1.0], hours), A_ub=power, b_ub=np.full(hours, battery), A_eq=np.vstack([balance, stored]),
        b_eq=np.concatenate([known["load"][day], np.zeros(hours)]), bounds=bounds, method="highs",
    )  # fmt: skip
    assert found.status == 0
    return float(found.fun)


@pytest.mark.prove
@pytest.mark.parametrize("days", [4, 12])
def test_model_energy_on_few_days_is_run_as_on_all_days_by_other_means(energy: Case, days: int) -> None:
    """What wind, sun and batteries built on a few typical days leave to be shed at 2 € a kWh, by the whole model and day by day from the source's data."""
    outcome, check = checked(energy, days)
    (run,) = check.of("plan")
    assert (check.distinct, check.order, run.status, run.short, run.missed) == (365, "given", "kept", (), ())
    cost, short = operated(outcome, energy)
    assert run.cost == pytest.approx(cost, rel=DIGITS) and short == pytest.approx(0.0, abs=1e-9)
    amounts = outcome.results["build"].sum("build_year")
    built = {g: float(amounts.sel(measure=f"build_{g}")) for g in model_energy.CAPITAL}
    missing = sum(shed(day, built) for day in range(365))
    assert run.cost == pytest.approx(missing * 1e3 * model_energy.SHED_PRICE / 1e8, rel=DIGITS)
    assert run.cost > 5 * run.planned


def test_a_year_that_has_all_its_days_costs_what_the_plan_says(tmp_path: Path) -> None:
    """Twelve days of a year of twelve: nothing is left out, so nothing is checked."""
    outcome = solve(read_case(model_energy.model_energy(tmp_path / "few", few=True)), Options(gap=1e-6))
    assert full_year_check(outcome.ready, {"plan": outcome.plan}, Watch()) is None
