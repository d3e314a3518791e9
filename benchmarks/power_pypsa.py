"""PyPSA's part of the comparison: the same power case as a network, optimised with HiGHS in its fastest way to hand over."""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path

from benchmarks.city_plan import prepared
from benchmarks.measured import tell, timed
from benchmarks.pypsa_network import network, standing_fixed_om

options = {"threads": 2, "output_flag": False}


def main(folder: Path) -> None:
    warnings.simplefilter("ignore", FutureWarning)
    logging.disable(logging.WARNING)
    data = prepared(folder)
    seconds: dict[str, float] = {}
    with timed(seconds, "network"):
        n = network(data)
    with timed(seconds, "model"):
        n.optimize.create_model(multi_investment_periods=True, include_objective_constant=False)
    with timed(seconds, "solve"):
        _, condition = n.optimize.solve_model(solver_name="highs", io_api="direct", solver_options=options)
    if condition != "optimal":
        raise RuntimeError(f"PyPSA's model ended {condition}")
    record = {"rows": n.model.ncons, "columns": n.model.nvars, "limits": len(n.global_constraints)}
    tell({"seconds": seconds, "objective": n.objective + standing_fixed_om(data), **record})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
