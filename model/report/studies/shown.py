"""What is made of a study of trade-offs: its Dataset, tables and workbook, and the same answer shown again at any time."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.report.plan.csv_export import write_one
from model.report.studies.abatement_tables import abatement_parts, abatement_text, write_abatement
from model.report.studies.alternatives_tables import alternatives_parts, alternatives_text, write_alternatives
from model.report.studies.frontier_tables import frontier_parts, frontier_text, write_frontier
from model.report.studies.regret_tables import regret_parts, regret_text, write_regret
from model.report.studies.sweep_text import sweep_record, sweep_text
from model.report.studies.switch_tables import switch_parts, switch_text, write_switch
from model.report.tables import Table
from model.report.words import word
from model.results.studies import answer_in, listed, scenarios_of
from model.results.study import StoredStudy, store_results

TABLES = "tables"


@dataclass(frozen=True)
class Kind:
    """How a kind of study is shown: its screen, its tables by file name, its workbook."""

    text: Callable[[Any, xr.Dataset, str], str]
    parts: Callable[[Any, xr.Dataset, str], Mapping[str, Table]]
    write: Callable[[Path, Any, xr.Dataset, str], None]


KINDS: Mapping[str, Kind] = {
    "frontier": Kind(frontier_text, frontier_parts, write_frontier),
    "abatement": Kind(abatement_text, abatement_parts, write_abatement),
    "alternatives": Kind(alternatives_text, alternatives_parts, write_alternatives),
    "regret": Kind(regret_text, regret_parts, write_regret),
    "switch": Kind(switch_text, switch_parts, write_switch),
}


def write_study(study: StoredStudy, case: Case, language: str) -> None:
    """Tables and workbook of a study that has all its answers, and its Dataset, which says that it is finished, last."""
    kind, known, made = KINDS[study.content["study"]], labels(case), answer_in(study)
    tables = study.folder / TABLES
    tables.mkdir(exist_ok=True)
    for name, part in kind.parts(made, known, language).items():
        partial = tables / f".{name}.{os.getpid()}"
        write_one(partial, part, language)
        os.replace(partial, tables / f"{name}.csv")
    book = study.folder / f"{study.content['study']}.xlsx"
    book.unlink(missing_ok=True)
    kind.write(book, made, known, language)
    store_results(study, scenarios_of(study, known))


def study_text(study: StoredStudy, language: str) -> str:
    """A stored study on one screen; of one that is not finished what is known, and how to go on. Raises RunError."""
    if study.content["study"] == "sweep" and study.finished:
        return sweep_text(study.results, language)
    if not _is_known(study):
        one = listed(study)
        return f"{one.name}  {one.kind}  {word('line_done', language).format(one.done, one.total)}\n"
    return KINDS[study.content["study"]].text(answer_in(study), labels(read_case(study.inputs)), language)


def study_record(study: StoredStudy) -> dict[str, Any]:
    """The same for a program. Raises RunError."""
    if study.content["study"] == "sweep" and study.finished:
        return sweep_record(study.results, str(study.folder))
    return asdict(listed(study)) | {"study": str(study.folder)} | (answer_in(study).record() if _is_known(study) else {})


def _is_known(study: StoredStudy) -> bool:
    return study.content["study"] in KINDS
