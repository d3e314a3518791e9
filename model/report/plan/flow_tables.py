"""From what to what energy goes in each year: bought and own sources, conversion by sector, and who uses it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.case.units.conversion import unit_fault
from model.case.units.registry import factor
from model.report.display import attributes, labels, tidy
from model.report.tables import Table, by_year, table
from model.report.units import display_unit
from model.report.words import word

COMMON = "Mtce"  # energy of every form by its heat content
most_sources, crumb = 8, 4e-3  # a flow below this share of all that is bought and given is left out

Flows = dict[tuple[str, str], np.ndarray]


@dataclass(frozen=True)
class _Entry:
    """What a technology takes (−) and gives (+) of each form of energy, Mtce, shape (year,)."""

    name: str
    amounts: dict[str, np.ndarray]

    def _is(self, sign: int) -> bool:
        return any((sign * amounts).max() > 0 for amounts in self.amounts.values())

    @property
    def gives(self) -> bool:
        return self._is(1)

    @property
    def takes(self) -> bool:
        return self._is(-1)


def energy_flow(results: xr.Dataset, language: str) -> Table:
    """From × to × year, all in one unit of energy. What conversion loses goes to losses; what it gives beyond what it takes comes from the surroundings
    or from materials that carry no energy here. What goes to and fro between two places is told as what is left of it.
    """
    years, flows = results["year"].values.tolist(), _flows(results, language)
    unit, scale = display_unit(COMMON, language)
    whole = max((float(np.abs(amounts).sum()) for amounts in flows.values()), default=0.0)
    rows = [
        {"flow_from": start, "flow_to": end, "unit": unit, **by_year(years, amounts, scale)}
        for (start, end), amounts in flows.items()
        if amounts.max() > 0 and float(amounts.sum()) > crumb * whole / 2
    ]
    notes = [word("note_energy_flow", language)] if rows else []
    return table(word("title_energy_flow", language), ["flow_from", "flow_to", "unit", *years], rows, notes)


def energy_forms(results: xr.Dataset, language: str) -> list[str]:
    """The labels of the commodities that are energy."""
    names = labels(results, "commodity", "label", language)
    return [names[c] for c in _energy(results)]


def _energy(results: xr.Dataset) -> dict[str, float]:
    """{commodity that is energy: what an amount of it is multiplied by}."""
    units = attributes(results, "commodity", "commodity_unit")
    return {c: factor(unit, COMMON) for c, unit in units.items() if unit_fault(unit, COMMON) is None}


def _flows(results: xr.Dataset, language: str) -> Flows:
    energy, names = _energy(results), labels(results, "commodity", "label", language)
    balance = results["balance"].transpose("balance_entry", "commodity", "year")
    values, places = np.nan_to_num(balance.values), {str(c): at for at, c in enumerate(balance["commodity"].values.tolist())}
    entries = [
        _Entry(str(e), {c: values[at, places[c]] * scale for c, scale in energy.items()})
        for at, e in enumerate(balance["balance_entry"].values.tolist())
    ]
    made: Flows = defaultdict(lambda: np.zeros(values.shape[-1]))
    served = {
        c for c in energy if all(one.name == "demand" or one.amounts[c].min() >= 0 for one in entries)
    }  # what is only served ends the flow
    node_of = _nodes(results, entries, language) | dict.fromkeys(_only_ones(results, entries), "")
    for one in entries:
        if not node_of.get(one.name):
            continue
        for c, amounts in one.amounts.items():
            if one.name == "demand" and c in served:
                continue
            made[node_of[one.name], names[c]] += np.maximum(amounts, 0.0)
            made[names[c], node_of[one.name]] += np.maximum(-amounts, 0.0)
        if one.gives and one.takes and one.name in results["technology"].values:
            over = sum(one.amounts.values(), np.zeros(values.shape[-1]))
            made[word("flow_surroundings", language), node_of[one.name]] += np.maximum(over, 0.0)
            made[node_of[one.name], word("flow_losses", language)] += np.maximum(-over, 0.0)
    return _netted(made)


def _nodes(results: xr.Dataset, entries: list[_Entry], language: str) -> dict[str, str]:
    """{entry of the balance: where it stands}: markets and large sources by name, conversion and use by sector."""
    sectors, sector_of = labels(results, "sector", "label", language), attributes(results, "technology", "technology_sector")
    names = labels(results, "technology", "label", language)
    found = dict(labels(results, "market", "label", language))
    found |= {"demand": word("flow_demand", language), "unserved": word("unserved", language)}
    sources = {one.name: _whole(one) for one in entries if one.name in names and one.gives and not one.takes}
    large = sorted(sources, key=lambda name: -sources[name])[:most_sources]
    for one in entries:
        if one.name not in names:
            continue
        sector = sectors[sector_of[one.name]]
        if one.name in sources:
            found[one.name] = names[one.name] if one.name in large else word("flow_own", language).format(sector)
        elif one.gives:
            found[one.name] = word("flow_conversion", language).format(sector)
        elif one.takes:
            found[one.name] = word("flow_use", language).format(sector)
    return found


def _only_ones(results: xr.Dataset, entries: list[_Entry]) -> Iterator[str]:
    """Markets that alone give what they sell: the flow starts with what is bought."""
    for market, way in attributes(results, "market", "market_direction").items():
        traded = attributes(results, "market", "market_commodity")[market]
        others = [one for one in entries if one.name != market and traded in one.amounts and one.amounts[traded].max() > 0]
        if way == "buy" and not others:
            yield market


def _whole(one: _Entry) -> float:
    return float(sum(tidy(float(amounts.sum())) for amounts in one.amounts.values()))


def _netted(flows: Flows) -> Flows:
    """Of each pair of places what is left in the direction that prevails in a year."""
    made = {}
    for (start, end), amounts in flows.items():
        back = flows.get((end, start))
        made[start, end] = np.maximum(amounts - back, 0.0) if back is not None else amounts
    return made
