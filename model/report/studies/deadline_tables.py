"""What scenarios agree on as tables: shares with each measure by year, and by when to decide."""

from __future__ import annotations

from typing import Any

import xarray as xr

from model.report.display import labels, shown, tidy
from model.report.layout import wrapped
from model.report.pages.page import PALETTE, Chart, Series, most_bars
from model.report.tables import Table, table, year_columns
from model.report.words import word
from model.results.deadlines import Deadline, deadlines, in_force, nearly_all
from model.results.effects import REFERENCE

most_lines = 6


def flips_by_year_table(results: xr.Dataset, language: str) -> Table:
    """One row for each measure that flips, a column for each year: the share of scenarios with it in force."""
    names, years = labels(results, "measure", "label", language), [int(y) for y in results["year"].values]
    rows: list[dict[Any, Any]] = [
        {
            "measure": names[one.measure],
            **{y: tidy(100 * share) for y, share in zip(years, one.shares, strict=True)},
            "lever_id": one.measure,
        }
        for one in in_force(results)
    ]
    return table(word("title_flips_by_year", language), ["measure", *years, "lever_id"], rows)


def deadline_table(results: xr.Dataset, language: str) -> Table:
    """One row for each measure that any scenario builds beyond what is committed."""
    names = labels(results, "measure", "label", language)
    rows = [
        {
            "measure": names[one.measure], "core": word("yes" if one.core else "no", language), "share_taken": tidy(100 * one.taken / one.of),
            "first_earliest": one.earliest, "first_median": one.median, "first_latest": one.latest, "lead_years": one.lead_time,
            "decide_by": one.decide_by, "set_by": word("reference_plan", language) if one.sets == REFERENCE else one.sets, "lever_id": one.measure,
            "_total": one.core,
        }
        for one in deadlines(results)
    ]  # fmt: skip
    columns = [
        "measure", "core", "share_taken", "first_earliest", "first_median", "first_latest", "lead_years", "decide_by", "set_by", "lever_id",
    ]  # fmt: skip
    notes = [word("note_decide_by", language), word("note_core", language).format(_percent())]
    return table(word("title_decide_by", language), columns, rows, notes)


def core_lines(results: xr.Dataset, language: str) -> list[str]:
    """What nearly all scenarios build, with the year to decide it by; nothing to say of a study of a single plan."""
    found = deadlines(results)
    if not found or found[0].of < 2:
        return []
    core = [_named(one, results, language) for one in found if one.core]
    if not core:
        return [word("line_no_core", language).format(_percent())]
    return wrapped(core, first=word("line_core", language).format(_percent(), ""), separator=word("separator", language), lines=6)


def flips_chart(key: str, part: Table, language: str) -> Chart:
    """A line for each of the most divided measures."""
    series = [Series(name, PALETTE[at], row=at) for at, name in enumerate(part.frame["measure"].tolist()[:most_lines])]
    return Chart(
        "lines",
        word("chart_flips", language),
        key,
        year_columns(part),
        series,
        "",
        "%",
        remark=word("remark_rows", language).format(len(series), len(part.frame)) if len(series) < len(part.frame) else "",
    )


def deadlines_chart(key: str, part: Table, language: str) -> Chart:
    """From the year by which a measure must be decided to the one in which the last scenario first builds it; what nearly all build in a colour of its own."""
    core = part.frame["_total"].astype(bool).tolist()
    series = [
        Series(word(name, language), colour, column=("decide_by", "first_latest"), marked=frozenset(at for at, one in enumerate(core[:most_bars]) if one is kind))
        for name, colour, kind in (("decided_by_all", PALETTE[0], True), ("decided_by_some", PALETTE[1], False))
    ]  # fmt: skip
    return Chart(
        "spans",
        word("chart_decide_by", language),
        key,
        "measure",
        series,
        word("years", language),
        "",
        rows=(0, min(most_bars, len(core)) - 1),
    )


def _named(one: Deadline, results: xr.Dataset, language: str) -> str:
    return word("line_core_one", language).format(labels(results, "measure", "label", language)[one.measure], one.decide_by)


def _percent() -> str:
    return shown(100 * nearly_all, 0)
