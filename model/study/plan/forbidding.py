"""Targets that a plan does not meet: which it relaxed, and which limits forbid that one is met even by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr

from model.results.clash import Limit
from model.solve.components import HOURLY, SLACKS
from model.solve.conflict import ElasticSolver, Proof, elastic, ray_of
from model.solve.liftable_limits import needed_limits
from model.solve.matrix import Matrix, without_columns
from model.study.program.limits import limits_of
from model.study.program.target_slacks import target_slacks
from model.study.solved.solved_model import Ready, SolvedModel

least_seconds = 20.0  # of looking for the fewest limits behind one target

Forbidding = dict[str, list[dict[str, Any]]]


def forbidding(ready: Ready, plan: SolvedModel, unmet: Sequence[str]) -> Forbidding:
    """{target: limits as records} of targets that the plan does not meet, each by itself, others free to give.

    The years alone are asked first, since the hours can only forbid more; the whole program where these do not forbid it. A target that
    others keep from being met, or whole units, has none.
    """
    found, left = Forbidding(), list(unmet)
    for matrix in (without_columns(plan.matrix, plan.matrix.mask(*HOURLY)), plan.matrix):
        if left:
            found |= {target: [asdict(one) for one in limits] for target, limits in _held(ready, plan, matrix, left)}
        left = [target for target in left if target not in found]
    return found


def relaxed(plan: SolvedModel, targets: xr.Dataset) -> np.ndarray:
    """Which rows of the targets (as `target_results` has them) the plan was let relax, and relaxes. One that short sight came upon too late is none."""
    opened = {plan.matrix.columns[place][1] for place in plan.matrix.at(*SLACKS) if plan.matrix.upper[place] > 0.0}
    keys = zip(targets["row_target"].values.tolist(), targets["row_year"].values.tolist(), strict=True)
    let = np.array([key in opened for key in keys], dtype=bool)
    return let & targets["row_enforced"].values.astype(bool) & ~targets["met"].values.astype(bool)


def _held(ready: Ready, plan: SolvedModel, matrix: Matrix, targets: Sequence[str]) -> Iterator[tuple[str, tuple[Limit, ...]]]:
    data, seconds = plan.solved.parameters, max(least_seconds, ready.seconds)
    slacks = target_slacks(ready.case, data, matrix, ready.usual.solved.worked["indicator_value"])
    solver = ElasticSolver(elastic(matrix, slacks.groups, slacks.price, shut=matrix.shortfalls), threads=ready.options.threads)
    limits = limits_of(matrix, data, ready.case, ready.scope)
    for target in targets:
        strict = solver.program.strict([target])
        result = solver.meet(strict, seconds=seconds)
        if result.status == "infeasible" and len(result.ray):
            proof = Proof(strict, ray_of(strict, result.ray))
            kept = needed_limits(lambda program, left: solver.meet(program, seconds=left), strict, proof, limits.liftable, seconds=seconds)
            yield target, limits.named(kept.proof, kept.names)
