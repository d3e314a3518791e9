"""The pages of a case: how its plan is covered, how its numbers are known, and all of them with their sources."""

from __future__ import annotations

import xarray as xr

from model.case.read.case import Case
from model.report.case.coverage_tables import coverage, coverage_totals
from model.report.case.source_tables import leaning, sources
from model.report.made_tables import MadeTables
from model.report.pages.page import Page
from model.report.plan.assumption_table import assumptions


def coverage_page(case: Case, results: xr.Dataset, language: str) -> Page:
    tables = MadeTables(
        {"coverage": lambda: coverage(case, language, results), "coverage-totals": lambda: coverage_totals(case, language, results)}
    )
    return Page("coverage", tables, named_by=2, filtered=True, background=True)


def assumptions_page(case: Case, language: str) -> Page:
    return Page("assumptions", {"assumptions": assumptions(case, language)}, named_by=2, background=True)


def sources_page(case: Case, results: xr.Dataset | None, language: str, *, run: str = "") -> Page:
    """Numbers by table and status, and the estimates that weigh most: in a run, or by their width."""
    return Page("sources", {"sources": sources(case, language), "leaning": leaning(case, results, language, run=run)}, background=True)
