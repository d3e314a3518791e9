"""Paper cases by the family of equations that they prove: every one that stands in a file of the family."""

from __future__ import annotations

from types import ModuleType

from paper import Paper

from papers import (
    accounts,
    adequacy,
    allowances,
    balance,
    base_years,
    building,
    cash,
    couplings,
    credits,
    objective,
    operation,
    ramps,
    renewal,
    seasons,
    spans,
    standing,
    stock,
    storage,
    taking,
    targets,
    transfers,
)


def _of(*files: ModuleType) -> list[Paper]:
    return [one for file in files for one in vars(file).values() if isinstance(one, Paper)]


FAMILIES: dict[str, list[Paper]] = {
    "stock": _of(stock, renewal, taking, building, standing), "operation": _of(operation), "storage": _of(storage, seasons), "balance": _of(balance),
    "adequacy": _of(adequacy, credits), "accounts": _of(accounts, cash, transfers), "allowances": _of(allowances), "targets": _of(targets, base_years), "couplings": _of(couplings),
    "ramps": _of(ramps), "objective": _of(objective, spans),
}  # fmt: skip
ALL_PAPERS = [paper for papers in FAMILIES.values() for paper in papers]
