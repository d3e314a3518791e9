"""Parameters of transfers: what is paid on each unit of an indicator, and what share of an investment, by and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.case.parameters.accounts import chosen_variants
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.read.case import Case
from model.case.tables.transfers import Transfer

Shares = dict[tuple[str, str], np.ndarray]


@dataclass(frozen=True)
class Transfers:
    """Paths (years,) each: `levies` by (transfer, indicator), 亿元 per unit; `grants` by (transfer, measure), share of its investment by build year."""

    rows: tuple[Transfer, ...]
    levies: Shares
    grants: Shares

    def of_payers(self, paths: Shares) -> Shares:
        """The same by (payer, item): what a payer pays, less what it receives, of all transfers."""
        net: Shares = {}
        for row in self.rows:
            for (transfer, item), path in paths.items():
                for payer, sign in _sides(row) if transfer == row.id else ():
                    net[payer, item] = net.get((payer, item), 0.0) + sign * path
        return net

    def granted(self, measures: list[str], years: int) -> np.ndarray:
        """What all payers of the case pay beside the investment itself, less what they receive for it: share of it, (measure, build year)."""
        shares = np.zeros((len(measures), years))
        for (_, measure), path in self.of_payers(self.grants).items():
            shares[measures.index(measure)] += path
        return shares


def _sides(row: Transfer) -> Iterator[tuple[str, float]]:
    if row.payer:
        yield row.payer, 1.0
    if row.receiver:
        yield row.receiver, -1.0


def transfers(case: Case, scope: Scope, numbers: Numbers) -> Transfers:
    """All transfers of a case; where no measures are open, none on investment."""
    rows, chosen = tuple(sorted(case.tables["transfers"], key=lambda row: row.id)), chosen_variants(case)
    levies = {
        (row.id, chosen.get(row.indicator, row.indicator)): numbers.path("transfers", row.id, "rate", missing=0.0)
        for row in rows
        if row.indicator
    }
    grants = {
        (row.id, measure): numbers.path("transfers", row.id, "share", missing=0.0)
        for row in rows
        for measure in (row.measures if scope.measures != "none" else ())
    }
    return Transfers(rows, levies, grants)


def transfer_variables(made: Transfers, years: int) -> Mapping[str, Any]:
    """Transfers as long tables: each by itself for accounts, and by payer for the equations."""
    long = {
        ("levy", "transfer", "indicator", "rate", "year"): made.levies,
        ("levied", "payer", "indicator", "value", "year"): made.of_payers(made.levies),
        ("grant", "transfer", "measure", "share", "build_year"): made.grants,
        ("granted", "payer", "measure", "share", "build_year"): made.of_payers(made.grants),
    }
    columns: dict[str, Any] = {}
    for (dim, first, second, value, over), paths in long.items():
        columns[f"{dim}_{first}"] = (dim, np.array([key[0] for key in paths], dtype=str))
        columns[f"{dim}_{second}"] = (dim, np.array([key[1] for key in paths], dtype=str))
        columns[f"{dim}_{value}"] = ((dim, over), np.array(list(paths.values()), dtype=float).reshape(len(paths), years))
    for name in ("kind", "payer", "receiver"):
        columns[f"transfer_{name}"] = ("transfer", np.array([dict(row)[name] or "" for row in made.rows], dtype=str))
    return columns
