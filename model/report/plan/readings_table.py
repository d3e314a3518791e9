"""Builds of the first decided years that hang on how the unrecorded past is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import labels, tidy
from model.report.layout import wrapped
from model.report.tables import Table, measure_facts, table
from model.report.words import counted, word


def readings_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison as it is stored; empty where there is none."""
    return dict(manifest.get("past", {}).get("readings", {}))


def readings_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, brief: bool = False) -> list[str]:
    """How many builds hang on it and the dearest of them, and readings under which there is no plan: a line or two of the screen; one line, `brief`."""
    told = readings_of(manifest)
    if not told:
        return []
    names, separator = labels(results, "measure", "label", language), word("separator", language)
    other = _other_endings(told, language)
    if not told["builds"]:
        return [*other, word("line_readings_alike", language)] if _compared(told) > 1 else other
    over = list(dict.fromkeys(names[one["measure"]] for one in told["builds"]))
    count = len(told["builds"])
    named = wrapped(over, first=word("line_readings", language).format(count), separator=separator, lines=1 if brief else 2)
    if brief:
        return named if len(named) == 1 else [counted("line_readings_brief", count, language)]
    return [*named, *other]


def _compared(told: Mapping[str, Any]) -> int:
    """How many readings have a plan to compare."""
    return sum(ending in ("plan", "unserved") for ending in told["endings"].values())


def _other_endings(told: Mapping[str, Any], language: str) -> list[str]:
    """A line for all the readings under which there is no plan, and one for those that leave something short; all of them, where all end alike."""
    keys, found = {"plan": "", "unserved": "short"}, dict[str, list[str]]()
    for reading, ending in told["endings"].items():
        found.setdefault(keys.get(ending, "without"), []).append(word(f"history_{reading}", language))
    alike = len(found) == 1 and len(told["endings"]) > 1
    return [
        word(f"line_reading_{key}_all" if alike else f"line_reading_{key}", language).format(word("comma", language).join(readings))
        for key, readings in found.items()
        if key
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
    notes += [line.strip() for line in _other_endings(told, language)]
    return table(word("title_readings", language), ["sector", "measure", "unit", "reading", *years, "total"], rows, notes)
