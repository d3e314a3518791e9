"""How every study is asked for, run over processes or a cluster, gone on with, stored and shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOMEM
from pathlib import Path
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from model.case.faults import CodedError
from model.commands import paths
from model.commands.exits import DONE, no_plan, print_json
from model.commands.options import case_options, json_option, language_option, options_of, read_as_asked, warn
from model.commands.values import ADDRESS, FOLDER, NAME, whole

most_workers = 1_000  # of one machine
WITH_RESUME = frozenset({"case", "resume", "workers", "cluster", "language", "as_json"})


def study_options(of: str = "study") -> Callable[[Callable], Callable]:
    """`case` first, then what every study takes, after the options of the command's own."""

    def with_options(command: Callable) -> Callable:
        for option in (
            json_option,
            language_option,
            click.option("--out", type=FOLDER, default=None, help="help_out_study"),
            case_options(of),
            click.option("--resume", type=NAME, default=None, metavar="STUDY", help="help_resume"),
            click.option("--cluster", type=ADDRESS, default=None, metavar="ADDRESS", help="help_cluster"),
            click.option("--workers", type=whole(1, most_workers), default=None, metavar="N", help="help_workers"),
        ):
            command = option(command)
        return click.argument("case", type=NAME, required=False)(command)

    return with_options


def run_study(
    kind: Any, question: Callable[[Any], Any], case: str | None, asked: dict[str, Any], language: str, *, as_json: bool
) -> NoReturn:
    """A study of a kind begun or gone on with, stored and shown. `question` makes what is asked from the case, before anything is solved."""
    from model.case.read.labels import labels
    from model.report.progress import Progress
    from model.report.studies.steps_progress import steps_progress
    from model.results.run import note_elsewhere
    from model.results.study import check_inputs, find_study, study_name
    from model.study.engine.engine import Execution, begin, go_on
    from model.study.engine.stored import case_in
    from model.study.solved.solved_model import Watch

    if asked["cluster"] and asked["workers"]:
        raise CodedError("cluster_or_workers")
    stored = find_study(paths.RUNS, asked["resume"]) if asked["resume"] is not None else None
    if stored is not None:
        _resumed_alone(asked["resume"], case, stored.content["case"])
        check_inputs(stored)
        tell_stored(stored, language)
        read, folder = case_in(stored), stored.folder
    elif case is None:
        raise CodedError("no_case_given")
    else:
        read, _ = read_as_asked(case, asked, language)
        folder = click.get_current_context().with_resource(study_name(asked["out"], paths.RUNS, read.header.id, kind.name))
    with Progress(language) as progress, study_ends(read, folder, language, as_json=as_json, dropped=asked["dropped"]):
        known = labels(read)
        tell = steps_progress(progress, language, live=sys.stderr.isatty(), named=lambda name: kind.step(name, known, language))
        execution = Execution(Watch(say=progress.step), tell, asked["workers"], asked["cluster"], language)
        if stored is not None:
            study = go_on(folder, kind, execution=execution)
        else:
            try:
                study = begin(read, question(read), options_of(asked), folder=folder, changes=asked["changes"], execution=execution)
            finally:  # one that is stopped is listed too
                if _begun(folder):
                    note_elsewhere(paths.RUNS, folder)
    _show(kind, study, language, as_json=as_json)


def tell_stored(stored: Any, language: str) -> None:
    """On standard error what of a stored study is not as it was written, and by which other programs it was made."""
    from model.results.versions import unlike

    if stored.damaged:
        warn("warning_answers_damaged", language, count=stored.damaged, folder=stored.folder)
    if others := unlike(stored.content.get("versions")):
        warn("warning_other_versions", language, name=stored.folder, versions=others)


@contextmanager
def study_ends(read: Any, folder: Path, language: str, *, as_json: bool, dropped: tuple[str, ...] = ()) -> Iterator[None]:
    """One that is stopped, by the system too, or whose cluster is lost, says how to go on; without a plan it says why."""
    from model.results.run import RunError
    from model.study.engine.workers import ClusterError
    from model.study.solved.solved_model import NoPlan

    try:
        yield
    except (ClusterError, RunError) as error:
        if not _begun(folder) or not (isinstance(error, ClusterError) or error.code == "processes_lost"):
            raise
        raise CodedError("lost_and_stopped", why=error, folder=folder) from error
    except NoPlan as error:
        if error.status == "interrupted":
            raise CodedError("stopped_early") from error
        no_plan(error, read, language, dropped=dropped, as_json=as_json)
    except BrokenPipeError:
        raise
    except (OSError, MemoryError) as error:
        if not _begun(folder):
            raise
        why = error if isinstance(error, OSError) else OSError(ENOMEM, "")
        raise CodedError("study_refused", reason=why, folder=folder) from error
    except KeyboardInterrupt as error:
        raise (CodedError("study_stopped", folder=folder) if _begun(folder) else CodedError("stopped_early")) from error


def _begun(folder: Path) -> bool:
    from model.results.study import CONTENT

    return (folder / CONTENT).is_file()


def _resumed_alone(resume: str, case: str | None, of: str) -> None:
    """With --resume the study's own question counts. Raises CodedError where anything else is asked."""
    context = click.get_current_context()
    given = [
        name for name in context.params if context.get_parameter_source(name) == ParameterSource.COMMANDLINE and name not in WITH_RESUME
    ]
    if given:
        flags = {option.name: max(option.opts, key=len) for option in context.command.params}
        raise CodedError("resume_alone", options=" ".join(flags[name] for name in given))
    if case not in (None, of):
        raise CodedError("resume_case", study=resume, of=of, case=case)


def _show(kind: Any, study: Any, language: str, *, as_json: bool) -> NoReturn:
    from model.results.run import PAGE, REPORT_LOG
    from model.study.engine.shown import study_record, study_text

    if as_json:
        print_json(study_record(kind, study))
    else:
        click.echo(study_text(kind, study, language), nl=False)
        click.echo(str(study.folder))
    if not study.finished:
        raise CodedError("study_stopped", folder=study.folder)
    if (study.folder / REPORT_LOG).exists() and not (study.folder / PAGE).exists():
        warn("warning_study_unwritten", language, name=PAGE, log=REPORT_LOG, folder=study.folder)
    sys.exit(DONE)
