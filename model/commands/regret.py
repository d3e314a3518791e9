"""Plans under other numbers: each scenario's plan held under every other, and where a number makes a plan change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from model.commands import places
from model.commands.asks import tell_flattened
from model.commands.ends import USAGE, faults_end_the_command, stop
from model.commands.studies import run_study, study_options


class _Ends(click.ParamType):
    """Two numbers, from a text like 5000,9000."""

    name = "ends"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        if isinstance(value, tuple):
            return value
        try:
            low, high = map(float, value.split(","))
        except ValueError:
            self.fail(f"{value}: give two numbers like 5000,9000", param, ctx)
        return low, high


@click.command()
@click.option("--scenarios", type=click.Path(path_type=Path), default=None, metavar="FILE", help="CSV: one scenario a row, its name first.")
@click.option("--until", type=int, default=None, metavar="YEAR", help="Hold decisions up to this year only; later ones are free.")
@click.option("--plan", "plans", multiple=True, metavar="NAME", help="Hold this scenario's plan only (reference: the case's); repeatable.")
@study_options()
@faults_end_the_command
def regret(
    case: str | None, scenarios: Path | None, until: int | None, plans: tuple[str, ...], language: str, as_json: bool, **asked: Any
) -> None:
    """Each scenario's plan held under every other: what it costs more than the best there, what it misses. CASE may be a stored sweep.

    Example: measures regret chengde --scenarios prices.csv --until 2025 --days 1
    """
    from model.report.words import word
    from model.study.sweep.design import flattened_by
    from model.study.sweep.scenario_file import scenarios_of
    from model.study.tradeoffs.regret import REGRET, question_of

    swept: list[Any] = []
    if case is not None and scenarios is None:
        case, swept = _of_sweep(case, asked, language)

    def question(read: Any) -> Any:
        found = scenarios_of(read, scenarios)[0] if scenarios is not None else swept
        tell_flattened(flattened_by(read, found), language)
        return question_of(read, found, until=until, plans=plans)

    if case is None and asked["resume"] is None:
        stop(word("line_no_case", language), USAGE)
    run_study(REGRET, question, case, asked, language, as_json=as_json)


def _of_sweep(name: str, asked: dict[str, Any], language: str) -> tuple[str, list[Any]]:
    """The inputs of a stored sweep and its scenarios; it is asked again as it was asked."""
    from model.report.words import word
    from model.results.studies import is_study
    from model.results.study import check_inputs, find_study
    from model.study.sweep.design import design_from

    if not is_study(places.RUNS, name):
        stop(word("line_no_scenarios", language).format(name), USAGE)
    stored = find_study(places.RUNS, name)
    design, own = stored.asked.get("design"), stored.content["options"]
    if design is None:
        stop(word("line_no_scenarios", language).format(name), USAGE)
    if asked["changes"] or asked["dropped"] or asked["days"] is not None or asked["decide_from"] is not None:
        stop(word("line_sweep_alone", language).format("--set --drop --days --decide-from"), USAGE)
    check_inputs(stored)
    asked |= {name: own[name] for name in ("days", "decide_from")}
    asked |= {"changes": tuple(stored.content["changes"]), "dropped": tuple(own["dropped"])}
    return str(stored.inputs), list(design_from(design).scenarios)


@click.command()
@click.option("--number", default=None, metavar="ITEM.QUANTITY[@YEAR]", help="What is moved, from the low to the high end of its range.")
@click.option("--measure", default=None, metavar="MEASURE[@YEAR]", help="Where it enters or leaves the plan (by the year).")
@click.option("--target", default=None, metavar="TARGET[@YEAR]", help="Where it starts or ends to cost something (in the year).")
@click.option("--between", type=_Ends(), default=None, metavar="LOW,HIGH", help="Other ends than those of the range, in the number's unit.")
@click.option(
    "--width", type=click.FloatRange(min=0, min_open=True), default=None, help="How near both ends are to be. Default: 1% of the way."
)
@click.option("-n", "count", type=click.IntRange(2, 101), default=3, show_default=True, help="Points asked first, evenly along the way.")
@study_options()
@faults_end_the_command
def switch(
    case: str | None, number: str | None, measure: str | None, target: str | None, between: tuple[float, float] | None, width: float | None,
    count: int, language: str, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """At which value of a number of CASE a measure enters or leaves the plan, or a target's cost turns: between two solved plans.

    Example: measures switch chengde --number coal_buy.price --measure heat_pump --days 1
    """
    from model.report.words import word
    from model.study.tradeoffs.switch import SWITCH, Dial, flattened_along, question_of

    if asked["resume"] is None and (number is None or (measure is None) == (target is None)):
        stop(word("line_switch_asks", language), USAGE)

    def question(read: Any) -> Any:
        item, _, year = str(measure or target).partition("@")
        if year and not year.isdigit():
            stop(f"{measure or target}: {year} is not a year", USAGE)
        dial = Dial(str(number), "measure" if measure else "target", item, int(year) if year else None, between, width, count)
        tell_flattened(flattened_along(read, dial), language)
        return question_of(read, dial)

    run_study(SWITCH, question, case, asked, language, as_json=as_json)
