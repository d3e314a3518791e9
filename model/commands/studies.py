"""How every study is asked for, run over processes or a cluster, gone on with, stored and shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from model.commands import places
from model.commands.asks import case_options, folder_option, json_option, language_option, options_of, read_as_asked
from model.commands.ends import DONE, NOT_PROVEN, USAGE, no_plan, print_json, stop

WITH_RESUME = frozenset({"case", "resume", "workers", "cluster", "language", "as_json"})


def study_options(*, proves: str = "every answer", limits: str = "all answers after the reference plan") -> Callable[[Callable], Callable]:
    """`case` first, then what every study takes, after the options of the command's own."""

    def with_options(command: Callable) -> Callable:
        for option in (
            json_option,
            language_option,
            folder_option("The study's"),
            case_options(proves=proves, limits=limits),
            click.option("--resume", default=None, metavar="STUDY", help="Go on with a study that was stopped: its folder, or CASE/NAME."),
            click.option(
                "--cluster", default=None, metavar="ADDRESS", help="Run on the Dask cluster whose scheduler is there (docs/clusters.md)."
            ),
            click.option(
                "--workers", type=click.IntRange(1), default=None, metavar="N",
                help="Processes, a thread each. Default: the cores there are, one for a small case.",
            ),
        ):  # fmt: skip
            command = option(command)
        return click.argument("case", required=False)(command)

    return with_options


def run_study(
    kind: Any, question: Callable[[Any], Any], case: str | None, asked: dict[str, Any], language: str, *, as_json: bool
) -> NoReturn:
    """A study of a kind begun or gone on with, stored and shown. `question` makes what is asked from the case, before anything is solved."""
    from model.report.progress import Progress
    from model.report.studies.steps_progress import steps_progress
    from model.report.words import word
    from model.results.study import find_study, study_name
    from model.study.engine.engine import How, begin, go_on
    from model.study.engine.stored import case_in
    from model.study.plan.answer import Watch

    if asked["cluster"] and asked["workers"]:
        stop(word("line_cluster_or_workers", language), USAGE)
    stored = find_study(places.RUNS, asked["resume"]) if asked["resume"] is not None else None
    if stored is not None:
        _resumed_alone(asked["resume"], case, stored.content["case"], language)
        read, folder = case_in(stored), stored.folder
    elif case is None:
        stop(word("line_no_case", language), USAGE)
    else:
        read, _ = read_as_asked(case, asked, language)
        folder = click.get_current_context().with_resource(study_name(asked["out"], places.RUNS, read.header.id, kind.name))
    with Progress(language) as progress, study_ends(read, folder, language, as_json=as_json, dropped=asked["dropped"]):
        tell = steps_progress(progress, language, live=sys.stderr.isatty())
        how = How(Watch(say=progress.step), tell, asked["workers"], asked["cluster"], language)
        if stored is not None:
            study = go_on(folder, kind, how=how)
        else:
            study = begin(read, question(read), options_of(asked), folder=folder, changes=asked["changes"], how=how)
    _show(study, language, as_json=as_json)


@contextmanager
def study_ends(read: Any, folder: Path, language: str, *, as_json: bool, dropped: tuple[str, ...] = ()) -> Iterator[None]:
    """What a study raises becomes a message and an exit code; one stopped says how to go on."""
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
