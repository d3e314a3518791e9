"""What is asked for twice is told or taken once before anything is solved, and a study stored with a scenario twice is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr
from calling import call, says
from sweeping import swept, toy

from model.case.change.change import check_none_undone, parse_change
from model.results.study import open_study, store_results
from model.study.engine.scenario import scenario_from
from model.study.sweep.design import Design, grid


@pytest.mark.parametrize("values", ["900,900", "900:900:2", "*1,*1.0", "+0%,-0%", "9e2,800,900.0"])
def test_a_value_twice_in_a_grid_is_refused_before_anything_is_solved(values: str, tmp_path: Path) -> None:
    words = ("sweep", "toy", "--grid", f"coal_purchase.price={values}", "--out", str(tmp_path / "study"))
    result = call(*words)
    assert result.exit_code == 2 and says(result.stderr, f"--grid coal_purchase.price={values}: the value "), result.output
    assert says(result.stderr, "stands there twice") and "leave one of them out" in result.stderr
    chinese = call(*words, "--lang", "zh")
    assert chinese.exit_code == 2 and "重复出现" in chinese.stderr
    assert not (tmp_path / "study").exists()


def test_a_study_with_a_scenario_twice_is_read(tmp_path: Path) -> None:
    once = grid(toy(), ["coal_purchase.price=900"])
    folder = tmp_path / "study"
    swept(Design("grid", (*once.scenarios, *(scenario_from(one.record()) for one in once.scenarios)), once.names), folder)
    study = open_study(folder)
    assert study.results["scenario"].values.tolist() == ["reference", once.scenarios[0].name]
    store_results(study, xr.concat([study.results, study.results.isel(scenario=[1])], "scenario", data_vars="minimal"))
    result = call("show", str(folder))
    assert result.exit_code == 0 and says(result.stdout, "grid: 1 scenarios"), result.output
    assert len(open_study(folder).results["scenario"]) == 2


def test_an_outcome_asked_for_twice_is_told_once(tmp_path: Path) -> None:
    words = ("sweep", "toy", "--lhs", "2", "--over", "coal_purchase.price", "--workers", "1", "--out", str(tmp_path / "study"), "--json")
    result = call(*words, "--on", "co2", "--on", "co2", "--on", "co2@2023", "--on", "cost")
    assert result.exit_code == 0, result.output
    assert open_study(tmp_path / "study").results["outcome"].values.tolist() == ["cost", "co2"]


@pytest.mark.parametrize("command", ["solve", "explain"])
@pytest.mark.parametrize("first", ["coal_purchase.price=900", "coal_purchase.price=*1.1"])
def test_a_number_set_after_it_was_changed_is_refused(command: str, first: str) -> None:
    words = (command, "toy", "--set", first, "--set", "coal_purchase.price=800")
    result = call(*words)
    assert result.exit_code == 2 and says(result.stderr, f"--set coal_purchase.price=800 undoes --set {first}"), result.output
    assert "失效" in call(*words, "--lang", "zh").stderr
    check_none_undone(
        [parse_change(text) for text in ("coal_purchase.price=800", "coal_purchase.price=*1.1", "coal_purchase.price@2022=900")]
    )


def test_a_target_changed_and_left_out_is_told(tmp_path: Path) -> None:
    result = call("solve", "toy", "--drop", "co2_2023", "--set", "co2_2023.value=0.25", "--out", str(tmp_path / "run"))
    assert result.exit_code == 0 and says(result.stderr, "the target co2_2023 is changed (--set) and left out (--drop)"), result.output


def test_years_of_delay_asked_for_twice_are_asked_once(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    result = call(
        "abatement",
        "toy",
        "--indicator",
        "co2@2023",
        "--measure",
        "build_heat_pump",
        "--delays",
        "1,1",
        "-n",
        "0",
        "--workers",
        "1",
        "--out",
        str(folder),
    )
    assert result.exit_code == 0, result.output
    study = open_study(folder)
    assert study.asked["delays"] == [1] and len(study.answers) == study.asked["total"] + 1  # and the reference
