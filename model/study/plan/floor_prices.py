"""What the floors of ramps cost at the margin, at the plan's prices."""

from __future__ import annotations

import xarray as xr

from model.study.solved.solved_model import SolvedModel

FLOORS = "Ramp_Down"


def floor_prices(plan: SolvedModel, results: xr.Dataset) -> dict[str, xr.DataArray]:
    """`ramp_floor_price` (ramp, year): 亿元 of present value that one unit a year less to be added would save, whole units held, ≥ 0; 0 where nothing holds."""
    found = xr.zeros_like(results["ramp_least"].transpose("ramp", "year"), dtype=float)
    ramps, years = results.get_index("ramp"), results.get_index("year")
    for (component, index), dual in zip(plan.matrix.rows, plan.solution.duals.tolist(), strict=False):
        if component == FLOORS and isinstance(index, tuple):
            found.values[ramps.get_loc(index[0]), years.get_loc(index[1])] = abs(dual)
    return {"ramp_floor_price": found}
