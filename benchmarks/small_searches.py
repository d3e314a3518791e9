"""The plans of small and middle cases – papers, the toy, those of peers – searched by us and by HiGHS alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.measured import ROOT, tell

sys.path.insert(0, str(ROOT / "tests"))  # where the papers and the cases of peers are written

from paper_answer import made
from papers import FAMILIES
from peers import kohn, model_energy, utopia
from tiny_case import TinyCase

from model.case.parameters import parameters
from model.case.read.case import read_case
from model.solve.components import HOURLY
from model.solve.highs import Solver
from model.solve.matrix import Matrix
from model.solve.search import search
from model.study.plan.solve import get_ready
from model.study.solved.solved_model import Options, Watch, matrix_of

gap, time_limit = 1e-4, 600.0
at_least, at_most_runs = 0.5, 7  # seconds after which a case is not run once more, and runs of one that takes less
PAPERS = 14


def main(chosen: tuple[str, ...]) -> None:
    with TemporaryDirectory() as folder:
        tell({"seconds": {}, "cases": [_compared(name, matrix) for name, matrix in _matrices(Path(folder), chosen)]})


def _matrices(folder: Path, chosen: tuple[str, ...]) -> Iterator[tuple[str, Matrix]]:
    """Papers with whole units, the first of each name, then whole cases: the matrix of each one's plan."""
    papers = {one.name: one for family in FAMILIES.values() for one in family}
    whole = [name for name, one in papers.items() if made(one).matrix.integer.any()]
    for name in chosen or whole[:PAPERS]:
        if name in papers:
            yield name, made(papers[name]).matrix
    cases: dict[str, Callable[[], Path]] = {
        "toy": lambda: ROOT / "data" / "toy", "tiny": lambda: TinyCase().write(folder / "tiny"), "kohn": lambda: kohn.kohn(folder / "kohn"),
        "utopia": lambda: utopia.utopia(folder / "plain"), "utopia, cap": lambda: utopia.utopia(folder / "cap", cap=True),
        "utopia, whole units": lambda: utopia.utopia(folder / "units", units=True),
        "model-energy, 12 days": lambda: model_energy.model_energy(folder / "few", few=True),
    }  # fmt: skip
    for name, path in cases.items():
        if not chosen or name in chosen:
            ready = get_ready(read_case(path()), Options(gap=1e-3), Watch())
            yield name, matrix_of(parameters(ready.case, ready.scope), Watch())


def _compared(name: str, matrix: Matrix) -> dict[str, Any]:
    hours = matrix.mask(*HOURLY)
    mine, ours = _quickest(lambda: search(matrix, in_subproblem=hours, priced=matrix.shortfalls, gap=gap))
    its, theirs = _quickest(lambda: _alone(matrix))
    return {
        "case": name, "rows": len(matrix.rows), "columns": len(matrix.columns), "whole": int(matrix.integer.sum()),
        "seconds": {"ours": mine, "theirs": its}, "proven_by": ours.proven_by, "gap": ours.gap,
        "ours": {"objective": ours.objective, "bound": ours.bound}, "theirs": {"objective": theirs.objective, "bound": theirs.bound},
    }  # fmt: skip


def _alone(matrix: Matrix) -> Any:
    """HiGHS on the whole program, from nothing."""
    solver = Solver(matrix)
    if matrix.integer.any():
        return solver.branch_and_bound(gap=gap, time_limit=time_limit)
    return solver.relax(method="simplex", time_limit=time_limit)


def _quickest(run: Callable[[], Any]) -> tuple[float, Any]:
    """The least processor seconds of several runs, and the answer of the last."""
    best, spent = float("inf"), 0.0
    for _ in range(at_most_runs):
        start = process_time()
        answer = run()
        took = process_time() - start
        best, spent = min(best, took), spent + took
        if spent > at_least:
            break
    return best, answer


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
