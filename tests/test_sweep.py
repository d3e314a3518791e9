"""Sweeps: the toy's tornado by hand, grids, samples through SALib, and studies that are stopped and go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xarray as xr
from calling import ROOT, TOY, call
from jobs import doubled_or_dead
from stored_answers import lines, wait_for, without_time

from model.case.change.change import changed, parse_change
from model.case.change.levers import Shift, chosen, levers, shifted
from model.case.change.scenario_fault import DesignError
from model.case.read.case import Case, read_case
from model.commands import paths
from model.report.pages.sweep import sweep_report
from model.report.studies.misfit_text import misfit_text
from model.report.studies.sweep_text import estimate_text, sweep_record, sweep_text
from model.report.writers.workbook import write_workbook
from model.results.effects import COST, NoOutcome, Outcome, bars, effects, flips, outcome_of
from model.results.run import RunError
from model.results.study import ANSWERS, StoredStudy, answers_of, open_study
from model.study.engine.engine import How, begin, go_on
from model.study.engine.scenario import told
from model.study.engine.workers import Lost, run_jobs
from model.study.plan.answer import Options, Watch
from model.study.sweep.dataset import with_analysis
from model.study.sweep.design import Asked, Design, design_from, designed, from_file, grid, sampled, tornado
from model.study.sweep.sampling import analysed, sample
from model.study.sweep.scenario_file import sample_size
from model.study.sweep.sweep import KIND, question_of, study_of

# Money in 亿元 a year. A TWh of heat: from coal 1.6; from a heat pump 10/20 and 0.4 TWh of power, which is 3.5 from a roof (0.1 GW a year may be
# built) and 4 bought. A boiler's upkeep is 0.2, closing one 0.1 a year. The plan: 2021 coal alone, 2.00; 2022 one boiler, 0.4 TWh by heat pump of
# which 0.25 from the roof, 2.05; 2023 0.5 TWh of coal (its CO2 is the limit), 0.5 by heat pump from the roof, 2.05.
COAL, ROOF, BOUGHT, ONE, TWO = 1.6, 1.9, 2.1, 0.3, 0.2  # ONE: a boiler kept and one closed; TWO: both closed
BASE = 6.10


def annuity(rate: float, years: int) -> float:
    return rate / (1 - (1 + rate) ** -years)


HEAT_6, CLOSED_6 = 10 * annuity(0.06, 20) + 0.4 * 4, annuity(0.06, 10)

# What the three years cost at each end of each range.
BY_HAND: dict[str, float] = {
    # 0.16 + 0.096 + 0.08 Mtce at 8 instead of 10; the plan stays.
    "coal_purchase.price=low": BASE - 0.336 * 2,
    # A TWh from coal is 2.08: heat pumps on the roof beat it, a closed boiler saves 0.1 besides. 0.5 TWh of heat pumps a year: one boiler closed
    # in 2021 (0.25 roof, 0.25 bought), both from 2022 (0.5 and 0.5; 0.75 and 0.25).
    "coal_purchase.price=high": (0.25 * ROOF + 0.25 * BOUGHT + 0.5 * 2.08 + ONE) + (0.5 * ROOF + 0.5 * BOUGHT + TWO)
    + (0.75 * ROOF + 0.25 * BOUGHT + TWO),
    # 0.9 TWh: closing in 2021 costs as much as waiting (1.84) and has the roof of 2021 ready for 2022.
    "heat_demand.amount=low": (0.6 * COAL + ONE + 0.25 * ROOF + 0.05 * BOUGHT) + (0.6 * COAL + ONE + 0.3 * ROOF) + (0.5 * COAL + ONE + 0.4 * ROOF),
    # 1.1 TWh: 0.04 GW of roof already in 2021 (0.1 TWh of heat, 0.3 dearer than coal), or power would be bought in both later years.
    "heat_demand.amount=high": (COAL + 0.1 * ROOF + 0.4) + (0.6 * COAL + ONE + 0.35 * ROOF + 0.15 * BOUGHT) + (0.5 * COAL + ONE + 0.6 * ROOF),
    # 0.5 TWh of power a TWh of heat: roof 2.25, bought 2.5.
    "heat_pump.electricity=low": 2.0 + (0.6 * COAL + ONE + 0.2 * 2.25 + 0.2 * 2.5) + (0.5 * COAL + ONE + 0.4 * 2.25 + 0.1 * 2.5),
    # 0.3: roof 1.55, bought 1.7; both boilers are closed by 2022.
    "heat_pump.electricity=high": (0.5 * COAL + ONE + 1.55 / 3 + 1.7 / 6) + (TWO + 1.55 * 2 / 3 + 1.7 / 3) + (TWO + 1.55),
    # A roof at 2.5: heat 1.5, less than coal; one boiler is closed in 2021.
    "build_rooftop_sun.investment=low": (0.6 * COAL + ONE + 0.25 * 1.5 + 0.15 * BOUGHT) + (0.5 * COAL + ONE + 0.5 * 1.5)
    + (0.25 * COAL + ONE + 0.75 * 1.5),
    # At 4.5 none is built.
    "build_rooftop_sun.investment=high": 2.0 + (0.6 * COAL + ONE + 0.4 * BOUGHT) + (0.5 * COAL + ONE + 0.5 * BOUGHT),
    # 0.18 Mtce a TWh: coal 1.8; closing in 2021 pays; 0.08 Mtce in 2023 are 0.4444 TWh.
    "coal_boiler.coal=low": (0.6 * 1.8 + ONE + 0.25 * ROOF + 0.15 * BOUGHT) + (0.6 * 1.8 + ONE + 0.4 * ROOF) + (0.8 + ONE + (1 - 0.08 / 0.18) * ROOF),
    "coal_boiler.coal=high": (1.5 + 0.4) + (0.6 * 1.5 + ONE + 0.25 * ROOF + 0.15 * BOUGHT) + (0.8 + ONE + (1 - 0.08 / 0.15) * ROOF),
    # Closing at 0.05 a year: in 2021 it costs nothing more, and the roof stands in 2022.
    "close_boiler.investment=low": (0.6 * COAL + 0.25 + 0.25 * ROOF + 0.15 * BOUGHT) + (0.6 * COAL + 0.25 + 0.4 * ROOF)
    + (0.5 * COAL + 0.25 + 0.5 * ROOF),
    "close_boiler.investment=high": BASE + 2 * 0.1,
    # Heat pumps at 0.4 a year: the same.
    "build_heat_pump.investment=low": (0.6 * COAL + ONE + 0.25 * 1.8 + 0.15 * 2.0) + (0.6 * COAL + ONE + 0.4 * 1.8) + (0.5 * COAL + ONE + 0.5 * 1.8),
    "build_heat_pump.investment=high": BASE + 0.1 * (0.4 + 0.5),
    # 0.15 Mt are 0.375 TWh of coal: 0.05 GW of roof in 2021 serves 2022 and 2023.
    "co2_2023.value=low": BASE + 0.125 * (BOUGHT - COAL) - 0.05 * (0.5 + 0.5 - 0.75),
    # 0.3 Mt: the boiler that is left runs in full.
    "co2_2023.value=high": BASE - 0.1 * (ROOF - COAL),
    # What 2022 buys, 0.06 TWh.
    "power_purchase.price=low": BASE - 0.06 * 0.5,
    # Rather than buy at 5, 0.06 GW of roof in 2021 (0.15 TWh of heat, 0.3 dearer than coal) for 0.06 TWh at 3.5 in 2022.
    "power_purchase.price=high": BASE + 0.15 * (ROOF - COAL) - 0.06 * (4 - 3.5),
    # 2.4 or 2.8 t per tce: 0.5208 or 0.4464 TWh of coal in 2023; with 2.8 a little roof in 2021 as above.
    "co2.coal=low": BASE - (0.2 / 2.4 / 0.16 - 0.5) * (ROOF - COAL),
    "co2.coal=high": BASE + (0.5 - 0.2 / 2.8 / 0.16) * (BOUGHT - COAL) - 0.4 * (0.5 - 0.2 / 2.8 / 0.16) * (0.5 + 0.5 - 0.75),
    # 6 %: annuities make roofs dearer than bought power; present value at the start of 2021.
    "discount_rate.value=high": 2.0 / 1.06 + (0.6 * COAL + 0.2 + CLOSED_6 + 0.4 * HEAT_6) / 1.06**2
    + (0.5 * COAL + 0.2 + CLOSED_6 + 0.5 * HEAT_6) / 1.06**3,
}  # fmt: skip


@cache
def toy() -> Case:
    return read_case(TOY)


def swept(
    design: Design, folder: Path, *, workers: int = 1, gap: float = 1e-9, on: tuple[str, ...] = (), language: str = "en"
) -> StoredStudy:
    how = How(Watch(), workers=workers, language=language)
    return begin(toy(), question_of(toy(), design, on=on), Options(gap=gap), folder=folder, how=how)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> StoredStudy:
    """The toy's whole tornado, unbroken."""
    return swept(tornado(levers(toy())), tmp_path_factory.mktemp("sweep") / "tornado", on=("co2@2022", "build_heat_pump"))


