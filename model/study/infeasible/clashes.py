"""What clashes in a scenario that has no plan: its targets by name, or the limits of a model without targets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.case.parameters import parameters
from model.case.read.case import Case
from model.solve.conflict import ElasticSolver, disjoint_conflicts, elastic, relaxed_tolerance
from model.study.infeasible.clash import find_clash
from model.study.program.target_slacks import target_slacks
from model.study.solved.solved_model import NoPlan, Options, Ready, Watch, matrix_of

seconds_for_the_rest = 30.0


def clash_of(case: Case, options: Options, ready: Ready | None) -> dict[str, Any]:
    """`clash`: targets that cannot stand together, "a + b; c" for two clashes; `limits`: items whose limits clash by themselves.

    Ways out are not looked for: a study of hundreds asks which targets, `explain` asks what then. `ready` is what the scenario
    had solved before its plan. Empty where nothing was found within the time.
    """
    found = _of_targets(ready) if ready is not None else []
    if found:
        return {"clash": "; ".join(" + ".join(members) for members in found)}
    try:
        clash = find_clash(case, replace(options, time_limit=min(options.time_limit, seconds_for_the_rest)), Watch(), ready=ready)
    except NoPlan:
        return {}
    members = [" + ".join(member.target for member in conflict.members) for conflict in clash.conflicts]
    limits = dict.fromkeys([limit.item for limit in clash.limits] + [missing.item for missing in clash.missing])
    return {"clash": "; ".join(members), "limits": "; ".join(limits)}


def _of_targets(ready: Ready) -> list[list[str]]:
    """Smallest sets of targets that clash with no demand left unserved, as the relaxation has them; none where it has none."""
    data = parameters(ready.case, ready.scope)
    matrix = matrix_of(data, Watch(), history=ready.scope.history)
    found = target_slacks(ready.case, data, matrix, ready.usual.solved.worked["indicator_value"])
    if not found.groups:
        return []
    short = matrix.shortfalls
    elastic_solver = ElasticSolver(elastic(matrix, found.groups, found.price, shut=short), threads=ready.options.threads)
    first = elastic_solver.least(list(found.groups))
    if first.status != "optimal" or first.objective <= relaxed_tolerance:
        return []
    return sorted(sorted(members) for members, _ in disjoint_conflicts(elastic_solver, first))
