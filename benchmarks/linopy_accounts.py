"""Accounts, targets, couplings and objective in linopy: the same rows as the files of these names in `model.maths`."""

from __future__ import annotations

import linopy
import pandas as pd
import xarray as xr

from benchmarks.linopy_operation import hour_weight
from benchmarks.linopy_stock import acting
from benchmarks.linopy_transfers import allowance_costs, levies, spent_on_transfers
from benchmarks.linopy_variables import Sets, counted_payers, picked, slacks, summed, target_rows, trade_sign

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
    parts.append(-acting(model, data, "build_account", item="indicator"))
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
    payers = counted_payers(data)
    if not len(payers):
        return
    measures, kept, run, heated, traded = cash_terms(model, data)
    running, heating = run.indexes["technology"], heated.indexes["technology"]
    parts = [
        1 * model.variables["Spend"],
        -_cash_for_building(model, data, payers),
        summed(-measures, data["measure_payer"], payers),
        summed(-kept, data["technology_payer"], payers),
        summed(-run, data["technology_payer"].sel(technology=running), payers),
        summed(-heated, data["technology_payer"].sel(technology=heating), payers),
        summed(-traded, data["market_payer"], payers),
        *(-part for part in spent_on_transfers(model, data, payers)),
    ]
    model.add_constraints(linopy.merge(parts), "=", 0, name="Spend_Account")


def _cash_for_building(model: linopy.Model, data: xr.Dataset, payers: pd.Index) -> linopy.LinearExpression:
    """Cash of each payer and year for what is built, less that for what comes later."""
    payer = data["measure_payer"].sel(measure=data["cash_measure"])
    renewed = data["cash_measure"].isin(model.variables["Deferred"].indexes["measure"])
    parts = []
    for name, value, chosen in (("Build", "cash_value", xr.ones_like(renewed)), ("Deferred", "cash_deferred", renewed)):
        if chosen.any():
            of = {column: data[f"cash_{column}"][chosen] for column in ("measure", "build_year", "year")}
            counted = picked(model.variables[name], measure=of["measure"], build_year=of["build_year"])
            sign = 1 if name == "Build" else -1
            paid = (sign * data[value][chosen] * counted).assign_coords(payer=payer[chosen], year=of["year"])
            summed_up = paid.groupby(["payer", "year"]).sum()
            parts.append(summed_up.reindex({"payer": payers, "year": data["year"].values}).fillna(0))
    return linopy.merge(parts)


def paid_for_building(model: linopy.Model, data: xr.Dataset, built: str, deferred: str) -> list[linopy.LinearExpression]:
    """What is paid for what is built, and what is not as it comes later: the parameters of these names times Build and Deferred."""
    later = model.variables["Deferred"]
    return [data[built] * model.variables["Build"], data[deferred].sel(measure=later.indexes["measure"]) * later]


def cash_terms(model: linopy.Model, data: xr.Dataset) -> list[linopy.LinearExpression]:
    """What is paid each year for measures in force, for capacity kept, for what runs, for its heat and in markets."""
    annual, heat = model.variables["Annual"], model.variables["Annual_Heat"]
    running, heating = annual.indexes["technology"], heat.indexes["technology"]
    return [
        data["measure_fixed_om"] * model.variables["Level"],
        data["fixed_om"] * data["city_share"] * model.variables["Capacity"],
        data["variable_cost"].sel(technology=running) * annual,
        data["heat_cost"].sel(technology=heating) * heat,
        trade_sign(data) * model.variables["Trade_Value"],
    ]


def add_targets(model: linopy.Model, data: xr.Dataset) -> None:
    places = data.indexes["target_row"]
    indicator = picked(model.variables["Indicator"], indicator=data["target_term_indicator"], year=data["target_term_year"])
    rows = summed(data["target_term_value"] * indicator, data["target_term_row"], places)
    for name, sense, sign in (("Target_At_Most", "<=", -1), ("Target_At_Least", ">=", 1), ("Target_Exactly", "==", 1)):
        chosen = target_rows(data, sense)
        if len(chosen):
            slack = model.variables["Slack"].sel(target_row=slacks(data)[chosen].to_numpy()).assign_coords(target_row=chosen)
            lhs = rows.sel(target_row=chosen) + sign * slack
            lhs = lhs - model.variables["Surplus"] if sense == "==" else lhs
            limit = data["target_limit"].sel(target_row=chosen)
            model.add_constraints(lhs, sense, limit, name=name)


def add_couplings(model: linopy.Model, data: xr.Dataset) -> None:
    couplings = pd.Index(data["coupling_id"].values, name="coupling")
    parts = []
    for by, (of, dim) in coupled.items():
        chosen = data["coupling_term_by"] == by
        if chosen.any():
            counted = picked(model.variables[of], **{dim: data["coupling_term_item"][chosen]})
            counted = counted.rename(build_year="year") if by == "build" else counted
            parts.append(summed(data["coupling_term_value"][chosen] * counted, data["coupling_term_id"][chosen], couplings))
    for name, sense in (("Coupling_At_Most", "<="), ("Coupling_At_Least", ">="), ("Coupling_Exactly", "==")):
        chosen = couplings[data["coupling_sense"].values == sense]
        if len(chosen):
            limit = data["coupling_limit"].assign_coords(coupling=couplings).sel(coupling=chosen)
            model.add_constraints(linopy.merge(parts).sel(coupling=chosen), sense, limit, name=name)


def add_objective(model: linopy.Model, data: xr.Dataset) -> None:
    a_year = [(data["discount"] * term).sum() for term in cash_terms(model, data)]
    short = data["discount"] * (data["value_of_lost_load"].max() * model.variables["Firm_Shortfall"])
    unserved = data["discount"] * (data["value_of_lost_load"] * model.variables["Unserved"])
    built, deferred = paid_for_building(model, data, "charge", "deferred_charge")
    moved = [(data["discount"].sel(year=year).drop_vars("year") * cost).sum() for cost, _, year in allowance_costs(model, data)]
    on_indicators = levies(model, data)
    moved += [] if on_indicators is None else [(data["discount"] * on_indicators).sum()]
    model.add_objective(linopy.merge([built.sum(), -deferred.sum(), *a_year, unserved.sum(), short.sum(), *moved]))
