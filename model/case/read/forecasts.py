"""Which measures are forecasts of what owners buy and renew by themselves, so that no bureau is given them as a task."""

from __future__ import annotations

from model.case.read.canonical import Lookup
from model.case.read.case import Case


def forecasts(case: Case) -> frozenset[str]:
    """Measures of kind `buy` or `replace` that come as usual and that no row of the plan's measures names: a petrol car is bought, a worn-out coal boiler
    renewed like for like, and neither is anybody's order.

    Empty where the case does not say what stands for the plan's measures.
    """
    lookup, orders = Lookup(case), [row for row in case.tables["coverage"] if row.kind == "measure"]
    ordered = {lookup.resolved(item) or item for row in orders for item in row.items}
    bought = {row.id for row in case.tables["measures"] if row.kind in ("buy", "replace") and row.usual}
    return frozenset(bought - ordered) if orders else frozenset()
