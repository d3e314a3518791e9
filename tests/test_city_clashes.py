"""Both cities made infeasible as a plan might be: the clash is named, nothing of it can be spared, and two ways out are proven (long)."""

from __future__ import annotations

from time import process_time

import pytest
from calling import ROOT

from model.case.checks.load import sound_case
from model.study.infeasible.clash import find_clash
from model.study.infeasible.conflicts import Ground, prepare
from model.study.plan.solve import get_ready, solve
from model.study.solved.solved_model import NoPlan, Options, Watch

OPTIONS = Options(days=1)
most_time = 5.0

BROKEN = {
    "chengde": ("grade_ab_upgrade.pace=2", {"target_grade_ab"}, {("pace", "grade_ab_upgrade")}),
    "shijiazhuang": ("clear_scattered_works.pace=50", {"scattered_zero"}, {("pace", "clear_scattered_works")}),
}


@pytest.mark.prove
@pytest.mark.parametrize("city", list(BROKEN))
def test_a_city_that_clashes_is_told_why_and_how_out(city: str) -> None:
    change, members, limits = BROKEN[city]
    start = process_time()
    solve(sound_case(ROOT / "data" / city, []), OPTIONS)
    normal, start = process_time() - start, process_time()
    case = sound_case(ROOT / "data" / city, [change])
    with pytest.raises(NoPlan) as failed:
        solve(case, OPTIONS)
    clash = find_clash(case, OPTIONS, Watch(), ready=failed.value.ready)
    assert process_time() - start < most_time * normal
    assert [{member.target for member in conflict.members} for conflict in clash.conflicts] == [members]
    assert {(limit.kind, limit.item) for limit in clash.conflicts[0].limits} == limits and clash.conflicts[0].minimal
    assert len(clash.ways) >= 2 and all(way.bound <= way.cost < float("inf") for way in clash.ways)
    ground = prepare(get_ready(case, OPTIONS, Watch(), like=failed.value.ready), OPTIONS, Watch())
    assert isinstance(ground, Ground)
    assert ground.elastic_solver.conflict_proof(members) is not None
    assert all(ground.elastic_solver.conflict_proof(members - {one}) is None for one in members)
