"""Days of the year kept as they are beside typical ones, and how far a plan can be above the best on all days, on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from paper import HALF, Paper, also, demand, market, measure, periods, seasonal, target, technology
from paper_answer import told
from papers import seasons
from windy import BOUGHT, BREEZE, CALM, GUSTS, checked

from model.case.parameters.day_choice import OwnDays
from model.case.parameters.days import choose_days, lay_out
from model.case.parameters.numbers import settings_of
from model.report.plan.full_year_text import bounded
from model.report.words import languages, word
from model.results.full_year import Unbounded
from model.solve.components import SLACKS
from model.study.plan.solve import solve
from model.study.runs.above_best import above_best
from model.study.solved.solved_model import Options

EXACT = Options(gap=1e-9)


def test_a_day_of_the_year_stays_as_it_is_and_stands_for_those_like_it() -> None:
    """Three of eleven kinds are kept: each has its own hours and its days, on each of which it stands; typical days stand for the rest, and the year's yield is kept."""
    case = told(GUSTS)
    year = lay_out(case)["breeze"]
    own = (1, 100, 200)
    days = choose_days(case, OwnDays(2, own), settings_of(case))
    assert len(days.weight) == 5 and days.weight.sum() == pytest.approx(365)
    for place, day in enumerate(own, 2):
        alike = np.isclose(year, year[day - 1]).all(axis=1)
        assert days.values["breeze"][place] == pytest.approx(year[day - 1])
        assert days.weight[place] == alike.sum() and set(days.calendar[alike]) == {place}
    assert float(days.values["breeze"].sum(axis=1) @ days.weight) == pytest.approx(year.sum())


def test_the_spell_is_beside_them() -> None:
    case = told(also(GUSTS, settings={"stress_days": 2, "stress_weight": 0.001, "stress_variable": 0}))
    days = choose_days(case, OwnDays(2, (100,)), settings_of(case))
    assert days.names == ("d1", "d2", "d3", "stress1", "stress2")
    assert float(days.values["breeze"].sum(axis=1) @ days.weight) == pytest.approx(lay_out(case)["breeze"].sum())


def test_a_calm_day_beside_a_typical_one_is_the_whole_year() -> None:
    """Of two kinds one is kept, the other is all that is left: the plan is that of both."""
    calm = int(np.argmin(lay_out(told(BOUGHT))["breeze"].sum(axis=1))) + 1
    found = solve(told(BOUGHT), replace(EXACT, days=OwnDays(1, (calm,)), dropped=frozenset({"cap"})))
    assert found.manifest["objective"] == pytest.approx(3.2 + 1.5 * CALM)  # 0.8 GW of wind; what calm days lack is bought at 3 亿元 a TWh


def test_storage_over_the_year_passes_through_them() -> None:
    """A year of two seasons, of which the first day of each is kept, is the whole year."""
    case = told(seasons.YEAR)
    days = OwnDays(1, (1, 365))
    found = solve(case, replace(EXACT, days=days))
    assert found.manifest["objective"] == pytest.approx(seasons.YEAR.objective, abs=1e-6)


def test_how_far_a_plan_can_be_above_the_best_on_all_days() -> None:
    """1 GW of wind and what calm days lack cost 4 + 2.628 on all days; no plan costs less than the mean day's 4. (The best, 0.8 GW, costs 5.828.)"""
    paper = also(BOUGHT, target("cap", "co2", "level", "<=", 0.9))
    outcome, check = checked(paper)
    assert check.above == pytest.approx(1.5 * CALM)
    assert outcome.manifest["objective"] + 1.5 * CALM - check.above <= 3.2 + 1.5 * CALM


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("paper", "reason"),
    [
        (BOUGHT, "open"),  # misses its target
        (BREEZE, "open"),  # leaves demand short
        (seasons.YEAR, "storage"),  # no mean day tells what is held from day to day
    ],
    ids=["missed", "short", "storage"],
)
def test_why_no_distance_to_the_best_is_told(paper: Paper, reason: Unbounded, language: str) -> None:
    check = checked(paper)[1]
    assert (check.above, check.unbounded) == (None, reason)
    said = bounded(check, language)
    assert word("year_not_bounded", language) in said and word(f"unbounded_{reason}", language) in said
    assert bounded(replace(check, unbounded=None), language) == word("year_not_bounded", language)  # stored without one


def test_other_reasons_for_which_no_distance_is_told() -> None:
    """A decided year that was not run, and a target that the plan itself relaxes by 0.1 Mt."""
    outcome, check = checked(also(BOUGHT, target("cap", "co2", "level", "<=", 0.9)))
    assert above_best(outcome.ready, outcome.plan, {}, check.of("plan")) == "years"
    slack = outcome.plan.matrix.at(*SLACKS)
    x = outcome.plan.solution.x.copy()
    x[slack] = 0.1
    relaxed = replace(outcome.plan, solution=replace(outcome.plan.solution, x=x))
    assert len(slack) and above_best(outcome.ready, relaxed, {2021: 0.0}, check.of("plan")) == "relaxed"


# 292 windy days, on which what is bought costs 3.5 亿元 a TWh, and 73 calm ones, on which it costs 1: at the mean price of 3 nothing but wind of 10 亿元 a GW would pay,
# and all that no plan costs less than would be 10; 0.8 GW and what calm days lack cost 8.876.
LENGTHS = {"windy": 292, "calm": 73}
PRICED = Paper(
    name="priced", says="cheap where it is needed",
    facts=(
        periods(LENGTHS), demand("electricity", HALF), seasonal("breeze", LENGTHS, [0.625, 0.0], availability=True), seasonal("dear", LENGTHS, [3.5 / 3, 1 / 3]),
        technology("wind", "variable", gives={"electricity": 1.0}, profile="breeze"), measure("build_wind", {"wind": 1.0}, unit="GW", cost=10.0),
        market("electricity", 3.0, shape="dear"),
    ),
    objective=10.0,
)  # fmt: skip


def test_no_price_of_a_mean_day_is_above_that_of_a_day() -> None:
    outcome, check = checked(PRICED)
    (run,) = check.of("plan")
    assert run.status == "kept" and check.above is not None
    no_less = outcome.manifest["objective"] + run.moved - check.above
    assert no_less == pytest.approx(HALF, abs=1e-6) and no_less < 8.0 + 0.5 * CALM
