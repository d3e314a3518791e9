"""The search: as good as the solver's own branch and bound, honest at every early end."""

from __future__ import annotations

import _thread
import threading
from dataclasses import replace
from functools import partial
from time import monotonic

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import HOURS, gap, holds, plants, program, programs

from model.report.progress import Progress
from model.solve import search as searching
from model.solve.decomposition import decompose
from model.solve.highs import Solver, dual, has_hipo, primal, solver_version, write_mps
from model.solve.matrix import Matrix
from model.solve.search import _Search, search
from model.solve.solver_result import UnsoundBound
from model.solve.warm_start import carried_cuts

pytestmark = pytest.mark.usefixtures("divided")


def test_whole_plants_serve_two_hours():
    # 3 plants of 2: invest 9, fuel 3 + 5 = 8 -> 17. With 2 plants: 6 + 3 + 4 + 10 unserved = 23. With 2.5, the relaxation: 15.5.
    plan = search(plants(), in_subproblem=HOURS)
    assert (plan.status, plan.x[0]) == ("optimal", 3.0)
    assert plan.objective == pytest.approx(17.0)
    assert plan.gap <= gap and plan.proven_by == "division"
    holds(plan, plants())


def test_the_relaxation_is_enough_without_whole_units():
    matrix = replace(plants(), integer=np.zeros(5, dtype=bool))
    plan = search(matrix, in_subproblem=HOURS)
    # 2.5 plants: 7.5 + 8
    assert plan.objective == plan.bound == pytest.approx(15.5)
    assert plan.proven_by == "relaxation"


def test_offset_counts_in_objective_and_bound():
    plan = search(replace(plants(), offset=100.0), in_subproblem=HOURS)
    assert plan.objective == pytest.approx(117.0)
    assert plan.bound == pytest.approx(117.0, rel=gap)


def test_duals_are_those_of_the_fixed_program():
    # 3 plants leave 1 spare in the dear hour: one unit of demand more costs its fuel, 1, in both hours.
    assert search(plants(), in_subproblem=HOURS).duals[2:] == pytest.approx([1.0, 1.0])


def shortfall(*, most: float) -> Matrix:
    """Plants of 2 at 3 each, or a shortfall at 2, for a demand of 5."""
    return program([[2, 1]], cost=[3, 2], rows=[(5, np.inf)], columns=[(0, most), (0, np.inf)], whole=[1, 0])


def test_a_shortfall_is_not_the_cheap_way_to_a_whole_number():
    # 2 plants and 1 short: 6 + 2 = 8; 3 plants: 9. The relaxation, 2.5 plants at 7.5, has no shortfall.
    assert search(shortfall(most=4)).objective == pytest.approx(8.0)
    assert search(shortfall(most=4), priced=np.array([1])).objective == pytest.approx(9.0)


def test_a_shortfall_opens_where_whole_units_cannot_do_without():
    # At most 2.5 plants: enough for the relaxation, but 2 whole ones leave 1 short.
    plan = search(shortfall(most=2.5), priced=np.array([1]))
    assert (plan.status, plan.objective) == ("optimal", pytest.approx(8.0))
    assert plan.bound <= 8.0


def test_a_needed_shortfall_stays_open():
    # At most 2 plants: the relaxation itself leaves 1 short.
    assert search(shortfall(most=2), priced=np.array([1])).objective == pytest.approx(8.0)


def test_infeasible_relaxation():
    plan = search(replace(plants(most=2), upper=np.array([2.0, np.inf, np.inf, 0.0, 0.0])), in_subproblem=HOURS)
    assert (plan.status, len(plan.x), plan.objective) == ("infeasible", 0, np.inf)


def test_infeasible_only_in_whole_units():
    # 2x = 3
    plan = search(program([[2]], cost=[1], rows=[(3, 3)], columns=[(0, 5)], whole=[1]))
    assert (plan.status, len(plan.x)) == ("infeasible", 0)


def test_unbounded():
    plan = search(program([[1, -1]], cost=[0, -1], rows=[(-np.inf, 4)], columns=[(0, 5), (0, np.inf)], whole=[1, 0]))
    assert (plan.status, len(plan.x)) == ("unbounded", 0)


def test_a_bound_above_a_plan_is_not_hidden():
    # 15.5 and nothing whole. A trifle above is the solver's tolerance; 1 above it is a proof that cannot be.
    matrix = replace(plants(), integer=np.zeros(5, dtype=bool))
    begun = _Search(matrix, decompose(matrix, HOURS), Solver(matrix), gap=gap, deadline=np.inf, threads=1, progress=lambda *said: None)
    best = begun._incumbent = Solver(matrix).relax()
    begun._bound = best.objective + 1e-7
    assert begun.conclude("optimal").bound == best.objective == pytest.approx(15.5)
    begun._bound = best.objective + 1.0
    with pytest.raises(UnsoundBound, match=r"16\.5 lies above a plan of 15\.5"):
        begun.conclude("optimal")


