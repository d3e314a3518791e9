"""Where the change of an indicator since the base year comes from: what is given, what happens as usual, what the plan decides."""

from __future__ import annotations

import numpy as np
import xarray as xr

GIVEN = ("growth", "run_otherwise", "residual_path", "given_series", "grid_factor")
DECIDED = ("measures", "backstop")
PARTS = (*DECIDED[:1], *GIVEN, *DECIDED[1:])
least = 1e-9


def fall(made: xr.Dataset, *, plan: xr.Dataset, base: xr.Dataset, usual: xr.Dataset) -> xr.DataArray:
    """Change of every indicator since the base year in seven parts, dims indicator, part, year; `plan`, `base` and `usual` are accounts worked out.

    GIVEN, which is the usual path less the base year, comes without the plan. residual_path: the rest of the city along its stated path.
    given_series: drivers that count in an indicator (background air). grid_factor: what a kWh that the usual plan buys carries now against the
    base year. run_otherwise: what stands runs other hours, or gives off other amounts in them (coal power's hours, scrap for ore), see below.
    growth: what else changes on the usual path.
    DECIDED, the plan less the usual path. measures: all of it but the backstop, a kWh that is no longer bought by what it would carry now.
    """
    now, before = plan["contribution"], made["base_contribution"]
    origins = now["origin"].values
    kinds = made["origin_kind"].sel(origin=origins)
    technologies = made["technology"].values
    stand_ins = technologies[made["technology_backstop"].values.astype(bool)] if len(technologies) else technologies
    backstop = xr.DataArray(np.isin(origins, stand_ins), dims="origin", coords={"origin": origins})
    as_usual = usual["contribution"].reindex(origin=origins).fillna(0.0)
    given = {
        "run_otherwise": run_otherwise(made, base=base, usual=usual).sum("technology"),
        "residual_path": (now - before).where(kinds == "residuals", 0.0).sum("origin"),
        "given_series": (now - before).where(kinds == "drivers", 0.0).sum("origin"),
        "grid_factor": _factor_effect(usual, base, as_usual, [str(name) for name in origins[(kinds == "markets").values]]),
    }
    on_usual_path = usual["indicator_value"] - made["base_indicator"] - as_usual.where(backstop, 0.0).sum("origin")
    given["growth"] = on_usual_path - sum(given.values())
    decided = {"backstop": now.where(backstop, 0.0).sum("origin")}
    decided["measures"] = plan["indicator_value"] - made["base_indicator"] - on_usual_path - decided["backstop"]
    parts = [(given | decided)[name].reset_coords(drop=True) for name in PARTS]
    return (
        xr.concat(parts, dim="part", coords="minimal", compat="override", join="override")
        .assign_coords(part=list(PARTS))
        .transpose("indicator", "part", "year")
    )


def run_otherwise(made: xr.Dataset, *, base: xr.Dataset, usual: xr.Dataset) -> xr.DataArray:
    """By technology that stood in the base year: what it adds to an indicator on the usual path, less what as much of it would add if it ran as in
    the base year, dims indicator, technology, year. So what is built or leaves as usual is not in it.
    """
    names = [name for name in made["technology"].values.tolist() if name in base["contribution"]["origin"].values]
    capacity, stood = usual["capacity"].sel(technology=names), base["capacity"].isel(year=0, drop=True).sel(technology=names)
    before = base["contribution"].isel(year=0, drop=True).sel(origin=names).rename(origin="technology")
    now = usual["contribution"].reindex(origin=names).fillna(0.0).rename(origin="technology")
    apart = now - before * (capacity / stood.where(stood > least, 1.0))
    return apart.where(stood > least, 0.0).reset_coords(drop=True).transpose("indicator", "technology", "year")


def _factor_effect(usual: xr.Dataset, base: xr.Dataset, contribution: xr.DataArray, markets: list[str]) -> xr.DataArray:
    effect = xr.zeros_like(usual["indicator_value"])
    for name in markets:
        trade, at_base = usual["trade"].sel(market=name), float(base["trade"].sel(market=name).isel(year=0))
        if at_base > 0 and name in base["contribution"]["origin"].values:
            factor = base["contribution"].sel(origin=name).isel(year=0, drop=True) / at_base
            effect = effect + contribution.sel(origin=name, drop=True) - factor * trade.drop_vars("market")
    return effect
