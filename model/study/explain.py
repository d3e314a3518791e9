"""A case explained: its plan, the prices of its targets, the differences of solving again, what drives it."""

from __future__ import annotations

from dataclasses import replace

from model.case.read import Case
from model.results.explained import Explained
from model.study.answer import Options, Watch
from model.study.drivers import carriers, reasons
from model.study.prices import Differences, held_of, target_prices
from model.study.scenario import Reference, reference_of

smaller_gap = 0.1


def explain(
    case: Case, options: Options, *, asked: frozenset[str] = frozenset(), again: bool = True, watch: Watch | None = None
) -> tuple[Explained, Reference]:
    """What each target costs and what drives the plan. `asked` are the targets to solve again for, all where empty.

    `options.time_limit` is for the re-solves together. Targets that are asked for by name are solved again with a tenth
    of the gap where a difference is not proven. Ctrl-C keeps what is done. Raises NoPlan where the case has no plan.
    """
    watch = watch or Watch()
    with watch.clock.step("reference"):
        reference = reference_of(case, replace(options, time_limit=float("inf")), watch=watch)
    with watch.clock.step("prices"):
        held = held_of(reference)
        prices = target_prices(reference, held)
    measures = []
    if held is not None:
        with watch.clock.step("drivers"):
            prices = carriers(reference, held, prices)
            measures = reasons(reference, held, prices)
    differences = Differences(reference, prices, options, watch)
    if again:
        with watch.clock.step("again"):
            differences.run(asked=asked, tighten=smaller_gap * options.gap if asked else None)
    plan = reference.plan.answer
    return (
        Explained(
            case.header.id, plan.objective, plan.bound, options.gap, tuple(differences.explained()), tuple(measures),
            differences.complete and again, dict(watch.clock.seconds),
        ),
        reference,
    )  # fmt: skip
