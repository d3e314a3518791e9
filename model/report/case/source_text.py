"""How sure a case's numbers are, for a terminal: counts by table and status, then the estimates that weigh most."""

from __future__ import annotations

import xarray as xr

from model.case.read.case import Case
from model.report.layout import screen
from model.report.pages.case import sources_page
from model.report.writers.screen import table_lines


def sources_text(case: Case, results: xr.Dataset | None, language: str, *, run: str = "") -> str:
    """Both tables with what the ranking means."""
    parts = sources_page(case, results, language, run=run).tables.values()
    return screen(line for part in parts for line in ("", *table_lines(part, language, left_out=("source",))))
