"""What is under way when decisions begin: the amounts that are committed to decided years, and the cash that they take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr


def committed(parameters: xr.Dataset) -> dict[str, xr.Variable]:
    """`committed` (measure, build_year), in the unit of the measure, nothing before decisions begin; `committed_cash` (measure, year), 亿元 a year of a span.

    Of a span that decisions cut, what was built of it before counts as well.
    """
    p: Mapping[Any, xr.Variable] = parameters.variables
    since, years = int(parameters.attrs["decide_from"]), p["build_year"].values
    amounts = np.where(years[None, :] >= since, np.maximum(p["build_lower"].transpose("measure", "build_year").values, 0.0), 0.0)
    measure, built, year = (p[dim].to_index().get_indexer(p[f"cash_{dim}"].values) for dim in ("measure", "build_year", "year"))
    cash = np.zeros((p["measure"].size, p["year"].size))
    np.add.at(cash, (measure, year), p["cash_value"].values * amounts[measure, built])
    return {"committed": xr.Variable(("measure", "build_year"), amounts), "committed_cash": xr.Variable(("measure", "year"), cash)}
