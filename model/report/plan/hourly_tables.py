"""Typical days: who supplies the main hourly commodity in each hour of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.report.display import attributes, day_said, dust, labels, tidy
from model.report.plan.capacity_tables import stack_order
from model.report.plan.change_tables import preferred_year
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word


@dataclass(frozen=True)
class Day:
    """One typical day of one year (`typical_day`, or the `peak_day`), in `unit`: what supplies (columns of `table` in `supply`) and the load."""

    kind: str
    commodity: str
    year: int
    unit: str
    table: Table
    supply: tuple[str, ...]


def main_commodity(results: xr.Dataset) -> str | None:
    """The hourly commodity with the most suppliers and users, None where there is none."""
    hourly = [c for c, kind in attributes(results, "commodity", "commodity_balance").items() if kind == "hourly"]
    if not hourly:
        return None
    busy = (abs(results["balance"].sel(commodity=hourly)).max("year") > dust).sum("balance_entry")
    return str(busy["commodity"].values[int(np.argmax(busy.values))])


def typical_days(results: xr.Dataset, hours: xr.Dataset, language: str) -> list[Day]:
    """The day that stands for most of the year, and the day of the highest load, in 2030 or the last year."""
    commodity = main_commodity(results)
    if commodity is None or "day" not in hours.sizes:
        return []
    years = results["year"].values.tolist()
    year = preferred_year if preferred_year in years else int(years[-1])
    flows = _flows(results, hours, commodity, year)
    load = _load(hours, flows, commodity, year)
    most, peak = (
        str(hours["day"].values[int(np.argmax(hours["day_weight"].values))]),
        str(hours["day"].values[int(np.argmax(load.max("hour").values))]),
    )
    chosen = [("typical_day", most)] + ([("peak_day", peak)] if peak != most else [])
    return [
        _day(results, hours, language, flows=flows, load=load, commodity=commodity, year=year, day=day, kind=kind) for kind, day in chosen
    ]


def _flows(results: xr.Dataset, hours: xr.Dataset, commodity: str, year: int) -> dict[str, xr.DataArray]:
    """{technology or market: GW given (+) or taken (-), dims day, hour}. Shaped technologies spread their year over the hours."""
    balance = _by_name(results["balance"].sel(commodity=commodity, year=year), "balance_entry")
    annual, shape, flows = _by_name(results["annual"].sel(year=year), "technology"), hours["shape"], {}
    runs = hours["activity"].sel(year=year) if "activity" in hours else None
    running, storing = _any_hour(runs), _storing(hours, year)
    for g in results["technology"].values.tolist():
        amount = float(balance[g])
        if g in storing:
            flows[g] = (hours["discharge_power"] - hours["charge_power"]).sel(technology=g, year=year).fillna(0.0)
        elif abs(amount) > dust:
            if runs is not None and g in running and abs(annual[g]) > dust:
                flows[g] = runs.sel(technology=g).fillna(0.0) * (amount / annual[g])
            else:
                flows[g] = shape.sel(technology=g) * amount
    directions = attributes(results, "market", "market_direction")
    for t, traded in attributes(results, "market", "market_commodity").items():
        if traded == commodity and "hourly_trade" in hours:
            flows[t] = hours["hourly_trade"].sel(market=t, year=year).fillna(0.0) * (1 if directions[t] == "buy" else -1)
    return {
        name: flow.drop_vars([c for c in flow.coords if c not in ("day", "hour")])
        for name, flow in flows.items()
        if float(abs(flow).max()) > dust
    }


def _by_name(data: xr.DataArray, dim: str) -> dict[str, float]:
    return dict(zip(data[dim].values.tolist(), data.values.tolist(), strict=True))


def _any_hour(data: xr.DataArray | None) -> frozenset[str]:
    """The technologies that have a value in any hour of a year."""
    if data is None:
        return frozenset()
    told = data.notnull().any(("day", "hour"))
    return frozenset(told["technology"].values[told.values].tolist())


def _storing(hours: xr.Dataset, year: int) -> frozenset[str]:
    """The technologies that store."""
    return _any_hour(hours["discharge_power"].sel(year=year)) if "discharge_power" in hours else frozenset()


def _load(hours: xr.Dataset, flows: dict[str, xr.DataArray], commodity: str, year: int) -> xr.DataArray:
    """What the city uses in each hour, GW: demand, and what modelled technologies take (storage and sales apart)."""
    load = hours["demand_hourly"].sel(commodity=commodity, year=year).fillna(0.0)
    storing = _storing(hours, year)
    taken = [-flow for name, flow in flows.items() if name in hours["technology"].values and name not in storing]
    return sum((flow.clip(min=0.0) for flow in taken), load).drop_vars(["commodity", "year"], errors="ignore")


def _day(
    results: xr.Dataset, hours: xr.Dataset, language: str, *, flows: dict[str, xr.DataArray], load: xr.DataArray, commodity: str, year: int, day: str,
    kind: str,
) -> Day:  # fmt: skip
    unit, factor = display_unit("GW", language)
    names = {**labels(results, "technology", "label", language), **labels(results, "market", "label", language)}
    supply: dict[str, np.ndarray] = {}
    markets, storing = hours["market"].values.tolist(), _storing(hours, year)
    apart = {"charging": np.zeros(hours.sizes["hour"]), "sale": np.zeros(hours.sizes["hour"])}
    for name, flow in flows.items():
        values = flow.sel(day=day).values * factor
        if values.max() > dust * factor:
            supply[names[name]] = np.maximum(values, 0.0)
        if values.min() < -dust * factor and (name in markets or name in storing):
            apart["sale" if name in markets else "charging"] += np.maximum(-values, 0.0)
    order = stack_order(results, language)
    stacked = sorted(supply, key=lambda name: (order.get(name, len(order)), name))
    columns: dict[str, np.ndarray] = {name: supply[name] for name in stacked} | {word("load", language): load.sel(day=day).values * factor}
    columns |= {word(name, language): values for name, values in apart.items() if values.max() > dust * factor}
    hour = hours["hour"].values.tolist()
    rows = [{"hour": h, **{name: tidy(float(values[place])) for name, values in columns.items()}} for place, h in enumerate(hour)]
    weight = float(hours["day_weight"].sel(day=day))
    label = labels(results, "commodity", "label", language)[commodity]
    heading = word(f"title_{kind}", language).format(label, year, day_said(day, language), f"{weight:g}")
    made = table(word("with_unit", language).format(heading, unit), ["hour", *columns], rows, [word("note_day", language)])
    return Day(kind, label, year, unit, made, tuple(stacked))
