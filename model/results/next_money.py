"""What is to be paid in the first decided years, and what it is for: to decide, to begin, begun before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import xarray as xr

from model.results.next_years import begun_records, decided_records, payer_records, under_way_records


@dataclass(frozen=True)
class NextMoney:
    """Cash of all of these years, 亿元; what too little is decided of to be told of any measure, or owners buy or renew by themselves, is the `rest`."""

    total: float
    decide: float
    begin: float
    under_way: float

    @property
    def rest(self) -> float:
        return self.total - self.decide - self.begin - self.under_way


def next_money(results: xr.Dataset) -> NextMoney:
    """Of a plan whose measures have lead times and payers."""
    total = sum(float(one["total"]) for one in payer_records(results))
    return NextMoney(total, *map(paid_for, (decided_records(results), begun_records(results), under_way_records(results))))


def paid_for(found: Iterable[Mapping[str, Any]]) -> float:
    """The cash of some records, 亿元; one without an amount of its own has it in another."""
    return float(sum(one["invested"] or 0.0 for one in found))


def paid_by_lead(found: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """{bureau that leads: cash of its records}, 亿元."""
    made = dict[str, float]()
    for one in found:
        made[one["lead"]] = made.get(one["lead"], 0.0) + (one["invested"] or 0.0)
    return made