# tornado ----------------------------------------------------------------------------------------------------------


def test_the_tornado_of_the_toy_is_the_one_by_hand(whole: StoredStudy) -> None:
    found = effects(whole.results, Outcome(COST))
    assert set(found) == set(BY_HAND)
    assert {name: effect.value for name, effect in found.items()} == pytest.approx({n: v - BASE for n, v in BY_HAND.items()}, abs=2e-5)
    assert all(effect.low - 1e-9 <= effect.value <= effect.high + 1e-9 for effect in found.values())


def test_bars_stand_by_how_far_they_swing(whole: StoredStudy) -> None:
    ranked = bars(whole.results, Outcome(COST))
    # Coal price -0.672 to 0.590, then demand -0.57 to 0.57; the last is the CO2 of coal.
    assert [bar.lever for bar in ranked[:2]] == ["coal_purchase.price", "heat_demand.amount"]
    assert ranked[-1].lever == "co2.coal"
    assert ranked[0].swing == pytest.approx(1.262, abs=1e-4)
    rate = next(bar for bar in ranked if bar.lever == "discount_rate.value")
    assert rate.low is None and rate.high is not None  # its low end is the reference itself


def test_effects_on_an_indicator_and_on_a_measure(whole: StoredStudy) -> None:
    # A target of 0.15 Mt instead of 0.2 takes 0.125 TWh of coal away, and heat pumps make up for it.
    pump = effects(whole.results, outcome_of(whole.results, "build_heat_pump"))
    assert pump["co2_2023.value=low"].value == pytest.approx(0.125, abs=1e-6)
    # Coal at 13: no coal in 2022, so none of the reference's 0.24 Mt.
    co2 = effects(whole.results, outcome_of(whole.results, "co2@2022"))
    assert co2["coal_purchase.price=high"].value == pytest.approx(-0.24, abs=1e-6)
    with pytest.raises(NoOutcome, match="co3"):
        outcome_of(whole.results, "co3")
    with pytest.raises(NoOutcome, match="2021, 2022, 2023"):
        outcome_of(whole.results, "co2@2030")


