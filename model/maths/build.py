"""The model's table of contents: parameters in, Pyomo model out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyomo.environ as pyo
import xarray as xr
from pyomo.common.gc_manager import PauseGC
from pyomo.core.base import constraint
from pyomo.core.expr import template_expr

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
    """Each family is written once as a template and expanded by the compiler, not row by row in Python.

    For each term of a template Pyomo makes a walker that finds the component of which it is. Nearly always that is the component at hand, and the
    walkers alone took a fifth of the time of a small model.
    """

    def component_of(expression: Any) -> Any:
        return walked(expression) if expression.is_expression_type() else expression

    before, walked = constraint.TEMPLATIZE_CONSTRAINTS, template_expr._reduce_template_to_component
    constraint.TEMPLATIZE_CONSTRAINTS, template_expr._reduce_template_to_component = True, component_of
    try:
        yield
    finally:
        constraint.TEMPLATIZE_CONSTRAINTS, template_expr._reduce_template_to_component = before, walked
