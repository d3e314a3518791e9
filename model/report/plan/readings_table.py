"""Builds of the first decided years that hang on how the unrecorded past is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import labels, tidy
from model.report.layout import wrapped
from model.report.tables import Table, measure_facts, table
from model.report.words import word


def readings_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison as it is stored; empty where there is none."""
    return dict(manifest.get("past", {}).get("readings", {}))


def readings_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, brief: bool = False) -> list[str]:
    """How many builds hang on it and the dearest of them, and readings under which there is no plan: a line or two of the screen; one, `brief`."""
    told = readings_of(manifest)
    if not told:
        return []
    names, separator = labels(results, "measure", "label", language), word("separator", language)
    other = [reading for reading, ending in told["endings"].items() if ending != "plan"]
    none = [word("line_reading_without", language).format(word(f"history_{reading}", language)) for reading in other]
    if not told["builds"]:
        return [*none, word("line_readings_alike", language)] if len(none) < len(told["endings"]) - 1 else none
    over = [str(len(told["builds"])), *dict.fromkeys(names[one["measure"]] for one in told["builds"])]
    return [
        *wrapped(over, first=word("line_readings", language).format(""), separator=separator, lines=2),
        *([] if brief else none),
    ]


def readings(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """Measure × decided year of each reading, of measures that differ between readings."""
    told, facts, rows = readings_of(manifest), measure_facts(results, language), list[dict[str, Any]]()
    years = [str(year) for year in told["years"]]
    for one in told["builds"]:
        fact = facts[one["measure"]]
        for reading, amounts in one["amounts"].items():
            rows.append(
                {
                    "sector": fact["sector"], "measure": fact["measure"], "unit": fact["unit"], "reading": word(f"history_{reading}", language),
                    **{year: tidy(amount * fact["_factor"]) for year, amount in zip(years, amounts, strict=True)},
                    "total": tidy(float(np.sum(amounts)) * fact["_factor"]),
                }
            )  # fmt: skip
    notes = [word("note_readings", language).format(told["days"])]
    notes += [
        word("line_reading_without", language).format(word(f"history_{reading}", language)).strip()
        for reading, ending in told["endings"].items()
        if ending != "plan"
    ]
    return table(word("title_readings", language), ["sector", "measure", "unit", "reading", *years, "total"], rows, notes)
