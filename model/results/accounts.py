"""The accounts worked out again from parameters and decisions, with xarray alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

THOUSAND = 1e3
# What is worked out, by name: a Dataset, or what one is being made of.
Amounts = Mapping[Any, xr.DataArray]


def work_out(parameters: xr.Dataset, decisions: xr.Dataset) -> xr.Dataset:
    """Every quantity that follows from what was decided: stock, yearly sums, trade, spending, indicators, cost.

    Uses only primal decisions (`build`, hourly operation, yearly activity and trade of what has no hours).
    Dims as in the parameters; `contribution` has dims indicator, origin, year and sums over origin to `indicator_value`.
    """
    made: dict[str, xr.DataArray] = {}  # a Dataset would align all it has with each that comes
    with xr.set_options(arithmetic_join="exact"):  # all of it stands on the parameters' own coordinates
        made["level"] = _level(parameters, decisions)
        made["capacity"] = _capacity(parameters, decisions)
        made["annual"] = _annual(parameters, decisions)
        made["annual_heat"] = _yearly(parameters, decisions, "heat_output").reindex(technology=parameters["technology"]).fillna(0.0)
        made["peak_load"] = parameters["peak"] + (parameters["coincidence"] * made["annual"].fillna(0.0)).sum("technology")
        made["trade"], made["trade_value"] = _trade(parameters, decisions)
        made["investment_cash"], made["investment_before"] = _invested(parameters, decisions)
        made["spend"] = _spend(parameters, decisions, made)
        made["contribution"] = _contributions(parameters, decisions, made)
        made["indicator_value"] = made["contribution"].sum("origin")
        made["curtailed"] = _curtailed(parameters, made)
        made["cost"] = _cost(parameters, decisions, made)
    return xr.Dataset(made)


def decided(p: xr.Dataset, decisions: xr.Dataset, name: str) -> xr.DataArray:
    """What is built, newly closed or coming into force later, dims measure, build_year; zero for measures without such a decision."""
    if name not in decisions:
        return xr.zeros_like(p["build_lower"])
    return decisions[name].fillna(0.0).transpose("measure", "build_year")


def _acted(p: xr.Dataset, decisions: xr.Dataset, what: str) -> np.ndarray:
    """Each row of a long table of what measures do, times the amount decided of it, shape (rows,)."""
    measure = p.get_index("measure").get_indexer(p[f"{what}_measure"].values)
    year = p.get_index("build_year").get_indexer(p[f"{what}_build_year"].values)
    by, amounts = p[f"{what}_by"].values, np.zeros(len(measure))
    for name in np.unique(by).tolist():
        mine = by == name
        amounts[mine] = decided(p, decisions, name).values[measure[mine], year[mine]]
    return amounts * p[f"{what}_value"].values


def _level(p: xr.Dataset, decisions: xr.Dataset) -> xr.DataArray:
    level = (p["survival"] * decisions["build"]).sum("build_year") - decided(p, decisions, "deferred").rename(build_year="year")
    return level.transpose("measure", "year")


def _capacity(p: xr.Dataset, decisions: xr.Dataset) -> xr.DataArray:
    capacity = p["existing"].copy(deep=True)
    if p.sizes.get("effect", 0):
        technology = p.get_index("technology").get_indexer(p["effect_technology"].values)
        year = p.get_index("year").get_indexer(p["effect_year"].values)
        np.add.at(capacity.values, (technology, year), _acted(p, decisions, "effect"))
    return capacity


def taken(p: xr.Dataset, decisions: xr.Dataset) -> xr.DataArray:
    """What measures take from each stock that stands by itself, dims stock, year."""
    total = xr.zeros_like(p["standing"])
    if p.sizes.get("take", 0):
        stock = p.get_index("stock").get_indexer(p["take_stock"].values)
        year = p.get_index("year").get_indexer(p["take_year"].values)
        np.add.at(total.values, (stock, year), _acted(p, decisions, "take"))
    return total


def _yearly(p: xr.Dataset, decisions: xr.Dataset, name: str) -> xr.DataArray:
    """Hourly GW summed over the year, TWh."""
    if name not in decisions:
        return xr.DataArray(
            np.zeros((0, p.sizes["year"])), dims=("technology", "year"), coords={"technology": np.array([], dtype=str), "year": p["year"]}
        )
    return (decisions[name] * p["day_weight"]).sum(("day", "hour"), min_count=1) / THOUSAND


def _annual(p: xr.Dataset, decisions: xr.Dataset) -> xr.DataArray:
    annual = decisions["annual"].copy()
    for name in ("activity", "discharge_power"):
        if name in decisions:
            worked = _yearly(p, decisions, name)
            annual = worked.combine_first(annual)
    return annual.reindex(technology=p["technology"]).transpose("technology", "year")


def _trade(p: xr.Dataset, decisions: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    trade = decisions["trade"].copy()
    value = p["market_price"] * trade
    if "hourly_trade" in decisions:
        hourly = (decisions["hourly_trade"] * p["day_weight"]).sum(("day", "hour"), min_count=1) / THOUSAND
        paid = (p["market_price"] * p["market_shape"] * p["day_weight"] * decisions["hourly_trade"]).sum(
            ("day", "hour"), min_count=1
        ) / THOUSAND
        trade, value = hourly.combine_first(trade), paid.combine_first(value)
    return trade.transpose("market", "year"), value.transpose("market", "year")


def _invested(p: xr.Dataset, decisions: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    """Cash for what is built: 亿元 a year of each span, dims measure, year; and in all before the first, dim measure."""
    build, deferred = decisions["build"].transpose("measure", "build_year"), decided(p, decisions, "deferred")
    paid = xr.zeros_like(p["measure_fixed_om"])
    measure, built, year = (
        p.get_index(dim).get_indexer(p[f"cash_{dim}"].values) for dim in ("measure", "build_year", "year")
    )  # fmt: skip
    amounts = p["cash_value"].values * build.values[measure, built] - p["cash_deferred"].values * deferred.values[measure, built]
    np.add.at(paid.values, (measure, year), amounts)
    before = (p["cash_before"] * build - p["deferred_cash_before"] * deferred).sum("build_year")
    return paid, before


def _by_payer(p: xr.Dataset, amounts: xr.DataArray, payers: str, dim: str) -> xr.DataArray:
    totals = np.zeros((p.sizes["payer"], p.sizes["year"]))
    places = p.get_index("payer").get_indexer(p[payers].values)
    known = places >= 0
    np.add.at(totals, places[known], amounts.transpose(dim, "year").values[known])
    return xr.DataArray(totals, dims=("payer", "year"), coords={"payer": p["payer"], "year": p["year"]})


def running_cost(p: xr.Dataset, made: Amounts) -> xr.DataArray:
    """Upkeep and variable cost of each technology, 亿元 a year, dims technology, year."""
    run = p["variable_cost"] * made["annual"].fillna(0.0) + p["heat_cost"] * made["annual_heat"]
    return p["fixed_om"] * p["city_share"] * made["capacity"] + run


def _spend(p: xr.Dataset, decisions: xr.Dataset, made: Amounts) -> xr.DataArray:
    sign = xr.where(p["market_direction"] == "buy", 1.0, -1.0)
    measures = made["investment_cash"] + p["measure_fixed_om"] * made["level"]
    return (
        _by_payer(p, measures, "measure_payer", "measure")
        + _by_payer(p, running_cost(p, made), "technology_payer", "technology")
        + _by_payer(p, sign * made["trade_value"], "market_payer", "market")
    )


def _contributions(p: xr.Dataset, decisions: xr.Dataset, made: Amounts) -> xr.DataArray:
    """What each technology, measure, market, payer and given path adds to each indicator, through all compositions."""
    quantities = {
        "activity": made["annual"], "heat": made["annual_heat"], "capacity": made["capacity"],
        "level": made["level"], "trade": made["trade"], "spend": made["spend"], "constant": None,
    }  # fmt: skip
    entries = [_direct(p, name, quantity) for name, quantity in quantities.items() if f"{name}_account_value" in p]
    entries.append(_built(p, decisions))
    origins = sorted({origin for _, names, _ in entries for origin in names})
    places = {origin: place for place, origin in enumerate(origins)}
    direct = np.zeros((p.sizes["indicator"], len(origins), p.sizes["year"]))
    indicators = p.get_index("indicator")
    for names, items, values in entries:
        np.add.at(direct, (indicators.get_indexer(names), [places[item] for item in items]), values)
    whole = np.stack(
        [np.linalg.solve(np.eye(len(indicators)) - composed, direct[:, :, y]) for y, composed in enumerate(_composed(p))], axis=2
    )
    return xr.DataArray(
        whole,
        dims=("indicator", "origin", "year"),
        coords={"indicator": p["indicator"].values, "origin": np.array(origins, dtype=str), "year": p["year"].values},
    )


def _direct(p: xr.Dataset, name: str, quantity: xr.DataArray | None) -> tuple[list[str], list[str], np.ndarray]:
    dim = f"{name}_account"
    values = p[f"{dim}_value"].values
    items = p[f"{dim}_item"].values.tolist()
    if quantity is not None:
        amounts = quantity.reindex({quantity.dims[0]: items}).transpose(quantity.dims[0], "year").values
        values = values * np.nan_to_num(amounts)
    return p[f"{dim}_indicator"].values.tolist(), items, values


def _built(p: xr.Dataset, decisions: xr.Dataset) -> tuple[list[str], list[str], np.ndarray]:
    count = p.sizes.get("build_account", 0)
    values = np.zeros((count, p.sizes["year"]))
    if count:
        year = p.get_index("year").get_indexer(p["build_account_year"].values)
        values[np.arange(count), year] = _acted(p, decisions, "build_account")
    return p["build_account_indicator"].values.tolist(), p["build_account_measure"].values.tolist(), values


def _composed(p: xr.Dataset) -> np.ndarray:
    """Coefficients of indicators in indicators, shape (year, indicator, indicator)."""
    matrix = np.zeros((p.sizes["year"], p.sizes["indicator"], p.sizes["indicator"]))
    if "composed_account_value" in p:
        indicators = p.get_index("indicator")
        into = indicators.get_indexer(p["composed_account_indicator"].values)
        of = indicators.get_indexer(p["composed_account_item"].values)
        matrix[:, into, of] = p["composed_account_value"].values.T
    return matrix


def _curtailed(p: xr.Dataset, made: Amounts) -> xr.DataArray:
    variable = p["operation"] == "variable"
    available = p["full_load"] * p["yearly_use"] * p["availability"] * p["city_share"] * made["capacity"]
    return (available - made["annual"]).where(variable)


def _cost(p: xr.Dataset, decisions: xr.Dataset, made: Amounts) -> xr.DataArray:
    """Present value of the plan, 亿元, by component."""
    sign = xr.where(p["market_direction"] == "buy", 1.0, -1.0)
    traded = sign * made["trade_value"]
    shortfall = (p["value_of_lost_load"] * decisions["unserved"]).sum("commodity")
    firm = max(p["value_of_lost_load"].values.tolist(), default=0.0) * decisions["firm_shortfall"]
    yearly = {
        "upkeep_of_measures": (p["measure_fixed_om"] * made["level"]).sum("measure"),
        "upkeep": (p["fixed_om"] * p["city_share"] * made["capacity"]).sum("technology"),
        "variable": (p["variable_cost"] * made["annual"]).sum("technology") + (p["heat_cost"] * made["annual_heat"]).sum("technology"),
        "purchases": traded.where(sign > 0, 0.0).sum("market"),
        "revenue": traded.where(sign < 0, 0.0).sum("market"),
        "unserved": shortfall + firm,
    }
    parts = {
        "investment": float((p["charge"] * decisions["build"] - p["deferred_charge"] * decided(p, decisions, "deferred")).sum()),
        **{name: float((p["discount"] * path).sum()) for name, path in yearly.items()},
    }
    return xr.DataArray(list(parts.values()), dims="component", coords={"component": list(parts)}, attrs={"units": "亿元"})
