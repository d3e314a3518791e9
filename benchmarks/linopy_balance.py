"""Balances and adequacy in linopy: the same rows as `model.maths.balance` and `adequacy`."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.linopy_operation import hour_weight
from benchmarks.linopy_variables import Sets, picked, summed, trade_sign


def add_balance(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    trade, hourly_trade, unserved, hourly_unserved = (
        model.variables[name] for name in ("Trade", "Hourly_Trade", "Unserved", "Hourly_Unserved")
    )
    weight = hour_weight(data)
    hourly = sets.hourly_commodities
    model.add_constraints(hourly_trade @ weight - trade.sel(market=sets.hourly_markets), "=", 0, name="Trade_Of_Hours")
    model.add_constraints(hourly_unserved @ weight - unserved.sel(commodity=hourly), "=", 0, name="Unserved_Of_Hours")
    on_hourly = data["flow_commodity"].isin(hourly)
    flow = data["flow_value"]
    parts = [1 * hourly_unserved]
    for technologies, of in ((sets.hourly, "Activity"), (sets.shaped, "Annual")):
        chosen = on_hourly & data["flow_technology"].isin(technologies)
        place = data["flow_technology"][chosen]
        runs = picked(model.variables[of], technology=place)
        per_run = flow[chosen] * (data["shape"].sel(technology=place).drop_vars("technology") if of == "Annual" else 1)
        parts.append(summed(per_run * runs, data["flow_commodity"][chosen], hourly))
    storage = data["flow_technology"].isin(sets.storage) & on_hourly
    if storage.any():
        out, into = (picked(model.variables[name], technology=data["flow_technology"][storage]) for name in ("Discharge", "Charge"))
        parts.append(summed(out - into, data["flow_commodity"][storage], hourly))
    if len(sets.heating):
        parts.append(summed(1 * model.variables["Heat"], data["heat"].sel(technology=sets.heating), hourly))
    here = data.sel(market=sets.hourly_markets)
    parts.append(summed(trade_sign(here) * hourly_trade, here["market_commodity"], hourly))
    _balance(model, data, linopy.merge(parts), demand="demand_hourly", names=("Hourly_Balance", "Hourly_Balance_With_Surplus"))
    _yearly_balance(model, data, sets)


def _yearly_balance(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    annual, annual_heat, trade, unserved = (model.variables[name] for name in ("Annual", "Annual_Heat", "Trade", "Unserved"))
    yearly = pd.Index(data["commodity"].values, name="commodity").difference(sets.hourly_commodities)
    on_yearly = data["flow_commodity"].isin(yearly)
    parts = [1 * unserved.sel(commodity=yearly)]
    running = on_yearly & ~data["flow_technology"].isin(sets.storage)
    heating = on_yearly & data["flow_technology"].isin(sets.heating)
    for chosen, runs, factor in ((running, annual, None), (heating, annual_heat, data["heat_loss"])):
        if chosen.any():
            place = data["flow_technology"][chosen]
            flow = data["flow_value"][chosen] * (1 if factor is None else factor.sel(technology=place).drop_vars("technology"))
            parts.append(summed(flow * picked(runs, technology=place), data["flow_commodity"][chosen], yearly))
    here = data.sel(market=data["market_commodity"].isin(yearly))
    parts.append(summed(trade_sign(here) * trade.sel(market=here["market"].values), here["market_commodity"], yearly))
    _balance(model, data, linopy.merge(parts), demand="demand", names=("Yearly_Balance", "Yearly_Balance_With_Surplus"))
    _sales(model, data, sets)


def _balance(model: linopy.Model, data: xr.Dataset, supply: linopy.LinearExpression, *, demand: str, names: tuple[str, str]) -> None:
    """Supply equal to demand, or of what may be left over at least as much: rows of these two names."""
    balanced = supply.indexes["commodity"]
    surplus = pd.Index(data["commodity"].values[data["surplus"].values], name="commodity").intersection(balanced)
    for name, members, sign in zip(names, (balanced.difference(surplus), surplus), ("=", ">="), strict=True):
        if len(members):
            model.add_constraints(supply.sel(commodity=members), sign, data[demand].sel(commodity=members), name=name)


def _sales(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    selling = data["market"][data["market_direction"] == "sell"]
    for market in selling[selling.isin(sets.hourly_markets)].values.tolist():
        commodity = data["market_commodity"].sel(market=market)
        place = data["flow_technology"][(data["flow_commodity"] == commodity) & data["flow_technology"].isin(sets.hourly)].values
        own = (data["sale_share"].sel(technology=place) * model.variables["Annual"].sel(technology=place)).sum("technology")
        model.add_constraints(model.variables["Trade"].sel(market=market) <= own, name=f"Sale_Within_Own_Generation_{market}")


def add_adequacy(model: linopy.Model, data: xr.Dataset) -> None:
    falls = data["technology"].isin(data["credited_technology"].values)
    firm = ((data["capacity_credit"] * data["city_share"]).where(~falls, 0.0) * model.variables["Capacity"]).sum("technology")
    running = model.variables["Annual"].indexes["technology"]
    followed = (data["coincidence"].sel(technology=running) * model.variables["Annual"]).sum("technology")
    if data.sizes["credited"]:
        firm = firm + _counted(model, data, followed)
    reserve = 1 + data.attrs["reserve_margin"]
    needed = reserve * data["peak"] - data["firm_purchases"]
    model.add_constraints(firm + model.variables["Firm_Shortfall"] - reserve * followed, ">=", needed, name="Adequacy")


def _counted(model: linopy.Model, data: xr.Dataset, followed: linopy.LinearExpression) -> linopy.LinearExpression:
    """Groups whose credit falls: what counts in each segment, within capacity and within the segment's share of the peak."""
    counted = 1 * model.variables["Counted"]
    falling = pd.Index(np.unique(data["credited_technology"].values), name="technology")
    capacity = (data["firm_share"] * data["city_share"] * model.variables["Capacity"]).sel(technology=falling)
    mine = summed(counted, data["credited_technology"], falling)
    model.add_constraints(mine - capacity, "<=", 0, name="Counted_Within_Capacity")
    width = data["segment_width"]
    bounded = pd.Index(width["credit_segment"].values[np.isfinite(width.values)], name="credit_segment")
    filled, share = summed(counted, data["credited_segment"], bounded), width.sel(credit_segment=bounded)
    model.add_constraints(filled - share * followed, "<=", share * data["peak"], name="Counted_Within_Segment")
    return (data["credited_firm"] * counted).sum("credited")
