"""The schedule back: an edited build schedule answered, and what was really built taken from it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from model.commands import paths
from model.commands.exits import TARGETS_CLASH, end_of_run, no_plan, print_json
from model.commands.group import Command
from model.commands.options import json_option, language_option, most_year, overlays_option, warn
from model.commands.values import BOOK_OR_FOLDER, FOLDER, NAME, SECONDS, SHARE, choice, whole

HOLDS, PASTS = ("changed", "all"), ("ask", "what-if")
against_option = click.option("--against", type=NAME, default=None, metavar="RUN", help="help_against")


@click.command(cls=Command)
@click.argument("case", type=NAME)
@click.argument("edited", type=NAME)
@click.option("--hold", type=choice(*HOLDS), default=HOLDS[0], show_default=True, metavar="|".join(HOLDS), help="help_hold")
@click.option("--past", type=choice(*PASTS), default=PASTS[0], show_default=True, metavar="|".join(PASTS), help="help_past")
@against_option
@click.option("--gap", type=SHARE, default=None, help="help_schedule_gap")
@click.option("--time-limit", type=SECONDS, default=None, help="help_time_limit_solve")
@click.option("--out", type=FOLDER, default=None, help="help_out_run")
@click.option("--repair", type=BOOK_OR_FOLDER, default=None, metavar="FILE", help="help_repair")
@language_option
@json_option
def schedule(
    case: str, edited: str, hold: Any, past: Any, against: str | None, gap: float | None, time_limit: float | None, out: Path | None, repair: Path | None,
    language: str, as_json: bool,
) -> None:  # fmt: skip
    """What EDITED, a build schedule that came back changed, costs and moves in CASE; or why it cannot be, and the least repair."""
    from model.case.checks.load import find_case, sound_case
    from model.report.plan.text import summary_text
    from model.report.progress import Progress
    from model.report.records import run_record
    from model.report.schedule.edits_text import untouched_record, untouched_text
    from model.results.run import Run
    from model.results.steadiness import steadiness
    from model.study.schedule.answer import answer_schedule
    from model.study.schedule.asked import asked_schedule
    from model.study.solved.solved_model import NoPlan

    folder = find_case(case, paths.DATA)
    asked = asked_schedule(
        Path(edited), lambda overlays: sound_case(folder, data=paths.DATA, overlays=overlays), runs=paths.RUNS, against=against, hold=hold, past=past,
        gap=gap, time_limit=time_limit,
    )  # fmt: skip
    if asked.differs:
        warn("warning_case_moved_on", language, case=case, run=asked.run.name, count=asked.differs)
    if asked.untouched:
        if as_json:
            print_json(untouched_record(asked.edited, asked.run, hold))
        else:
            click.echo(untouched_text(asked.edited, asked.run, language), nl=False)
        return
    with Progress(language) as progress:
        try:
            answer = answer_schedule(asked, folder=out, runs=paths.RUNS, language=language, progress=progress.step)
        except NoPlan as error:
            no_plan(error, asked.case, language, as_json=as_json)
    if not isinstance(answer, Run):
        _refuse(asked, answer, repair, language, as_json=as_json)
    if as_json:
        print_json(run_record(answer) | {"schedule": answer.manifest["schedule"]})
    else:
        known = steadiness(answer.manifest, answer.results, paths.RUNS)
        click.echo(summary_text(answer.results, answer.manifest, language, known=known), nl=False)
        click.echo(str(answer.folder))
    end_of_run(answer.manifest, language)


def _refuse(asked: Any, refusal: Any, repair: Path | None, language: str, *, as_json: bool) -> NoReturn:
    """What clashes, and the schedule with its repair, written beside the caller; ends with 3."""
    from model.report.schedule.refusal_text import refusal_text
    from model.study.schedule.repair import write_repaired

    written = write_repaired(asked, refusal.clash, repair, language)
    changes = (*asked.changes, *asked.past_changes)
    if as_json:
        cost = None if refusal.cost is None else dict(zip(("value", "low", "high"), refusal.cost, strict=True))
        told = {"against": asked.run.name, "changes": [asdict(one) for one in changes], **refusal.clash.record(), "repair_cost": cost}
        print_json({"schedule": told, "written": str(written)})
    else:
        text = refusal_text(
            refusal.clash, changes, refusal.cost, asked.run.results, language, edited=asked.edited, against=asked.run.name, written=str(written)
        )  # fmt: skip
        click.echo(text, nl=False)
    sys.exit(TARGETS_CLASH)


@click.command(cls=Command)
@click.argument("case", type=NAME)
@click.argument("edited", type=NAME)
@overlays_option
@click.option("--out", type=FOLDER, required=True, help="help_out_actuals")
@click.option("--until", type=whole(0, most_year), default=None, metavar="YEAR", help="help_until_actuals")
@against_option
@language_option
@json_option
def actuals(
    case: str, edited: str, overlays: tuple[str, ...], out: Path, until: int | None, against: str | None, language: str, as_json: bool
) -> None:  # fmt: skip
    """What EDITED, a build schedule filled in with date and source, says was really built in CASE: checked, and written as its table."""
    from model.case.checks.load import find_case, sound_case
    from model.report.schedule.actuals_text import actuals_record, actuals_text
    from model.study.schedule.actuals import records_of, write_actuals

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA, overlays=overlays)
    records = records_of(Path(edited), read, runs=paths.RUNS, against=against, until=until)
    written = write_actuals(records, out)
    if as_json:
        print_json(actuals_record(records.rows, records.unrecorded, written))
        return
    click.echo(actuals_text(read, records.rows, records.unrecorded, written, language), nl=False)