def test_the_solver_is_silent_from_the_start(monkeypatch, tmp_path):
    """HiGHS 1.16 prints its banner as it is made, when callbacks are enabled, where `--json` must stand alone: by then no output may be on."""
    heard, enable = [], highspy.Highs.enableCallbacks

    def listening(made):
        heard.append(made.getOptionValue("output_flag")[1])
        enable(made)

    monkeypatch.setattr(highspy.Highs, "enableCallbacks", listening)
    Solver(plants(), log=tmp_path / "solver.log")
    write_mps(plants(), tmp_path / "plants.mps")
    assert solver_version() and heard and not any(heard)


def test_the_answer_that_older_solvers_get_wrong():
    # highspy 1.14.0 loses the plan a = y = 0, b = 10 in presolve: 2·10 = 20.
    matrix = program(
        [[1, 1, 0], [1, 0, -100]],
        cost=[0, 2, 99999],
        rows=[(10, 10), (-np.inf, 0)],
        columns=[(0, np.inf), (0, 10), (0, 1)],
        whole=[0, 0, 1],
    )
    assert search(matrix).objective == pytest.approx(20.0)
    assert Solver(matrix).branch_and_bound(gap=0.0, time_limit=10.0).objective == pytest.approx(20.0)


@settings(max_examples=200, deadline=None)
@given(programs())
def test_as_good_as_branch_and_bound(drawn):
    matrix, in_subproblem = drawn
    plan, truth = search(matrix, in_subproblem=in_subproblem, gap=gap), Solver(matrix).branch_and_bound(gap=0.0, time_limit=60.0)
    assert plan.status == truth.status
    if truth.status == "optimal":
        holds(plan, matrix)
        assert plan.objective <= truth.objective + gap * abs(truth.objective) + 2e-6
        assert plan.bound <= truth.objective + 1e-6 * max(1.0, abs(truth.objective))


@settings(max_examples=60, deadline=None)
@given(programs(), st.integers(0, 2**32 - 1))
def test_a_warm_start_from_a_like_program_does_not_mislead(drawn, seed):
    """Other costs and bounds of the master columns: the cuts still hold."""
    matrix, in_subproblem = drawn
    numbers = np.random.default_rng(seed)
    cost = np.where(in_subproblem, matrix.cost, matrix.cost + numbers.integers(0, 4, len(in_subproblem)))
    like = replace(
        matrix, cost=cost, upper=np.where(in_subproblem, matrix.upper, matrix.upper + numbers.integers(0, 2, len(in_subproblem)))
    )
    plan, truth = (
        search(like, in_subproblem=in_subproblem, warm_start=search(matrix, in_subproblem=in_subproblem).warm_start),
        Solver(like).branch_and_bound(gap=0.0, time_limit=60.0),
    )
    assert plan.status == truth.status
    if truth.status == "optimal":
        assert plan.objective <= truth.objective + gap * abs(truth.objective) + 2e-6
        assert plan.bound <= truth.objective + 1e-6 * max(1.0, abs(truth.objective))


def test_a_warm_start_from_other_hours_still_proves_its_bound():
    """Old prices bound the new program whatever its numbers are: 3 plants at 4 and 8 of output make 20, 3 at 3 and 8 at 2 make 25."""
    warm_start = search(plants(), in_subproblem=HOURS).warm_start
    for like, cost in ((plants(invest=4.0), 20.0), (plants(fuel=2.0), 25.0)):
        cuts = carried_cuts(warm_start, like, decompose(like, HOURS))
        below = (cuts.constant - (cuts.slope @ np.array([3.0]))) * cuts.share
        hours = sum(below[cuts.block == block].max() for block in np.unique(cuts.block))
        assert 3.0 * like.cost[0] + hours <= cost + 1e-9
        assert search(like, in_subproblem=HOURS, warm_start=warm_start).objective == pytest.approx(cost)


def test_the_plan_of_a_warm_start_stays_where_it_is_good_enough():
    """5 plants cost 15 and 8 of output, 4 cost 12, 7 of output and 4.0005: less apart than the gap, so the first plan stays."""
    like = plants(size=1.0, most=9.0, unserved=4.0005)
    warm_start = search(like, in_subproblem=HOURS).warm_start
    for built in (4.0, 5.0):
        assert search(like, in_subproblem=HOURS, warm_start=replace(warm_start, whole={("x", 0): built})).x[0] == built


def split_market(*, rows=5, columns=40) -> Matrix:
    """Cornuéjols and Dawande's market split: far beyond branch and bound at this size, with plans easy to find."""
    sizes = np.random.default_rng(1).integers(0, 100, (rows, columns))
    half = sizes.sum(axis=1) // 2
    return program(
        np.hstack([sizes, np.eye(rows), -np.eye(rows)]),
        cost=[0] * columns + [1] * (2 * rows),
        rows=np.column_stack([half, half]),
        columns=[(0, 1)] * columns + [(0, np.inf)] * (2 * rows),
        whole=[1] * columns + [0] * (2 * rows),
    )


