"""What is traded for what: frontiers, other plans, what measures are worth."""

from __future__ import annotations

from typing import Any

import click

from model.case.faults import CodedError
from model.commands.group import Command
from model.commands.studies import run_study, study_options
from model.commands.values import NUMBERS, SHARES, whole


def _indicator(text: str | None, resume: str | None) -> str:
    """The indicator that is asked for; none is needed to go on. Raises CodedError."""
    if text is None and resume is None:
        raise CodedError("no_indicator_given")
    return text or ""


@click.command(cls=Command)
@click.option("--indicator", default=None, metavar="INDICATOR[@YEAR]", help="help_frontier_indicator")
@click.option("--second", default=None, metavar="INDICATOR[@YEAR]", help="help_second")
@click.option("--at-least", is_flag=True, help="help_at_least")
@click.option("--second-at-least", is_flag=True, help="help_second_at_least")
@click.option("-n", "count", type=whole(2, 101), default=11, show_default=True, help="help_frontier_points")
@study_options()
def frontier(
    case: str | None, indicator: str | None, second: str | None, at_least: bool, second_at_least: bool, count: int, language: str,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """The least cost of CASE against one indicator or two: proven points, the knee marked."""
    from model.study.tradeoffs.frontier import KIND, aim_of, question_of

    name = _indicator(indicator, asked["resume"])

    def question(read: Any) -> Any:
        other = aim_of(read, second, at_least=second_at_least) if second else None
        return question_of(aim_of(read, name, at_least=at_least), count=count, second=other)

    run_study(KIND, question, case, asked, language, as_json=as_json)


@click.command(cls=Command)
@click.option("--within", type=SHARES, default="2%", show_default=True, metavar="SHARE,...", help="help_within")
@click.option("--years", type=NUMBERS, default=None, metavar="YEAR,...", help="help_years")
@click.option("--different", type=whole(0, 50), default=0, show_default=True, help="help_different")
@study_options()
def alternatives(
    case: str | None, within: tuple[float, ...], years: tuple[int, ...] | None, different: int, language: str, as_json: bool, **asked: Any
) -> None:
    """Other plans of CASE nearly as cheap: the least and the most of each measure, must-have, optional or never."""
    from model.study.tradeoffs.alternatives import KIND, question_of

    def question(read: Any) -> Any:
        return question_of(read, within=within, years=years or (), different=different)

    run_study(KIND, question, case, asked, language, as_json=as_json)


@click.command(cls=Command)
@click.option("--indicator", default=None, metavar="INDICATOR[@YEAR]", help="help_abatement_indicator")
@click.option("--measure", "measures", multiple=True, metavar="MEASURE", help="help_abatement_measure")
@click.option("--delays", type=NUMBERS, default=None, metavar="YEARS,...", help="help_delays")
@click.option("-n", "count", type=whole(0, 101), default=6, show_default=True, help="help_abatement_points")
@study_options()
def abatement(
    case: str | None, indicator: str | None, measures: tuple[str, ...], delays: tuple[int, ...] | None, count: int, language: str, as_json: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """What each measure of CASE's plan is worth: left out or delayed, the rest planned anew; and the cost of a rising cap."""
    from model.case.change.naming import id_of
    from model.study.tradeoffs.abatement import KIND, question_of
    from model.study.tradeoffs.frontier import aim_of

    name = _indicator(indicator, asked["resume"])

    def question(read: Any) -> Any:
        wanted = None if delays is None else [years for years in delays if years]
        known = [id_of(read, measure, "measures") for measure in measures]
        return question_of(read, aim_of(read, name), measures=known, delays=wanted, points=count)

    run_study(KIND, question, case, asked, language, as_json=as_json)
