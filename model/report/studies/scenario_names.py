"""What scenarios and their numbers are called on pages: by the labels of the numbers that they set, their names in the case beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import xarray as xr

from model.report.studies.sweep_tables import lever_facts, lever_head
from model.report.tables import Table
from model.report.words import word
from model.results.effects import REFERENCE

ENDS = ("low", "high")


def number_heads(results: xr.Dataset, language: str) -> dict[str, str]:
    """{number: its label with its unit}; two of one label keep their names in the case."""
    facts = lever_facts(results, language)
    told = {name: f"{one['lever']} ({one['unit']})" if one["unit"] else str(one["lever"]) for name, one in facts.items()}
    count = Counter(told.values())
    return {name: lever_head(facts[name]) if count[head] > 1 else head for name, head in told.items()}


def scenario_said(name: str, results: xr.Dataset, language: str) -> str:
    """`coal_buy.price=low` by the label of its number."""
    if name == REFERENCE:
        return word("reference_plan", language)
    number, sign, value = name.rpartition("=")
    label = lever_facts(results, language).get(number, {}).get("lever") if sign else None
    if label is None:
        return name
    return f"{label}{word('colon', language)}{word(f'scenario_{value}', language) if value in ENDS else value}"


def labelled(part: Table, results: xr.Dataset, language: str) -> Table:
    """A table of a row for each scenario with labels first, and last a column of the names in the case, where they differ."""
    facts, heads = lever_facts(results, language), number_heads(results, language)
    frame = part.frame.rename(columns={lever_head(facts[name]): head for name, head in heads.items()})
    names = results["scenario"].values.tolist()
    said = [scenario_said(name, results, language) for name in names]
    frame = frame.assign(scenario=said)
    if any(one != name for one, name in zip(said, names, strict=True) if name != REFERENCE):
        frame = frame.assign(scenario_id=["" if name == REFERENCE else name for name in names])
    return replace(part, frame=frame)
