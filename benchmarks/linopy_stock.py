"""Stock in linopy: the same rows as `model.maths.stock`."""

from __future__ import annotations

import linopy
import pandas as pd
import xarray as xr

from benchmarks.linopy_variables import Sets, picked

decided = {"build": "Build", "closed": "Closed", "deferred": "Deferred"}


def add_stock(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    build, level, units, capacity = (model.variables[name] for name in ("Build", "Level", "Units", "Capacity"))
    built = build.rename(build_year="year")
    size = data["unit_size"].sel(measure=sets.whole)
    before = units.shift(year=1).fillna(0)
    model.add_constraints(built.sel(measure=sets.whole) == size * units - size * before, name="Build_In_Whole_Units")
    in_force = (data["survival"] * build).sum("build_year")
    lasting = pd.Index(data["measure"].values, name="measure").difference(sets.renewed)
    model.add_constraints(level.sel(measure=lasting) == in_force.sel(measure=lasting), name="Level_In_Force")
    model.add_constraints(acting(model, data, "effect", item="technology") - capacity, "=", -data["existing"], name="Capacity_In_Force")
    if data.sizes["stock"]:
        model.add_constraints(acting(model, data, "take", item="stock"), "<=", data["standing"], name="Taken_Within_Stock")
    if data.sizes["least"]:
        _least_sizes(model, data)
    if len(sets.renewed):
        _renewal(model, data, sets)
    if len(sets.closing):
        _closures(model, sets)


def _least_sizes(model: linopy.Model, data: xr.Dataset) -> None:
    at = {"measure": data["least_measure"], "build_year": data["least_year"]}
    built, started = picked(model.variables["Build"], **at), model.variables["Started"]
    committed = data["build_lower"].sel(at).drop_vars(list(at))
    model.add_constraints(built - data["least_size"] * started, ">=", committed, name="Least_Size")
    model.add_constraints(built - data["least_most"] * started, "<=", committed, name="Nothing_Unless_Started")


def _renewal(model: linopy.Model, data: xr.Dataset, sets: Sets) -> None:
    build, level = (model.variables[name].sel(measure=sets.renewed) for name in ("Build", "Level"))
    survival = data["survival"].sel(measure=sets.renewed)
    deferred = model.variables["Deferred"].rename(build_year="year")
    model.add_constraints((survival * build).sum("build_year") - level - deferred, "=", 0, name="Level_Of_Renewed")
    ending = (survival.where(survival < 1, 0.0) * build).sum("build_year")
    model.add_constraints(deferred - ending, "<=", 0, name="Deferred_While_Ending")
    model.add_constraints(deferred <= build.rename(build_year="year"), name="Deferred_Of_Build")


def _closures(model: linopy.Model, sets: Sets) -> None:
    build, level = (model.variables[name].sel(measure=sets.closing) for name in ("Build", "Level"))
    closed = model.variables["Closed"]
    model.add_constraints(closed <= build, name="Closed_Of_Build")
    years = level.indexes["year"].to_numpy()
    so_far = xr.DataArray(years <= years[:, None], {"year": years, "build_year": years}, ("year", "build_year"))
    model.add_constraints((so_far.astype(float) * closed).sum("build_year") >= level, name="Closed_In_Force")


def acting(model: linopy.Model, data: xr.Dataset, what: str, *, item: str) -> linopy.LinearExpression:
    """A long table of what measures do, summed over what is decided (built, newly closed, coming later): dims `item` and year."""
    parts = []
    for by, name in decided.items():
        chosen = data[f"{what}_by"] == by
        if chosen.any():
            of = {column: data[f"{what}_{column}"][chosen] for column in ("measure", "build_year", item, "year", "value")}
            counted = picked(model.variables[name], measure=of["measure"], build_year=of["build_year"])
            summed = (of["value"] * counted).assign_coords({item: of[item], "year": of["year"]}).groupby([item, "year"]).sum()
            parts.append(summed.reindex({item: data[item].values, "year": data["year"].values}).fillna(0))
    return linopy.merge(parts)
