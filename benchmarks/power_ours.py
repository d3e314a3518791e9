"""Our part of the comparison with PyPSA: the reduced power case built, compiled, handed over, relaxed and read back."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.city_plan import prepared
from benchmarks.measured import tell, timed
from model.maths.build import build
from model.results.extract import extract
from model.solve.highs import Solver
from model.solve.matrix import compile_matrix


def main(folder: Path) -> None:
    data = prepared(folder)
    seconds: dict[str, float] = {}
    with timed(seconds, "model"):
        matrix = compile_matrix(build(data))
    with timed(seconds, "solve"):
        answer = Solver(matrix).relax()
        extract(matrix.columns, answer.x, data)
    rows, columns = matrix.A.shape
    tell({"seconds": seconds, "objective": answer.objective, "rows": rows, "columns": columns})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
