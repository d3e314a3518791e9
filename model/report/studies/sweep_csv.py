"""The tables of a sweep as CSV files that Excel opens in either language and never runs."""

from __future__ import annotations

import os
from pathlib import Path

import xarray as xr

from model.report.plan.csv_export import write_one
from model.report.studies.deadline_tables import deadline_table, flips_by_year_table
from model.report.studies.sweep_tables import effect_table, explained_tables, flip_table, headline_table, outcomes, scenario_table
from model.report.tables import Table


def write_tables(folder: Path, results: xr.Dataset, language: str) -> list[Path]:
    """One file per table; those of a study finished once more are written anew."""
    folder.mkdir(exist_ok=True)
    made: dict[str, Table] = {
        "scenarios": scenario_table(results, language, most=results.sizes["lever"]),
        "flips": flip_table(results, language),
        "flips-by-year": flips_by_year_table(results, language),
        "decide-by": deadline_table(results, language),
        "indicators": headline_table(results, language),
    }
    asked = outcomes(results)
    if results.attrs["kind"] == "tornado":
        made |= {f"effects-{_named(one.kind, one.item, one.year)}": effect_table(results, one, language) for one in asked}
    for one, part in zip(asked, explained_tables(results, language), strict=False):
        made[f"explained-{_named(one.kind, one.item, one.year)}"] = part
    written = []
    for name, part in made.items():
        partial = folder / f".{name}.{os.getpid()}"
        write_one(partial, part, language)
        os.replace(partial, folder / f"{name}.csv")
        written.append(folder / f"{name}.csv")
    return written


def _named(kind: str, item: str, year: int) -> str:
    return f"{item}-{year}" if item else kind
