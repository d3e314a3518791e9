"""What a program reads is JSON and nothing beside it, whatever a plan achieves; a change from nothing is met by nothing."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calling import TOY, call, says

from model.case.parameters import parameters
from model.case.read.case import read_case
from model.report.explain.clash_text import relaxed_text
from model.results.plain import json_text
from model.results.targets import target_results
from model.study.plan.solve import get_ready
from model.study.solved.solved_model import Options, Watch

FROM_2022 = (
    "id,label_en,label_zh,series,clause,quote,strength,indicator,form,sense,reference,year,base_year,holds,tolerance,value,unit,low,high,status,source\n"
    'less,CO2 a third less,二氧化碳下降,less,c1,"a third less than in 2022",binding,co2,change,<=,,2023,2022,onward,0,-30,%,,,sourced,plan\n'
)


def strict(text: str) -> Any:
    """The one object of a command; NaN and Infinity are no JSON."""

    def refused(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refused)


@pytest.fixture
def without_coal(own_runs: Path) -> Path:
    """Both boilers are recorded as closed in 2021 and the heat comes from heat pumps: CO2 of 2022 is nothing, and so is what may be left of it in 2023."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    (case / "targets.csv").write_text(FROM_2022, encoding="utf-8")
    (case / "coverage.csv").write_text((case / "coverage.csv").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with (case / "actuals.csv").open("w", encoding="utf-8") as file:
        file.write("measure,year,value,unit,low,high,status,source\nclose_boiler,2021,2,plant_unit,,,sourced,made up\n")
        file.write("build_heat_pump,2021,1.2,TWh,,,sourced,made up\n")
    return case


@pytest.mark.parametrize("words", [(), ("--negotiate",)])
def test_a_change_from_nothing_is_met_by_nothing(words: tuple[str, ...], without_coal: Path, own_runs: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = call("solve", without_coal, "--decide-from", "2023", *words, "--out", own_runs / "run", "--json")
    assert done.exit_code == 0, (done.stdout, done.stderr)
    (target,) = strict(done.stdout)["targets"]
    assert (target["year"], target["met"]) == (2023, True)
    strict(call("show", own_runs / "run", "--json").stdout)
    strict((own_runs / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert "negative" not in call("show", own_runs / "run").stdout


def test_a_change_from_nothing_has_no_share_where_something_is_left(without_coal: Path) -> None:
    """0.1 Mt where nothing was: missed, and no amount can be given instead."""
    ready = get_ready(read_case(without_coal), Options(decide_from=2023, gap=1e-6), Watch())
    data = parameters(ready.case, ready.scope)
    indicators = ready.usual.solved.worked["indicator_value"].copy()
    indicators.loc[{"indicator": "co2", "year": 2023}] = 0.1
    row = target_results(data, indicators).isel(target_row=0)
    assert not row["met"] and np.isnan(row["achieved"]) and np.isnan(row["slack_in_unit"])
    told = relaxed_text([{"target": "less", "year": 2023, "asked": -30.0, "given": None, "unit": "%", "clash": False}], ready.case, "en")
    assert says(told, "CO2 a third less: what it is a share of is nothing")


def test_numbers_that_are_not_finite_are_nothing_in_json() -> None:
    assert strict(json_text({"a": [float("nan"), (float("inf"), 1)]})) == {"a": [None, [None, 1]]}
