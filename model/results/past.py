"""What a run keeps of the years before decisions begin: how each amount is known, how past targets are judged, what targets that go on still miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.results.judged import Judged

WORDS = ("record", "estimate", "reconstructed", "planned")
dust = 1e-9


def past_variables(build: xr.DataArray, words: Mapping[tuple[str, int], str], told: Sequence[Judged]) -> dict[str, tuple[Any, np.ndarray]]:
    """`build_word` (measure, build_year): one of WORDS for every amount above nothing, planned where it is decided; judgements over `judged`."""
    build = build.transpose("measure", "build_year")
    known = [[words.get((k, y), "planned") for y in build["build_year"].values.tolist()] for k in build["measure"].values.tolist()]
    found = np.where(np.abs(build.values) > dust, np.array(known, dtype=str).reshape(build.shape), "")
    columns: dict[str, tuple[Any, np.ndarray]] = {"build_word": (("measure", "build_year"), found)}
    for name, kind in (
        ("target", str),
        ("year", int),
        ("met", bool),
        ("by", str),
        ("required", float),
        ("achieved", float),
        ("unit", str),
        ("document", str),
    ):
        columns[f"judged_{name}"] = ("judged", np.array([getattr(one, name) for one in told], dtype=kind))
    return columns


def judgements(results: xr.Dataset) -> list[dict[str, Any]]:
    """The last judgement of each past target: `verdict` is met, missed (by an official result or a published value) or unknown (model alone)."""
    if "judged_target" not in results:
        return []
    names = ("target", "year", "met", "by", "required", "achieved", "unit", "document")
    rows = [dict(zip(names, row, strict=True)) for row in zip(*(results[f"judged_{name}"].values.tolist() for name in names), strict=True)]
    return [one | {"verdict": "met" if one["met"] else "unknown" if one["by"] == "model" else "missed"} for one in rows]


def counts_of_words(results: xr.Dataset) -> dict[str, int]:
    """{word: how many amounts of the years before decisions begin}; empty where decisions begin with the first year."""
    if "build_word" not in results:
        return {}
    past = results["build_year"].values < results.attrs["decide_from"]
    found = results["build_word"].transpose("measure", "build_year").values[:, past]
    return {word: int((found == word).sum()) for word in WORDS} if past.any() else {}


def sunk(parameters: xr.Dataset, build: xr.DataArray, decide_from: int) -> float:
    """Present value, 亿元, of the annuities of what was built before decisions begin."""
    past = parameters["build_year"] < decide_from
    return float((parameters["charge"] * build).where(past, 0.0).sum())


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
