"""The matrix with other targets is the one that building again gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from explaining import EXACT, explained, reference, said
from paper import Paper, target
from papers import FAMILIES
from papers.targets import TOWN

from model.case.parameters import Scope, parameters
from model.case.read.case import Case
from model.maths.build import build
from model.solve.difference import difference
from model.solve.matrix import Matrix, compile_matrix
from model.study.program.retarget import retargeted, rows_asked
from model.study.solved.solved_model import Watch, search_matrix


def cost(matrix: Matrix) -> float:
    plan = search_matrix(matrix, EXACT, Watch(), name="plan")
    assert plan.status == "optimal"
    return plan.objective


def built_again(case: Case, scope: Scope) -> Matrix:
    return compile_matrix(build(parameters(case, scope)))


@pytest.mark.parametrize("paper", FAMILIES["targets"], ids=lambda paper: paper.name)
def test_the_retargeted_matrix_is_the_one_built_again(paper: Paper) -> None:
    """A target left out or moved; base year and usual baseline, which know no targets, are those of the case."""
    of = reference(paper)
    case, scope, matrix = of.ready.case, of.ready.scope, of.plan.matrix
    same = retargeted(matrix, rows_asked(of.ready, case, paper.dropped))
    assert difference(matrix, same).count == 0
    for row in case.tables["targets"]:
        dropped = paper.dropped | {row.id}
        mine = retargeted(matrix, rows_asked(of.ready, case, dropped))
        assert cost(mine) == pytest.approx(cost(built_again(case, replace(scope, dropped=dropped))), abs=1e-6)
        if row.value is None or row.form == "peak":
            continue
        moved = tuple(
            other.model_copy(update={"value": 0.9 * other.value}) if other.id == row.id else other for other in case.tables["targets"]
        )
        other = replace(case, tables={**case.tables, "targets": moved})
        mine = retargeted(matrix, rows_asked(of.ready, other, paper.dropped))
        assert cost(mine) == pytest.approx(cost(built_again(other, scope)), abs=1e-6)


def test_a_target_left_out_brings_back_the_one_it_replaced() -> None:
    first = target("cap", "smoke", "level", "<=", 0.6, year=2021, series="smoke")
    later = target("cap_later", "smoke", "level", "<=", 0.4, year=2022, series="smoke")
    paper = Paper(name="series", says="a series", facts=(*TOWN, first, later), years=(2021, 2022), objective=4.0)
    made = {one.id: one for one in explained(paper).targets}
    # Without the later one the first holds on: 2 · 0.2 less. Without the first, 2021 is free: 2 · 0.4 less.
    assert said(made["cap_later"], "without").found == pytest.approx(-0.4, abs=1e-6)
    assert said(made["cap"], "without").found == pytest.approx(-0.8, abs=1e-6)
