"""One case solved: base year, usual baseline, the plan, the free baseline – accounts and audit after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import xarray as xr

from model.case.labels import labels
from model.case.parameters import Scope, base_scope, parameters, plan_scope
from model.case.read import Case
from model.maths.build import build
from model.results.accounts import work_out
from model.results.audit import Audit, audit
from model.results.extract import extract
from model.results.summary import Solved, hourly_results, yearly_results
from model.results.targets import target_results
from model.solve.highs import solver_version, write_mps
from model.solve.lessons import Lessons
from model.solve.matrix import Matrix, compile_matrix
from model.solve.search import Plan, search

Progress = Callable[[str, str, float, float], None]
SHORTFALLS = frozenset({"Unserved", "Hourly_Unserved", "Firm_Shortfall"})
HOURLY = frozenset({"Activity", "Online", "Heat", "Charge", "Discharge", "Stored", "Hourly_Trade", "Hourly_Unserved"})
unserved_tolerance = 1e-6


@dataclass(frozen=True)
class Options:
    """How a case is solved. `days` None: the case's own number; `days` 0: all 365."""

    days: int | None = None
    decide_from: int | None = None
    gap: float = 1e-3
    time_limit: float = np.inf
    dropped: frozenset[str] = frozenset()
    mps: Path | None = None
    log: Path | None = None
    threads: int = 2


class NoPlan(Exception):
    """No plan was found. `status` says why: infeasible (targets cannot all be met), time_limit, interrupted, failed."""

    def __init__(self, status: str, model: str) -> None:
        super().__init__(f"{model}: {status}")
        self.status, self.model = status, model


@dataclass(frozen=True)
class Outcome:
    """What a solve hands over: results by year and hour, and what goes into the manifest."""

    results: xr.Dataset
    hours: xr.Dataset
    manifest: Mapping[str, Any]


