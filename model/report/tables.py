"""What is built and taken out of service, as tables with display labels."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from model.report.display import attributes, dust, labels, spans, tidy
from model.report.floor_text import floor_notes
from model.report.units import display_unit
from model.report.words import word
from model.results.money import invested
from model.results.next_years import is_forecast

# Columns of one unit in all rows, whatever the unit of a row is.
SAME_UNIT = (
    "cost_saved_low",
    "cost_saved_high",
    "share_least",
    "share_room",
    "less_costs",
    "more_costs",
    "per_unit",
    "delay_safe",
    "money_apart",
)
MARKS = frozenset({"_id", "_state", "_path", "_total", "_illustrative"})
BUILT = ("built_date", "built_source")  # of what was really built in a row's past years
ASIDE = ("payer", "note", *BUILT)
INNER = ("_factor", "_kind", "_rank", "_order")


@dataclass(frozen=True)
class Table:
    """A block of a report. Columns of `frame` are word keys, years or headings; those that start with `_` are marks.

    `open` names the columns that a planner may fill in, `choices` the words that such a column offers; a sheet with any is otherwise locked. `_id` is what a row is called in the case: workbook and
    CSV show it in a last, narrow column. Columns `aside` stand on a sheet right of what is printed, as the ids do. `links` leads from a note to the table that it speaks of.

    Marks: `_state` colours a row (met, binding, out_of_reach), `_states` the cells of its columns alike, `_words` the cells of its columns (record, estimate, reconstructed, planned), `_word`
    how a row is known, `_illustrative` sets it in italics, `_total` in bold.
    """

    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())
    open: tuple[Any, ...] = field(default=())
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[Any, ...] = field(default=())
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The mark of the ids, where rows have any."""
        return ["_id"] if "_id" in self.frame.columns and any(isinstance(one, str) for one in self.frame["_id"]) else []

    @property
    def columns(self) -> list[Any]:
        """What is shown: all columns but the marks, those `aside` last."""
        named = [name for name in self.frame.columns if not str(name).startswith("_")]
        return sorted(named, key=lambda name: name in self.aside)


def table(title: str, columns: Sequence[Any], rows: Sequence[Mapping[Any, Any]], notes: Sequence[str] = ()) -> Table:
    """A table whose columns stand in the given order, also when it has no rows. Marks that a row lacks are False.

    A table without rows has the marks that others read, so that it can be asked for them like any other.
    """
    marks = sorted({str(name) for row in rows for name in row if str(name).startswith("_")} if rows else MARKS)
    return Table(title, pd.DataFrame([{**dict.fromkeys(marks, False), **row} for row in rows], columns=[*columns, *marks]), tuple(notes))


def year_columns(table: Table) -> tuple[Any, ...]:
    """Columns of years and of spans of years."""
    return tuple(name for name in table.frame.columns if isinstance(name, int) or str(name)[:4].isdecimal())


def by_year(heads: Iterable[Any], values: Iterable[float], factor: float = 1.0) -> dict[Any, float]:
    """{heading: amount in display units}, free of dust."""
    return {head: tidy(float(value) * factor) for head, value in zip(heads, values, strict=True)}


def sector_ranks(results: xr.Dataset) -> dict[str, tuple[float, str]]:
    """{sector: its place in every table}: what the plan invests most in comes first, in either language."""
    cash = invested(results)
    sector_of = attributes(results, "measure", "measure_sector")
    totals = dict.fromkeys(results["sector"].values.tolist(), 0.0)
    for k, value in zip(cash["measure"].values.tolist(), cash.values.tolist(), strict=True):
        totals[sector_of[k]] += value
    return {s: (-round(total, 3), s) for s, total in totals.items()}


