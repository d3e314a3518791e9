"""One city's plan searched by us and audited; then the MPS file of what its bound is of relaxed, and searched by the newest HiGHS's branch and bound."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, rival, tell, timed
from model.case.parameters import parameters
from model.case.read.case import read_case
from model.maths.build import build
from model.results.accounts import work_out
from model.results.audit import audit
from model.results.extract import extract
from model.results.targets import target_results
from model.solve.highs import solver_version, write_mps
from model.solve.matrix import compile_matrix, shut_off
from model.study.plan.solve import get_ready
from model.study.plan.solved_model import Options, Watch, search_matrix

gap, seconds_at_most = 1e-3, 3600.0


def main(city: str, days: int) -> None:
    ready = get_ready(read_case(ROOT / "data" / city), Options(days=days), Watch())
    data = parameters(ready.case, ready.scope)
    matrix, seconds = compile_matrix(build(data)), dict[str, float]()
    with timed(seconds, "ours"):
        ours = search_matrix(matrix, Options(gap=gap), Watch(), name="plan")
    decisions = extract(matrix.columns, ours.x, data)
    worked = work_out(data, decisions)
    checked = audit(data, decisions, worked, target_results(data, worked["indicator_value"]), ours.objective)
    with TemporaryDirectory() as folder:
        mps = Path(folder) / "plan.mps"
        write_mps(shut_off(matrix, ours.shut), mps)
        theirs = rival(mps, "simplex", "ipx", "search", gap=gap, seconds_at_most=seconds_at_most)
    tell({
        "seconds": seconds, "columns": len(matrix.columns), "whole": int(matrix.integer.sum()), "version": solver_version(), "audited": checked.worst,
        "ours": {"status": ours.status, "objective": ours.objective, "bound": ours.bound}, "theirs": theirs,
    })  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
