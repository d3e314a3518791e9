"""The page of a run for a browser: made in every language that there is, the one that is asked for first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from model.case.faults import CodedError
from model.case.read.case import Case, read_case
from model.report.pages.page import Report
from model.report.words import languages
from model.results.names import own_name
from model.results.new_run import new_run
from model.results.run import Run, changed_inputs
from model.results.steadiness import Steadiness, steadiness

SUFFIXES = {"html": ".html", "png": "-png", "pptx": ".pptx"}


def write_run_page(
    path: Path, results: xr.Dataset, *, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, made: Report,
) -> None:  # fmt: skip
    """`made` is the report of the workbook, whose tables and language are taken. Raises OSError where it cannot be written."""
    from model.report.writers.page_html import write_page

    write_page(path, _pages(results, hours, manifest, case, known, spoken(made.language), public=False, made=made))


def spoken(first: str) -> list[str]:
    """All languages, the one that is asked for first."""
    return [first, *(one for one in languages() if one != first)]


def export_page(run: Run, form: str, out: Path | None, *, runs: Path, language: str, public: bool) -> Path:
    """What the page of a stored run shows, with what the studies under `runs` tell of it: the page itself (`html`), its charts as pictures in a folder
    (`png`), or a short deck in the language that is asked for (`pptx`). Raises RunError when the target exists, CodedError where no font has Chinese letters or
    the library for slides is missing.
    """
    with own_name([out or Path.cwd() / f"{run.manifest['case']}-{run.folder.name}{SUFFIXES[form]}"]) as target:
        whole = run.inputs.exists() and not changed_inputs(run)  # what was changed since tells nothing of the plan
        case = read_case(run.inputs, overlays=run.overlays) if whole else None
        known = steadiness(run.manifest, run.results, runs)
        asked = [language] if form == "pptx" else spoken(language)
        pages = _pages(run.results, run.hours, run.manifest, case, known, asked, public=public)
        hand_over_pages(pages, form, target, public=public)
    return target


def hand_over_pages(pages: Sequence[Report], form: str, target: Path, *, public: bool) -> None:
    """One file (`html`, `pptx`), or a folder of pictures (`png`). Raises CodedError where no font has Chinese letters, RunError and OSError as those that write."""
    from model.report.writers.page_html import write_page
    from model.report.writers.pictures import NoFont, write_pictures

    if form == "html":
        write_page(target, pages, public=public)
        return
    if form == "pptx":
        from model.report.writers.slides import write_slides

        write_slides(target, pages[0], public=public)
        return
    try:
        with new_run(target) as folder:
            write_pictures(folder, pages)
    except NoFont:
        raise CodedError("no_chinese_font") from None


def _pages(
    results: xr.Dataset, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, asked: Sequence[str], *,
    public: bool, made: Report | None = None,
) -> list[Report]:  # fmt: skip
    """The page in each language; `made` is the workbook's report in the first of them."""
    from model.report.pages.plan_page import plan_page
    from model.report.pages.public import names_withheld, public_report

    pages = [
        plan_page(results, hours=hours, manifest=manifest, case=case, language=one, known=known, made=made if one == asked[0] else None)
        for one in asked
    ]
    return [public_report(page, names_withheld(results, case, page.language)) for page in pages] if public else pages