def test_a_measure_that_flips_is_named(whole: StoredStudy) -> None:
    # Roofs are left out where they cost 4.5, where power costs 3.5 as they do (a tie), or at 6 %.
    found = {flip.measure: flip for flip in flips(whole.results)}
    assert set(found) == {"build_rooftop_sun"}
    assert found["build_rooftop_sun"].in_reference and found["build_rooftop_sun"].of == 22
    level = whole.results["level"].sel(measure="build_rooftop_sun").max("year")
    assert float(level.sel(scenario="build_rooftop_sun.investment=high")) == pytest.approx(0, abs=1e-6)
    assert float(level.sel(scenario="discount_rate.value=high")) == pytest.approx(0, abs=1e-6)


def test_a_path_moves_as_a_whole_each_year_to_its_own_end(tmp_path: Path) -> None:
    rows = [row for row in toy().tables["numbers"] if (row.item, row.quantity) == ("coal_purchase", "price")]
    later = rows[0].model_copy(update={"year": 2023, "value": 2000.0, "low": 1900.0, "high": 2500.0})
    case = Case(**{**vars(toy()), "tables": {**toy().tables, "numbers": (*toy().tables["numbers"], later)}})
    moved = shifted(case, [Shift("coal_purchase.price", 0.0)])
    assert [row.value for row in moved.tables["numbers"] if row.item == "coal_purchase"] == [800.0, 1900.0]
    half = shifted(case, [Shift("coal_purchase.price", 0.5)])
    assert [row.value for row in half.tables["numbers"] if row.item == "coal_purchase"] == [1050.0, 2200.0]
    assert [row.value for row in case.tables["numbers"] if row.item == "coal_purchase"] == [1000.0, 2000.0]


