"""One case solved: base year, usual baseline, the plan, the free baseline – accounts and audit after each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
import xarray as xr

from model.case.checks import targets as checks_targets
from model.case.faults import CaseFaults
from model.case.parameters import Scope, base_scope, parameters, plan_scope
from model.case.parameters.day_choice import DayChoice
from model.case.parameters.in_force import unenforced
from model.case.read.case import Case
from model.case.read.labels import labels
from model.results.audit import audit
from model.results.past import past_variables
from model.results.summary import Solved, hourly_results, yearly_results
from model.results.targets import target_results
from model.results.transfers import TRANSFERS
from model.study.plan.as_good import as_good
from model.study.plan.floor_prices import floor_prices
from model.study.plan.forbidding import forbidding, relaxed
from model.study.plan.history import Past, account_before, past_of_case
from model.study.plan.onward import plan_with_onward
from model.study.plan.records import manifest_of, past_record
from model.study.plan.target_rows import target_prices
from model.study.program.edits import leaves_short
from model.study.program.retarget import retargeted
from model.study.solved.same_columns import same_columns, same_header
from model.study.solved.solved_model import (
    DEFAULTS,
    NoPlan,
    Options,
    Progress,
    Ready,
    SolvedModel,
    Watch,
    matrix_of,
    solve_matrix,
    solve_model,
    solve_parameters,
)


@dataclass(frozen=True)
class SolvedCase:
    """What a solve hands over: results by year and hour, what goes into the manifest, what the plan rests on, the plan itself and the one without targets."""

    results: xr.Dataset
    hours: xr.Dataset
    manifest: Mapping[str, Any]
    ready: Ready
    plan: SolvedModel
    free: SolvedModel


Planner = Callable[[Ready, Watch], SolvedModel]


def solve(case: Case, options: Options = DEFAULTS, *, progress: Progress | None = None, planner: Planner | None = None) -> SolvedCase:
    """The cheapest plan of a case, or the one that `planner` makes, with its baselines.

    Raises NoPlan when the targets cannot all be met or the solver ended without a plan.
    """
    watch = Watch(say=progress) if progress else Watch()
    ready = get_ready(case, options, watch)
    return with_baselines(ready, (planner or plan_of)(ready, watch), watch, negotiated=planner is not None)


def with_baselines(ready: Ready, plan: SolvedModel, watch: Watch, *, negotiated: bool = False) -> SolvedCase:
    """The plan that rests on this, handed over with the one without targets. Raises NoPlan when the latter is not found."""
    case, free = ready.case, _without_targets(ready, plan, watch)
    with watch.clock.step("results"):
        targets = target_results(plan.solved.parameters, plan.solved.worked["indicator_value"])
        data, decisions, worked = plan.solved.parameters, plan.solved.decisions, plan.solved.worked
        checked = audit(data, decisions, worked, targets, plan.solution.objective, negotiated=negotiated or ready.past is not None)
        baselines = {"usual": ready.usual, "free": free}
        solved = {name: solved_model.solved for name, solved_model in baselines.items()}
        results = yearly_results(plan.solved, ready.base.solved, solved, targets, labels(case))
        forbidden = forbidding(ready, plan, _unmet(targets))
        compromised = relaxed(plan, targets) & ~np.isin(targets["row_target"].values, list(forbidden))
        results["row_relaxed"] = ("target_row", compromised & (not leaves_short(plan.matrix, plan.solution)))
        # The price of a row that is not met is that of what it gives as little as it must, and no price of the target.
        priced = targets["met"].values | ~targets["row_enforced"].values
        results["row_price"] = ("target_row", np.where(priced, target_prices(plan), np.nan))
        as_usual = target_results(plan.solved.parameters, ready.usual.solved.worked["indicator_value"])
        results["row_met_as_usual"] = ("target_row", as_usual["met"].values)
        results = results.assign(floor_prices(plan, results)) if "ramp_least" in results else results
        results = results.assign(_unenforced(case, ready.scope, targets) | as_good(case, plan))
        if ready.past is not None:
            results = results.assign(past_variables(results["build"], ready.past.words, ready.past.judged))
        hours = hourly_results(plan.solved)
        manifest = manifest_of(case, ready.scope, plan, checked, results, watch.clock, baselines)
    return SolvedCase(
        results,
        hours,
        manifest | (past_record(ready, plan, results, forbidden, asked=not negotiated) if ready.past is not None else {}),
        ready,
        plan,
        free,
    )


def _unmet(targets: xr.Dataset) -> list[str]:
    """Targets in force that the plan misses in some year."""
    missed = targets["row_enforced"].values.astype(bool) & ~targets["met"].values.astype(bool)
    return list(dict.fromkeys(targets["row_target"].values[missed].tolist()))


def _unenforced(case: Case, scope: Scope, targets: xr.Dataset) -> dict[str, tuple[str, np.ndarray]]:
    """What the plan is not held to, as columns over the dim `unenforced`; years parted by ;."""
    rows = list(zip(*(targets[name].values.tolist() for name in ("row_target", "row_year", "row_enforced")), strict=True))
    found = unenforced(case.tables["targets"], [span.last for span in scope.timeline], dropped=scope.dropped, rows=rows)
    return {
        "unenforced_target": ("unenforced", np.array([one.target for one in found], dtype=str)),
        "unenforced_reason": ("unenforced", np.array([one.reason for one in found], dtype=str)),
        "unenforced_years": ("unenforced", np.array([";".join(map(str, one.years)) for one in found], dtype=str)),
    }


def get_ready(case: Case, options: Options, watch: Watch, *, like: Ready | None = None) -> Ready:
    """Base year and usual baseline; those of a like case are kept where they rest on the same numbers.

    Raises NoPlan when the base year or the usual baseline cannot be served, CaseFaults when a target changes by a share of a
    base-year amount that is not positive.
    """
    start = perf_counter()
    base, past, scope = with_past(case, options, watch, like=like)
    if faults := checks_targets.base(case, scope):
        raise CaseFaults(faults)
    usual_scope = replace(scope, measures="usual", targets=False)
    usual = _kept_or_solved(case, usual_scope, options.quiet, watch, name="usual", like=like.usual if like else None)
    paths = usual.solved.worked["indicator_value"]
    scope = replace(scope, usual_account={str(i): tuple(paths.sel(indicator=i).values.tolist()) for i in paths["indicator"].values})
    if past is not None:
        scope = replace(scope, begun=_begun(case, usual), past_account=account_before(usual, scope))
    return Ready(case, options, scope, base, usual, perf_counter() - start, past)


def with_past(case: Case, options: Options, watch: Watch, *, like: Ready | None = None) -> tuple[SolvedModel, Past | None, Scope]:
    """The base year, the years before decisions begin, and the plan's scope that rests on both. Raises NoPlan when one of them cannot be run."""
    base, scope = _from_base(case, options, watch, like=like)
    past = _past(case, scope, options.quiet, watch, like=like)
    return base, past, scope if past is None else replace(scope, history=past.history, past_account=past.account)


