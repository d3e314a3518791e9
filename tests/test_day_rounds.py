"""The days of a plan chosen in rounds, on paper: what each rule keeps open, and what ends the rounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calling import call, says
from paper import Paper, also, demand, indicator, market, measure, target, technology
from paper_answer import told
from paper_case import case_of, write_case
from peers import kohn
from windy import BREEZE, GUSTS

from model.case.parameters.day_choice import OwnDays
from model.case.parameters.days import lay_out
from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan.day_rounds_text import round_line
from model.report.plan.text import summary_text
from model.results.day_rounds import Move, Open, day_rounds_of
from model.results.full_year import Missed, Short, YearCheck, YearRun
from model.study.plan.solve import SolvedCase, get_ready, solve, with_baselines
from model.study.runs import day_rounds
from model.study.runs.day_rounds import Settled, settle_days
from model.study.runs.full_year import Team, one_by_one
from model.study.runs.run import hand_over
from model.study.runs.settling import left_open, moves
from model.study.solved.solved_model import NoPlan, Options, Ready

EXACT = Options(gap=1e-9)


@cache
def settled(paper: Paper, team: Team = one_by_one) -> Settled:
    return settle_days(told(paper), EXACT, team=team)


def test_days_are_added_until_nothing_is_open() -> None:
    """On two days the plant is built for the gap of the weaker one: calm days are short, the weakest kinds too.
    Calm days are among the first that are added, so that the plant is 0.5 GW, and nothing is short from there on."""
    made = settled(GUSTS)
    first, *_, last = made.rounds.rounds
    assert (first.days, first.own, first.short, first.open) == (2, (), 1, ("short", "first_round"))
    assert made.rounds.rule == "settled" and last.open == () and last.days == 2 + 4 * (len(made.rounds.rounds) - 1) < 11
    assert min(lay_out(told(GUSTS))["breeze"][day - 1].max() for day in made.rounds.rounds[1].own) == 0.0
    assert made.outcome.ready.scope.days == OwnDays(2, last.own)
    assert float(made.outcome.results["build"].sel(measure="build_plant").sum()) == pytest.approx(0.5)
    assert made.check is not None and {run.status for run in made.check.of("plan")} == {"kept"}


def test_what_is_spread_over_the_hours_of_a_day_is_no_sum_over_days() -> None:
    """A load that follows a shape stands in the balance of each hour with its amount of the year; days are compared all the same."""
    spread = technology("charger", "shaped", takes={"electricity": 1.0}, gives={"goods": 1.0}, profile="flat", exists=1.0)
    paper = also(GUSTS, spread, demand("goods", 0.5))
    assert settled(paper).rounds.rule in ("settled", "all_days") and len(settled(paper).rounds.rounds) > 1


def test_a_round_that_is_not_the_last_is_asked_no_more_than_its_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan without targets, and the baselines on all days, are of the last round alone; the others do not know what the targets cost."""
    asked, ran = list[object](), list[tuple[str, ...]]()

    def noted(ready: Ready, *shared: Any, **more: Any) -> SolvedCase:
        asked.append(ready.scope.days)
        return with_baselines(ready, *shared, **more)

    def team(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        ran.extend(names for _, names in jobs)
        return one_by_one(work, shared, jobs)

    monkeypatch.setattr(day_rounds, "with_baselines", noted)
    monkeypatch.setattr("model.study.runs.full_year.many_columns", 0)
    made = settle_days(told(GUSTS), EXACT, team=team)
    *earlier, last = made.rounds.rounds
    assert len(earlier) >= 1 and asked == [made.outcome.ready.scope.days]
    assert ran == [*[("plan",)] * (len(earlier) + 1), ("usual",), ("free",)]
    assert all(np.isnan(one.over_free) for one in earlier) and last.over_free == pytest.approx(0.0, abs=1e-6)
    assert made.check is not None and {run.plan for run in made.check.runs} == {"plan", "usual", "free"}


def test_at_most_so_many_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four days are the most: two are added and it ends there, though nothing is said of the builds by a second round that is like it."""
    monkeypatch.setattr(day_rounds, "most_days", 4)
    monkeypatch.setattr(day_rounds, "left_open", lambda *_: ("flips",))
    made = settle_days(told(GUSTS), EXACT, team=one_by_one)
    assert made.rounds.rule == "most_days" and [one.days for one in made.rounds.rounds] == [2, 4]


def test_no_more_where_all_days_that_differ_are_in() -> None:
    """Wind and calm are all there is: two typical days are both."""
    made = settled(BREEZE)
    assert made.rounds.rule == "all_days" and made.check is None and len(made.rounds.rounds) == 1


def test_no_more_where_no_day_is_left_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days stored over are told one by one, though typical ones are just like them: a second round would be the first, and so without end."""
    monkeypatch.setattr(day_rounds, "added_days", lambda *_: ())
    made = settle_days(told(GUSTS), EXACT, team=one_by_one)
    assert made.rounds.rule == "all_days" and len(made.rounds.rounds) == 1 and made.outcome.ready.scope.days == 2


def test_a_plan_that_is_short_on_its_own_days_is_not_helped_by_more() -> None:
    made = settled(
        also(
            GUSTS,
            measure("build_plant", {"plant": 1.0}, unit="GW", cost=1.0, told={"potential": 0.0}),
            measure("build_wind", {"wind": 1.0}, unit="GW", cost=4.0, told={"potential": 0.5}),
        )
    )
    assert made.rounds.rule == "unserved" and len(made.rounds.rounds) == 1


def test_a_case_without_hours_has_no_rounds(own_runs: Path) -> None:
    case = kohn.kohn(own_runs / "kohn")
    found = json.loads(call("solve", case, "--days", "auto", "--json", "--out", own_runs / "toy").stdout)
    assert found["day_rounds"]["rule"] == "no_hours" and len(found["day_rounds"]["rounds"]) == 1
    assert says(call("show", own_runs / "toy").stdout, "Nothing of this case runs by the hour")


KEPT = YearRun(2021, "plan", "kept", 0.0, 0.0)
CHECK = YearCheck(365, 11, "drawn", (2021,), (), (KEPT, replace(KEPT, plan="usual"), replace(KEPT, plan="free")))
SHORT = Short("electricity", 1.0, "TWh", 0.5, 1, 5, "year", "year", "year")
MISSED = Missed("cap", 2021, 1.0, 1.0, 2.0, "Mt")


@cache
def outcome() -> SolvedCase:
    """Costs 4 and more a year, no more than its baselines: no yearly cost may move by 1 亿元 and more."""
    return solve(told(GUSTS), replace(EXACT, days=2))


def moved(told_: SolvedCase, check: YearCheck) -> tuple[Move, ...]:
    return moves(told_.plan, {"usual": told_.ready.usual, "free": told_.free}, check)


@pytest.mark.parametrize(
    ("changed", "open_"),
    [
        ((KEPT,), ()),
        ((replace(KEPT, status="gives", short=(SHORT,)),), ("short",)),
        ((replace(KEPT, status="gives", missed=(MISSED,)),), ("missed",)),
        ((replace(KEPT, status="impossible"),), ("no_answer",)),
        ((replace(KEPT, cost=0.99),), ()),
        ((replace(KEPT, cost=1.01), replace(KEPT, plan="usual", cost=1.01), replace(KEPT, plan="free", cost=1.01)), ("cost",)),
        ((KEPT, replace(KEPT, plan="usual", cost=-1.01)), ("over_usual",)),
        ((KEPT, replace(KEPT, plan="free", cost=1.01)), ("over_free",)),
    ],
    ids=["nothing", "short", "missed", "impossible", "a little", "cost", "usual", "free"],
)
def test_what_a_check_leaves_open(changed: tuple[YearRun, ...], open_: tuple[str, ...]) -> None:
    runs = {run.plan: run for run in (*CHECK.runs, *changed)}
    check = replace(CHECK, runs=tuple(runs.values()))
    assert left_open(check, moved(outcome(), check), ()) == open_


def test_a_large_cost_may_move_by_a_twentieth_of_itself() -> None:
    """A plan of 4 亿元 a year and a hundred times that: 0.05 · 400 = 20."""
    dear = outcome()
    dear = replace(dear, plan=replace(dear.plan, solution=replace(dear.plan.solution, objective=400.0)))
    check = replace(CHECK, runs=(replace(KEPT, cost=19.0),))
    years = float(dear.plan.solved.parameters["discount"].sum())
    (move,) = moves(dear.plan, {}, check)
    assert move == Move("cost", 2021, 19.0, move.most) and move.most == pytest.approx(20.0 / years)


def test_a_difference_may_move_by_a_twentieth_of_what_it_is_in_that_year() -> None:
    """Running costs of 100 and of 30 as usual: 0.05 · 70 = 3.5, though a mean year of the plan costs no more than usual."""
    found = outcome()
    usual = replace(KEPT, plan="usual", planned=30.0, cost=30.0)
    for apart, open_ in ((3.4, ()), (3.6, ("over_usual",))):
        check = replace(CHECK, runs=(replace(KEPT, planned=100.0, cost=100.0 + apart), usual))
        told_ = moves(found.plan, {"usual": found.ready.usual}, check)
        assert [move.most for move in told_] == pytest.approx([5.0, 3.5])
        assert left_open(check, told_, ()) == open_


def stopped_in(round_: int) -> Team:
    begun = 0

    def team(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        nonlocal begun
        begun += 1
        if begun == round_:
            raise KeyboardInterrupt
        yield from one_by_one(work, shared, jobs)

    return team


def test_ctrl_c_keeps_the_last_complete_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.runs.full_year.many_columns", 0)
    made = settle_days(told(GUSTS), EXACT, team=stopped_in(2))
    assert made.rounds.rule == "stopped" and [one.days for one in made.rounds.rounds] == [2] and made.outcome.ready.scope.days == 2
    assert made.check is not None and made.check.years == (2021,)


@pytest.mark.parametrize(("status", "kept"), [("interrupted", True), ("time_limit", True), ("infeasible", False)])
def test_a_later_round_without_a_plan(status: str, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped, the round before counts; where more days show that targets cannot be met, that is the answer."""

    def readied(case: Any, options: Options, *shared: Any, **more: Any) -> Ready:
        if options.days != 2:
            raise NoPlan(status, "plan")
        return get_ready(case, options, *shared, **more)

    monkeypatch.setattr(day_rounds, "get_ready", readied)
    if not kept:
        with pytest.raises(NoPlan):
            settle_days(told(GUSTS), EXACT, team=one_by_one)
        return
    made = settle_days(told(GUSTS), EXACT, team=one_by_one)
    assert made.rounds.rule == ("stopped" if status == "interrupted" else status) and len(made.rounds.rounds) == 1


def test_a_run_tells_its_rounds_and_its_days_are_read_back(own_runs: Path) -> None:
    dear = also(
        GUSTS, indicator("co2", "Mt", [("plant", "activity", 1.0)]), target("cap", "co2", "level", "<=", 0.3), market("electricity", 9.0)
    )
    case = write_case(case_of(dear), own_runs / "gusts")
    mps = own_runs / "program.mps"
    found = json.loads(
        call("solve", case, "--days", "auto", "--gap", "1e-9", "--json", "--out", own_runs / "one", "--write-mps", mps).stdout
    )
    rounds = day_rounds_of(found)
    assert rounds is not None and rounds.record() == found["day_rounds"] and mps.stat().st_size > 0
    days = found["options"]["days"]
    assert days == f"2+{','.join(map(str, rounds.rounds[-1].own))}"
    told_days = ", ".join(str(one.days) for one in rounds.rounds)
    assert says(call("show", own_runs / "one").stdout, f"Typical days in {len(rounds.rounds)} rounds: {told_days} (plan")
    assert says(call("show", own_runs / "one", "--lang", "zh").stdout, "典型日分")
    again = json.loads(call("solve", case, "--days", days, "--gap", "1e-9", "--json", "--no-year-check", "--out", own_runs / "two").stdout)
    assert again["objective"] == pytest.approx(found["objective"], rel=1e-9)
    explained = json.loads(call("explain", own_runs / "one", "--json", "--no-resolve").stdout)
    assert explained["objective"] == pytest.approx(found["objective"], rel=1e-6)


def test_the_workbook_has_the_rounds_beside_how_it_was_computed(tmp_path: Path) -> None:
    case, heard = read_case(write_case(case_of(GUSTS), tmp_path / "gusts")), list[tuple[int, int, tuple[Open, ...]]]()
    run, _ = hand_over(case, EXACT, folder=tmp_path / "run", runs=tmp_path, year_check=one_by_one, rounds=lambda *told: heard.append(told))
    rounds = day_rounds_of(run.manifest)
    assert rounds is not None and [told[:2] for told in heard] == [(place, one.days) for place, one in enumerate(rounds.rounds, 1)]
    assert [left for _, _, left in heard] == [(), *(one.open for one in rounds.rounds[:-1])] and "short" in heard[1][2]
    assert (
        round_line(*heard[1], "en")
        == f"Round 2 of choosing days, on {heard[1][1]} typical days; open before: demand short, no round to compare builds with"
    )
    for language in ("en", "zh"):
        assert summary_text(run.results, run.manifest, language)
        pages = {
            page.key: page for page in plan_report(run.results, hours=run.hours, manifest=run.manifest, case=case, language=language).pages
        }
        frame = pages["about"].tables["day-rounds"].frame
        assert frame["round_days"].tolist() == [one.days for one in rounds.rounds]
        assert frame["round_added"].tolist()[1].startswith(str(rounds.rounds[-1].own[0]))


def test_what_days_auto_does_not_go_with(own_runs: Path) -> None:
    for asked, said in (
        (("solve", "toy", "--days", "auto", "--no-year-check"), "leave out --foresight, --no-year-check"),
        (("solve", "toy", "--days", "auto", "--foresight", 2), "leave out --foresight, --no-year-check"),
        (("sweep", "toy", "--tornado", "--days", "auto"), "--days auto is of solve alone"),
        (("base", "toy", "--days", "auto"), "--days auto is of solve alone"),
        (("solve", "toy", "--days", "2+366"), "found '2+366'"),
    ):
        found = call(*asked)
        assert found.exit_code == 2 and says(found.stderr, said)
