"""The planning model's variables and sets as linopy has them: labelled arrays over the dims of the parameters."""

from __future__ import annotations

from dataclasses import dataclass

import linopy
import numpy as np
import pandas as pd
import xarray as xr

most_ever_asked = 1e30
thousand = 1e3


@dataclass(frozen=True)
class Sets:
    """Members of each subset, as indexes named after their dim."""

    hourly: pd.Index
    committed: pd.Index
    flexible: pd.Index
    online: pd.Index
    variable: pd.Index
    dispatched: pd.Index
    shaped: pd.Index
    yearly: pd.Index
    saving: pd.Index
    storage: pd.Index
    linked: pd.Index
    reservoirs: pd.Index
    running: pd.Index
    heating: pd.Index
    hourly_commodities: pd.Index
    hourly_markets: pd.Index
    whole: pd.Index
    renewed: pd.Index
    closing: pd.Index


def sets_of(data: xr.Dataset) -> Sets:
    def operating(*kinds: str) -> pd.Index:
        return _members(data, "technology", data["operation"].isin(list(kinds)))

    hourly_commodities = _members(data, "commodity", data["balance"] == "hourly")
    return Sets(
        hourly=operating("dispatch", "committed", "variable"),
        committed=operating("committed"),
        flexible=operating("flexibility"),
        online=operating("committed", "flexibility"),
        variable=operating("variable"),
        dispatched=operating("dispatch"),
        shaped=operating("shaped"),
        yearly=operating("yearly"),
        saving=operating("saving"),
        storage=operating("storage"),
        linked=_members(data, "technology", (data["operation"] == "storage") & (data["span"] != "day")),
        reservoirs=operating("reservoir"),
        running=_members(data, "technology", ~data["operation"].isin(["flexibility", "reservoir"])),
        heating=_members(data, "technology", data["heat"] != ""),
        hourly_commodities=hourly_commodities,
        hourly_markets=_members(data, "market", data["market_commodity"].isin(hourly_commodities)),
        whole=_members(data, "measure", data["whole"]),
        renewed=_members(data, "measure", data["renewed_whole"]),
        closing=_members(data, "measure", data["closing"]),
    )


def _members(data: xr.Dataset, dim: str, chosen: xr.DataArray) -> pd.Index:
    return pd.Index(data[dim].values[chosen.values], name=dim)


def add_variables(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    """The variables of `model.maths`, with the same names, bounds and integrality."""
    years, days, hours = (pd.Index(data[dim].values, name=dim) for dim in ("year", "day", "hour"))
    measures, technologies, commodities, markets = (
        pd.Index(data[dim].values, name=dim) for dim in ("measure", "technology", "commodity", "market")
    )
    build_years = pd.Index(data["build_year"].values, name="build_year")
    step = [years, days, hours]
    plain = [
        ("Capacity", [technologies, years]),
        ("Activity", [sets.hourly, *step]),
        ("Online", [sets.online, years, days]),
        ("Heat", [sets.heating, *step]),
        ("Annual", [sets.running, years]),
        ("Annual_Heat", [sets.heating, years]),
        ("Charge", [sets.storage, *step]),
        ("Discharge", [sets.storage, *step]),
        ("Stored", [sets.storage, *step]),
        ("Opening", [sets.linked, years, pd.Index(data["block"].values, name="block")]),
        ("Highest", [sets.linked, years, pd.Index(data["block"].values, name="block")]),
        ("Stock", [sets.linked, years, pd.Index(data["calendar"].values, name="calendar")]),
        ("Unserved", [commodities, years]),
        ("Hourly_Unserved", [sets.hourly_commodities, *step]),
        ("Firm_Shortfall", [years]),
        ("Deferred", [sets.renewed, build_years]),
        ("Closed", [sets.closing, build_years]),
    ]
    for name, coords in plain:
        model.add_variables(lower=0, coords=coords, name=name)
    capacity = model.variables["Capacity"]
    capacity.lower = data["minimum_capacity"].transpose(*capacity.dims)
    if data.sizes["least"]:
        model.add_variables(coords=[pd.RangeIndex(data.sizes["least"], name="least")], name="Started", binary=True)
    if data.sizes["credited"]:
        model.add_variables(lower=0, coords=[pd.RangeIndex(data.sizes["credited"], name="credited"), years], name="Counted")
    most_units = _limit(data["units_upper"].sel(measure=sets.whole))
    model.add_variables(lower=0, upper=most_units, coords=[sets.whole, years], name="Units", integer=True)
    model.add_variables(lower=data["build_lower"], upper=_limit(data["build_upper"]), coords=[measures, build_years], name="Build")
    model.add_variables(lower=data["minimum"], upper=_limit(data["potential"]), coords=[measures, years], name="Level")
    model.add_variables(lower=0, upper=_limit(data["market_yearly"]), coords=[markets, years], name="Trade")
    power = _limit(data["market_power"].sel(market=sets.hourly_markets)).expand_dims(day=days, hour=hours)
    model.add_variables(
        lower=0, upper=power.transpose("market", "year", "day", "hour"), coords=[sets.hourly_markets, *step], name="Hourly_Trade"
    )
    for name, dim in (("Indicator", "indicator"), ("Trade_Value", "market")):
        model.add_variables(coords=[pd.Index(data[dim].values, name=dim), years], name=name)
    model.add_variables(coords=[counted_payers(data), years], name="Spend")
    relaxed = pd.Index(slacks(data)[data["target_enforced"].values].unique(), name="target_row")
    model.add_variables(lower=0, upper=0, coords=[relaxed], name="Slack")
    model.add_variables(lower=0, upper=0, coords=[target_rows(data, "==")], name="Surplus")


def _limit(upper: xr.DataArray) -> xr.DataArray:
    return upper.where(upper < most_ever_asked, np.inf)


def counted_payers(data: xr.Dataset) -> pd.Index:
    """Payers whose spending an indicator counts."""
    counted = set(data["spend_account_item"].values.tolist()) if "spend_account_item" in data else set()
    return pd.Index([payer for payer in data["payer"].values.tolist() if payer in counted], name="payer")


def target_rows(data: xr.Dataset, sense: str) -> pd.Index:
    """Places of enforced target rows of one sense."""
    return pd.Index(np.flatnonzero(data["target_enforced"].values & (data["target_sense"].values == sense)), name="target_row")


def slacks(data: xr.Dataset) -> pd.Series:
    """The slack of each target row, as the place of the first row of the same target and year: both sides of a band share one."""
    places = data.indexes["target_row"].to_series()
    return places.groupby([data["target_target"].values, data["target_year"].values]).transform("first")


def picked(variable: linopy.Variable, **by: xr.DataArray) -> linopy.LinearExpression:
    """The variable at each place of a long table, `by` being the table's columns."""
    return variable.sel(by).to_linexpr().drop_vars(list(by))


def summed(terms: linopy.LinearExpression, by: xr.DataArray, members: pd.Index) -> linopy.LinearExpression:
    """Terms summed by what `by` says of each; zero for members that have none."""
    dim = str(members.name)
    total = terms.groupby(by.rename("member")).sum().rename(member=dim)
    return total.reindex({dim: members}).fillna(0)


def trade_sign(data: xr.Dataset) -> xr.DataArray:
    """1 where bought, −1 where sold."""
    return xr.where(data["market_direction"] == "buy", 1.0, -1.0)
