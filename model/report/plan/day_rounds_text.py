"""How the days of a plan were chosen, for the first screen: the rounds, and the rule that ended them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model.report.display import decimals, shown
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.day_rounds import DayRounds, day_rounds_of


def day_rounds_lines(manifest: Mapping[str, Any], language: str) -> list[str]:
    """A line; none for a run whose days were not chosen so."""
    found = day_rounds_of(manifest)
    if found is None:
        return []
    if found.rule == "no_hours":
        return [ended(found, language)]
    costs = [one.cost for one in found.rounds]
    places = max(2, decimals(costs))
    comma = word("comma", language)
    days, plans = (comma.join(texts) for texts in ([str(one.days) for one in found.rounds], [shown(cost, places) for cost in costs]))
    return [counted("line_day_rounds", len(found.rounds), language, days, plans, display_unit("亿元", language)[0], ended(found, language))]


def ended(found: DayRounds, language: str) -> str:
    """Which rule ended the rounds, and what of the last is open."""
    open_ = word("comma", language).join(word(f"open_{name}", language) for name in found.rounds[-1].open)
    return word(f"day_rule_{found.rule}", language).format(open_ or word("open_nothing", language))
