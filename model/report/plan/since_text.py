"""What is other than in an earlier run, on one screen: what it costs more or less, decisions, what was built, inputs, how it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from model.report.changed_text import change_said, option_name, option_value
from model.report.display import attributes, decimals, labels, shown
from model.report.layout import flowed, high, screen, screen_width, wrapped
from model.report.plan.past_tables import moved_rows
from model.report.plan.screen_parts import heading, not_accepted
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.plan.target_counts import target_counts, targets_line
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.changed import Input
from model.results.plan_cost import plan_cost
from model.results.shortfalls import same_shortfalls, shortfalls
from model.results.since import Decision, Known, Since
from model.results.ties import perhaps_ties

most_lines, most_years, least_decisions = 24, 3, 5
Kinds = Sequence[tuple[str, Sequence[str]]]


def since_text(made: Since, results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> str:
    """One screen of at most 24 lines: how the plan is proven, what is other than in the earlier run, and where the rest stands."""
    head = [*not_accepted(results, language), *heading(results, manifest, language), ""]
    tail = ["", targets_line(results, language)]
    kept = dict(manifest.get("since") or {}).get("run") == made.run  # the workbook holds what the run was solved to tell
    tail += [word("since_rest" if kept else "since_rest_json", language).format(manifest["run"], word("since", language))]
    return screen([*head, *since_lines(made, results, manifest, language, room=most_lines - high([*head, *tail])), *tail])


def since_brief(made: Since, results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """Below the plan's own screen: what it costs more or less, and the command that tells the rest."""
    command = "  " + word("since_command", language).format(f"measures show {manifest['run']} --since {made.run}")
    return [_cost(made, language), *_as_it_stands(results, manifest, language), command]


def since_lines(made: Since, results: xr.Dataset, manifest: Mapping[str, Any], language: str, *, room: int) -> list[str]:
    """What it costs and how it was asked, decisions by their money, what was built, inputs: at most so many lines, and fewer of each the less room."""
    asked = [
        word("changed_to", language).format(option_name(name, language), *(option_value(name, one, results, language) for one in ends))
        for name, ends in made.asked.items()
    ]
    cost = [_cost(made, language), *_as_it_stands(results, manifest, language), *_short(made, results, language)]
    kinds, first, others = _kinds(made, results, manifest, language), list[str](), list[str]()
    for rows in (3, 2, 1, 0):
        first = [*cost, *_listed(word("since_asked", language).format(""), asked, language, max(rows, 1)), *_first_decided(made, language)]
        others = [line for said, parts in kinds for line in _listed(said, parts, language, rows)]
        if room - high([*first, *others]) >= min(least_decisions, len(made.decisions) + 1):
            break
    return [*first, *_decisions(made, results, language, room=room - high([*first, *others]), gap=plan_cost(manifest).gap), *others]


