"""What a case is: the cases there are, faults, coverage of the plan, the base year."""

from __future__ import annotations

import sys

import click

from model.commands import paths
from model.commands.exits import DATA_FAULT, DONE, no_plan, print_faults, print_json
from model.commands.group import Command
from model.commands.options import json_option, language_option
from model.commands.values import DAYS


@click.command(cls=Command)
@language_option
@json_option
def cases(language: str, as_json: bool) -> None:
    """The cases and what they hold."""
    from model.report.case.cases_text import cases_text
    from model.report.records import case_records

    records = case_records(paths.DATA)
    if as_json:
        print_json({"cases": records})
        return
    click.echo(cases_text(records, language), nl=False)


@click.command(cls=Command)
@click.argument("case")
@click.option("--sources", "with_sources", is_flag=True, help="help_sources")
@language_option
@json_option
def check(case: str, with_sources: bool, language: str, as_json: bool) -> None:
    """Every data fault of CASE, with its place and remedy."""
    from model.case.checks.check import check as faults_of
    from model.case.checks.check import warnings
    from model.case.checks.load import find_case
    from model.case.read.case import read_case
    from model.report.case.coverage_text import awaiting_text
    from model.report.case.source_text import sources_text
    from model.report.records import sources_record
    from model.report.words import counted, word
    from model.results.run import latest_accepted

    folder = find_case(case, paths.DATA)
    faults = faults_of(folder, paths.DATA)
    if faults:
        print_faults(faults, language, as_json=as_json)
        if not as_json:
            click.echo(counted("line_faults", len(faults), language), err=True)
        sys.exit(DATA_FAULT)
    sound = read_case(folder, paths.DATA)
    warned, run = warnings(sound), latest_accepted(paths.RUNS, sound.header.id) if with_sources else None
    if as_json:
        print_json({"faults": [], "warnings": len(warned), **({"sources": sources_record(sound, run)} if with_sources else {})})
        return
    print_faults(warned, language, as_json=False)
    click.echo(word("line_no_faults", language))
    click.echo(awaiting_text(sound, language), nl=False)
    if with_sources:
        click.echo(sources_text(sound, run.results if run else None, language, run=run.name if run else ""), nl=False)


@click.command(cls=Command)
@click.argument("case")
@language_option
@json_option
def coverage(case: str, language: str, as_json: bool) -> None:
    """The plan of CASE clause by clause: its words, what models them, or why not."""
    from model.case.checks.coverage import unnamed
    from model.case.checks.load import find_case, sound_case
    from model.report.case.coverage_tables import coverage_counts, coverage_records
    from model.report.case.coverage_text import coverage_text

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA)
    if as_json:
        print_json({"coverage": coverage_records(read), "totals": coverage_counts(read), "unnamed": unnamed(read)})
        return
    click.echo(coverage_text(read, language), nl=False)


@click.command(cls=Command)
@click.argument("case")
@click.option("--days", type=DAYS, default=None, metavar="N|all", help="help_days")
@language_option
@json_option
def base(case: str, days: int | None, language: str, as_json: bool) -> None:
    """The base year of CASE as the model runs it, against its facts."""
    from model.case.checks.load import find_case, sound_case
    from model.report.case.base_text import base_text
    from model.report.words import of_both
    from model.study.plan.base import base_records
    from model.study.plan.solved_model import NoPlan

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA)
    try:
        records = [
            record | {"label": of_both(record["label_en"], record["label_zh"], language)} for record in base_records(read, days=days)
        ]
    except NoPlan as error:
        no_plan(error, read, language, as_json=as_json)
    missed = [record for record in records if record["within"] is False]
    if as_json:
        print_json({"base": records, "missed": [record["id"] for record in missed]})
    else:
        click.echo(base_text(records, language), nl=False)
    sys.exit(DATA_FAULT if missed else DONE)
