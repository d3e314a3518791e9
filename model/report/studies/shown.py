"""What is made of a study of trade-offs: its Dataset, tables and workbook, and the same answer shown again at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import xarray as xr

from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.report.pages.page import Report
from model.report.studies.abatement_tables import abatement_report, abatement_text
from model.report.studies.alternatives_tables import alternatives_report, alternatives_text
from model.report.studies.frontier_tables import frontier_report, frontier_text
from model.report.studies.regret_tables import regret_report, regret_text
from model.report.studies.sweep_text import sweep_record, sweep_text
from model.report.studies.switch_tables import switch_report, switch_text
from model.report.words import word
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.studies import answer_in, listed, scenarios_of
from model.results.study import StoredStudy, store_results

TABLES = "tables"


@dataclass(frozen=True)
class Kind:
    """How a kind of study is shown: its screen and its pages."""

    text: Callable[[Any, xr.Dataset, str], str]
    report: Callable[[Any, xr.Dataset, str], Report]


KINDS: Mapping[str, Kind] = {
    "frontier": Kind(frontier_text, frontier_report),
    "abatement": Kind(abatement_text, abatement_report),
    "alternatives": Kind(alternatives_text, alternatives_report),
    "regret": Kind(regret_text, regret_report),
    "switch": Kind(switch_text, switch_report),
}


def write_study(study: StoredStudy, case: Case, language: str) -> None:
    """What is made of a study that has all its answers."""
    known = labels(case)
    write_pages(study, KINDS[study.content["study"]].report(answer_in(study), known, language), scenarios_of(study, known))


def write_pages(study: StoredStudy, report: Report, results: xr.Dataset) -> None:
    """Tables and workbook, and the Dataset, which says that the study is finished, last."""
    write_csv(study.folder / TABLES, report)
    write_workbook(study.folder / f"{study.content['study']}.xlsx", report)
    store_results(study, results)


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