@dataclass
class _Clock:
    """Seconds spent on each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


def solve(case: Case, options: Options = Options(), *, progress: Progress | None = None) -> Outcome:
    """The cheapest plan of a case, with its baselines.

    Raises NoPlan when the targets cannot all be met or the solver ended without a plan.
    """
    clock, say = _Clock(), progress or (lambda model, step, bound, best: None)
    scope = replace(plan_scope(case, days=options.days, decide_from=options.decide_from), dropped=options.dropped)
    base = _solve_one(case, base_scope(case, days=options.days), options, clock, say, name="base")
    scope = replace(scope, base_account=_account(base.solved, year=0))
    usual_scope = replace(scope, measures="usual", targets=False)
    usual = _solve_one(case, usual_scope, options, clock, say, name="usual")
    paths = usual.solved.worked["indicator_value"]
    scope = replace(scope, usual_account={str(i): tuple(paths.sel(indicator=i).values.tolist()) for i in paths["indicator"].values})
    plan = _solve_one(case, scope, options, clock, say, name="plan")
    free = _solve_one(case, replace(scope, targets=False), options, clock, say, name="free", lessons=plan.answer.lessons)
    with clock.step("results"):
        targets = target_results(plan.solved.parameters, plan.solved.worked["indicator_value"])
        checked = audit(plan.solved.parameters, plan.solved.decisions, plan.solved.worked, targets, plan.answer.objective)
        named = labels(case)
        results = yearly_results(plan.solved, base.solved, {"usual": usual.solved, "free": free.solved}, targets, named)
        results["row_price"] = ("target_row", _prices(plan, targets))
        hours = hourly_results(plan.solved)
    manifest = _manifest(case, scope, plan, checked, results, clock, {"usual": usual, "free": free})
    return Outcome(results, hours, manifest)


def solve_base(case: Case, *, days: int | None = None) -> Solved:
    """The base year as it was, run as a model. Raises NoPlan when it cannot be served."""
    return _solve_one(case, base_scope(case, days=days), Options(), _Clock(), lambda *_: None, name="base").solved


@dataclass(frozen=True)
class _Answered:
    solved: Solved
    matrix: Matrix
    answer: Plan


def _solve_one(
    case: Case, scope: Scope, options: Options, clock: _Clock, say: Progress, *, name: str, lessons: Lessons | None = None
) -> _Answered:
    with clock.step("parameters"):
        data = parameters(case, scope)
    with clock.step("build"):
        model = build(data)
    with clock.step("compile"):
        matrix = compile_matrix(model)
    if name == "plan" and options.mps is not None:
        write_mps(matrix, options.mps)
    with clock.step("solve"):
        answer = search(
            matrix,
            fine=np.array([component in HOURLY for component, _ in matrix.columns]),
            priced=np.flatnonzero([component in SHORTFALLS for component, _ in matrix.columns]),
            gap=options.gap,
            time_limit=options.time_limit,
            threads=options.threads,
            log=options.log if name == "plan" else None,
            progress=lambda step, bound, best: say(name, step, bound, best),
            lessons=lessons,
        )
    if not len(answer.x) or answer.status not in ("optimal", "time_limit"):
        raise NoPlan(answer.status, name)
    with clock.step("results"):
        decisions = extract(matrix.columns, answer.x, data)
        worked = work_out(data, decisions)
    return _Answered(Solved(data, decisions, worked, answer.objective, answer.bound), matrix, answer)


def _account(solved: Solved, *, year: int) -> dict[str, float]:
    values = solved.worked["indicator_value"].isel(year=year)
    return {str(i): float(value) for i, value in zip(values["indicator"].values, values.values, strict=True)}


def _prices(plan: _Answered, targets: xr.Dataset) -> np.ndarray:
    """Price of each target row with whole units held: 亿元 of present value per unit of the target, ≥ 0 as it binds."""
    duals = (
        {key: value for key, value in zip(plan.matrix.rows, plan.answer.duals, strict=True) if key[0].startswith("Target_")}
        if len(plan.answer.duals)
        else {}
    )
    p, value = plan.solved.parameters, plan.solved.worked["indicator_value"]
    by_row = {index: price for (_, index), price in duals.items()}
    prices = []
    for row in range(targets.sizes["target_row"]):
        year = int(p["target_year"].values[row])
        reference = str(p["target_reference"].values[row])
        scale = float(p["target_divisor"].values[row]) * (float(value.sel(indicator=reference, year=year)) if reference else 1.0)
        dual = by_row.get((str(p["target_target"].values[row]), year), 0.0)
        prices.append(abs(dual) * abs(scale) * float(p["target_unit_factor"].values[row]))
    return np.array(prices)


def _manifest(
    case: Case, scope: Scope, plan: _Answered, checked: Audit, results: xr.Dataset, clock: _Clock, baselines: Mapping[str, _Answered]
) -> dict[str, Any]:
    unserved = float(results["unserved"].max()) if results["unserved"].size else 0.0
    unserved = max(unserved, float(results["firm_shortfall"].max()))
    status = "unserved" if unserved > unserved_tolerance else plan.answer.status
    return {
        "case": case.header.id,
        "status": status,
        "accepted": bool(checked.ok and status == "optimal"),
        "objective": plan.answer.objective,
        "bound": plan.answer.bound,
        "gap": plan.answer.gap,
        "proven_by": plan.answer.proven_by,
        "baselines": {
            name: {"objective": answered.answer.objective, "bound": answered.answer.bound, "gap": answered.answer.gap}
            for name, answered in baselines.items()
        },
        "seconds": {name: round(value, 3) for name, value in clock.seconds.items()},
        "columns": int(plan.matrix.A.shape[1]),
        "rows": int(plan.matrix.A.shape[0]),
        "integers": int(plan.matrix.integer.sum()),
        "days": int(plan.solved.parameters.sizes["day"]),
        "decide_from": scope.decide_from,
        "targets": target_records(results),
        "measures": measure_records(results),
        "audit": {"ok": checked.ok, "worst": checked.worst, "rules": {finding.rule: finding.worst for finding in checked.findings}},
        "solver": {"name": "HiGHS", "version": solver_version()},
    }


def target_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Targets as plain records, slack ≥ 0 means met, in the target's own unit."""
    names = {
        "id": "row_target", "year": "row_year", "sense": "row_sense", "required": "required", "achieved": "achieved", "slack": "slack_in_unit",
        "binding": "binding", "met": "met", "enforced": "row_enforced", "unit": "row_unit", "price": "row_price",
    }  # fmt: skip
    columns = {key: results[name].values.tolist() for key, name in names.items()}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def measure_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Builds and levels of every measure and year in which there is any."""
    build = results["build"].rename(build_year="year").transpose("measure", "year")
    level = results["level"].transpose("measure", "year")
    return [
        {"id": str(k), "year": int(y), "build": float(build.values[i, j]), "level": float(level.values[i, j])}
        for i, k in enumerate(results["measure"].values)
        for j, y in enumerate(results["year"].values)
        if abs(build.values[i, j]) > 1e-9 or abs(level.values[i, j]) > 1e-9
    ]
