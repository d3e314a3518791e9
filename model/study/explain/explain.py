"""A case or a run explained: its plan, the prices of its targets, what drives it, the differences of solving again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from model.case.change.change import Flattened
from model.case.checks.load import NoCase, find_case, sound_case
from model.case.parameters.day_choice import day_choice, written
from model.results.explained import Asking, Explained, Reason, UnknownContribution
from model.results.run import Run, RunError, check_inputs, find_run
from model.study.explain.credits import credited, indicators_of
from model.study.explain.differences import Differences
from model.study.explain.drivers import reasons
from model.study.explain.held_out import HoldingOut
from model.study.explain.of_run import Explainee, reference_of_run
from model.study.explain.prices import held_of, priced_targets
from model.study.plan.reference import Reference, reference_of
from model.study.program.edits import leaves_short
from model.study.solved.solved_model import NoPlan, Options, Watch

finer = 0.4  # the plan's own gap is in every difference
held_out_share = 0.5  # of the time: the rest is for solving again


def asked_for(
    asked: str,
    options: Options,
    *,
    data: Sequence[Path],
    runs: Path,
    changes: Sequence[str],
    overlays: Sequence[str] = (),
    tell: Callable[[Flattened], None] = lambda one: None,
) -> Explainee:
    """A case, looked for in the folders `data`, or a run: its own plan, or its stored inputs where `changes` or `options` ask for something else.

    `tell` hears of paths that a change made level.

    Raises RunError when it is neither, or a run is asked for with other overlays than its own; CaseFaults and ChangeError as the case does.
    """
    try:
        folder = find_case(asked, data)
    except NoCase as no_case:
        try:
            run = find_run(runs, asked)
        except RunError as no_run:
            raise RunError("neither", name=asked, known=no_case.fields["known"]) from no_run
        return _of_run(run, options, changes, overlays, tell)
    case = sound_case(folder, changes, data=data, decide_from=options.decide_from, overlays=overlays, tell=tell)
    return Explainee(case, options)


def _of_run(
    run: Run, options: Options, changes: Sequence[str], overlays: Sequence[str], tell: Callable[[Flattened], None]
) -> Explainee:  # fmt: skip
    if overlays:
        raise RunError("run_overlays", run=run.name, case=run.manifest["case"])
    if edited := run.manifest.get("schedule"):
        raise RunError("explain_of_schedule", run=run.name, against=edited["against"], case=run.manifest["case"])
    check_inputs(run)
    stored = dict(run.manifest.get("options", {}))
    kept = replace(
        options,
        days=day_choice(stored.get("days")) if options.days is None else options.days,
        decide_from=stored.get("decide_from") if options.decide_from is None else options.decide_from,
        dropped=options.dropped | frozenset(stored.get("dropped", ())),
    )
    same = not changes and (written(kept.days), kept.decide_from, sorted(kept.dropped)) == (
        stored.get("days"), stored.get("decide_from"), sorted(stored.get("dropped", ())),
    )  # fmt: skip
    asked = [*run.manifest.get("changes", ()), *changes]
    case = sound_case(run.inputs, asked, decide_from=options.decide_from, overlays=run.overlays, tell=tell)
    return Explainee(case, kept, run if same and _keeps_its_word(run) else None)


def _keeps_its_word(run: Run) -> bool:
    """Whether a run meets its targets and serves its demands: of one that does not, what clashes is explained."""
    return run.manifest["status"] not in ("unserved", "out_of_reach") and not run.manifest.get("relaxed")


def explain(
    explainee: Explainee, *, asked: frozenset[str] = frozenset(), again: bool = True, watch: Watch | None = None,
    tell: Callable[[Asking], None] = lambda asking: None,
) -> Explained:  # fmt: skip
    """What each target costs and what drives the plan. `asked` are the targets to solve again for, all where empty; no measure
    is held out that can move none of them.
    `watch` looks on while the plan is solved, and `tell` is told of every question after it.

    `options.time_limit` is for holding out and the re-solves together. Targets that are asked for by name are solved again
    with a tenth of the gap where a difference is not proven. Ctrl-C keeps what is done.

    Raises NoPlan where the case has no plan, or none that leaves nothing short; RunError where a run's plan cannot be made again.
    """
    watch, options = watch or Watch(), explainee.options
    with watch.clock.step("reference"):
        reference, least = _reference(explainee, watch)
    start = monotonic()
    with watch.clock.step("prices"):
        held, schedule = held_of(reference)
        targets = priced_targets(reference, held)
    measures, untold, complete, stopped = list[Reason](), tuple[UnknownContribution, ...](), True, False
    if held is not None:
        with watch.clock.step("drivers"):
            measures = reasons(reference, held, targets)
        with watch.clock.step("held_out"):
            wanted = [one for one in targets if one.id in asked]
            left = HoldingOut(reference, held, tell, held_out_share * options.time_limit, indicators_of(reference, wanted)).run()
            told = {one.id: one for one in credited(reference, left, wanted if asked else targets)}
            targets = [told.get(one.id, one) for one in targets]
            untold, complete, stopped = left.untold, left.complete, left.stopped
    left_over = replace(options, time_limit=options.time_limit - (monotonic() - start))
    differences = Differences(reference, targets, left_over, tell, least)
    if again and not stopped:
        with watch.clock.step("again"):
            differences.run(asked=asked)
    return Explained(
        explainee.case.header.id, reference.plan.cost, options.gap, tuple(differences.explained()), tuple(measures),
        complete and not stopped and differences.complete and again, dict(watch.clock.seconds), explainee.run.name if explainee.run else "", schedule, untold,
    )  # fmt: skip


def _reference(explainee: Explainee, watch: Watch) -> tuple[Reference, float]:
    """The plan explained, and the least cost that is known of the case."""
    options = replace(explainee.options, gap=finer * explainee.options.gap, time_limit=float("inf"))
    if explainee.run is not None:
        return reference_of_run(explainee.case, explainee.run, options, watch)
    reference = reference_of(explainee.case, options, watch=watch)
    if leaves_short(reference.plan.matrix, reference.plan.solution):
        raise NoPlan("infeasible", "plan", reference.ready)
    return reference, reference.plan.solution.objective
