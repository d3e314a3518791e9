"""What of the first decided years hangs on how the unrecorded past is read: the plan under each of the three readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import xarray as xr

from model.case.change.levers import with_history
from model.case.parameters.day_choice import number_of
from model.case.parameters.history import Mode
from model.study.plan.solve import get_ready, plan_of
from model.study.program.edits import leaves_short
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch

few_days = 2  # typical days on which readings are compared where the plan has more: each is a plan of its own
first_years = 4
least_share, dust = 0.05, 1e-6  # of the largest of an amount: how far readings must lie apart


def readings_compared(ready: Ready, plan: SolvedModel, watch: Watch) -> dict[str, Any]:
    """The builds of the first four decided years that differ between the readings of the past, those that move most money first.

    `days` is on how many typical days all of them were solved, `years` the decided years; `endings` {reading: "plan", "unserved" where it leaves
    something short, or why there is none}; `builds` one record for each measure: the years that `differ`, and `amounts` {reading: one a year} in canonical units. A reading with
    the same past has the same plan; what is stopped is left out.
    """
    own = ready.case.header.history
    endings, built = dict[str, str](), dict[str, xr.DataArray]()
    try:
        if number_of(ready.scope.days) > few_days:
            ready = get_ready(ready.case, replace(ready.options.quiet, days=few_days), watch)
            plan = plan_of(ready, watch)
    except NoPlan as error:
        return {"days": few_days, "years": [], "endings": {own: error.ending}, "builds": []}
    endings[own], built[own] = _ending(plan), _first_builds(ready, plan)
    for reading in get_args(Mode):
        if reading == own:
            continue
        try:
            other = get_ready(with_history(ready.case, reading), ready.options.quiet, watch, like=ready)
            same = other.past is not None and ready.past is not None and other.past.history.built == ready.past.history.built
            found = plan if same else plan_of(other, watch, like=plan)
            endings[reading] = _ending(found)
            built[reading] = _first_builds(other, found)
        except NoPlan as error:
            endings[reading] = error.ending
            if error.status == "interrupted":
                break
    years = built[own]["build_year"].values.tolist()
    return {
        "days": number_of(ready.scope.days),
        "years": years,
        "endings": endings,
        "builds": _apart(built, plan.solved.parameters["investment"]),
    }


def _ending(plan: SolvedModel) -> str:
    return "unserved" if leaves_short(plan.matrix, plan.solution) else "plan"


def _first_builds(ready: Ready, plan: SolvedModel) -> xr.DataArray:
    """(measure, build_year) amounts of the first decided years."""
    years = [span.last for span in ready.scope.timeline if span.last >= ready.scope.decide_from][:first_years]
    return plan.solved.decisions["build"].sel(build_year=years).transpose("measure", "build_year")


def _apart(built: Mapping[str, xr.DataArray], investment: xr.DataArray) -> list[dict[str, Any]]:
    """Records of the measures of which some reading builds another amount in some of these years."""
    amounts = xr.concat(list(built.values()), dim="reading").transpose("measure", "build_year", "reading")
    spread, largest = amounts.max(dim="reading") - amounts.min(dim="reading"), abs(amounts).max(dim="reading")
    apart = spread > np.maximum(least_share * largest, dust)
    money = (spread * investment.sel(build_year=spread["build_year"], measure=spread["measure"])).where(apart, 0.0).sum("build_year")
    years = spread["build_year"].values.tolist()
    found = [
        {
            "measure": str(k), "differ": [y for y, differs in zip(years, apart.sel(measure=k).values, strict=True) if differs], "money": float(money.sel(measure=k)),
            "amounts": {name: one.sel(measure=k).values.tolist() for name, one in built.items()},
        }
        for k in spread["measure"].values[apart.any(dim="build_year").values]
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one["money"], one["measure"]))
