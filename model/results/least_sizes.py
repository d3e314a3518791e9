"""Least sizes of what is added, beside what was added."""

from __future__ import annotations

import numpy as np
import xarray as xr


def least_sizes(p: xr.Dataset, build: xr.DataArray, tolerance: float) -> tuple[xr.DataArray, xr.DataArray]:
    """The least size of each measure in each year in which anything is added beside what is committed, NaN in others; and what is. Dim least."""
    at = {dim: xr.DataArray(p[column].values, dims="least") for dim, column in (("measure", "least_measure"), ("build_year", "least_year"))}
    added = (build - p["build_lower"]).sel(at).drop_vars(["measure", "build_year"])
    return p["least_size"].where(added > tolerance * np.maximum(1.0, p["least_most"])), added
