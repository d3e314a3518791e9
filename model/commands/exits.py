"""How commands end: exit codes, faults and clashes in the planner's words, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from model.case.change.scenario_fault import DesignError
from model.case.faults import ASKED, CaseFaults, CodedError

DONE, DATA_FAULT, USAGE, TARGETS_CLASH, NOT_PROVEN = 0, 1, 2, 3, 4
# What ends a command otherwise than as wrong usage.
EXITS = dict.fromkeys(
    (
        "stopped",
        "stopped_early",
        "study_stopped",
        "study_refused",
        "lost_and_stopped",
        "processes_lost",
        "contradiction",
        "system",
        "system_at",
        "memory",
    ),
    NOT_PROVEN,
)


def ended(error: CodedError | CaseFaults | DesignError | click.Abort, language: str, *, as_json: bool = False) -> int:
    """What a command raised becomes a message and an exit code."""
    from model.report.error_text import error_sentence
    from model.report.fault_text import fault_sentence
    from model.report.studies.misfit_text import misfit_text

    match error:
        case CaseFaults():
            if all(fault.place.file == ASKED for fault in error.faults):
                say("\n".join(fault_sentence(fault, language) for fault in error.faults), language)
                return USAGE
            print_faults(error.faults, language, as_json=as_json)
            return DATA_FAULT
        case DesignError():
            say(misfit_text(error.misfits, language), language)
            return USAGE
        case CodedError():
            say(error_sentence(error, language), language)
            return EXITS.get(error.code, USAGE)
    say(error_sentence(CodedError("stopped"), language), language)
    return NOT_PROVEN


def say(message: str, language: str) -> None:
    """Why a command ends, on standard error."""
    from model.report.words import word

    click.echo(word("error", language).format(message), err=True)


def print_json(content: Any) -> None:
    from model.results.plain import json_text

    click.echo(json_text(content))


def print_faults(faults: Any, language: str, *, as_json: bool) -> None:
    from model.report.fault_text import fault_sentence
    from model.report.layout import screen
    from model.report.records import fault_records

    if as_json:
        print_json({"faults": fault_records(faults, language)})
        return
    for fault in faults:
        click.echo(screen([fault_sentence(fault, language)]), nl=False)


def no_plan(error: Any, case: Any, language: str, *, dropped: tuple[str, ...] = (), clash: Any = None, as_json: bool) -> NoReturn:
    from model.report.explain.clash_text import clash_record, clash_text
    from model.report.explain.no_plan_text import no_plan_record, no_plan_text

    if as_json:
        print_json(
            no_plan_record(case, status=error.status, model=error.model, dropped=dropped, earning=error.earning)
            | (clash_record(clash, case, language) if clash else {})
        )
    elif clash:
        click.echo(clash_text(clash, case, language), nl=False)
    text = no_plan_text(case, status=error.status, model=error.model, dropped=dropped, earning=error.earning, language=language)
    say(text, language)
    sys.exit({"infeasible": TARGETS_CLASH, "unbounded": DATA_FAULT}.get(error.status, NOT_PROVEN))


def show_clash(error: Any, case: Any, options: Any, watch: Any, language: str, *, out: Path | None, as_json: bool) -> NoReturn:
    """What clashes on standard output, and as a workbook where one is asked for; ends with 3."""
    from model.report.explain.clash_tables import clash_report
    from model.report.explain.clash_text import clash_record, clash_text
    from model.report.writers.workbook import write_workbook
    from model.study.infeasible.clash import find_clash

    clash = find_clash(case, options, watch, ready=error.ready)
    if out is not None:
        write_workbook(out, clash_report(clash, case, language))
    if as_json:
        print_json(clash_record(clash, case, language))
    else:
        click.echo(clash_text(clash, case, language), nl=False)
    sys.exit(TARGETS_CLASH)


def end_of_run(manifest: Mapping[str, Any], language: str) -> NoReturn:
    """A stored run ends as it was solved; of a workbook or page that could not be made a sentence is told before that."""
    from model.commands.options import warn
    from model.results.run import REPORT_LOG, WORKBOOK

    for one in manifest.get("unwritten", ()):
        form = "xlsx" if one["file"] == WORKBOOK else "html"
        warn("warning_run_unwritten", language, **one, log=REPORT_LOG, run=manifest["run"], form=form)
    sys.exit(exit_code(manifest))


def exit_code(manifest: Any) -> int:
    """That of a stored run."""
    if manifest["status"] in ("unserved", "out_of_reach"):
        return TARGETS_CLASH
    return DONE if manifest["accepted"] else NOT_PROVEN


def show_study(
    made: Any, known: Any, *, text: Callable, report: Callable, out: Path | None, language: str, as_json: bool, complete: bool = True,
    also: Mapping[str, Any] | None = None,
) -> NoReturn:  # fmt: skip
    """The workbook where one is asked for, then the answer on standard output, `also` in what a program reads; ends with 4 where it is not complete."""
    from model.report.writers.workbook import write_workbook

    if out is not None:
        write_workbook(out, report(made, known, language))
    if as_json:
        print_json(made.record() | dict(also or {}))
    else:
        click.echo(text(made, known, language), nl=False)
        if out is not None:
            click.echo(str(out))
    sys.exit(DONE if complete else NOT_PROVEN)
