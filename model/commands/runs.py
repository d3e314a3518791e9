"""Stored runs: listed, shown, compared, handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.exits import print_json, show_study
from model.commands.group import Command
from model.commands.options import json_option, kept_for, language_option, warn, workbook_option
from model.commands.studies import tell_stored
from model.commands.values import FORM, FORMS, NAME, PATH, WORKBOOK_ENDING, is_file_name


@click.command(cls=Command)
@click.argument("asked", type=NAME, metavar="RUN RUN...", nargs=-1, required=True)
@workbook_option
@language_option
@json_option
def compare(asked: tuple[str, ...], out: Path | None, language: str, as_json: bool) -> None:
    """Stored runs side by side, differences first: cost, targets, indicators, measures, inputs."""
    from model.report.studies.compare_tables import compare_report, compare_text
    from model.results.compare import compare as compared
    from model.results.run import find_run

    kept_for(out)
    found = [find_run(paths.RUNS, name) for name in asked]
    made, known = compared(found), found[0].results
    show_study(made, known, text=compare_text, report=compare_report, out=out, language=language, as_json=as_json)


NAMES_LEFT_OUT = ("html", "png", "pptx", "csv")  # the forms that --public knows
ENDINGS = {
    "xlsx": WORKBOOK_ENDING,
    "html": ".html",
    "pptx": ".pptx",
    "iamc": ".csv",
    "netcdf": ".nc",
}  # the forms that are one file; the others are a folder


@click.command(cls=Command)
@click.argument("case", type=NAME, required=False)
@language_option
@json_option
def runs(case: str | None, language: str, as_json: bool) -> None:
    """The stored runs and studies, oldest first. Raises NoCase where there are none of a case that there is not."""
    from model.case.checks.load import find_case
    from model.report.records import run_records
    from model.report.studies.runs_text import runs_text, study_records
    from model.report.words import word
    from model.results.run import list_runs
    from model.results.studies import damaged_folders, list_studies

    found = [run for run in list_runs(paths.RUNS) if case in (None, run.manifest["case"])]
    studies = [study for study in list_studies(paths.RUNS) if case in (None, study.case)]
    if case is not None and not found and not studies:
        find_case(case, paths.DATA)
    if as_json:
        print_json({"runs": run_records(found), "studies": study_records(studies)})
    else:
        click.echo(runs_text(found, studies, language), nl=False)
        if not found and not studies:
            click.echo(word("no_runs_of", language).format(case) if case else word("no_runs", language), err=True)
    for folder in damaged_folders(paths.RUNS):
        click.echo(word("line_damaged", language).format(folder), err=True)


def tell_run(run: Any, language: str) -> None:
    """On standard error what of a stored run is not as it was solved, and whether a newer program stored it."""
    from model.results.run import changed_inputs
    from model.results.versions import newer

    if files := changed_inputs(run):
        warn("warning_inputs_changed", language, name=run.folder, files=files)
    if version := newer(run.manifest.get("versions")):
        warn("warning_newer", language, name=run.folder, version=version)


@click.command(cls=Command)
@click.argument("run", type=NAME)
@click.option("--since", "earlier", type=NAME, default=None, metavar="RUN", help="help_since")
@language_option
@json_option
def show(run: str, earlier: str | None, language: str, as_json: bool) -> None:
    """A stored RUN or study (a path or CASE/NAME; latest for the last run) on one screen; or what is other than in an earlier run."""
    from model.results.studies import is_study

    if is_study(paths.RUNS, run):
        if earlier is not None:
            raise CodedError("since_of_study", name=run)
        _show_study(run, language, as_json=as_json)
        return
    if earlier is not None:
        _show_since(run, earlier, language, as_json=as_json)
        return
    from model.report.plan.foresight_text import foresight_text
    from model.report.plan.text import summary_text
    from model.report.records import run_record
    from model.results.run import find_run
    from model.results.steadiness import steadiness

    found = find_run(paths.RUNS, run)
    tell_run(found, language)
    if as_json:
        print_json(run_record(found))
        return
    if "foresight" in found.manifest:
        click.echo(foresight_text(found.manifest["foresight"], found.results, language))
    known = steadiness(found.manifest, found.results, paths.RUNS)
    click.echo(summary_text(found.results, found.manifest, language, known=known), nl=False)


def _show_since(name: str, earlier: str, language: str, *, as_json: bool) -> None:
    from model.report.plan.since_text import since_text
    from model.results.run import find_run
    from model.results.since import since

    run = find_run(paths.RUNS, name)
    tell_run(run, language)
    made = since(find_run(paths.RUNS, earlier, case=run.manifest["case"]), run)
    if as_json:
        print_json(made.record())
        return
    click.echo(since_text(made, run.results, run.manifest, language), nl=False)


def _show_study(name: str, language: str, *, as_json: bool) -> None:
    from model.results.study import check_inputs, find_study
    from model.study.engine.shown import study_record, study_text
    from model.study.kinds import kind_of

    found = find_study(paths.RUNS, name)
    check_inputs(found)
    tell_stored(found, language)
    if as_json:
        print_json(study_record(kind_of(found), found))
        return
    click.echo(study_text(kind_of(found), found, language), nl=False)


@click.command(cls=Command)
@click.argument("run", type=NAME)
@click.option("--to", "form", type=FORM, default="xlsx", show_default=True, metavar="|".join(FORMS), help="help_to")
@click.option("--out", type=PATH, default=None, help="help_out_export")
@click.option("--public", is_flag=True, help="help_public")
@language_option
@json_option
def export(run: str, form: str, out: Path | None, public: bool, language: str, as_json: bool) -> None:
    """A stored RUN as a workbook, as tables, as a page for a browser or its charts as pictures; of a study, whose tables and workbook lie there, the latter two."""
    from model.results.run import find_run
    from model.results.studies import is_study

    if out is not None:
        _fits(out, form)
    of_page = form in ("html", "png")
    if public and form not in NAMES_LEFT_OUT:
        raise CodedError("public_is_page", options=", ".join(f"--to {one}" for one in NAMES_LEFT_OUT))
    if is_study(paths.RUNS, run):
        if public and not of_page:
            raise CodedError("public_of_study", name=run)
        if form in ("iamc", "netcdf", "pptx"):
            raise CodedError("exchange_of_study", name=run)
        written = _export_study(run, form, out, language, of_page=of_page, public=public)
    else:
        found = find_run(paths.RUNS, run)
        tell_run(found, language)
        written = _export_run(found, form, out, language, public=public)
    if as_json:
        print_json({"written": str(written)})
        return
    click.echo(str(written))


def _fits(out: Path, form: str) -> None:
    """Raises CodedError where what is written in this form would bear the name of something else."""
    ending = ENDINGS.get(form)
    if ending is not None and out.suffix.casefold() != ending:
        raise CodedError("file_ending", option="--out", value=out.name, ending=ending)
    if ending is None and is_file_name(out):
        raise CodedError("folder_like_file", option="--out", value=out.name)


def _export_run(run: Any, form: str, out: Path | None, language: str, *, public: bool) -> Path:
    match form:
        case "html" | "png" | "pptx":
            from model.study.runs.page import export_page

            return export_page(run, form, out, runs=paths.RUNS, language=language, public=public)
        case "iamc":
            from model.study.runs.exchange import export_iamc

            return export_iamc(run, out)
        case "netcdf":
            from model.study.runs.exchange import export_netcdf

            return export_netcdf(run, out, language=language)
    if public:
        from model.study.runs.exchange import export_public_tables

        return export_public_tables(run, out, runs=paths.RUNS, language=language)
    from model.study.runs.run import export_run

    return export_run(run, form, out, runs=paths.RUNS, language=language)


def _export_study(name: str, form: str, out: Path | None, language: str, *, of_page: bool, public: bool) -> Path:
    """Raises CodedError for what lies in the study's folder already."""
    from model.results.study import check_inputs, find_study
    from model.study.engine.shown import export_study_page, handed_over
    from model.study.kinds import kind_of

    study = find_study(paths.RUNS, name)
    if of_page:
        check_inputs(study)
        return export_study_page(kind_of(study), study, form, out, language=language, public=public)
    tables, workbook = handed_over(study)
    raise CodedError("study_handed_over", folder=study.folder, tables=tables, workbook=workbook)
