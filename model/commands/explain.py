"""`explain`: what targets cost, what drives the plan, which targets clash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from model.commands import paths
from model.commands.exits import no_plan, show_clash, show_study
from model.commands.group import Command
from model.commands.options import (
    case_options,
    json_option,
    kept_for,
    known_changes,
    known_targets,
    language_option,
    options_of,
    tell_as_asked,
    tell_flattened,
    workbook_option,
)
from model.commands.values import NAME


@click.command(cls=Command)
@click.argument("asked_for", type=NAME, metavar="RUN|CASE")
@case_options("explain", gap=5e-4)
@click.option("--target", "targets", multiple=True, metavar="TARGET", help="help_explain_target")
@click.option("--no-resolve", is_flag=True, help="help_no_resolve")
@workbook_option
@language_option
@json_option
def explain(
    asked_for: str, targets: tuple[str, ...], no_resolve: bool, out: Path | None, language: str, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """What each target of a RUN or CASE costs, what drives the plan, or which targets clash."""
    from model.case.read.labels import labels
    from model.report.explain.explain_tables import explain_report
    from model.report.explain.explain_text import explain_progress, explain_text
    from model.report.progress import Progress
    from model.report.records import clash_records
    from model.study.explain.explain import asked_for as explainee_of
    from model.study.explain.explain import explain as explained_of
    from model.study.solved.solved_model import NoPlan, Watch

    kept_for(out)
    with Progress(language) as progress:
        explainee = explainee_of(
            asked_for, options_of(asked), data=paths.DATA, runs=paths.RUNS, changes=asked["changes"], overlays=asked["overlays"],
            tell=lambda one: tell_flattened([one], language),
        )  # fmt: skip
        read = explainee.case
        tell_as_asked(read, language)
        options = replace(explainee.options, dropped=frozenset(known_targets(read, explainee.options.dropped)))
        targets = known_targets(read, targets)
        known_changes(read, asked["changes"], options.dropped, language)
        known = labels(read)
        watch, tell = Watch(say=progress.step), explain_progress(progress, known, language)
        try:
            explained = explained_of(explainee, asked=frozenset(targets), again=not no_resolve, watch=watch, tell=tell)
        except NoPlan as error:
            if error.status != "infeasible":
                no_plan(error, read, language, dropped=tuple(options.dropped), as_json=as_json)
            show_clash(error, read, options, watch, language, out=out, as_json=as_json)
    complete = explained.complete or no_resolve
    show_study(
        explained, known, text=explain_text, report=explain_report, out=out, language=language, as_json=as_json, complete=complete,
        also={"overlays": list(read.overlays), "overlay_clashes": clash_records(read)},
    )  # fmt: skip
