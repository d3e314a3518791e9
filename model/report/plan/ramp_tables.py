"""How fast groups of measures grow and fall, and how fast they may."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.report.display import attributes, dust, labels, spans
from model.report.tables import Table, by_year, table
from model.report.units import display_unit
from model.report.words import word

TOLD = ("added", "ramp_most", "ramp_least")


def ramps(results: xr.Dataset, language: str) -> Table:
    """Each group by year: what it adds a year, what it may add at most and has to at the least; empty where a case has no groups."""
    columns = ["measure_group", "item", "unit"]
    if "ramp_most" not in results:
        return table(word("title_ramps", language), columns, [])
    heads, names, units = spans(results), labels(results, "ramp", "label", language), attributes(results, "ramp", "ramp_unit")
    rows = []
    for ramp, name in names.items():
        unit, factor = display_unit(str(units[ramp]), language)
        money, times = display_unit("亿元", language)
        for what in TOLD:
            values = results[what].sel(ramp=ramp).transpose("year").values
            if np.isfinite(values).any() and (what != "ramp_least" or np.nanmax(values) > 0):
                rows.append({"measure_group": name, "item": word(what, language), "unit": unit, **by_year(heads.values(), values, factor)})
        prices = results["ramp_floor_price"].sel(ramp=ramp).transpose("year").values if "ramp_floor_price" in results else np.zeros(1)
        if np.nanmax(prices, initial=0.0) > dust:
            priced = by_year(heads.values(), prices, times / factor)
            rows.append({"measure_group": name, "item": word("ramp_floor_price", language), "unit": f"{money}/({unit})", **priced})
    return table(
        word("title_ramps", language), [*columns, *heads.values()], rows, [word("note_ramps", language), word("note_span", language)]
    )
