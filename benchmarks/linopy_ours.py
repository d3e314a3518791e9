"""Our part of the comparison with linopy: build, compile, hand over; then relax, or search for the plan, or neither."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.city_plan import prepared
from benchmarks.fingerprint import fingerprint
from benchmarks.measured import peak_gigabytes, tell, timed
from model.maths.build import build
from model.solve.highs import Solver
from model.solve.matrix import Matrix, compile_matrix
from model.study.plan.solved_model import Options, Watch, search_matrix

gap = 1e-3


def main(folder: Path, then: str) -> None:
    data = prepared(folder)
    seconds: dict[str, float] = {}
    with timed(seconds, "build"):
        model = build(data)
    with timed(seconds, "compile"):
        matrix = compile_matrix(model)
    with timed(seconds, "hand over"):
        solver = Solver(matrix)
    record: dict = {"seconds": seconds}
    if then == "stop":
        record |= {"peak_gigabytes": peak_gigabytes(), "fingerprint": _fingerprint(matrix)}
    if then == "relax":
        record["objective"] = solver.relax().objective
    if then == "search":
        del solver
        with timed(seconds, "search"):
            answer = search_matrix(matrix, Options(gap=gap), Watch(), name="plan")
        record |= {"gap": answer.gap, "status": answer.status}
    tell(record)


def _fingerprint(matrix: Matrix) -> dict[str, float]:
    bounds = {"lower": matrix.lower, "upper": matrix.upper, "row_lower": matrix.row_lower, "row_upper": matrix.row_upper}
    return fingerprint(matrix.A.data, cost=matrix.cost, whole=int(matrix.integer.sum()), **bounds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
