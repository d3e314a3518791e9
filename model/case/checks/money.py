"""Faults of money: shares of an investment over the years of building, and of a payer's funds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from model.case.faults import Fault
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.units.conversion import is_unit, unit_fault
from model.case.units.registry import factor

rounding = 1e-6


def cash(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Shares of an investment that are not one for each year of building, or do not make it whole."""
    for row, place in case.placed("measures"):
        shares, years = row.cash_profile, row.lead_time
        if not shares or years is None:
            continue
        if len(shares) not in (max(years, 1), years + 1):
            yield Fault(
                "cash_years", place.at("cash_profile"), str(len(shares)), " / ".join(str(n) for n in sorted({max(years, 1), years + 1}))
            )
        elif min(shares) < 0 or not abs(sum(shares) - 1) <= rounding:
            yield Fault("cash_shares", place.at("cash_profile"), ";".join(f"{share:g}" for share in shares), "1")


def funds(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Funds of a payer that make more than what it pays."""
    total: dict[str, float] = defaultdict(float)
    for row, place in case.placed("funding"):
        if row.payer is None or row.value is None or not row.unit or not is_unit(row.unit) or unit_fault(row.unit, "1") is not None:
            continue
        total[row.payer] += row.value * factor(row.unit, "1")
        if total[row.payer] > 1 + rounding:
            yield Fault("funds_above_all", place.at("value"), f"{total[row.payer]:g}", "<= 1")
