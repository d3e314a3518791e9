"""What forbids that a target is met earlier, in words, from a stored run alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.display import item_labels, year_spans
from model.report.words import word


def limits_said(results: xr.Dataset, limits: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """One phrase for each limit, in the years in which it holds the target back."""
    names, years = item_labels(results, language), [int(year) for year in results["year"].values]
    return [
        word(f"limit_{_kind(results, one)}", language).format(
            item=names.get(one["item"], one["item"]), amount="", years=year_spans(one["years"], years, language),
            after=next((year for year in years if year > max(one["years"])), max(one["years"]) + 1),
        )
        for one in limits
    ]  # fmt: skip


def _kind(results: xr.Dataset, limit: Mapping[str, Any]) -> str:
    """What kind of limit it is; what was built in the past by no record, told apart from what is known."""
    if limit["kind"] != "actual" or "build_word" not in results or limit["item"] not in results["measure"].values:
        return str(limit["kind"])
    words = results["build_word"].sel(measure=limit["item"])
    known = set(words.sel(build_year=words["build_year"].isin(list(limit["years"]))).values.tolist())
    return "actual_unrecorded" if "reconstructed" in known and not known & {"record", "estimate"} else "actual"
