"""The full-year check on paper: a plan made on one typical day, run through days of wind and days of none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from calling import call, says
from paper import HALF, Paper, also, existing, indicator, market, measure, target, technology
from paper_answer import told
from paper_case import case_of, write_case
from papers import seasons
from windy import BOUGHT, BREEZE, CALM, ONE_DAY, checked

from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan.text import summary_text
from model.results.full_year import YearRun, year_check_of
from model.solve.highs import Method, Solver
from model.solve.solver_result import SolverResult
from model.study.plan.solve import solve
from model.study.runs import full_year, one_year
from model.study.runs.full_year import Team, full_year_check, one_by_one
from model.study.runs.run import hand_over
from model.study.solved.solved_model import Options, Watch

pytestmark = pytest.mark.usefixtures("no_workbook")


def of_plan(paper: Paper, options: Options = ONE_DAY) -> YearRun:
    (run,) = checked(paper, options)[1].of("plan")
    return run


def test_what_is_short_on_days_that_the_typical_day_hides() -> None:
    outcome, found = checked(BREEZE)
    assert outcome.manifest["status"] == "optimal" and outcome.manifest["objective"] == pytest.approx(4.0)
    assert (found.days, found.distinct, found.order, found.years, found.not_checked, found.above) == (365, 2, "drawn", (2021,), (), None)
    run = of_plan(BREEZE)
    (short,) = run.short
    assert (run.status, short.item, short.unit, short.days, short.period) == ("gives", "electricity", "TWh", 73, "year")
    assert (short.amount, short.power) == (pytest.approx(0.5 * CALM), pytest.approx(0.5))
    assert (run.cost, run.planned) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.0, abs=1e-9))  # what is short is no cost
    assert found.moved_apart(2021, "usual") is None  # nor is it compared


def test_no_proof_is_asked_of_a_year_in_which_something_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver would solve all hours once more to tell why they cannot be served, which nobody reads."""
    outcome, _ = checked(BREEZE)
    monkeypatch.setattr(Solver, "_ray", lambda _: pytest.fail("a proof was asked for"))
    found = full_year_check(outcome.ready, {"plan": outcome.plan}, Watch())
    assert found is not None and found.of("plan")[0].short


SERVED = also(BOUGHT, target("cap", "co2", "level", "<=", 0.9))


@pytest.mark.parametrize("paper", [SERVED, BOUGHT, BREEZE], ids=lambda paper: paper.name)
def test_a_large_year_is_asked_by_an_interior_point_and_again_with_what_is_short_at_its_price(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is short nothing else is asked, and else the answer is the same: short, missed and what it costs."""
    outcome, found = checked(paper)
    relax, asked = Solver.relax, list[str]()

    def noted(self: Solver, *, method: Method = "simplex", **options: Any) -> SolverResult:
        asked.append(method)
        return relax(self, method=method, **options)

    monkeypatch.setattr(one_year, "many_columns", 0)
    monkeypatch.setattr(Solver, "relax", noted)
    again = full_year_check(outcome.ready, {"plan": outcome.plan}, Watch())
    assert again is not None
    (run,), (before,) = again.of("plan"), found.of("plan")
    assert run.status == before.status and run.cost == pytest.approx(before.cost, rel=1e-6, abs=1e-6)
    assert [one.amount for one in run.short] == pytest.approx([one.amount for one in before.short], rel=1e-5)
    assert asked.count("ipx") == (1 if run.status == "kept" else 2)


@pytest.mark.parametrize(("failing", "methods"), [(1, ["ipx", "ipx"]), (2, ["ipx", "ipx", "simplex"])])
def test_an_interior_point_that_finds_no_way_is_asked_again_before_simplex(
    failing: int, methods: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simplex took 150 s for a year of a city on all days in which columns that are held leave no inside."""
    outcome, found = checked(SERVED)
    relax, asked = Solver.relax, list[str]()

    def failing_first(self: Solver, *, method: Method = "simplex", **options: Any) -> SolverResult:
        asked.append(method)
        result = relax(self, method=method, **options)
        return replace(result, status="failed", x=result.x[:0]) if len(asked) <= failing else result

    monkeypatch.setattr(one_year, "many_columns", 0)
    monkeypatch.setattr(Solver, "relax", failing_first)
    again = full_year_check(outcome.ready, {"plan": outcome.plan}, Watch())
    assert again is not None and asked[: len(methods)] == methods  # how far it is above the best is asked after it
    assert again.of("plan")[0].cost == pytest.approx(found.of("plan")[0].cost, rel=1e-6)


def test_what_all_days_cost_and_which_target_they_miss() -> None:
    """0.5 · 1.752 TWh are bought on calm days at 3 亿元, which the plan does not see, and emit as many Mt, 0.5 being asked; with all served first,
    nothing else can be done. The plan without targets costs the same, so the cost of the targets does not move.
    """
    run, check = of_plan(BOUGHT), checked(BOUGHT)[1]
    (missed,) = run.missed
    assert (run.status, run.short, run.planned, run.cost) == ("gives", (), pytest.approx(0.0, abs=1e-9), pytest.approx(1.5 * CALM))
    assert (missed.target, missed.year, missed.asked, missed.unit) == ("cap", 2021, pytest.approx(0.5), "Mt")
    assert (missed.planned, missed.given) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.5 * CALM))
    assert [one.missed for one in check.of("usual") + check.of("free")] == [(), ()]
    assert check.moved_apart(2021, "usual") == pytest.approx(0.0, abs=1e-9)


