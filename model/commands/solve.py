"""`solve`: the cheapest plan of a case, stored as a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from model.commands import places
from model.commands.asks import case_options, folder_option, json_option, language_option, options_of, program_file, read_as_asked
from model.commands.ends import USAGE, exit_code, faults_end_the_command, no_plan, print_json, stop


@click.command()
@click.argument("case")
@case_options(proves="each model")
@folder_option("The run")
@click.option("--negotiate", is_flag=True, help="Where targets cannot all be met, the plan that relaxes them least, stored as a run.")
@click.option(
    "--foresight", type=click.IntRange(1), default=None, metavar="N", help="Decide year by year with N years in view; what that costs."
)
@click.option(
    "--write-mps", "mps", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the plan's program for another solver."
)
@language_option
@json_option
@faults_end_the_command
def solve(
    case: str, out: Path | None, negotiate: bool, foresight: int | None, mps: Path | None, language: str, as_json: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """The cheapest plan of CASE under its targets: a run folder, and a summary on one screen.

    Example: measures solve chengde --set wind_investment.value=5000 --days 4
    """
    from model.report.explain.clash_text import clash_record, clash_text, relaxed_text
    from model.report.plan.foresight_text import foresight_text
    from model.report.plan.text import summary_text
    from model.report.progress import Progress
    from model.report.records import run_record
    from model.report.words import word
    from model.study.infeasible.clash import found_clash
    from model.study.plan.answer import NoPlan
    from model.study.runs.run import hand_over

    if negotiate and foresight:
        stop(word("line_foresight_alone", language), USAGE)
    program_file(mps, language)
    with Progress(language) as progress:
        start = progress.seconds
        read, flattened = read_as_asked(case, asked, language)
        options = options_of(asked, mps=mps)
        try:
            run, ready = hand_over(
                read, options, folder=out, runs=places.RUNS, changes=asked["changes"], flattened=flattened, language=language, reading=progress.seconds - start,
                progress=progress.step, negotiate=negotiate, foresight=foresight,
            )  # fmt: skip
            unserved = run.manifest["status"] == "unserved"
            clash = found_clash(read, options, ready=ready, progress=progress.step) if unserved else None
        except NoPlan as error:
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
        click.echo(summary_text(run.results, run.manifest, language), nl=False)
        click.echo(f"{run.folder}")
    sys.exit(exit_code(run.manifest))
