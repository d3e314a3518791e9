"""What the solver said, as one Dataset: decisions by name, with dims, units and nothing of the solver left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr


@dataclass(frozen=True)
class Decision:
    """How a component of the model is called in results: its dims and its unit ('' where it varies by item)."""

    name: str
    dims: tuple[str, ...]
    unit: str = ""


HOURLY = ("year", "day", "hour")
DECISIONS: dict[str, Decision] = {
    "Build": Decision("build", ("measure", "build_year")),
    "Units": Decision("units", ("measure", "year"), "plant_unit"),
    "Started": Decision("started", ("measure", "build_year")),
    "Deferred": Decision("deferred", ("measure", "build_year")),
    "Closed": Decision("closed", ("measure", "build_year")),
    "Level": Decision("level", ("measure", "year")),
    "Capacity": Decision("capacity", ("technology", "year")),
    "Annual": Decision("annual", ("technology", "year")),
    "Annual_Heat": Decision("annual_heat", ("technology", "year"), "TWh"),
    "Activity": Decision("activity", ("technology", *HOURLY), "GW"),
    "Online": Decision("online", ("technology", "year", "day"), "GW"),
    "Heat": Decision("heat_output", ("technology", *HOURLY), "GW"),
    "Charge": Decision("charge_power", ("technology", *HOURLY), "GW"),
    "Discharge": Decision("discharge_power", ("technology", *HOURLY), "GW"),
    "Stored": Decision("stored", ("technology", *HOURLY), "GWh"),
    "Opening": Decision("opening", ("technology", "year", "block"), "GWh"),
    "Highest": Decision("highest", ("technology", "year", "block"), "GWh"),
    "Stock": Decision("stock_held", ("technology", "year", "calendar"), "GWh"),
    "Stock_Left": Decision("stock_left", ("technology", "calendar", "year"), "GWh"),
    "Trade": Decision("trade", ("market", "year")),
    "Trade_Value": Decision("trade_value", ("market", "year"), "亿元"),
    "Hourly_Trade": Decision("hourly_trade", ("market", *HOURLY), "GW"),
    "Net_Allowances": Decision("net_allowances", ("allowance_group", "year")),
    "Lapsed_Allowances": Decision("lapsed_allowances", ("allowance_group", "year")),
    "Unserved": Decision("unserved", ("commodity", "year")),
    "Hourly_Unserved": Decision("hourly_unserved", ("commodity", *HOURLY), "GW"),
    "Counted": Decision("counted", ("technology", "credit_segment", "year"), "GW"),
    "Firm_Shortfall": Decision("firm_shortfall", ("year",), "GW"),
    "Indicator": Decision("indicator_value", ("indicator", "year")),
    "Spend": Decision("counted_spend", ("payer", "year"), "亿元"),
    "Added": Decision("added", ("ramp", "year")),
    "Renewed": Decision("renewed", ("ramp", "year")),
    "Full": Decision("full", ("ramp", "year")),
    "Slack": Decision("slack", ("target", "year")),
    "Surplus": Decision("surplus", ("target", "year")),
}


def extract(columns: Sequence[tuple[str, object]], x: np.ndarray, parameters: xr.Dataset) -> xr.Dataset:
    """Decisions as a Dataset over the parameters' own coordinates; what has no decision is NaN.

    `columns` are the keys (component, index) of the matrix, `x` their values, shape (columns,).
    Raises KeyError for a component that has no name in results.
    """
    found: dict[str, tuple[list[tuple], list[float]]] = defaultdict(lambda: ([], []))
    for (component, index), value in zip(columns, x.tolist(), strict=True):
        keys, values = found[component]
        keys.append(index if isinstance(index, tuple) else (index,))
        values.append(value)
    targets = {str(keys[0]) for component, (of, _) in found.items() if "target" in DECISIONS[component].dims for keys in of}
    arrays, indexes = {}, {**parameters.indexes, "target": pd.Index(np.array(sorted(targets), dtype=str))}
    for component, (keys, values) in found.items():
        decision = DECISIONS[component]
        coordinates = {dim: indexes[dim] for dim in decision.dims}
        array = np.full([len(coordinates[dim]) for dim in decision.dims], np.nan)
        places = [coordinates[dim].get_indexer([key[axis] for key in keys]) for axis, dim in enumerate(decision.dims)]
        array[tuple(places)] = values
        arrays[decision.name] = xr.Variable(decision.dims, array, attrs={"units": decision.unit})
    for decision in DECISIONS.values():
        sizes = [parameters.sizes.get(dim, 0) for dim in decision.dims]
        if decision.name not in arrays and "target" not in decision.dims and 0 in sizes:
            arrays[decision.name] = xr.Variable(decision.dims, np.zeros(sizes))
    used = dict.fromkeys(dim for array in arrays.values() for dim in array.dims)
    return xr.Dataset(arrays, coords={dim: indexes[dim] for dim in used if dim in indexes})
