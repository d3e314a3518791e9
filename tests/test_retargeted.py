"""The matrix with other targets is the one that building again gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from explaining import EXACT, explained, said
from paper import Paper, target
from paper_case import case_of
from papers import FAMILIES
from papers.targets import TOWN

from model.solve.difference import difference
from model.study.plan.answer import Watch, search_matrix
from model.study.plan.reference import answer_scenario, reference_of
from model.study.plan.retarget import retargeted, rows_asked


@pytest.mark.parametrize("paper", FAMILIES["targets"], ids=lambda paper: paper.name)
def test_the_retargeted_matrix_is_the_one_built_again(paper: Paper) -> None:
    case = case_of(paper)
    reference = reference_of(case, replace(EXACT, dropped=paper.dropped))
    same = retargeted(reference.plan.matrix, rows_asked(reference.ready, case, paper.dropped))
    assert difference(reference.plan.matrix, same).count == 0
    for row in case.tables["targets"]:
        dropped = paper.dropped | {row.id}
        ready, plan = answer_scenario(reference, options=replace(EXACT, dropped=dropped))
        mine = retargeted(reference.plan.matrix, rows_asked(reference.ready, case, dropped))
        again_built = search_matrix(mine, EXACT, Watch(), name="plan")
        assert ready.scope.dropped == dropped
        assert again_built.objective == pytest.approx(plan.answer.objective, abs=1e-6)
        if row.value is None or row.form == "peak":
            continue
        moved = tuple(
            other.model_copy(update={"value": 0.9 * other.value}) if other.id == row.id else other for other in case.tables["targets"]
        )
        other = replace(case, tables={**case.tables, "targets": moved})
        _, plan = answer_scenario(reference, case=other)
        mine = retargeted(reference.plan.matrix, rows_asked(reference.ready, other, paper.dropped))
        assert search_matrix(mine, EXACT, Watch(), name="plan").objective == pytest.approx(plan.answer.objective, abs=1e-6)


def test_a_target_left_out_brings_back_the_one_it_replaced() -> None:
    first = target("cap", "smoke", "level", "<=", 0.6, year=2021, series="smoke")
    later = target("cap_later", "smoke", "level", "<=", 0.4, year=2022, series="smoke")
    paper = Paper(name="series", says="a series", facts=(*TOWN, first, later), years=(2021, 2022), objective=4.0)
    made = {one.id: one for one in explained(paper).targets}
    # Without the later one the first holds on: 2 · 0.2 less. Without the first, 2021 is free: 2 · 0.4 less.
    assert said(made["cap_later"], "without").found == pytest.approx(-0.4, abs=1e-6)
    assert said(made["cap"], "without").found == pytest.approx(-0.8, abs=1e-6)
