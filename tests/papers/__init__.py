"""Paper cases by the family of equations that they prove."""

from __future__ import annotations

from paper import Paper

from papers import (
    accounts,
    adequacy,
    balance,
    base_years,
    building,
    cash,
    couplings,
    objective,
    operation,
    ramps,
    renewal,
    stock,
    storage,
    taking,
    targets,
)

FAMILIES: dict[str, list[Paper]] = {
    "stock": [*stock.PAPERS, *renewal.PAPERS, *taking.PAPERS, *building.PAPERS], "operation": operation.PAPERS, "storage": storage.PAPERS,
    "balance": balance.PAPERS, "adequacy": adequacy.PAPERS, "accounts": [*accounts.PAPERS, *cash.PAPERS], "targets": [*targets.PAPERS, *base_years.PAPERS],
    "couplings": couplings.PAPERS, "ramps": ramps.PAPERS, "objective": objective.PAPERS,
}  # fmt: skip
ALL_PAPERS = [paper for papers in FAMILIES.values() for paper in papers]
