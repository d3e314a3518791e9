"""The matrix decomposed: cuts carry what a relaxation knows, and a plan of the whole is one of the master problem."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from programs import HOURS, plants

from model.solve.decomposition import decompose, feasibility_cuts, in_master, master_problem, optimality_cuts
from model.solve.highs import Solver
from model.solve.search import search


def test_the_first_cuts_carry_the_whole_relaxation():
    # The master problem with the relaxation's own cuts has the relaxation's optimum, by duality.
    matrix, parts = plants(), decompose(plants(), HOURS)
    assert parts.blocks == 2
    relaxed = Solver(matrix).relax()
    master = master_problem(matrix, parts, optimality_cuts(matrix, parts, relaxed.duals))
    assert Solver(master).relax().objective == pytest.approx(relaxed.objective) == pytest.approx(15.5)


def test_a_plan_is_one_of_the_master_problem_at_its_own_cost():
    # 3 plants at 3 each; 8 for the hours. The cuts of this very plan know both, so the master problem may start from it and is cut off there.
    matrix, parts, solver = plants(), decompose(plants(), HOURS), Solver(plants())
    solver.fix(np.array([0]), np.array([3.0]), np.array([3.0]))
    plan = solver.relax()
    cuts = optimality_cuts(matrix, parts, plan.duals)
    master, start = master_problem(matrix, parts, cuts), in_master(parts, cuts, plan.x)
    assert master.cost @ start == pytest.approx(17.0) and start[0] == 3.0
    assert (master.A @ start >= master.row_lower - 1e-9).all()


def test_units_that_cannot_serve_the_hours_are_ruled_out():
    # Nothing may stay unserved: the relaxation's cuts alone leave 2 and 3 plants level, and 2 cannot serve 5.
    matrix = replace(plants(), upper=np.array([4.0, np.inf, np.inf, 0.0, 0.0]))
    plan = search(matrix, in_subproblem=HOURS)
    assert (plan.status, plan.objective) == ("optimal", pytest.approx(17.0))
    short = Solver(matrix)
    short.relax()
    short.fix(np.array([0]), np.array([2.0]), np.array([2.0]))
    parts = decompose(matrix, HOURS)
    limit = feasibility_cuts(matrix, parts, short.relax().ray)
    # Two plants are ruled out, two and a half are not.
    assert (limit.slope.toarray()[:, 0] * 2.0 < limit.constant - 1e-6).any()
    assert (limit.slope.toarray()[:, 0] * 2.5 >= limit.constant - 1e-6).all()


def test_a_whole_column_cannot_stand_in_a_subproblem():
    with pytest.raises(ValueError, match="is whole and cannot stand in a subproblem"):
        search(plants(), in_subproblem=~HOURS)
