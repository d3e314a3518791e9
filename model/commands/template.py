"""A case to be filled in, as one workbook or as a folder, and the names in it that other commands take."""

from __future__ import annotations

from pathlib import Path

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.exits import print_json
from model.commands.group import Command
from model.commands.options import json_option, kept_for, language_option, overlays_option, tell_as_asked
from model.commands.values import BOOK_OR_FOLDER, NAME, WORKBOOK_ENDING


@click.command(cls=Command)
@click.argument("out", type=BOOK_OR_FOLDER)
@click.option("--from", "source", type=NAME, default=None, metavar="CASE", help="help_from")
@click.option("--whole", is_flag=True, help="help_whole")
@language_option
@json_option
def template(out: Path, source: str | None, whole: bool, language: str, as_json: bool) -> None:
    """CASE as one workbook with drop-downs, comments and colours, an empty one without --from; or, where OUT is no workbook, as a folder of CSV tables."""
    from model.case.checks.load import find_case
    from model.case.read.written import Written, read_written

    if out.exists():
        raise CodedError("template_exists", path=out)
    if source is None and (whole or not is_book(out)):
        raise CodedError("template_from", path=out)
    kept_for(out)
    case = find_case(source, paths.DATA) if source is not None else None
    written = read_written(case, paths.DATA, whole=whole) if case is not None else Written({}, {})
    if is_book(out):
        _write_book(out, written, language, as_json=as_json)
    else:
        assert case is not None
        _write_folder(out, written, case, language, as_json=as_json)


def is_book(path: Path) -> bool:
    return path.suffix.casefold() == WORKBOOK_ENDING


def _write_book(out: Path, written: object, language: str, *, as_json: bool) -> None:
    from model.case.read.written import Written
    from model.report.template.book import write_template
    from model.report.template.told import book_record, book_text

    assert isinstance(written, Written)
    write_template(out, written, language)
    if as_json:
        print_json(book_record(out, written))
        return
    click.echo(book_text(out, written, language), nl=False)


def _write_folder(out: Path, written: object, case: Path, language: str, *, as_json: bool) -> None:
    from model.case.read.links import resolved
    from model.case.read.written import Written
    from model.case.write.folder import source_of, write_folder
    from model.report.template.told import folder_record, folder_text
    from model.results.new_run import new_run

    assert isinstance(written, Written)
    before = source_of(written, (resolved(case).parent, *paths.DATA)) if is_book(case) else case
    with new_run(out) as folder:
        report = write_folder(folder, written, before)
    if as_json:
        print_json(folder_record(out, report))
        return
    click.echo(folder_text(out, written, report, language), nl=False)


@click.command("list", cls=Command)
@click.argument("case", type=NAME)
@click.argument("wanted", metavar="[WORD]", default="", required=False)
@overlays_option
@language_option
@json_option
def list_names(case: str, wanted: str, overlays: tuple[str, ...], language: str, as_json: bool) -> None:
    """What options take in CASE by name; with a WORD those that are called like it."""
    from model.case.checks.load import find_case, sound_case
    from model.report.case.name_tables import name_records, names_text

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA, overlays=overlays)
    tell_as_asked(read, language)
    records = name_records(read, wanted, language)
    if as_json:
        print_json({"names": records})
        return
    click.echo(names_text(records, wanted, language), nl=False)