def test_what_joins_two_items_is_set_by_both_names() -> None:
    case = changed(toy(), [parse_change("coal_boiler.coal=-0.17")])
    assert [row.value for row in case.tables["flows"] if (row.technology, row.commodity) == ("coal_boiler", "coal")] == [-0.17]


def test_the_screen_the_tables_and_the_charts_are_there_in_both_languages(whole: StoredStudy, tmp_path: Path) -> None:
    english, chinese = sweep_text(whole.results, "en"), sweep_text(whole.results, "zh")
    assert "Coal purchase: price" in english and "[-0.672, -0.672]" in english and "Rooftop PV" in english
    assert "购煤：价格" in chinese and "差异已证明" in chinese
    chinese.encode("gbk")
    assert (whole.folder / "tables" / "effects-cost.csv").read_text(encoding="utf-8-sig").startswith("Number,Range: low")
    book = openpyxl.load_workbook(whole.folder / "sweep.xlsx")
    assert book.sheetnames[:4] == ["Charts", "Effects", "Scenarios", "Measures that flip"]
    assert len(book["Charts"]._charts) >= 3  # one for each outcome
    write_workbook(tmp_path / "zh.xlsx", sweep_report(whole.results, "zh"))
    assert openpyxl.load_workbook(tmp_path / "zh.xlsx").sheetnames[1] == "影响排序"


def test_the_dataset_has_a_scenario_dimension(whole: StoredStudy) -> None:
    data = whole.results
    assert data["objective"].dims == ("scenario",) and data.sizes["scenario"] == 22
    assert data["indicator_value"].dims == ("scenario", "indicator", "year")
    assert data["level"].dims == ("scenario", "measure", "year")
    assert float(data["set_value"].sel(scenario="coal_purchase.price=high", lever="coal_purchase.price")) == 1300
    assert np.isnan(data["set_value"].sel(scenario="coal_purchase.price=high", lever="heat_demand.amount"))
    assert float(data["objective"].sel(scenario="reference")) == pytest.approx(BASE, abs=1e-4)
    assert {"bound", "gap", "status", "seconds", "usual_objective"} <= set(data)


# grids and files --------------------------------------------------------------------------------------------------


