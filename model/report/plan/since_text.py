"""What is other than in an earlier run, on a few lines: records, numbers, rules, decisions, and what it costs more or less."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from model.report.display import attributes, decimals, labels, shown
from model.report.layout import screen, wrapped
from model.report.units import display_unit
from model.report.words import word
from model.results.compare import Input
from model.results.since import Decision, Since

most_rows, most_decisions, most_years = 4, 8, 4


def since_text(made: Since, results: xr.Dataset, language: str) -> str:
    """At most 30 lines; `results` are those of the later run."""
    money = display_unit("亿元", language)[0]
    lines = [word("line_since", language).format(made.run, shown(made.low, 2), shown(made.high, 2), money)]
    for kind, rows in (("records", made.records), ("numbers", made.numbers), ("rules", made.rules)):
        lines += _rows(kind, rows, language)
    asked = [f"{word(name, language)} {then or '-'} -> {now or '-'}" for name, (then, now) in made.asked.items()]
    lines += wrapped(asked, first="  " + word("since_asked", language).format(""), separator=word("separator", language)) if asked else []
    lines.append("  " + word("since_decisions", language).format(len(made.decisions)))
    for one in made.decisions[:most_decisions]:
        lines += _decision(one, results, language)
    if len(made.decisions) > most_decisions:
        lines.append("    " + word("line_more", language).format(len(made.decisions) - most_decisions))
    return screen(lines)


def _rows(kind: str, rows: Sequence[Input], language: str) -> list[str]:
    """How many cells differ, and the first of them."""
    if not rows:
        return []
    told = [f"{one.table} {one.row} {one.column} {one.before or '-'} -> {one.after or '-'}".replace("  ", " ") for one in rows[:most_rows]]
    more = [word("line_more", language).format(len(rows) - most_rows)] if len(rows) > most_rows else []
    return wrapped([*told, *more], first="  " + word(f"since_{kind}", language).format(len(rows)), separator=word("separator", language))


def _decision(one: Decision, results: xr.Dataset, language: str) -> list[str]:
    unit, factor = display_unit(str(attributes(results, "measure", "measure_unit")[one.measure]), language)
    amounts = [value * factor for pair in one.amounts.values() for value in pair]
    places = decimals(amounts, unit)
    years = list(one.amounts.items())
    told = [f"{year} {shown(then * factor, places)} -> {shown(now * factor, places)}" for year, (then, now) in years[:most_years]]
    told += [word("line_more", language).format(len(years) - most_years)] if len(years) > most_years else []
    name = labels(results, "measure", "label", language)[one.measure]
    money = word("since_money", language).format(f"{one.invested:+,.2f}", display_unit("亿元", language)[0])
    return wrapped([*told, money], first=f"    {name} ({unit}){word('colon', language)}", separator=word("separator", language), lines=2)
