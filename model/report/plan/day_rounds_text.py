"""How the days of a plan were chosen, for the first screen: the rounds, and the rule that ended them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def round_line(number: int, days: int, left: Sequence[str], language: str) -> str:
    """What is said when a round begins: on how many days, and what the round before left open."""
    said = word("day_round", language).format(number, days)
    return said + word("day_round_after", language).format(_listed(left, language)) if left else said


def ended(found: DayRounds, language: str) -> str:
    """Which rule ended the rounds, and what of the last is open."""
    return word(f"day_rule_{found.rule}", language).format(_listed(found.rounds[-1].open, language) or word("open_nothing", language))


def _listed(left: Sequence[str], language: str) -> str:
    return word("comma", language).join(word(f"open_{name}", language) for name in left)
