"""A run's own plan as the reference: what it built is fixed in its program, so that it costs what the run cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.case.read.case import Case
from model.results.run import Run, RunError
from model.solve.components import SHORTFALLS
from model.solve.matrix import Matrix
from model.study.plan.reference import Reference
from model.study.plan.solve import get_ready, plan_of
from model.study.plan.solved_model import Options, Ready, SolvedModel, Watch, solved_of

same_cost = 1e-6
ease = 1e-8  # of an amount, so that what was decided to the solver's own tolerance still fits
STORED = {"Build": "build", "Units": "units"}


@dataclass(frozen=True)
class Explainee:
    """What is explained: a case to be solved, or the plan of a `run` where nothing but the run was asked for."""

    case: Case
    options: Options
    run: Run | None = None


def reference_of_run(case: Case, run: Run, options: Options, watch: Watch) -> tuple[Reference, float]:
    """The run's plan with its stored cost and the best bound known, and the least cost found: searching from it may find a cheaper plan.

    Raises NoPlan where the targets cannot all be met, RunError where the run's plan cannot be made again at its cost.
    """
    ready = get_ready(case, options, watch)
    stored = _stored(run)
    found = plan_of(ready, watch, like=_starting_from(ready, stored))
    matrix = held_as_built(found.matrix, stored)
    solver = found.solution.solver
    solver.become(matrix)
    result = solver.relax(method="simplex")
    before = float(run.manifest["objective"])
    if result.status != "optimal" or abs(result.objective - before) > same_cost * max(1.0, abs(before)):
        if result.status != "optimal":
            raise RunError("run_without_plan", run=run.name, before=f"{before:.9g}", case=run.manifest["case"])
        raise RunError(
            "run_costs_otherwise", run=run.name, now=f"{result.objective:.9g}", before=f"{before:.9g}", case=run.manifest["case"]
        )
    bound = min(max(float(run.manifest["bound"]), found.solution.bound), before)
    plan = replace(found.solution, objective=before, bound=bound, x=result.x, duals=result.duals)
    data = found.solved.parameters
    return Reference(ready, SolvedModel(solved_of(data, found.matrix, plan), found.matrix, plan)), min(before, found.solution.objective)


def held_as_built(matrix: Matrix, built: Mapping[tuple[str, object], float]) -> Matrix:
    """The matrix with these builds and whole units, by (component, index), and nothing left short."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    whole = {index[0] for component, index in matrix.columns if component == "Units" and isinstance(index, tuple)}
    for place, (component, index) in enumerate(matrix.columns):
        if component in SHORTFALLS:
            upper[place] = lower[place]
        elif component == "Units":
            lower[place] = upper[place] = round(built[component, index])
        elif component == "Build" and isinstance(index, tuple) and index[0] not in whole:  # whole ones follow from their units
            amount = built[component, index]
            lower[place] = max(lower[place], amount - ease * max(1.0, abs(amount)))
            upper[place] = min(upper[place], amount + ease * max(1.0, abs(amount)))
    return replace(matrix, lower=lower, upper=upper)


def built_in(matrix: Matrix, x: np.ndarray) -> dict[tuple[str, object], float]:
    """What a plan builds, by (component, index)."""
    return {key: value for key, value in zip(matrix.columns, x.tolist(), strict=True) if key[0] in STORED}


def _stored(run: Run) -> dict[tuple[str, object], float]:
    found: dict[tuple[str, object], float] = {}
    for component, name in STORED.items():
        if name in run.results:
            data = run.results[name]
            measures, years = (data[dim].values.tolist() for dim in ("measure", data.dims[1]))
            for k, path in zip(measures, data.transpose("measure", ...).values.tolist(), strict=True):
                found |= {(component, (k, int(y))): value for y, value in zip(years, path, strict=True)}
    return found


def _starting_from(ready: Ready, stored: Mapping[tuple[str, object], float]) -> SolvedModel:
    """The usual baseline as a place to start from, with the run's whole units as the first to be tried."""
    like = ready.usual.without_prices()
    units = {key: float(round(value)) for key, value in stored.items() if key[0] == "Units" and np.isfinite(value)}
    return replace(like, solution=replace(like.solution, warm_start=replace(like.solution.warm_start, whole=units)))
