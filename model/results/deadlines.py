"""What scenarios agree on: shares of them with each measure by year, and by when what nearly all of them build must be decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.results.effects import newly_built, taken_tolerance, told_of_builds

nearly_all = 0.95


@dataclass(frozen=True)
class InForce:
    """A measure in force in some scenarios and not in others in at least one year: its share of scenarios by year, 0 to 1."""

    measure: str
    shares: tuple[float, ...]

    @property
    def divided(self) -> float:
        """How far from agreement the most divided year is, 0 to 0.5."""
        return max(min(share, 1.0 - share) for share in self.shares)


@dataclass(frozen=True)
class Deadline:
    """When a measure is first built beyond what is committed, over the scenarios whose plans build it (`taken` of `of`).

    `earliest`, `median` and `latest` are years of the case. `decide_by` is the calendar year by which it must be decided so that the plan
    of every such scenario stays open: the first year for which `earliest` stands, less the lead time; `sets` is the scenario that sets it.
    """

    measure: str
    taken: int
    of: int
    earliest: int
    median: int
    latest: int
    lead_time: int
    decide_by: int
    sets: str

    @property
    def core(self) -> bool:
        """Whether (nearly) every scenario's plan builds it."""
        return self.taken >= nearly_all * self.of


def in_force(results: xr.Dataset) -> list[InForce]:
    """Measures that flip in any year, most divided first; scenarios without a plan do not count."""
    planned = np.isfinite(results["objective"].values)
    level = results["level"].transpose("scenario", "measure", "year").values[planned]
    shares = (np.nan_to_num(level) > taken_tolerance).mean(axis=0) if planned.any() else np.zeros(level.shape[1:])
    found = [InForce(str(k), tuple(map(float, row))) for k, row in zip(results["measure"].values, shares, strict=True)]
    return sorted((one for one in found if one.divided > 0.0), key=lambda one: (-one.divided, one.measure))


def deadlines(results: xr.Dataset) -> list[Deadline]:
    """Every measure that any scenario builds beyond what is committed: the core first, then by the year to decide by."""
    if "decided" not in results:
        return []
    planned = told_of_builds(results)
    years, names = [int(y) for y in results["year"].values], results["scenario"].values[planned].tolist()
    before = dict(zip(years, [int(results.attrs["base_year"]), *years], strict=False))
    built = newly_built(results, planned).swapaxes(0, 1)
    made = []
    for k, lead, by_scenario in zip(results["measure"].values, results["measure_lead_time"].values, built, strict=True):
        first = {name: years[int(row.argmax())] for name, row in zip(names, by_scenario, strict=True) if row.any()}
        if not first:
            continue
        ordered = sorted(first.values())
        sets = min(first, key=lambda name: first[name])
        decide_by = before[ordered[0]] + 1 - int(lead)
        middle = ordered[(len(ordered) - 1) // 2]
        made.append(Deadline(str(k), len(first), len(names), ordered[0], middle, ordered[-1], int(lead), decide_by, sets))
    return sorted(made, key=lambda one: (not one.core, one.decide_by, -one.taken, one.measure))
