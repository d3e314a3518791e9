"""Which builds stand because the group that they belong to may not fall faster, at the plan's prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

dust = 1e-6


@dataclass(frozen=True)
class Floor:
    """Of a group: `down` most fall a year as a share, and how that number is known (sourced, estimate, …)."""

    ramp: str
    down: float
    status: str


def floors(results: xr.Dataset) -> dict[tuple[str, int], Floor]:
    """{(measure, year): the floor} of what is built beyond what is committed in years in which less of its group would cost less: the floor has a price.

    Empty for runs stored without these prices.
    """
    if "ramp_floor_price" not in results or "committed" not in results:
        return {}
    build = results["build"].transpose("measure", "build_year")
    free = (build - results["committed"].transpose("measure", "build_year")).values
    measures, years = ({item: place for place, item in enumerate(build[dim].values.tolist())} for dim in ("measure", "build_year"))
    prices, found = results["ramp_floor_price"].transpose("ramp", "year"), dict[tuple[str, int], Floor]()
    columns = (results[f"ramp_{name}"].values.tolist() for name in ("measures", "down", "down_status"))
    for ramp, members, down, status, row in zip(prices["ramp"].values.tolist(), *columns, prices.values, strict=True):
        for year in prices["year"].values[np.abs(row) > dust].tolist():
            for measure in members.split(";"):
                if free[measures[measure], years[year]] > dust:
                    found.setdefault((measure, year), Floor(ramp, down, status))
    return found
