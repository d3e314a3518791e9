"""Samples through SALib: known shares are found, and a seed gives the same sample."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from calling import ROOT
from sweeping import toy

from model.case.change.levers import chosen, levers
from model.case.read.case import read_case
from model.results.effects import COST
from model.study.sweep.dataset import with_analysis
from model.study.sweep.design import SweepRequest, design_from, designed, sampled
from model.study.sweep.scenario_file import sample_size


def ishigami(shares: np.ndarray) -> np.ndarray:
    x = -np.pi + 2 * np.pi * shares
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


# Known: first-order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)


def ishigami_study(method: str, count: int, lost: tuple[int, ...] = ()) -> xr.Dataset:
    """Ishigami's function as the cost of a sampled design, through what a study does with its answers."""
    three = chosen(toy(), ["coal_purchase.price", "power_purchase.price", "heat_demand.amount"])
    design = design_from(sampled(method, three, count, seed=7).record())
    shares = np.array([[shift.share for shift in scenario.shifts] for scenario in design.scenarios])
    cost = np.concatenate([[0.0], ishigami(shares)])
    cost[[place + 1 for place in lost]] = np.nan
    data = xr.Dataset(
        {"objective": ("scenario", cost), "bound": ("scenario", cost)},
        coords={"scenario": ["reference", *(one.name for one in design.scenarios)], "year": [1]},
    )
    names = list(design.names)
    assert names == ["heat_demand.amount", "coal_purchase.price", "power_purchase.price"]
    return with_analysis(data, design, [COST]).isel(outcome=0)


def test_sobol_finds_the_shares_of_a_known_function() -> None:
    data = ishigami_study("sobol", 1024)
    assert data["analysis"].sel(figure="S1").values == pytest.approx(FIRST, abs=0.03)
    assert data["analysis"].sel(figure="ST").values == pytest.approx(TOTAL, abs=0.03)
    # A scenario without a plan takes its block of 5 with it.
    less = ishigami_study("sobol", 1024, lost=(0, 4, 12))
    assert int(less["analysis_used"]) == 1024 * 5 - 10
    assert less["analysis"].sel(figure="ST").values == pytest.approx(TOTAL, abs=0.03)


def test_a_latin_hypercube_finds_the_first_shares_of_a_known_function() -> None:
    data = ishigami_study("lhs", 2000)
    assert data["analysis"].sel(figure="S1").values == pytest.approx(FIRST, abs=0.05)
    order = np.argsort(data["analysis"].sel(figure="pawn").values)
    assert order.tolist() == [2, 0, 1]


def test_morris_finds_the_slopes_of_a_line_exactly() -> None:
    from model.study.sweep.sampling import analysed, sample  # loaded by whoever runs these tests, not by whoever collects them

    names = ["a", "b", "c"]
    shares = sample("morris", names, 5, seed=2)
    assert len(shares) == sample_size("morris", 3, 5) == 20
    told, used = analysed("morris", names, shares, shares @ np.array([3.0, -2.0, 0.0]), seed=2)
    assert told["mu"] == pytest.approx([3, -2, 0]) and told["mu_star"] == pytest.approx([3, 2, 0])
    assert told["sigma"] == pytest.approx([0, 0, 0], abs=1e-12) and used == 20


@pytest.mark.parametrize("method", ["lhs", "morris", "sobol"])
def test_a_sample_is_the_same_for_a_seed_and_stays_in_the_ranges(method: str) -> None:
    from model.study.sweep.sampling import sample

    names = ["a", "b", "c"]
    first, again, other = (sample(method, names, 8, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()
    assert first.min() >= 0 and first.max() <= 1 and first.shape == (sample_size(method, 3, 8), 3)


@pytest.mark.parametrize("method", ["lhs", "morris", "sobol"])
def test_too_few_outcomes_say_nothing_and_a_flat_one_zero(method: str, capsys: pytest.CaptureFixture) -> None:
    from model.study.sweep.sampling import analysed, sample

    names = ["a", "b"]
    shares = sample(method, names, 64, seed=1)
    told, used = analysed(method, names, shares, np.full(len(shares), np.nan), seed=1)
    assert used == 0 and all(np.isnan(values).all() for values in told.values())
    told, used = analysed(method, names, shares, np.full(len(shares), 6.1), seed=1)
    assert used == len(shares) and all((values == 0).all() for values in told.values())
    assert capsys.readouterr().out == ""


def test_a_sample_moves_what_things_cost_where_nothing_is_said() -> None:
    case = read_case(ROOT / "data" / "chengde")
    quantities = {name.rpartition(".")[2] for name in designed(case, SweepRequest(lhs=2)).names}
    assert quantities == {"investment", "upkeep", "variable_cost", "price", "network_cost", "lifetime", "value"}
    assert "discount_rate.value" in designed(case, SweepRequest(lhs=2)).names
    assert (
        len(designed(case, SweepRequest(lhs=2, over=("*",))).names)
        == len(levers(case))
        == len(designed(case, SweepRequest(tornado=True)).names)
    )


def test_kinds_are_those_of_the_options() -> None:
    assert SweepRequest(tornado=True).kinds == ["tornado"] and SweepRequest(lhs=4, grid=("x",)).kinds == ["grid", "lhs"]
    assert len(designed(toy(), SweepRequest(morris=3, over=("*.price",))).scenarios) == 9
