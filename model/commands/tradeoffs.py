"""What is traded for what: frontiers, other plans, what measures are worth."""

from __future__ import annotations

from typing import Any

import click

from model.commands.asks import NUMBERS, SHARES
from model.commands.ends import USAGE, faults_end_the_command, stop
from model.commands.studies import run_study, study_options


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
@study_options()
@faults_end_the_command
def frontier(
    case: str | None, indicator: str | None, second: str | None, at_least: bool, second_at_least: bool, count: int, language: str,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """The least cost of CASE against one indicator or two: proven points, the knee marked.

    Example: measures frontier chengde --indicator co2_energy@2030 -n 6 --days 1
    """
    from model.study.tradeoffs.frontier import FRONTIER, aim_of, question_of

    name = _indicator(indicator, asked["resume"], language)

    def question(read: Any) -> Any:
        other = aim_of(read, second, at_least=second_at_least) if second else None
        return question_of(aim_of(read, name, at_least=at_least), count=count, second=other)

    run_study(FRONTIER, question, case, asked, language, as_json=as_json)


@click.command()
@click.option(
    "--within", type=SHARES, default="2%", show_default=True, metavar="SHARE,...", help="How much more the plan may cost: 1%,2%,5%."
)
@click.option(
    "--years", type=NUMBERS, default="", metavar="YEAR,...", help="Groups of years by their last: 2025,2030. Default: the whole horizon."
)
@click.option("--different", type=click.IntRange(0, 50), default=0, show_default=True, help="As many plans as different as can be.")
@study_options()
@faults_end_the_command
def alternatives(
    case: str | None, within: tuple[float, ...], years: tuple[int, ...], different: int, language: str, as_json: bool, **asked: Any
) -> None:
    """Other plans of CASE nearly as cheap: the least and the most of each measure, must-have, optional or never.

    Example: measures alternatives chengde --within 1%,2% --different 3 --days 1
    """
    from model.study.tradeoffs.alternatives import ALTERNATIVES, question_of

    def question(read: Any) -> Any:
        return question_of(read, within=within, years=years, different=different)

    run_study(ALTERNATIVES, question, case, asked, language, as_json=as_json)


@click.command()
@click.option("--indicator", default=None, metavar="INDICATOR[@YEAR]", help="What is abated; the year is that of the rising cap.")
@click.option(
    "--measure", "measures", multiple=True, metavar="MEASURE", help="Ask for this measure only; repeatable. Default: all of the plan."
)
@click.option(
    "--delays", type=NUMBERS, default="1,2,3,4,5", show_default=True, metavar="YEARS,...", help="Years of delay to ask for; 0 for none."
)
@click.option("-n", "count", type=click.IntRange(0, 101), default=6, show_default=True, help="Points of the rising cap; 0 for none.")
@study_options()
@faults_end_the_command
def abatement(
    case: str | None, indicator: str | None, measures: tuple[str, ...], delays: tuple[int, ...], count: int, language: str, as_json: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """What each measure of CASE's plan is worth: left out or delayed, the rest planned anew; and the cost of a rising cap.

    Example: measures abatement chengde --indicator co2_energy@2030 --delays 1,5 --days 1
    """
    from model.case.change.naming import id_of
    from model.study.tradeoffs.abatement import ABATEMENT, question_of
    from model.study.tradeoffs.frontier import aim_of

    name = _indicator(indicator, asked["resume"], language)

    def question(read: Any) -> Any:
        wanted = [years for years in delays if years]
        known = [id_of(read, measure, "measures") for measure in measures]
        return question_of(read, aim_of(read, name), measures=known, delays=wanted, points=count)

    run_study(ABATEMENT, question, case, asked, language, as_json=as_json)
