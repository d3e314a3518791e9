"""Plans under other numbers: each scenario's plan held under every other, and where a number makes a plan change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.group import Command
from model.commands.options import most_year, scenarios_option, tell_flattened
from model.commands.studies import run_study, study_options
from model.commands.values import ENDS, WIDTH, whole


@click.command(cls=Command)
@scenarios_option
@click.option("--until", type=whole(0, most_year), default=None, metavar="YEAR", help="help_until")
@click.option("--plan", "plans", multiple=True, metavar="NAME", help="help_regret_plan")
@study_options()
def regret(
    case: str | None, scenarios: Path | None, until: int | None, plans: tuple[str, ...], language: str, as_json: bool, **asked: Any
) -> None:
    """Each scenario's plan held under every other: what it costs more than the best there, what it misses. CASE may be a stored sweep."""
    from model.study.sweep.design import flattened_by
    from model.study.sweep.scenario_file import scenarios_of
    from model.study.tradeoffs.regret import KIND, question_of

    swept: list[Any] = []
    if case is not None and scenarios is None:
        case, swept = _of_sweep(case, asked)

    def question(read: Any) -> Any:
        found = scenarios_of(read, scenarios)[0] if scenarios is not None else swept
        tell_flattened(flattened_by(read, found), language)
        return question_of(read, found, until=until, plans=plans)

    if case is None and asked["resume"] is None:
        raise CodedError("no_case_given")
    run_study(KIND, question, case, asked, language, as_json=as_json)


def _of_sweep(name: str, asked: dict[str, Any]) -> tuple[str, list[Any]]:
    """The inputs of a stored sweep and its scenarios; it is asked again as it was asked."""
    from model.case.parameters.day_choice import day_choice
    from model.results.studies import is_study
    from model.results.study import check_inputs, find_study
    from model.study.sweep.design import design_from

    if not is_study(paths.RUNS, name):
        raise CodedError("no_scenarios", name=name)
    stored = find_study(paths.RUNS, name)
    design, own = stored.asked.get("design"), stored.content["options"]
    if design is None:
        raise CodedError("no_scenarios", name=name)
    if asked["overlays"] or asked["changes"] or asked["dropped"] or asked["days"] is not None or asked["decide_from"] is not None:
        raise CodedError("sweep_alone", options="--with --set --drop --days --decide-from")
    check_inputs(stored)
    asked |= {"days": day_choice(own["days"]), "decide_from": own["decide_from"]}
    asked |= {"changes": tuple(stored.content["changes"]), "dropped": tuple(own["dropped"]), "overlays": stored.overlays}
    return str(stored.inputs), list(design_from(design).scenarios)


@click.command(cls=Command)
@click.option("--number", default=None, metavar="ITEM.QUANTITY[@YEAR]", help="help_number")
@click.option("--measure", default=None, metavar="MEASURE[@YEAR]", help="help_switch_measure")
@click.option("--target", default=None, metavar="TARGET[@YEAR]", help="help_switch_target")
@click.option("--between", type=ENDS, default=None, metavar="LOW,HIGH", help="help_between")
@click.option("--width", type=WIDTH, default=None, help="help_width")
@click.option("-n", "count", type=whole(2, 101), default=3, show_default=True, help="help_switch_points")
@study_options()
def switch(
    case: str | None, number: str | None, measure: str | None, target: str | None, between: tuple[float, float] | None, width: float | None,
    count: int, language: str, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """At which value of a number of CASE a measure enters or leaves the plan, or a target's cost turns: between two solved plans."""
    from model.study.tradeoffs.switch import KIND, SwitchRequest, flattened_along, question_of

    if asked["resume"] is None and (number is None or (measure is None) == (target is None)):
        raise CodedError("switch_asks")

    def question(read: Any) -> Any:
        item, _, year = str(measure or target).partition("@")
        if year and not year.isdecimal():
            raise CodedError("bad_year", text=measure or target, year=year)
        dial = SwitchRequest(str(number), "measure" if measure else "target", item, int(year) if year else None, between, width, count)
        tell_flattened(flattened_along(read, dial), language)
        return question_of(read, dial)

    run_study(KIND, question, case, asked, language, as_json=as_json)
