"""What it costs at least to build more of a measure than the plan does, and which measures are alike: what tells a decision from a tie."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from scipy.sparse import csr_array

from model.case.read.case import Case
from model.study.solved.solved_model import SolvedModel


def as_good(case: Case, plan: SolvedModel) -> dict[str, xr.Variable]:
    """`build_dearer` (measure, build_year), 亿元 of present value per unit: whatever is built a unit more costs at least so much more, of what is negative
    whatever is built a unit less, as much; NaN where the plan has no prices, and of whole units. `measure_alike` (measure,): the first by id of those that differ
    by their county alone.
    """
    build = plan.solved.decisions["build"].transpose("measure", "build_year")
    names, years = build["measure"].values.tolist(), build["build_year"].values.tolist()
    dearer, duals = np.full(build.shape, np.nan), plan.solution.duals
    if len(duals) == len(plan.matrix.rows):
        reduced = plan.matrix.cost - csr_array(plan.matrix.A).T @ duals
        for (k, v), place in plan.matrix.places("Build").items():
            dearer[names.index(k), years.index(v)] = reduced[place]
    dearer[plan.solved.parameters["whole"].values.astype(bool)] = np.nan
    alike = _alike(case, plan.solved.parameters)
    return {
        "build_dearer": xr.Variable(("measure", "build_year"), dearer),
        "measure_alike": xr.Variable("measure", np.array([alike[k] for k in names], dtype=str)),
    }


def _alike(case: Case, parameters: xr.Dataset) -> dict[str, str]:
    """{measure: the first of those like it}: of one county each, and else the same in kind, payer and what they add to."""
    operations = dict(zip(parameters["technology"].values.tolist(), parameters["operation"].values.tolist(), strict=True))
    firsts, found = dict[Any, str](), dict[str, str]()
    effects: dict[str, set[str]] = {}
    for row in case.tables["effects"]:
        effects.setdefault(row.measure, set()).add(operations.get(row.item, row.item))
    for row in sorted(case.tables["measures"], key=lambda row: row.id):
        same = (
            (row.sector, row.clause, row.kind, row.unit, row.payer, row.whole, row.lead_time, frozenset(effects.get(row.id, ())))
            if row.county
            else row.id
        )
        found[row.id] = firsts.setdefault(same, row.id)
    return found
