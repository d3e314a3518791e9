"""A run explained is the run's own plan, at the run's own cost."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from calling import call, says
from paper import GAP, Paper, also, demand, indicator, market, measure, target, technology
from paper_case import case_of, write_case

from model.case.read.case import read_case
from model.results.new_run import new_run
from model.results.run import Run, copy_inputs, open_run, write_results
from model.study.plan.solve import Planner, plan_of, solve
from model.study.solved.solved_model import Options, Ready, SolvedModel, Watch, solve_matrix

pytestmark = pytest.mark.usefixtures("no_workbook", "own_runs")

# At 0.4 Mt of smoke 0.6 Mt of goods are bought at 3: 0.4 + 1.8 = 2.2. With a line of 0.5 Mt, 1.8 a year, 0.1 are: 1.8 + 0.4 + 0.3 = 2.5.
LINE = Paper(
    name="line",
    says="a line that does not pay",
    facts=(
        demand("goods", 1.0), market("goods", 3.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}),
        measure("line", {"clean_mill": 1.0}, cost=3.6, whole=True, told={"unit_size": 0.5}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        target("cap", "smoke", "level", "<=", 0.4),
    ),
    objective=2.2,
)  # fmt: skip


def explained(*words: str) -> dict:
    result = call("explain", *words, "--json")
    assert result.exit_code in (0, 4), result.output + result.stderr
    return json.loads(result.stdout)


def forced(component: str, amount: float) -> Planner:
    """Plans as a search that ended early: with so much of the line, proven no better than the plan without."""

    def planner(ready: Ready, watch: Watch) -> SolvedModel:
        best = plan_of(ready, watch)
        lower = best.matrix.lower.copy()
        lower[best.matrix.columns.index((component, ("line", 2021)))] = amount
        dear = solve_matrix(best.solved.parameters, replace(best.matrix, lower=lower), ready.options, watch, name="plan")
        return replace(dear, matrix=best.matrix, solution=replace(dear.solution, bound=best.solution.bound))

    return planner


def stored(paper: Paper, planner: Planner, home: Path) -> Run:
    folder = write_case(case_of(paper), home / "data" / "paper")
    outcome = solve(read_case(folder), Options(gap=GAP), planner=planner)
    with new_run(home / "runs" / "paper" / "loose") as partial:
        copy_inputs(partial, {"paper": folder})
        write_results(partial, outcome.manifest, outcome.results, outcome.hours)
    return open_run(home / "runs" / "paper" / "loose")


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return stored(LINE, forced("Units", 1.0), tmp_path_factory.mktemp("loose"))


def test_a_run_with_a_wide_gap_is_explained_at_its_own_cost_with_its_own_builds(loose: Run) -> None:
    assert loose.manifest["objective"] == pytest.approx(2.5)
    made = explained(str(loose.folder))
    assert made["run"] == "paper/loose"
    assert made["objective"] == pytest.approx(2.5, rel=1e-6) and made["bound"] == pytest.approx(2.2)
    assert [(one["measure"], one["amount"]) for one in made["measures"] if one["built"]] == [("line", pytest.approx(0.5))]
    # With the line 0.1 Mt of goods are still bought at 3 in place of the mill's at 1, for the cap's sake: 2 per Mt.
    cap = made["targets"][0]
    assert cap["price"] == pytest.approx(2.0)
    # What the target costs lies between least costs: without it the mill makes all for 1.0, with it 2.2.
    without = next(one for one in cap["differences"] if one["question"] == "without")
    assert (without["low"], without["high"]) == pytest.approx((-1.2, -1.2), abs=1e-5)


def test_what_is_said_first_is_whose_plan_it_is(loose: Run) -> None:
    assert "the plan of run paper/loose costs 2.50 (proven to 0.30)" in call("explain", str(loose.folder), "--no-resolve").stdout
    asked_otherwise = call("explain", str(loose.folder), "--no-resolve", "--set", "cap.value=0.45").stdout
    assert "solved for this explanation: the plan costs 2.10" in asked_otherwise
    assert "计算paper/loose的方案成本2.50" in call("explain", str(loose.folder), "--no-resolve", "--lang", "zh").stdout


def test_a_run_that_cannot_be_made_again_is_refused(loose: Run, tmp_path: Path) -> None:
    touched = open_run(shutil.copytree(loose.folder, tmp_path / "touched"))
    numbers = touched.inputs / "numbers.csv"
    text = numbers.read_text(encoding="utf-8")
    assert "36.0" in text  # investment of the line: 10 years at 3.6
    numbers.write_text(text.replace("36.0", "46.0"), encoding="utf-8")
    result = call("explain", str(touched.folder), "--no-resolve")
    assert result.exit_code == 2
    assert "cost 2.5 when it was solved" in result.stderr


@pytest.mark.parametrize("how", [("--gap", "0.3"), ("--foresight", "1"), ("--drop", "co2_2023", "--days", "1")])
def test_a_stored_run_of_the_toy_keeps_its_cost(how: tuple[str, ...], tmp_path: Path) -> None:
    assert call("solve", "toy", *how, "--out", str(tmp_path / "run")).exit_code == 0
    run = open_run(tmp_path / "run")
    made = explained(str(run.folder), "--no-resolve")
    assert made["run"] == run.name
    assert made["objective"] == pytest.approx(run.manifest["objective"], rel=1e-6)
    assert made["bound"] <= made["objective"] + 1e-9
    built = {one["measure"]: one["amount"] for one in made["measures"] if one["built"]}
    stored = run.results["build"].sum("build_year")
    assert built == pytest.approx({k: v for k, v in zip(stored["measure"].values.tolist(), stored.values.tolist()) if v > 1e-9}, abs=1e-5)


def test_a_plan_that_is_not_the_cheapest_with_its_units_is_priced_with_all_it_builds_held(tmp_path: Path) -> None:
    """The line by any amount, 0.5 Mt of it built though none would pay, as short sight may."""
    run = stored(also(LINE, measure("line", {"clean_mill": 1.0}, cost=3.6)), forced("Build", 0.5), tmp_path)
    made = explained(str(run.folder), "--no-resolve")
    assert made["schedule"] and made["objective"] == pytest.approx(2.5)
    assert made["targets"][0]["price"] == pytest.approx(2.0)
    assert says(call("explain", str(run.folder), "--no-resolve").stdout, "prices hold everything it builds")
