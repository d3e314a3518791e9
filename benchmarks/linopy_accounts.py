"""Accounts, targets, couplings and objective in linopy: the same rows as the files of these names in `model.maths`."""

from __future__ import annotations

import linopy
import pandas as pd
import xarray as xr

from benchmarks.linopy_operation import hour_weight
from benchmarks.linopy_variables import Sets, picked, slack_rows, summed, trade_sign

accounted = {
    "activity": ("Annual", "technology"),
    "heat": ("Annual_Heat", "technology"),
    "capacity": ("Capacity", "technology"),
    "level": ("Level", "measure"),
    "trade": ("Trade", "market"),
    "spend": ("Spend", "payer"),
    "composed": ("Indicator", "indicator"),
}
coupled = {
    "level": ("Level", "measure"),
    "build": ("Build", "measure"),
    "capacity": ("Capacity", "technology"),
    "activity": ("Annual", "technology"),
}


def add_accounts(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    indicators = pd.Index(data["indicator"].values, name="indicator")
    parts = [1 * model.variables["Indicator"]]
    for name, (of, dim) in accounted.items():
        if f"{name}_account_value" in data:
            counted = picked(model.variables[of], **{dim: data[f"{name}_account_item"]})
            parts.append(summed(-data[f"{name}_account_value"] * counted, data[f"{name}_account_indicator"], indicators))
    counted = picked(model.variables["Build"], measure=data["build_account_measure"], build_year=data["build_account_build_year"])
    by = {"indicator": data["build_account_indicator"], "year": data["build_account_year"]}
    builds = (-data["build_account_value"] * counted).assign_coords(by).groupby(list(by)).sum()
    parts.append(builds.reindex(indicator=indicators, year=data["year"].values).fillna(0))
    constant = data["constant_account_value"].groupby(data["constant_account_indicator"].rename("indicator")).sum()
    model.add_constraints(linopy.merge(parts), "=", constant.reindex(indicator=indicators, fill_value=0.0), name="Indicator_Account")
    _trade_values(model, data, sets)
    _spending(model, data)


def _trade_values(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    value, trade, hourly_trade = (model.variables[name] for name in ("Trade_Value", "Trade", "Hourly_Trade"))
    yearly = pd.Index(data["market"].values, name="market").difference(sets.hourly_markets)
    model.add_constraints(
        value.sel(market=yearly) == data["market_price"].sel(market=yearly) * trade.sel(market=yearly), name="Yearly_Trade_Value"
    )
    price = (data["market_price"] * data["market_shape"] * hour_weight(data)).sel(market=sets.hourly_markets)
    paid = (price * hourly_trade).sum(["day", "hour"])
    model.add_constraints(value.sel(market=sets.hourly_markets) == paid, name="Hourly_Trade_Value")


def _spending(model: linopy.Model, data: xr.Dataset) -> None:
    payers = pd.Index(data["payer"].values, name="payer")
    measures, kept, run, traded = cash_terms(model, data)
    running = run.indexes["technology"]
    parts = [
        1 * model.variables["Spend"],
        summed(-measures - _cash(model, data), data["measure_payer"], payers),
        summed(-kept, data["technology_payer"], payers),
        summed(-run, data["technology_payer"].sel(technology=running), payers),
        summed(-traded, data["market_payer"], payers),
    ]
    model.add_constraints(linopy.merge(parts), "=", 0, name="Spend_Account")


def _cash(model: linopy.Model, data: xr.Dataset) -> linopy.LinearExpression:
    return data["cash_a_year"].rename(build_year="year") * model.variables["Build"].rename(build_year="year")


def cash_terms(model: linopy.Model, data: xr.Dataset) -> list[linopy.LinearExpression]:
    """What is paid each year for measures in force, for capacity kept, for what runs and in markets."""
    annual = model.variables["Annual"]
    running = annual.indexes["technology"]
    return [
        data["measure_upkeep"] * model.variables["Level"],
        data["upkeep"] * data["city_share"] * model.variables["Capacity"],
        data["variable_cost"].sel(technology=running) * annual,
        trade_sign(data) * model.variables["Trade_Value"],
    ]


def add_targets(model: linopy.Model, data: xr.Dataset) -> None:
    places = data.indexes["target_row"]
    indicator = picked(model.variables["Indicator"], indicator=data["target_term_indicator"], year=data["target_term_year"])
    rows = summed(data["target_term_value"] * indicator, data["target_term_row"], places)
    slack, relaxable = model.variables["Slack"], slack_rows(data)
    for name, sense, sign in (("At_Most", "<=", -1), ("At_Least", ">=", 1), ("Exactly", "==", 0)):
        chosen = places[data["target_enforced"].values & (data["target_sense"].values == sense)]
        if len(chosen):
            lhs = rows.sel(target_row=chosen)
            lhs = lhs + sign * slack.sel(target_row=relaxable.intersection(chosen)) if sign else lhs
            limit = data["target_limit"].sel(target_row=chosen)
            model.add_constraints(lhs, sense, limit, name=f"Target_{name}")


def add_couplings(model: linopy.Model, data: xr.Dataset) -> None:
    couplings = pd.Index(data["coupling_id"].values, name="coupling")
    parts = []
    for by, (of, dim) in coupled.items():
        chosen = data["coupling_term_by"] == by
        if chosen.any():
            counted = picked(model.variables[of], **{dim: data["coupling_term_item"][chosen]})
            counted = counted.rename(build_year="year") if by == "build" else counted
            parts.append(summed(data["coupling_term_value"][chosen] * counted, data["coupling_term_id"][chosen], couplings))
    for name, sense in (("At_Most", "<="), ("At_Least", ">="), ("Exactly", "==")):
        chosen = couplings[data["coupling_sense"].values == sense]
        if len(chosen):
            limit = data["coupling_limit"].assign_coords(coupling=couplings).sel(coupling=chosen)
            model.add_constraints(linopy.merge(parts).sel(coupling=chosen), sense, limit, name=f"Coupling_{name}")


def add_objective(model: linopy.Model, data: xr.Dataset) -> None:
    a_year = [(data["discount"] * term).sum() for term in cash_terms(model, data)]
    short = data["discount"] * (data["unserved_cost"].max() * model.variables["Firm_Shortfall"])
    unserved = data["discount"] * (data["unserved_cost"] * model.variables["Unserved"])
    built = data["charge"] * model.variables["Build"]
    model.add_objective(linopy.merge([built.sum(), *a_year, unserved.sum(), short.sum()]))
