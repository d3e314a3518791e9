"""Whether two Datasets hold the same, column by column: asked several times of every scenario, and xarray looks much longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr


def same_header(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether attributes are the same; what is not a number in both is."""
    return one.keys() == other.keys() and all(_same_values(np.asarray(value), np.asarray(other[name])) for name, value in one.items())


def same_columns(one: Mapping[Any, xr.Variable], other: Mapping[Any, xr.Variable]) -> bool:
    """Whether columns have the same names, dims and values; what is not a number in both is the same."""
    return one.keys() == other.keys() and all(
        column is others or (column.dims == others.dims and _same_values(column.values, others.values))
        for column, others in ((column, other[name]) for name, column in one.items())
    )


def _same_values(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == other.dtype.kind == "f")
