"""Ramps worked out again: what each group adds a year, what it may add, and what it has to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.accounts import Columns

full_within = 1e-6  # of a level


@dataclass(frozen=True)
class Ramped:
    """By row of a ramp (a group in a year), shape (rows,): what ends there and may be renewed, what is added a year, the most and the least that

    may be, infinite where there is none. `least` counts a group that has no room for another unit as held by nothing.
    """

    ended: np.ndarray
    added: np.ndarray
    most: np.ndarray
    least: np.ndarray


def ramped(p: Columns, build: xr.Variable, level: xr.Variable, renewed: np.ndarray) -> Ramped:
    """`build` has dims measure, build_year, `level` measure, year; `renewed` is what of the builds of each row replaces what ends."""
    rows = list(zip(p["ramp_row_ramp"].values.tolist(), p["ramp_row_year"].values.tolist(), strict=True))
    at = {row: place for place, row in enumerate(rows)}
    measures, years = ({item: place for place, item in enumerate(p[dim].values.tolist())} for dim in ("measure", "year"))
    amounts, stood = build.transpose("measure", "build_year").values, level.transpose("measure", "year").values
    ended = p["ramp_row_leaving"].values.copy()
    for r, k, v, y, size in zip(
        *(p[f"ramp_ended_{name}"].values for name in ("ramp", "measure", "build_year", "year", "value")), strict=True
    ):
        ended[at[str(r), int(y)]] += size * amounts[measures[str(k)], years[int(v)]]
    built, stands = np.zeros(len(rows)), np.zeros(len(rows))
    for r, k, size in zip(*(p[f"ramp_member_{name}"].values for name in ("ramp", "measure", "value")), strict=True):
        for place, (ramp, y) in enumerate(rows):
            if ramp == r:
                built[place] += size * amounts[measures[str(k)], years[int(y)]]
                stands[place] += size * stood[measures[str(k)], years[int(y)]]
    added = (built - p["ramp_row_recorded"].values - renewed) / p["ramp_row_years"].values
    before = np.array(
        [added[at[r, int(v)]] if v else 0.0 for (r, _), v in zip(rows, p["ramp_row_before"].values, strict=True)], dtype=float
    )  # fmt: skip
    most = np.where(p["ramp_row_up"].values, p["ramp_row_up_limit"].values + p["ramp_row_up_growth"].values * before, np.inf)
    full = stands >= p["ramp_row_full_level"].values - full_within * np.maximum(1.0, np.abs(stands))
    held = p["ramp_row_down"].values & ~full
    least = np.where(held, p["ramp_row_down_hold"].values * before - p["ramp_row_down_limit"].values, -np.inf)
    return Ramped(ended, added, most, least)


def ramp_limits(p: xr.Dataset, said: xr.Dataset, level: xr.DataArray) -> dict[str, xr.DataArray]:
    """What groups may and must add a year, dims ramp, year: `ramp_most`, `ramp_least`; not a number where there is no limit."""
    rows = xr.DataArray(p["ramp_row_ramp"].values, dims="ramp_row"), xr.DataArray(p["ramp_row_year"].values, dims="ramp_row")
    found = ramped(p.variables, said.variables["build"], level.variable, said["renewed"].sel(ramp=rows[0], year=rows[1]).values)
    at = p.get_index("ramp").get_indexer(rows[0].values), p.get_index("year").get_indexer(rows[1].values)
    made = {}
    for name, values in (("ramp_most", found.most), ("ramp_least", np.maximum(found.least, 0.0))):
        table = np.full((p.sizes["ramp"], p.sizes["year"]), np.nan)
        table[at] = np.where(np.isfinite(values), values, np.nan)
        made[name] = xr.DataArray(table, dims=("ramp", "year"), coords={"ramp": p["ramp"], "year": p["year"]})
    return made
