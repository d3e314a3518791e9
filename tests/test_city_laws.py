"""Both cities, every target: without it the plan never costs more, with it tightened never less (long; on the relaxation)."""

from __future__ import annotations

import pytest
from calling import ROOT

from model.case.change.change import Change, changed
from model.case.parameters import parameters
from model.case.read.case import read_case
from model.case.tables.indicators import Target
from model.maths.build import build
from model.solve.highs import Solver
from model.solve.matrix import compile_matrix
from model.study.plan.solve import get_ready
from model.study.program.retarget import retargeted, rows_asked
from model.study.solved.solved_model import Options, Watch

days, tightening, tolerance = 2, 0.01, 1e-7


def tighter(target: Target) -> float:
    """The value one per cent stricter."""
    assert target.value is not None
    return target.value + (1 if target.sense == ">=" else -1) * tightening * abs(target.value)


@pytest.mark.prove
@pytest.mark.parametrize("name", ["chengde", "shijiazhuang"])
def test_dropping_never_costs_more_and_tightening_never_less(name: str) -> None:
    ready = get_ready(read_case(ROOT / "data" / name), Options(days=days), Watch())
    plan = compile_matrix(build(parameters(ready.case, ready.scope)))
    solver = Solver(plan)
    solver.start_from(ready.usual.solution.solver.basis())
    cost, basis = solver.relax().objective, solver.basis()
    slack = tolerance * abs(cost)
    targets = [target for target in ready.case.tables["targets"] if target.value is not None]
    wrong = []
    for target in targets:
        solver.become(retargeted(plan, rows_asked(ready, ready.case, {target.id})))
        solver.start_from(basis)
        without = solver.relax()
        if without.status != "optimal" or without.objective > cost + slack:
            wrong.append((target.id, "dropped", without.status, without.objective - cost))
        if target.sense == "==" or not target.value:
            continue
        stricter = changed(ready.case, [Change(target.id, "value", None, tighter(target), "")])
        solver.become(retargeted(plan, rows_asked(ready, stricter, ())))
        solver.start_from(basis)
        strict = solver.relax()
        if strict.status not in ("optimal", "infeasible") or (strict.status == "optimal" and strict.objective < cost - slack):
            wrong.append((target.id, "tightened", strict.status, strict.objective - cost))
    assert len(targets) > 20 and wrong == []
