"""A like matrix at other costs: the few rows where costs and limits of targets stand compiled anew, all else as it was."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from model.solve.components import TARGETS
from model.solve.matrix import Matrix
from model.study.solved.same_columns import same_columns, same_header

COSTS = (
    "discount", "cash_discount", "before_first_year", "before_first_year_transfers", "charge", "invested_charge", "deferred_invested_charge", "charge_at_one_rate", "deferred_charge_at_one_rate",
    "levy_rate", "levied_value", "grant_share", "granted_share", "allowance_price", "investment", "cash_value", "cash_before", "deferred_charge", "cash_deferred", "deferred_cash_before", "measure_fixed_om", "heat_cost", "fixed_om", "variable_cost", "market_price", "market_shape", "value_of_lost_load",
)  # fmt: skip
LIMITS = (
    "target_limit", "target_value", "target_required", "target_divisor", "target_offset", "target_unit_factor", "target_published", "target_term_value",
)  # fmt: skip
FAMILIES = TARGETS | {"Yearly_Trade_Value", "Hourly_Trade_Value", "Spend_Account"}


def alike_but_for_costs(data: xr.Dataset, other: xr.Dataset) -> bool:
    """Whether two cases make the same matrix but for the objective and the rows of `FAMILIES`."""
    return same_header(_without_rate(data), _without_rate(other)) and same_columns(_without_costs(data), _without_costs(other))


def recosted(matrix: Matrix, fresh: Matrix) -> Matrix:
    """The matrix of a case alike but for costs, with objective and rows of `FAMILIES` from `fresh`, compiled from these alone.

    That spares four fifths of the time to compile it.
    """
    column = {key: place for place, key in enumerate(matrix.columns)}
    row = {key: place for place, key in enumerate(matrix.rows) if key[0] in FAMILIES}
    columns, rows = (np.array([known[key] for key in keys], dtype=int) for known, keys in ((column, fresh.columns), (row, fresh.rows)))
    entries = fresh.A.tocoo()
    block = coo_array((entries.data, (entries.row, columns[entries.col])), shape=(len(rows), len(matrix.columns)))
    order = np.arange(len(matrix.rows))
    order[rows] = len(matrix.rows) + np.arange(len(rows))
    cost, row_lower, row_upper = np.zeros(len(matrix.columns)), matrix.row_lower.copy(), matrix.row_upper.copy()
    cost[columns], row_lower[rows], row_upper[rows] = fresh.cost, fresh.row_lower, fresh.row_upper
    A = csc_array(csr_array(vstack([csr_array(matrix.A), csr_array(block)]))[order])
    return replace(matrix, A=A, cost=cost, offset=fresh.offset, row_lower=row_lower, row_upper=row_upper)


def _without_costs(data: xr.Dataset) -> Mapping[Hashable, xr.Variable]:
    return {name: column for name, column in data.variables.items() if name not in {*COSTS, *LIMITS}}


def _without_rate(data: xr.Dataset) -> Mapping[Hashable, Any]:
    return {name: value for name, value in data.attrs.items() if name != "discount_rate"}
