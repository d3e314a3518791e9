"""How much of each fall comes without the plan and how much the plan decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.fall import DECIDED, GIVEN

least = 1e-6


@dataclass(frozen=True)
class Fall:
    """By how much an indicator falls from the base year to `year`, in its canonical unit; what falls is negative.

    `past` fell until `until`, the last modelled year before decisions begin; `given` and `decided`, part by part, come after it. They add up.
    """

    indicator: str
    base_year: int
    year: int
    total: float
    given: Mapping[str, float]
    decided: Mapping[str, float]
    past: float = 0.0
    until: int | None = None

    @property
    def without_plan(self) -> float:
        return sum(self.given.values())

    @property
    def by_plan(self) -> float:
        return sum(self.decided.values())


def falls(results: xr.Dataset) -> list[Fall]:
    """Every headline indicator that falls until the last year of a target in force: CO2 first, PM2.5, then what falls by the largest share; other CO2 last.

    A run stored before some parts were told apart has them in `growth`.
    """
    columns = results.variables
    headline = (
        columns["indicator_headline"].values.astype(bool) if "indicator_headline" in columns else np.zeros(results.sizes["indicator"], bool)
    )
    found = [_fall(results, str(i)) for i in columns["indicator"].values[headline]]
    base = {str(i): abs(value) for i, value in zip(columns["indicator"].values, columns["base_indicator"].values.tolist(), strict=True)}
    fallen = [one for one in found if one.total < -least * max(1.0, base[one.indicator])]
    ranked = sorted(fallen, key=lambda one: (one.total / max(base[one.indicator], least), one.indicator))
    carbon = [one for one in ranked if one.indicator.startswith("co2")]
    return sorted(ranked, key=lambda one: 0 if one in carbon[:1] else 1 if one.indicator == "pm25" else 3 if one in carbon else 2)


def beside(results: xr.Dataset, indicator: str) -> list[Fall]:
    """What is told beside a fall: how much that of which no account is in the indicator changes, such as the CO2 that is bought in."""
    columns = results.variables
    if "indicator_beside" not in columns:
        return []
    named = zip(columns["indicator"].values.tolist(), columns["indicator_beside"].values.tolist(), strict=True)
    found = [_fall(results, str(i)) for i, others in named if indicator in str(others).split(";")]
    return [one for one in found if abs(one.total) > least or base_of(results, one.indicator) > least]


def base_of(results: xr.Dataset, indicator: str) -> float:
    """How much of an indicator there was in the base year, whatever its sign."""
    columns = results.variables
    return abs(float(columns["base_indicator"].values[columns["indicator"].values.tolist().index(indicator)]))


def last_target_year(results: xr.Dataset) -> int:
    """The last modelled year with a target in force; the last of all where there is none."""
    columns = results.variables
    years = columns["row_year"].values[columns["row_enforced"].values.astype(bool)] if results.sizes.get("target_row") else []
    return int(max(years, default=columns["year"].values[-1]))


def _fall(results: xr.Dataset, indicator: str) -> Fall:
    year, base_year = last_target_year(results), int(results.attrs["base_year"])
    columns, years = results.variables, results.variables["year"].values.tolist()  # as they stand: each amount is looked up by place
    parts = columns["fall"].isel(indicator=results.get_index("indicator").get_loc(indicator))
    before = [int(y) for y in years if y < int(results.attrs.get("decide_from", base_year + 1))]
    now = parts.isel(year=years.index(year))
    then = parts.isel(year=years.index(before[-1])) if before else xr.zeros_like(now)
    since = now - then
    told = {str(name): float(value) for name, value in zip(columns["part"].values, since.values, strict=True)}
    return Fall(
        indicator, base_year, year, float(now.sum()),
        given={name: told[name] for name in GIVEN if name in told}, decided={name: told[name] for name in DECIDED if name in told},
        past=float(then.sum()), until=before[-1] if before else None,
    )  # fmt: skip
