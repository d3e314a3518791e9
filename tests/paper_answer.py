"""What the program answers to a paper case: built in memory and solved, read back from disk, opened from the stored run."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.core as pyo
import xarray as xr
from paper import GAP, TOLERANCE, Paper
from paper_case import case_of, write_case

from model.case.checks.check import checked
from model.case.parameters import Scope, base_scope, parameters, plan_scope
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.maths.build import build
from model.results.accounts import work_out
from model.results.audit import Audit, audit
from model.results.extract import DECISIONS, extract
from model.results.new_run import new_run
from model.results.run import copy_inputs, open_run, write_results
from model.results.summary import Solved
from model.results.targets import target_results
from model.solve.matrix import Matrix, compile_matrix
from model.solve.search import Solution, search
from model.study.plan.solve import SolvedCase, solve, yearly_cost
from model.study.solved.solved_model import Options


@dataclass(frozen=True, eq=False)
class Answer:
    """What the program said, by whichever route."""

    objective: float
    status: str
    data: tuple[xr.Dataset, ...]
    targets: tuple[Mapping[str, Any], ...]
    audited: bool
    baselines: Mapping[str, float]

    def value(self, name: str) -> float:
        """`annual[mill,2021]` in the order of the dims of the decision; dims of length one may be left out at the end."""
        parts = re.fullmatch(r"(\w+)(?:\[(.*)\])?", name)
        assert parts is not None, name
        variable, inside = parts.groups()
        data = next(part for part in self.data if variable in part)[variable]
        dims = next((known.dims for known in DECISIONS.values() if known.name == variable), data.dims)
        keys = [int(key) if key.isdigit() else key for key in (inside or "").split(",") if key]
        return float(data.sel(dict(zip(dims, keys))).squeeze())


# One model of a case, without the ways around it


@dataclass(frozen=True, eq=False)
class Made:
    """Parameters, the model made of them, and its matrix."""

    parameters: xr.Dataset
    model: pyo.ConcreteModel
    matrix: Matrix


def scope_of(case: Case, paper: Paper) -> Scope:
    """The plan's scope, with the accounts of base year and usual plan where a target is measured against them."""
    scope = replace(plan_scope(case), dropped=paper.dropped)
    forms = [FORMS[row.form] for row in case.tables["targets"]]
    if any(form.change_from for form in forms) or paper.span_rule == "even":
        base = _worked(case, base_scope(case))
        values = base.worked["indicator_value"].isel(year=0)
        account = {str(i): float(v) for i, v in zip(values["indicator"].values, values.values)}
        scope = replace(scope, base_account=account, base_cost=yearly_cost(base))
    if any(form.change_from or form.peak for form in forms):
        values = _worked(case, replace(scope, measures="usual", targets=False)).worked["indicator_value"]
        scope = replace(scope, usual_account={str(i): tuple(values.sel(indicator=i).values.tolist()) for i in values["indicator"].values})
    return scope


def _worked(case: Case, scope: Scope) -> Solved:
    data = parameters(case, scope)
    matrix = compile_matrix(build(data))
    plan = search(matrix, priced=_priced(matrix), gap=GAP)
    decisions = extract(matrix.columns, plan.x, data)
    return Solved(data, decisions, work_out(data, decisions), plan.objective, plan.bound)


def _priced(matrix: Matrix) -> np.ndarray:
    return np.flatnonzero([component in ("Unserved", "Hourly_Unserved", "Firm_Shortfall") for component, _ in matrix.columns])


@cache
def made(paper: Paper) -> Made:
    case = case_of(paper)
    data = parameters(case, scope_of(case, paper))
    model = build(data)
    return Made(data, model, compile_matrix(model))


@cache
def plan_without(paper: Paper, *rules: str) -> Solution:
    """The cheapest plan when rules are taken out of the matrix."""
    matrix = made(paper).matrix
    for rule in rules:
        matrix = _taken_out(matrix, rule)
    return search(matrix, priced=_priced(matrix), gap=GAP)


