"""A solved plan as one yearly Dataset: what was decided, what follows, the targets, the baselines beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.ramps import ramp_limits

PARTS = ("measures", "growth", "residual_path", "grid_factor", "backstop")
YEARLY = (
    "build", "units", "deferred", "closed", "level", "capacity", "annual", "annual_heat", "trade", "trade_value",
    "unserved", "firm_shortfall", "indicator_value", "slack",
)  # fmt: skip
RAMPED = ("added", "renewed", "full")
HOURLY = ("activity", "online", "heat_output", "charge_power", "discharge_power", "stored", "hourly_trade", "hourly_unserved")


@dataclass(frozen=True)
class Solved:
    """One solved model: its parameters, decisions and what was worked out from them."""

    parameters: xr.Dataset
    decisions: xr.Dataset
    worked: xr.Dataset
    objective: float
    bound: float


def yearly_results(plan: Solved, base: Solved, baselines: Mapping[str, Solved], targets: xr.Dataset, labels: xr.Dataset) -> xr.Dataset:
    """Everything a report shows by the year. Parts of `fall` add up to the change of an indicator since the base year."""
    ramped = RAMPED if plan.parameters.sizes.get("ramp", 0) else ()
    made = plan.decisions[[name for name in (*YEARLY, *ramped) if name in plan.decisions]].copy()
    if ramped:
        made = made.assign(ramp_limits(plan.parameters, plan.decisions, plan.worked["level"]))
    for name in ("spend", "investment_cash", "investment_before", "contribution", "curtailed", "cost"):
        made[name] = plan.worked[name]
    made["base_indicator"] = base.worked["indicator_value"].isel(year=0, drop=True)
    made["base_contribution"] = base.worked["contribution"].isel(year=0, drop=True).reindex(origin=made["origin"]).fillna(0.0)
    made["base_annual"] = base.worked["annual"].isel(year=0, drop=True)
    made["base_capacity"] = base.worked["capacity"].isel(year=0, drop=True)
    names = list(baselines)
    made["baseline_objective"] = ("baseline", [baselines[name].objective for name in names])
    made["baseline_bound"] = ("baseline", [baselines[name].bound for name in names])
    for name, variable in (("baseline_indicator", "indicator_value"), ("baseline_capacity", "capacity")):
        made[name] = xr.concat([baselines[b].worked[variable] for b in names], dim="baseline")
    made = made.assign_coords(baseline=names)
    usual = baselines["usual"].worked["contribution"]
    made["usual_contribution"] = usual.reindex(origin=made["origin"]).fillna(0.0)
    for name in ("investment_cash", "investment_before", "spend"):
        made[f"usual_{name}"] = baselines["usual"].worked[name]
    made["balance"] = _balance(plan)
    made = made.merge(labels.sel(origin=made["origin"].values), compat="override", join="outer")
    made["fall"] = _fall(made, plan, base, baselines["usual"])
    for name in ("span_years", "discount"):
        made[name] = plan.parameters[name]
    return made.merge(targets).assign_attrs(
        labels.attrs | {"base_year": plan.parameters.attrs["base_year"], "decide_from": plan.parameters.attrs["decide_from"]}
    )


def hourly_results(plan: Solved) -> xr.Dataset:
    """Operation by the hour: GW, dims technology or market, year, day, hour."""
    made = plan.decisions[[name for name in HOURLY if name in plan.decisions]].copy()
    for name in ("demand_hourly", "available", "shape", "day_weight"):
        made[name] = plan.parameters[name]
    made["market_hourly_price"] = plan.parameters["market_price"] * plan.parameters["market_shape"]
    return made.astype(dict.fromkeys(made.data_vars, "float32"))


def _balance(plan: Solved) -> xr.DataArray:
    """Each commodity's year: put in (negative) and given out (positive) by technology, bought, sold, demanded.

    Dims commodity, balance_entry (technology, market or `demand`, `unserved`), year.
    """
    p, made = plan.parameters, plan.worked
    entries = [*p["technology"].values.tolist(), *p["market"].values.tolist(), "demand", "unserved"]
    places = {name: place for place, name in enumerate(entries)}
    commodities = p.get_index("commodity")
    values = np.zeros((len(commodities), len(entries), p.sizes["year"]))
    activity = (made["annual"] + p["heat_loss"] * made["annual_heat"]).transpose("technology", "year")
    power = made["annual"].transpose("technology", "year")
    for place, (g, c) in enumerate(zip(p["flow_technology"].values.tolist(), p["flow_commodity"].values.tolist(), strict=True)):
        storage = str(p["operation"].sel(technology=g).item()) == "storage"
        flow = p["flow_value"].values[place]
        amount = _storage_net(plan, g) if storage else flow * np.where(flow > 0, power.sel(technology=g), activity.sel(technology=g))
        values[commodities.get_loc(c), places[g]] += amount
    for g, c in zip(p["technology"].values.tolist(), p["heat"].values.tolist(), strict=True):
        if c:
            values[commodities.get_loc(c), places[g]] += made["annual_heat"].sel(technology=g).values
    for t, c, way in zip(
        p["market"].values.tolist(), p["market_commodity"].values.tolist(), p["market_direction"].values.tolist(), strict=True
    ):
        values[commodities.get_loc(c), places[t]] += (1 if way == "buy" else -1) * made["trade"].sel(market=t).values
    values[:, places["demand"]] = -p["demand"].values
    values[:, places["unserved"]] = plan.decisions["unserved"].transpose("commodity", "year").values
    return xr.DataArray(
        values,
        dims=("commodity", "balance_entry", "year"),
        coords={"commodity": commodities.values, "balance_entry": entries, "year": p["year"].values},
    )


def _storage_net(plan: Solved, technology: str) -> np.ndarray:
    weight = plan.parameters["day_weight"]
    net = (plan.decisions["discharge_power"] - plan.decisions["charge_power"]).sel(technology=technology)
    return ((net * weight).sum(("day", "hour")) / 1e3).values


def _fall(made: xr.Dataset, plan: Solved, base: Solved, usual: Solved) -> xr.DataArray:
    """Change of every indicator since the base year in five parts, dims indicator, part, year.

    residual_path: the rest of the city along its stated path. grid_factor: what a kWh that the usual plan buys carries
    now against the base year. growth: what else would have changed in the usual plan. backstop: the dear stand-in.
    measures: what the plan changes against the usual one, a kWh that it no longer buys by what that would carry now.
    """
    kinds = made["origin_kind"].sel(origin=made["contribution"]["origin"].values)
    residual = kinds == "residuals"
    market = kinds == "markets"
    technologies = made["technology"].values
    stand_ins = technologies[made["technology_backstop"].values.astype(bool)] if len(technologies) else technologies
    backstop = xr.DataArray(
        np.isin(made["contribution"]["origin"].values, stand_ins),
        dims="origin",
        coords={"origin": made["contribution"]["origin"].values},
    )
    now, before = plan.worked["contribution"], made["base_contribution"]
    as_usual = usual.worked["contribution"].reindex(origin=now["origin"]).fillna(0.0)
    total = plan.worked["indicator_value"] - made["base_indicator"]
    path = (now - before).where(residual, 0.0).sum("origin")
    factor = _factor_effect(usual, base, as_usual, market)
    stand_in = now.where(backstop, 0.0).sum("origin")
    usual_rest = (usual.worked["indicator_value"] - made["base_indicator"]) - (as_usual - before).where(residual, 0.0).sum("origin")
    usual_rest = usual_rest - factor - as_usual.where(backstop, 0.0).sum("origin")
    parts = [total - path - factor - stand_in - usual_rest, usual_rest, path, factor, stand_in]
    parts = [part.reset_coords(drop=True) for part in parts]
    return (
        xr.concat(parts, dim="part", coords="minimal", compat="override", join="override")
        .assign_coords(part=list(PARTS))
        .transpose("indicator", "part", "year")
    )


def _factor_effect(solved: Solved, base: Solved, contribution: xr.DataArray, market: xr.DataArray) -> xr.DataArray:
    markets = [name for name in contribution["origin"].values[market.values].tolist() if name in solved.parameters["market"].values]
    effect = xr.zeros_like(solved.worked["indicator_value"])
    for name in markets:
        trade, at_base = solved.worked["trade"].sel(market=name), float(base.worked["trade"].sel(market=name).isel(year=0))
        if at_base > 0 and name in base.worked["contribution"]["origin"].values:
            factor = base.worked["contribution"].sel(origin=name).isel(year=0, drop=True) / at_base
            effect = effect + contribution.sel(origin=name, drop=True) - factor * trade.drop_vars("market")
    return effect
