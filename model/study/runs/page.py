"""The page of a run for a browser: made in every language that there is, the one that is asked for first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from model.case.read.case import Case, read_case
from model.report.pages.page import Report
from model.report.words import languages
from model.results.names import own_name
from model.results.run import Run, changed_inputs
from model.results.steadiness import Steadiness, steadiness


def write_run_page(
    path: Path, results: xr.Dataset, *, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str,
    made: Report | None = None, public: bool = False,
) -> None:  # fmt: skip
    """`made` is the report of the workbook in this language, whose tables are taken where there is one. Raises OSError where it cannot be written."""
    from model.report.pages.plan_page import plan_page
    from model.report.pages.public import names_withheld, public_report
    from model.report.writers.page_html import write_page

    pages = [
        plan_page(results, hours=hours, manifest=manifest, case=case, language=one, known=known, made=made if one == language else None)
        for one in spoken(language)
    ]
    if public:
        pages = [public_report(page, names_withheld(results, case, page.language)) for page in pages]
    write_page(path, pages, public=public)


def spoken(first: str) -> list[str]:
    """All languages, the one that is asked for first."""
    return [first, *(one for one in languages() if one != first)]


def export_page(run: Run, out: Path | None, *, runs: Path, language: str, public: bool) -> Path:
    """The page of a stored run as a file of its own, with what the studies under `runs` tell of it. Raises RunError when the target exists."""
    with own_name([out or Path.cwd() / f"{run.manifest['case']}-{run.folder.name}.html"]) as target:
        whole = run.inputs.exists() and not changed_inputs(run)  # what was changed since tells nothing of the plan
        case = read_case(run.inputs, overlays=run.overlays) if whole else None
        known = steadiness(run.manifest, run.results, runs)
        write_run_page(
            target, run.results, hours=run.hours, manifest=run.manifest, case=case, known=known, language=language, public=public
        )  # fmt: skip
    return target
