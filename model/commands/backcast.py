"""`backcast`: what was published of the years gone by against what the model makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from model.commands import paths
from model.commands.exits import no_plan, print_json
from model.commands.group import Command
from model.commands.options import (
    days_option,
    json_option,
    kept_for,
    language_option,
    most_year,
    overlays_option,
    tell_as_asked,
    workbook_option,
)
from model.commands.values import NAME, whole


@click.command(cls=Command)
@click.argument("case", type=NAME)
@overlays_option
@click.option("--decide-from", type=whole(0, most_year), default=None, metavar="YEAR", help="help_backcast_decide_from")
@days_option("backcast")
@workbook_option
@language_option
@json_option
def backcast(
    case: str, overlays: tuple[str, ...], decide_from: int | None, days: Any, out: Path | None, language: str, as_json: bool
) -> None:  # fmt: skip
    """The record of CASE against the model: base year and past as they are found, beside what was published of them."""
    from model.case.checks.load import find_case, sound_case
    from model.report.case.backcast_tables import backcast_report
    from model.report.case.backcast_text import backcast_text
    from model.report.progress import Progress
    from model.report.records import clash_records
    from model.report.writers.workbook import write_workbook
    from model.study.plan.backcast import backcast_of
    from model.study.solved.solved_model import NoPlan, Options, Watch

    kept_for(out)
    read = sound_case(find_case(case, paths.DATA), data=paths.DATA, overlays=overlays)
    tell_as_asked(read, language)
    with Progress(language) as progress:
        try:
            made = backcast_of(read, Options(days=days, decide_from=decide_from), Watch(say=progress.step))
        except NoPlan as error:
            no_plan(error, read, language, as_json=as_json)
    if out is not None:
        write_workbook(out, backcast_report(made, read, language))
    if as_json:
        print_json(made.record() | {"overlay_clashes": clash_records(read)})
        return
    click.echo(backcast_text(made, read, language), nl=False)
    if out is not None:
        click.echo(str(out))
