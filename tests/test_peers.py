"""Cases that nobody here wrote give the answers of those who did: costs, builds and emissions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import ROOT
from peers import kohn, model_energy, utopia

from model.case.checks.check import check
from model.case.parameters import parameters, plan_scope
from model.case.read.case import read_case
from model.maths.build import build
from model.solve.matrix import compile_matrix
from model.solve.search import search
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


def least(folder: Path) -> float:
    """The least cost of the plan alone, of a case without a fault."""
    assert check(folder) == []
    case = read_case(folder)
    return solve_model(case, plan_scope(case), Options(gap=1e-9), Watch(), name="plan").solved.objective


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


def test_utopia_with_storage_over_the_year_costs_a_little_less_than_osemosys_says(tmp_path: Path) -> None:
    """There the stock passes from year to year, empty before the first, winter before the rest; here each year closes on itself."""
    found = least(utopia.utopia(tmp_path / "utopia", over_year=True)) * MONEY
    assert found < utopia.OVER_SEASONS and found == pytest.approx(utopia.OVER_SEASONS, rel=utopia.APART)
    assert found < utopia.ANSWERS["plain"] * (1 - 1e-3)


@pytest.mark.prove
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


def test_a_battery_over_twelve_days_in_a_row_costs_what_pypsa_says(tmp_path: Path) -> None:
    """The twelve days as PyPSA has them in a row, each once, though it counts 31 or 30 times in the cost: our year has each as often as it counts."""
    data = {}
    for span in ("day", "year"):
        case = read_case(model_energy.model_energy(tmp_path / span, few=True, span=span))
        data[span] = parameters(case, plan_scope(case))
    days = list(dict.fromkeys(data["year"]["calendar_block"].values.tolist()))  # in the order of the calendar
    before = dict(zip(days, [days[-1], *days], strict=False))
    in_a_row = data["day"].assign(previous_day=("day", [before[day] for day in data["day"]["day"].values]))
    assert search(compile_matrix(build(in_a_row)), gap=1e-9).objective == pytest.approx(model_energy.OVER_FEW / MONEY, rel=DIGITS)


def test_days_that_are_all_alike_leave_a_battery_nothing_to_carry(tmp_path: Path) -> None:
    """Over the year each of the twelve days follows itself but eleven times, and two of a kind add alike: no more than a day by itself."""
    folder = model_energy.model_energy(tmp_path / "model_energy", few=True, span="year")
    assert least(folder) == pytest.approx(model_energy.FEW / MONEY, rel=DIGITS)


@pytest.mark.prove
@pytest.mark.parametrize(
    ("hydrogen", "cost"), [(False, model_energy.OVER_YEAR), (True, model_energy.HYDROGEN)], ids=["battery", "hydrogen"]
)
def test_storage_in_a_row_over_the_year_costs_what_pypsa_says(hydrogen: bool, cost: float, tmp_path: Path) -> None:
    folder = model_energy.model_energy(tmp_path / "model_energy", span="year", hydrogen=hydrogen)
    assert least(folder) == pytest.approx(cost / MONEY, rel=DIGITS)
