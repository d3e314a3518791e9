"""linopy's part of the comparison: the same model built from the same parameters and handed over; then relaxed, or not."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import highspy
import linopy
import numpy as np

from benchmarks.city_plan import prepared
from benchmarks.fingerprint import fingerprint
from benchmarks.linopy_model import linopy_model
from benchmarks.measured import peak_gigabytes, tell, timed


def main(folder: Path, then: str) -> None:
    data = prepared(folder)
    seconds: dict[str, float] = {}
    warnings.simplefilter("ignore", linopy.PerformanceWarning)
    with timed(seconds, "build"):
        model = linopy_model(data)
    with timed(seconds, "hand over"):
        highs = model.to_highspy()
    record: dict = {"seconds": seconds}
    if then == "stop":
        record |= {"peak_gigabytes": peak_gigabytes(), "fingerprint": _fingerprint(highs.getLp())}
    if then == "relax":
        for name, value in (("output_flag", False), ("solve_relaxation", True), ("simplex_dual_edge_weight_strategy", 1)):
            highs.setOptionValue(name, value)
        highs.run()
        record["objective"] = highs.getInfo().objective_function_value
    tell(record)


def _fingerprint(lp: highspy.HighsLp) -> dict[str, float]:
    names = ("lower", "upper", "row_lower", "row_upper")
    bounds = dict(zip(names, (np.array(values) for values in (lp.col_lower_, lp.col_upper_, lp.row_lower_, lp.row_upper_)), strict=True))
    whole = sum(kind == highspy.HighsVarType.kInteger for kind in lp.integrality_)
    return fingerprint(np.array(lp.a_matrix_.value_), cost=np.array(lp.col_cost_), whole=whole, **bounds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
