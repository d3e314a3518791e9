"""What is other than in an earlier run, on a few lines: how it was asked, inputs, what was built, decisions, and what it costs more or less."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from model.report.display import attributes, decimals, labels, shown
from model.report.layout import screen, wrapped
from model.report.plan.since_tables import asked_name, cell
from model.report.units import display_unit
from model.report.words import word
from model.results.compare import Input
from model.results.since import Decision, Known, Since

most_rows, most_decisions, most_years, most_known = 4, 8, 4, 6


def since_text(made: Since, results: xr.Dataset, language: str) -> str:
    """At most 45 lines; `results` are those of the later run."""
    money = display_unit("亿元", language)[0]
    asked = [f"{asked_name(name, language)} {then or '-'} -> {now or '-'}" for name, (then, now) in made.asked.items()]
    lines = [word("line_since", language).format(made.run, shown(made.low, 2), shown(made.high, 2), money)]
    lines += wrapped(asked, first="  " + word("since_asked", language).format(""), separator=word("separator", language)) if asked else []
    for kind, rows in (("records", made.records), ("numbers", made.numbers), ("rules", made.rules)):
        lines += _rows(kind, rows, language)
    lines += _known("since_past", made.past, results, language)
    lines += _known("since_built", made.built, results, language)
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
    told = [
        f"{one.table} {one.row} {one.column} {cell(one, one.before, language)} -> {cell(one, one.after, language)}".replace("  ", " ")
        for one in rows[:most_rows]
    ]
    more = [word("line_more", language).format(len(rows) - most_rows)] if len(rows) > most_rows else []
    return wrapped([*told, *more], first="  " + word(f"since_{kind}", language).format(len(rows)), separator=word("separator", language))


def _known(kind: str, found: Sequence[Known], results: xr.Dataset, language: str) -> list[str]:
    """Amounts of years that have passed, each with what was thought or planned then and what stands now."""
    if not found:
        return []
    names, units = labels(results, "measure", "label", language), attributes(results, "measure", "measure_unit")
    lines = ["  " + word(kind, language).format(len(found), sum(one.differs for one in found))]
    for one in found[:most_known]:
        unit, factor = display_unit(str(units[one.measure]), language)
        places = decimals([one.then * factor, one.now * factor], unit)
        then, now = shown(one.then * factor, places), shown(one.now * factor, places)
        told = word(f"{kind}_line", language).format(name=names[one.measure], year=one.year, then=then, now=now, unit=unit)
        known = word("with_band", language).format(told, word(f"word_{one.word_now}", language)) if one.word_now else told
        lines += wrapped([known], first="    ", separator="", lines=2)
    return lines + (["    " + word("line_more", language).format(len(found) - most_known)] if len(found) > most_known else [])


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
