"""The full-year check as a table: each checked year of the plan and of what it is compared with, on its own days and on all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import tidy
from model.report.plan.full_year_text import ANSWERED, bounded, constructed, wrong
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.full_year import PLANS, YearRun, year_check_of

COLUMNS = ("year", "plan_run", "planned_running", "full_running", "difference", "moves_over_plan", "unit", "note")


def full_year_table(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table | None:
    """One row for each year and plan; None for a run without a check."""
    check = year_check_of(manifest)
    if check is None:
        return None
    rows = [
        _row(results, run, check.moved_apart(run.year, name) if name != "plan" else None, language)
        for year in check.years
        for name in PLANS
        for run in check.of(name)
        if run.year == year
    ]
    notes = [word("note_full_year", language).format(check.days, check.distinct), bounded(check, language), *constructed(check, language)]
    if check.not_checked:
        years = word("comma", language).join(str(year) for year in check.not_checked)
        notes.append(counted("note_not_checked", len(check.not_checked), language).format(years))
    return table(word("title_full_year", language), COLUMNS, rows, notes)


def _row(results: xr.Dataset, run: YearRun, moved: float | None, language: str) -> dict[str, Any]:
    unit, factor = display_unit("亿元", language)
    told = wrong(results, run, language)
    row = {
        "year": run.year, "plan_run": word(run.plan, language), "planned_running": tidy(run.planned * factor), "full_running": tidy(run.cost * factor),
        "difference": tidy(run.moved * factor), "moves_over_plan": tidy(moved * factor) if moved is not None else float("nan"), "unit": unit,
        "note": word("separator", language).join(told) or word("year_kept" if run.plan == "plan" else "year_served", language),
    }  # fmt: skip
    return row | ({"_state": "out_of_reach"} if told else {"_state": "met"} if run.status in ANSWERED else {})
