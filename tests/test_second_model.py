"""The model against a second writing of it from the documents alone: random cases cost the same, also by another solver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from second_model.answering import Answers, answers
from second_model.asking import NoBase
from second_model.drawn import draw
from second_model.solving import Solver, by_scip, by_scipy, mps_by_scip

from model.case.check import check
from model.case.read import CaseFaults, read_case
from model.results.summary import Solved
from model.study.answer import Watch
from model.study.solve import NoPlan, Options, get_ready, plan_of

SEEDS = range(200)
SHORT = (1, 2, 3, 4, 5, 6, 7, 8)
GAP = 1e-9
TOLERANCE = 1e-6
SHORT_OF = 1e-6  # of a demand: less is the solver's own tolerance


@dataclass(frozen=True)
class Ours:
    """Least costs as the program has them; None where there is no plan that serves all demands."""

    usual: float | None
    plan: float | None


def ours(folder: Path, *, mps: Path | None = None, without_targets: bool = False) -> Ours:
    """The case by the program itself."""
    case = read_case(folder)
    dropped = frozenset(row.id for row in case.tables["targets"]) if without_targets else frozenset()
    options = Options(gap=GAP, threads=1, dropped=dropped, mps=mps)
    try:
        ready = get_ready(case, options, Watch())
        plan = plan_of(ready, Watch())
    except NoPlan as error:
        return Ours(_served(error.ready.usual.solved) if error.ready else None, None)
    return Ours(_served(ready.usual.solved), _served(plan.solved))


def _served(solved: Solved) -> float | None:
    short = max(float(solved.decisions[name].max()) for name in ("unserved", "firm_shortfall") if solved.decisions[name].size)
    return solved.objective if short <= SHORT_OF else None


def same(one: float | None, other: float | None) -> bool:
    """The same cost, or no plan in both."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE * max(1.0, abs(other))


def compared(seed: int, home: Path, solve: Solver) -> tuple[Ours, Answers, Path]:
    """A case by both, which must agree; without its targets too where no plan meets them."""
    folder = draw(seed, home / "case")
    assert not check(folder)
    mps = home / "plan.mps"
    try:
        first = ours(folder, mps=mps)
    except CaseFaults as refused:
        assert {fault.code for fault in refused.faults} == {"base_not_positive"}
        with pytest.raises(NoBase):
            answers(folder, solve)
        pytest.skip("a change is asked of what is nothing in the base year: refused by both")
    second = answers(folder, solve)
    if second.sure:
        assert same(first.usual, second.usual), (seed, first, second)
        assert same(first.plan, second.plan), (seed, first, second)
    if first.plan is None:
        assert same(ours(folder, without_targets=True).plan, second.free), (seed, second)
    return first, second, mps


@pytest.mark.parametrize("seed", SHORT)
def test_a_case_costs_what_the_documents_say(seed: int, tmp_path: Path) -> None:
    compared(seed, tmp_path, by_scipy)


@pytest.mark.prove
@pytest.mark.parametrize("seed", SEEDS)
def test_another_solver_agrees(seed: int, tmp_path: Path) -> None:
    pytest.importorskip("pyscipopt", reason="SCIP (PySCIPOpt) is not installed")
    first, _, mps = compared(seed, tmp_path, by_scip)
    assert same(mps_by_scip(str(mps)).cost, first.plan)
