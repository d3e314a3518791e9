"""What a run makes of each row of the plan's text: whether anything that models it is taken up, or only open to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import xarray as xr

from model.case.read.canonical import Lookup
from model.case.read.case import Case

State = Literal["taken_up", "not_taken_up", "in_force", "not_in_force", "given"]
STATES: tuple[State, ...] = ("taken_up", "not_taken_up", "in_force", "not_in_force", "given")
dust = 1e-6


@dataclass(frozen=True)
class Acted:
    """`taken` of the `measures` that act for a row are built in some year of the run, of the past too; without measures it is a target
    that is in force or not, or given (a technology, a path, a setting: nothing is decided).
    """

    measures: tuple[str, ...]
    taken: tuple[str, ...]
    state: State


def acted(case: Case, results: xr.Dataset) -> dict[tuple[str, int], Acted]:
    """{(kind, number): what the run makes of it} of every row of the coverage that names what models it."""
    lookup, acting, taken = Lookup(case), _acting(case), taken_up(results)
    enforced = set(results["row_target"].values[results["row_enforced"].values.astype(bool)].tolist()) if "row_target" in results else set()
    found = dict[tuple[str, int], Acted]()
    for row in case.tables["coverage"]:
        names = [lookup.resolved(item) or item for item in row.items]
        measures = tuple(dict.fromkeys(k for name in names for k in acting.get(name, [name]) if k in taken))
        targets = [name for name in names if lookup.table(name) == "targets"]
        built = tuple(k for k in measures if taken[k])
        if names:
            found[row.kind, row.number] = Acted(measures, built, _state(measures, built, targets, enforced))
    return found


def acted_record(case: Case, results: xr.Dataset) -> dict[str, Any]:
    """How many of the plan's measures that are modelled a run takes up, and which it leaves; empty where the case has no coverage."""
    rows = [row for row in case.tables["coverage"] if row.kind == "measure" and not row.context]
    told = acted(case, results)
    mine = [(row, told[row.kind, row.number]) for row in rows if (row.kind, row.number) in told]
    if not mine:
        return {}
    left = [
        {"number": row.number, "clause": row.clause, "words_en": row.words_en, "words_zh": row.words_zh, "measures": list(one.measures)}
        for row, one in mine
        if one.state == "not_taken_up"
    ]
    return {"modelled": len(mine), **{state: sum(one.state == state for _, one in mine) for state in STATES}, "left": left}


def taken_up(results: xr.Dataset) -> dict[str, bool]:
    """{measure: whether anything of it is built in any year}."""
    built = np.abs(results["build"].transpose("measure", "build_year").values).max(axis=1, initial=0.0) > dust
    return dict(zip(results["measure"].values.tolist(), built.tolist(), strict=True))


def _state(measures: tuple[str, ...], built: tuple[str, ...], targets: list[str], enforced: set[str]) -> State:
    if measures:
        return "taken_up" if built else "not_taken_up"
    if targets:
        return "in_force" if enforced & set(targets) else "not_in_force"
    return "given"


def _acting(case: Case) -> Mapping[str, list[str]]:
    """{technology, indicator or coupling: the measures that act on it directly}."""
    found: dict[str, list[str]] = {}
    for row in case.tables["effects"]:
        found.setdefault(row.item, []).append(row.measure)
    for row in case.tables["coupling_terms"]:
        found.setdefault(row.coupling, []).append(row.item)
    return found
