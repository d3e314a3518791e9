"""Which measures are forecasts of what owners buy by themselves, so that no bureau is given them as a task."""

from __future__ import annotations

from model.case.read.canonical import Lookup
from model.case.read.case import Case


def forecasts(case: Case) -> frozenset[str]:
    """Measures of kind `buy` that come as usual and that no row of the plan's measures names: a petrol car is bought, but nobody's order.

    Empty where the case does not say what stands for the plan's measures.
    """
    lookup, orders = Lookup(case), [row for row in case.tables["coverage"] if row.kind == "measure"]
    ordered = {lookup.resolved(item) or item for row in orders for item in row.items}
    bought = {row.id for row in case.tables["measures"] if row.kind == "buy" and row.usual}
    return frozenset(bought - ordered) if orders else frozenset()
