"""Clashes on paper: each named exactly, none of its members and none of its limits to spare."""

from __future__ import annotations

import pytest
from broken import CAP, PHASE_OUT, TWO, TWO_TARGETS, clash_of, each
from broken_case import PANELS, Broken, panels, paper
from paper import GAP, TOLERANCE, Paper, demand, halves, profile, target, technology
from paper_answer import made, plan_without
from paper_case import case_of
from papers.targets import TOWN

from model.report.explain.clash_text import clash_text
from model.results.clash import Limit
from model.solve.components import SHORTFALLS
from model.solve.conflict import Proof
from model.solve.liftable_limits import NeededLimits, needed_limits
from model.study.infeasible.clash import find_clash, found_clash, negotiated
from model.study.infeasible.conflicts import Ground, prepare
from model.study.plan.solve import get_ready, solve
from model.study.program.limits import limits_of
from model.study.solved.solved_model import NoPlan, Options, Watch

ROWS = {"coupling": "Coupling_At_Most", "ramp": "Ramp_Up", "gain_limit": "Gain_Limit"}
COLUMNS = {"potential": "Level:upper", "pace": "Build:upper", "lead_time": "Build:upper", "minimum": "Level:lower"}


@each
def test_a_clash_is_named_exactly(broken: Broken) -> None:
    clash = clash_of(broken)
    assert clash.kind == "targets" and not clash.missing
    found = {tuple(sorted((m.target, m.years) for m in conflict.members)): conflict for conflict in clash.conflicts}
    assert set(found) == {tuple(sorted(one.items())) for one in broken.clashes}
    for members, limits in zip(broken.clashes, broken.limits, strict=True):
        conflict = found[tuple(sorted(members.items()))]
        assert {(limit.kind, limit.item) for limit in conflict.limits} == {(kind, item) for kind, item, _ in limits}
        years = {(kind, item): set(years) for kind, item, years in limits}
        assert all(set(limit.years) <= years[limit.kind, limit.item] and limit.years for limit in conflict.limits)
        assert conflict.whole == broken.whole
        assert conflict.minimal == (not broken.whole)


def stands(paper: Paper, *in_force: str, without: Limit | None = None) -> bool:
    """Whether these targets of a case can be met, all others taken out (and one limit), and every other demand served."""
    rules = [
        f"{component}[{','.join(map(str, index))}]"
        for component, index in made(paper).matrix.rows
        if component.startswith("Target_") and isinstance(index, tuple) and _item(index) not in in_force
    ]
    served = without.item if without is not None and without.kind == "demand" else None
    if without is not None and without.kind == "standing":  # named by its technology, and held stock by stock
        rules.append("Taken_Within_Stock")
    elif without is not None and served is None:
        component, _, side = (COLUMNS.get(without.kind) or ROWS[without.kind]).partition(":")
        rules += [f"{component}[{without.item},{year}]{side and f':{side}'}" for year in without.years]
    plan = plan_without(paper, *rules)
    columns = made(paper).matrix.columns if len(plan.x) else ()
    short = [plan.x[j] for j, (component, index) in enumerate(columns) if component in SHORTFALLS and _item(index) != served]
    return plan.status == "optimal" and max(short, default=0.0) <= TOLERANCE


def _item(index: object) -> str:
    return str(index[0]) if isinstance(index, tuple) else ""


@each
def test_no_member_of_a_clash_can_be_spared(broken: Broken) -> None:
    for conflict in clash_of(broken).conflicts:
        members = {member.target for member in conflict.members}
        assert not stands(broken.paper, *members)
        for target_id in members:
            assert stands(broken.paper, *(members - {target_id})), target_id


@each
def test_no_limit_of_a_clash_can_be_spared(broken: Broken) -> None:
    for conflict in clash_of(broken).conflicts:
        for limit in conflict.limits if conflict.minimal else ():
            assert stands(broken.paper, *(member.target for member in conflict.members), without=limit), limit


