"""Why a case has no plan: smallest sets of targets that clash, the limits they run into, proven ways out."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from model.case.change.past import past_case
from model.case.parameters import base_scope, history_scope, parameters, plan_scope
from model.case.read.case import Case
from model.results.clash import Clash, Clash_Kind, Limit
from model.study.infeasible.conflicts import Blocked, blocked, find_conflicts, least_relaxation_of, prepare
from model.study.infeasible.unserved import limits_alone
from model.study.infeasible.ways import least_way, ways_out
from model.study.plan.solve import get_ready, with_past
from model.study.solved.program_file import write_program
from model.study.solved.solved_model import NoPlan, Options, Progress, Ready, SolvedModel, Watch, matrix_of


def find_clash(case: Case, options: Options, watch: Watch, *, ready: Ready | None = None) -> Clash:
    """Which targets and limits cannot stand together, by name and year, and the cheapest ways out, each proven by a solve.

    `ready` is what a solve that failed had solved until then. `kind` is "none" when the case has a plan that meets all.
    Raises NoPlan when the solver stops before that is known.
    """
    start = perf_counter()
    try:
        ready = ready or get_ready(case, options, watch)
    except NoPlan as error:
        if error.status != "infeasible":
            raise
        return Clash("limits", error.model, limits=_limits_alone(case, options, watch, error.model), seconds=perf_counter() - start)
    prepared = prepare(ready, options.quiet, watch)
    if isinstance(prepared, Blocked):
        return Clash("limits", "plan", limits=prepared.limits, seconds=perf_counter() - start)
    try:
        least = least_relaxation_of(prepared)
    except NoPlan as error:
        if error.status != "infeasible":
            raise
        return Clash("limits", "plan", limits=blocked(prepared).limits, seconds=perf_counter() - start)
    found_conflicts = find_conflicts(prepared, least)
    ways = tuple(ways_out(prepared, found_conflicts)) if found_conflicts.conflicts else ()
    kind: Clash_Kind = "targets" if found_conflicts.conflicts else "demand" if prepared.missing else "none"
    return Clash(kind, "plan", found_conflicts.conflicts, ways, prepared.missing, seconds=perf_counter() - start)


def found_clash(case: Case, options: Options, *, ready: Ready | None = None, progress: Progress | None = None) -> Clash | None:
    """The same after a solve has failed; None where nothing more can be said."""
    try:
        clash = find_clash(case, options, Watch(say=progress) if progress else Watch(), ready=ready)
    except NoPlan:
        return None
    return clash if clash.kind != "none" else None


def negotiated(ready: Ready, watch: Watch) -> SolvedModel:
    """The plan that relaxes targets least, weighted by their strengths, and is cheapest among those; all are met where they can be.

    Raises NoPlan where even that is not enough.
    """
    prepared = prepare(ready, ready.options, watch)
    if isinstance(prepared, Blocked):
        raise NoPlan("infeasible", "plan", ready)
    prepared = replace(prepared, name="plan")
    found = least_way(prepared, least_relaxation_of(prepared))
    if found is None:
        raise NoPlan("infeasible", "plan", ready)
    if ready.options.mps is not None:
        write_program(found.matrix, found.solution, ready.options.mps)
    return found


def _limits_alone(case: Case, options: Options, watch: Watch, model: str) -> tuple[Limit, ...]:
    """The limits that clash in a model without targets: the base year, the years before decisions or the usual path."""
    scope, history = base_scope(case, days=options.days), None
    if model == "usual":
        _, _, found = with_past(case, options.quiet, watch)
        scope, history = replace(found, measures="usual", targets=False), found.history
    if model == "history":
        planned = plan_scope(case, days=options.days, decide_from=options.decide_from)
        case = past_case(case, planned.decide_from)
        scope = history_scope(planned, case.header.history)
    data = parameters(case, scope)
    return limits_alone(matrix_of(data, watch, history=history), data, case, scope, threads=options.threads)
