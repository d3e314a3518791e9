"""Targets that a plan is not held to, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import xarray as xr

from model.report.display import labels
from model.report.layout import wrapped
from model.report.plan.target_tables import COLUMNS, target_facts
from model.report.tables import Table, table
from model.report.words import word


def unenforced_table(results: xr.Dataset, language: str) -> Table:
    """One row for each target and reason, in the columns of targets, with the years in which it would hold and is not enforced."""
    facts = target_facts(results, language)
    rows = [
        {**facts[t], "year": spoken(years), "state": word(reason, language), "_state": reason}
        for t, reason, years in unenforced_targets(results)
        if t in facts
    ]
    rows.sort(key=lambda row: (row["_clause"], row["_id"]))
    return table(word("title_unenforced", language), COLUMNS, rows, [word("note_unenforced", language)])


def spoken(years: Sequence[int]) -> str:
    """First and last of the years.

    >>> spoken((2021, 2025, 2030)), spoken((2025,)), spoken(())
    ('2021–2030', '2025', '')
    """
    return "–".join(str(year) for year in dict.fromkeys((*years[:1], *years[-1:])))


def unenforced_lines(results: xr.Dataset, language: str) -> list[str]:
    """One line for each reason, with as many targets as fit."""
    names = labels(results, "target", "label", language)
    reasons: dict[str, list[str]] = {}
    for t, reason, _ in unenforced_targets(results):
        if reason != "before_decide_from" or "judged_target" not in results:  # what is past is judged
            reasons.setdefault(reason, []).append(names.get(t, t))
    separator = word("separator", language)
    return [
        line
        for reason, named in reasons.items()
        for line in wrapped(
            named, first="  " + word("line_unenforced", language).format(word(reason, language), ""), separator=separator, lines=2
        )
    ]


def unenforced_targets(results: xr.Dataset) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(target, reason, years) of a run's results; none in runs stored before this was told."""
    if "unenforced_target" not in results:
        return
    columns = (results[f"unenforced_{name}"].values.tolist() for name in ("target", "reason", "years"))
    for t, reason, years in zip(*columns, strict=True):
        yield str(t), str(reason), tuple(int(year) for year in str(years).split(";") if year)
