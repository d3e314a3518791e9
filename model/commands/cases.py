"""What a case is: the cases there are, faults, coverage of the plan, the base year."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from model.commands import paths
from model.commands.exits import DATA_FAULT, DONE, no_plan, print_faults, print_json
from model.commands.group import Command
from model.commands.options import days_option, json_option, language_option, overlays_option, tell_as_asked
from model.commands.values import NAME


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
@click.argument("case", type=NAME)
@overlays_option
@click.option("--sources", "with_sources", is_flag=True, help="help_sources")
@language_option
@json_option
def check(case: str, overlays: tuple[str, ...], with_sources: bool, language: str, as_json: bool) -> None:
    """Every data fault of CASE, with its place and remedy; without --with also those that each of its overlays brings."""
    from model.case.checks.check import checked, overlay_faults, warnings
    from model.case.checks.load import find_case
    from model.report.case.budget_text import budget_records, budgets_text
    from model.report.case.coverage_text import awaiting_text
    from model.report.case.past_text import past_left_out_text
    from model.report.case.price_text import price_year_records, price_years_text
    from model.report.case.source_text import sources_text
    from model.report.records import clash_records, sources_record
    from model.report.words import word
    from model.results.run import latest_accepted

    folder = find_case(case, paths.DATA)
    sound, faults = checked(folder, paths.DATA, overlays)
    laid = {} if overlays else overlay_faults(folder, faults, paths.DATA)
    if faults or laid:
        _end_with(faults, laid, language, as_json=as_json)
    tell_as_asked(sound, language)
    warned, run = warnings(sound), latest_accepted(paths.RUNS, sound.header.id) if with_sources else None
    if as_json:
        print_json(
            {
                "faults": [],
                "warnings": len(warned),
                "overlay_clashes": clash_records(sound),
                "budgets": budget_records(sound),
                **({"price_years": stated} if (stated := price_year_records(sound)) else {}),
                **({"sources": sources_record(sound, run)} if with_sources else {}),
            }
        )
        return
    print_faults(warned, language, as_json=False)
    click.echo(word("line_no_faults", language))
    click.echo(budgets_text(sound, language) + awaiting_text(sound, language) + price_years_text(sound, language), nl=False)
    click.echo(past_left_out_text(sound, language), nl=False)
    if with_sources:
        click.echo(sources_text(sound, run.results if run else None, language, run=run.name if run else ""), nl=False)


def _end_with(faults: Sequence[Any], laid: Mapping[str, Sequence[Any]], language: str, *, as_json: bool) -> NoReturn:
    """The faults of a case and, under their names, those that overlays bring; ends with 1."""
    from model.report.records import fault_records
    from model.report.words import counted, word

    if as_json:
        brought = [{**record, "overlay": name} for name, found in laid.items() for record in fault_records(found, language)]
        print_json({"faults": [*fault_records(faults, language), *brought]})
        sys.exit(DATA_FAULT)
    print_faults(faults, language, as_json=False)
    for name, found in laid.items():
        click.echo(word("line_with_overlay", language).format(name))
        print_faults(found, language, as_json=False)
    click.echo(counted("line_faults", len(faults) + sum(map(len, laid.values())), language), err=True)
    sys.exit(DATA_FAULT)


@click.command(cls=Command)
@click.argument("case", type=NAME)
@overlays_option
@language_option
@json_option
def coverage(case: str, overlays: tuple[str, ...], language: str, as_json: bool) -> None:
    """The plan of CASE clause by clause: its words, what models them, or why not."""
    from model.case.checks.coverage import unnamed
    from model.case.checks.load import find_case, sound_case
    from model.report.case.coverage_tables import coverage_counts, coverage_records
    from model.report.case.coverage_text import coverage_text
    from model.report.records import clash_records
    from model.results.run import latest_accepted

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA, overlays=overlays)
    tell_as_asked(read, language)
    run = latest_accepted(paths.RUNS, read.header.id)
    results = run.results if run else None
    if as_json:
        print_json(
            {
                "coverage": coverage_records(read, results),
                "totals": coverage_counts(read, results),
                "run": run.name if run else None,
                "unnamed": unnamed(read),
                "overlay_clashes": clash_records(read),
            }
        )
        return
    click.echo(coverage_text(read, language, results, run=run.name if run else ""), nl=False)


@click.command(cls=Command)
@click.argument("case", type=NAME)
@overlays_option
@days_option("base")
@language_option
@json_option
def base(case: str, overlays: tuple[str, ...], days: Any, language: str, as_json: bool) -> None:
    """The base year of CASE as the model runs it, against its facts."""
    from model.case.checks.load import find_case, sound_case
    from model.report.case.base_text import base_text
    from model.report.records import clash_records
    from model.report.words import of_both
    from model.study.plan.base import base_records
    from model.study.solved.solved_model import NoPlan

    read = sound_case(find_case(case, paths.DATA), data=paths.DATA, overlays=overlays)
    tell_as_asked(read, language)
    try:
        records = [
            record | {"label": of_both(record["label_en"], record["label_zh"], language)} for record in base_records(read, days=days)
        ]
    except NoPlan as error:
        no_plan(error, read, language, as_json=as_json)
    missed = [record for record in records if record["within"] is False]
    if as_json:
        print_json({"base": records, "missed": [record["id"] for record in missed], "overlay_clashes": clash_records(read)})
    else:
        click.echo(base_text(records, language), nl=False)
    sys.exit(DATA_FAULT if missed else DONE)