def past_alone(case: Case, options: Options, watch: Watch) -> tuple[dict[str, float], Past]:
    """{indicator: amount of the base year}, and the years before `options.decide_from` as they are found, without any plan of what comes after.

    Raises NoPlan when the base year or the past cannot be run.
    """
    base, scope = _from_base(case, options, watch)
    return _account(base.solved, year=0), past_of_case(case, scope, options.quiet, watch)


def _from_base(case: Case, options: Options, watch: Watch, *, like: Ready | None = None) -> tuple[SolvedModel, Scope]:
    """The base year solved, and the plan's scope with its account."""
    base = _kept_or_solved(case, base_scope(case, days=options.days), options.quiet, watch, name="base", like=like.base if like else None)
    scope = replace(plan_scope(case, days=options.days, decide_from=options.decide_from), dropped=options.dropped)
    scope = replace(
        scope, base_account=_account(base.solved, year=0), base_cost=yearly_cost(base.solved), base_transfers=yearly_transfers(base.solved)
    )
    return base, scope


def _begun(case: Case, usual: SolvedModel) -> dict[str, tuple[float, ...]]:
    """{measure: what the usual baseline builds, by modelled year} of usual measures that take years to build."""
    built = usual.solved.decisions["build"]
    return {row.id: tuple(built.sel(measure=row.id).values.tolist()) for row in case.tables["measures"] if row.usual and row.lead_time}


def _past(case: Case, scope: Scope, options: Options, watch: Watch, *, like: Ready | None) -> Past | None:
    """The years before decisions begin, that of a like case where it is the same past; None where there are none."""
    if scope.decide_from <= scope.timeline[0].first:
        return None
    if like is not None and like.past is not None and like.past.serves(case, scope):
        return like.past
    return past_of_case(case, scope, options, watch)


