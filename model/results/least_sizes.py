"""Least sizes of what is added, beside what was added."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.results.accounts import Columns


def least_sizes(p: Columns, build: xr.Variable, tolerance: float) -> tuple[xr.Variable, xr.Variable]:
    """The least size of each measure in each year in which anything is added beside what is committed, NaN in others; and what is. Dim least."""
    at = tuple(
        p[dim].to_index().get_indexer(p[column].values) for dim, column in (("measure", "least_measure"), ("build_year", "least_year"))
    )
    added = xr.Variable("least", (build - p["build_lower"]).transpose("measure", "build_year").values[at])
    return p["least_size"].where(added > tolerance * np.maximum(1.0, p["least_most"])), added