def _kinds(made: Since, results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Kinds:
    """What stands below the decisions: how each kind begins, and its parts."""
    found = list[tuple[str, Sequence[str]]]()
    built = word("since_built", language).format(len(made.built), sum(one.differs for one in made.built))
    told = [one for one in made.built if one.differs] or made.built
    found.append((built, _known("since_built", told, results, manifest, language)))
    for kind, rows in (("records", made.records), ("numbers", made.numbers), ("rules", made.rules)):
        parts = _rows(rows, language)
        found.append((word(f"since_{kind}", language).format(len(parts)), parts))
    return [*found, (word("since_past", language).format(len(made.past)), _known("since_past", made.past, results, manifest, language))]


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


def _as_it_stands(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """That the plan leaves something short or targets unmet, so that what it costs less is no saving."""
    if not manifest:
        return []
    short = [word("left_short", language)] if shortfalls(results) else []
    met, _, in_force = target_counts(results)
    missed = [counted("since_missed", in_force - met, language)] if met < in_force else []
    if not short and not missed:
        return []
    key = "since_not_all_met" if not short and manifest.get("status") != "out_of_reach" else "since_not_accepted"
    return flowed("  " + word(key, language).format(word("separator", language).join([*short, *missed])), screen_width)


def _first_decided(made: Since, language: str) -> list[str]:
    """That the two runs decide from other years on, and what of them is compared."""
    years = [int(year) for year in made.asked.get("decide_from", ()) if year.isdecimal()]
    if len(years) < 2:
        return []
    key = "line_since_later" if years[1] > years[0] else "line_since_sooner"
    return flowed("  " + word(key, language).format(*years), screen_width)


def _short(made: Since, results: xr.Dataset, language: str) -> list[str]:
    """What is left short now and was then, where that is not the same: no part of what it costs more."""
    if same_shortfalls(made.short_then, made.short_now):
        return []
    told = [
        word("separator", language).join(shortfalls_in_words(results, found, language)) or word("none", language)
        for found in (made.short_then, made.short_now)
    ]
    return wrapped([word("changed_to", language).format(word("short_amounts", language), *told)], first="  ", separator="", lines=2)


def _listed(first: str, parts: Sequence[str], language: str, lines: int) -> list[str]:
    """Parts on so many lines; without a line for them their count alone."""
    if not parts:
        return []
    if not lines:
        return ["  " + first.rstrip().removesuffix(word("colon", language).rstrip())]
    return wrapped(parts, first=f"  {first}", separator=word("separator", language), lines=lines)


def _rows(found: Sequence[Input], language: str) -> list[str]:
    """One phrase for each row that differs: of its value, where that does, else of the first of its cells."""
    rows = dict[tuple[str, str], Input]()
    for one in found:
        if (one.table, one.row) not in rows or one.column == "value":
            rows[one.table, one.row] = one
    return [change_said(one, language) for one in rows.values()]


def _known(kind: str, found: Sequence[Known], results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """Amounts of years that have passed, each with what was thought or planned then and what stands now."""
    names, units, made = labels(results, "measure", "label", language), attributes(results, "measure", "measure_unit"), list[str]()
    rows, separator = moved_rows(results, manifest, language), word("separator", language)
    for one in found:
        unit, factor = display_unit(str(units[one.measure]), language)
        places = decimals([one.then * factor, one.now * factor], unit)
        then, now = shown(one.then * factor, places), shown(one.now * factor, places)
        told = word(f"{kind}_line", language).format(name=names[one.measure], year=one.year, then=then, now=now, unit=unit)
        known = [*([word(f"word_{one.word_now}", language)] if one.word_now else []), *filter(None, [rows.get((one.measure, one.year))])]
        made.append(word("with_band", language).format(told, separator.join(known)) if known else told)
    return made


def _decisions(made: Since, results: xr.Dataset, language: str, *, room: int, gap: float) -> list[str]:
    """Those of most money, a line each, as many as there is room for."""
    if not made.decisions:
        return []
    kind = "since_decisions_equal" if made.equal else "since_decisions"
    money, scale = display_unit("亿元", language)
    ties = perhaps_ties(results, made.decisions, gap=gap)
    lines = [f"  {word(kind, language).format(len(made.decisions), money)}"]
    for place, one in enumerate(made.decisions):
        mine = _decision(one, results, language, scale, tie=one.measure in ties)
        last = place == len(made.decisions) - 1
        if high([*lines, *mine]) + (not last) > room:
            more = len(made.decisions) - place
            return [*lines, *([f"    {word('line_more', language).format(more)}"] if place else [])]
        lines += mine
    return lines


def _decision(one: Decision, results: xr.Dataset, language: str, scale: float, *, tie: bool) -> list[str]:
    """Its money, then the years in which the amounts differ as they are shown."""
    unit, factor = display_unit(str(attributes(results, "measure", "measure_unit")[one.measure]), language)
    places = decimals([value * factor for pair in one.amounts.values() for value in pair], unit)
    ends = {year: tuple(shown(value * factor, places) for value in pair) for year, pair in one.amounts.items()}
    told = [f"{year} {then} → {now}" for year, (then, now) in ends.items() if then != now]
    invested = shown(abs(one.invested) * scale, 2)
    more = word("since_more" if one.invested > 0 else "since_less", language).format(invested)
    parts = [*([word("perhaps_tie", language)] if tie else []), *([more] if invested != shown(0.0, 2) else []), *told[:most_years]]
    parts += [word("line_more", language).format(len(told) - most_years)] if len(told) > most_years else []
    name = labels(results, "measure", "label", language)[one.measure]
    return wrapped(parts, first=f"    {name} ({unit}){word('colon', language)}", separator=word("separator", language), lines=1)