def test_the_time_limit_leaves_the_best_plan_and_an_honest_gap():
    start = monotonic()
    plan = search(split_market(), time_limit=1.5)
    assert monotonic() - start < 5.0
    assert plan.status == "time_limit" and plan.gap > gap
    holds(plan, split_market())


def test_no_time_no_plan():
    plan = search(split_market(), time_limit=0.0)
    assert (plan.status, len(plan.x)) == ("time_limit", 0)


def test_ctrl_c_leaves_the_best_plan(capfd):
    start, press = monotonic(), threading.Timer(1.5, _thread.interrupt_main)
    press.start()
    plan = search(split_market(), time_limit=30.0)
    press.join()
    assert monotonic() - start < 6.0
    assert plan.status == "interrupted"
    holds(plan, split_market())
    assert capfd.readouterr().out == ""


def test_ctrl_c_between_two_solves():
    def press(step: str, bound: float, best: float) -> None:
        if step == "plan":
            raise KeyboardInterrupt

    plan = search(plants(), in_subproblem=HOURS, progress=press)
    assert (plan.status, len(plan.x)) == ("interrupted", 0)
    assert plan.bound == pytest.approx(17.0, rel=0.1)


def test_twice_the_same():
    first, second = search(split_market(rows=2, columns=16)), search(split_market(rows=2, columns=16))
    assert (first.x == second.x).all() and first.bound == second.bound


def test_a_warm_start_takes_the_simplex_method_that_keeps_what_is_sound() -> None:
    def method() -> object:
        return solver._highs.getOptionValue("simplex_strategy")[1]

    solver = Solver(plants())
    assert solver.relax().objective == pytest.approx(15.5)
    # Plants dearer: what stands still fits, its prices do not. 1.5 plants for 45 and fuel for 6; 2 unserved.
    solver.become(plants(invest=30.0))
    assert (solver.relax().objective, method()) == (pytest.approx(71.0), primal)
    # Less is asked for than the second hour gives: prices are sound, the amount left is below zero. One plant, fuel for 4, 1 unserved.
    solver.become(plants(invest=30.0, demand=(3.0, 2.0)))
    assert (solver.relax().objective, method()) == (pytest.approx(44.0), dual)


def test_what_presolve_wrongly_calls_infeasible_is_solved() -> None:
    """0.12 of heat from coal stoves, of which a millionth may be replaced; beside it something in whole units of 0.006.

    HiGHS 1.15.1's presolve says of it that it cannot be met; nothing replaced, it costs 0.566 · 0.12.
    """
    A = np.zeros((10, 15))
    for row, (capacity, replaced) in enumerate(((0, [9]), (1, []), (2, [10]), (3, [11]))):
        A[row, capacity], A[row, replaced] = 1, -1  # capacity of biomass, coal, electric, gas
        A[4 + row, [capacity, 4 + capacity]] = -1, 1  # heat from each at most its capacity
    A[1, [9, 10, 11]] = 1
    A[8, [4, 5, 6, 7, 8]] = 1
    A[9, [12, 13, 14]] = 1, 0.006, -0.006
    a_stove = 0.5660377358490565
    costs = [*[a_stove] * 4, 3.962264150943396, 0, 8.499999999999998, 0, 188.67924528301884, 3.21, 16.05, 2.5, 0, 0, 0]
    free, millionth = (0, np.inf), (0, 1e-6)
    matrix = program(
        A,
        cost=costs,
        rows=[(0, 0), (0.12, 0.12), (0, 0), (0, 0), *[(-np.inf, 0)] * 4, (0.12, 0.12), (0, 0)],
        columns=[*[free] * 8, (0, 0), *[millionth] * 3, *[free] * 3],
        whole=[0] * 13 + [1, 1],
    )
    result = Solver(matrix).branch_and_bound(gap=0.0, time_limit=60.0)
    assert result.status == "optimal" and result.objective == pytest.approx(a_stove * 0.12, abs=1e-5)


def test_without_hipo_simplex_takes_its_place_and_that_is_told_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    assert has_hipo()  # the lock brings it
    monkeypatch.setattr(searching, "many_columns", 0)
    steps: list[str] = []
    assert search(plants(), in_subproblem=HOURS, progress=lambda step, bound, best: steps.append(step)).objective == pytest.approx(17.0)
    assert "without_hipo" not in steps
    monkeypatch.setattr(searching, "has_hipo", lambda: False)
    progress = Progress("en")
    for model in ("usual", "plan"):
        found = search(plants(), in_subproblem=HOURS, progress=partial(progress.step, model))
        assert found.objective == pytest.approx(17.0)
    told = " ".join(capsys.readouterr().err.split())
    assert told.count("HiPO") == 1 and "pip install 'highspy[extras]'" in told