def measure_facts(results: xr.Dataset, language: str) -> dict[str, dict[str, Any]]:
    """{measure: its words in the language}: sector, measure, kind, county, unit, bureaus, bureau, clause, payer, note; and the unit's factor."""
    sectors = labels(results, "sector", "label", language)
    names = labels(results, "measure", "label", language)
    kinds, units = attributes(results, "measure", "measure_kind"), attributes(results, "measure", "measure_unit")
    sector_of, illustrative = attributes(results, "measure", "measure_sector"), attributes(results, "measure", "measure_illustrative")
    spoken = {what: labels(results, "measure", f"{what}_label", language) for what in ("county", "bureaus", "clause", "payer")}
    ranks, forecast, facts = sector_ranks(results), is_forecast(results), {}
    for k, name in names.items():
        unit, factor = display_unit(str(units[k]), language)
        facts[k] = {
            "sector": sectors.get(sector_of[k], sector_of[k]), "measure": name, "kind": word(f"kind_{kinds[k]}", language), "unit": unit,
            **{what: by_measure.get(k, "") for what, by_measure in spoken.items()},
            "bureau": lead_and_more(spoken["bureaus"].get(k, ""), language),
            "note": noted(word("illustrative", language) if illustrative[k] else "", word("forecast", language) if forecast[k] else "", language),
            "_id": k, "_illustrative": bool(illustrative[k]), "_factor": factor, "_kind": kinds[k], "_rank": ranks.get(sector_of[k], (0.0, "")),
        }  # fmt: skip
    return facts


def noted(first: str, second: str, language: str) -> str:
    """Two notes of a row one after the other, an empty one left out."""
    return word("separator", language).join(note for note in (first, second) if note)


