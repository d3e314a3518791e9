"""A solve from read to report: the run folder with its inputs, results and workbook, whole or not at all."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from model.case.change.change import Flattened
from model.case.checks.as_asked import unnumbered_targets
from model.case.parameters.day_choice import written
from model.case.read.case import Case, read_case
from model.case.read.overlays import OVERLAYS, overlays_of
from model.report.pages.page import Report
from model.report.pages.plan import plan_report
from model.report.records import clash_records
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.acted import acted_record
from model.results.full_year import YearCheck
from model.results.names import own_name
from model.results.new_run import new_run
from model.results.run import (
    INPUTS,
    LOG,
    PAGE,
    WORKBOOK,
    Run,
    as_written,
    changed_inputs,
    copy_inputs,
    default_names,
    note_elsewhere,
    now,
    open_run,
    write_results,
)
from model.results.seals import hashes_of
from model.results.since import same_case, since
from model.results.steadiness import Steadiness, steadiness
from model.study.infeasible.clash import negotiated
from model.study.plan.histories import readings_compared
from model.study.plan.records import relaxed_records
from model.study.plan.solve import Planner, SolvedCase, solve
from model.study.runs.day_rounds import Tell, settle_days
from model.study.runs.foresight import ShortSight
from model.study.runs.full_year import Team, full_year_check
from model.study.runs.page import write_run_page
from model.study.runs.unwritten import unless_it_fails
from model.study.solved.solved_model import Clock, Options, Progress, Ready, Watch

Beside = Callable[[SolvedCase, Mapping[str, Any]], Mapping[str, Any]]
PACKAGES = ("pyomo", "highspy", "xarray", "pandas", "numpy", "tsam", "pint", "pydantic", "netCDF4", "xlsxwriter")


def hand_over(
    case: Case,
    options: Options,
    *,
    folder: Path | None,
    runs: Path,
    changes: tuple[str, ...] = (),
    flattened: Sequence[Flattened] = (),
    language: str = "en",
    reading: float = 0.0,
    progress: Progress | None = None,
    negotiate: bool = False,
    foresight: int | None = None,
    earlier: Run | None = None,
    year_check: Team | None = None,
    rounds: Tell | None = None,
    planner: Planner | None = None,
    also: Beside | None = None,
) -> tuple[Run, Ready]:
    """Solve a case and store the run; with it what the plan rests on. `reading` are the seconds it took to read the case, `flattened` the paths
    that `changes` made level in it.

    With `negotiate`, targets that cannot all be met are relaxed as little as can be, and the manifest says by how much. With
    `foresight`, the plan is made step by step with so many years in view, and the manifest says what that costs. With an `earlier` run
    it says what is other than there; with a `year_check`, who runs the years of it, what the plan does on all days of some years. With `rounds`, who is told
    of each, the days are chosen by that check, whatever `options` say of them. With a `planner` the plan is the one that it makes, and the manifest says what `also` makes of it.

    Raises RunError when the earlier run is of another case, when the folder exists or another process is making it, before anything is solved; NoPlan when there is no plan (nothing is stored then).
    """
    start = perf_counter()
    if earlier is not None:
        same_case(earlier, case.header.id)
    names = [folder] if folder else default_names(runs, case.header.id)
    with own_name(names) as target, new_run(target) as partial:
        copy_inputs(partial, sources_of(case))  # first: whoever goes on editing the case meanwhile does not change what was solved
        hashes = hashes_of(partial / INPUTS)
        sight = ShortSight(foresight) if foresight else None
        planner = planner or (sight.plan if sight else negotiated if negotiate else None)
        logged = replace(options, log=partial / LOG)
        if rounds and year_check:
            settled = settle_days(case, logged, team=year_check, planner=planner, progress=progress, tell=rounds)
            outcome, options = settled.outcome, replace(options, days=settled.outcome.ready.scope.days)
            checked = _check_record(outcome, settled.check, settled.clock) | {"day_rounds": settled.rounds.record()}
        else:
            outcome = solve(case, logged, progress=progress, planner=planner)
            checked = _year_check(outcome, progress, year_check) if year_check else {}
        past = _past(outcome, progress, compared=planner is None)
        writing = perf_counter()
        manifest = dict(outcome.manifest) | {
            "run": f"{target.parent.name}/{target.name}",
            "created": now(),
            "changes": list(changes),
            "flattened": [asdict(one) for one in flattened],
            "overlay_clashes": clash_records(case),
            "unnumbered_targets": unnumbered_targets(case),
            "overlays_not_used": [name for name in overlays_of(case.folder) if name not in case.overlays],
            **({"acted": told} if (told := acted_record(case, outcome.results)) else {}),
            **({"relaxed": relaxed_records(outcome.manifest["targets"])} if negotiate else {}),
            **(sight.told(outcome.manifest) if sight else {}),
            **past,
            **checked,
            "options": _plain(options, tuple(case.overlays), negotiate=negotiate),
            "versions": dict(_versions()),
            "hashes": hashes,
        }
        manifest |= also(outcome, manifest) if also else {}
        if earlier is not None:
            manifest["since"] = since(earlier, write_results(partial, manifest, outcome.results, outcome.hours)).record()
        known = steadiness(manifest, outcome.results, runs)
        unwritten = _write_reports(partial, outcome, manifest, case, known, language)
        manifest |= {"unwritten": unwritten} if unwritten else {}
        seconds = dict(manifest["seconds"]) | {"read": round(reading, 3), "report": round(perf_counter() - writing, 3)}
        manifest["seconds"] = seconds | {"total": round(reading + perf_counter() - start, 3)}
        write_results(partial, manifest, outcome.results, outcome.hours)
    note_elsewhere(runs, target)
    return as_written(open_run(target), outcome.results, outcome.hours), outcome.ready


def _write_reports(
    folder: Path, outcome: SolvedCase, manifest: Mapping[str, Any], case: Case, known: Steadiness, language: str
) -> list[dict[str, str]]:
    """Workbook and page; which of them could not be made, and why."""

    @cache
    def report() -> Report:
        return plan_report(outcome.results, hours=outcome.hours, manifest=manifest, case=case, language=language, known=known)

    return [
        *unless_it_fails(folder / WORKBOOK, lambda: write_workbook(folder / WORKBOOK, report())),
        *unless_it_fails(folder / PAGE, lambda: _write_page(folder, outcome, manifest, case, known, report())),
    ]


def _write_page(folder: Path, outcome: SolvedCase, manifest: Mapping[str, Any], case: Case, known: Steadiness, report: Report) -> None:
    write_run_page(folder / PAGE, outcome.results, hours=outcome.hours, manifest=manifest, case=case, known=known, made=report)


@cache
def _versions() -> Mapping[str, str]:
    """Of the program, of Python and of what it rests on: they stay while it runs."""
    return {"measures": version("measures"), "python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _past(outcome: SolvedCase, progress: Progress | None, *, compared: bool) -> dict[str, Any]:
    """What the manifest says of the past, with the builds that hang on how it is read."""
    if outcome.ready.past is None or not compared:
        return {}
    watch = Watch(say=lambda _, step, bound, best: progress("readings", step, bound, best)) if progress else Watch()
    return {"past": {**outcome.manifest["past"], "readings": readings_compared(outcome.ready, outcome.plan, watch)}}


def _year_check(outcome: SolvedCase, progress: Progress | None, team: Team) -> dict[str, Any]:
    """What the manifest says of the plan on all days, with the seconds that took; nothing where there is nothing to check."""
    watch = Watch(say=progress) if progress else Watch()
    plans = {"plan": outcome.plan, "usual": outcome.ready.usual, "free": outcome.free}
    return _check_record(outcome, full_year_check(outcome.ready, plans, watch, team), watch.clock)


def _check_record(outcome: SolvedCase, found: YearCheck | None, clock: Clock) -> dict[str, Any]:
    told = {"full_year": found.record()} if found else {}
    return {**told, "seconds": {**outcome.manifest["seconds"], **{name: round(value, 3) for name, value in clock.seconds.items()}}}


def export_run(run: Run, form: str, out: Path | None, *, runs: Path, language: str) -> Path:
    """A stored run as a workbook or a folder of CSV tables, whole or not at all, with what the studies under `runs` tell of it.

    Raises RunError when the target exists.
    """
    name = f"{run.manifest['case']}-{run.folder.name}" + (".xlsx" if form == "xlsx" else "-csv")
    with own_name([out or Path.cwd() / name]) as target:
        whole = run.inputs.exists() and not changed_inputs(run)  # what was changed since tells nothing of the plan
        case = read_case(run.inputs, overlays=run.overlays) if whole else None
        known = steadiness(run.manifest, run.results, runs)
        report = plan_report(run.results, hours=run.hours, manifest=run.manifest, case=case, language=language, known=known)
        if form == "xlsx":
            write_workbook(target, report)
        else:
            with new_run(target) as folder:
                write_csv(folder, report)
    return target


def sources_of(case: Case) -> dict[str, Path]:
    """What a run keeps of its case: its own folder with the overlays laid over it, or the workbook that has them, and the folders it includes."""
    own = case.folder
    laid = {} if own.is_file() else {f"{case.header.id}/{OVERLAYS}/{overlay}": folder for overlay, folder in case.overlays.items()}
    name = case.header.id + (own.suffix.casefold() if own.is_file() else "")
    return {name: own, **laid, **case.includes}


def _plain(options: Options, overlays: Sequence[str], *, negotiate: bool) -> Mapping[str, Any]:
    return {
        "overlays": list(overlays),
        "days": written(options.days), "decide_from": options.decide_from, "gap": options.gap,
        "time_limit": None if options.time_limit == float("inf") else options.time_limit, "dropped": sorted(options.dropped), "threads": options.threads,
        "negotiate": negotiate,
    }  # fmt: skip
