"""Operation in linopy: the same rows as `model.maths.operation`."""

from __future__ import annotations

import linopy
import xarray as xr

from benchmarks.linopy_variables import Sets, thousand


def add_operation(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    activity, online, annual = (model.variables[name] for name in ("Activity", "Online", "Annual"))
    capacity = data["city_share"] * model.variables["Capacity"]
    weight = hour_weight(data)
    model.add_constraints(activity @ weight - annual.sel(technology=sets.hourly), "=", 0, name="Annual_Of_Hours")
    on_hand = data["availability"] * capacity
    model.add_constraints(
        activity.sel(technology=sets.dispatched) <= on_hand.sel(technology=sets.dispatched), name="Dispatched_Within_Capacity"
    )
    weather = data["available"].sel(technology=sets.variable) * on_hand.sel(technology=sets.variable)
    model.add_constraints(activity.sel(technology=sets.variable) <= weather, name="Variable_Within_Weather")
    full_year = data["yearly_use"] * capacity
    least = (1 - data.attrs["curtailment_limit"]) * data["full_load"] * data["availability"]
    model.add_constraints(
        annual.sel(technology=sets.variable) >= (least * full_year).sel(technology=sets.variable), name="Curtailment_Limit"
    )
    by_year = sets.yearly.union(sets.shaped)
    limited = by_year.union(sets.saving)
    model.add_constraints(
        annual.sel(technology=limited) <= (data["availability"] * full_year).sel(technology=limited), name="Yearly_Within_Capacity"
    )
    bounded = by_year.union(sets.hourly)
    for name, quantity, sign in (("Utilisation_Floor", "utilisation_floor", ">="), ("Utilisation_Ceiling", "utilisation_ceiling", "<=")):
        share = (data[quantity] * full_year).sel(technology=bounded)
        model.add_constraints(annual.sel(technology=bounded) - share, sign, 0, name=name)
    model.add_constraints(online <= on_hand.sel(technology=sets.online), name="Online_Within_Capacity")
    _committed(model, data, sets)
    _heat_and_power(model, data, sets)
    _saving(model, data, sets)


def _committed(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    activity, online = (model.variables[name] for name in ("Activity", "Online"))
    least = data["minimum_load"].sel(technology=sets.committed) * online.sel(technology=sets.committed)
    if len(sets.flexible):
        flexible = online.sel(technology=sets.flexible)
        host = data["host"].sel(technology=sets.flexible).rename("host")
        cut = data["minimum_load_cut"].sel(technology=sets.flexible) * flexible
        cuts = cut.groupby(host).sum().rename(host="technology").reindex(technology=sets.committed).fillna(0)
        least = least - cuts
        hosted = (1 * flexible).groupby(host).sum().rename(host="technology")
        hosts = hosted.indexes["technology"]
        model.add_constraints(hosted - online.sel(technology=hosts), "<=", 0, name="Flexible_Within_Host")
    model.add_constraints(least - activity.sel(technology=sets.committed), "<=", 0, name="Minimum_Load")
    plain = sets.committed.difference(sets.heating)
    model.add_constraints(activity.sel(technology=plain) <= online.sel(technology=plain), name="Full_Load")


def _heat_and_power(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    if not len(sets.heating):
        return
    of = data.sel(technology=sets.heating)
    heat = model.variables["Heat"]
    activity, online = (model.variables[name].sel(technology=sets.heating) for name in ("Activity", "Online"))
    model.add_constraints(heat @ hour_weight(data) - model.variables["Annual_Heat"], "=", 0, name="Annual_Heat_Of_Hours")
    model.add_constraints(activity + of["heat_loss"] * heat <= online, name="Power_Given_Up_For_Heat")
    model.add_constraints(activity >= of["back_pressure"] * heat, name="Power_With_Heat")
    model.add_constraints(heat <= of["heat_ratio"] * online, name="Heat_Within_Turbine")


def _saving(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    if not len(sets.saving):
        return
    annual = model.variables["Annual"]
    host = data["host"].sel(technology=sets.saving).rename("host")
    saved = (1 * annual.sel(technology=sets.saving)).groupby(host).sum().rename(host="technology")
    model.add_constraints(saved - annual.sel(technology=saved.indexes["technology"]), "<=", 0, name="Saving_Within_Host")


def hour_weight(data: xr.Dataset) -> xr.DataArray:
    """TWh of the year per GW in the hour, dims day and hour."""
    return (data["day_weight"] / thousand).expand_dims(hour=data["hour"].values)
