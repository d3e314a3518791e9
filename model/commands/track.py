"""The living plan: progress forms written from a run, and what comes back on them judged and planned on from."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.exits import TARGETS_CLASH, end_of_run, no_plan, print_json
from model.commands.group import Command
from model.commands.options import json_option, language_option, most_year, warn
from model.commands.schedule import against_option
from model.commands.values import DATE, NAME, PATH, SECONDS, SHARE, WORKBOOK_ENDING, is_file_name, whole

most_cells = 6


@click.command(cls=Command)
@click.argument("plan", type=NAME, metavar="RUN|CASE")
@click.argument("forms", type=NAME, nargs=-1, metavar="[FORM]...")
@click.option("--out", type=PATH, default=None, help="help_out_track")
@click.option("--date", "on", type=DATE, default=None, metavar="YYYY-MM-DD", help="help_date_track")
@click.option("--until", type=whole(0, most_year), default=None, metavar="YEAR", help="help_until_track")
@against_option
@click.option("--gap", type=SHARE, default=None, help="help_schedule_gap")
@click.option("--time-limit", type=SECONDS, default=None, help="help_time_limit_solve")
@language_option
@json_option
def track(
    plan: str, forms: tuple[str, ...], out: Path | None, on: date | None, until: int | None, against: str | None, gap: float | None,
    time_limit: float | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """Write the progress form of RUN; or judge the FORMs that came back filled in, of CASE, and plan anew what remains."""
    unused = _unused(bool(forms), until=until, against=against, gap=gap, time_limit=time_limit)
    if unused:
        raise CodedError("track_alone" if forms else "track_form_alone", options=", ".join(unused))
    if forms and out is not None and is_file_name(out):
        raise CodedError("folder_like_file", option="--out", value=out.name)
    if not forms:
        _write(plan, out, on or date.today(), until, language, as_json=as_json)
    else:
        _answer(plan, forms, out, on, against, gap, time_limit, language, as_json=as_json)


def _unused(of_forms: bool, *, until: int | None, against: str | None, gap: float | None, time_limit: float | None) -> list[str]:
    """The options that say nothing: what a form covers where forms are judged, how it is planned anew where one is written."""
    told = {"--until": until} if of_forms else {"--against": against, "--gap": gap, "--time-limit": time_limit}
    return [name for name, value in told.items() if value is not None]


def _write(name: str, out: Path | None, on: date, until: int | None, language: str, *, as_json: bool) -> None:
    """Raises CodedError where no file is named, one is there, or nothing is to be reported."""
    from model.study.schedule.track import write_form

    if out is None or out.suffix.casefold() != WORKBOOK_ENDING:
        raise CodedError("form_without_name", run=name)
    from model.results.run import find_run

    run = find_run(paths.RUNS, name)
    count = write_form(run, out, on=on, until=until, language=language)
    if as_json:
        print_json({"run": run.name, "form": str(out), "date": on.isoformat(), "entries": count})
        return
    from model.report.words import counted

    click.echo(counted("line_progress_written", count, language, run.name, on.isoformat()))
    click.echo(str(out))


def _answer(
    case: str, forms: tuple[str, ...], out: Path | None, on: date | None, against: str | None, gap: float | None, time_limit: float | None, language: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    from model.case.checks.load import find_case, sound_case
    from model.report.progress import Progress
    from model.report.schedule.actuals_text import actuals_record, actuals_text
    from model.report.schedule.progress_read import doubts_of
    from model.report.schedule.progress_text import progress_text
    from model.results.progress import progress_record
    from model.results.run import Run
    from model.study.schedule.actuals import write_actuals
    from model.study.schedule.answer import answer_schedule
    from model.study.schedule.track import records_of_forms, tracked
    from model.study.solved.solved_model import NoPlan

    folder = find_case(case, paths.DATA)
    found = tracked(
        [Path(one) for one in forms], lambda overlays: sound_case(folder, data=paths.DATA, overlays=overlays), runs=paths.RUNS, against=against, on=on,
        gap=gap, time_limit=time_limit,
    )  # fmt: skip
    asked, records = found.asked, records_of_forms(found) if out is not None else None
    if asked.differs:
        warn("warning_case_moved_on", language, case=case, run=asked.run.name, count=asked.differs)
    doubts = doubts_of(found.entries)
    for code, places in doubts.items():
        cells = [f"{one.file}: {one.column}" for one in places[:most_cells]]
        warn(f"warning_{code}", language, cells=[*cells, *(["…"] if len(places) > most_cells else [])])
    told = {"doubts": {code: [f"{one.file}: {one.column}" for one in places] for code, places in doubts.items()}} | progress_record(
        found.entries, on=found.on, against=asked.run.name
    )
    if not as_json:
        said = progress_text(
            found.entries, asked.run.results, asked.case, language, on=found.on, file=asked.edited.file, against=asked.run.name
        )
        click.echo(said, nl=False)
    if records is not None and out is not None:
        written = write_actuals(records, out)
        told |= actuals_record(records.rows, records.unrecorded, written)
        if not as_json:
            click.echo(actuals_text(found.case, records.rows, records.unrecorded, written, language), nl=False)
    answer: Any = asked.run
    if found.moved:
        with Progress(language) as progress:
            try:
                answer = answer_schedule(asked, folder=None, runs=paths.RUNS, language=language, progress=progress.step, give=True)
            except NoPlan as error:
                no_plan(error, asked.case, language, as_json=as_json)
    if not isinstance(answer, Run):
        _refuse(asked, answer, told, language, as_json=as_json)
    _tell(found, answer, told, language, as_json=as_json)


def _tell(found: Any, answer: Any, told: dict[str, Any], language: str, *, as_json: bool) -> None:
    """What the delay costs and moves, and what must be begun next; ends with the code of the plan."""
    from model.report.schedule.edits_text import edits_text
    from model.report.schedule.progress_text import begin_text
    from model.report.words import word
    from model.results.progress import task_record, to_begin
    from model.results.schedule_answer import answer_of

    following = to_begin(found.entries, answer.results, on=found.on)
    if as_json:
        schedule = {"schedule": answer.manifest["schedule"], "run": str(answer.folder)} if found.moved else {"run": str(answer.folder)}
        print_json(told | schedule | {"begin_next": [task_record(one) for one in following]})
    else:
        if found.moved:
            click.echo(edits_text(answer_of(answer.manifest["schedule"]), answer.results, language), nl=False)
        else:
            click.echo(word("line_progress_as_planned" if found.reported else "line_progress_nothing_reported", language))
        click.echo(begin_text(following, answer.results, language), nl=False)
        click.echo(str(answer.folder))
    end_of_run(answer.manifest, language)


def _refuse(asked: Any, refusal: Any, told: dict[str, Any], language: str, *, as_json: bool) -> NoReturn:
    """Which of what is reported cannot be, whatever targets give; ends with 3."""
    from model.report.schedule.refusal_text import facts_text

    if as_json:
        print_json(told | {"refused": refusal.clash.record()})
    else:
        click.echo(facts_text(refusal.clash, asked.run.results, language), nl=False)
    sys.exit(TARGETS_CLASH)