def test_what_a_target_can_still_be_met_by_is_done_at_what_it_costs() -> None:
    """At most 0.9 Mt: 0.876 is within it, so all holds and only the cost is another."""
    run = of_plan(also(BOUGHT, target("cap", "co2", "level", "<=", 0.9)))
    assert (run.status, run.short, run.missed, run.cost) == ("kept", (), (), pytest.approx(1.5 * CALM))


def test_a_target_is_missed_as_little_as_can_be_whatever_that_costs() -> None:
    """0.3 TWh a year of hydro at 6 亿元 a TWh, twice the price of what is bought, emit nothing: 0.576 Mt are left, at 1.8 + 1.728 亿元."""
    hydro = technology(
        "hydro", "dispatch", gives={"electricity": 1.0}, exists=0.5, told={"variable_cost": 6.0, "utilisation_ceiling": 0.3 / HALF}
    )
    run = of_plan(also(BOUGHT, hydro))
    assert [one.given for one in run.missed] == [
        pytest.approx(0.5 * CALM - 0.3, abs=2e-6)
    ]  # a millionth is left for the solver's tolerance
    assert (run.short, run.cost) == ((), pytest.approx(1.8 + 3 * (0.5 * CALM - 0.3), abs=1e-5))


def test_limits_of_the_year_are_kept() -> None:
    """At most a tenth may be curtailed: 0.125 of 0.625 GW is a fifth, which no day can take, so that the year cannot be run."""
    run = of_plan(also(BREEZE, settings={"curtailment_limit": 0.1}))
    assert (run.status, run.limits) == ("impossible", (("curtailment", "wind"),))


def test_yearly_limits_of_trade_are_kept() -> None:
    """No more than 0.6 TWh may be bought: of 0.876 the rest is short."""
    run = of_plan(also(BOUGHT, market("electricity", 3.0, told={"yearly_limit": 0.6}), target("cap", "co2", "level", "<=", 0.9)))
    assert [round(one.amount, 9) for one in run.short] == [pytest.approx(0.5 * CALM - 0.6)] and run.cost == pytest.approx(1.8)


def test_a_plan_that_meets_its_target_otherwise_is_compared_by_the_same_days() -> None:
    """Nothing but wind may be: the usual path buys all at 2 亿元 a TWh, on any day the same; the plan has to buy what calm days lack. It moves by that."""
    paper = also(BREEZE, market("electricity", 2.0), measure("build_wind", {"wind": 1.0}, unit="GW", cost=9.0),
                 indicator("co2", "Mt", [("electricity_buy", "bought", 1.0)]), target("cap", "co2", "level", "<=", 0.0))  # fmt: skip
    outcome, check = checked(paper)
    assert {one.plan: one.moved for one in check.runs} == pytest.approx({"plan": CALM, "usual": 0.0, "free": 0.0}, abs=1e-7)
    assert outcome.manifest["objective"] == pytest.approx(9.0)
    assert check.moved_apart(2021, "usual") == check.moved_apart(2021, "free") == pytest.approx(CALM)


def test_a_case_on_all_its_days_or_without_hours_is_not_checked() -> None:
    for paper, options in (
        (BREEZE, replace(ONE_DAY, days=2)),
        (BREEZE, replace(ONE_DAY, days=0)),
        (BREEZE, replace(ONE_DAY, days=4)),
    ):
        outcome = solve(told(paper), options)
        assert full_year_check(outcome.ready, {"plan": outcome.plan}, Watch()) is None


def test_the_stress_spell_is_no_day_of_the_year() -> None:
    """Two linked days without wind, a thousandth of a day each, are served by what is bought; they have no part in the check."""
    run = of_plan(
        also(BOUGHT, target("cap", "co2", "level", "<=", 0.9), settings={"stress_days": 2, "stress_weight": 0.001, "stress_variable": 0})
    )
    assert run.cost == pytest.approx(1.5 * CALM) and run.planned > 0


def test_checked_years() -> None:
    """The first, the next with a target of its own, the last and the windiest; the rest is said not to be checked."""
    paper = also(
        BOUGHT,
        measure("build_wind", {"wind": 1.0}, unit="GW", cost=4.0, told={"pace": 0.0}),
        existing("old", "wind", 0.2), existing("leased", "wind", 0.3, since=2024, until=2024), target("cap", "co2", "level", "<=", 9.0, year=2023),
        years=(2021, 2022, 2023, 2024, 2025, 2026),
    )  # fmt: skip
    _, check = checked(paper)
    assert (check.years, check.not_checked) == ((2021, 2023, 2024, 2026), (2022, 2025))


