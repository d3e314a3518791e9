"""`sweep`: many scenarios of a case in one study, begun or gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from model.commands import places
from model.commands.asks import case_options, folder_option, json_option, language_option, options_of, read_as_asked, tell_flattened
from model.commands.ends import NOT_PROVEN, USAGE, faults_end_the_command, no_plan, print_json, stop


@click.command()
@click.argument("case", required=False)
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
@click.option(
    "--workers", type=click.IntRange(1), default=None, metavar="N", help="Processes, a thread each. Default: the cores there are."
)
@click.option(
    "--cluster", default=None, metavar="ADDRESS", help="Run scenarios on the Dask cluster whose scheduler is there (docs/clusters.md)."
)
@click.option("--resume", default=None, metavar="STUDY", help="Go on with a study that was stopped: its folder, or CASE/NAME.")
@case_options(proves="every scenario", limits="each model of a scenario")
@folder_option("The study's")
@language_option
@json_option
@faults_end_the_command
def sweep(
    case: str | None, tornado: bool, grid: tuple[str, ...], lhs: int | None, morris: int | None, sobol: int | None, scenarios: Path | None,
    over: tuple[str, ...], seed: int, on: tuple[str, ...], dry_run: bool, workers: int | None, cluster: str | None, resume: str | None,
    out: Path | None, language: str, as_json: bool, **options: Any,
) -> None:  # fmt: skip
    """What moves the plan of CASE: many scenarios in one study, with tables, charts and a Dataset.

    Example: measures sweep chengde --tornado --over "*.investment" --days 2 --workers 2
    """
    from model.report.studies.study_progress import StudyProgress
    from model.report.studies.sweep_text import estimate_text, sweep_record, sweep_text
    from model.report.words import word
    from model.results.study import find_study, study_name
    from model.study.engine.workers import cores
    from model.study.plan.answer import Watch
    from model.study.sweep.design import Asked, designed, flattened_by
    from model.study.sweep.sweep import estimate
    from model.study.sweep.sweep import resume as resumed
    from model.study.sweep.sweep import sweep as swept

    asked = Asked(tornado, grid, lhs, morris, sobol, scenarios, over, seed)
    if cluster and workers:
        stop(word("line_cluster_or_workers", language), USAGE)
    team = workers or cores()
    if resume is not None:
        stored = find_study(places.RUNS, resume)
        if asked.kinds or over or options["changes"] or options["dropped"] or options["days"] or options["decide_from"] or out:
            alone = "--tornado --grid --lhs --morris --sobol --scenarios --over --set --drop --days --decide-from --out"
            stop(word("line_resume_alone", language).format(alone), USAGE)
        if case not in (None, stored.content["case"]):
            stop(word("line_resume_case", language).format(resume, stored.content["case"], case), USAGE)
        with StudyProgress(language) as progress, _ends(None, stored.folder, language, as_json=as_json):
            study = resumed(
                stored.folder, workers=team, cluster=cluster, language=language, watch=Watch(say=progress.model), tell=progress.tell
            )  # fmt: skip
    elif case is None:
        stop(word("line_no_case", language), USAGE)
    else:
        read, _ = read_as_asked(case, options, language)
        how = options_of(options)
        name = nullcontext(Path()) if dry_run else study_name(out, places.RUNS, read.header.id, "sweep")
        folder = click.get_current_context().with_resource(name)
        with StudyProgress(language) as progress, _ends(read, folder, language, as_json=as_json, dropped=options["dropped"]):
            design, watch = designed(read, asked), Watch(say=progress.model)
            tell_flattened(flattened_by(read, design.scenarios), language)
            if dry_run:
                told = estimate(read, design, how, workers=team, watch=watch)
            else:
                study = swept(
                    read, design, how, folder=folder, on=on, changes=options["changes"], workers=team, cluster=cluster, language=language,
                    watch=watch, tell=progress.tell,
                )  # fmt: skip
        if dry_run:
            if as_json:
                print_json(vars(told))
            else:
                click.echo(estimate_text(**vars(told), workers=team, language=language))
            return
    if as_json:
        print_json(sweep_record(study.results, str(study.folder)))
        return
    click.echo(sweep_text(study.results, language), nl=False)
    click.echo(str(study.folder))


@contextmanager
def _ends(read: Any, folder: Path, language: str, *, as_json: bool, dropped: tuple[str, ...] = ()) -> Iterator[None]:
    """What a sweep raises becomes a message and an exit code; one stopped says how to go on."""
    from model.case.change.misfit import DesignError
    from model.report.studies.sweep_text import misfit_text
    from model.report.words import word
    from model.results.effects import NoOutcome
    from model.study.engine.workers import ClusterError
    from model.study.plan.answer import NoPlan

    try:
        yield
    except DesignError as error:
        stop(misfit_text(error.misfits, language), USAGE)
    except NoOutcome as error:
        stop(str(error), USAGE)
    except ClusterError as error:
        told = word(f"cluster_{error.code}", language).format(error.address, error.found)
        if not (folder / "study.json").is_file():
            stop(told, USAGE)
        stop(f"{told}{word('separator', language)}{word('line_stopped', language).format(folder, folder)}", NOT_PROVEN)
    except NoPlan as error:
        if error.status == "interrupted":
            stop(word("line_stopped_early", language), NOT_PROVEN)
        no_plan(error, read, language, dropped=dropped, as_json=as_json)
    except KeyboardInterrupt:
        kept = (folder / "study.json").is_file()
        stop(word("line_stopped", language).format(folder, folder) if kept else word("line_stopped_early", language), NOT_PROVEN)