def test_a_grid_of_two_numbers_holds_every_pair(tmp_path: Path) -> None:
    # Coal at 8, 9, 10 takes 0.336 Mtce off; power at 3.5 takes 0.06 x 0.5 off; together the plan stays, so they add.
    design = grid(toy(), ["coal_purchase.price=800:1000:3", "power_purchase.price=0.35,0.4"])
    assert len(design.scenarios) == 6 and design_from(design.record()) == design
    data = swept(design, tmp_path / "grid").results
    expected = [BASE - 0.336 * (10 - coal) - (0.03 if power < 0.4 else 0) for coal in (8, 9, 10) for power in (0.35, 0.4)]
    assert data["objective"].values[1:].tolist() == pytest.approx(expected, abs=2e-5)
    assert data["set_value"].values[1:].tolist() == [[c, p] for c in (800, 900, 1000) for p in (0.35, 0.4)]
    same = effects(data, Outcome(COST))["coal_purchase.price=1000; power_purchase.price=0.4"]
    assert not same.proven and "no difference proven" in sweep_text(data, "en")


def test_a_number_that_the_plan_does_not_lean_on_leaves_the_schedule_as_it_is(tmp_path: Path) -> None:
    design = grid(toy(), ["heat_supply.unserved_cost=100,400 亿元/TWh"])
    data = swept(design, tmp_path / "slack", gap=1e-3).results
    for name in ("level", "indicator_value", "objective"):
        assert float(abs(data[name] - data[name].sel(scenario="reference")).max()) < 1e-12, name
    assert flips(data) == []


