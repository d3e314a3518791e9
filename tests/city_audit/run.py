"""A stored run: its inputs, its years, and what it says was decided, in float64 as `results.nc` holds it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from pathlib import Path

import numpy as np
import xarray as xr

from city_audit.inputs import Inputs, Row, read_inputs
from city_audit.years import Years

left_out_if_none = ("annual_heat", "deferred")
base_rate, gigawatt_hours_per_terawatt_hour = 0.0, 1e3


@dataclass(frozen=True)
class Run:
    """Inputs, manifest and results of one run; `hours` are in float32."""

    inputs: Inputs
    manifest: dict
    results: xr.Dataset
    hours: xr.Dataset

    @cached_property
    def years(self) -> Years:
        head = self.inputs.head
        even, mid_year = head.get("span_rule") == "even", head.get("payments") == "middle"
        return Years(head["base_year"], tuple(head["years"]), self.inputs.setting("discount_rate", base_rate), even, mid_year)

    @cached_property
    def _places(self) -> dict[str, dict]:
        return {str(dim): {label: place for place, label in enumerate(found.values.tolist())} for dim, found in self.results.coords.items()}

    @cached_property
    def _arrays(self) -> dict[str, tuple[tuple[str, ...], np.ndarray]]:
        return {str(name): (tuple(map(str, found.dims)), found.values) for name, found in self.results.data_vars.items()}

    def value(self, variable: str, year: int, **at: str) -> float:
        """One number of `results.nc`; the year is a modelled one, or one of building. What an item has none of is stored as no number: 0 here."""
        if variable in left_out_if_none and not self.stores(variable):
            return 0.0
        dims, values = self._arrays[variable]
        label = {"year": year, "build_year": year, **at}
        found = float(values[tuple(self._places[dim][label[dim]] for dim in dims)])
        return 0.0 if isnan(found) else found

    def stores(self, variable: str) -> bool:
        return variable in self._arrays

    def told(self, variable: str, *, measure: str) -> bool:
        """Whether a decision was open for a measure."""
        return self.stores(variable) and bool(self.results[variable].sel(measure=measure).notnull().any())

    def hourly(self, technology: Row) -> bool:
        """Whether a technology is counted in GW and TWh: it runs by the hour, stores, or sits on one that does."""
        by_hour = {"dispatch", "committed", "variable", "storage", "flexibility"}
        host = self.inputs.by_id("technologies").get(technology.get("host") or "")
        return technology["operation"] in by_hour or (host is not None and self.hourly(host))

    def capacity_unit(self, technology: str) -> str:
        row = self.inputs.by_id("technologies")[technology]
        if row["operation"] == "reservoir":
            return "GWh"
        return "GW" if self.hourly(row) else row["capacity_unit"]

    def activity_unit(self, technology: str) -> str:
        row = self.inputs.by_id("technologies")[technology]
        return "TWh" if self.hourly(row) else row["activity_unit"]

    def by_hour(self, commodity: str) -> bool:
        return self.inputs.by_id("commodities")[commodity]["balance"] == "hourly"

    def commodity_unit(self, commodity: str) -> str:
        return "TWh" if self.by_hour(commodity) else self.inputs.by_id("commodities")[commodity]["unit"]

    def city_share(self, technology: str) -> float:
        """Share of a technology in the city's balance and cost: the regional share where it serves the region."""
        serves = self.inputs.by_id("technologies")[technology].get("serves") or "city"
        return self.inputs.setting("regional_share", 0.0) if serves == "region" else 1.0


def open_run(folder: Path) -> Run:
    """The run in a folder: `inputs/<case>`, `manifest.json`, `results.nc`, `hours.nc`. Raises ValueError where numbers were changed for the run."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest.get("changes"):
        raise ValueError(f"{folder} was solved with {manifest['changes']}, which its inputs do not hold")
    results, hours = (xr.load_dataset(folder / name) for name in ("results.nc", "hours.nc"))
    return Run(read_inputs(folder / "inputs" / str(results.attrs["case"])), manifest, results, hours)
