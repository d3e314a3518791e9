"""A plan's amounts by the variables of the IAMC template: each row's in the template's unit, added to its variable and to the sums that it is a part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import xarray as xr

from model.case.faults import CodedError
from model.case.tables.exchange import Counterpart
from model.case.units.conversion import unit_fault
from model.case.units.iamc_template import above, branch_of
from model.case.units.registry import factor
from model.results.iamc_amounts import amounts_of, final_uses, invested_in, made_of, of_items

FINAL = "Final Energy"


def variables_of(rows: Sequence[Counterpart], results: xr.Dataset) -> dict[str, np.ndarray]:
    """{variable: its amounts by year, in the unit of its branch}, by name. Raises CodedError for a row that names no variable of the template, or whose unit does not
    fit.
    """
    summed: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(results.sizes["year"]))
    for variable, amounts in [*_single(rows, results), *_final(rows, results)]:
        summed[variable] += amounts
    return dict(sorted(summed.items()))


def invested_by_sector(results: xr.Dataset) -> dict[str, np.ndarray]:
    """{sector: cash of its measures by year}, billion CNY, shape (year,)."""
    scale = factor("亿元", "billion_CNY")
    return {sector: invested_in(results, sector) * scale for sector in dict.fromkeys(results["measure_sector"].values.tolist())}


def _single(rows: Sequence[Counterpart], results: xr.Dataset) -> Iterator[tuple[str, np.ndarray]]:
    """(variable, what a row adds to it), and the same for the sums that it is a part of."""
    made, uses = made_of(rows), {f"{place}{part}": (place, part) for place in _places(rows) for part in _parts(rows)}
    for row in rows:
        found = None if row.amount == "final_use" else amounts_of(row, results, made)
        if found is not None:
            amounts = found[0] * _scale(row, found[1])
            names = _crossed(*uses[row.variable]) if row.variable in uses else _with_sums(row.variable)
            yield from ((name, amounts) for name in names)


def _final(rows: Sequence[Counterpart], results: xr.Dataset) -> Iterator[tuple[str, np.ndarray]]:
    """Final energy by sector and carrier, by either, and in all."""
    units = of_items(results, "commodity", "commodity_unit")
    for sector, carrier, used in final_uses(rows, results):
        amounts = used * _scale(carrier, units[carrier.item])
        if amounts.any():
            yield from ((name, amounts) for name in _crossed(sector.variable, carrier.variable.removeprefix(FINAL)))


def _places(rows: Sequence[Counterpart]) -> list[str]:
    """The variables of sectors of final use."""
    return [row.variable for row in rows if row.amount == "final_use" and row.flow is None]


def _parts(rows: Sequence[Counterpart]) -> list[str]:
    """What follows a sector in the variables of carriers of final use."""
    return [row.variable.removeprefix(FINAL) for row in rows if row.amount == "final_use" and row.flow is not None]


def _crossed(place: str, part: str) -> Iterator[str]:
    """A sector's use of a carrier, and all sums that it is a part of: by sector, by carrier, by either's branch, and in all.

    >>> list(_crossed("Final Energy|Industry", "|Heat"))
    ['Final Energy|Industry|Heat', 'Final Energy|Industry', 'Final Energy|Heat', 'Final Energy']
    """
    parts = [name.removeprefix(FINAL) for name in _with_sums(f"{FINAL}{part}")]
    return (f"{one}{other}" for one in _with_sums(place) for other in parts)


def _with_sums(variable: str) -> list[str]:
    """A variable and those above it that are sums of what is below."""
    branch = branch_of(variable)
    return [variable, *(name for name in above(variable) if branch.adds_up and len(name) >= len(branch.variable))]


def _scale(row: Counterpart, unit: str) -> float:
    """What an amount in `unit` is multiplied by for the variable of a row. Raises CodedError where its unit does not become the template's."""
    due = branch_of(row.variable).own_unit
    whole = f"{unit}*{row.unit}" if row.unit else unit
    if unit_fault(whole, due) is not None:
        raise CodedError("iamc_unit_unfit", item=row.item, variable=row.variable, unit=whole, due=due)
    return (1.0 if row.value is None else row.value) * factor(whole, due)
