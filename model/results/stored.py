"""What storage holds, followed again hour by hour from what it takes in and gives out: on each day, or through the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

Sides = dict[str, tuple[xr.Variable, xr.Variable]]


def energy(p: xr.Dataset, capacity: xr.DataArray) -> xr.DataArray:
    """Energy that each technology can hold, GWh, dims technology, year: by its own power, and of the reservoirs on it."""
    city = p["city_share"] * capacity
    held = (p["storage_hours"] * city).transpose("technology", "year")
    for reservoir in p["technology"].values[(p["operation"] == "reservoir").values].tolist():
        host = str(p["host"].sel(technology=reservoir).item())
        held.loc[{"technology": host}] += city.sel(technology=reservoir, drop=True)
    return held


def stored(p: xr.Dataset, said: xr.Dataset, capacity: xr.DataArray) -> tuple[Sides, Sides]:
    """{rule: (what must be, the same as this)}, and {rule: (what must be, at most this)}, on the parameters' own coordinates."""
    if "stored" not in said:
        return {}, {}
    city, limits = p.variables["city_share"] * capacity.variable, energy(p, capacity)
    daily = p.variables["span"] == "day"
    held = said.variables["stored"].where(daily)
    equal = {"balance": (held, _held_on_a_day(p.variables, said.variables).where(daily))}
    over = {
        "power": (said.variables["charge_power"] + said.variables["discharge_power"], p.variables["availability"] * city),
        "energy": (held, limits.variable),
    }
    found = _durations(p, capacity, limits) if bool((p.variables["operation"] == "reservoir").any()) else {}
    found |= _through_the_calendar(p, said, limits) if p.sizes["calendar"] else {}
    whole = {
        rule: tuple(side.reindex(technology=p["technology"]).transpose("technology", "year", ...).variable for side in sides)
        for rule, sides in found.items()
    }
    return equal, over | {rule: (one, other) for rule, (one, other) in whole.items()}


def _durations(p: xr.Dataset, capacity: xr.DataArray, limits: xr.DataArray) -> dict[str, tuple[xr.DataArray, xr.DataArray]]:
    storages = set(p["technology"].values[(p["operation"] == "storage").values].tolist())
    apart = limits.sel(technology=[g for g in np.unique(p["host"].values) if g in storages])
    city = (p["city_share"] * capacity).sel(technology=apart["technology"])
    hours = p[["least_hours", "most_hours"]].sel(technology=apart["technology"])
    return {"least duration": (hours["least_hours"] * city, apart), "longest duration": (apart, hours["most_hours"] * city)}


def _held_on_a_day(p: Mapping[Any, xr.Variable], said: Mapping[Any, xr.Variable]) -> xr.Variable:
    """What follows from the hour before, the first hour of a day coming after the last of the day before it."""
    held = said["stored"]
    first = held.isel(day=p["day"].to_index().get_indexer(p["previous_day"].values), hour=-1)
    later = xr.Variable("hour", np.arange(held.sizes["hour"]) > 0)
    root = np.sqrt(p["round_trip_efficiency"])
    return (1 - p["standing_loss"]) * held.roll(hour=1).where(later, first) + root * said["charge_power"] - said["discharge_power"] / root


def _gained(p: xr.Dataset, said: xr.Dataset) -> xr.DataArray:
    root = p["round_trip_efficiency"] ** 0.5
    return root * said["charge_power"] - said["discharge_power"] / root


def _through_the_calendar(p: xr.Dataset, said: xr.Dataset, held: xr.DataArray) -> dict[str, tuple[xr.DataArray, xr.DataArray]]:
    """The stock of each place of the calendar as the hours of its block leave it: never below nothing, never above what can be held."""
    linked = p["technology"].values[(p["span"] != "day").values].tolist()
    limits = held.sel(technology=linked)
    stock = said["stock_held"].sel(technology=linked).transpose("technology", "year", "calendar")
    gained = _gained(p, said).sel(technology=linked).transpose("technology", "year", "day", "hour")
    lowest, highest, last = (xr.zeros_like(stock) for _ in range(3))
    for block in p["block"].values.tolist():
        days = _days_of(p, block)
        changes = gained.sel(day=days).values.reshape(*gained.shape[:2], -1)
        places = (p["calendar_block"] == block).values
        for at, technology in enumerate(linked):
            kept = 1 - float(p["standing_loss"].sel(technology=technology))
            level, path = stock.values[at][:, places], []
            for hour in range(changes.shape[-1]):
                level = kept * level + changes[at, :, hour, None]
                path.append(level)
            found = np.stack(path)
            lowest.values[at][:, places], highest.values[at][:, places] = found.min(axis=0), found.max(axis=0)
            last.values[at][:, places] = level
    following = {kind: stock.sel(calendar=p[f"next_in_{kind}"].values).assign_coords(calendar=p["calendar"]) for kind in ("month", "year")}
    after = xr.where(p["span"].sel(technology=linked) == "month", following["month"], following["year"])
    closes = xr.where(p["span"].sel(technology=linked) == "month", p["next_in_month"] < p["calendar"], p["next_in_year"] < p["calendar"])
    told = p["start_stock"].sel(technology=linked)
    more = closes & ((p["span"].sel(technology=linked) == "month") | told.notnull())
    begins = stock.isel(calendar=0, drop=True)
    return {
        "over days, never below nothing": (-lowest, xr.zeros_like(lowest)),
        "over days, energy": (np.maximum(highest, stock), limits),
        "over days, no more than was left": (after, last),
        "over days, all that was left": (last.where(~more), after),
        "over days, begins as told": (abs(begins - told * limits), xr.zeros_like(begins)),
    }


def _days_of(p: xr.Dataset, block: str) -> list[str]:
    """The days of a block in their order."""
    after = {before: day for day, before in zip(p["day"].values.tolist(), p["day_before"].values.tolist(), strict=True) if before}
    days = [block]
    while days[-1] in after:
        days.append(after[days[-1]])
    return days
