"""What a run keeps of the years before decisions begin: how each amount is known, how past targets are judged, what targets that go on still miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import xarray as xr

from model.results.judged import Judged

WORDS = ("record", "estimate", "reconstructed", "planned")
JUDGED = MappingProxyType(
    {
        "target": str, "year": int, "met": bool, "by": str, "required": float, "achieved": float, "unit": str, "document": str, "achieved_by": str,
        "by_record": bool, "agrees": bool,
    }
)  # fmt: skip
dust = 1e-9


def past_variables(build: xr.DataArray, words: Mapping[tuple[str, int], str], told: Sequence[Judged]) -> dict[str, tuple[Any, np.ndarray]]:
    """`build_word` (measure, build_year): one of WORDS for every amount above nothing, planned where it is decided; judgements over `judged`."""
    build = build.transpose("measure", "build_year")
    known = [[words.get((k, y), "planned") for y in build["build_year"].values.tolist()] for k in build["measure"].values.tolist()]
    found = np.where(np.abs(build.values) > dust, np.array(known, dtype=str).reshape(build.shape), "")
    columns: dict[str, tuple[Any, np.ndarray]] = {"build_word": (("measure", "build_year"), found)}
    for name, kind in JUDGED.items():
        columns[f"judged_{name}"] = ("judged", np.array([getattr(one, name) for one in told], dtype=kind))
    return columns


def judgements(results: xr.Dataset) -> list[dict[str, Any]]:
    """Every past target and year: `verdict` is met, missed (by an official result or a published value) or unknown (model alone)."""
    if "judged_target" not in results:
        return []
    names = [name for name in JUDGED if f"judged_{name}" in results]  # a run stored before has fewer
    rows = [
        dict(zip(names, row, strict=True))
        for row in zip(*(results.variables[f"judged_{name}"].values.tolist() for name in names), strict=True)
    ]
    return [
        {"by_record": False, "agrees": True} | one | {"verdict": "met" if one["met"] else "unknown" if one["by"] == "model" else "missed"}
        for one in rows
    ]


def own_judgements(results: xr.Dataset) -> dict[str, dict[str, Any]]:
    """{target: how it is judged in its own year}.

    Where that was not modelled, in the first year after it. A target that is dated later is judged by a document of the last year that has
    one among those in which it holds, and not at all by the model alone: its year is still to come.
    """
    told = sorted(judgements(results), key=lambda one: one["year"])
    dated = dict(zip(results["target"].values.tolist(), results["target_dated"].values.tolist(), strict=True)) if told else {}
    found = dict[str, dict[str, Any]]()
    for one in told:
        t, passed = one["target"], int(dated[one["target"]]) < int(results.attrs["decide_from"])
        if (passed and one["year"] >= dated[t] and t not in found) or (
            not passed and one["by"] != "model" and np.isfinite(one["achieved"])
        ):
            found[t] = one
    return found


def done_unrecorded(results: xr.Dataset) -> dict[str, int]:
    """{target: its year} of those that an official result or a published value says are met where what was built, as far as the case tells, misses them,
    and that hold on: what the first decided years do for them is done again."""
    found, since = own_judgements(results), int(results.attrs.get("decide_from", 0))
    told = [(t, one["year"]) for t, one in found.items() if one["verdict"] == "met" and one["by"] != "model"]
    if not told:
        return {}
    rows = zip(*(results[name].values.tolist() for name in ("row_target", "row_year", "row_enforced", "met")), strict=True)
    missed, onward = set[tuple[str, int]](), set[str]()
    for t, year, enforced, met in rows:
        if year >= since:
            onward |= {t} if enforced else set()
        elif not met:
            missed.add((t, year))
    return {t: year for t, year in told if (t, year) in missed and t in onward}


def counts_of_words(results: xr.Dataset) -> dict[str, int]:
    """{word: how many amounts of the years before decisions begin}; empty where decisions begin with the first year."""
    if "build_word" not in results:
        return {}
    past = results["build_year"].values < results.attrs["decide_from"]
    found = results["build_word"].transpose("measure", "build_year").values[:, past]
    return {word: int((found == word).sum()) for word in WORDS} if past.any() else {}


def sunk(parameters: xr.Dataset, build: xr.DataArray, decide_from: int) -> float:
    """Present value, 亿元, of the annuities of what was built before decisions begin, over all years."""
    return float((parameters["charge"] * _before(build, decide_from)).sum())


def sunk_later(parameters: xr.Dataset, build: xr.DataArray, decide_from: int) -> float:
    """What of it falls in the years that are decided."""
    return float(((parameters["charge"] - parameters["charge_before"]) * _before(build, decide_from)).sum())


def _before(build: xr.DataArray, decide_from: int) -> xr.DataArray:
    return build.where(build["build_year"] < decide_from, 0.0)


def onward_records(results: xr.Dataset) -> list[dict[str, Any]]:
    """Targets in force that the plan does not meet in some years: the last year it misses, the first from which it is met (None: never), and

    what is asked and achieved in the year that is furthest from it.
    """
    rows = list(
        zip(
            *(
                results[name].values.tolist()
                for name in ("row_target", "row_year", "row_enforced", "met", "required", "achieved", "slack_in_unit", "row_unit")
            ),
            strict=True,
        )
    )
    dated = dict(zip(results["target"].values.tolist(), results["target_dated"].values.tolist(), strict=True)) if rows else {}
    found = []
    for target in dict.fromkeys(row[0] for row in rows if row[2] and not row[3]):
        mine = [row for row in rows if row[0] == target and row[2]]
        missed = [row for row in mine if not row[3]]
        worst, last = min(missed, key=lambda row: row[6]), max(row[1] for row in missed)
        later = [row[1] for row in mine if row[1] > last]
        found.append(
            {
                "target": target, "dated": int(dated[target]), "years": sorted({row[1] for row in missed}), "met_from": min(later, default=None),
                "year": worst[1], "asked": worst[4], "given": worst[5], "unit": worst[7],
            }
        )  # fmt: skip
    return found
