"""Builds of the first decided years that depend on how the unrecorded past is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import decimals, labels, shown, tidy
from model.report.layout import wrapped
from model.report.tables import Table, measure_facts, table
from model.report.words import counted, word
from model.results.past import counts_of_words, done_unrecorded

most_in_brief = 3


def readings_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison as it is stored; empty where there is none."""
    return dict(manifest.get("past", {}).get("readings", {}))


def readings_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, brief: bool = False) -> list[str]:
    """How many builds depend on it and the dearest of them, and readings under which there is no plan: a few lines of the screen; `brief`, the
    latter alone."""
    told = readings_of(manifest)
    if not told:
        return []
    names, separator = labels(results, "measure", "label", language), word("separator", language)
    other = _other_endings(told, language)
    if not told["builds"]:
        settled = _compared(told) > 1 and not done_unrecorded(results)  # a record of what is done again would change them
        return [*other, word("line_readings_alike", language)] if settled else other
    if brief:
        return []  # they are counted beside the remarks
    over = list(dict.fromkeys(names[one["measure"]] for one in told["builds"]))
    named = wrapped(over, first=word("line_readings", language).format(len(told["builds"])), separator=separator, lines=2)
    alike = ties(told, manifest)
    return [*named, *([counted("line_readings_ties", alike, language)] if alike else []), *other]


def readings_counted(manifest: Mapping[str, Any], language: str) -> list[str]:
    """How many builds depend on the reading, and how many of these may be a tie; nothing where none does."""
    told = readings_of(manifest)
    if not told.get("builds"):
        return []
    said, alike = counted("readings_counted", len(told["builds"]), language), ties(told, manifest)
    return [word("with_band", language).format(said, counted("readings_ties", alike, language)) if alike else said]


def readings_brief(results: xr.Dataset, manifest: Mapping[str, Any], years: Sequence[int], language: str) -> list[str]:
    """How much the past that no record tells of decides in these years: how many measures are built otherwise under another reading, and of those
    that move most money the amounts of each; nothing where the readings were not compared.
    """
    told, rebuilt = readings_of(manifest), counts_of_words(results).get("reconstructed", 0)
    if not told or _compared(told) < 2:
        return []
    found = [one for one in told["builds"] if set(one["differ"]) & set(years)]
    span = "–".join(str(year) for year in years)
    if not found and done_unrecorded(results):
        return []
    if not found:
        return [counted("note_brief_readings_none", rebuilt, language, span)]
    proven = ties({"builds": found}, manifest)
    some = [_by_reading(one, told["years"], years, results, language) for one in found[:most_in_brief]]
    return [
        counted("note_brief_readings", rebuilt, language, len(found), span, proven, word("title_readings", language)),
        *some,
    ]


def _by_reading(one: Mapping[str, Any], told: Sequence[int], years: Sequence[int], results: xr.Dataset, language: str) -> str:
    """A measure with what each reading builds of it in these years, those that build as much together."""
    fact, amounts = measure_facts(results, language)[one["measure"]], dict[str, list[str]]()
    sums = {
        reading: sum(amount for year, amount in zip(told, built, strict=True) if year in years) * fact["_factor"]
        for reading, built in one["amounts"].items()
    }
    places = decimals(list(sums.values()), fact["unit"])
    for reading, amount in sums.items():
        amounts.setdefault(shown(amount, places), []).append(word(f"history_{reading}", language))
    separator, comma = word("separator", language), word("comma", language)
    said = separator.join(f"{amount} ({comma.join(readings)})" for amount, readings in amounts.items())
    return f"{fact['measure']} ({fact['unit']}){word('colon', language)}{said}"


def ties(told: Mapping[str, Any], manifest: Mapping[str, Any]) -> int:
    """Builds that move no more money between the readings than the plan may lie above the best one: they may be a choice between equals."""
    proven = float(manifest.get("objective", 0.0)) - float(manifest.get("bound", 0.0))
    return sum(float(one.get("money", np.inf)) <= proven for one in told["builds"])


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
    alike = ties(told, manifest)
    notes += [counted("line_readings_ties", alike, language).strip()] if alike else []
    notes += [line.strip() for line in _other_endings(told, language)]
    return table(word("title_readings", language), ["sector", "measure", "unit", "reading", *years, "total"], rows, notes)
