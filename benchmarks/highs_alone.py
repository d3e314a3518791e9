"""HiGHS alone: a program read from its MPS file and relaxed, for the memory and the seconds that no modelling tool can be under."""

from __future__ import annotations

import sys

import highspy

from benchmarks.measured import tell, timed

threads = 2


def main(mps: str) -> None:
    seconds: dict[str, float] = {}
    highs = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", threads), ("solve_relaxation", True), ("simplex_dual_edge_weight_strategy", 1)):
        highs.setOptionValue(name, value)
    with timed(seconds, "read"):
        highs.readModel(mps)
    with timed(seconds, "relax"):
        highs.run()
    tell({"seconds": seconds, "objective": highs.getInfo().objective_function_value})


if __name__ == "__main__":
    main(sys.argv[1])
