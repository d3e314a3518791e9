"""Cases that nobody here wrote give the answers of those who did: costs, builds and emissions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import ROOT
from peers import kohn, model_energy, utopia

from model.case.checks.check import check
from model.case.parameters import plan_scope
from model.case.read.case import read_case
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options, Watch, solve_model

DIGITS = 1e-6
PAGE = ROOT / "docs" / "other-models.md"
MONEY = 100.0  # millions in 1 亿元


def answered(folder: Path, *, gap: float = 1e-9) -> SolvedCase:
    """The case read from its folder, without a fault, solved and found right by the audit."""
    assert check(folder) == []
    solved = solve(read_case(folder), Options(gap=gap))
    assert solved.manifest["audit"]["ok"] and solved.manifest["accepted"]
    return solved


def built(solved: SolvedCase) -> dict[str, float]:
    amounts = solved.results["build"].sum("build_year")
    return dict(zip(amounts["measure"].values.tolist(), amounts.values.tolist(), strict=True))


def test_kohn_1968_takes_both_precipitators(tmp_path: Path) -> None:
    """0.14 · 1.0 + 0.18 · 1.5 = 0.410 million $; measures alone, in a year of the last century."""
    solved = answered(kohn.kohn(tmp_path / "kohn"))
    assert solved.manifest["objective"] == pytest.approx(kohn.COST, rel=DIGITS)
    assert built(solved) == pytest.approx({"four_field": kohn.FOUR_FIELD, "five_field": kohn.FIVE_FIELD}, rel=DIGITS)


@pytest.mark.parametrize("name", ["plain", "cap"])
def test_utopia_costs_what_osemosys_says(name: str, tmp_path: Path) -> None:
    solved = answered(utopia.utopia(tmp_path / "utopia", cap=name == "cap"))
    assert solved.manifest["objective"] == pytest.approx(utopia.ANSWERS[name] / MONEY, rel=DIGITS)


def test_utopia_paid_at_the_end_of_the_year_is_cheaper(tmp_path: Path) -> None:
    """What is not annuities is worth √1.05 less, and nothing else changes in what a plan of mid-year pays: no dearer than that plan at the year's end."""
    folder = utopia.utopia(tmp_path / "utopia")
    case = read_case(folder)
    found = {}
    for payments in ("middle", "end"):
        asked = replace(case, header=case.header.model_copy(update={"payments": payments}))
        found[payments] = solve_model(asked, plan_scope(asked), Options(gap=1e-9), Watch(), name="plan").solved
    cost = found["middle"].worked["cost"]
    investment = float(cost.sel(component="investment"))
    at_end = investment + float(cost.sum() - investment) / (1 + utopia.RATE) ** 0.5
    assert investment < found["end"].objective <= at_end * (1 + DIGITS) < found["middle"].objective
    assert f"{found['end'].objective:.4f} 亿元" in PAGE.read_text(encoding="utf-8")


def test_utopia_in_whole_units_lies_within_the_gap_of_osemosys(tmp_path: Path) -> None:
    """Both searches end within 1e-4 of the least cost, so their intervals overlap; ours is no wider than that. The plan alone, no baselines."""
    folder, gap = utopia.utopia(tmp_path / "utopia", units=True), 1e-4
    assert check(folder) == []
    case = read_case(folder)
    found = solve_model(case, plan_scope(case), Options(gap=gap), Watch(), name="plan").solution
    theirs = utopia.ANSWERS["units"] / MONEY
    assert found.objective - found.bound <= gap * found.objective
    assert found.bound <= theirs and theirs * (1 - gap) <= found.objective


def test_twelve_days_of_model_energy_cost_what_pypsa_says(tmp_path: Path) -> None:
    solved = answered(model_energy.model_energy(tmp_path / "model_energy", few=True))
    assert solved.manifest["objective"] == pytest.approx(model_energy.FEW / MONEY, rel=DIGITS)


@pytest.mark.prove
def test_all_days_of_model_energy_cost_what_pypsa_says(tmp_path: Path) -> None:
    solved = answered(model_energy.model_energy(tmp_path / "model_energy"))
    assert solved.manifest["objective"] == pytest.approx(model_energy.WHOLE_YEAR / MONEY, rel=DIGITS)
    assert built(solved) == pytest.approx({f"build_{g}": amount for g, amount in model_energy.BUILT.items()}, abs=5e-4)
