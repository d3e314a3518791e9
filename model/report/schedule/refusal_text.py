"""Why an edited schedule cannot be held: what clashes on the screen, and the repair as a table and as a schedule that can be handed in again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import case_title, labels, shown, tidy, year_spans
from model.report.layout import columns_of, screen, wrapped
from model.report.pages.page import Page, Report
from model.report.plan.limit_text import limits_said
from model.report.schedule.edits_text import absent_lines, change_lines, cost_line, measure_words
from model.report.schedule.run_table import RUN_TABLE, run_table
from model.report.tables import Table, build_schedule, measure_facts, table, unused_measures
from model.report.words import counted, word
from model.results.schedule import Amounts, Change, Edited
from model.results.schedule_answer import EditClash, Given

Cost = tuple[float, float, float]


def refusal_text(
    clash: EditClash, changes: Sequence[Change], cost: Cost | None, results: xr.Dataset, language: str, *, edited: Edited, against: str, written: str
) -> str:  # fmt: skip
    """The edits, what they clash with, and the least repair with what it costs, and where it is `written`, if anywhere."""
    lines = [word("line_edits", language).format(edited.file, against), *change_lines(changes, results, language)]
    lines += [*absent_lines(edited.absent, edited.absent_years, results, language), word("line_refused", language)]
    lines += _conflicts(clash, results, language)
    lines += [counted("line_repair", len(clash.given), language), *_given(clash.given, results, language)]
    lines += [cost_line(*cost, language)] if cost is not None else []
    return screen([*lines, *([word("line_repair_written", language).format(written)] if written else [])])


def facts_text(clash: EditClash, results: xr.Dataset, language: str) -> str:
    """That what is reported cannot be, with the amounts to be checked."""
    return screen([counted("line_facts_impossible", len(clash.given), language), *_given(clash.given, results, language)])


def _conflicts(clash: EditClash, results: xr.Dataset, language: str) -> list[str]:
    targets, comma, lines = labels(results, "target", "label", language), word("separator", language), list[str]()
    modelled = [int(y) for y in results["year"].values]
    names = labels(results, "measure", "label", language)
    for edits, members in clash.conflicts:
        told = [f"{names[k]} {y}" for k, y in edits]
        told += [f"{targets.get(one.target, one.target)} ({year_spans(one.years, modelled, language)})" for one in members]
        lines += wrapped(told, first=f"  {word('line_refused_together', language)}", separator=comma)
    if clash.limits:
        lines += wrapped(
            limits_said(results, [vars(one) for one in clash.limits], language),
            first=f"  {word('line_refused_limits', language)}",
            separator=comma,
        )
    return lines or [f"  {word('line_refused_whole', language)}"]


def _given(given: Collection[Given], results: xr.Dataset, language: str) -> list[str]:
    rows = []
    for one in given:
        name, unit, factor, places = measure_words(one.measure, (one.asked, one.can_be), results, language)
        rows.append([name, unit, str(one.year), shown(one.asked * factor, max(places, 0)), shown(one.can_be * factor, max(places, 0))])
    heading = [word(key, language) for key in ("measure", "unit", "year", "repair_asked", "repair_can_be")]
    return columns_of(heading, rows, left=2)


def repair_table(given: Collection[Given], results: xr.Dataset, language: str) -> Table:
    """What has to give, one row a cell."""
    facts, rows = measure_facts(results, language), list[dict[str, Any]]()
    for one in given:
        fact = facts[one.measure]
        rows.append(
            {
                "measure": fact["measure"], "unit": fact["unit"], "year": one.year, "repair_asked": tidy(one.asked * fact["_factor"]),
                "repair_can_be": tidy(one.can_be * fact["_factor"]), "_id": one.measure,
            }
        )  # fmt: skip
    return table(
        word("title_repair", language), ["measure", "unit", "year", "repair_asked", "repair_can_be"], rows, [word("note_repair", language)]
    )


def repaired_report(
    clash: EditClash, stands: Amounts, free: Collection[tuple[str, int]], results: xr.Dataset, manifest: Mapping[str, Any], language: str
) -> Report:  # fmt: skip
    """The schedule with its repair accepted, as `measures schedule` takes it again: `stands` are the amounts that are not the run's, `free` cells are empty."""
    build = results["build"].transpose("measure", "build_year").copy()
    for (k, y), amount in stands.items():
        build.loc[{"measure": k, "build_year": y}] = amount
    for k, y in free:
        build.loc[{"measure": k, "build_year": y}] = np.nan
    changed = results.assign(build=build)
    keep = frozenset(k for k, _ in stands) | frozenset(k for k, _ in free)
    pages = [
        Page("repair", {"repair": repair_table(clash.given, results, language)}, named_by=2),
        Page(
            "schedule",
            {"build-schedule": build_schedule(changed, language, keep=keep), "unused-measures": unused_measures(changed, language, leave=keep)},
            named_by=2, filtered=True, dash_zero=True,
        ),
        Page("run_sheet", {RUN_TABLE: run_table(manifest, language)}, background=True),
    ]  # fmt: skip
    return Report(case_title(results, language), word("title", language), language, pages)
