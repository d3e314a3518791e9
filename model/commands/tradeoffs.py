"""What is traded for what: frontiers, other plans, what measures are worth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from model.commands import places
from model.commands.asks import (
    NUMBERS,
    SHARES,
    case_options,
    folder_option,
    json_option,
    language_option,
    options_of,
    read_as_asked,
)
from model.commands.ends import DONE, NOT_PROVEN, USAGE, faults_end_the_command, no_plan, print_json, stop

WITH_RESUME = frozenset({"case", "resume", "workers", "language", "as_json"})


def study_options(command: Callable) -> Callable:
    """How a study of trade-offs is asked for, answered and stored: `case` first, then options of the command's own."""
    for option in (
        json_option,
        language_option,
        folder_option("The study's"),
        case_options(limits="all answers after the reference plan"),
        click.option("--resume", default=None, metavar="STUDY", help="Go on with a study that was stopped: its folder, or CASE/NAME."),
        click.option("--workers", type=click.IntRange(1), default=None, metavar="N", help="Processes, a thread each. Default: the cores there are, one for a small case."),
    ):  # fmt: skip
        command = option(command)
    return click.argument("case", required=False)(command)


def run_study(
    kind: str, answer: Callable, question: Callable, case: str | None, asked: dict[str, Any], language: str, *, as_json: bool
) -> NoReturn:
    """A study begun or gone on with, stored and shown. `question` makes it from the case; `answer` goes on with one that is stored."""
    from model.report.progress import Progress
    from model.report.studies.steps_progress import steps_progress
    from model.report.words import word
    from model.results.study import find_study, study_name
    from model.study.engine.engine import begin, go_on
    from model.study.engine.stored import case_in
    from model.study.plan.answer import NoPlan, Watch

    resume, team = asked["resume"], asked["workers"]
    stored = find_study(places.RUNS, resume) if resume is not None else None
    if stored is not None:
        _resumed_alone(resume, case, stored.content["case"], language)
    elif case is None:
        stop(word("line_no_case", language), USAGE)
    folder: Path | None = stored.folder if stored else None
    context = click.get_current_context()
    with Progress(language) as progress:
        watch, tell = Watch(say=progress.step), steps_progress(progress, language, live=sys.stderr.isatty())
        try:
            if stored is not None:
                read = case_in(stored)
                study = go_on(stored.folder, kind, answer, language=language, workers=team, watch=watch, tell=tell)
            else:
                read, _ = read_as_asked(str(case), asked, language)
                folder = context.with_resource(study_name(asked["out"], places.RUNS, read.header.id, kind))
                study = begin(
                    read, question(read), options_of(asked), folder=folder, changes=asked["changes"], language=language, workers=team,
                    watch=watch, tell=tell,
                )  # fmt: skip
        except NoPlan as error:
            if error.status == "interrupted":
                stop(word("line_stopped_early", language), NOT_PROVEN)
            no_plan(error, read, language, dropped=asked["dropped"], as_json=as_json)
        except KeyboardInterrupt:
            if folder is None or not (folder / "study.json").is_file():
                stop(word("line_stopped_early", language), NOT_PROVEN)
            stop(word("line_stopped", language).format(folder, folder), NOT_PROVEN)
    _show(study, language, as_json=as_json)


def _resumed_alone(resume: str, case: str | None, of: str, language: str) -> None:
    """With --resume the study's own question counts; nothing else may be asked."""
    from model.report.words import word

    context = click.get_current_context()
    given = [
        name for name in context.params if context.get_parameter_source(name) == ParameterSource.COMMANDLINE and name not in WITH_RESUME
    ]
    if given:
        flags = {option.name: max(option.opts, key=len) for option in context.command.params}
        stop(word("line_resume_alone", language).format(" ".join(flags[name] for name in given)), USAGE)
    if case not in (None, of):
        stop(word("line_resume_case", language).format(resume, of, case), USAGE)


def _show(study: Any, language: str, *, as_json: bool) -> NoReturn:
    from model.report.studies.shown import study_record, study_text
    from model.report.words import word

    if as_json:
        print_json(study_record(study))
    else:
        click.echo(study_text(study, language), nl=False)
        click.echo(str(study.folder))
    if not study.finished:
        stop(word("line_stopped", language).format(study.folder, study.folder), NOT_PROVEN)
    sys.exit(DONE)


