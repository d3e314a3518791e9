"""The schedule with its least repair accepted, written so that it can be handed in again."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from model.report.schedule.refusal_text import repaired_report
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.names import own_name
from model.results.new_run import new_run
from model.results.schedule_answer import EditClash
from model.study.schedule.asked import Asked


def write_repaired(asked: Asked, clash: EditClash, out: Path | None, language: str) -> Path:
    """A workbook, or a folder of CSV files where a schedule in CSV was handed in; beside the caller, under the first free name, where none is asked for.

    What stands in the edited schedule stands in it, but for what has to give. Raises RunError where `out` exists.
    """
    workbook = (out.suffix if out else Path(asked.edited.file).suffix).casefold() == ".xlsx"
    ending, stem = (".xlsx" if workbook else "-csv"), Path(asked.edited.file).stem
    names = [out] if out else (Path.cwd() / f"{stem}-repaired{'' if n == 1 else f'-{n}'}{ending}" for n in count(1))
    given = {(one.measure, one.year): one.can_be for one in clash.given}
    stands = {(one.measure, one.year): float(one.stands or 0.0) for one in asked.edited.cells if one.changed} | given
    free = [(one.measure, one.year) for one in asked.edited.cells if one.stands is None and one.wrote]
    report = repaired_report(clash, stands, free, asked.run.results, asked.run.manifest, language)
    with own_name(names) as target:
        if workbook:
            write_workbook(target, report)
        else:
            with new_run(target) as folder:
                write_csv(folder, report)
    return target
