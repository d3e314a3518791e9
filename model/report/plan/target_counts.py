"""How many targets are met: the same counts on screen, page and first sheet, those that are open apart from those of past years."""

from __future__ import annotations

import xarray as xr

from model.report.words import counted, word
from model.results.open_targets import open_targets
from model.results.shortfalls import shortfalls


def target_counts(results: xr.Dataset) -> tuple[int, int, int]:
    """Of the targets that are still open: met in all their decided years, met with nothing to spare in any of them, and all."""
    found = open_targets(results)
    return len(found.asked) - len(found.missed), len(found.tight), len(found.asked)


def targets_line(results: xr.Dataset, language: str) -> str:
    """How many of the targets that are open are met; beside a plan with a past also how many are of past years."""
    met, spare, asked = target_counts(results)
    past = len(open_targets(results).past)
    told = word("targets_open", language).format(past) if past else ""
    return word("line_targets_short" if shortfalls(results) else "line_targets", language).format(
        met, asked, spare, told, word("answer_open", language) if past else ""
    )


def unmet_warnings(results: xr.Dataset, language: str) -> list[str]:
    """How many targets are relaxed because they clash, and how many are out of reach."""
    met, _, in_force = target_counts(results)
    relaxed = len(set(results["row_target"].values[results["row_relaxed"].values.astype(bool)].tolist())) if "row_relaxed" in results else 0
    counts = {"warning_relaxed": relaxed, "warning_out_of_reach": in_force - met - relaxed}
    return [counted(key, count, language) for key, count in counts.items() if count > 0]
