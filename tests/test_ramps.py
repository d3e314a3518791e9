"""What is shown of groups whose additions are ramped."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fault_edits import told
from paper import GAP, Fact, Paper, coupling, indicator, target
from paper_case import case_of
from papers import ramps
from tiny_case import TinyCase

from model.case.checks.check import warnings
from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan.ramp_tables import ramps as table
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.infeasible.clash import find_clash
from model.study.plan.solve import SolvedCase, solve
from model.study.runs.foresight import ShortSight
from model.study.solved.solved_model import Options, Watch

CAP = (indicator("standing", "Mt", [("new_mill", "level", 1.0)]), target("cap", "standing", "level", "<=", 5.0))


@cache
def solved(paper: Paper) -> SolvedCase:
    return solve(case_of(paper), Options(gap=GAP))


def from_2025(case: TinyCase) -> TinyCase:
    case.header += "decide_from: 2025\n"
    return case


def test_a_group_s_additions_stand_beside_what_it_may_add() -> None:
    outcome = solved(ramps.GROWS)
    frame = table(outcome.results, "en").frame.set_index("item")
    assert frame.loc["Added a year", [2021, 2022, 2023]].tolist() == pytest.approx([0.5, 0.95, 0.55])
    assert frame.loc["At most", [2021, 2022, 2023]].tolist() == pytest.approx([0.5, 0.95, 1.625])
    assert "At least" not in frame.index
    report = plan_report(outcome.results, hours=outcome.hours, manifest=outcome.manifest, case=None, language="zh")
    assert report.tables["ramps"].frame["item"].tolist() == ["年新增", "上限"]


def test_a_fall_has_its_least() -> None:
    results = solved(ramps.FALLS).results
    frame = table(results, "en").frame.set_index("item")
    assert frame.loc["At least", [2021, 2022]].tolist() == pytest.approx([0.3, 0.05])
    assert np.isfinite(frame.loc["At most", 2021])


def test_a_case_without_groups_shows_none() -> None:
    results = solved(ramps.GROWS).results
    assert table(results.drop_vars("ramp_most"), "en").frame.empty


@pytest.mark.parametrize("paper", [ramps.GROWS, ramps.FALLS, ramps.FULL, ramps.RENEWED, ramps.ONE_UNIT], ids=lambda paper: paper.name)
def test_who_sees_one_year_keeps_to_the_ramp(paper: Paper) -> None:
    """Each year's additions are those of the plan of all years: a ramp asks for no foresight."""
    outcome = solve(case_of(paper), Options(gap=GAP), planner=ShortSight(1).plan)
    assert outcome.manifest["objective"] == pytest.approx(paper.objective, abs=1e-4) and outcome.manifest["audit"]["ok"]


@pytest.mark.parametrize(
    ("known", "free"),
    [
        (lambda case: case, True),
        (lambda case: told(case, "wind_in_all", "recent", value="3", unit="万千瓦"), False),
        (from_2025, False),  # 0.03 GW were built in 2021
    ],
)
def test_a_group_of_which_nothing_was_told_has_a_free_first_year(known: Callable[[TinyCase], TinyCase], free: bool, tmp_path: Path) -> None:
    case = read_case(known(TinyCase()).write(tmp_path / "data" / "tiny"))
    told_of = [(one.place.file, one.found) for one in warnings(case) if one.code == "ramp_starts_free"]
    assert told_of == ([("ramps.csv", "ramps (1): wind_in_all")] if free else [])


def test_what_a_ramp_forbids_is_among_what_pays_for_a_measure() -> None:
    # 0.5 Mt for three years, 0.95 for two, 0.55 for one cost 3.95. Goods are worth 3 but in 2023, where mills at 1 make the last of them:
    # 0.5 · 7 + 0.95 · 4 + 0.55 · 1 = 7.85. The 3.9 above the cost are what the ramp is worth.
    (reason,) = explain(Explainee(case_of(ramps.GROWS), Options(gap=GAP)), again=False).measures
    earned = {(one.kind, one.item): one.amount for one in reason.earnings}
    assert reason.cost == pytest.approx(3.95) and reason.lacks == pytest.approx(0.0, abs=1e-6)
    assert earned == {("commodity", "goods"): pytest.approx(7.85), ("ramp", "mills"): pytest.approx(-3.9)}


@pytest.mark.parametrize("targets", [(), CAP])
def test_a_floor_that_a_commitment_makes_is_told_with_it_where_whole_decisions_alone_forbid_the_plan(
    targets: tuple[list[Fact], ...],
) -> None:
    """0.6 committed for 2022 ask for 0.8 · 0.6 = 0.48 in 2023, where no more than 0.8 Mt of mills may stand. 0.8 of a full group would let off 0.8 · 0.48 and leave
    0.096; but it is full or it is not, and it is not below 1 Mt."""
    mill = ramps.new_mill(told={"committed": {2022: 0.6}, "pace": {2021: 0.0, 2022: 0.0, 2023: 0.6}, "potential": 1.0})
    most = coupling("ground", "<=", 0.8, {("new_mill", "level"): 1.0})
    facts = (*ramps.town(1.0), ramps.MILL, mill, ramps.mills(up=0.5, start=0.6, down=0.2, recent=0.0), most, *targets)
    case = case_of(Paper(name="whole", says="", facts=facts, years=ramps.THREE, decide_from=2022, objective=0.0))
    found = find_clash(case, Options(gap=GAP), Watch())
    assert found.kind == "limits" and {(one.kind, one.item) for one in found.limits} >= {("ramp", "mills"), ("committed", "new_mill")}
