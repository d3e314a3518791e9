"""The command line: parse, call one function, print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

ROOT = Path(__file__).resolve().parent
DATA, RUNS = ROOT / "data", Path(os.environ.get("MEASURES_RUNS", ROOT / "runs"))
DONE, DATA_FAULT, USAGE, TARGETS_CLASH, NOT_PROVEN = 0, 1, 2, 3, 4

language_option = click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", help="Language of what is shown.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, nothing else.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="measures")
def main() -> None:
    """Least-cost portfolios of measures that meet every target of a city's plan, year by year."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a GBK console must not stop a run


def _faults_end_the_command(command: Callable) -> Callable:
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from model.case.change import ChangeError
        from model.case.faults import CaseFaults
        from model.case.sound import NoCase
        from model.results.run import RunError

        try:
            return command(*args, **kwargs)
        except CaseFaults as error:
            _print_faults(error.faults, kwargs.get("language", "en"), as_json=kwargs.get("as_json", False))
            sys.exit(DATA_FAULT)
        except (ChangeError, NoCase, RunError) as error:
            _stop(str(error), USAGE)
        except KeyboardInterrupt:
            _stop("stopped; nothing was stored", NOT_PROVEN)

    return run


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    sys.exit(code)


def _print_json(content: Any) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, default=float))


def _print_faults(faults: Any, language: str, *, as_json: bool) -> None:
    from model.report.records import fault_records
    from model.report.wording.fault_words import fault_sentence

    if as_json:
        _print_json({"faults": fault_records(faults, language)})
        return
    for fault in faults:
        click.echo(fault_sentence(fault, language))


def _no_plan(error: Any, case: Any, language: str, *, dropped: tuple[str, ...] = (), clash: Any = None, as_json: bool) -> NoReturn:
    from model.report.explain.clash_text import clash_record, clash_text
    from model.report.explain.no_plan_text import no_plan_record, no_plan_text

    if as_json:
        _print_json(
            no_plan_record(case, status=error.status, model=error.model, dropped=dropped)
            | (clash_record(clash, case, language) if clash else {})
        )
    elif clash:
        click.echo(clash_text(clash, case, language), nl=False)
    text = no_plan_text(case, status=error.status, model=error.model, dropped=dropped, language=language)
    _stop(text, TARGETS_CLASH if error.status == "infeasible" else NOT_PROVEN)


def _clash(case: Any, options: Any, watch: Any, language: str, *, as_json: bool) -> NoReturn:
    from model.report.explain.clash_text import clash_record, clash_text
    from model.study.clash.clash import find_clash

    clash = find_clash(case, options, watch)
    if as_json:
        _print_json(clash_record(clash, case, language))
    else:
        click.echo(clash_text(clash, case, language), nl=False)
    sys.exit(TARGETS_CLASH)


@main.command()
@language_option
@json_option
@_faults_end_the_command
def cases(language: str, as_json: bool) -> None:
    """The cases and what they hold.

    Example: measures cases --lang zh
    """
    from model.report.records import case_records

    records = case_records(DATA)
    if as_json:
        _print_json({"cases": records})
        return
    for record in records:
        counts = ", ".join(f"{record[name]} {name}" for name in ("measures", "technologies", "targets"))
        click.echo(f"{record['case']:<14} {record[f'label_{language}']}  {record['years']}  {counts}")


@main.command()
@click.argument("case")
@click.option("--sources", "with_sources", is_flag=True, help="How sure the numbers are, and the estimates on which the result leans most.")
@language_option
@json_option
@_faults_end_the_command
def check(case: str, with_sources: bool, language: str, as_json: bool) -> None:
    """Every data fault of CASE, with its place and remedy.

    Example: measures check chengde --sources
    """
    from model.case.check import check as faults_of
    from model.case.check import warnings
    from model.case.read import read_case
    from model.case.sound import find_case
    from model.report.case.coverage_text import awaiting_text
    from model.report.case.source_text import sources_text
    from model.report.records import sources_record
    from model.report.words import counted, word
    from model.results.run import latest_accepted

    folder = find_case(case, DATA)
    faults = faults_of(folder)
    if faults:
        _print_faults(faults, language, as_json=as_json)
        if not as_json:
            click.echo(counted("line_faults", len(faults), language), err=True)
        sys.exit(DATA_FAULT)
    sound = read_case(folder)
    warned, run = warnings(sound), latest_accepted(RUNS, sound.header.id) if with_sources else None
    if as_json:
        _print_json({"faults": [], "warnings": len(warned), **({"sources": sources_record(sound, run)} if with_sources else {})})
        return
    _print_faults(warned, language, as_json=False)
    click.echo(word("line_no_faults", language))
    click.echo(awaiting_text(sound, language), nl=False)
    if with_sources:
        click.echo(sources_text(sound, run.results if run else None, language, run=run.name if run else ""), nl=False)