def lead_and_support(bureaus: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The bureau that leads, the first of those named, and those that support it."""
    lead, *support = dict.fromkeys(part.strip() for part in bureaus.split("；") if part.strip()) or [word("no_bureau", language)]
    return lead, tuple(support)


def lead_and_more(bureaus: str, language: str) -> str:
    """The bureau that leads and how many others there are: long lists make every row of a sheet tall."""
    lead, support = lead_and_support(bureaus, language)
    return word("and_more_bureaus", language).format(lead=lead, more=len(support)) if support else lead


def build_schedule(results: xr.Dataset, language: str, *, keep: Collection[str] = ()) -> Table:
    """Measure × year: what newly enters into force. Measures never taken up are left out, but for those to `keep`."""
    facts, heads = measure_facts(results, language), spans(results)
    built, held = results["build"].transpose("measure", "build_year"), floor_notes(results, language)
    rows = []
    for k, amounts in zip(built["measure"].values.tolist(), built.values, strict=True):
        years = by_year([heads[int(v)] for v in built["build_year"].values], amounts, facts[k]["_factor"])
        if any(years.values()) or k in keep:
            rows.append(
                {
                    **facts[k],
                    **years,
                    **_words_by_year(results, k, heads),
                    "total": tidy(sum(years.values())),
                    "note": noted(facts[k]["note"], held.get(k, ""), language),
                    "_order": (*facts[k]["_rank"], facts[k]["_kind"], k),
                }
            )
    rows.sort(key=lambda row: row["_order"])
    notes = [word("note_build", language), word("note_span", language)]
    notes += [word("note_illustrative", language)] if any(row["_illustrative"] for row in rows) else []
    notes += _notes_of_the_past(results, language)
    made = table(word("title_schedule", language), _schedule_columns(results), [_without(row, *INNER) for row in rows], notes)
    return replace(made, open=_open_columns(results), aside=ASIDE)


def _words_by_year(results: xr.Dataset, measure: str, heads: Mapping[int, Any]) -> dict[str, dict[Any, str]]:
    """The mark of how each amount is known, where decisions begin after the first year; what is decided freely has none."""
    if "build_word" not in results:
        return {}
    words, built = results["build_word"].sel(measure=measure), results["build"].sel(measure=measure)
    free = built - results["committed"].sel(measure=measure) if "committed" in results else built
    years, since = words["build_year"].values.astype(int).tolist(), int(results.attrs["decide_from"])
    told = zip(years, words.values.tolist(), np.abs(free.sel(build_year=years).values).tolist(), strict=True)
    return {"_words": {heads[y]: str(said) for y, said, open_part in told if said and (y < since or open_part <= dust)}}


def past_columns(results: xr.Dataset) -> list[Any]:
    """The columns of years that no decision reaches, which an edited schedule leaves as they are."""
    since = int(results.attrs.get("decide_from", 0))
    return [head for year, head in spans(results).items() if year < since]


def _schedule_columns(results: xr.Dataset) -> list[Any]:
    return ["sector", "measure", "kind", "unit", *spans(results).values(), "total", "bureau", "payer", "note", *BUILT]


def _open_columns(results: xr.Dataset) -> tuple[Any, ...]:
    past = past_columns(results)
    return (*(head for head in spans(results).values() if head not in past), *BUILT)


def _notes_of_the_past(results: xr.Dataset, language: str) -> list[str]:
    past = past_columns(results)
    built = word("note_schedule_past", language).format(past[-1]) if past else word("note_schedule_built", language)
    return [word("note_schedule_back", language), built]


def unused_measures(results: xr.Dataset, language: str, *, leave: Collection[str] = ()) -> Table:
    """Measures that were open to the plan and stay at zero, but for those to `leave` out."""
    facts = measure_facts(results, language)
    idle = (abs(results["build"]).max("build_year") <= dust) & (abs(results["level"]).max("year") <= dust)
    open_ones = [k for k in results["measure"].values[idle.values].tolist() if k not in leave]
    names = sorted(open_ones, key=lambda k: (*facts[k]["_rank"], facts[k]["_kind"], k))
    made = table(word("title_unused", language), _schedule_columns(results), [_without(facts[k], *INNER) for k in names])
    return replace(made, open=_open_columns(results), aside=ASIDE)


def named_units(results: xr.Dataset, language: str, kinds: Sequence[str], title: str) -> Table:
    """Whole units by name and year, for measures of the kinds named; units are taken in the order of their list.

    `units` of the results counts what was built up to each year. What renews a unit that has ended bears its name. A year before decisions
    begin says how it is known, since no list of works tells what only the reconstructed past has closed.
    """
    columns = ["year", "unit_name", "kind", "measure", "county", "bureau", "clause", "note"]
    if "units" not in results or not results.sizes.get("measure", 0):
        return table(word(title, language), columns, [])
    facts, heads, names = measure_facts(results, language), spans(results), attributes(results, "measure", "measure_unit_names")
    rows = []
    for k in [k for k, fact in facts.items() if fact["_kind"] in kinds and str(names.get(k, ""))]:
        listed, known = [name.strip() for name in str(names[k]).split(";")], _known_by(results, k, language)
        for order, (y, place, renewed) in enumerate(_units_by_year(results.sel(measure=k))):
            name = listed[place] if place < len(listed) else word("note_numbered", language).format(place + 1)
            note = "; ".join(filter(None, (facts[k]["note"], known.get(y, ""), word("note_renewed", language) if renewed else "")))
            rows.append({**_without(facts[k], *INNER), "note": note, "year": heads[y], "unit_name": name, "_order": (y, k, order)})
    rows.sort(key=lambda row: row["_order"])
    return table(word(title, language), columns, [_without(row, "_order") for row in rows], [word("note_order", language)] if rows else [])


def _known_by(results: xr.Dataset, measure: str, language: str) -> dict[int, str]:
    """{year before decisions begin: how what was built in it is known, in words}."""
    if "build_word" not in results:
        return {}
    words = results["build_word"].sel(measure=measure)
    told = zip(words["build_year"].values.astype(int).tolist(), words.values.tolist(), strict=True)
    return {y: word(f"word_{said}", language) for y, said in told if said and y < int(results.attrs["decide_from"])}


def _units_by_year(one: xr.Dataset) -> list[tuple[int, int, bool]]:
    """(year, place in the list, whether renewed) of every unit built of one measure; the first to stand is the first to be renewed."""
    found: list[tuple[int, int, bool]] = []
    standing: deque[int] = deque()
    listed = before = 0
    for y, units, level, build in zip(
        *(one[name].values.tolist() for name in ("year", "units", "level")), one["build"].values.tolist(), strict=True
    ):
        by_now = round(float(np.nan_to_num(units)))
        size = build / (by_now - before) if by_now > before else 0.0
        ended = len(standing) + by_now - before - math.ceil(level / size - dust) if size else 0
        for place in range(by_now - before):
            renewed = place < ended and bool(standing)
            unit = standing.popleft() if renewed else listed
            listed += not renewed
            standing.append(unit)
            found.append((y, unit, renewed))
        before = max(before, by_now)
    return found


def retirements(results: xr.Dataset, language: str) -> Table:
    """Units retired or replaced, by name and year."""
    return named_units(results, language, ("retire", "replace"), "title_retirements")


def other_named(results: xr.Dataset, language: str) -> Table:
    """Projects and retrofits by name and year."""
    return named_units(results, language, ("build", "retrofit", "buy", "plant"), "title_named")


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