def _indicator(text: str | None, resume: str | None, language: str) -> str:
    """The indicator that is asked for; none is needed to go on."""
    from model.report.words import word

    if text is None and resume is None:
        stop(word("line_no_indicator", language), USAGE)
    return text or ""


@click.command()
@click.option("--indicator", default=None, metavar="INDICATOR[@YEAR]", help="What is capped; without a year, in the last one.")
@click.option("--second", default=None, metavar="INDICATOR[@YEAR]", help="A second indicator to cap, at up to four values.")
@click.option("--at-least", is_flag=True, help="More of the indicator is better: floors instead of caps.")
@click.option("--second-at-least", is_flag=True, help="The same of the second indicator.")
@click.option(
    "-n", "count", type=click.IntRange(2, 101), default=11, show_default=True, help="Points, from the plan's own value to the best."
)
@study_options
@faults_end_the_command
def frontier(
    case: str | None, indicator: str | None, second: str | None, at_least: bool, second_at_least: bool, count: int, language: str,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """The least cost of CASE against one indicator or two: proven points, the knee marked.

    Example: measures frontier chengde --indicator co2_energy@2030 -n 6 --days 1
    """
    from model.study.tradeoffs.frontier import KIND, aim_of, question_of, trace

    name = _indicator(indicator, asked["resume"], language)

    def question(read: Any) -> Any:
        other = aim_of(read, second, at_least=second_at_least) if second else None
        return question_of(aim_of(read, name, at_least=at_least), count=count, second=other)

    run_study(KIND, trace, question, case, asked, language, as_json=as_json)


@click.command()
@click.option(
    "--within", type=SHARES, default="2%", show_default=True, metavar="SHARE,...", help="How much more the plan may cost: 1%,2%,5%."
)
@click.option(
    "--years", type=NUMBERS, default="", metavar="YEAR,...", help="Groups of years by their last: 2025,2030. Default: the whole horizon."
)
@click.option("--different", type=click.IntRange(0, 50), default=0, show_default=True, help="As many plans as different as can be.")
@study_options
@faults_end_the_command
def alternatives(
    case: str | None, within: tuple[float, ...], years: tuple[int, ...], different: int, language: str, as_json: bool, **asked: Any
) -> None:
    """Other plans of CASE nearly as cheap: the least and the most of each measure, must-have, optional or never.

    Example: measures alternatives chengde --within 1%,2% --different 3 --days 1
    """
    from model.study.tradeoffs.alternatives import KIND, answer, question_of

    def question(read: Any) -> Any:
        return question_of(within=within, years=years, different=different)

    run_study(KIND, answer, question, case, asked, language, as_json=as_json)


@click.command()
@click.option("--indicator", default=None, metavar="INDICATOR[@YEAR]", help="What is abated; the year is that of the rising cap.")
@click.option(
    "--measure", "measures", multiple=True, metavar="MEASURE", help="Ask for this measure only; repeatable. Default: all of the plan."
)
@click.option(
    "--delays", type=NUMBERS, default="1,2,3,4,5", show_default=True, metavar="YEARS,...", help="Years of delay to ask for; 0 for none."
)
@click.option("-n", "count", type=click.IntRange(0, 101), default=6, show_default=True, help="Points of the rising cap; 0 for none.")
@study_options
@faults_end_the_command
def abatement(
    case: str | None, indicator: str | None, measures: tuple[str, ...], delays: tuple[int, ...], count: int, language: str, as_json: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """What each measure of CASE's plan is worth: left out or delayed, the rest planned anew; and the cost of a rising cap.

    Example: measures abatement chengde --indicator co2_energy@2030 --delays 1,5 --days 1
    """
    from model.case.change.naming import id_of
    from model.study.tradeoffs.abatement import KIND, answer, question_of
    from model.study.tradeoffs.frontier import aim_of

    name = _indicator(indicator, asked["resume"], language)

    def question(read: Any) -> Any:
        wanted = [years for years in delays if years]
        known = [id_of(read, measure, "measures") for measure in measures]
        return question_of(aim_of(read, name), measures=known, delays=wanted, points=count)

    run_study(KIND, answer, question, case, asked, language, as_json=as_json)
