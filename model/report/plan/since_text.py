"""What is other than in an earlier run, on a few lines: what it costs more or less, how it was asked, inputs, what was built, decisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import xarray as xr

from model.report.changed_text import change_said, option_name, option_value
from model.report.display import attributes, decimals, labels, shown
from model.report.layout import screen, wrapped
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.units import display_unit
from model.report.words import word
from model.results.changed import Input
from model.results.shortfalls import same_shortfalls
from model.results.since import Decision, Known, Since

COUNTED = re.compile(r" ?\+ \d+$")  # what had no room
most_decisions, most_years = 3, 3


def since_text(made: Since, results: xr.Dataset, language: str) -> str:
    """At most 16 lines; `results` are those of the later run. What has no room is counted, and stands in the workbook."""
    asked = [
        word("changed_to", language).format(option_name(name, language), *(option_value(name, one, results, language) for one in ends))
        for name, ends in made.asked.items()
    ]
    lines = _listed(word("since_asked", language).format(""), asked, language, 3)
    for kind, rows in (("records", made.records), ("numbers", made.numbers), ("rules", made.rules)):
        told = _rows(rows, language)
        lines += _listed(word(f"since_{kind}", language).format(len(told)), told, language, 3 if kind == "records" else 2)
    for kind, found in (("since_past", made.past), ("since_built", made.built)):
        first = word(kind, language).format(len(found), sum(one.differs for one in found))
        lines += _listed(first, _known(kind, [one for one in found if one.differs] or found, results, language), language)
    lines += _decisions(made, results, language)
    rest = (
        [word("since_rest", language).format(word("since", language))]
        if any(COUNTED.search(line) for line in lines) and len(made.decisions) <= most_decisions
        else []
    )
    return screen([_cost(made, language), *_short(made, results, language), *lines, *rest])


def _cost(made: Since, language: str) -> str:
    """What it costs more or less; as much, where the interval has nothing in it."""
    unit, factor = display_unit("亿元", language)
    low, high = (shown(abs(end) * factor, 2) for end in (made.low, made.high))
    if low == high == shown(0.0, 2):
        return word("line_since_same", language).format(run=made.run)
    if made.equal:
        return word("line_since_equal", language).format(run=made.run, low=low, high=high, unit=unit)
    least, most = (low, high) if made.low > 0 else (high, low)
    span = least if least == most else word("since_span", language).format(least, most)
    return word("line_since" if made.low > 0 else "line_since_less", language).format(run=made.run, span=span, unit=unit)


def _short(made: Since, results: xr.Dataset, language: str) -> list[str]:
    """What is left short now and was then, where that is not the same: no part of what it costs more."""
    if same_shortfalls(made.short_then, made.short_now):
        return []
    told = [
        word("separator", language).join(shortfalls_in_words(results, found, language)) or word("none", language)
        for found in (made.short_then, made.short_now)
    ]
    return wrapped([word("changed_to", language).format(word("short_amounts", language), *told)], first="  ", separator="", lines=2)


def _listed(first: str, parts: Sequence[str], language: str, lines: int = 2) -> list[str]:
    return wrapped(parts, first=f"  {first}", separator=word("separator", language), lines=lines) if parts else []


def _rows(found: Sequence[Input], language: str) -> list[str]:
    """One phrase for each row that differs: of its value, where that does, else of the first of its cells."""
    rows = dict[tuple[str, str], Input]()
    for one in found:
        if (one.table, one.row) not in rows or one.column == "value":
            rows[one.table, one.row] = one
    return [change_said(one, language) for one in rows.values()]


def _known(kind: str, found: Sequence[Known], results: xr.Dataset, language: str) -> list[str]:
    """Amounts of years that have passed, each with what was thought or planned then and what stands now."""
    names, units, made = labels(results, "measure", "label", language), attributes(results, "measure", "measure_unit"), list[str]()
    for one in found:
        unit, factor = display_unit(str(units[one.measure]), language)
        places = decimals([one.then * factor, one.now * factor], unit)
        then, now = shown(one.then * factor, places), shown(one.now * factor, places)
        told = word(f"{kind}_line", language).format(name=names[one.measure], year=one.year, then=then, now=now, unit=unit)
        made.append(word("with_band", language).format(told, word(f"word_{one.word_now}", language)) if one.word_now else told)
    return made


def _decisions(made: Since, results: xr.Dataset, language: str) -> list[str]:
    """Those of most money, a line each."""
    if not made.decisions:
        return []
    kind = "since_decisions_equal" if made.equal else "since_decisions"
    money, scale = display_unit("亿元", language)
    lines = [f"  {word(kind, language).format(len(made.decisions), money)}"]
    for one in made.decisions[:most_decisions]:
        lines += _decision(one, results, language, scale)
    more = len(made.decisions) - most_decisions
    return [*lines, *([f"    {word('line_more', language).format(more)}"] if more > 0 else [])]


def _decision(one: Decision, results: xr.Dataset, language: str, scale: float) -> list[str]:
    """Its money, then the years in which the amounts differ as they are shown."""
    unit, factor = display_unit(str(attributes(results, "measure", "measure_unit")[one.measure]), language)
    places = decimals([value * factor for pair in one.amounts.values() for value in pair], unit)
    ends = {year: tuple(shown(value * factor, places) for value in pair) for year, pair in one.amounts.items()}
    told = [f"{year} {then} → {now}" for year, (then, now) in ends.items() if then != now]
    invested = shown(abs(one.invested) * scale, 2)
    more = word("since_more" if one.invested > 0 else "since_less", language).format(invested)
    parts = [*([more] if invested != shown(0.0, 2) else []), *told[:most_years]]
    parts += [word("line_more", language).format(len(told) - most_years)] if len(told) > most_years else []
    name = labels(results, "measure", "label", language)[one.measure]
    return wrapped(parts, first=f"    {name} ({unit}){word('colon', language)}", separator=word("separator", language), lines=1)
