"""What a plan leaves short, by name: demands not served and firm capacity missing at the peak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

FIRM_CAPACITY = "firm_capacity"
tolerance = 1e-6


@dataclass(frozen=True)
class Shortfall:
    """`item` is a commodity, or `firm_capacity`; `amount` in `unit`, in the year itself."""

    item: str
    year: int
    amount: float
    unit: str


def shortfalls(results: xr.Dataset) -> list[Shortfall]:
    """Every shortfall of the years that are decided by year and item, firm capacity last; none in an accepted plan."""
    since = decided_since(results)
    return [one for one in _all_shortfalls(results) if one.year >= since]


def past_shortfalls(results: xr.Dataset) -> list[Shortfall]:
    """The same of the years before, which stop nothing."""
    since = decided_since(results)
    return [one for one in _all_shortfalls(results) if one.year < since]


def decided_since(results: xr.Dataset) -> int:
    """The first year of decisions of a run that has a past, else 0."""
    return int(results.attrs["decide_from"]) if "build_word" in results else 0


def targets_leave_short(manifest: Mapping[str, Any]) -> bool:
    """Whether what a plan leaves short may come of its targets: not where these have given as much as they can, and it is short nonetheless."""
    return manifest["status"] == "unserved" and not manifest.get("past", {}).get("onward")


def _all_shortfalls(results: xr.Dataset) -> list[Shortfall]:
    found: list[Shortfall] = []
    if "unserved" in results and results["unserved"].size:
        units = dict(zip(results["commodity"].values.tolist(), results["commodity_unit"].values.tolist(), strict=True))
        amounts = results["unserved"].transpose("year", "commodity")
        found += [
            Shortfall(str(c), int(y), float(amounts.values[place]), str(units[c]))
            for place, (y, c) in _places(amounts, "year", "commodity")
        ]
    if "firm_shortfall" in results and results["firm_shortfall"].size:
        missing = results["firm_shortfall"]
        found += [Shortfall(FIRM_CAPACITY, int(y), float(missing.values[place]), "GW") for place, (y,) in _places(missing, "year")]
    return sorted(found, key=lambda one: (one.year, one.item == FIRM_CAPACITY, one.item))


def _places(amounts: xr.DataArray, *dims: str) -> list[tuple[tuple[int, ...], tuple]]:
    """Where more is missing than the solver's own tolerance, with the coordinates there."""
    found = np.argwhere(np.nan_to_num(amounts.values) > tolerance)
    return [(tuple(place), tuple(amounts[dim].values[i] for dim, i in zip(dims, place, strict=True))) for place in found.tolist()]
