"""Parameters of running: flows, limits, costs, hourly shapes, demands and markets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.case.parameters.days import Days, hours_per_day, hours_per_year
from model.case.parameters.numbers import Numbers
from model.case.parameters.scope import Scope
from model.case.read.case import Case
from model.case.tables.columns import Labelled
from model.case.tables.quantities import QUANTITIES
from model.case.tables.rows import Commodity, Technology
from model.case.units.conversion import unit_fault
from model.case.units.registry import factor

HOURLY = ("dispatch", "committed", "variable")
THOUSAND = 1e3
USUAL_UNITS = ("Mtce", "Mt", "Gm3", "million_m2", "kha", "Gvkm", "Gtkm", "kvehicle", "million_persons", "亿元")


@dataclass(frozen=True)
class Operation:
    """Arrays over technologies (g), years (y), days (d), hours (h), flows, commodities (c), markets (m)."""

    city_share: np.ndarray  # (g,)
    yearly_use: np.ndarray  # (g,), activity of one unit of capacity in a full year
    paths: dict[
        str, np.ndarray
    ]  # quantity → (g, y), `upkeep` being `fixed_om`; `heat_cost`: network cost of the fuel burnt for a unit of heat
    constants: dict[str, np.ndarray]  # quantity → (g,)
    available: np.ndarray  # (g, d, h), share of capacity available by the hour; 1 where no profile
    shape: np.ndarray  # (g, d, h), hourly power per unit of yearly activity, GW per TWh; 0 where not shaped
    full_load: np.ndarray  # (g,), share of capacity a variable technology yields over the year
    flows: dict[tuple[str, str], np.ndarray]  # (technology, commodity) → (y,)
    demand: np.ndarray  # (c, y)
    demand_hourly: np.ndarray  # (c, y, d, h), GW
    peak: np.ndarray  # (y,), GW
    value_of_lost_load: np.ndarray  # (c,)
    market_price: np.ndarray  # (m, y)
    market_shape: np.ndarray  # (m, y, d, h)
    market_power: np.ndarray  # (m, y), GW
    market_yearly: np.ndarray  # (m, y)
    market_firm: np.ndarray  # (m, y), GW


def operation(case: Case, scope: Scope, numbers: Numbers, days: Days, settings: dict[str, float]) -> Operation:
    technologies = sorted(case.tables["technologies"], key=lambda row: row.id)
    markets = sorted(case.tables["markets"], key=lambda row: row.id)
    commodities = sorted(case.tables["commodities"], key=lambda row: row.id)
    flows = _flows(case, numbers)
    paths = {
        quantity: _paths(numbers, "technologies", technologies, quantity)
        for quantity in (
            "availability",
            "utilisation_floor",
            "utilisation_ceiling",
            "upkeep",
            "variable_cost",
            "minimum_load",
            "minimum_load_cut",
            "capacity_credit",
            "coincidence",
            "heat_ratio",
            "heat_loss",
            "back_pressure",
            "sale_share",
        )
    }
    paths["fixed_om"] = paths.pop("upkeep")
    network = {row.id: numbers.path("commodities", row.id, "network_cost") for row in commodities}
    places = {row.id: place for place, row in enumerate(technologies)}
    paths["heat_cost"] = np.zeros_like(paths["variable_cost"])
    for (technology, commodity), path in flows.items():
        borne, place = np.maximum(-path, 0.0) * network[commodity], places[technology]
        paths["variable_cost"][place] += borne
        paths["heat_cost"][place] += borne * paths["heat_loss"][place]
    constants = {
        quantity: np.array([numbers.constant("technologies", row.id, quantity) for row in technologies])
        for quantity in ("round_trip_efficiency", "storage_hours")
    }
    storage = np.array([row.operation == "storage" for row in technologies])
    least = np.array([numbers.constant("technologies", row.id, "least_hours") for row in technologies])
    lasting = np.minimum(np.maximum(constants["storage_hours"], least) / max(settings["firm_hours"], 1e-9), 1.0)
    constants["firm_share"] = np.where(storage, lasting, 1.0)
    paths["capacity_credit"] *= constants["firm_share"][:, None]
    demand, demand_hourly, peak = _demands(case, scope, numbers, days, commodities)
    return Operation(
        city_share=np.array([settings["regional_share"] if row.serves == "region" else 1.0 for row in technologies]),
        yearly_use=np.array([_yearly_use(row, numbers) for row in technologies]),
        paths=paths,
        constants=constants,
        available=_by_hour([_available(row, days) for row in technologies], days),
        shape=_by_hour([_shape(row, days) for row in technologies], days),
        full_load=np.array([(_available(row, days).sum(axis=1) * days.weight).sum() / hours_per_year for row in technologies]),
        flows=flows,
        demand=demand,
        demand_hourly=demand_hourly,
        peak=peak,
        value_of_lost_load=np.array([_value_of_lost_load(row, numbers) for row in commodities]),
        market_price=_paths(numbers, "markets", markets, "price", 0.0),
        market_shape=market_shapes(numbers, markets, days),
        market_power=_paths(numbers, "markets", markets, "power_limit"),
        market_yearly=_paths(numbers, "markets", markets, "yearly_limit"),
        market_firm=_paths(numbers, "markets", markets, "firm_capacity"),
    )


def _flows(case: Case, numbers: Numbers) -> dict[tuple[str, str], np.ndarray]:
    given: dict[tuple[str, str], dict[int | None, float]] = {}
    for row in case.tables["flows"]:
        given.setdefault((row.technology, row.commodity), {})[row.year] = numbers.canonical("flows", row)
    return {key: numbers.fill(rows) for key, rows in sorted(given.items())}


def _yearly_use(row: Technology, numbers: Numbers) -> float:
    if numbers.given(row.id, "yearly_use"):
        return numbers.constant("technologies", row.id, "yearly_use")
    if unit_fault(row.capacity_unit, row.activity_unit) is None:  # Mt are Mt a year
        return factor(row.capacity_unit, row.activity_unit)
    return factor(f"({row.capacity_unit})*yr", row.activity_unit)


def _value_of_lost_load(row: Commodity, numbers: Numbers) -> float:
    """Price of a unit not served; where the tables have none, no less in a large unit than in the usual one of its kind."""
    default = QUANTITIES["commodities"]["unserved_cost"].default or 0.0
    sizes = [factor(row.unit, unit) for unit in USUAL_UNITS if unit_fault(row.unit, unit) is None]
    return numbers.constant("commodities", row.id, "unserved_cost", missing=default * max([1.0, *sizes]))


def _available(row: Technology, days: Days) -> np.ndarray:
    if row.operation == "variable" and row.profile:
        return days.values[row.profile]
    return np.ones((len(days.weight), hours_per_day))


def _shape(row: Technology, days: Days) -> np.ndarray:
    if row.operation != "shaped" or not row.profile:
        return np.zeros((len(days.weight), hours_per_day))
    return days.values[row.profile] * THOUSAND / hours_per_year


def _demands(case: Case, scope: Scope, numbers: Numbers, days: Days, commodities: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    places = {row.id: place for place, row in enumerate(commodities)}
    yearly = np.zeros((len(commodities), len(scope.timeline)))
    hourly = np.zeros((len(commodities), len(scope.timeline), len(days.weight), hours_per_day))
    peak = np.zeros(len(scope.timeline))
    for row in case.tables["demands"]:
        amount = numbers.path("demands", row.id, "amount", missing=0.0)
        yearly[places[row.commodity]] += amount
        if row.shape:
            hourly[places[row.commodity]] += amount[:, None, None] * days.values[row.shape] * THOUSAND / hours_per_year
        peak += numbers.path("demands", row.id, "peak", missing=0.0)
    return yearly, hourly, peak


def _paths(numbers: Numbers, table: str, rows: Sequence[Labelled], quantity: str, missing: float | None = None) -> np.ndarray:
    """A quantity of every row over the years, shape (rows, years)."""
    made = [numbers.path(table, row.id, quantity, missing=missing) for row in rows]
    return np.array(made).reshape(len(rows), len(numbers.years))


def _by_hour(made: Sequence[np.ndarray], days: Days) -> np.ndarray:
    """What is given for every row by day and hour, shape (rows, days, hours)."""
    return np.array(made).reshape(len(made), len(days.weight), hours_per_day)


def market_shapes(numbers: Numbers, markets: list, days: Days) -> np.ndarray:
    """Price by the hour, multiple of the year's price: from the first shape to the later one as `later_weight` grows."""
    level = np.ones((len(days.weight), hours_per_day))
    shapes = []
    for row in markets:
        now = days.values[row.shape] if row.shape else level
        later = days.values[row.shape_later] if row.shape_later else now
        weight = numbers.path("markets", row.id, "later_weight")[:, None, None]
        shapes.append((1 - weight) * now + weight * later)
    return np.stack(shapes) if shapes else np.zeros((0, len(numbers.years), *level.shape))
