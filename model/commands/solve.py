"""`solve`: the cheapest plan of a case, stored as a run."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.exits import end_of_run, no_plan, print_json
from model.commands.group import Command
from model.commands.options import case_options, json_option, language_option, options_of, program_file, read_as_asked
from model.commands.values import AUTO, FOLDER, NAME, NEW_FILE, whole

most_workers = 2  # for the full-year check: each has a year of its own in memory


@click.command(cls=Command)
@click.argument("case", type=NAME)
@case_options("solve", gap=1e-4)
@click.option("--out", type=FOLDER, default=None, help="help_out_run")
@click.option("--negotiate", is_flag=True, help="help_negotiate")
@click.option("--foresight", type=whole(1), default=None, metavar="N", help="help_foresight")
@click.option("--no-year-check", is_flag=True, help="help_no_year_check")
@click.option("--since", "earlier", type=NAME, default=None, metavar="RUN", help="help_since")
@click.option("--write-mps", "mps", type=NEW_FILE, default=None, help="help_write_mps")
@language_option
@json_option
def solve(
    case: str, out: Path | None, negotiate: bool, foresight: int | None, no_year_check: bool, earlier: str | None, mps: Path | None, language: str,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """The cheapest plan of CASE under its targets: a run folder, and a summary on one screen."""
    from model.report.explain.clash_text import clash_record, clash_text, relaxed_text
    from model.report.plan.day_rounds_text import round_line
    from model.report.plan.foresight_text import foresight_text
    from model.report.plan.since_text import since_text
    from model.report.plan.text import summary_text
    from model.report.progress import Progress
    from model.report.records import run_record
    from model.results.run import find_run
    from model.results.shortfalls import targets_leave_short
    from model.results.since import since_of
    from model.results.steadiness import steadiness
    from model.study.engine.workers import cores, run_jobs
    from model.study.infeasible.clash import found_clash
    from model.study.runs.run import hand_over
    from model.study.solved.solved_model import NoPlan

    if negotiate and foresight:
        raise CodedError("foresight_alone")
    rounds = asked["days"] == AUTO
    if rounds and (foresight or no_year_check):
        raise CodedError("days_auto_alone", options="--foresight, --no-year-check")
    asked["days"] = None if rounds else asked["days"]
    program_file(mps, out)
    before = find_run(paths.RUNS, earlier, case=Path(case).stem) if earlier else None
    with Progress(language) as progress:
        start = progress.seconds
        read, flattened = read_as_asked(case, asked, language)
        options = options_of(asked, mps=mps)
        try:

            def tell_round(number: int, days: int, left: tuple[str, ...]) -> None:
                progress.note(round_line(number, days, left, language))

            run, ready = hand_over(
                read, options, folder=out, runs=paths.RUNS, changes=asked["changes"], flattened=flattened, language=language, reading=progress.seconds - start,
                progress=progress.step, negotiate=negotiate, foresight=foresight, earlier=before, year_check=None if no_year_check else partial(run_jobs, workers=min(most_workers, cores())),
                rounds=tell_round if rounds else None,
            )  # fmt: skip
            options = replace(options, days=ready.scope.days)
            clash = found_clash(read, options, ready=ready, progress=progress.step) if targets_leave_short(run.manifest) else None
        except NoPlan as error:
            options = replace(options, days=error.ready.scope.days) if error.ready else options
            clash = found_clash(read, options, ready=error.ready, progress=progress.step) if error.status == "infeasible" else None
            no_plan(error, read, language, dropped=asked["dropped"], clash=clash, as_json=as_json)
    if as_json:
        print_json(run_record(run) | ({"clash": clash_record(clash, read, language)} if clash else {}))
    else:
        if foresight:
            click.echo(foresight_text(run.manifest["foresight"], run.results, language))
        if negotiate:
            click.echo(relaxed_text(run.manifest["relaxed"], read, language))
        if clash:
            click.echo(clash_text(clash, read, language))
        if before is not None:
            told = since_text(since_of(run.manifest["since"]), run.results, run.manifest, language)
        else:
            told = summary_text(run.results, run.manifest, language, known=steadiness(run.manifest, run.results, paths.RUNS))
        click.echo(told, nl=False)
        click.echo(f"{run.folder}")
    end_of_run(run.manifest, language)
