"""The model's table of contents: parameters in, Pyomo model out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyomo.core as pyo
import xarray as xr
from pyomo.common.gc_manager import PauseGC
from pyomo.core.base import constraint

from model.maths.accounts import add_accounts
from model.maths.adequacy import add_adequacy
from model.maths.allowances import add_allowances
from model.maths.balance import add_balance
from model.maths.couplings import add_couplings
from model.maths.objective import add_objective
from model.maths.operation import add_operation
from model.maths.ramps import add_ramps
from model.maths.sets import add_sets
from model.maths.stock import add_stock
from model.maths.storage import add_storage
from model.maths.targets import add_targets


def build(data: xr.Dataset) -> pyo.ConcreteModel:
    """The planning model of one case, from its parameters (see `model.case.parameters`)."""
    m = pyo.ConcreteModel()
    with PauseGC(), _templates():
        add_sets(m, data)
        add_stock(m, data)
        add_operation(m, data)
        add_storage(m, data)
        add_balance(m, data)
        add_adequacy(m, data)
        add_allowances(m, data)
        add_accounts(m, data)
        add_targets(m, data)
        add_couplings(m, data)
        add_ramps(m, data)
        add_objective(m, data)
    return m


@contextmanager
def _templates() -> Iterator[None]:
    """Each family is written once as a template and expanded by the compiler, not row by row in Python."""
    before = constraint.TEMPLATIZE_CONSTRAINTS
    constraint.TEMPLATIZE_CONSTRAINTS = True
    try:
        yield
    finally:
        constraint.TEMPLATIZE_CONSTRAINTS = before
