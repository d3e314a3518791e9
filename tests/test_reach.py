"""Least totals after years before decisions: held as far as paces and ramps still let them be, in both models, and told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paper import GAP, Paper, also, measure, ramp
from paper_case import case_of, write_case
from papers import ramps, standing
from second_model.answering import answers
from second_model.solving import by_scipy

from model.case import parameters
from model.report.plan.past_tables import past_behind, past_lines
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import NoPlan, Options

BEHIND = (standing.MINIMUM_BEHIND, standing.UNITS_BEHIND, ramps.ORDERS_BEHIND)


def solved(paper: Paper) -> SolvedCase:
    return solve(case_of(paper), Options(gap=GAP, decide_from=paper.decide_from))


@pytest.mark.parametrize("paper", [*BEHIND, ramps.LESS_THAN_ASKED, ramps.FULL], ids=lambda paper: paper.name)
def test_the_second_model_has_the_answer_on_paper(paper: Paper, tmp_path: Path) -> None:
    case = case_of(paper)
    case = replace(case, header=case.header.model_copy(update={"history": "recorded_only"}))  # the second model finds no past
    assert answers(write_case(case, tmp_path / "case"), by_scipy).plan == pytest.approx(paper.objective)


@pytest.mark.parametrize("paper", BEHIND, ids=lambda paper: paper.name)
def test_as_it_is_told_nothing_could_be_built_in_time(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "within_reach", lambda scope, stock, ramps, measures: stock.minimum)
    with pytest.raises(NoPlan):
        solved(paper)


def test_what_decides_from_its_first_year_on_is_asked_what_it_tells() -> None:
    """0.4 Mt in 2021 at 0.2 a year: an order that its own pace forbids is a clash, not a past."""
    paper = Paper(
        name="beyond_pace",
        says="an order that its own pace forbids",
        facts=also(standing.MINIMUM, measure("new_mill", {"mill": 1.0}, cost=5.0, told={"minimum": {2021: 0.4}, "pace": 0.2})).facts,
        years=standing.MINIMUM.years,
        objective=0.0,
    )
    with pytest.raises(NoPlan):
        solved(paper)


def test_what_is_asked_first_is_built_first_though_later_orders_are_larger() -> None:
    """One group of 0.2 a year: 0.2 of the second mill in 2022 come before 0.4 of the first in 2023, of which 0.2 are then held."""
    first, second = ({2023: 0.4}, {2022: 0.2})
    mills = [measure(name, {"mill": 1.0}, cost=5.0, told={"minimum": path}) for name, path in (("mill_a", first), ("mill_b", second))]
    group = ramp("mills", ("mill_a", "mill_b"), {"up": 0.0, "start": 0.2, "recent": 0.0})
    paper = replace(ramps.ORDERS_BEHIND, facts=(*ramps.town(1.0), ramps.MILL, *mills, group))
    built = solved(paper).results["build"].sel(build_year=[2022, 2023])
    assert built.sel(measure="mill_b").values.tolist() == pytest.approx([0.2, 0.0])
    assert built.sel(measure="mill_a").values.tolist() == pytest.approx([0.0, 0.4])


def test_the_screen_and_the_workbook_tell_what_is_held_instead() -> None:
    made = solved(standing.MINIMUM_BEHIND)
    rows = past_behind(made.results, made.manifest, "en").frame[["year", "case_says", "held_instead"]].values.tolist()
    assert rows == [[2022, pytest.approx(0.4), pytest.approx(0.2)], [2023, pytest.approx(0.6), pytest.approx(0.4)]]
    for brief in (True, False):
        (line,) = [one for one in past_lines(made.results, made.manifest, "zh", brief=brief) if "最低量" in one]
        assert "new_mill（2022–2023）" in line
