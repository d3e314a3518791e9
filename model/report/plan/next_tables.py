"""The first two decided years as tables: what is decided by lead bureau, what must be begun, who pays, which targets ride on it, what stays unmet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import labels, spans, tidy
from model.report.floor_text import floor_notes
from model.report.plan.limit_text import limits_said
from model.report.plan.target_tables import price_cells, runs_of_years, target_facts
from model.report.tables import Table, by_year, lead_and_support, measure_facts, noted, table
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.next_years import (
    begun_records,
    crumbs_decided,
    decided_records,
    forecasts_decided,
    fund_records,
    has_next,
    next_years,
    payer_records,
    target_records,
    under_way_records,
)
from model.results.past import counts_of_words
from model.results.plain import number

ASIDE = ("county", "support", "clause", "note", "strength")  # not printed: they are on the sheets of bureaus


def next_tables(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> dict[str, Table]:
    """All of them by the names of their files; none where decisions begin with the first modelled year."""
    if not has_next(results):
        return {}
    made = {
        "next-decide": decide(results, language), "next-begin": begin(results, language), "next-under-way": under_way(results, language),
        "next-money": money(results, language),
        "next-funds": funds(results, language), "next-targets": next_targets(results, language),
        "next-unmet": unmet(results, dict(manifest.get("past", {})).get("onward", ()), language), "next-known": known(results, language),
    }  # fmt: skip
    return {name: replace(part, aside=ASIDE) for name, part in made.items() if name == "next-decide" or len(part.frame)}


def decide(results: xr.Dataset, language: str) -> Table:
    """What comes into force in these years, by lead bureau; bureaus and their measures by what is invested in these years."""
    facts, heads = measure_facts(results, language), _heads(results)
    held = floor_notes(results, language, next_years(results))
    rows = [
        {
            **_measure(facts, one, language),
            "note": noted(facts[one["measure"]]["note"], held.get(one["measure"], ""), language),
            "_floor": one["measure"] in held,
            **by_year(heads, one["amounts"].values(), facts[one["measure"]]["_factor"]),
            "invested": tidy(one["invested"]),
            "of_it_usual": np.nan if one["usual"] is None else tidy(one["usual"]),
        }  # fmt: skip
        for one in decided_records(results)
    ]
    total: dict[str, float] = {}
    for row in rows:
        total[row["bureau"]] = total.get(row["bureau"], 0.0) + row["invested"]
    rows.sort(key=lambda row: (-round(total[row["bureau"]], 6), row["bureau"]))
    columns = ["bureau", "measure", "county", "unit", *heads, "invested", "of_it_usual", "support", "clause", "payer", "note"]
    left_out = crumbs_decided(results)
    notes = [*_notes(results, language, "note_next"), *([counted("note_crumbs", left_out, language)] if left_out else [])]
    if bought := word("separator", language).join(str(facts[k]["measure"]) for k in forecasts_decided(results)):
        notes.append(word("note_forecasts", language).format(bought))
    return table(word("title_next_decide", language), columns, rows, notes)


def begin(results: xr.Dataset, language: str) -> Table:
    """What must be begun in these years and comes into force later."""
    facts, heads = measure_facts(results, language), spans(results)
    rows = [
        {
            **_measure(facts, one, language), "begin": one["begin"], "in_force": heads[one["year"]], "lead_years": one["lead_time"],
            "amount": tidy(one["amount"] * facts[one["measure"]]["_factor"]), "invested": tidy(number(one["invested"])),
        }
        for one in begun_records(results)
    ]  # fmt: skip
    columns = [
        "bureau",
        "measure",
        "county",
        "unit",
        "begin",
        "in_force",
        "lead_years",
        "amount",
        "invested",
        "support",
        "clause",
        "payer",
        "note",
    ]
    return table(word("title_next_begin", language), columns, rows, _notes(results, language, "note_begin"))


def under_way(results: xr.Dataset, language: str) -> Table:
    """What was begun before and comes into force or is paid for in these years."""
    facts, heads, near, comma = measure_facts(results, language), spans(results), _heads(results), word("comma", language)
    rows = [
        {
            **_measure(facts, one, language), **by_year(near, one["amounts"].values(), facts[one["measure"]]["_factor"]),
            "in_force": comma.join(str(heads[y]) for y in one["years"]), "invested": tidy(one["invested"]),
        }
        for one in under_way_records(results)
    ]  # fmt: skip
    columns = ["bureau", "measure", "county", "unit", *near, "in_force", "invested", "support", "clause", "payer", "note"]
    return table(word("title_next_under_way", language), columns, rows, _notes(results, language, "note_under_way", "note_money"))


def money(results: xr.Dataset, language: str) -> Table:
    """Cash invested by who pays, and how much of it is over the usual path."""
    names = labels(results, "payer", "label", language)
    rows = [
        {
            "payer": names[one["payer"]],
            **_amounts(results, one, language),
            "over_usual": np.nan if one["over_usual"] is None else tidy(one["over_usual"]),
        }
        for one in payer_records(results)
    ]
    return _summed(results, word("title_next_money", language), "payer", rows, ["over_usual"], language)


def funds(results: xr.Dataset, language: str) -> Table:
    """The same by source of funds."""
    rows = [{"fund": word(f"fund_{one['fund']}", language), **_amounts(results, one, language)} for one in fund_records(results)]
    return _summed(results, word("title_next_funds", language), "fund", rows, [], language)


def next_targets(results: xr.Dataset, language: str) -> Table:
    """Targets that are out of reach or bind in these years, and those of later years that have a price."""
    facts, rows = target_facts(results, language), list[dict[str, Any]]()
    for one in target_records(results):
        unit, scale = display_unit(str(one["unit"]), language)
        prices = price_cells(results, one["target"], one["year"], unit=str(one["unit"]), price=one["price"], language=language)
        rows.append(
            {
                **{name: facts[one["target"]][name] for name in ("clause", "target", "strength", "_id")}, "year": one["year"],
                "required": tidy(one["required"] * scale), "achieved": tidy(one["achieved"] * scale), "unit": unit,
                "state": word("state_priced" if one["state"] == "priced" else one["state"], language), "_state": one["state"], **prices,
            }
        )  # fmt: skip
    columns = ["clause", "target", "strength", "year", "required", "achieved", "unit", "state", "price_yearly", "price", "price_unit"]
    return table(word("title_next_targets", language), columns, rows, [word("note_price", language)])


def unmet(results: xr.Dataset, onward: Sequence[Mapping[str, Any]], language: str) -> Table:
    """Targets that go on and are out of reach: the year that is furthest from it, and from when they are met."""
    names, rows = labels(results, "target", "label", language), list[dict[str, Any]]()
    modelled = results["year"].values.tolist()
    for one in onward:
        unit, factor = display_unit(str(one["unit"]), language)
        rows.append(
            {
                "target": names[one["target"]], "years_missed": runs_of_years(one["years"], modelled), "year": one["year"], "achieved": tidy(number(one["given"]) * factor), "required": tidy(one["asked"] * factor), "unit": unit,
                "met_from": one["met_from"] or word("met_never", language), "_state": "out_of_reach",
                "forbidden_by": word("separator", language).join(limits_said(results, one.get("limits", ()), language)),
            }
        )  # fmt: skip
    columns = ["target", "years_missed", "year", "achieved", "required", "unit", "met_from", "forbidden_by"]
    return table(word("title_next_unmet", language), columns, rows)


def known(results: xr.Dataset, language: str) -> Table:
    """How the amounts of the years before are known."""
    rows = [{"known_by": word(f"word_{name}", language), "entries": count} for name, count in counts_of_words(results).items()]
    return table(word("title_next_known", language), ["known_by", "entries"], rows, [word("note_words", language)])


def _heads(results: xr.Dataset) -> list[Any]:
    heads = spans(results)
    return [heads[y] for y in next_years(results)]


def _measure(facts: Mapping[str, Mapping[str, Any]], one: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The words of a measure, the bureau that leads it apart from those that support it."""
    fact = facts[one["measure"]]
    lead, support = lead_and_support(str(fact["bureaus"]), language)
    shown = {name: fact[name] for name in ("measure", "county", "unit", "clause", "payer", "note", "_illustrative", "_id")}
    return {**shown, "bureau": lead, "support": word("separator", language).join(support)}


def _amounts(results: xr.Dataset, one: Mapping[str, Any], language: str) -> dict[Any, Any]:
    unit = display_unit("亿元", language)[0]
    return {"unit": unit, **by_year(_heads(results), one["amounts"].values()), "total": tidy(one["total"])}


def _summed(results: xr.Dataset, title: str, first: str, rows: list[dict[Any, Any]], more: Sequence[str], language: str) -> Table:
    """Money by row and year with its sum."""
    columns = [*_heads(results), "total", *more]
    if rows:
        sums = {name: tidy(sum(row[name] for row in rows)) for name in columns}
        rows = [*rows, {first: word("total", language), "unit": rows[0]["unit"], **sums, "_total": True}]
    return table(title, [first, "unit", *columns], rows, _notes(results, language, "note_money"))


def _notes(results: xr.Dataset, language: str, *keys: str) -> list[str]:
    span = ["note_span"] if any(isinstance(head, str) for head in spans(results).values()) else []
    return [word(key, language) for key in (*keys, *span)]
