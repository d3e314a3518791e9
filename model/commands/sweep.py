"""`sweep`: many scenarios of a case in one study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from model.commands.asks import options_of, read_as_asked, tell_flattened
from model.commands.ends import faults_end_the_command, print_json
from model.commands.studies import run_study, study_ends, study_options


@click.command()
@click.option("--tornado", is_flag=True, help="Every number with a range, one at a time, at its low and at its high end.")
@click.option(
    "--grid",
    "grid",
    multiple=True,
    metavar="ITEM.QUANTITY[@YEAR]=A,B|LO:HI:N",
    help="Every combination of values, or of moves (*0.8,*1.2 or -20%,+20%); repeatable.",
)
@click.option("--lhs", type=click.IntRange(2), default=None, metavar="N", help="Latin hypercube of N scenarios over the ranges.")
@click.option("--morris", type=click.IntRange(2), default=None, metavar="N", help="N Morris trajectories over the ranges.")
@click.option("--sobol", type=click.IntRange(2), default=None, metavar="N", help="Sobol sample over the ranges; N a power of two.")
@click.option("--scenarios", type=click.Path(path_type=Path), default=None, metavar="FILE", help="CSV: one scenario a row, its name first.")
@click.option(
    "--over", multiple=True, metavar="ITEM.QUANTITY",
    help="Only these numbers (* for anything); repeatable. Default: all with a range; a sample moves costs, prices and lifetimes.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the sample.")
@click.option("--on", multiple=True, metavar="INDICATOR|MEASURE[@YEAR]", help="Effects on this too, beside those on cost; repeatable.")
@click.option("--dry-run", is_flag=True, help="How many scenarios and about how long; one is timed, nothing is stored.")
@study_options(proves="every scenario", limits="each model of a scenario")
@faults_end_the_command
def sweep(
    case: str | None, tornado: bool, grid: tuple[str, ...], lhs: int | None, morris: int | None, sobol: int | None, scenarios: Path | None,
    over: tuple[str, ...], seed: int, on: tuple[str, ...], dry_run: bool, language: str, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """What moves the plan of CASE: many scenarios in one study, with tables, charts and a Dataset.

    Example: measures sweep chengde --tornado --over "*.investment" --days 2 --workers 2
    """
    from model.study.sweep.design import Asked, designed, flattened_by
    from model.study.sweep.sweep import SWEEP, question_of

    def design_of(read: Any) -> Any:
        design = designed(read, Asked(tornado, grid, lhs, morris, sobol, scenarios, over, seed))
        tell_flattened(flattened_by(read, design.scenarios), language)
        return design

    if dry_run and case is not None and asked["resume"] is None:
        _estimate(case, design_of, asked, language, as_json=as_json)
    else:
        run_study(SWEEP, lambda read: question_of(read, design_of(read), on=on), case, asked, language, as_json=as_json)


def _estimate(case: str, design_of: Callable[[Any], Any], asked: dict[str, Any], language: str, *, as_json: bool) -> None:
    from model.report.progress import Progress
    from model.report.studies.sweep_text import estimate_text
    from model.study.engine.workers import cores
    from model.study.plan.answer import Watch
    from model.study.sweep.sweep import estimate

    team = asked["workers"] or cores()
    read, _ = read_as_asked(case, asked, language)
    with Progress(language) as progress, study_ends(read, Path(), language, as_json=as_json, dropped=asked["dropped"]):
        told = estimate(read, design_of(read), options_of(asked), workers=team, watch=Watch(say=progress.step))
    if as_json:
        print_json(vars(told))
    else:
        click.echo(estimate_text(**vars(told), workers=team, language=language))