def test_a_scenario_without_a_plan_is_a_result_that_says_what_clashes(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text(
        "name,co2_2023.value kt,power_purchase.price@2022,build_heat_pump.pace,coal_boiler.utilisation_floor %\n"
        "strict,-1000,,,\ndear,200,0.5,,\nslow,,,0.1,\nfull,,,,100\n",
        encoding="utf-8",
    )
    data = swept(from_file(toy(), path), tmp_path / "file").results
    assert data["status"].values.tolist() == ["optimal", "infeasible", "optimal", "unserved", "base_infeasible"]
    assert np.isnan(data["objective"].sel(scenario="strict"))
    # 0.5 in 2022 alone: as at the high end of the range.
    assert float(data["objective"].sel(scenario="dear")) == pytest.approx(BY_HAND["power_purchase.price=high"], abs=2e-5)
    # strict: what emits nothing cannot take 0.8 Mt back. slow: 0.3 TWh of heat pumps by 2023 leave 0.7 to coal, more than CO2 (0.5) and more than
    # one boiler (0.6) allow, each by itself. full: two boilers at full load make 1.2 TWh in the base year, 1 is asked for.
    assert data["clash"].values.tolist() == ["", "co2_2023", "", "co2_2023; one_boiler_left", ""]
    assert "heat" in str(data["limits"].sel(scenario="full").item()) or "coal_boiler" in str(data["limits"].sel(scenario="full").item())
    for language, said in (
        ("en", "strict (targets cannot all be met: CO2 at most 0.2 Mt)"),
        ("zh", "strict (目标无法同时完成：二氧化碳不超过20万吨)"),
    ):
        assert said in sweep_text(data, language)
    assert [one["scenario"] for one in sweep_record(data)["without_plan"]] == ["strict", "slow", "full"]


def test_a_sweep_decides_from_a_year_on(tmp_path: Path) -> None:
    # 2021 as built: 0.1 TWh of heat pumps and 0.04 GW of roof, 2.03; 2022 buys 0.02 TWh less 0.04 of roof, 2.03; 2023 as ever, 2.05. A target of
    # 0.15 Mt leaves 0.375 TWh to coal, and roofs give 0.24 of the 0.25 TWh of power; one of 0.3 Mt lets the boiler run in full.
    strict = 0.375 * COAL + ONE + 0.625 * 0.5 + 0.24 * 3.5 + 0.01 * 4
    expected = [4.06 + last for last in (2.05, strict, 0.6 * COAL + ONE + 0.4 * ROOF)]
    options, design = Options(gap=1e-9, decide_from=2022), tornado(chosen(toy(), ["co2_2023.value"]))
    folder = tmp_path / "later"
    data = begin(toy(), question_of(toy(), design), options, folder=folder, how=How(Watch())).results
    assert data["objective"].values.tolist() == pytest.approx(expected, abs=2e-5)
    assert open_study(folder).content["options"]["decide_from"] == 2022


def test_scenarios_out_of_time_are_results(tmp_path: Path) -> None:
    design = grid(toy(), ["power_purchase.price=0.3,0.6"])
    options = Options(time_limit=1e-9)
    data = begin(toy(), question_of(toy(), design), options, folder=tmp_path / "late", how=How(Watch())).results
    assert data["status"].values.tolist() == ["optimal", "time_limit", "time_limit"]
    assert "out of time 2" in sweep_text(data, "en")
    # With a plan in hand when time is up, it is kept with its gap.
    study = study_of(toy(), Options(gap=1e-9), Watch())
    plan = study.reference.plan
    late = replace(plan, answer=replace(plan.answer, status="time_limit", bound=plan.answer.objective - 0.61))
    record = told("late", study.reference.ready, late)
    assert record["status"] == "time_limit" and record["gap"] == pytest.approx(0.1, abs=1e-4) and len(record["level"]) == 3


def test_everything_wrong_with_a_file_is_said_with_its_place_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(
        "name,coal_purchase.price,coal_purchase.prize,discount_rate.value,coal\na,900,1,0.1,\n,dear,,0.2,\na,1e999,,-2,,7\n",
        encoding="utf-8",
    )
    with pytest.raises(DesignError) as error:
        from_file(toy(), path)
    said = misfit_text(error.value.misfits, "en").splitlines()
    assert len(said) == 8
    assert (
        "wrong.csv row 3, coal_purchase.price: found 'dear'; write a number, or a move such as *1.2, +20% or +=5, or leave the cell empty to leave the value alone"
        in said
    )
    assert any(line.startswith("wrong.csv row 2, coal_purchase.prize:") and "nearest: price" in line for line in said)
    assert any(line.startswith("wrong.csv row 4, discount_rate.value:") and ">= 0" in line for line in said)
    assert any(line.startswith("wrong.csv row 1, coal: ") and "ITEM.QUANTITY" in line for line in said)
    assert "wrong.csv 第4行，name：名称“a”已被使用；请为每个情景另取名称" in misfit_text(error.value.misfits, "zh")


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "no_columns"), (b"name\nx\n", "no_columns"), (b"name,coal_purchase.price\n", "no_rows"), (b"\xff\xfe\x00", "not_utf8")]
)  # fmt: skip
def test_a_file_without_scenarios_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "none.csv"
    path.write_bytes(content)
    with pytest.raises(DesignError) as error:
        from_file(toy(), path)
    assert [one.code for one in error.value.misfits] == [code]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("toy",), "--tornado"),
        (("toy", "--tornado", "--lhs", "4"), "--tornado, --lhs"),
        (("toy", "--tornado", "--over", "coal_purchase.prize"), "nearest: coal_purchase.price"),
        (("toy", "--grid", "coal_purchase.price=1:2"), "lo:hi:n"),
        (("toy", "--grid", "coal_purchase.price=8,9", "--grid", "coal_purchase.price=7"), "second time"),
        (("toy", "--sobol", "6"), "power of two"),
        (("toy", "--scenarios", "nowhere.csv"), "cannot be read"),
        (("toy", "--tornado", "--drop", "co2_2032"), "co2_2023"),
        (("--tornado",), "give a CASE"),
        (("toy", "--tornado", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"), "leave out --workers"),
        (("toy", "--resume", "nothing"), "is no study"),
    ],
)
def test_usage_errors_say_what_was_meant(words: tuple[str, ...], said: str) -> None:
    result = call("sweep", *words)
    assert result.exit_code == 2, result.output
    assert said in result.stderr and "Traceback" not in result.stderr


