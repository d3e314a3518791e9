"""The headline of a run on a terminal: how much of each fall is decided, and which builds stand whatever the numbers turn out to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import attributes, decimals, labels, shown
from model.report.layout import flowed, screen_width, wrapped
from model.report.plan.headline_tables import by_money, counted_line, hours_by_sector
from model.report.plan.question_text import asked_in_full_sight, tornado_command
from model.report.units import display_unit
from model.report.words import word
from model.results.headline import Fall, beside, falls
from model.results.steadiness import Build, Steadiness, Tornado

most_parts = 3
told_share, one_sector = 0.05, 2 / 3


def falls_lines(results: xr.Dataset, language: str, most: int = 3) -> list[str]:
    """A line for each fall, at most so many: what is given and what the plan decides, the given by its largest parts."""
    found = falls(results)
    if not found:
        return []
    lines = [word("line_falls", language).format(found[0].year, found[0].base_year)]
    for one in found[:most]:
        lines += [f"  {line}" for line in flowed(_fall(results, one, language), screen_width - 2)]
    return [*lines, *([f"  {word('line_more', language).format(len(found) - most)}"] if len(found) > most else [])]


def first_fall(results: xr.Dataset, language: str) -> list[str]:
    """The first of them alone, where room is scarce: what is decided and what is given, without its parts; what else falls is counted."""
    found = falls(results)
    more = [word("line_more", language).format(len(found) - 1)] if len(found) > 1 else []
    return [
        f"{word('line_falls', language).format(one.year, one.base_year)}{word('colon', language)}"
        + word("separator", language).join([_fall(results, one, language, brief=True), *more])
        for one in found[:1]
    ]


def _fall(results: xr.Dataset, one: Fall, language: str, *, brief: bool = False) -> str:
    name = labels(results, "indicator", "label", language)[one.indicator]
    unit, factor = display_unit(str(attributes(results, "indicator", "indicator_unit")[one.indicator]), language)
    places = decimals([one.total * factor])

    def told(value: float) -> str:
        return shown(value * factor, places)

    parts = sorted(one.given, key=lambda part: -abs(one.given[part]))
    large = [part for part in parts if abs(one.given[part]) >= told_share * abs(one.total)][: 0 if brief else most_parts]
    rest = one.without_plan - sum(one.given[part] for part in large)
    named = [f"{_part(results, one, part, language)} {told(one.given[part])}" for part in large]
    named += [f"{word('other_parts', language)} {told(rest)}"] if large and told(rest).strip("-0.,") else []
    given = told(one.without_plan)
    given = word("with_band", language).format(given, word("comma", language).join(named)) if named else given
    past = [word("fall_past", language).format(one.until, told(one.past))] if one.until is not None else []
    apart = [_beside(results, other, language) for other in beside(results, one.indicator)]
    pieces = [*past, word("fall_decided", language).format(told(one.by_plan)), word("fall_given", language).format(given), *apart]
    return f"{name} {told(one.total)} {unit}{word('colon', language)}{word('separator', language).join(pieces)}"


def _beside(results: xr.Dataset, other: Fall, language: str) -> str:
    """What is told beside a fall, in a few words: by how much it changes, and to what."""
    name = labels(results, "indicator", "label", language)[other.indicator]
    unit, factor = display_unit(str(attributes(results, "indicator", "indicator_unit")[other.indicator]), language)
    value = float(results["indicator_value"].sel(indicator=other.indicator, year=other.year)) * factor
    places = decimals([value, other.total * factor])
    return word("fall_beside", language).format(name, f"{other.total * factor:+,.{places}f}", f"{shown(value, places)} {unit}")


def _part(results: xr.Dataset, one: Fall, part: str, language: str) -> str:
    """What a part is called; of running hours with the sector that makes up most of it."""
    by_sector = hours_by_sector(results, one) if part == "run_otherwise" else {}
    sector = next(iter(by_sector), "")
    if not sector or abs(by_sector[sector]) < one_sector * sum(map(abs, by_sector.values())):
        return word(part, language)
    return word("part_of_sector", language).format(word(part, language), labels(results, "sector", "label", language)[sector])


def standing_lines(
    results: xr.Dataset, manifest: Mapping[str, Any], known: Steadiness | None, language: str, *, lines: int = 2
) -> list[str]:  # fmt: skip
    """What stands and what flips, at most so many lines each; without a tornado of the run's own question the command that makes one."""
    if not asked_in_full_sight(manifest):
        return []
    if known is None or known.tornado is None:
        stopped = known.stopped if known else None
        command = tornado_command(manifest) if stopped is None else f"measures sweep --resume {stopped}"
        others = [word("line_other_tornados", language).format(known.others)] if known and known.others and lines > 1 else []
        return [word("line_no_tornado", language), *others, f"  {command}"]
    found, made = known.tornado, [counted_line(known.tornado, language)]
    for stands, key in ((True, "line_stand"), (False, "line_flip")):
        named = _named(results, found, stands, language) or [word("none", language)]
        made += wrapped(named, first=f"  {word(key, language).format('')}", separator=word("separator", language), lines=lines)
    if found.without_plan:
        made += wrapped(
            found.without_plan, first="  " + word("line_unsolved", language).format(""), separator=word("separator", language), lines=1
        )
    return made


def _named(results: xr.Dataset, found: Tornado, stands: bool, language: str) -> list[str]:
    """Measures with their years, the dearest first; of what flips in how many of the scenarios it is built."""
    names, years = labels(results, "measure", "label", language), dict[str, list[Build]]()
    for one in found.builds:
        if one.stands is stands:
            years.setdefault(one.measure, []).append(one)
    told = {k: f" {_told_years(years[k], language)}" for k in by_money(results, found) if k in years}
    return [f"{names[k]}{said}" for k, said in told.items()]


def _told_years(builds: list[Build], language: str) -> str:
    """The years; of what flips also in how many of the scenarios it is built then."""
    said = word("comma", language).join(str(one.year) for one in builds)
    if all(one.stands for one in builds):
        return said
    counts = sorted({one.taken for one in builds})
    if counts[0] == builds[0].of:
        return word("with_band", language).format(said, word("other_number", language))
    between = f"{counts[0]}-{counts[-1]}" if len(counts) > 1 else str(counts[0])
    return word("with_band", language).format(said, f"{between}/{builds[0].of}")
