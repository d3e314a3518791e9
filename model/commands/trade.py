"""What is traded for what: frontiers, other plans, what measures are worth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from model.commands import places
from model.commands.asks import (
    NUMBERS,
    SHARES,
    case_options,
    json_option,
    known_targets,
    language_option,
    not_there_yet,
    options_of,
    workbook_option,
)
from model.commands.ends import faults_end_the_command, no_plan, show_study


def studied(case: str, asked: dict[str, Any], language: str, answer: Callable, *, as_json: bool) -> tuple[Any, Any]:
    """One study of a case answered, with progress: `answer` takes case, options, watch and tell. Returns the answer and the labels."""
    from model.case.labels import labels
    from model.case.sound import find_case, sound_case
    from model.report.progress import Progress
    from model.report.studies.steps_progress import steps_progress
    from model.study.answer import NoPlan, Watch

    dropped, options = asked["dropped"], options_of(asked)
    not_there_yet(asked["out"])
    with Progress(language) as progress:
        read = sound_case(find_case(case, places.DATA), asked["changes"])
        known_targets(read, dropped)
        tell = steps_progress(progress, language, live=sys.stderr.isatty())
        try:
            return answer(read, options, Watch(say=progress.step), tell), labels(read)
        except NoPlan as error:
            no_plan(error, read, language, dropped=dropped, as_json=as_json)


@click.command()
@click.argument("case")
@click.option("--indicator", required=True, metavar="INDICATOR[@YEAR]", help="What is capped; without a year, in the last one.")
@click.option("--second", default=None, metavar="INDICATOR[@YEAR]", help="A second indicator to cap, at up to four values.")
@click.option("--at-least", is_flag=True, help="More of the indicator is better: floors instead of caps.")
@click.option("--second-at-least", is_flag=True, help="The same of the second indicator.")
@click.option(
    "-n", "count", type=click.IntRange(2, 101), default=11, show_default=True, help="Points, from the plan's own value to the best."
)
@case_options(limits="all answers after the reference plan")
@workbook_option
@language_option
@json_option
@faults_end_the_command
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

    made, known = studied(case, asked, language, answer, as_json=as_json)
    show_study(
        made, known, text=frontier_text, write=write_frontier, out=asked["out"], language=language, as_json=as_json, complete=made.complete
    )


@click.command()
@click.argument("case")
@click.option(
    "--within", type=SHARES, default="2%", show_default=True, metavar="SHARE,...", help="How much more the plan may cost: 1%,2%,5%."
)
@click.option(
    "--years", type=NUMBERS, default="", metavar="YEAR,...", help="Groups of years by their last: 2025,2030. Default: the whole horizon."
)
@click.option("--different", type=click.IntRange(0, 50), default=0, show_default=True, help="As many plans as different as can be.")
@case_options(limits="all answers after the reference plan")
@workbook_option
@language_option
@json_option
@faults_end_the_command
def alternatives(
    case: str, within: tuple[float, ...], years: tuple[int, ...], different: int, language: str, as_json: bool, **asked: Any
) -> None:
    """Other plans of CASE nearly as cheap: the least and the most of each measure, must-have, optional or never.

    Example: measures alternatives chengde --within 1%,2% --different 3 --days 1
    """
    from model.report.studies.alternatives_tables import alternatives_text, write_alternatives
    from model.study.trade.alternatives import alternatives as alternatives_of

    def answer(read: Any, options: Any, watch: Any, tell: Any) -> Any:
        return alternatives_of(read, options, within=within, years=years, different=different, watch=watch, tell=tell)

    made, known = studied(case, asked, language, answer, as_json=as_json)
    show_study(
        made,
        known,
        text=alternatives_text,
        write=write_alternatives,
        out=asked["out"],
        language=language,
        as_json=as_json,
        complete=made.complete,
    )


@click.command()
@click.argument("case")
@click.option("--indicator", required=True, metavar="INDICATOR[@YEAR]", help="What is abated; the year is that of the rising cap.")
@click.option(
    "--measure", "measures", multiple=True, metavar="MEASURE", help="Ask for this measure only; repeatable. Default: all of the plan."
)
@click.option(
    "--delays", type=NUMBERS, default="1,2,3,4,5", show_default=True, metavar="YEARS,...", help="Years of delay to ask for; 0 for none."
)
@click.option("-n", "count", type=click.IntRange(0, 101), default=6, show_default=True, help="Points of the rising cap; 0 for none.")
@case_options(limits="all answers after the reference plan")
@workbook_option
@language_option
@json_option
@faults_end_the_command
def abatement(
    case: str, indicator: str, measures: tuple[str, ...], delays: tuple[int, ...], count: int, language: str, as_json: bool, **asked: Any
) -> None:  # fmt: skip
    """What each measure of CASE's plan is worth: left out or delayed, the rest planned anew; and the cost of a rising cap.

    Example: measures abatement chengde --indicator co2_energy@2030 --delays 1,5 --days 1
    """
    from model.report.studies.abatement_tables import abatement_text, write_abatement
    from model.study.trade.abatement import abatement as abatement_of
    from model.study.trade.frontier import aim_of

    def answer(read: Any, options: Any, watch: Any, tell: Any) -> Any:
        aim = aim_of(read, indicator)
        return abatement_of(
            read, aim, options, measures=measures, delays=[years for years in delays if years], points=count, watch=watch, tell=tell
        )

    made, known = studied(case, asked, language, answer, as_json=as_json)
    show_study(
        made,
        known,
        text=abatement_text,
        write=write_abatement,
        out=asked["out"],
        language=language,
        as_json=as_json,
        complete=made.complete,
    )
