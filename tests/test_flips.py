"""Builds that turn from one round of days to the next, on paper: what counts as another plan, and what is but a tie."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from paper import HALF, Paper, also, demand, measure, technology
from paper_answer import told
from windy import GUSTS

from model.case.read.case import Case
from model.results.full_year import YearCheck, YearRun
from model.study.plan.solve import get_ready, plan_of
from model.study.runs.flips import turned, within_gap
from model.study.runs.settling import left_open
from model.study.solved.solved_model import Options, SolvedModel, Watch

EXACT = Options(gap=1e-9)


def with_builds(solved: SolvedModel, **amounts: float) -> SolvedModel:
    build = solved.solved.decisions["build"].copy(deep=True) * 0.0
    for name, amount in amounts.items():
        build.loc[{"measure": name}] = amount
    return replace(solved, solved=replace(solved.solved, decisions=solved.solved.decisions.assign(build=build)))


def names(case: Case, before: SolvedModel, now: SolvedModel) -> tuple[str, ...]:
    return tuple(one.name for one in turned(case, before, now))


def test_builds_are_compared_with_the_round_before() -> None:
    """Whole units in their number and year, groups by whether they are built at all: from 1 to 2 units is another plan, from 0.5 to 0.6 GW none, from nothing to 0.5 GW one; what moves from one
    measure to another that acts on the same thing moves nothing.
    """
    whole = measure("unit", {"plant": 1.0}, unit="GW", cost=1.0, told={"unit_size": 1.0, "potential": 3.0}, whole=True)
    twin = measure("build_wind_too", {"wind": 1.0}, unit="GW", cost=4.0)
    case = told(also(GUSTS, whole, twin))
    plan = plan_of(get_ready(case, replace(EXACT, days=2), Watch()), Watch())
    before = with_builds(plan, unit=1.0, build_wind=0.5)
    assert names(case, before, with_builds(plan, unit=1.0, build_wind=0.6)) == ()
    assert names(case, before, with_builds(plan, unit=2.0, build_wind=0.5)) == ("unit",)
    assert names(case, before, with_builds(plan, unit=1.0, build_wind_too=0.5)) == ()
    assert names(case, before, with_builds(plan, unit=1.0)) == ("build_wind",)
    assert names(case, before, with_builds(plan, unit=1.0, build_wind=0.5, build_plant=0.5)) == ("build_plant",)


# 0.5 GW all year, by one of two plants that burn the same: each costs about 1 亿元 a GW and year, in any amount or in units of 0.5 GW.
def rivals(first: float, second: float, *, whole: bool) -> Paper:
    size = {"unit_size": 0.5, "potential": 1.0} if whole else {}
    return Paper(
        name="rivals", says="two plants that burn the same",
        facts=(
            demand("electricity", HALF),
            *(technology(name, "dispatch", gives={"electricity": 1.0}, told={"variable_cost": 1.0}) for name in ("one", "other")),
            measure("build_one", {"one": 1.0}, unit="GW", cost=first, told=size, whole=whole),
            measure("build_other", {"other": 1.0}, unit="GW", cost=second, told=size, whole=whole),
        ),
        objective=HALF + 0.5 * min(first, second),
    )  # fmt: skip


@cache
def planned(first: float, second: float, whole: bool) -> tuple[Case, SolvedModel]:
    case = told(rivals(first, second, whole=whole))
    return case, plan_of(get_ready(case, EXACT, Watch()), Watch())


@pytest.mark.parametrize("whole", [False, True], ids=["group", "units"])
def test_what_the_gap_cannot_tell_apart_is_a_tie(whole: bool) -> None:
    """The other plant is 0.001 亿元 a GW cheaper than the one before, 0.0005 of 4.88: to a gap of 0.001 both are the cheapest, to one of 0.00001 they are two plans. One that is 0.5 cheaper is no tie of either."""
    case, before = planned(1.0, 1.5, whole)
    _, now = planned(1.0, 0.999, whole)
    found = turned(case, before, now)
    assert {one.name for one in found} == {"build_one", "build_other"}
    assert within_gap(found, before, now, 1e-3) and not within_gap(found, before, now, 1e-5)
    _, cheaper = planned(1.0, 0.5, whole)
    assert not within_gap(turned(case, before, cheaper), before, cheaper, 1e-3)


def test_whole_units_stay_where_they_are_within_the_gap() -> None:
    """To a gap of 0.001 the plan that begins with the units before keeps them; one that begins with nothing takes the cheaper."""
    _, before = planned(1.0, 1.5, True)
    ready = get_ready(planned(1.0, 0.999, True)[0], Options(gap=1e-3), Watch())
    kept = plan_of(ready, Watch(), like=ready.usual.with_units_of(before))
    assert float(kept.solved.decisions["build"].sel(measure="build_one").sum()) == pytest.approx(0.5)
    anew = plan_of(ready, Watch())
    assert float(anew.solved.decisions["build"].sel(measure="build_one").sum()) == pytest.approx(0.0)


def test_builds_that_turned_keep_a_round_open_and_ties_do_not() -> None:
    check = YearCheck(365, 11, "drawn", (2021,), (), (YearRun(2021, "plan", "kept", 0.0, 0.0),))
    assert (
        left_open(check, (), None) == ("first_round",) and left_open(check, (), ("unit",)) == ("flips",) and left_open(check, (), ()) == ()
    )


def test_an_amount_that_another_build_needs_is_no_tie() -> None:
    """Held to what was built before, nothing serves the demand: what turned cannot be turned back."""
    case, before = planned(1.0, 1.5, False)
    _, now = planned(1.0, 0.5, False)
    nothing = with_builds(before)
    assert not within_gap(turned(case, nothing, now), nothing, now, 1e-3)
