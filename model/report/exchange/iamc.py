"""A plan as the IAMC's table: what has a counterpart in the common template under its name and in its unit, all else under a prefix of our own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.case.tables.exchange import Counterpart
from model.case.units.iamc_template import SEPARATOR, branch_of
from model.report.display import attributes, tidy
from model.report.units import spelled_unit
from model.results.iamc import invested_by_sector, variables_of

OWN = "Measures"  # before whatever the template has no name for
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
    year = case.header.price_year
    named = [Line(name, branch_of(name).unit.format(price_year=year), amounts) for name, amounts in variables_of(rows, results).items()]
    return [*named, *sorted(_own(rows, results, year), key=lambda line: line.variable)]


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
    unit, found = f"billion CNY_{price_year}/yr", invested_by_sector(results)
    for sector, cash in found.items():
        if (sector, "investment") not in told and cash.any():
            yield Line(_named("Investment", sector), unit, cash)
    yield Line(f"{OWN}{SEPARATOR}Investment", unit, sum(found.values(), np.zeros(results.sizes["year"])))


def _named(*parts: str) -> str:
    return SEPARATOR.join((OWN, *parts))


def _shown(unit: str) -> str:
    return without_unit if unit == "1" else spelled_unit(unit, "en")