# samples ----------------------------------------------------------------------------------------------------------


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
        {"objective": ("scenario", cost)}, coords={"scenario": ["reference", *(one.name for one in design.scenarios)], "year": [1]}
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
    names = ["a", "b", "c"]
    shares = sample("morris", names, 5, seed=2)
    assert len(shares) == sample_size("morris", 3, 5) == 20
    told, used = analysed("morris", names, shares, shares @ np.array([3.0, -2.0, 0.0]), seed=2)
    assert told["mu"] == pytest.approx([3, -2, 0]) and told["mu_star"] == pytest.approx([3, 2, 0])
    assert told["sigma"] == pytest.approx([0, 0, 0], abs=1e-12) and used == 20


@pytest.mark.parametrize("method", ["lhs", "morris", "sobol"])
def test_a_sample_is_the_same_for_a_seed_and_stays_in_the_ranges(method: str) -> None:
    names = ["a", "b", "c"]
    first, again, other = (sample(method, names, 8, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()
    assert first.min() >= 0 and first.max() <= 1 and first.shape == (sample_size(method, 3, 8), 3)


@pytest.mark.parametrize("method", ["lhs", "morris", "sobol"])
def test_too_few_outcomes_say_nothing_and_a_flat_one_zero(method: str, capsys: pytest.CaptureFixture) -> None:
    names = ["a", "b"]
    shares = sample(method, names, 64, seed=1)
    told, used = analysed(method, names, shares, np.full(len(shares), np.nan), seed=1)
    assert used == 0 and all(np.isnan(values).all() for values in told.values())
    told, used = analysed(method, names, shares, np.full(len(shares), 6.1), seed=1)
    assert used == len(shares) and all((values == 0).all() for values in told.values())
    assert capsys.readouterr().out == ""


# workers, interruption --------------------------------------------------------------------------------------------


def test_a_lost_worker_s_job_runs_elsewhere_and_one_that_kills_twice_is_given_up(tmp_path: Path) -> None:
    answers = dict(run_jobs(doubled_or_dead, str(tmp_path), [1, 2, 3, 4, 5, 6], workers=2))
    assert answers == {1: 2, 2: 4, 3: 6, 4: 8, 5: Lost(), 6: 12}


def test_answers_are_the_same_for_one_worker_and_for_two(whole: StoredStudy, tmp_path: Path) -> None:
    design = tornado(chosen(toy(), ["coal_purchase.price", "build_rooftop_sun.investment"]))
    pair = swept(design, tmp_path / "pair", workers=2)
    alone = {name: record for name, record in whole.answers.items() if name in pair.answers}
    assert len(alone) == 5
    assert without_time(pair.answers) == without_time(alone)


def started(folder: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "sweep", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_killed_study_goes_on_and_ends_as_an_unbroken_one(whole: StoredStudy, tmp_path: Path) -> None:
    over = ("coal_purchase.price", "build_rooftop_sun.investment", "power_purchase.price")
    study, count = tmp_path / "killed", 2 * len(over) + 1
    words = [word for name in over for word in ("--over", name)]
    first = started(tmp_path, "toy", "--tornado", *words, "--gap", "1e-9", "--workers", "2", "--out", str(study))
    wait_for(study, 3, first)
    first.kill()
    first.communicate()
    with (study / ANSWERS).open("ab") as file:
        file.write(b'{"name":"power_purchase.price=hi')  # a line that was being written
    done = lines(study)
    assert 3 <= len(done) < count and not (study / "results.nc").exists()
    with pytest.raises(RunError, match=r"^study_unfinished"):
        _ = open_study(study).results
    second = started(tmp_path, "--resume", str(study), "--workers", "1")
    wait_for(study, len(done) + 2, second)
    second.send_signal(signal.SIGINT)
    said = second.communicate()[1].decode()
    assert second.returncode == 4 and "--resume" in said and "Traceback" not in said
    told: list[tuple[str, int, int, float]] = []
    ended = go_on(study, KIND, how=How(Watch(), lambda *said: told.append(said)))
    assert max(Counter(lines(study)).values()) == 1 and len(lines(study)) == count
    assert told[0][1:3] == (count - 1 - len(told), count - 1)
    assert without_time(ended.answers) == without_time({name: whole.answers[name] for name in ended.answers})
    assert ended.results.sizes["scenario"] == count
    # Once ended, there is nothing to do again.
    again = go_on(study, KIND, how=How(Watch(), lambda *said: pytest.fail("nothing is left to do")))
    xr.testing.assert_identical(again.results, ended.results)
    (study / "inputs" / "toy" / "numbers.csv").write_text("touched", encoding="utf-8")
    with pytest.raises(RunError, match=r"^inputs_changed.*numbers.csv"):
        go_on(study, KIND, how=How(Watch()))


def test_two_processes_are_not_at_one_study(whole: StoredStudy) -> None:
    lock = whole.folder / "running"
    with answers_of(whole):
        assert lock.read_text() == str(os.getpid())
        with pytest.raises(RunError, match=f"process={os.getpid()}"), answers_of(whole):
            pass
    assert not lock.exists()
    lock.write_text("1")  # left by a process that was killed; another may have its number by now
    with answers_of(whole):
        assert lock.read_text() == str(os.getpid())
    assert not lock.exists()


# the command ------------------------------------------------------------------------------------------------------


def test_the_command_ends_with_a_record_and_refuses_the_folder_again(tmp_path: Path) -> None:
    words = ("toy", "--tornado", "--over", "power_purchase.price", "--workers", "1", "--out", str(tmp_path / "study"), "--json")
    result = call("sweep", *words, "--gap", "1e-6", "--on", "co2")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["scenarios"] == 2 and record["endings"] == {"optimal": 2} and record["kind"] == "tornado"
    (cost, co2) = record["effects"]
    assert cost["low"]["value"] == pytest.approx(-0.03, abs=1e-4) and cost["low"]["proven"] and cost["on"] == "cost"
    assert co2["on"] == "co2" and co2["year"] == 2023
    again = call("sweep", *words)
    assert again.exit_code == 2 and "--resume" in again.stderr
    other = call("sweep", "chengde", "--resume", str(tmp_path / "study"))
    assert other.exit_code == 2 and "toy" in other.stderr


def test_a_dry_run_says_how_many_and_how_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    result = call("sweep", "toy", "--lhs", "22", "--dry-run", "--workers", "2", "--lang", "zh")
    assert result.exit_code == 0 and "22个情景" in result.stdout
    assert not (tmp_path / "runs").exists()
    numbers: dict[str, Any] = {"scenarios": 22, "reference_seconds": 3.0, "each_seconds": 2.0, "seconds": 25.0, "workers": 2}
    assert estimate_text(**numbers, language="en") == "22 scenarios; reference 3.0 s, each about 2.0 s; with 2 workers about 25 s in all"


def test_a_sample_moves_what_things_cost_where_nothing_is_said() -> None:
    case = read_case(ROOT / "data" / "chengde")
    quantities = {name.rpartition(".")[2] for name in designed(case, Asked(lhs=2)).names}
    assert quantities == {"investment", "upkeep", "variable_cost", "price", "network_cost", "lifetime", "value"}
    assert "discount_rate.value" in designed(case, Asked(lhs=2)).names
    assert len(designed(case, Asked(lhs=2, over=("*",))).names) == len(levers(case)) == len(designed(case, Asked(tornado=True)).names)


def test_kinds_are_those_of_the_options() -> None:
    assert Asked(tornado=True).kinds == ["tornado"] and Asked(lhs=4, grid=("x",)).kinds == ["grid", "lhs"]
    assert len(designed(toy(), Asked(morris=3, over=("*.price",))).scenarios) == 9
