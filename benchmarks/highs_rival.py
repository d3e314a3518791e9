"""One city's plan searched by us, by HiGHS's branch and bound, and relaxed, all on the same matrix."""

from __future__ import annotations

import sys

from benchmarks.measured import ROOT, tell, timed
from model.case.parameters import parameters
from model.case.read import read_case
from model.maths.build import build
from model.solve.highs import Answer, Method, Solver
from model.solve.matrix import compile_matrix
from model.solve.search import Plan
from model.study.answer import Options, Watch, search_matrix
from model.study.solve import get_ready

gap, seconds_at_most = 1e-3, 3600.0
METHODS: tuple[Method, ...] = ("simplex", "ipx")


def main(city: str, days: int) -> None:
    ready = get_ready(read_case(ROOT / "data" / city), Options(days=days), Watch())
    matrix, seconds = compile_matrix(build(parameters(ready.case, ready.scope))), dict[str, float]()
    with timed(seconds, "ours"):
        ours = search_matrix(matrix, Options(gap=gap), Watch(), name="plan")
    for method in METHODS:
        with timed(seconds, method):
            Solver(matrix).relax(method=method, time_limit=seconds_at_most)
    with timed(seconds, "highs"):
        theirs = Solver(matrix).branch_and_bound(gap=gap, time_limit=seconds_at_most)
    tell({
        "seconds": seconds, "columns": len(matrix.columns), "whole": int(matrix.integer.sum()), "ours": _record(ours), "highs": _record(theirs),
    })  # fmt: skip


def _record(answer: Plan | Answer) -> dict[str, object]:
    gap = (answer.objective - answer.bound) / abs(answer.objective)
    return {"status": answer.status, "objective": answer.objective, "bound": answer.bound, "gap": gap}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
