"""The tables of a run as CSV files that Excel opens in either language and never runs."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import xarray as xr

from model.report import tables
from model.report.plan import (
    capacity_tables,
    change_tables,
    cobenefit_tables,
    indicator_tables,
    outcome,
    plan_tables,
    shortfall_tables,
    target_tables,
    unenforced_tables,
)
from model.report.tables import Table
from model.report.words import word_or

RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(folder: Path, results: xr.Dataset, language: str) -> list[Path]:
    """One UTF-8 file (with a byte-order mark) per table into an existing folder; returns the files.

    A text that a spreadsheet could take for a formula is given a leading apostrophe.
    """
    made = {
        "build-schedule": tables.build_schedule, "retirements": tables.retirements, "named-units": tables.other_named,
        "investment-by-payer": tables.investment_by_payer, "investment-by-measure": tables.investment_by_measure, "spending": tables.spend_by_payer,
        "capacity": capacity_tables.capacity, "balance": capacity_tables.energy_balance, "cost": outcome.cost_components,
        "targets": target_tables.targets, "targets-by-year": target_tables.targets_by_year, "indicators": indicator_tables.indicators,
        "non-fossil-share": indicator_tables.nonfossil_shares, "sectors": indicator_tables.sector_contributions, "change-parts": change_tables.change_parts,
        "schedule-by-bureau": plan_tables.by_bureau, "co-benefit": cobenefit_tables.split, "shortfalls": shortfall_tables.shortfall_table,
        "targets-not-enforced": unenforced_tables.unenforced_table,
    }  # fmt: skip
    return [write_one(folder / f"{name}.csv", build(results, language), language) for name, build in made.items()]


def write_one(path: Path, table: Table, language: str) -> Path:
    """One table as one file."""
    names = [name for name in table.frame.columns if not str(name).startswith("_")]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(word_or(name, language, name)) if isinstance(name, str) else name for name in names])
        writer.writerows([_cell(row[name]) for name in names] for row in table.frame.to_dict("records"))
    return path


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return int(value) if float(value).is_integer() else value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay as they are.

    >>> guarded("=1+1"), guarded("-5.2"), guarded("wind")
    ("'=1+1", '-5.2', 'wind')
    """
    if not text.startswith(RISKY):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
