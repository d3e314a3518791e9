"""Ramps in linopy: the same rows as `model.maths.ramps`."""

from __future__ import annotations

import linopy
import pandas as pd
import xarray as xr

from benchmarks.linopy_variables import picked, summed


def add_ramps(model: linopy.Model, data: xr.Dataset) -> None:
    """The variables and rows of groups, over the dim `ramp_row`; none where a case has no groups."""
    if not data.sizes["ramp_row"]:
        return
    rows = pd.Index(range(data.sizes["ramp_row"]), name="ramp_row")
    p = data[[str(name) for name in data.data_vars if str(name).startswith("ramp_row_")]].assign_coords(ramp_row=rows)
    room = rows[(p["ramp_row_down"] & p["ramp_row_full_level"].notnull()).values]
    added = model.add_variables(lower=0, coords=[rows], name="Added")
    renewed = model.add_variables(lower=0, coords=[rows], name="Renewed")
    built = _of_members(model, p, data, "Build", "build_year", rows)
    model.add_constraints(built - p["ramp_row_years"] * added - renewed, "=", p["ramp_row_recorded"], name="Added_Of_Group")
    ended = renewed - _ended(model, p, data, rows) if data.sizes["ramp_ended"] else 1 * renewed
    model.add_constraints(ended, "<=", p["ramp_row_leaving"], name="Renewed_Of_Ended")
    before = _before(p, rows)
    up, down = (p[f"ramp_row_{name}"].where(before >= 0, 0.0) for name in ("up_growth", "down_hold"))
    last = added.sel(ramp_row=before.clip(min=0)).assign_coords(ramp_row=rows)
    chosen = rows[p["ramp_row_up"].values]
    model.add_constraints((added - up * last).sel(ramp_row=chosen), "<=", p["ramp_row_up_limit"].sel(ramp_row=chosen), name="Ramp_Up")
    chosen, held = rows[p["ramp_row_down"].values], added - down * last
    if len(room):
        full = model.add_variables(binary=True, coords=[room], name="Full")
        held = held + (p["ramp_row_most"].sel(ramp_row=room) * full).reindex(ramp_row=rows).fillna(0)
        level = _of_members(model, p, data, "Level", "year", rows).sel(ramp_row=room)
        model.add_constraints(level - p["ramp_row_full_level"].sel(ramp_row=room) * full, ">=", 0, name="Ramp_Full")
    if len(chosen):
        model.add_constraints(held.sel(ramp_row=chosen), ">=", -p["ramp_row_down_limit"].sel(ramp_row=chosen), name="Ramp_Down")


def _before(p: xr.Dataset, rows: pd.Index) -> xr.DataArray:
    """The place of the row of the same group in the span before, −1 where there is none."""
    at = {(r, y): place for place, (r, y) in enumerate(zip(p["ramp_row_ramp"].values, p["ramp_row_year"].values, strict=True))}
    places = [at.get((r, v), -1) for r, v in zip(p["ramp_row_ramp"].values, p["ramp_row_before"].values, strict=True)]
    return xr.DataArray(places, coords=[rows])


def _of_members(model: linopy.Model, p: xr.Dataset, data: xr.Dataset, name: str, dim: str, rows: pd.Index) -> linopy.LinearExpression:
    """Σ member · variable of every row."""
    pairs = [
        (place, k, y, size)
        for place, (r, y) in enumerate(zip(p["ramp_row_ramp"].values, p["ramp_row_year"].values, strict=True))
        for ramp, k, size in zip(*(data[f"ramp_member_{column}"].values for column in ("ramp", "measure", "value")), strict=True)
        if ramp == r
    ]
    return _summed_up(model, name, dim, pairs, rows)


def _ended(model: linopy.Model, p: xr.Dataset, data: xr.Dataset, rows: pd.Index) -> linopy.LinearExpression:
    """What of a group's builds ends in the span of each row."""
    at = {(r, y): place for place, (r, y) in enumerate(zip(p["ramp_row_ramp"].values, p["ramp_row_year"].values, strict=True))}
    columns = (data[f"ramp_ended_{column}"].values for column in ("ramp", "measure", "build_year", "year", "value"))
    pairs = [(at[r, y], k, v, size) for r, k, v, y, size in zip(*columns, strict=True)]
    return _summed_up(model, "Build", "build_year", pairs, rows)


def _summed_up(model: linopy.Model, name: str, dim: str, pairs: list[tuple], rows: pd.Index) -> linopy.LinearExpression:
    table = xr.Dataset({column: ("pair", list(values)) for column, values in zip(("row", "measure", "year", "size"), zip(*pairs))})
    counted = picked(model.variables[name], measure=table["measure"], **{dim: table["year"]})
    return summed(table["size"] * counted, table["row"], rows)
