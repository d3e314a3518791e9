"""What of a plan's results is counted to a variable of the IAMC template, by the row that names it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import xarray as xr

from model.case.tables.exchange import Counterpart

Amounts = tuple[np.ndarray, str]  # by year, and their unit
SAVES = "saving"  # of add-ons, which give back what others take


def amounts_of(row: Counterpart, results: xr.Dataset, made: Collection[tuple[str, str]]) -> Amounts | None:
    """A year's amounts of a row, shape (year,), and their unit; None for what the results do not have. `made` are the (technology, commodity) pairs of production."""
    return _AMOUNTS[row.amount](row, results, made)


def made_of(rows: Sequence[Counterpart]) -> frozenset[tuple[str, str]]:
    """The (technology, commodity) pairs that rows name as an output: what is made is not taken off what is used."""
    return frozenset((row.item, row.flow) for row in rows if row.amount == "output" and row.flow)


def of_items(results: xr.Dataset, dim: str, name: str) -> dict[str, str]:
    """{id: what a variable over a dim says of it}."""
    return {str(item): str(value) for item, value in zip(results[dim].values.tolist(), results[name].values.tolist(), strict=True)}


def final_use(results: xr.Dataset, sector: str, commodity: str, made: Collection[tuple[str, str]]) -> np.ndarray:
    """What the technologies of a sector take of a commodity less what add-ons among them save, in the commodity's unit, shape (year,)."""
    sector_of = of_items(results, "technology", "technology_sector")
    return _used(results, commodity, [g for g, found in sector_of.items() if found == sector], made)


def demand(results: xr.Dataset, commodity: str) -> np.ndarray:
    """What is asked of a commodity beside all technologies, in its unit, shape (year,)."""
    return -_entries(results, commodity).get("demand", np.zeros(results.sizes["year"]))


def _used(results: xr.Dataset, commodity: str, technologies: Collection[str], made: Collection[tuple[str, str]]) -> np.ndarray:
    entries = _entries(results, commodity)
    taken = [entries[g] for g in technologies if g in entries and (g, commodity) not in made]
    return -sum(taken, np.zeros(results.sizes["year"]))


def _entries(results: xr.Dataset, commodity: str) -> Mapping[str, np.ndarray]:
    """{entry of the balance: what it gives (+) and takes (−) of a commodity}."""
    if commodity not in results["commodity"].values:
        return {}
    balance = results["balance"].sel(commodity=commodity).transpose("balance_entry", "year")
    return dict(zip(balance["balance_entry"].values.tolist(), np.nan_to_num(balance.values), strict=True))


def _unit(results: xr.Dataset, dim: str, what: str, item: str) -> str:
    return of_items(results, dim, what)[item]


def _total(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    if row.item not in results["indicator"].values:
        return None
    return results["indicator_value"].sel(indicator=row.item).values, _unit(results, "indicator", "indicator_unit", row.item)


def _counted(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    if row.flow not in results["indicator"].values or row.item not in results["origin"].values:
        return None
    values = np.nan_to_num(results["contribution"].sel(indicator=row.flow, origin=row.item).values)
    return values, _unit(results, "indicator", "indicator_unit", str(row.flow))


def _capacity(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    if row.item not in results["technology"].values:
        return None
    return results["capacity"].sel(technology=row.item).values, _unit(results, "technology", "technology_capacity_unit", row.item)


def _output(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    entries = _entries(results, str(row.flow))
    return (entries[row.item], _unit(results, "commodity", "commodity_unit", str(row.flow))) if row.item in entries else None


def _use(row: Counterpart, results: xr.Dataset, made: Collection[tuple[str, str]]) -> Amounts | None:
    if row.item not in results["commodity"].values:
        return None
    used = _used(results, row.item, results["technology"].values.tolist(), made) + demand(results, row.item)
    return used, _unit(results, "commodity", "commodity_unit", row.item)


def _traded(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    if row.item not in results["market"].values:
        return None
    traded = _unit(results, "market", "market_commodity", row.item)
    return np.nan_to_num(results["trade"].sel(market=row.item).values), _unit(results, "commodity", "commodity_unit", traded)


def _investment(row: Counterpart, results: xr.Dataset, _: Collection[tuple[str, str]]) -> Amounts | None:
    return invested_in(results, row.item), "亿元"


def invested_in(results: xr.Dataset, sector: str) -> np.ndarray:
    """Cash of a sector's measures, 亿元 a year of each span, shape (year,)."""
    of_sector = (results["measure_sector"] == sector).values
    return results["investment_cash"].transpose("measure", "year").values[of_sector].sum(axis=0)


_AMOUNTS: Mapping[str, Callable[[Counterpart, xr.Dataset, Collection[tuple[str, str]]], Amounts | None]] = MappingProxyType(
    {
        "total": _total, "counted": _counted, "capacity": _capacity, "output": _output, "use": _use, "bought": _traded, "sold": _traded,
        "investment": _investment,
    }
)  # fmt: skip


def final_uses(rows: Sequence[Counterpart], results: xr.Dataset) -> Iterator[tuple[Counterpart, Counterpart, np.ndarray]]:
    """(row of a sector, row of a commodity, what the sector uses of it) for each pair of rows of final use; what no technology uses goes to the sector that the
    commodity's row names.
    """
    asked, made = [row for row in rows if row.amount == "final_use"], made_of(rows)
    of_sectors = [row for row in asked if row.item in results["sector"].values and row.flow is None]
    for carrier in (row for row in asked if row.item in results["commodity"].values and row.flow is not None):
        for sector in of_sectors:
            used = final_use(results, sector.item, carrier.item, made)
            yield sector, carrier, used + demand(results, carrier.item) if sector.item == carrier.flow else used
