"""A case kept live: like cases are answered from its plan, prices and basis, whatever was asked before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.case.read.case import Case
from model.study.plan.solve import get_ready, plan_of
from model.study.plan.solved_model import DEFAULTS, Options, Ready, SolvedModel, Watch


@dataclass(frozen=True)
class Reference:
    """The case that a study starts from, with its plan; every scenario starts here, so that order never matters."""

    ready: Ready
    plan: SolvedModel


def reference_of(case: Case, options: Options = DEFAULTS, *, watch: Watch | None = None) -> Reference:
    """The case solved for study.

    Raises NoPlan when it has no plan.
    """
    watch = watch or Watch()
    ready = get_ready(case, options, watch)
    return Reference(ready, plan_of(ready, watch))


def solve_scenario(
    reference: Reference, *, case: Case | None = None, options: Options | None = None, watch: Watch | None = None
) -> tuple[Ready, SolvedModel]:
    """The plan of a changed case, or of other options (dropped targets, gap); equal to a cold solve within the gap.

    Base year and usual baseline are kept where they rest on the same numbers. Raises NoPlan as `solve` does.
    """
    watch = watch or Watch()
    chosen = options or reference.ready.options
    same = case is None or case is reference.ready.case
    if same and chosen.days == reference.ready.options.days and chosen.decide_from == reference.ready.options.decide_from:
        ready = replace(reference.ready, options=chosen, scope=replace(reference.ready.scope, dropped=chosen.dropped))
    else:
        ready = get_ready(case or reference.ready.case, chosen, watch, like=reference.ready)
    return ready, plan_of(ready, watch, like=reference.plan)
