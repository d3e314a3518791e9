"""The newest HiGHS on an MPS file: relaxed by one method or another, or searched by its own branch and bound, each from nothing."""

from __future__ import annotations

import sys
from time import process_time
from typing import Any

import highspy

from benchmarks.measured import tell, timed

devex = 1
RELAXED = {"solve_relaxation": True, "simplex_dual_edge_weight_strategy": devex}
OPTIONS: dict[str, dict[str, Any]] = {
    "simplex": {**RELAXED, "solver": "simplex"}, "ipx": {**RELAXED, "solver": "ipx"}, "search": {},
}  # fmt: skip
STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal", highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible", highspy.HighsModelStatus.kTimeLimit: "time_limit",
}  # fmt: skip


def main(mps: str, threads: int, gap: float, seconds_at_most: float, *ways: str) -> None:
    """Tells, for each way, status, objective, bound, seconds of reading and running, and core seconds of running."""
    tell({"version": highspy.Highs().version(), **{way: answered(mps, threads, gap, seconds_at_most, way) for way in ways}})


def answered(mps: str, threads: int, gap: float, seconds_at_most: float, way: str) -> dict[str, Any]:
    """One way's answer. Raises RuntimeError when the file cannot be read."""
    seconds: dict[str, float] = {}
    highs = highspy.Highs()
    given = {"output_flag": False, "threads": threads, "mip_rel_gap": gap, "time_limit": seconds_at_most, **OPTIONS[way]}
    for name, value in given.items():
        highs.setOptionValue(name, value)
    with timed(seconds, "read"):
        if highs.readModel(mps) == highspy.HighsStatus.kError:
            raise RuntimeError(f"{mps} cannot be read")
    start = process_time()
    with timed(seconds, "run"):
        highs.run()
    core, info = process_time() - start, highs.getInfo()
    bound = info.mip_dual_bound if way == "search" else info.objective_function_value
    return {
        "status": STATUS.get(highs.getModelStatus(), "failed"), "objective": info.objective_function_value, "bound": bound, "seconds": seconds, "core": core,
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:])
