"""The planning model of `model.maths` written in linopy: parameters in, linopy model out."""

from __future__ import annotations

import linopy
import numpy as np
import xarray as xr

from benchmarks.linopy_accounts import add_accounts, add_couplings, add_objective, add_targets
from benchmarks.linopy_balance import add_adequacy, add_balance
from benchmarks.linopy_operation import add_operation
from benchmarks.linopy_ramps import add_ramps
from benchmarks.linopy_stock import add_stock
from benchmarks.linopy_storage import add_storage
from benchmarks.linopy_transfers import add_allowances
from benchmarks.linopy_variables import add_variables, sets_of


def linopy_model(data: xr.Dataset) -> linopy.Model:
    """The same rows and columns as `model.maths.build.build(data)`, on linopy's sparse path."""
    with linopy.options:
        linopy.options["semantics"] = "v1"
        data = data.assign_coords({dim: np.arange(length) for dim, length in data.sizes.items() if dim not in data.coords})
        model, sets = linopy.Model(sparse=True), sets_of(data)
        add_variables(model, data, sets)
        add_stock(model, data, sets)
        add_operation(model, data, sets)
        add_storage(model, data, sets)
        add_balance(model, data, sets)
        add_adequacy(model, data)
        add_allowances(model, data)
        add_accounts(model, data, sets)
        add_targets(model, data)
        add_couplings(model, data)
        add_ramps(model, data)
        add_objective(model, data)
    return model