def plan_of(ready: Ready, watch: Watch, *, like: SolvedModel | None = None) -> SolvedModel:
    """The plan itself, searched from a like plan, or else from where the usual baseline ended. With a past that decisions do not reach,
    what goes on from it is met as far as it can be.

    Raises NoPlan, with what it rests on, when there is none.
    """
    like = like or ready.usual.without_prices()
    with watch.clock.step("parameters"):
        data = parameters(ready.case, ready.scope)
    matrix = matrix_of(data, watch, like=like, history=ready.scope.history)
    try:
        plan = solve_matrix(data, matrix, ready.options, watch, name="plan", like=like)
        short = ready.past is not None and leaves_short(plan.matrix, plan.solution)
        return plan_with_onward(ready, data, matrix, watch, like=like, otherwise=plan) if short else plan
    except NoPlan as error:
        if error.status == "infeasible" and ready.past is not None:
            return plan_with_onward(ready, data, matrix, watch, like=like)
        raise NoPlan(error.status, error.model, ready, earning=error.earning) from error


def _without_targets(ready: Ready, plan: SolvedModel, watch: Watch) -> SolvedModel:
    """The plan's program less the rows of its targets: all else of it stands, so it is not built again."""
    with watch.clock.step("parameters"):
        data = parameters(ready.case, replace(ready.scope, targets=False))
    return solve_matrix(data, retargeted(plan.matrix, []), ready.options.quiet, watch, name="free", like=plan)


def solve_base(case: Case, *, days: DayChoice | None = None) -> Solved:
    """The base year as it was, run as a model. Raises NoPlan when it cannot be served."""
    return solve_model(case, base_scope(case, days=days), DEFAULTS, Watch(), name="base").solved


def _kept_or_solved(case: Case, scope: Scope, options: Options, watch: Watch, *, name: str, like: SolvedModel | None) -> SolvedModel:
    with watch.clock.step("parameters"):
        data = parameters(case, scope)
    if like is not None and _same(_what_counts(data), _what_counts(like.solved.parameters)):
        return like
    return solve_parameters(data, options, watch, name=name, like=like, history=scope.history)


def _same(one: tuple[Mapping[Any, Any], Mapping[Any, xr.Variable]], other: tuple[Mapping[Any, Any], Mapping[Any, xr.Variable]]) -> bool:
    (header, columns), (other_header, others) = one, other
    return same_header(header, other_header) and same_columns(columns, others)


def _what_counts(data: xr.Dataset) -> tuple[Mapping[Any, Any], Mapping[Any, xr.Variable]]:
    """The numbers that can move a model without targets, attributes and columns: not those of targets, nor of measures that are closed."""
    columns = data.variables  # without coordinates: what stands in one case is aligned already
    closed = (columns["build_upper"] <= 0).all("build_year")
    named = columns["measure"].values[closed.values]
    measures = {name: columns[name].where(~closed, 0) for name in data.data_vars if "measure" in columns[name].dims}
    acting = {}
    for what, part in (("effect", "value"), ("take", "value"), ("cash", "value"), ("cash", "deferred")):
        value, of_closed = columns[f"{what}_{part}"], np.isin(columns[f"{what}_measure"].values, named)
        acting[f"{what}_{part}"] = value.where(~of_closed, 0.0)
    kept = {name: column for name, column in columns.items() if not {"target_row", "target_term"} & set(column.dims)}
    return data.attrs, kept | measures | acting


def yearly_cost(base: Solved) -> float:
    """What a year of the base year's operation costs, 亿元; what is short there is no cost."""
    parts = base.worked["cost"].drop_sel(component=["investment", "unserved"])
    return float(parts.sum() / base.parameters["discount"].isel(year=0))


def yearly_transfers(base: Solved) -> float:
    """What of it passes across the city's border as taxes, subsidies and allowances."""
    parts = dict(zip(base.worked["component"].values.tolist(), base.worked["cost"].values.tolist(), strict=True))
    return sum(parts.get(name, 0.0) for name in TRANSFERS) / float(base.parameters["discount"].isel(year=0))


def _account(solved: Solved, *, year: int) -> dict[str, float]:
    values = solved.worked["indicator_value"].isel(year=year)
    return {str(i): float(value) for i, value in zip(values["indicator"].values, values.values, strict=True)}