@pytest.mark.parametrize(
    ("years", "jobs"),
    [
        ([2021], [(2021, 1), (2021, 1), (2021, 1)]),
        ([2021, 2022], [(2021, 3), (2022, 3)]),
        ([2021, 2022, 2023], [(2021, 3), (2022, 3), (2023, 1), (2023, 1), (2023, 1)]),
    ],
)
def test_two_who_share_the_years_end_together(years: list[int], jobs: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A year with its three plans each, and of an odd number of years the last plan by plan; done in whatever order, the answer is the same."""
    outcome = solve(told(also(BREEZE, years=(2021, 2022, 2023))), ONE_DAY)
    plans, done = {"plan": outcome.plan, "usual": outcome.ready.usual, "free": outcome.free}, list[tuple[int, int]]()

    def backwards(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        done.extend((year, len(names)) for year, names in jobs)
        yield from one_by_one(work, shared, jobs[::-1])

    monkeypatch.setattr(full_year, "checked_years", lambda *_: years)
    alone = full_year_check(outcome.ready, plans, Watch())
    monkeypatch.setattr(full_year, "many_columns", 0)
    shared = full_year_check(outcome.ready, plans, Watch(), backwards)
    assert done == jobs and alone is not None and shared is not None and shared.years == tuple(years)
    assert sorted(map(repr, shared.runs)) == sorted(map(repr, alone.runs)) and len(alone.runs) == 3 * len(years)


def stopped(years: int) -> Team:
    def team(work: Callable[[Any, Any], Any], shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        for job in jobs[:years]:
            yield job, work(shared, job)
        raise KeyboardInterrupt

    return team


@pytest.mark.parametrize(
    ("years", "said"), [(1, "All 365 days of 2021 (others not checked)"), (0, "The full-year check was stopped before a year was done")]
)
def test_a_stopped_check_tells_the_years_that_are_done(years: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_year, "many_columns", 0)
    case = read_case(write_case(case_of(also(BREEZE, years=(2021, 2022))), tmp_path / "breeze"))
    run, _ = hand_over(case, ONE_DAY, folder=tmp_path / "run", runs=tmp_path, year_check=stopped(years))
    assert said in summary_text(run.results, run.manifest, "en")


def test_a_run_stores_it_and_says_it(tmp_path: Path) -> None:
    case = read_case(write_case(case_of(BREEZE), tmp_path / "breeze"))
    run, _ = hand_over(case, ONE_DAY, folder=tmp_path / "run", runs=tmp_path, year_check=one_by_one)
    check = year_check_of(run.manifest)
    assert check is not None and check.of("plan")[0].short[0].amount == pytest.approx(0.5 * CALM)
    assert replace(check, runs=()) == replace(checked(BREEZE)[1], runs=())
    for language, said in (("en", "electricity short by 876.0 GWh (worst 0.500 GW at"), ("zh", "electricity缺87,600 万千瓦时")):
        text = summary_text(run.results, run.manifest, language)
        assert said in " ".join(text.split())
        pages = {
            page.key: page for page in plan_report(run.results, hours=run.hours, manifest=run.manifest, case=case, language=language).pages
        }
        frame = pages["full_year"].tables["full-year"].frame
        assert frame["year"].tolist() == [2021] * 3 and said[:15] in frame["note"][0]
    plain, _ = hand_over(case, ONE_DAY, folder=tmp_path / "plain", runs=tmp_path)
    assert "full_year" not in plain.manifest


def test_the_command_checks_unless_it_is_told_not_to(own_runs: Path) -> None:
    case, asked = write_case(case_of(BREEZE), own_runs / "breeze"), ("--days", 1, "--json")
    (run,) = (
        one
        for one in json.loads(call("solve", case, *asked, "--out", own_runs / "one").stdout)["full_year"]["runs"]
        if one["plan"] == "plan"
    )
    assert run["short"][0]["amount"] == pytest.approx(0.5 * CALM)
    assert says(call("show", own_runs / "one").stdout, "All 365 days of 2021: 2021: electricity short by 876.0 GWh")
    assert says(call("show", own_runs / "one", "--lang", "zh").stdout, "全年365日校核（2021年）：2021年：electricity缺87,600 万千瓦时")
    assert "full_year" not in json.loads(call("solve", case, *asked, "--no-year-check", "--out", own_runs / "two").stdout)


def test_what_is_stored_over_days_is_followed_through_all_of_them() -> None:
    """On its one typical day a year in two seasons has one price; on all 365 in a row 200 GWh are carried from the cheap season to the dear one."""
    outcome = solve(told(seasons.YEAR), ONE_DAY)
    check = full_year_check(outcome.ready, {"plan": outcome.plan}, Watch())
    assert check is not None
    (plan,) = check.runs
    assert (plan.status, plan.cost) == ("kept", pytest.approx(seasons.YEAR.objective, abs=1e-6))
    assert check.distinct == 365
