"""The plan that keeps the amounts of an edited schedule, all else at least cost: what its run met is met, and nothing is left short that was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.case.parameters import parameters
from model.results.run import Run
from model.results.schedule import Amounts
from model.solve.components import SLACKS
from model.solve.matrix import Matrix
from model.study.program.edits import leaves_short, none_short
from model.study.schedule.coupled import Facts, eased_for
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch, matrix_of, solve_matrix

ease = 1e-6  # of an amount, so that what was decided to the solver's own tolerance still fits


@dataclass(frozen=True)
class HeldPlan:
    """A planner for `solve`: it holds `amounts` in the program of a run's own case."""

    run: Run
    amounts: Amounts

    def plan(self, ready: Ready, watch: Watch) -> SolvedModel:
        """Raises NoPlan, infeasible where the amounts cannot be held with all that the run keeps."""
        data, matrix = program_of(self.run, ready, watch)
        held = holding(matrix, self.amounts)
        if held is None:
            raise NoPlan("infeasible", "plan", ready)
        try:
            plan = solve_matrix(data, held, ready.options, watch, name="plan", like=starting_from(self.run, ready, data, self.amounts))
        except NoPlan as error:
            raise NoPlan(error.status, error.model, ready, earning=error.earning) from error
        if leaves_short(plan.matrix, plan.solution) and not is_short(self.run):
            raise NoPlan("infeasible", "plan", ready)
        return plan


def program_of(run: Run, ready: Ready, watch: Watch, facts: Facts | None = None) -> tuple[xr.Dataset, Matrix]:
    """The program of a run's case in which each target gives no more than it does in the run, and nothing is left short unless the run leaves something so;
    no coupling stands against the `facts`.
    """
    with watch.clock.step("parameters"):
        data = eased_for(parameters(ready.case, ready.scope), facts or Facts())
    matrix = matrix_of(data, watch, history=ready.scope.history)
    given, upper = _given(run), matrix.upper.copy()
    for place in matrix.at(*SLACKS):
        amount = given.get(matrix.columns[place], 0.0)
        if amount > ease:
            upper[place] = max(upper[place], amount * (1 + ease) + ease)
    matrix = replace(matrix, upper=upper)
    return data, matrix if is_short(run) else none_short(matrix)


def holding(matrix: Matrix, amounts: Amounts) -> Matrix | None:
    """The matrix with these amounts built; None where one of them lies beyond what can be built at all."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    places, whole = matrix.places("Build"), {index[0] for index in matrix.places("Units") if isinstance(index, tuple)}
    for key, amount in amounts.items():
        at, room = places[key], 0.0 if key[0] in whole else ease * max(1.0, abs(amount))
        if amount + ease * max(1.0, amount) < matrix.lower[at] or amount - ease * max(1.0, amount) > matrix.upper[at]:
            return None
        lower[at] = min(max(matrix.lower[at], amount - room), matrix.upper[at])
        upper[at] = max(min(matrix.upper[at], amount + room), lower[at])
    return replace(matrix, lower=lower, upper=upper)


def is_short(run: Run) -> bool:
    """Whether the run leaves something short in the years that it decides."""
    return run.manifest["status"] == "unserved"


def starting_from(run: Run, ready: Ready, data: xr.Dataset, amounts: Amounts) -> SolvedModel:
    """The usual baseline as a place to start from, with the run's whole units, and those of the amounts held, as the first to be tried."""
    like = ready.usual.without_prices()
    if "units" not in run.results:
        return like
    sizes = dict(zip(data["measure"].values.tolist(), data["unit_size"].values.tolist(), strict=True))
    build = run.results["build"].transpose("measure", "build_year")
    built = {
        k: dict(zip(build["build_year"].values.tolist(), row, strict=True))
        for k, row in zip(build["measure"].values.tolist(), build.values.tolist(), strict=True)
    }
    units: dict[tuple[str, object], float] = {}
    counted = run.results["units"].transpose("measure", "year")
    for k, path in zip(counted["measure"].values.tolist(), counted.values.tolist(), strict=True):
        if not np.isfinite(path).all():
            continue
        more = 0.0
        for y, value in zip(counted["year"].values.tolist(), path, strict=True):
            more += round((amounts.get((k, y), built[k][y]) - built[k][y]) / sizes[k])
            units["Units", (k, int(y))] = float(max(0.0, round(value) + more))
    return replace(like, solution=replace(like.solution, warm_start=replace(like.solution.warm_start, whole=units)))


def _given(run: Run) -> Mapping[tuple[str, object], float]:
    """What each target gives in the run, by the column of the program."""
    if "slack" not in run.results:
        return {}
    found = run.results["slack"].transpose("target", "year")
    return {
        ("Slack", (t, int(y))): value
        for t, row in zip(found["target"].values.tolist(), found.values.tolist(), strict=True)
        for y, value in zip(found["year"].values.tolist(), row, strict=True)
        if np.isfinite(value)
    }