def test_limits_that_a_clash_can_spare_go_as_far_as_time_lasts() -> None:
    """1 Mt of panels, 0.4 a year and room for 0.6: 0.4 in 2021 by their pace, 0.6 in 2022 by their potential; either alone forbids it.

    The prices of the least relaxation, 0.6 and 0.4 short, lean on both.
    """
    twice = paper(
        "twice", "", *TOWN, *PANELS, panels(told={"pace": 0.4, "potential": 0.6}), target("sun", "panels", "level", ">=", 1.0), years=TWO
    )
    ground = prepare(get_ready(case_of(twice), Options(gap=GAP), Watch()), Options(gap=GAP), Watch())
    assert isinstance(ground, Ground)
    first = ground.elastic_solver.least(["sun"])
    proof, strict = Proof(ground.program.held(["sun"]), first.duals), ground.program.strict(["sun"])
    liftable = limits_of(ground.matrix, ground.data, ground.ready.case, ground.ready.scope).liftable

    def named(seconds: float) -> NeededLimits:
        return needed_limits(
            lambda matrix, left: ground.elastic_solver.meet(matrix, seconds=left), strict, proof, liftable, seconds=seconds
        )

    assert set(named(0.0).names) == {("pace", "lay"), ("potential", "lay")} and not named(0.0).minimal
    assert len(named(20.0).names) == 1 and named(20.0).minimal
    found = find_clash(case_of(twice), Options(gap=GAP), Watch(), ready=ground.ready).conflicts[0]
    assert len(found.limits) == 1 and found.minimal, "a proof that leans on one of them alone is not refuted by the other"


def test_what_a_solve_had_solved_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """No smoke from 2022 and nothing else that makes goods leaves goods short: a plan, but a clash; a case without plan says what it had."""
    monkeypatch.setattr("model.study.infeasible.clash.get_ready", None)
    outcome = solve(case_of(PHASE_OUT.paper), Options(gap=GAP))
    assert outcome.manifest["status"] == "unserved"
    clash = found_clash(case_of(PHASE_OUT.paper), Options(gap=GAP), ready=outcome.ready)
    assert clash is not None and [member.target for member in clash.conflicts[0].members] == ["gone"]
    with pytest.raises(NoPlan) as failed:
        solve(case_of(TWO_TARGETS.paper), Options(gap=GAP))
    assert found_clash(case_of(TWO_TARGETS.paper), Options(gap=GAP), ready=failed.value.ready) is not None


def test_a_case_with_a_plan_has_no_clash() -> None:
    fine = paper("fine", "one cap", *TOWN, CAP)
    clash = find_clash(case_of(fine), Options(gap=GAP), Watch())
    assert clash.kind == "none" and not clash.conflicts and not clash.ways
    assert negotiated(get_ready(case_of(fine), Options(gap=GAP), Watch()), Watch()).solution.objective == pytest.approx(2.2)


def test_a_demand_that_nothing_serves_is_named() -> None:
    short = paper("short", "the mill makes 0.6 of 1 Mt", demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6))
    clash = find_clash(case_of(short), Options(gap=GAP), Watch())
    assert clash.kind == "demand"
    assert [(one.item, one.year, one.hour) for one in clash.missing] == [("goods", 2021, None)]
    assert clash.missing[0].amount == pytest.approx(0.4)
    assert "0.400 Mt" in clash_text(clash, case_of(short), "en")


def test_a_demand_of_an_hour_is_named_with_its_hour() -> None:
    """1 GW at night and 3 by day, of which a plant of 2 GW serves 2."""
    dark = paper(
        "dark", "", demand("electricity", 17.52, shape="work"), profile("work", halves(1.0, 3.0)), technology("plant", "dispatch", gives={"electricity": 1.0}, exists=2.0),
    )  # fmt: skip
    clash = find_clash(case_of(dark), Options(gap=GAP), Watch())
    assert clash.kind == "demand"
    missing = clash.missing[0]
    assert (missing.item, missing.year) == ("electricity", 2021)
    assert missing.hour is not None and 12 <= missing.hour < 24
    assert missing.amount == pytest.approx(4.38)


def test_a_target_clashes_beside_a_demand_that_nothing_serves() -> None:
    both = paper("both", "", demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6), TOWN[3], CAP)
    clash = find_clash(case_of(both), Options(gap=GAP), Watch())
    assert clash.kind == "targets" and clash.missing[0].amount == pytest.approx(0.4)
    assert [member.target for conflict in clash.conflicts for member in conflict.members] == ["cap"]


def test_limits_that_clash_without_targets_are_named() -> None:
    """1 Mt of panels is committed where 0.6 have room."""
    stuck = paper("stuck", "", *TOWN, *PANELS, panels(told={"potential": 0.6, "committed": {2021: 1.0}}))
    clash = find_clash(case_of(stuck), Options(gap=GAP), Watch())
    assert (clash.kind, clash.model) == ("limits", "usual")
    assert {(limit.kind, limit.item) for limit in clash.limits} == {("committed", "lay"), ("potential", "lay")}
    assert "committed" in clash_text(clash, case_of(stuck), "en")
