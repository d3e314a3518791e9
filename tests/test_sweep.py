"""Sweeps over grids and files of scenarios: what each costs, and what is told where there is no plan or no scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calling import says
from sweeping import BASE, BY_HAND, COAL, ONE, ROOF, swept, toy

from model.case.change.levers import chosen
from model.case.change.scenario_fault import DesignError
from model.report.studies.misfit_text import misfit_text
from model.report.studies.sweep_text import sweep_record, sweep_text
from model.results.effects import COST, Outcome, effects, flips
from model.results.study import open_study
from model.study.engine.engine import Execution, begin
from model.study.engine.scenario import plan_record
from model.study.solved.solved_model import Options, Watch
from model.study.sweep.design import design_from, from_file, grid, tornado
from model.study.sweep.sweep import question_of, study_of


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
    data = begin(toy(), question_of(toy(), design), options, folder=folder, execution=Execution(Watch())).results
    assert data["objective"].values.tolist() == pytest.approx(expected, abs=2e-5)
    assert open_study(folder).content["options"]["decide_from"] == 2022


def test_scenarios_out_of_time_are_results(tmp_path: Path) -> None:
    design = grid(toy(), ["power_purchase.price=0.3,0.6"])
    options = Options(time_limit=1e-9)
    data = begin(toy(), question_of(toy(), design), options, folder=tmp_path / "late", execution=Execution(Watch())).results
    assert data["status"].values.tolist() == ["optimal", "time_limit", "time_limit"]
    assert says(sweep_text(data, "en"), "out of time 2")
    # With a plan in hand when time is up, it is kept with its gap.
    study = study_of(toy(), Options(gap=1e-9), Watch())
    plan = study.reference.plan
    late = replace(plan, solution=replace(plan.solution, status="time_limit", bound=plan.solution.objective - 0.61))
    record = plan_record("late", study.reference.ready, late)
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
    assert any(line.startswith("wrong.csv row 1, coal_purchase.prize:") and "nearest: price" in line for line in said)
    assert any(line.startswith("wrong.csv row 4, discount_rate.value:") and ">= 0" in line for line in said)
    assert any(line.startswith("wrong.csv row 1, coal: ") and "ITEM.QUANTITY" in line for line in said)
    assert "wrong.csv 第4行，name：名称“a”已被使用；请为每个情景另取名称" in misfit_text(error.value.misfits, "zh")


@pytest.mark.parametrize("heading", ["coal_purchase.prize", "nobody.price", "*.prize"])
def test_a_heading_that_names_nothing_is_told_though_its_cells_are_empty(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(f"name,coal_purchase.price,{heading}\none,9,\n", encoding="utf-8")
    with pytest.raises(DesignError) as error:
        from_file(toy(), path)
    assert [(one.code, one.place.row, one.place.column) for one in error.value.misfits] == [("refused", 1, heading)]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "no_columns"), (b"name\nx\n", "no_columns"), (b"name,coal_purchase.price\n", "no_rows"), (b"\xff\xfe\x00", "refused")]
)  # fmt: skip
def test_a_file_without_scenarios_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "none.csv"
    path.write_bytes(content)
    with pytest.raises(DesignError) as error:
        from_file(toy(), path)
    assert [one.code for one in error.value.misfits] == [code]