def _taken_out(matrix: Matrix, rule: str) -> Matrix:
    component, _, part = rule.partition(":")
    name, _, index = component.partition("[")
    keys = matrix.columns if part else matrix.rows
    chosen = np.array([key == name and (not index or index == _shown(place)) for key, place in keys], dtype=bool)
    assert chosen.any(), f"nothing to take out: {rule}"
    match part:
        case "":
            return replace(
                matrix, row_lower=np.where(chosen, -np.inf, matrix.row_lower), row_upper=np.where(chosen, np.inf, matrix.row_upper)
            )
        case "upper":
            return replace(matrix, upper=np.where(chosen, np.inf, matrix.upper))
        case "lower":
            least = 0.0 if name == "Build" else -np.inf
            return replace(matrix, lower=np.where(chosen, least, matrix.lower))
        case "whole":
            return replace(matrix, integer=matrix.integer & ~chosen)
        case "cost":
            return replace(matrix, cost=np.where(chosen, 0.0, matrix.cost))
    raise ValueError(f"unknown part of a rule: {rule}")


def _shown(index: object) -> str:
    return ",".join(str(part) for part in index) + "]" if isinstance(index, tuple) else f"{index}]"


@dataclass(frozen=True, eq=False)
class Worked:
    """What follows from a plan, held against the whole case."""

    decisions: xr.Dataset
    worked: xr.Dataset
    targets: xr.Dataset
    audit: Audit


@cache
def worked_out(paper: Paper, *rules: str) -> Worked:
    """Accounts and audit of the cheapest plan when rules are taken out; the audit knows nothing of what was taken out."""
    data, plan = made(paper).parameters, plan_without(paper, *rules)
    decisions = extract(made(paper).matrix.columns, plan.x, data)
    worked = work_out(data, decisions)
    targets = target_results(data, worked["indicator_value"])
    return Worked(decisions, worked, targets, audit(data, decisions, worked, targets, plan.objective))


# The three routes


def fresh(paper: Paper) -> Answer:
    """Built in memory, solved."""
    plan = plan_without(paper)
    assert plan.status == "optimal", plan.status
    made_of = worked_out(paper)
    targets = made_of.targets
    short = max(float(made_of.decisions["unserved"].max()), float(made_of.decisions["firm_shortfall"].max()))
    records = tuple(
        {"id": str(t), "year": int(y), "met": bool(met), "enforced": bool(e), "binding": bool(b)}
        for t, y, met, e, b in zip(*(targets[name].values for name in ("row_target", "row_year", "met", "row_enforced", "binding")))
    )
    status = "unserved" if short > TOLERANCE else "optimal"
    return Answer(plan.objective, status, (made_of.decisions, made_of.worked), records, made_of.audit.ok, {})


def read_back(paper: Paper) -> Answer:
    """Written as a case to disk, checked, read, solved with its baselines."""
    return _answer(solved(paper)[0].manifest, solved(paper)[0].results, solved(paper)[0].hours)


def stored(paper: Paper) -> Answer:
    """Opened again from the run that was written."""
    _, manifest, results, hours = solved(paper)
    return _answer(manifest, results, hours)


ROUTES = (fresh, read_back, stored)


@cache
def told(paper: Paper) -> Case:
    """The case written to disk, read again and checked."""
    with tempfile.TemporaryDirectory() as home:
        case, faults = checked(write_case(case_of(paper), Path(home) / "data" / "paper"))
        assert not faults, faults
        return case


@cache
def solved(paper: Paper) -> tuple[SolvedCase, Mapping[str, Any], xr.Dataset, xr.Dataset]:
    with tempfile.TemporaryDirectory() as home:
        folder = write_case(case_of(paper), Path(home) / "data" / "paper")
        outcome = solve(told(paper), Options(gap=GAP, dropped=paper.dropped))
        with new_run(Path(home) / "runs" / "paper" / "first") as partial:
            copy_inputs(partial, {"paper": folder})
            write_results(partial, outcome.manifest, outcome.results, outcome.hours)
        run = open_run(Path(home) / "runs" / "paper" / "first")
        return outcome, run.manifest, run.results, run.hours


def _answer(manifest: Mapping[str, Any], results: xr.Dataset, hours: xr.Dataset) -> Answer:
    baselines = {name: one["objective"] for name, one in manifest["baselines"].items()}
    return Answer(
        manifest["objective"], manifest["status"], (results, hours), tuple(manifest["targets"]), manifest["audit"]["ok"], baselines
    )
