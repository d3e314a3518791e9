"""The toy: the README's arithmetic by hand is the program's answer."""

from __future__ import annotations

from functools import cache

import pytest
from calling import TOY

from model.case.checks.check import check
from model.case.read.case import read_case
from model.study.plan.solve import SolvedCase, solve
from model.study.plan.solved_model import Options

# Money in 亿元, undiscounted. Coal: 0.16 Mtce/TWh at 10 = 1.6 a TWh; power bought 4 a TWh.
HEAT_PUMP = 10 / 20  # a TWh and year
BOILER = 0.6 * 0.333333  # upkeep of one boiler a year, as its table gives it
ROOF = 0.7 / 20 * 100  # 70 a GW over 20 years, 1 TWh a GW: 3.5 a TWh
CLOSED = 1 / 10

YEAR_2021 = 1.6 + 2 * BOILER
YEAR_2022 = 0.6 * 1.6 + BOILER + CLOSED + 0.4 * HEAT_PUMP + 0.1 * ROOF + 0.06 * 4
YEAR_2023 = 0.5 * 1.6 + BOILER + CLOSED + 0.5 * HEAT_PUMP + 0.2 * ROOF


@cache
def toy() -> SolvedCase:
    return solve(read_case(TOY), Options(gap=1e-9))


def test_the_toy_has_no_faults() -> None:
    assert check(TOY) == []


def test_hand_arithmetic_is_that_of_the_readme() -> None:
    assert (round(YEAR_2021, 2), round(YEAR_2022, 2), round(YEAR_2023, 2)) == (2.00, 2.05, 2.05)
    readme = (TOY.parent.parent / "README.md").read_text(encoding="utf-8")
    assert "| all | | **6.10** |" in readme


def test_plan() -> None:
    assert toy().manifest["objective"] == pytest.approx(YEAR_2021 + YEAR_2022 + YEAR_2023, rel=1e-6)
    assert toy().manifest["objective"] == pytest.approx(6.10, abs=1e-4)
    assert toy().manifest["accepted"]


def test_baselines() -> None:
    baselines = toy().manifest["baselines"]
    assert baselines["free"]["objective"] == pytest.approx(6.00, abs=1e-4)
    assert baselines["usual"]["objective"] == pytest.approx(6.00, abs=1e-4)


@pytest.mark.parametrize(
    ("measure", "year", "level"),
    [
        ("close_boiler", 2021, 0), ("close_boiler", 2022, 1), ("close_boiler", 2023, 1),
        ("build_heat_pump", 2021, 0), ("build_heat_pump", 2022, 0.4), ("build_heat_pump", 2023, 0.5),
        ("build_rooftop_sun", 2022, 0.1), ("build_rooftop_sun", 2023, 0.2),
    ],
)  # fmt: skip
def test_schedule(measure: str, year: int, level: float) -> None:
    assert float(toy().results["level"].sel(measure=measure, year=year)) == pytest.approx(level, abs=1e-6)


def test_co2_falls_to_its_target() -> None:
    """2.5 t per tce of 0.16 Mtce, 0.096 and 0.08 Mtce of coal."""
    assert toy().results["indicator_value"].sel(indicator="co2").values == pytest.approx([0.4, 0.24, 0.2], abs=1e-6)
