"""A plan as the IAMC's table: what has a counterpart in the common template under its name and in its unit, all else under a prefix of our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import xarray as xr

from model.case.faults import CodedError
from model.case.read.case import Case
from model.case.tables.exchange import Counterpart
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor
from model.report.display import attributes, tidy
from model.report.exchange.iamc_amounts import amounts_of, final_uses, invested_in, made_of
from model.report.exchange.iamc_units import SEPARATOR, above, branch_of
from model.report.units import spelled_unit

FINAL, OWN = "Final Energy", "Measures"  # the second before whatever the template has no name for
COLUMNS = ("Model", "Scenario", "Region", "Variable", "Unit")
without_unit = "1"


@dataclass(frozen=True)
class Line:
    """A variable by year, in the unit of its name; the label of ours is what it is of."""

    variable: str
    unit: str
    amounts: np.ndarray


def iamc_rows(results: xr.Dataset, manifest: Mapping[str, Any], case: Case) -> list[list[Any]]:
    """The heading and the rows of the table, years as columns. Raises CodedError for a row of `iamc` that names no variable of the template, or whose unit does not fit."""
    head = [f"measures {version('measures')}", str(manifest.get("run") or case.header.id), str(results.attrs["case"])]
    years = results["year"].values.tolist()
    made: list[list[Any]] = [[*COLUMNS, *years]]
    for line in iamc_lines(results, case):
        made.append([*head, line.variable, line.unit, *(tidy(float(value)) for value in line.amounts)])
    return made


def iamc_lines(results: xr.Dataset, case: Case) -> list[Line]:
    """All variables of a plan in the order of their names, those of our own last."""
    rows: Sequence[Counterpart] = case.tables["iamc"]
    summed: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(results.sizes["year"]))
    for variable, amounts in [*_single(rows, results), *_final(rows, results)]:
        summed[variable] += amounts
    year = case.header.price_year
    named = [Line(name, branch_of(name).unit.format(price_year=year), summed[name]) for name in sorted(summed)]
    return [*named, *sorted(_own(rows, results, year), key=lambda line: line.variable)]


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
    units = attributes(results, "commodity", "commodity_unit")
    for sector, carrier, used in final_uses(rows, results):
        amounts = used * _scale(carrier, str(units[carrier.item]))
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


def _own(rows: Sequence[Counterpart], results: xr.Dataset, price_year: int) -> Iterator[Line]:
    """What the template has no name for: indicators, what stands, and what sectors invest; all that is invested beside."""
    told = {(row.item, row.amount) for row in rows}
    for dim, name, values, unit in (
        ("indicator", "Indicator", "indicator_value", "indicator_unit"),
        ("technology", "Capacity", "capacity", "technology_capacity_unit"),
    ):
        units, amount = attributes(results, dim, unit), "total" if dim == "indicator" else "capacity"
        for item, path in zip(results[dim].values.tolist(), results[values].transpose(dim, "year").values, strict=True):
            if (item, amount) not in told and np.nan_to_num(path).any():
                yield Line(_named(name, item), _shown(str(units[item])), path)
    yield from _invested(results, told, price_year)


def _invested(results: xr.Dataset, told: Collection[tuple[str, str]], price_year: int) -> Iterator[Line]:
    unit, scale, every = f"billion CNY_{price_year}/yr", factor("亿元", "billion_CNY"), np.zeros(results.sizes["year"])
    for sector in dict.fromkeys(results["measure_sector"].values.tolist()):
        cash = invested_in(results, sector) * scale
        every = every + cash
        if (sector, "investment") not in told and cash.any():
            yield Line(_named("Investment", sector), unit, cash)
    yield Line(f"{OWN}{SEPARATOR}Investment", unit, every)


def _named(*parts: str) -> str:
    return SEPARATOR.join((OWN, *parts))


def _shown(unit: str) -> str:
    return without_unit if unit == "1" else spelled_unit(unit, "en")
