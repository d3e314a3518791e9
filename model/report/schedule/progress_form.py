"""The progress form (进度填报表): for each lead bureau a sheet with what the plan asks of it up to a year, to be filled in with what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from model.report.display import case_title, spans, tidy
from model.report.pages.page import Page, Report
from model.report.plan.bureau_tables import sheet_name
from model.report.schedule.run_table import RUN_TABLE, run_table
from model.report.tables import Table, lead_and_support, measure_facts, table
from model.report.words import word
from model.results.progress import STATES, Task

FORM_DATE = "form_date"  # the line of the run's sheet with the day as of which the form is filled in
TO_FILL = ("progress_done", "progress_state", "progress_expected", "progress_reason", "built_date", "built_source")
COLUMNS = ("measure", "county", "unit", "in_force", "begin", "progress_planned", *TO_FILL)


def progress_report(
    tasks: Sequence[Task], results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, on: date, until: int
) -> Report:
    """A first sheet that says how it is filled in and how much each bureau has, a sheet a bureau, and that of the run."""
    by_bureau = _by_bureau(tasks, results, language)
    pages = [Page("progress", {"progress": _overview(by_bureau, language, on=on, until=until)})]
    for place, (bureau, mine) in enumerate(by_bureau.items(), 1):
        made = form_table(mine, results, language, bureau=bureau)
        pages.append(Page(f"progress_{place}", {f"progress-{place:02d}": made}, named_by=1, name=sheet_name(f"{place:02d} {bureau}")))
    told = run_table(manifest, language)
    frame = pd.concat(
        [told.frame, pd.DataFrame([{"item": word("origin_form_date", language), "value_text": on.isoformat(), "_id": FORM_DATE}])]
    )
    told = replace(told, frame=frame, notes=(word("note_run_of_form", language),))
    pages.append(Page("run_sheet", {RUN_TABLE: told}, background=True))
    title = f"{case_title(results, language)} · {word('progress', language)}"
    return Report(title, word("progress_as_of", language).format(on.isoformat()), language, pages)


def form_table(tasks: Sequence[Task], results: xr.Dataset, language: str, *, bureau: str) -> Table:
    """A row for each measure and year; what the plan says is locked."""
    facts, heads = measure_facts(results, language), spans(results)
    rows = [
        {
            **{name: facts[one.measure][name] for name in ("measure", "county", "unit", "_id")}, "in_force": heads[one.year], "begin": one.begin,
            "progress_planned": tidy(one.planned * facts[one.measure]["_factor"]), "progress_done": np.nan,
            **dict.fromkeys(TO_FILL[1:], ""),
        }
        for one in tasks
    ]  # fmt: skip
    made = table(
        word("title_progress", language).format(bureau),
        COLUMNS,
        rows,
        [word("note_progress_row", language), word("note_progress_done", language)],
    )
    return replace(made, open=TO_FILL, choices={"progress_state": tuple(word(f"progress_state_{one}", language) for one in STATES)})


def _overview(by_bureau: Mapping[str, Sequence[Task]], language: str, *, on: date, until: int) -> Table:
    rows = [
        {"bureau": bureau, "entries": len(mine), "progress_due": sum(one.year <= on.year for one in mine)}
        for bureau, mine in by_bureau.items()
    ]
    notes = [word(key, language).format(on.isoformat(), until) for key in ("note_progress_what", "note_progress_how", "note_progress_back")]
    return table(word("title_progress_overview", language).format(until), ["bureau", "entries", "progress_due"], rows, notes)


def _by_bureau(tasks: Sequence[Task], results: xr.Dataset, language: str) -> dict[str, list[Task]]:
    facts, found = measure_facts(results, language), dict[str, list[Task]]()
    for one in tasks:
        found.setdefault(lead_and_support(str(facts[one.measure]["bureaus"]), language)[0], []).append(one)
    return {bureau: found[bureau] for bureau in sorted(found)}
