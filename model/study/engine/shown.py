"""What is made of a study: its tables, workbook and Dataset once it has all its answers, and the same answer shown again at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.report.pages.page import Report
from model.report.pages.public import names_withheld, public_report
from model.report.studies.runs_text import listed_line
from model.report.studies.study_front import study_front
from model.report.words import word
from model.report.writers.tables_csv import write_csv
from model.report.writers.workbook import write_workbook
from model.results.names import own_name
from model.results.run import PAGE, RunError
from model.results.studies import listed
from model.results.study import StoredStudy, store_results
from model.study.engine.kind import StudyKind
from model.study.runs.page import SUFFIXES, hand_over_pages, spoken
from model.study.runs.unwritten import unless_it_fails

TABLES = "tables"


def write_study(kind: StudyKind, study: StoredStudy, case: Case, language: str) -> None:
    """Tables, workbook and page of a study that has all its answers, and the Dataset, which says that it is finished, last. It is finished without its page where
    that cannot be made.
    """
    results = kind.dataset(study, case)
    report = kind.report(kind.read(study, case), labels(case), language)
    write_csv(study.folder / TABLES, report)
    write_workbook(_workbook(study.folder, kind.name), report)
    unless_it_fails(study.folder / PAGE, lambda: _write_page(kind, study, case, report))
    store_results(study, results)


def _write_page(kind: StudyKind, study: StoredStudy, case: Case, made: Report) -> None:
    """`made` is the report of the workbook, in the language that is shown first."""
    from model.report.writers.page_html import write_page

    write_page(study.folder / PAGE, _pages(kind, study, case, spoken(made.language), made))


def handed_over(study: StoredStudy) -> tuple[Path, Path]:
    """Where the tables and the workbook of a finished study lie. Raises RunError for one that is not finished."""
    if not study.finished:
        raise RunError("study_unfinished", folder=study.folder)
    return study.folder / TABLES, _workbook(study.folder, str(study.content["study"]))


def export_study_page(kind: StudyKind, study: StoredStudy, form: str, out: Path | None, *, language: str, public: bool = False) -> Path:
    """A study that has all its answers as a page for a browser (`html`) or its charts as pictures (`png`), in every language, the one that is asked for
    first; a `public` one without the names that a run's leaves out. Raises RunError for any other, and when the target exists.
    """
    if not study.finished:
        raise RunError("study_unfinished", folder=study.folder)
    with own_name([out or Path.cwd() / f"{study.folder.parent.name}-{study.folder.name}{SUFFIXES[form]}"]) as target:
        case = read_case(study.inputs, overlays=study.overlays)
        pages = _pages(kind, study, case, spoken(language))
        if public:
            pages = [public_report(page, names_withheld(labels(case), case, page.language)) for page in pages]
        hand_over_pages(pages, form, target, public=public)
    return target


def _pages(kind: StudyKind, study: StoredStudy, case: Case, asked: Sequence[str], made: Report | None = None) -> list[Report]:
    """The page in each language; `made` is the workbook's report in the first of them."""
    found, named, pages = kind.read(study, case), labels(case), list[Report]()
    told = {"study": f"{study.folder.parent.name}/{study.folder.name}", "created": str(study.content.get("created", ""))[:10]}
    for one in asked:
        report = made if made is not None and one == made.language else kind.report(found, named, one)
        front = study_front(kind.answers(found, named, one), case, one)
        version = word("version_study", one).format(**told, mark=word("mark_for_comment", one))
        pages.append(replace(report, subject=word(f"lead_{kind.name}", one), version=version, front=front))
    return pages


def study_text(kind: StudyKind, study: StoredStudy, language: str) -> str:
    """A stored study on one screen; of one that is not finished how far it is, how to go on with it and what is known.

    Raises RunError.
    """
    case = read_case(study.inputs, overlays=study.overlays)
    made = kind.read(study, case)
    told = "" if made is None else kind.text(made, labels(case), language)
    return told if study.finished else listed_line(listed(study), f"measures {kind.name} --resume {study.folder}", language) + told


def study_record(kind: StudyKind, study: StoredStudy) -> dict[str, Any]:
    """The same for a program. Raises RunError."""
    made = kind.read(study, read_case(study.inputs, overlays=study.overlays))
    return asdict(listed(study)) | {"study": str(study.folder)} | _overlaid(study) | ({} if made is None else kind.record(made))


def _workbook(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.xlsx"


def _overlaid(study: StoredStudy) -> dict[str, Any]:
    return {"overlays": list(study.overlays), "overlay_clashes": list(study.content.get("overlay_clashes", ()))}
