"""Carbon markets and transfers in linopy: the same rows as `model.maths.allowances`, and what payers pay of taxes, subsidies and allowances."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.linopy_variables import picked, summed


def add_allowances(model: linopy.Model, data: xr.Dataset) -> None:
    """The variables and rows of groups in the years in which they settle; none where a case has no groups."""
    group = np.nonzero(data["allowance_settles"].values)[0]
    if not len(group):
        return
    rows = pd.Index(np.arange(len(group)), name="settling")
    net = model.add_variables(coords=[rows], name="Net_Allowances")
    model.add_constraints(net - _of_outputs(model, data, data["allotted_counted"].values, rows), "=", 0, name="Net_Of_Outputs")
    limited = rows[data["gain_limited"].values[group]]
    if len(limited):
        lapsed = model.add_variables(lower=0, coords=[limited], name="Lapsed_Allowances")
        names = data["allowance_group"].values.tolist()
        share = np.array([data["gain_limit"].values[names.index(n)] for n in data["allotted_group"].values.tolist()])
        sellable = _of_outputs(model, data, share * data["allotted_verified"].values, rows).sel(settling=limited)
        model.add_constraints(net.sel(settling=limited) + lapsed + sellable, ">=", 0, name="Gain_Limit")


def _of_outputs(model: linopy.Model, data: xr.Dataset, each: np.ndarray, rows: pd.Index) -> linopy.LinearExpression:
    """Σ number · output of the year over the outputs of each group; `each` by output and year."""
    group, year = np.nonzero(data["allowance_settles"].values)
    names, years = data["allowance_group"].values, data["year"].values
    parts = []
    for by, variable in (("activity", "Annual"), ("heat", "Annual_Heat")):
        chosen = [
            (row, output)
            for row in rows
            for output in range(data.sizes["allotted"])
            if data["allotted_by"].values[output] == by and data["allotted_group"].values[output] == names[group[row]]
        ]
        if chosen:
            index = pd.Index(np.arange(len(chosen)), name="pair")
            technology = xr.DataArray([str(data["allotted_technology"].values[output]) for _, output in chosen], coords=[index])
            at = xr.DataArray([years[year[row]] for row, _ in chosen], coords=[index])
            numbers = xr.DataArray([each[output, year[row]] for row, output in chosen], coords=[index])
            runs = picked(model.variables[variable], technology=technology, year=at)
            parts.append(summed(numbers * runs, xr.DataArray([row for row, _ in chosen], coords=[index]), rows))
    return linopy.merge(parts)


def allowance_costs(model: linopy.Model, data: xr.Dataset) -> list[tuple[linopy.LinearExpression, xr.DataArray, xr.DataArray]]:
    """What allowances cost, over the dim `settling`, with the payer and the year of each."""
    group, year = np.nonzero(data["allowance_settles"].values)
    if not len(group):
        return []
    rows = pd.Index(np.arange(len(group)), name="settling")
    price = xr.DataArray(data["allowance_price"].values[group, year], coords=[rows])
    payer = xr.DataArray(data["allowance_payer"].values[group], coords=[rows])
    at = xr.DataArray(data["year"].values[year], coords=[rows])
    limited = rows[data["gain_limited"].values[group]]
    names = ("Net_Allowances", *(("Lapsed_Allowances",) if len(limited) else ()))
    parts = []
    for name in names:
        mine = rows if name == "Net_Allowances" else limited
        parts.append((price.sel(settling=mine) * model.variables[name], payer.sel(settling=mine), at.sel(settling=mine)))
    return parts


def levies(model: linopy.Model, data: xr.Dataset) -> linopy.LinearExpression | None:
    """What is paid, less what is received, on indicators: dims levied, year; None where a case has no such transfer."""
    if not data.sizes["levied"]:
        return None
    return data["levied_value"] * picked(model.variables["Indicator"], indicator=data["levied_indicator"])


def spent_on_transfers(model: linopy.Model, data: xr.Dataset, payers: pd.Index) -> list[linopy.LinearExpression]:
    """The same by payer and year, with shares of what is invested."""
    parts = []
    for cost, payer, year in allowance_costs(model, data):
        whole = cost.assign_coords(payer=payer, year=year).groupby(["payer", "year"]).sum()
        parts.append(whole.reindex({"payer": payers, "year": data["year"].values}).fillna(0))
    on_indicators = levies(model, data)
    if on_indicators is not None:
        parts.append(summed(on_indicators, data["levied_payer"], payers))
    return [*parts, *_grants(model, data, payers)]


def _grants(model: linopy.Model, data: xr.Dataset, payers: pd.Index) -> list[linopy.LinearExpression]:
    """Shares of the cash for what is built, and less of that for what comes later."""
    built = {year: place for place, year in enumerate(data["build_year"].values.tolist())}
    renewed = set(model.variables["Deferred"].indexes["measure"])
    cash = list(
        zip(*(data[f"cash_{name}"].values.tolist() for name in ("measure", "build_year", "year", "value", "deferred")), strict=True)
    )
    grants = list(
        zip(data["granted_payer"].values.tolist(), data["granted_measure"].values.tolist(), data["granted_share"].values, strict=True)
    )
    parts = []
    for name, sign, place in (("Build", 1.0, 3), ("Deferred", -1.0, 4)):
        rows = [
            (payer, k, row[1], row[2], sign * share[built[row[1]]] * row[place])
            for payer, k, share in grants
            for row in cash
            if row[0] == k and (name == "Build" or k in renewed)
        ]
        if rows:
            index = pd.Index(np.arange(len(rows)), name="granted_cash")
            payer, measure, build_year, year, value = (xr.DataArray(list(column), coords=[index]) for column in zip(*rows, strict=True))
            paid = value * picked(model.variables[name], measure=measure, build_year=build_year)
            whole = paid.assign_coords(payer=payer, year=year).groupby(["payer", "year"]).sum()
            parts.append(whole.reindex({"payer": payers, "year": data["year"].values}).fillna(0))
    return parts
