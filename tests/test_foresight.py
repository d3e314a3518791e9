"""Short sight on paper: what it locks out, what it sees too late, what has to be begun in time, what lives for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import call
from paper import GAP, Paper, also, demand, indicator, market, measure, target, technology
from paper_case import case_of

from model.study.plan.solve import SolvedCase, solve
from model.study.runs import foresight as study
from model.study.runs.foresight import ShortSight
from model.study.solved.solved_model import Options

pytestmark = pytest.mark.usefixtures("no_workbook", "own_runs")

# Half a Mt of goods in 2021, a whole one in 2022. A small mill (0.5 Mt at most) costs 0.5 a year, a works of 1 Mt 0.7.
LOCKED = Paper(
    name="locked",
    says="the small mill that is cheapest now makes the works, which is cheapest in the end, an addition",
    facts=(
        demand("goods", {2021: 0.5, 2022: 1.0}), market("goods", 4.0), technology("mill", gives={"goods": 1.0}),
        indicator("nothing", "Mt"), measure("small", {"mill": 1.0}, cost=1.0, told={"potential": 0.5}),
        measure("works", {"mill": 1.0}, cost=0.7, whole=True, told={"unit_size": 1.0}),
    ),
    years=(2021, 2022),
    objective=1.4,
)  # fmt: skip

# 1 Mt a year from a smoky mill at 1 亿元/Mt, or from clean ones at 1 and 1 a year more, 0.3 Mt of them a year. In 2023 at most 0.3 Mt of smoke.
LATE = Paper(
    name="late",
    says="a target that is seen too late is not met by what the pace leaves",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, told={"variable_cost": 1.0}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        measure("clean", {"clean_mill": 1.0}, cost=1.0, told={"pace": 0.3}), target("cap", "smoke", "level", "<=", 0.3, year=2023),
    ),
    years=(2021, 2022, 2023),
    objective=4.2,
)  # fmt: skip

SLOW = also(
    LATE,
    measure("clean", {"clean_mill": 1.0}, cost=1.0, told={"pace": 1.0}, lead_time=1),
    target("cap", "smoke", "level", "<=", 0.5, year=2023),
)


def looked(paper: Paper, years: int) -> tuple[SolvedCase, dict]:
    """The plan seen so far ahead, and what the manifest says of it."""
    sight = ShortSight(years)
    outcome = solve(case_of(paper), Options(gap=GAP), planner=sight.plan)
    return outcome, sight.told(outcome.manifest)


def test_a_small_measure_now_locks_out_the_whole_unit_later() -> None:
    outcome, told = looked(LOCKED, 1)
    # 2021: small 0.5. 2022: small 0.5 and a works 0.7 (half a Mt bought would cost 2). At once: a works, 0.7 and 0.7.
    assert outcome.manifest["objective"] == pytest.approx(1.7, abs=1e-5)
    assert told["foresight"]["full"]["objective"] == pytest.approx(1.4, abs=1e-6)
    assert [told["foresight"]["cost"][name] for name in ("low", "high")] == pytest.approx([0.3, 0.3], abs=1e-5)
    assert [(step["year"], step["until"]) for step in told["foresight"]["steps"]] == [(2021, 2021), (2022, 2022)]
    assert outcome.manifest["accepted"] and outcome.manifest["audit"]["ok"] and "status" not in told
    build = outcome.results["build"]
    assert float(build.sel(measure="small", build_year=2021)) == pytest.approx(0.5, abs=1e-5)
    # The baseline without targets is free to decide anew.
    assert outcome.manifest["baselines"]["free"]["objective"] == pytest.approx(1.4, abs=1e-6)


def test_whoever_sees_all_years_plans_as_if_at_once() -> None:
    outcome, told = looked(LOCKED, 2)
    assert outcome.manifest["objective"] == pytest.approx(1.4, abs=1e-5)
    assert told["foresight"]["cost"]["high"] == pytest.approx(0.0, abs=1e-5)


def test_what_was_decided_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "_kept", lambda matrix, data, decided: matrix)
    assert looked(LOCKED, 1)[0].manifest["objective"] == pytest.approx(1.4, abs=1e-5)


@pytest.mark.parametrize(("years", "given", "seen", "cost"), [(1, 0.7, 2023, 3.3), (2, 0.4, 2022, 3.9), (3, None, None, 4.2)])
def test_a_target_seen_too_late_gives_as_little_as_it_must(years: int, given: float | None, seen: int | None, cost: float) -> None:
    # 0.3 Mt of clean mills in each year in which the target is in view: 3 + 0.3, 3 + 0.6 + 0.3; with all three years 0.7 in the end.
    outcome, told = looked(LATE, years)
    assert outcome.manifest["objective"] == pytest.approx(cost, abs=1e-4)
    missed = told["foresight"]["missed"]
    if given is None:
        assert missed == [] and "status" not in told
        return
    (one,) = missed
    assert (one["target"], one["year"], one["in_sight"]) == ("cap", 2023, seen)
    assert (one["asked"], one["given"]) == pytest.approx((0.3, given), abs=1e-4)
    assert told["status"] == "out_of_reach" and told["accepted"] is False
    # A plan that misses a target may be cheaper, and is said to be.
    assert told["foresight"]["cost"]["high"] == pytest.approx(cost - 4.2, abs=1e-4)


@pytest.mark.parametrize(("years", "given"), [(1, 1.0), (2, None)])
def test_what_takes_a_year_to_build_must_be_begun_with_the_target_in_view(years: int, given: float | None) -> None:
    missed = looked(SLOW, years)[1]["foresight"]["missed"]
    assert [one["given"] for one in missed] == ([] if given is None else pytest.approx([given], abs=1e-4))


def test_what_has_no_life_of_its_own_is_paid_for_over_all_years() -> None:
    # 2 亿元 once for a mill that stays: 1 in each of two years, less than the 1.5 that bought goods cost; not 2 in the one year in view.
    whole = measure("plain", {"mill": 1.0}, told={"investment": 2.0, "potential": 1.0})
    facts = [fact for fact in whole if fact[1].get("quantity") != "lifetime"]
    paper = Paper(
        name="stays", says="", facts=(demand("goods", 1.0), market("goods", 1.5), technology("mill", gives={"goods": 1.0}), facts, indicator("nothing", "Mt")),
        years=(2021, 2022), objective=2.0,
    )  # fmt: skip
    outcome, told = looked(paper, 1)
    assert outcome.manifest["objective"] == pytest.approx(2.0, abs=1e-5)
    assert told["foresight"]["full"]["objective"] == pytest.approx(2.0, abs=1e-6)


def test_where_no_plan_meets_all_targets_short_sight_still_has_one() -> None:
    outcome, told = looked(also(LATE, target("cap", "smoke", "level", "<=", 0.0, year=2023)), 3)
    assert told["foresight"]["full"] is None and told["foresight"]["cost"] is None
    assert told["foresight"]["missed"][0]["given"] == pytest.approx(0.1, abs=1e-4)
    assert outcome.manifest["audit"]["ok"]


# The command


def test_a_lost_target_ends_the_command_with_3_and_is_named_again_by_show(tmp_path: Path) -> None:
    # No CO2 at all in 2023: 0.4 TWh of heat pumps from 2022 and their pace of 0.5 leave 0.1 TWh of coal, 0.1 · 0.16 · 2.5 = 0.04 Mt.
    result = call("solve", "toy", "--set", "co2_2023.value=0", "--foresight", "1", "--out", str(tmp_path / "short"))
    assert result.exit_code == 3, result.output
    assert "came into view too late" in result.stdout and "0.0400" in result.stdout
    manifest = json.loads((tmp_path / "short" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["foresight"]["years"] == 1 and manifest["status"] == "out_of_reach" and not manifest["accepted"]
    shown = call("show", str(tmp_path / "short"), "--lang", "zh").stdout
    assert "预见过晚" in shown and "有目标达不到" in shown


def test_short_sight_gives_by_itself_and_is_not_negotiated() -> None:
    assert call("solve", "toy", "--foresight", "1", "--negotiate").exit_code == 2
    assert call("solve", "toy", "--foresight", "0").exit_code == 2


def test_the_last_year_in_view_counts_nothing_of_the_span_after_it() -> None:
    """Goods cost 3 a year. 2021 alone in view costs 3, and not 3 · (1 + 2/3 + 1/3) with what of 2022–2024 is as in 2021; both spans cost 12."""
    paper = Paper(
        "in_view", "", (demand("goods", 1.0), market("goods", 3.0), technology("mill", gives={"goods": 1.0})), 12.0, years=(2021, 2024),
        span_rule="even",
    )  # fmt: skip
    sight = ShortSight(1)
    outcome = solve(case_of(paper), Options(gap=GAP), planner=sight.plan)
    assert [step.objective for step in sight.steps] == pytest.approx([3.0, 12.0])
    assert outcome.manifest["objective"] == pytest.approx(12.0)
