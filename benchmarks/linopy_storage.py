"""Storage in linopy: the same rows as `model.maths.storage`."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.linopy_operation import hour_weight
from benchmarks.linopy_variables import Sets, picked

no_limit = 1e30


def add_storage(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    if not len(sets.storage):
        return
    charge, discharge, stored, annual = (model.variables[name] for name in ("Charge", "Discharge", "Stored", "Annual"))
    of = data.sel(technology=sets.storage)
    capacity = of["city_share"] * model.variables["Capacity"].sel(technology=sets.storage)
    energy = _energy(model, data, sets)
    model.add_constraints(charge + discharge <= of["availability"] * capacity, name="Storage_Power")
    model.add_constraints(discharge @ hour_weight(data) - annual.sel(technology=sets.storage), "=", 0, name="Annual_Of_Storage")
    apart = pd.Index([g for g in sets.storage if g in set(data["host"].sel(technology=sets.reservoirs).values.tolist())], name="technology")
    bounded = apart[(data["most_hours"].sel(technology=apart) < no_limit).values] if len(apart) else apart
    for name, hours, members, sign in (("Least_Duration", "least_hours", apart, ">="), ("Longest_Duration", "most_hours", bounded, "<=")):
        if len(members):
            at_power = data[hours].sel(technology=members) * capacity.sel(technology=members)
            model.add_constraints(energy.sel(technology=members) - at_power, sign, 0, name=name)
    one_way = np.sqrt(of["round_trip_efficiency"])
    change, kept = one_way * charge - (1 / one_way) * discharge - stored, 1 - of["standing_loss"]
    daily = sets.storage.difference(sets.linked)
    hours = data["hour"].values
    within = (kept * stored.roll(hour=1)).sel(hour=hours[1:]) + change.sel(hour=hours[1:])
    over_night = kept * stored.sel(hour=hours[-1], drop=True)
    if len(daily):
        before = over_night.sel(technology=daily, day=data["previous_day"].values).assign_coords(day=data["day"].values)
        model.add_constraints(within.sel(technology=daily), "=", 0, name="Storage_Balance")
        model.add_constraints(before + change.sel(technology=daily, hour=hours[0], drop=True), "=", 0, name="Storage_Balance_Over_Night")
        model.add_constraints(stored.sel(technology=daily) - energy.sel(technology=daily), "<=", 0, name="Storage_Energy")
    if len(sets.linked):
        linked = sets.linked
        _within_blocks(
            model, data, linked, kept, within.sel(technology=linked), over_night.sel(technology=linked), change.sel(technology=linked)
        )
        _through_the_calendar(model, data, linked, energy.sel(technology=linked))


def _energy(model: linopy.Model, data: xr.Dataset, sets: Sets) -> linopy.LinearExpression:
    """What each storage can hold: by its own power, and of the reservoirs on it."""
    own = (data["storage_hours"] * data["city_share"]).sel(technology=sets.storage) * model.variables["Capacity"].sel(
        technology=sets.storage
    )
    if not len(sets.reservoirs):
        return own
    held = data["city_share"].sel(technology=sets.reservoirs) * model.variables["Capacity"].sel(technology=sets.reservoirs)
    host = data["host"].sel(technology=sets.reservoirs).rename("host")
    return own + held.groupby(host).sum().rename(host="technology").reindex(technology=sets.storage).fillna(0)


def _within_blocks(
    model: linopy.Model,
    data: xr.Dataset,
    linked: pd.Index,
    kept: xr.DataArray,
    within: linopy.LinearExpression,
    over_night: linopy.LinearExpression,
    change: linopy.LinearExpression,
) -> None:
    opening, highest = (model.variables[name] for name in ("Opening", "Highest"))
    first = change.sel(hour=data["hour"].values[0], drop=True)
    follows = data["day_before"] != ""
    model.add_constraints(within, "=", 0, name="Linked_Balance")
    if follows.any():
        days = data["day"].values[follows.values]
        before = over_night.sel(day=data["day_before"].values[follows.values]).assign_coords(day=days)
        model.add_constraints(before + first.sel(day=days), "=", 0, name="Linked_Balance_Over_Night")
    opened = data["day"].values[~follows.values]
    begins = kept.sel(technology=linked) * picked(opening, block=data["block_of_day"].sel(day=opened))
    model.add_constraints(begins + first.sel(day=opened), "=", 0, name="Linked_Balance_At_Opening")
    stored = model.variables["Stored"].sel(technology=linked)
    model.add_constraints(stored - picked(highest, block=data["block_of_day"]), "<=", 0, name="Highest_In_Block")


def _through_the_calendar(model: linopy.Model, data: xr.Dataset, linked: pd.Index, energy: linopy.LinearExpression) -> None:
    stock, stored = model.variables["Stock"], model.variables["Stored"]
    at = data["calendar_block"]
    opening, highest = (picked(model.variables[name], block=at) for name in ("Opening", "Highest"))
    model.add_constraints(stock - opening, ">=", 0, name="Stock_Suffices")
    model.add_constraints(stock + highest - opening - energy, "<=", 0, name="Stock_Within_Energy")
    end = data["block_end"].sel(block=at).drop_vars("block")
    last = picked(stored.sel(hour=data["hour"].values[-1], drop=True), day=end)
    for g in linked:
        span, told = str(data["span"].sel(technology=g).item()), bool(data["start_stock"].sel(technology=g).notnull())
        kept = data["kept_in_block"].sel(technology=g, block=at).drop_vars(["block", "technology"])
        left = kept * (stock - opening).sel(technology=g, drop=True) + last.sel(technology=g, drop=True)
        after = data[f"next_in_{span}"]
        carried = picked(stock.sel(technology=g, drop=True), calendar=after.rename(calendar="place").drop_vars("place"))
        carried = carried.rename(place="calendar").assign_coords(calendar=data["calendar"].values)
        closes = data["calendar"].values[(after < data["calendar"]).values]
        if len(closes) and (told or span == "month"):
            more = model.add_variables(lower=0, coords=[pd.Index(closes, name="calendar"), _years(data)], name=f"Stock_Left_{g}")
            carried = carried + (1 * more).reindex(calendar=data["calendar"].values).fillna(0)
        model.add_constraints(carried - left, "=", 0, name=f"Stock_Carried_{g}")
        if told:
            begins = stock.sel(technology=g, calendar=data["calendar"].values[0], drop=True)
            share = float(data["start_stock"].sel(technology=g))
            model.add_constraints(begins - share * energy.sel(technology=g, drop=True), "=", 0, name=f"Stock_At_Start_{g}")


def _years(data: xr.Dataset) -> pd.Index:
    return pd.Index(data["year"].values, name="year")