@main.command()
@click.argument("case")
@language_option
@json_option
@_faults_end_the_command
def coverage(case: str, language: str, as_json: bool) -> None:
    """The plan of CASE clause by clause: its words, what models them, or why not.

    Example: measures coverage chengde --lang zh
    """
    from model.case.checks_coverage import unnamed
    from model.case.sound import find_case, sound_case
    from model.report.case.coverage_tables import coverage_counts, coverage_records
    from model.report.case.coverage_text import coverage_text

    read = sound_case(find_case(case, DATA))
    if as_json:
        _print_json({"coverage": coverage_records(read), "totals": coverage_counts(read), "unnamed": unnamed(read)})
        return
    click.echo(coverage_text(read, language), nl=False)


@main.command()
@click.argument("case")
@click.option(
    "--set", "changes", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=VALUE", help="Change one number for this run only; repeatable."
)
@click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="Leave out a target; repeatable.")
@click.option("--gap", type=click.FloatRange(0, 1), default=1e-3, show_default=True, help="Relative gap to prove.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=None, help="Seconds for each model.")
@click.option("--days", default=None, metavar="N|all", help="Typical days; 'all' for 365. Default: the case's own number.")
@click.option("--decide-from", type=int, default=None, help="First year of free decisions; earlier builds come from actuals.csv.")
@click.option(
    "--out", type=click.Path(path_type=Path, resolve_path=True), default=None, help="The run folder itself; refused if it exists."
)
@click.option("--negotiate", is_flag=True, help="Where targets cannot all be met, the plan that relaxes them least, stored as a run.")
@click.option(
    "--write-mps", "mps", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the plan's program for another solver."
)
@language_option
@json_option
@_faults_end_the_command
def solve(
    case: str, changes: tuple[str, ...], dropped: tuple[str, ...], gap: float, time_limit: float | None, days: str | None,
    decide_from: int | None, out: Path | None, negotiate: bool, mps: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """The cheapest plan of CASE under its targets: a run folder, and a summary on one screen.

    Example: measures solve chengde --set wind_investment.value=5000 --days 4
    """
    from model.case.sound import find_case, sound_case
    from model.report.explain.clash_text import clash_record, clash_text, relaxed_text
    from model.report.plan.text import summary_text
    from model.report.progress import Progress
    from model.report.records import run_record
    from model.study.clash.clash import found_clash
    from model.study.hand_over import hand_over
    from model.study.solve import NoPlan, Options

    with Progress(language) as progress:
        start = progress.seconds
        read = sound_case(find_case(case, DATA), changes)
        _known_targets(read, dropped)
        options = Options(
            days=_days(days), decide_from=decide_from, gap=gap, time_limit=time_limit or float("inf"), dropped=frozenset(dropped), mps=mps,
        )  # fmt: skip
        try:
            run = hand_over(
                read,
                options,
                folder=out,
                runs=RUNS,
                changes=changes,
                language=language,
                reading=progress.seconds - start,
                progress=progress.step,
                negotiate=negotiate,
            )
            clash = found_clash(read, options, progress=progress.step) if run.manifest["status"] == "unserved" else None
        except NoPlan as error:
            clash = found_clash(read, options, progress=progress.step) if error.status == "infeasible" else None
            _no_plan(error, read, language, dropped=dropped, clash=clash, as_json=as_json)
    if as_json:
        _print_json(run_record(run) | ({"clash": clash_record(clash, read, language)} if clash else {}))
    else:
        if negotiate:
            click.echo(relaxed_text(run.manifest["relaxed"], read, language))
        if clash:
            click.echo(clash_text(clash, read, language))
        click.echo(summary_text(run.results, run.manifest, language), nl=False)
        click.echo(f"{run.folder}")
    sys.exit(_exit_code(run.manifest))


def _exit_code(manifest: Any) -> int:
    if manifest["status"] == "unserved":
        return TARGETS_CLASH
    return DONE if manifest["accepted"] else NOT_PROVEN


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "all":
        return 0
    if text.isdigit() and 1 <= int(text) <= 365:
        return int(text)
    raise click.BadParameter(f"{text}: give a number from 1 to 365, or 'all'", param_hint="--days")


@main.command()
@click.argument("case")
@click.option("--days", default=None, metavar="N|all", help="Typical days; 'all' for 365.")
@language_option
@json_option
@_faults_end_the_command
def base(case: str, days: str | None, language: str, as_json: bool) -> None:
    """The base year of CASE as the model runs it, against its facts.

    Example: measures base shijiazhuang
    """
    from model.case.sound import find_case, sound_case
    from model.report.case.base_text import base_text
    from model.study.base import base_records
    from model.study.solve import NoPlan

    read = sound_case(find_case(case, DATA))
    try:
        records = [record | {"label": record[f"label_{language}"]} for record in base_records(read, days=_days(days))]
    except NoPlan as error:
        _no_plan(error, read, language, as_json=as_json)
    missed = [record for record in records if record["within"] is False]
    if as_json:
        _print_json({"base": records, "missed": [record["id"] for record in missed]})
    else:
        click.echo(base_text(records, language), nl=False)
    sys.exit(DATA_FAULT if missed else DONE)


@main.command()
@click.argument("asked", metavar="RUN|CASE")
@click.option(
    "--set", "changes", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=VALUE", help="Change one number for this answer only; repeatable."
)
@click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="Leave out a target; repeatable.")
@click.option(
    "--target", "targets", multiple=True, metavar="TARGET", help="Solve again for this target only, to a finer proof; repeatable."
)
@click.option("--no-resolve", is_flag=True, help="Prices and drivers only; do not solve again.")
@click.option(
    "--gap", type=click.FloatRange(0, 1), default=5e-4, show_default=True, help="Relative gap to prove, of the plan and of each re-solve."
)
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=None, help="Seconds for all re-solves together.")
@click.option(
    "--days", default=None, metavar="N|all", help="Typical days; 'all' for 365. Default: those of the run, or the case's own number."
)
@click.option("--decide-from", type=int, default=None, help="First year of free decisions; earlier builds come from actuals.csv.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write a workbook; refused if it exists.")
@language_option
@json_option
@_faults_end_the_command
def explain(
    asked: str, changes: tuple[str, ...], dropped: tuple[str, ...], targets: tuple[str, ...], no_resolve: bool, gap: float, time_limit: float | None,
    days: str | None, decide_from: int | None, out: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """What each target of a RUN or CASE costs, what drives the plan, or which targets clash.

    Example: measures explain chengde --days 2 --target target_small_bf_gone
    """
    from model.case.labels import labels
    from model.report.explain.explain_tables import write_explained
    from model.report.explain.explain_text import explain_progress, explain_text
    from model.report.progress import Progress
    from model.study.answer import NoPlan, Options, Watch
    from model.study.explain.explain import asked_for, explain

    if out is not None and out.exists():
        _stop(f"{out} exists already; choose another --out", USAGE)
    options = Options(days=_days(days), decide_from=decide_from, gap=gap, time_limit=time_limit or float("inf"), dropped=frozenset(dropped))
    with Progress(language) as progress:
        read, options = asked_for(asked, options, data=DATA, runs=RUNS, changes=changes)
        _known_targets(read, (*dropped, *targets))
        known = labels(read)
        watch = Watch(say=explain_progress(progress, known, language))
        try:
            explained = explain(read, options, asked=frozenset(targets), again=not no_resolve, watch=watch)
        except NoPlan as error:
            if error.status != "infeasible":
                _no_plan(error, read, language, dropped=tuple(options.dropped), as_json=as_json)
            _clash(read, options, watch, language, as_json=as_json)
    if out is not None:
        write_explained(out, explained, known, language)
    if as_json:
        _print_json(explained.record())
        return
    click.echo(explain_text(explained, known, language), nl=False)
    if out is not None:
        click.echo(str(out))


def _known_targets(case: Any, asked: tuple[str, ...]) -> None:
    known = {row.id for row in case.tables["targets"]}
    unknown = sorted(set(asked) - known)
    if unknown:
        _stop(f"no target called {', '.join(unknown)}; targets: {', '.join(sorted(known))}", USAGE)


@main.command()
@click.argument("case", required=False)
@click.option("--tornado", is_flag=True, help="Every number with a range, one at a time, at its low and at its high end.")
@click.option("--grid", "grid", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=A,B|LO:HI:N", help="Every combination of values; repeatable.")
@click.option("--lhs", type=click.IntRange(2), default=None, metavar="N", help="Latin hypercube of N scenarios over the ranges.")
@click.option("--morris", type=click.IntRange(2), default=None, metavar="N", help="N Morris trajectories over the ranges.")
@click.option("--sobol", type=click.IntRange(2), default=None, metavar="N", help="Sobol sample over the ranges; N a power of two.")
@click.option("--scenarios", type=click.Path(path_type=Path), default=None, metavar="FILE", help="CSV: one scenario a row, its name first.")
@click.option(
    "--over", multiple=True, metavar="ITEM.QUANTITY", help="Only these numbers (* for anything); repeatable. Default: all with a range."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the sample.")
@click.option("--on", multiple=True, metavar="INDICATOR|MEASURE[@YEAR]", help="Effects on this too, beside those on cost; repeatable.")
@click.option("--dry-run", is_flag=True, help="How many scenarios and about how long; one is timed, nothing is stored.")
@click.option(
    "--workers", type=click.IntRange(1), default=None, metavar="N", help="Processes, a thread each. Default: the cores there are."
)
@click.option("--resume", default=None, metavar="STUDY", help="Go on with a study that was stopped: its folder, or CASE/NAME.")
@click.option(
    "--set", "changes", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=VALUE", help="Change a number in every scenario; repeatable."
)
@click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="Leave out a target in every scenario; repeatable.")
@click.option("--gap", type=click.FloatRange(0, 1), default=1e-3, show_default=True, help="Relative gap to prove.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=None, help="Seconds for each model of a scenario.")
@click.option("--days", default=None, metavar="N|all", help="Typical days; 'all' for 365. Default: the case's own number.")
@click.option("--out", type=click.Path(path_type=Path, resolve_path=True), default=None, help="The study's folder; refused if it exists.")
@language_option
@json_option
@_faults_end_the_command
def sweep(
    case: str | None, tornado: bool, grid: tuple[str, ...], lhs: int | None, morris: int | None, sobol: int | None, scenarios: Path | None,
    over: tuple[str, ...], seed: int, on: tuple[str, ...], dry_run: bool, workers: int | None, resume: str | None, changes: tuple[str, ...],
    dropped: tuple[str, ...], gap: float, time_limit: float | None, days: str | None, out: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """What moves the plan of CASE: many scenarios in one study, with tables, charts and a Dataset.

    Example: measures sweep chengde --tornado --over "*.investment" --days 2 --workers 2
    """
    from model.case.misfit import DesignError
    from model.case.sound import find_case, sound_case
    from model.report.studies.study_progress import StudyProgress
    from model.report.studies.sweep_text import estimate_text, misfit_text, sweep_record, sweep_text
    from model.report.words import word
    from model.results.effects import NoOutcome
    from model.results.study import find_study, study_folder
    from model.study.answer import NoPlan, Options, Watch
    from model.study.sweep.design import Asked, designed
    from model.study.sweep.sweep import estimate
    from model.study.sweep.sweep import resume as go_on
    from model.study.sweep.sweep import sweep as run_sweep
    from model.study.sweep.workers import cores

    asked = Asked(tornado, grid, lhs, morris, sobol, scenarios, over, seed)
    team, read, folder = workers or cores(), None, None
    with StudyProgress(language) as progress:
        watch = Watch(say=progress.model)
        try:
            if resume is not None:
                stored = find_study(RUNS, resume)
                folder = stored.folder
                if asked.kinds or over or changes or dropped or out:
                    _stop(
                        word("line_resume_alone", language).format(
                            "--tornado --grid --lhs --morris --sobol --scenarios --over --set --drop --out"
                        ),
                        USAGE,
                    )
                if case not in (None, stored.content["case"]):
                    _stop(word("line_resume_case", language).format(resume, stored.content["case"], case), USAGE)
                study = go_on(stored.folder, workers=team, language=language, watch=watch, tell=progress.tell)
            elif case is None:
                _stop(word("line_no_case", language), USAGE)
            else:
                read = sound_case(find_case(case, DATA), changes)
                _known_targets(read, dropped)
                design = designed(read, asked)
                options = Options(days=_days(days), gap=gap, time_limit=time_limit or float("inf"), dropped=frozenset(dropped))
                if dry_run:
                    told = estimate(read, design, options, workers=team, watch=watch)
                    if as_json:
                        _print_json(vars(told))
                    else:
                        click.echo(estimate_text(**vars(told), workers=team, language=language))
                    return
                folder = out or study_folder(RUNS, read.header.id, "sweep")
                study = run_sweep(
                    read,
                    design,
                    options,
                    folder=folder,
                    on=on,
                    changes=changes,
                    workers=team,
                    language=language,
                    watch=watch,
                    tell=progress.tell,
                )
        except DesignError as error:
            _stop(misfit_text(error.misfits, language), USAGE)
        except NoOutcome as error:
            _stop(str(error), USAGE)
        except NoPlan as error:
            if error.status == "interrupted":
                _stop(word("line_stopped_early", language), NOT_PROVEN)
            _no_plan(error, read, language, dropped=dropped, as_json=as_json)
        except KeyboardInterrupt:
            kept = folder is not None and (folder / "study.json").is_file()
            _stop(word("line_stopped", language).format(folder, folder) if kept else word("line_stopped_early", language), NOT_PROVEN)
    if as_json:
        _print_json(sweep_record(study.results, str(study.folder)))
        return
    click.echo(sweep_text(study.results, language), nl=False)
    click.echo(str(study.folder))


def _case_options(command: Callable) -> Callable:
    """What every study of a case is asked with."""
    for option in reversed(
        [
            click.option(
                "--set", "changes", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=VALUE", help="Change one number first; repeatable."
            ),
            click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="Leave out a target; repeatable."),
            click.option(
                "--gap", type=click.FloatRange(0, 1), default=1e-3, show_default=True, help="Relative gap to prove, of every answer."
            ),
            click.option(
                "--time-limit", type=click.FloatRange(min=0.1), default=None, help="Seconds for all answers after the reference plan."
            ),
            click.option("--days", default=None, metavar="N|all", help="Typical days; 'all' for 365. Default: the case's own number."),
            click.option(
                "--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write a workbook; refused if it exists."
            ),
        ]
    ):
        command = option(command)
    return command


def _studied(case: str, asked: dict[str, Any], language: str, answer: Callable, *, as_json: bool) -> tuple[Any, Any]:
    """One study of a case answered, with progress: `answer` takes case, options, watch and tell. Returns the answer and the labels."""
    from model.case.labels import labels
    from model.case.sound import find_case, sound_case
    from model.report.progress import Progress
    from model.report.studies.steps_progress import steps_progress
    from model.study.answer import NoPlan, Options, Watch

    out, dropped = asked["out"], asked["dropped"]
    if out is not None and out.exists():
        _stop(f"{out} exists already; choose another --out", USAGE)
    options = Options(
        days=_days(asked["days"]), gap=asked["gap"], time_limit=asked["time_limit"] or float("inf"), dropped=frozenset(dropped)
    )
    with Progress(language) as progress:
        read = sound_case(find_case(case, DATA), asked["changes"])
        _known_targets(read, dropped)
        tell = steps_progress(progress, language, live=sys.stderr.isatty())
        try:
            return answer(read, options, Watch(say=progress.step), tell), labels(read)
        except NoPlan as error:
            _no_plan(error, read, language, dropped=dropped, as_json=as_json)


def _show(made: Any, known: Any, *, text: Callable, write: Callable, out: Path | None, language: str, as_json: bool) -> NoReturn:
    """The workbook where one is asked for, then the answer on standard output; ends with 4 where it is not complete."""
    if out is not None:
        write(out, made, known, language)
    if as_json:
        _print_json(made.record())
    else:
        click.echo(text(made, known, language), nl=False)
        if out is not None:
            click.echo(str(out))
    sys.exit(DONE if made.complete else NOT_PROVEN)


@main.command()
@click.argument("case")
@click.option("--indicator", required=True, metavar="INDICATOR[@YEAR]", help="What is capped; without a year, in the last one.")
@click.option("--second", default=None, metavar="INDICATOR[@YEAR]", help="A second indicator to cap, at up to four values.")
@click.option("--at-least", is_flag=True, help="More of the indicator is better: floors instead of caps.")
@click.option("--second-at-least", is_flag=True, help="The same of the second indicator.")
@click.option(
    "-n", "count", type=click.IntRange(2, 101), default=11, show_default=True, help="Points, from the plan's own value to the best."
)
@_case_options
@language_option
@json_option
@_faults_end_the_command
def frontier(
    case: str, indicator: str, second: str | None, at_least: bool, second_at_least: bool, count: int, language: str, as_json: bool, **asked: Any
) -> None:  # fmt: skip
    """The least cost of CASE against one indicator or two: proven points, the knee marked.

    Example: measures frontier chengde --indicator co2_energy@2030 -n 6 --days 1
    """
    from model.report.studies.frontier_tables import frontier_text, write_frontier
    from model.study.trade.frontier import aim_of
    from model.study.trade.frontier import frontier as frontier_of

    def answer(read: Any, options: Any, watch: Any, tell: Any) -> Any:
        first = aim_of(read, indicator, at_least=at_least)
        other = aim_of(read, second, at_least=second_at_least) if second else None
        return frontier_of(read, first, options, count=count, second=other, watch=watch, tell=tell)

    made, known = _studied(case, asked, language, answer, as_json=as_json)
    _show(made, known, text=frontier_text, write=write_frontier, out=asked["out"], language=language, as_json=as_json)


@main.command()
@click.argument("case")
@click.option("--within", default="2%", show_default=True, metavar="SHARE,...", help="How much more the plan may cost: 1%,2%,5%.")
@click.option("--years", default="", metavar="YEAR,...", help="Groups of years by their last: 2025,2030. Default: the whole horizon.")
@click.option("--different", type=click.IntRange(0, 50), default=0, show_default=True, help="As many plans as different as can be.")
@_case_options
@language_option
@json_option
@_faults_end_the_command
def alternatives(case: str, within: str, years: str, different: int, language: str, as_json: bool, **asked: Any) -> None:
    """Other plans of CASE nearly as cheap: the least and the most of each measure, must-have, optional or never.

    Example: measures alternatives chengde --within 1%,2% --different 3 --days 1
    """
    from model.report.studies.alternatives_tables import alternatives_text, write_alternatives
    from model.study.trade.alternatives import alternatives as alternatives_of

    shares = [_percent(part, "--within") for part in within.split(",")]
    ends = [_number(part, "--years") for part in years.split(",") if part.strip()]

    def answer(read: Any, options: Any, watch: Any, tell: Any) -> Any:
        return alternatives_of(read, options, within=shares, years=ends, different=different, watch=watch, tell=tell)

    made, known = _studied(case, asked, language, answer, as_json=as_json)
    _show(made, known, text=alternatives_text, write=write_alternatives, out=asked["out"], language=language, as_json=as_json)


def _percent(text: str, option: str) -> float:
    try:
        share = float(text.strip().rstrip("%")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise click.BadParameter(f"{text}: give shares like 1%,2%,5%", param_hint=option)
    return share


def _number(text: str, option: str) -> int:
    if not text.strip().isdigit():
        raise click.BadParameter(f"{text}: give whole numbers like 2025,2030", param_hint=option)
    return int(text)


@main.command()
@click.argument("case")
@click.option("--indicator", required=True, metavar="INDICATOR[@YEAR]", help="What is abated; the year is that of the rising cap.")
@click.option(
    "--measure", "measures", multiple=True, metavar="MEASURE", help="Ask for this measure only; repeatable. Default: all of the plan."
)
@click.option("--delays", default="1,2,3,4,5", show_default=True, metavar="YEARS,...", help="Years of delay to ask for; 0 for none.")
@click.option("-n", "count", type=click.IntRange(0, 101), default=6, show_default=True, help="Points of the rising cap; 0 for none.")
@_case_options
@language_option
@json_option
@_faults_end_the_command
def abatement(
    case: str, indicator: str, measures: tuple[str, ...], delays: str, count: int, language: str, as_json: bool, **asked: Any
) -> None:  # fmt: skip
    """What each measure of CASE's plan is worth: left out or delayed, the rest planned anew; and the cost of a rising cap.

    Example: measures abatement chengde --indicator co2_energy@2030 --delays 1,5 --days 1
    """
    from model.report.studies.abatement_tables import abatement_text, write_abatement
    from model.study.trade.abatement import abatement as abatement_of
    from model.study.trade.frontier import aim_of

    years = [years for years in (_number(part, "--delays") for part in delays.split(",")) if years]

    def answer(read: Any, options: Any, watch: Any, tell: Any) -> Any:
        aim = aim_of(read, indicator)
        return abatement_of(read, aim, options, measures=measures, delays=years, points=count, watch=watch, tell=tell)

    made, known = _studied(case, asked, language, answer, as_json=as_json)
    _show(made, known, text=abatement_text, write=write_abatement, out=asked["out"], language=language, as_json=as_json)


@main.command("compare")
@click.argument("asked", metavar="RUN RUN...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write a workbook; refused if it exists.")
@language_option
@json_option
@_faults_end_the_command
def compare_runs(asked: tuple[str, ...], out: Path | None, language: str, as_json: bool) -> None:
    """Stored runs side by side, differences first: cost, targets, indicators, measures, inputs.

    Example: measures compare chengde/latest chengde/usual --lang zh
    """
    from model.report.studies.compare_tables import compare_text, write_compared
    from model.results.compare import compare
    from model.results.run import find_run

    found = [find_run(RUNS, name) for name in asked]
    made, known = compare(found), found[0].results
    if out is not None:
        write_compared(out, made, known, language)
    if as_json:
        _print_json(made.record())
        return
    click.echo(compare_text(made, known, language), nl=False)
    if out is not None:
        click.echo(str(out))


@main.command()
@click.argument("case", required=False)
@json_option
@_faults_end_the_command
def runs(case: str | None, as_json: bool) -> None:
    """The stored runs, oldest first.

    Example: measures runs chengde
    """
    from model.report.records import run_records
    from model.results.run import list_runs

    found = [run for run in list_runs(RUNS) if case in (None, run.manifest.get("case"))]
    if as_json:
        _print_json({"runs": run_records(found)})
        return
    for run in found:
        click.echo(f"{run.name:<36} {run.manifest['status']:<10} {run.manifest['objective']:>12.2f}  {100 * run.manifest['gap']:.3f} %")


@main.command()
@click.argument("run")
@language_option
@json_option
@_faults_end_the_command
def show(run: str, language: str, as_json: bool) -> None:
    """A stored RUN (a path, CASE/NAME or latest) on one screen.

    Example: measures show chengde/latest --lang zh
    """
    from model.report.plan.text import summary_text
    from model.report.records import run_record
    from model.results.run import find_run

    found = find_run(RUNS, run)
    if as_json:
        _print_json(run_record(found))
        return
    click.echo(summary_text(found.results, found.manifest, language), nl=False)


@main.command()
@click.argument("run")
@click.option("--to", "form", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True, help="Workbook or a folder of tables.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="File or folder to write; refused if it exists.")
@language_option
@json_option
@_faults_end_the_command
def export(run: str, form: str, out: Path | None, language: str, as_json: bool) -> None:
    """A stored RUN handed over as a workbook or as tables.

    Example: measures export latest --to xlsx --lang zh
    """
    from model.results.run import find_run
    from model.study.hand_over import export_run

    written = export_run(find_run(RUNS, run), form, out, language=language)
    if as_json:
        _print_json({"written": str(written)})
        return
    click.echo(str(written))


if __name__ == "__main__":
    main()
