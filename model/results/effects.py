"""What a study shows: differences to the reference as intervals from both bounds, what ranks first, which measures flip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.case.faults import CodedError, nearest
from model.results.plan_cost import scenario_costs

REFERENCE = "reference"
taken_tolerance = 1e-6
zero_tolerance = 1e-5  # 亿元; below it two costs are the same
COST = "cost"


class NoOutcome(CodedError):
    """What effects are asked on is neither cost, an indicator nor a measure of the study."""


@dataclass(frozen=True)
class Outcome:
    """What effects are measured on: cost, or an indicator or measure in a year."""

    kind: str
    item: str = ""
    year: int = 0


@dataclass(frozen=True)
class ScenarioEffect:
    """Scenario less reference. Of cost, `low`..`high` hold the true difference, proven; of anything else they are the plans' own.

    `status` is that of the scenario; without a plan all numbers are NaN.
    """

    scenario: str
    status: str
    value: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Whether the difference is certainly not zero."""
        return self.low > zero_tolerance or self.high < -zero_tolerance


@dataclass(frozen=True)
class Bar:
    """A number at its low and at its high end; None where that end is the reference itself."""

    lever: str
    low: ScenarioEffect | None
    high: ScenarioEffect | None

    @property
    def ends(self) -> tuple[ScenarioEffect, ...]:
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def swing(self) -> float:
        """How far the outcome moves at most between low, reference and high; infinite where an end has no plan."""
        values = [0.0, *(end.value for end in self.ends)]
        return float("inf") if any(np.isnan(values)) else max(values) - min(values)


@dataclass(frozen=True)
class Flip:
    """A measure taken in some scenarios and not in others."""

    measure: str
    taken: int
    of: int
    in_reference: bool


def outcome_of(results: xr.Dataset, asked: str | None) -> Outcome:
    """INDICATOR[@YEAR] or MEASURE[@YEAR] (the last year without one), or cost. Raises NoOutcome."""
    if asked is None or asked == COST:
        return Outcome(COST)
    item, _, year = asked.partition("@")
    years = [int(y) for y in results["year"].values]
    if year and (not year.isdecimal() or int(year) not in years):
        raise NoOutcome("no_such_year", text=asked, year=year, years=years)
    for kind in ("indicator", "measure"):
        if item in results[kind].values:
            return Outcome(kind, item, int(year) if year else years[-1])
    known = (COST, *map(str, results["indicator"].values), *map(str, results["measure"].values))
    raise NoOutcome("no_outcome", name=item, nearest=nearest(item, known), known=known)


def values_of(results: xr.Dataset, outcome: Outcome) -> xr.DataArray:
    """The outcome by scenario."""
    if outcome.kind == COST:
        return scenario_costs(results)[0]
    data = results["indicator_value" if outcome.kind == "indicator" else "level"]
    return data.sel({outcome.kind: outcome.item, "year": outcome.year}, drop=True)


def effects(results: xr.Dataset, outcome: Outcome) -> dict[str, ScenarioEffect]:
    """{scenario: its difference to the reference}."""
    value = values_of(results, outcome)
    names = results["scenario"].values.tolist()
    base = float(value.sel(scenario=REFERENCE))
    found = value.values - base
    low = high = found
    if outcome.kind == COST:
        bound = scenario_costs(results)[1]
        low, high = bound.values - base, value.values - float(bound.sel(scenario=REFERENCE))
    status = results["status"].values.tolist()
    told = zip(names, status, found.tolist(), low.tolist(), high.tolist(), strict=True)
    return {name: ScenarioEffect(name, *rest) for name, *rest in told if name != REFERENCE}


def bars(results: xr.Dataset, outcome: Outcome) -> list[Bar]:
    """The bars of a tornado, longest first; equal ones by name."""
    known = effects(results, outcome)
    made = [
        Bar(str(lever), known.get(f"{lever}=low"), known.get(f"{lever}=high"))
        for lever in results["lever"].values
    ]  # fmt: skip
    return sorted(made, key=lambda bar: (-bar.swing, bar.lever))


def told_of_builds(results: xr.Dataset) -> np.ndarray:
    """(scenario,) which scenarios have a plan of which what is newly built is known."""
    return np.isfinite(results["objective"].values) & results["decided"].notnull().all(("measure", "year")).values


def newly_built(results: xr.Dataset, told: np.ndarray) -> np.ndarray:
    """(scenario of these, measure, year) whether a measure is built beyond what is committed, or was before decisions begin."""
    return np.asarray(results["decided"].transpose("scenario", "measure", "year").values[told] > taken_tolerance)


def flips(results: xr.Dataset) -> list[Flip]:
    """Measures taken in some scenarios with a plan and not in others, most divided first: built beyond what is committed, or was before decisions begin."""
    told = told_of_builds(results)
    taken = np.asarray(newly_built(results, told).any(axis=2))
    reference = results["scenario"].values[told].tolist().index(REFERENCE)
    many = len(taken)
    found = [
        Flip(str(measure), int(column.sum()), many, bool(column[reference]))
        for measure, column in zip(results["measure"].values, taken.T, strict=True)
        if 0 < column.sum() < many
    ]
    return sorted(found, key=lambda flip: (-min(flip.taken, flip.of - flip.taken), flip.measure))


def told_apart(effect: ScenarioEffect) -> str:
    """A key for what is proven: no_plan, proven or no_difference."""
    return "no_plan" if np.isnan(effect.value) else "proven" if effect.proven else "no_difference"
