"""Targets that go on after decisions begin, met as far as the past still allows: relaxed least, the earliest years first, then at least cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr

from model.solve.components import SLACKS
from model.solve.matrix import Matrix
from model.solve.search import Solution
from model.study.program.edits import for_another_aim
from model.study.program.least_relaxation import least_short_relaxation, served_relaxation
from model.study.program.target_slacks import target_slacks
from model.study.solved.program_file import write_program
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch, search_matrix, solved_of

ease = 1e-6  # of an amount given, so that it still fits to the solver's own tolerance


def plan_with_onward(
    ready: Ready, data: xr.Dataset, matrix: Matrix, watch: Watch, *, like: SolvedModel, otherwise: SolvedModel | None = None
) -> SolvedModel:  # fmt: skip
    """The cheapest plan among those that relax least what targets dated before decisions begin ask from then on; a year weighs as much as there are
    years from it to the last. `matrix` is the plan's, which `data` makes; what a like plan was let give in it is taken back.

    Where other targets cannot be met either, those that go on may give too, whatever their date. Where not even that serves everything, it is
    the plan `otherwise`, which leaves something short; without one, of the plans that leave least short. Raises NoPlan where there is none.
    """
    matrix = replace(matrix, upper=np.where(matrix.mask(*SLACKS), matrix.lower, matrix.upper))
    other, weights = for_another_aim(like), _weights(matrix)

    price = target_slacks(ready.case, data, matrix, ready.usual.solved.worked["indicator_value"]).price * weights

    def search(program: Matrix, aim: bool) -> Solution:
        plan = search_matrix(program, ready.options, watch, name="onward" if aim else "plan", like=other if aim else like)
        if plan.status == "interrupted":
            raise NoPlan("interrupted", "plan", ready)
        return plan

    giving = _of_targets(matrix, _past_ones(ready))
    plan = served_relaxation(matrix, price, search, giving)
    if plan.status == "infeasible":
        giving = _of_targets(matrix, _onward_ones(ready))
        plan = served_relaxation(matrix, price, search, giving)
    if plan.status == "infeasible" and otherwise is not None:
        return otherwise
    if plan.status == "infeasible":
        plan = least_short_relaxation(matrix, price, search, giving)
    if not len(plan.x):
        raise NoPlan(plan.status, "plan", ready)
    eased = replace(matrix, upper=np.where(giving & (plan.x > 0.0), plan.x * (1 + ease) + ease, matrix.upper))
    if ready.options.mps is not None:
        giving[matrix.shortfalls] = True
        write_program(replace(matrix, upper=np.where(giving, np.maximum(plan.x, 0.0), matrix.upper)), plan, ready.options.mps)
    return SolvedModel(solved_of(data, eased, plan), eased, plan)


def _past_ones(ready: Ready) -> set[str]:
    """Targets that go on, of years before decisions begin."""
    return {row.id for row in ready.case.tables["targets"] if row.holds != "year" and row.year < ready.scope.decide_from}


def _onward_ones(ready: Ready) -> set[str]:
    return {row.id for row in ready.case.tables["targets"] if row.holds != "year"}


def _of_targets(matrix: Matrix, targets: set[str]) -> np.ndarray:
    """Mask of the columns by which these targets give."""
    mask = np.zeros(len(matrix.columns), dtype=bool)
    for place in matrix.at(*SLACKS):
        index = matrix.columns[place][1]
        mask[place] = isinstance(index, tuple) and index[0] in targets
    return mask


def _weights(matrix: Matrix) -> np.ndarray:
    """Per column: how many of the model's years are left from its year on."""
    weights = np.ones(len(matrix.columns))
    years = sorted({index[1] for place in matrix.at(*SLACKS) if isinstance(index := matrix.columns[place][1], tuple)})
    for place in matrix.at(*SLACKS):
        index = matrix.columns[place][1]
        if isinstance(index, tuple):
            weights[place] = len(years) - years.index(index[1])
    return weights
