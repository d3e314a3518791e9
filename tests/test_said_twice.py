"""What is asked for twice is told or taken once before anything is solved, and a study stored with a scenario twice is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr
from calling import call, says
from sweeping import swept, toy

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
