"""A case explained: its plan, the prices of its targets, the differences of solving again, what drives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from model.case.change import Flattened
from model.case.read import Case
from model.case.sound import NoCase, find_case, sound_case
from model.results.explained import Explained
from model.results.run import RunError, find_run
from model.study.answer import NoPlan, Options, Watch
from model.study.explain.differences import Differences, leaves_short
from model.study.explain.drivers import carriers, reasons
from model.study.explain.prices import held_of, target_prices
from model.study.scenario import reference_of

finer = 0.4  # the plan's own gap is in every difference


def asked_for(
    asked: str, options: Options, *, data: Path, runs: Path, changes: Sequence[str], tell: Callable[[Flattened], None] = lambda one: None
) -> tuple[Case, Options]:
    """A case, or the stored inputs of a run with what it was solved with; what `options` says itself comes first.

    `tell` hears of paths that a change made level.

    Raises RunError when it is neither, CaseFaults and ChangeError as the case does.
    """
    try:
        return sound_case(find_case(asked, data), changes, tell=tell), options
    except NoCase as no_case:
        try:
            run = find_run(runs, asked)
        except RunError as no_run:
            raise RunError(f"'{asked}' is neither a case nor a run: {no_case}; {no_run}") from no_run
    stored = dict(run.manifest.get("options", {}))
    kept = replace(
        options,
        days=stored.get("days") if options.days is None else options.days,
        decide_from=stored.get("decide_from") if options.decide_from is None else options.decide_from,
        dropped=options.dropped | frozenset(stored.get("dropped", ())),
    )
    return sound_case(run.inputs, [*run.manifest.get("changes", ()), *changes], tell=tell), kept


def explain(
    case: Case, options: Options, *, asked: frozenset[str] = frozenset(), again: bool = True, watch: Watch | None = None
) -> Explained:
    """What each target costs and what drives the plan. `asked` are the targets to solve again for, all where empty.

    `options.time_limit` is for the re-solves together. Targets that are asked for by name are solved again with a tenth
    of the gap where a difference is not proven. Ctrl-C keeps what is done.

    Raises NoPlan where the case has no plan, or none that leaves nothing short.
    """
    watch = watch or Watch()
    with watch.clock.step("reference"):
        reference = reference_of(case, replace(options, gap=finer * options.gap, time_limit=float("inf")), watch=watch)
    if leaves_short(reference.plan.matrix, reference.plan.answer):
        raise NoPlan("infeasible", "plan", reference.ready)
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
            differences.run(asked=asked)
    plan = reference.plan.answer
    return Explained(
        case.header.id, plan.objective, plan.bound, options.gap, tuple(differences.explained()), tuple(measures),
        differences.complete and again, dict(watch.clock.seconds),
    )  # fmt: skip
