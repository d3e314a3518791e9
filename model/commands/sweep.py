"""`sweep`: many scenarios of a case in one study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from model.commands.exits import print_json
from model.commands.group import Command
from model.commands.options import options_of, read_as_asked, scenarios_option, tell_flattened
from model.commands.studies import run_study, study_ends, study_options
from model.commands.values import whole

most_seed = 2**32 - 1  # of the generator of samples


@click.command(cls=Command)
@click.option("--tornado", is_flag=True, help="help_tornado")
@click.option("--most", type=whole(1), default=None, metavar="N", help="help_most")
@click.option("--grid", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=A,B|LO:HI:N", help="help_grid")
@click.option("--lhs", type=whole(2), default=None, metavar="N", help="help_lhs")
@click.option("--morris", type=whole(2), default=None, metavar="N", help="help_morris")
@click.option("--sobol", type=whole(2), default=None, metavar="N", help="help_sobol")
@scenarios_option
@click.option("--over", multiple=True, metavar="ITEM.QUANTITY", help="help_over")
@click.option("--seed", type=whole(0, most_seed), default=1, show_default=True, help="help_seed")
@click.option("--on", multiple=True, metavar="INDICATOR|MEASURE[@YEAR]", help="help_on")
@click.option("--dry-run", is_flag=True, help="help_dry_run")
@study_options("sweep")
def sweep(
    case: str | None, tornado: bool, most: int | None, grid: tuple[str, ...], lhs: int | None, morris: int | None, sobol: int | None, scenarios: Path | None,
    over: tuple[str, ...], seed: int, on: tuple[str, ...], dry_run: bool, language: str, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """What moves the plan of CASE: many scenarios in one study, with tables, charts and a Dataset."""
    from model.study.sweep.design import SweepRequest, designed, flattened_by
    from model.study.sweep.sweep import KIND, question_of

    def design_of(read: Any) -> Any:
        design = designed(read, SweepRequest(tornado, grid, lhs, morris, sobol, scenarios, over, seed, most))
        tell_flattened(flattened_by(read, design.scenarios), language)
        return design

    if dry_run and case is not None and asked["resume"] is None:
        _estimate(case, design_of, asked, language, most=most, as_json=as_json)
    else:
        run_study(KIND, lambda read: question_of(read, design_of(read), on=on, most=most), case, asked, language, as_json=as_json)


def _estimate(case: str, design_of: Callable[[Any], Any], asked: dict[str, Any], language: str, *, most: int | None, as_json: bool) -> None:
    from model.report.progress import Progress
    from model.report.studies.sweep_text import estimate_text
    from model.study.engine.workers import cores
    from model.study.solved.solved_model import Watch
    from model.study.sweep.sweep import estimate

    team = asked["workers"] or cores()
    read, _ = read_as_asked(case, asked, language)
    with Progress(language) as progress, study_ends(read, Path(), language, as_json=as_json, dropped=asked["dropped"]):
        told = estimate(read, design_of(read), options_of(asked), workers=team, watch=Watch(say=progress.step), most=most)
    if as_json:
        print_json(vars(told))
    else:
        click.echo(estimate_text(**vars(told), workers=team, language=language))
