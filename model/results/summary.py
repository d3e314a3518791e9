"""A solved plan as one yearly Dataset: what was decided, what follows, the targets, the baselines beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.results.committed import committed
from model.results.fall import fall, run_otherwise
from model.results.plan_cost import SHORT
from model.results.ramps import ramp_limits
from model.results.transfers import TRANSFERS

YEARLY = (
    "build", "units", "deferred", "closed", "level", "capacity", "annual", "annual_heat", "trade", "trade_value",
    "unserved", "firm_shortfall", "indicator_value", "slack",
)  # fmt: skip
RAMPED = ("added", "renewed", "full")
OVER_DAYS = ("opening", "stock_held")
HOURLY = ("activity", "online", "heat_output", "charge_power", "discharge_power", "stored", "hourly_trade", "hourly_unserved")


@dataclass(frozen=True)
class Solved:
    """One solved model: its parameters, decisions and what was worked out from them."""

    parameters: xr.Dataset
    decisions: xr.Dataset
    worked: xr.Dataset
    objective: float
    bound: float

    @property
    def short_cost(self) -> float:
        """The price of what the plan leaves short, part of the objective."""
        return float(self.worked["cost"].sel(component=SHORT))


def yearly_results(plan: Solved, base: Solved, baselines: Mapping[str, Solved], targets: xr.Dataset, labels: xr.Dataset) -> xr.Dataset:
    """Everything a report shows by the year. Parts of `fall` add up to the change of an indicator since the base year;
    `run_otherwise` is one of them taken apart by technology.
    """
    ramped = RAMPED if plan.parameters.sizes.get("ramp", 0) else ()
    made = plan.decisions[[name for name in (*YEARLY, *ramped) if name in plan.decisions]].copy()
    if ramped:
        made = made.assign(ramp_limits(plan.parameters, plan.decisions, plan.worked["level"]))
    names, usual, origins = list(baselines), baselines["usual"].worked, plan.worked["origin"]
    start = {name: base.worked[name].isel(year=0, drop=True) for name in ("indicator_value", "contribution", "annual", "capacity")}
    at_once = {  # a Dataset aligns all it has with each that comes alone
        **{name: plan.worked[name] for name in ("spend", "investment_cash", "investment_before", "contribution", "curtailed", "cost")},
        "base_indicator": start["indicator_value"],
        "base_contribution": start["contribution"].reindex(origin=origins).fillna(0.0),
        "base_annual": start["annual"],
        "base_capacity": start["capacity"],
        "baseline_objective": ("baseline", [baselines[name].objective for name in names]),
        "baseline_bound": ("baseline", [baselines[name].bound for name in names]),
        "baseline_short_cost": ("baseline", [baselines[name].short_cost for name in names]),
        "baseline_indicator": xr.concat([baselines[name].worked["indicator_value"] for name in names], dim="baseline"),
        "baseline_capacity": xr.concat([baselines[name].worked["capacity"] for name in names], dim="baseline"),
        "baseline": names,
        **_passing(plan, baselines),
        "usual_contribution": usual["contribution"].reindex(origin=origins).fillna(0.0),
        **{f"usual_{name}": usual[name] for name in ("investment_cash", "investment_before", "spend")},
        **{f"usual_{name}": baselines["usual"].decisions[name] for name in ("unserved", "firm_shortfall")},
        "balance": _balance(plan),
        **committed(plan.parameters),
    }
    made = made.assign(at_once)
    made = made.merge(labels.sel(origin=made["origin"].values), compat="override", join="outer")
    made = made.assign(
        {
            "fall": fall(made, plan=plan.worked, base=base.worked, usual=usual),
            "run_otherwise": run_otherwise(made, base=base.worked, usual=usual),
            **{name: plan.parameters[name] for name in ("span_years", "discount", "cash_discount")},
        }
    )
    return made.merge(targets).assign_attrs(
        labels.attrs | {"base_year": plan.parameters.attrs["base_year"], "decide_from": plan.parameters.attrs["decide_from"]}
    )


def _passing(plan: Solved, baselines: Mapping[str, Solved]) -> dict[str, Any]:
    """What passes as taxes, subsidies and allowances, and what plan and baselines cost at one rate and without them; nothing where a case has neither
    these nor a payer with a rate of its own.
    """
    p, made = plan.parameters, plan.worked
    one_rate = bool((p["invested_charge"] == p["charge_at_one_rate"]).all())
    if one_rate and not p.sizes["transfer"] and not p.sizes["allowance_group"]:
        return {}
    found: dict[str, Any] = {str(name): made[name] for name in made if str(name).startswith("allowance_") and p.sizes["allowance_group"]}
    found |= {
        name: plan.decisions[name]
        for name in ("net_allowances", "lapsed_allowances")
        if name in plan.decisions and p.sizes["allowance_group"]
    }
    if p.sizes["transfer"]:
        found |= {name: p[name] for name in ("transfer_kind", "transfer_payer", "transfer_receiver")} | {
            "transfer_paid": made["transfer_paid"]
        }
    for name in ("cost_at_one_rate", "cost_to_society"):
        found |= {name: made[name], f"baseline_{name}": ("baseline", [float(one.worked[name]) for one in baselines.values()])}
    parts = [
        dict(zip(one.worked["component"].values.tolist(), one.worked["cost"].values.tolist(), strict=True)) for one in baselines.values()
    ]
    return found | {f"baseline_{name}": ("baseline", [part.get(name, 0.0) for part in parts]) for name in TRANSFERS}


def hourly_results(plan: Solved) -> xr.Dataset:
    """Operation by the hour: GW, dims technology or market, year, day, hour."""
    made = plan.decisions[[name for name in HOURLY if name in plan.decisions]].copy()
    if plan.parameters.sizes["calendar"]:  # what is held of a block of days at each hour is counted from its opening
        made = made.assign({name: plan.decisions[name] for name in OVER_DAYS})
    p = plan.parameters
    given = {name: p[name] for name in ("demand_hourly", "available", "shape", "day_weight")}
    made = made.assign(given | {"market_hourly_price": p["market_price"] * p["market_shape"]})
    made = made.astype(dict.fromkeys(made.data_vars, "float32"))
    return made.assign(calendar_block=p["calendar_block"]) if p.sizes["calendar"] else made


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
