"""An edited schedule in the workbook: the edits, their cost, and what moves with them, as the first sheet of the run that answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import labels, spans, tidy
from model.report.pages.page import Page
from model.report.tables import Table, measure_facts, table
from model.report.units import display_unit
from model.report.words import word
from model.results.schedule import Change
from model.results.schedule_answer import MoneyMove, ScheduleAnswer, answer_of

money = "亿元"


def edits_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """The page, of a run that answers an edited schedule."""
    if not manifest.get("schedule"):
        return
    answer = answer_of(manifest["schedule"])
    parts = {
        "edits": edits_table([*answer.changes, *answer.past_changes], results, language, since=answer.against),
        "edits-cost": _cost(answer, language), "edits-targets": _targets(answer, results, language), "edits-measures": _measures(answer, results, language),
        "edits-payers": _money(answer.payers, labels(results, "payer", "label", language), "payer", language), "edits-years": _money(answer.years, {}, "year", language),
    }  # fmt: skip
    yield Page("edits", parts, named_by=2)


def edits_table(changes: Sequence[Change], results: xr.Dataset, language: str, *, since: str) -> Table:
    """A row for each changed cell, with both totals of its measure and the cell's address."""
    facts, heads, rows = measure_facts(results, language), spans(results), list[dict[str, Any]]()
    for one in changes:
        fact = facts[one.measure]
        scale = fact["_factor"]
        for (year, (then, now)), place in zip(one.amounts.items(), one.places, strict=False):
            rows.append(
                {
                    "measure": fact["measure"], "county": fact["county"], "unit": fact["unit"], "edit_kind": word(f"edit_{one.kind}", language), "year": heads[year],
                    "edit_then": tidy(then * scale), "edit_now": tidy(now * scale), "edit_total_then": tidy(one.then * scale), "edit_total_now": tidy(one.now * scale),
                    "edit_cell": place, "_id": one.measure,
                }
            )  # fmt: skip
    columns = ["measure", "county", "unit", "edit_kind", "year", "edit_then", "edit_now", "edit_total_then", "edit_total_now", "edit_cell"]
    return table(word("title_edits", language).format(since), columns, rows)


def _cost(answer: ScheduleAnswer, language: str) -> Table:
    unit, scale = display_unit(money, language)
    told = {"edits_cost_found": answer.value, "edits_cost_low": answer.low, "edits_cost_high": answer.high}
    rows = [{"item": word(key, language), "value": tidy(value * scale), "unit": unit} for key, value in told.items()]
    return table(
        word("title_edits_cost", language),
        ["item", "value", "unit"],
        rows,
        [word("note_edits_cost", language), word("note_short_apart", language)],
    )


def _targets(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> Table:
    names, rows = labels(results, "target", "label", language), list[dict[str, Any]]()
    for one in answer.targets:
        unit, scale = display_unit(one.unit, language)
        rows.append(
            {
                "target": names.get(one.target, one.target), "year": one.year, "required": tidy(one.required * scale), "edit_then": tidy(one.then * scale),
                "edit_now": tidy(one.now * scale), "unit": unit, "state": word("met" if one.met else "out_of_reach", language),
                "_state": "met" if one.met else "out_of_reach", "_id": one.target,
            }
        )  # fmt: skip
    return table(word("title_edits_targets", language), ["target", "year", "required", "edit_then", "edit_now", "unit", "state"], rows)


def _measures(answer: ScheduleAnswer, results: xr.Dataset, language: str) -> Table:
    facts, heads, scale = measure_facts(results, language), spans(results), display_unit(money, language)[1]
    rows = [
        {
            "measure": facts[one.measure]["measure"], "unit": facts[one.measure]["unit"], "year": heads.get(year, year),
            "edit_then": tidy(then * facts[one.measure]["_factor"]), "edit_now": tidy(now * facts[one.measure]["_factor"]),
            "since_invested": np.nan if place else tidy(one.invested * scale), "_id": one.measure,
        }
        for one in answer.measures
        for place, (year, (then, now)) in enumerate(one.amounts.items())
    ]  # fmt: skip
    notes = [word("note_since_invested", language).format(display_unit(money, language)[0])]
    return table(
        word("title_edits_measures", language), ["measure", "unit", "year", "edit_then", "edit_now", "since_invested"], rows, notes
    )


def _money(moves: Sequence[MoneyMove], names: Mapping[str, str], what: str, language: str) -> Table:
    unit, scale = display_unit(money, language)
    rows = [
        {
            what: names.get(one.name, int(one.name) if one.name.isdecimal() else one.name), "unit": unit, "edit_then": tidy(one.then * scale),
            "edit_now": tidy(one.now * scale), "edit_more": tidy((one.now - one.then) * scale),
        }
        for one in moves
    ]  # fmt: skip
    return table(word(f"title_edits_by_{what}", language), [what, "unit", "edit_then", "edit_now", "edit_more"], rows)
