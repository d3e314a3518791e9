"""What stands and what may be built in the reduced power case, as rows of PyPSA components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

most_ever_asked = 1e30
bus, electricity = "city", "electricity"
periods_per_year = 1000  # numbers for the days of a year; what stands in one year only lives so long

Series = dict[str, pd.Series]


@dataclass(frozen=True)
class Unit:
    """One row of a PyPSA component: its fixed values, and its series over snapshots."""

    component: str
    name: str
    static: dict[str, object]
    series: Series


def standing(snapshots: pd.MultiIndex, data: xr.Dataset) -> list[Unit]:
    stands = (data["city_share"] * data["existing"]).stack(unit=("technology", "year"))
    limits = {technology: _limits(snapshots, data, technology) for technology in data["technology"].values.tolist()}
    return [
        _unit(
            data, f"{technology} standing {year}", technology, limits[technology],
            {"build_year": year * periods_per_year, "lifetime": periods_per_year, "p_nom": float(stands.sel(unit=(technology, year)))},
        )
        for technology, year in stands[stands > 0]["unit"].values.tolist()
    ]  # fmt: skip


def buildable(snapshots: pd.MultiIndex, data: xr.Dataset) -> list[Unit]:
    units = []
    for measure, technology, size in measures(data):
        limits, here = _limits(snapshots, data, technology), data.sel(measure=measure)
        for year in open_years(data, measure):
            most = min(float(here["build_upper"].sel(build_year=year)), float(here["potential"].sel(year=slice(year, None)).min()))
            static = {
                "build_year": year * periods_per_year, "lifetime": np.inf, "p_nom_extendable": True, "carrier": measure,
                "p_nom_min": float(here["build_lower"].sel(build_year=year)) * size, "p_nom_max": np.inf if most >= most_ever_asked else most * size,
                "capital_cost": _charge_a_year(data, measure, technology, year) / size,
            }  # fmt: skip
            units.append(_unit(data, f"{measure} {year}", technology, limits, static))
    return units


def measures(data: xr.Dataset) -> list[tuple[str, str, float]]:
    """Each measure with its technology and the GW, in the city's share, that one unit of it adds."""
    columns = (data["effect_measure"], data["effect_technology"], data["effect_value"])
    rows = {
        k: (k, g, value * float(data["city_share"].sel(technology=g)))
        for k, g, value in zip(*(c.values.tolist() for c in columns), strict=True)
    }
    return list(rows.values())


def open_years(data: xr.Dataset, measure: str) -> list[int]:
    upper = data["build_upper"].sel(measure=measure)
    return upper["build_year"].values[upper.values > 0].tolist()


def _unit(data: xr.Dataset, name: str, technology: str, limits: Series, static: dict[str, object]) -> Unit:
    storage = _storage(data, technology)
    own = _one_way(data, technology) if storage else {}
    by_hour = limits | {"p_min_pu": -limits["p_max_pu"]} if storage else limits
    return Unit("StorageUnit" if storage else "Generator", name, {"bus": bus} | static | own, by_hour)


def _storage(data: xr.Dataset, technology: str) -> bool:
    return str(data["operation"].sel(technology=technology).values) == "storage"


def _one_way(data: xr.Dataset, technology: str) -> dict[str, object]:
    efficiency = float(np.sqrt(data["round_trip_efficiency"].sel(technology=technology)))
    hours = float(data["storage_hours"].sel(technology=technology))
    return {
        "max_hours": hours, "efficiency_store": efficiency, "efficiency_dispatch": efficiency,
        "cyclic_state_of_charge_per_period": True,
    }  # fmt: skip


def _limits(snapshots: pd.MultiIndex, data: xr.Dataset, technology: str) -> Series:
    """How much of its capacity may run in each hour, and what that costs."""
    here = data.sel(technology=technology)
    level = xr.ones_like(data["demand_hourly"].isel(commodity=0, drop=True))
    most = series(snapshots, here["availability"] * here["available"] * level)
    cost = series(snapshots, _running_cost(data).sel(technology=technology) * level)
    return {"p_max_pu": most, "marginal_cost": cost}


def _running_cost(data: xr.Dataset) -> xr.DataArray:
    """Variable cost with fuel, 亿元 per TWh, dims technology and year."""
    cost = data["variable_cost"].copy()
    price = {c: data["market_price"].values[t] for t, c in enumerate(data["market_commodity"].values) if c != electricity}
    for place, (g, c) in enumerate(zip(data["flow_technology"].values, data["flow_commodity"].values, strict=True)):
        if c != electricity:
            cost.loc[{"technology": g}] -= data["flow_value"].values[place] * price[c]
    return cost


def _charge_a_year(data: xr.Dataset, measure: str, technology: str, built: int) -> float:
    """What a unit of a measure costs in each year it stands, the same every year at the same present value, 亿元."""
    after = data["year"] >= built
    survival = data["survival"].sel(measure=measure, build_year=built)
    fixed_om = data["measure_fixed_om"].sel(measure=measure) * survival
    effect = (data["effect_measure"] == measure) & (data["effect_build_year"] == built)
    added = xr.DataArray(data["effect_value"][effect].values, {"year": data["effect_year"][effect].values}, ("year",))
    if not bool((survival[after] == 1).all()) or len(np.unique(added)) > 1:
        raise ValueError(f"{measure} built in {built} does not stand whole to the horizon; PyPSA has no like")
    kept = (data["fixed_om"] * data["city_share"]).sel(technology=technology) * added
    paid = float(data["charge"].sel(measure=measure, build_year=built)) + float((data["discount"] * (fixed_om + kept)).sum())
    return paid / float(data["discount"][after].sum())


def series(snapshots: pd.MultiIndex, array: xr.DataArray) -> pd.Series:
    """An array over year, day and hour as a series over snapshots."""
    return pd.Series(array.transpose("year", "day", "hour").values.ravel(), index=snapshots)
