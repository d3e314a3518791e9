"""What keeps a plan from being accepted: each demand not served and each lack of firm capacity, by name and year, with its remedy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from model.report.display import attributes, labels, shown, tidy
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.shortfalls import (
    FIRM_CAPACITY,
    Shortfall,
    all_shortfalls,
    decided_since,
    past_shortfalls,
    same_shortfalls,
    shortfalls,
    usual_shortfalls,
)

most_named = 2  # of what the usual path leaves short


def shortfall_table(results: xr.Dataset, language: str) -> Table:
    """One row for each shortfall; empty for an accepted plan."""
    return _shortfalls(results, shortfalls(results), word("title_shortfalls", language), language)


def past_shortfall_table(results: xr.Dataset, language: str) -> Table:
    """The same of the years before decisions begin, which stop nothing."""
    return _shortfalls(results, past_shortfalls(results), word("title_past_short", language), language)


def _shortfalls(results: xr.Dataset, found: Sequence[Shortfall], title: str, language: str) -> Table:
    rows = [
        {
            "item": _item(results, one, language), "year": one.year, "value": tidy(one.amount * factor), "unit": unit,
            "note": _remedy(results, one, language), "_state": "out_of_reach",
        }
        for one in found
        for unit, factor in [display_unit(one.unit, language)]
    ]  # fmt: skip
    return table(title, ["item", "year", "value", "unit", "note"], rows)


def shortfall_sentences(results: xr.Dataset, language: str) -> list[str]:
    """A sentence for each item that falls short: what, how much in which years, and what to do."""
    found = shortfalls(results)
    items = dict.fromkeys(one.item for one in found)
    return [_sentence(results, [one for one in found if one.item == item], language) for item in items]


def shortfalls_in_words(results: xr.Dataset, found: Sequence[Shortfall], language: str) -> list[str]:
    """Each amount with its year, the first of an item with its name."""
    told = list[str]()
    for item in dict.fromkeys(one.item for one in found):
        mine = [one for one in found if one.item == item]
        unit, factor = display_unit(mine[0].unit, language)
        amounts = [word("short_in", language).format(amount=f"{shown(one.amount * factor)} {unit}", year=one.year) for one in mine]
        told += [f"{_item(results, mine[0], language)}{word('colon', language)}{amounts[0]}", *amounts[1:]]
    return told


def short_as_usual(results: xr.Dataset, language: str) -> str:
    """What the usual path leaves short in the decided years, each item by its most in a year, two of them by name; empty where it is nothing."""
    worst = dict[str, Shortfall]()
    for one in usual_shortfalls(results):
        worst[one.item] = max(worst.get(one.item, one), one, key=lambda short: short.amount)
    told = []
    for one in worst.values():
        unit, factor = display_unit(one.unit, language)
        fields = {"item": _item(results, one, language), "amount": f"{shown(one.amount * factor)} {unit}", "year": one.year}
        told.append(word("usual_short_item", language).format(**fields))
    more = [counted("usual_short_more", len(told) - most_named, language)] if len(told) > most_named else []
    return word("usual_short", language).format(word("comma", language).join([*told[:most_named], *more])) if told else ""


def short_in_scenario(results: xr.Dataset, scenario: str, language: str) -> str:
    """All that the plan of a scenario leaves short, in words; a dash where that is nothing."""
    found = all_shortfalls(results.sel(scenario=scenario)) if "unserved" in results else []
    return word("separator", language).join(shortfalls_in_words(results, found, language)) or "-"


def short_otherwise(results: xr.Dataset, reference: str, language: str) -> dict[str, str]:
    """{scenario: what its plan leaves short} of those that leave otherwise short than the reference, which stands first."""
    if "unserved" not in results:
        return {}
    planned = [
        name
        for name, cost in zip(results["scenario"].values.tolist(), results["objective"].values.tolist(), strict=True)
        if np.isfinite(cost)
    ]
    found = {name: all_shortfalls(results.sel(scenario=name)) for name in planned}
    others = [name for name in planned if not same_shortfalls(found[name], found.get(reference, []))]
    return {name: short_in_scenario(results, name, language) for name in ([reference, *others] if others else [])}


def in_brief(results: xr.Dataset, language: str) -> str:
    """`none`, of the years that are decided where those before them leave something short, or how many items fall short."""
    items = {one.item for one in shortfalls(results)}
    if items:
        return counted("items_short", len(items), language)
    since = word("none_since", language).format(decided_since(results))
    return since if past_shortfalls(results) else word("none", language)


def _sentence(results: xr.Dataset, found: Sequence[Shortfall], language: str) -> str:
    first = found[0]
    unit, factor = display_unit(first.unit, language)
    amounts = [word("short_in", language).format(amount=f"{shown(one.amount * factor)} {unit}", year=one.year) for one in found]
    what = "firm_short" if first.item == FIRM_CAPACITY else "demand_short"
    return word(what, language).format(
        item=_item(results, first, language),
        amounts=word("comma", language).join(amounts),
        remedy=_remedy(results, first, language),
    )


def _item(results: xr.Dataset, one: Shortfall, language: str) -> str:
    return (
        word("firm_capacity", language)
        if one.item == FIRM_CAPACITY
        else labels(results, "commodity", "label", language).get(one.item, one.item)
    )


def _remedy(results: xr.Dataset, one: Shortfall, language: str) -> str:
    if one.item != FIRM_CAPACITY:
        since, before = decided_since(results), any(past.item == one.item for past in past_shortfalls(results))
        return word("remedy_record", language).format(since) if since and before else word("remedy_demand", language)
    of, way = attributes(results, "market", "market_commodity"), attributes(results, "market", "market_direction")
    balance = attributes(results, "commodity", "commodity_balance")
    markets = [name for name in of if way[name] == "buy" and balance.get(of[name]) == "hourly"]
    return word("remedy_firm", language).format(" / ".join(f"{name}.firm_capacity" for name in markets) or "firm_capacity")
