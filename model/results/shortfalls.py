"""What a plan leaves short, by name: demands not served and firm capacity missing at the peak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return [one for one in all_shortfalls(results) if one.year >= since]


def past_shortfalls(results: xr.Dataset) -> list[Shortfall]:
    """The same of the years before, which stop nothing."""
    since = decided_since(results)
    return [one for one in all_shortfalls(results) if one.year < since]


def usual_shortfalls(results: xr.Dataset) -> list[Shortfall]:
    """Those of the usual path in the years that are decided; none of a run that was stored without them."""
    names = {f"usual_{name}": name for name in ("unserved", "firm_shortfall")}
    return shortfalls(results.drop_vars(list(names.values())).rename(names)) if set(names) <= set(results.variables) else []


def decided_since(results: xr.Dataset) -> int:
    """The first year of decisions of a run that has a past, else 0."""
    return int(results.attrs["decide_from"]) if "build_word" in results else 0


def targets_leave_short(manifest: Mapping[str, Any]) -> bool:
    """Whether what a plan leaves short may come of its targets: not where these have given as much as they can, and it is short nonetheless."""
    return manifest["status"] == "unserved" and not manifest.get("past", {}).get("onward")


def all_shortfalls(results: xr.Dataset) -> list[Shortfall]:
    """Of past and decided years together, of a run or of one scenario of a study."""
    found: list[Shortfall] = []
    columns = results.variables  # as they stand: to take one out of `results` looks through all of them
    years = columns["year"].values.tolist()
    if "unserved" in columns and columns["unserved"].size:
        amounts = columns["unserved"].transpose("year", "commodity").values
        commodities, units = columns["commodity"].values.tolist(), columns["commodity_unit"].values.tolist()
        found += [Shortfall(str(commodities[c]), years[y], float(amounts[y, c]), str(units[c])) for y, c in _places(amounts)]
    if "firm_shortfall" in columns and columns["firm_shortfall"].size:
        missing = columns["firm_shortfall"].values
        found += [Shortfall(FIRM_CAPACITY, years[y], float(missing[y]), "GW") for (y,) in _places(missing)]
    return sorted(found, key=lambda one: (one.year, one.item == FIRM_CAPACITY, one.item))


def same_shortfalls(one: Sequence[Shortfall], other: Sequence[Shortfall]) -> bool:
    """Whether two plans leave the same short, but for what the solver's tolerance makes."""
    amounts = [{(short.item, short.year): short.amount for short in plan} for plan in (one, other)]
    size = max((short.amount for short in (*one, *other)), default=0.0)
    return all(abs(amounts[0].get(key, 0.0) - amounts[1].get(key, 0.0)) <= tolerance * max(1.0, size) for key in amounts[0] | amounts[1])


def _places(amounts: np.ndarray) -> list[list[int]]:
    """Where more is missing than the solver's own tolerance."""
    return np.argwhere(np.nan_to_num(amounts) > tolerance).tolist()
