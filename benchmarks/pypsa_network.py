"""The reduced power case as a PyPSA network, from the same parameters.

A typical day of a modelled year is one investment period: so storage closes on itself within each day, and what was built lasts
through every day of the years after. What is paid for having a unit (annuities, fixed O&M) is spread over its periods; a period
weighs the present value of its year times the day's share of the year.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pypsa
import xarray as xr

from benchmarks.pypsa_units import (
    Unit,
    buildable,
    bus,
    electricity,
    measures,
    open_years,
    periods_per_year,
    series,
    standing,
)

days_per_year, thousand = 365.0, 1e3


def network(data: xr.Dataset) -> pypsa.Network:
    """Generators and storage that stand, one of each by measure and build year, purchases, and a dear generator for demand not served."""
    n = pypsa.Network()
    years, days = data["year"].values, np.arange(data.sizes["day"])
    periods = [int(period) for period in (years[:, None] * periods_per_year + days).ravel()]
    n.snapshots = pd.MultiIndex.from_product([periods, data["hour"].values], names=["period", "timestep"])
    n.investment_periods = periods
    share = data["day_weight"].values / days_per_year
    n.investment_period_weightings["objective"] = (data["discount"].values[:, None] * share).ravel()
    n.snapshot_weightings["objective"] = days_per_year / thousand
    n.add("Carrier", bus)
    n.add("Bus", bus, carrier=bus)
    n.add("Load", "demand", bus=bus, p_set=series(n.snapshots, data["demand_hourly"].sel(commodity=electricity)))
    units = [*standing(n.snapshots, data), *buildable(n.snapshots, data)]
    for component in ("Generator", "StorageUnit"):
        _add(n, component, [unit for unit in units if unit.component == component])
    _purchases(n, data)
    _potentials(n, data)
    return n


def standing_fixed_om(data: xr.Dataset) -> float:
    """Present value of the fixed O&M of what stands, 亿元: no decision changes it, so PyPSA leaves it out of its objective."""
    return float((data["discount"] * data["fixed_om"] * data["city_share"] * data["existing"]).sum())


def _add(n: pypsa.Network, component: str, units: list[Unit]) -> None:
    """All units of a component at once."""
    if units:
        static = pd.DataFrame({unit.name: unit.static for unit in units}).T.infer_objects()
        static = static.fillna(
            {"p_nom": 0.0, "p_nom_extendable": False, "carrier": bus, "p_nom_min": 0.0, "p_nom_max": np.inf, "capital_cost": 0.0}
        )
        by_hour = {name: pd.DataFrame({unit.name: unit.series[name] for unit in units}) for name in units[0].series}
        n.add(component, static.index, **{str(name): values.infer_objects() for name, values in static.items()}, **by_hour)


def _purchases(n: pypsa.Network, data: xr.Dataset) -> None:
    level = xr.ones_like(data["demand_hourly"].isel(commodity=0, drop=True))
    for market in data["market"].values[data["market_commodity"].values == electricity].tolist():
        here = data.sel(market=market)
        power = here["market_power"]
        n.add(
            "Generator", market, bus=bus, p_nom=float(power.max()), p_max_pu=series(n.snapshots, power / power.max() * level),
            marginal_cost=series(n.snapshots, here["market_price"] * here["market_shape"]),
        )  # fmt: skip
    missing = float(data["value_of_lost_load"].sel(commodity=electricity))
    n.add("Generator", "unserved", bus=bus, p_nom=float(data["demand_hourly"].sel(commodity=electricity).max()), marginal_cost=missing)


def _potentials(n: pypsa.Network, data: xr.Dataset) -> None:
    """A measure's potential over its build years, where neither one build year nor a later year's potential says as much."""
    last = int(data["year"].values[-1])
    for measure, _, size in measures(data):
        here, opened = data.sel(measure=measure), open_years(data, measure)
        n.add("Carrier", measure)
        for year in data["year"].values.tolist():
            built = [v for v in opened if v <= year]
            potential = float(here["potential"].sel(year=year))
            least_later = float(here["potential"].sel(year=slice(year + 1, None)).min()) if year < last else np.inf
            if len(built) > 1 and potential < least_later and potential < float(here["build_upper"].sel(build_year=built).sum()):
                n.add(
                    "GlobalConstraint", f"{measure} potential {year}", type="tech_capacity_expansion_limit", carrier_attribute=measure, sense="<=",
                    constant=potential * size, investment_period=np.nan if year == last else year * periods_per_year,
                )  # fmt: skip
