"""What is built, taken out of service and paid for, as tables with display labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from model.report.display import attributes, dust, labels, spans, tidy
from model.report.units import display_unit
from model.report.words import word


@dataclass(frozen=True)
class Table:
    """A block of a report. Columns of `frame` are word keys, years or headings; those that start with `_` are marks.

    Marks: `_state` colours a row (met, binding, missed), `_illustrative` sets it in italics, `_total` in bold.
    """

    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())


def table(title: str, columns: Sequence[Any], rows: Sequence[Mapping[Any, Any]], notes: Sequence[str] = ()) -> Table:
    """A table whose columns stand in the given order, also when it has no rows. Marks that a row lacks are False."""
    marks = sorted({str(name) for row in rows for name in row if str(name).startswith("_")})
    return Table(title, pd.DataFrame([{**dict.fromkeys(marks, False), **row} for row in rows], columns=[*columns, *marks]), tuple(notes))


def measure_facts(results: xr.Dataset, language: str) -> dict[str, dict[str, Any]]:
    """{measure: its words in the language}: sector, measure, kind, county, unit, bureaus, clause, payer, note; and the unit's factor."""
    sectors = labels(results, "sector", "label", language)
    names = labels(results, "measure", "label", language)
    kinds, units = attributes(results, "measure", "measure_kind"), attributes(results, "measure", "measure_unit")
    sector_of, illustrative = attributes(results, "measure", "measure_sector"), attributes(results, "measure", "measure_illustrative")
    spoken = {what: labels(results, "measure", f"{what}_label", language) for what in ("county", "bureaus", "clause", "payer")}
    facts = {}
    for k, name in names.items():
        unit, factor = display_unit(str(units[k]), language)
        facts[k] = {
            "sector": sectors.get(sector_of[k], sector_of[k]), "measure": name, "kind": word(f"kind_{kinds[k]}", language), "unit": unit,
            **{what: by_measure.get(k, "") for what, by_measure in spoken.items()},
            "note": word("illustrative", language) if illustrative[k] else "",
            "_illustrative": bool(illustrative[k]), "_factor": factor, "_kind": kinds[k],
        }  # fmt: skip
    return facts


def build_schedule(results: xr.Dataset, language: str) -> Table:
    """Measure × year: what newly enters into force. Measures never taken up are left out."""
    facts, heads = measure_facts(results, language), spans(results)
    built = results["build"].transpose("measure", "build_year")
    rows = []
    for k, amounts in zip(built["measure"].values.tolist(), built.values, strict=True):
        scaled = [tidy(value * facts[k]["_factor"]) for value in amounts]
        if any(scaled):
            years = dict(zip([heads[int(v)] for v in built["build_year"].values], scaled, strict=True))
            rows.append({**facts[k], **years, "total": tidy(sum(scaled))})
    rows.sort(key=lambda row: (row["sector"], row["_kind"], row["measure"]))
    notes = [word("note_build", language), word("note_span", language)]
    notes += [word("note_illustrative", language)] if any(row["_illustrative"] for row in rows) else []
    return table(word("title_schedule", language), _schedule_columns(results), [_without(row, "_factor", "_kind") for row in rows], notes)


def _schedule_columns(results: xr.Dataset) -> list[Any]:
    return ["sector", "measure", "kind", "county", "unit", *spans(results).values(), "total", "bureaus", "clause", "payer", "note"]


def unused_measures(results: xr.Dataset, language: str) -> Table:
    """Measures that were open to the plan and stay at zero."""
    facts = measure_facts(results, language)
    idle = (abs(results["build"]).max("build_year") <= dust) & (abs(results["level"]).max("year") <= dust)
    rows = [_without(facts[k], "_factor", "_kind") for k in results["measure"].values[idle.values].tolist()]
    return table(word("title_unused", language), _schedule_columns(results), sorted(rows, key=lambda row: (row["sector"], row["measure"])))


def named_units(results: xr.Dataset, language: str, kinds: Sequence[str], title: str) -> Table:
    """Whole units by name and year, for measures of the kinds named; units are taken in the order of their list."""
    columns = ["year", "unit_name", "kind", "measure", "county", "bureaus", "clause", "note"]
    if "units" not in results or not results.sizes.get("measure", 0):
        return table(word(title, language), columns, [])
    facts, heads, names = measure_facts(results, language), spans(results), attributes(results, "measure", "measure_unit_names")
    rows = []
    for k in [k for k, fact in facts.items() if fact["_kind"] in kinds and str(names.get(k, ""))]:
        listed = [name.strip() for name in str(names[k]).split(";")]
        taken = 0
        for v, count in zip(results["build_year"].values.tolist(), results["units"].sel(measure=k).values, strict=True):
            for place in range(taken, taken + int(round(np.nan_to_num(count)))):
                name = listed[place] if place < len(listed) else word("note_numbered", language).format(place + 1)
                rows.append({**_without(facts[k], "_factor", "_kind"), "year": heads[v], "unit_name": name, "_order": (v, facts[k]["measure"], place)})
                taken = place + 1
    rows.sort(key=lambda row: row["_order"])
    return table(word(title, language), columns, [_without(row, "_order") for row in rows], [word("note_order", language)] if rows else [])


def retirements(results: xr.Dataset, language: str) -> Table:
    """Units retired or replaced, by name and year."""
    return named_units(results, language, ("retire", "replace"), "title_retirements")


def other_named(results: xr.Dataset, language: str) -> Table:
    """Projects and retrofits by name and year."""
    return named_units(results, language, ("build", "retrofit", "buy", "plant"), "title_named")


def investment_by_payer(results: xr.Dataset, language: str) -> Table:
    """Cash invested by who pays, 亿元 a year (yearly average of a span); the total counts every year of a span."""
    payers = labels(results, "measure", "payer_label", language)
    cash = results["investment_cash"].transpose("measure", "year")
    frame = pd.DataFrame(cash.values, index=[payers[k] for k in cash["measure"].values.tolist()]).groupby(level=0).sum()
    return _money(results, language, "title_investment_payer", "payer", [({"payer": name}, values) for name, values in zip(frame.index, frame.values, strict=True)])


def investment_by_measure(results: xr.Dataset, language: str) -> Table:
    """Cash invested by measure, the dearest first."""
    facts = measure_facts(results, language)
    cash = results["investment_cash"].transpose("measure", "year")
    rows = [
        ({name: facts[k][name] for name in ("sector", "measure", "payer", "_illustrative")}, values)
        for k, values in zip(cash["measure"].values.tolist(), cash.values, strict=True)
        if np.abs(values).max(initial=0.0) > dust
    ]
    weights = results["span_years"].values
    return _money(results, language, "title_investment_measure", ["sector", "measure", "payer"], sorted(rows, key=lambda row: -float(row[1] @ weights)))


def spend_by_payer(results: xr.Dataset, language: str) -> Table:
    """All that each payer spends in a year, less what it earns."""
    names = labels(results, "payer", "label", language)
    spend = results["spend"].transpose("payer", "year")
    rows = [({"payer": names[i]}, values) for i, values in zip(spend["payer"].values.tolist(), spend.values, strict=True) if np.abs(values).max() > dust]
    return _money(results, language, "title_spend", "payer", rows)


def _money(results: xr.Dataset, language: str, title: str, first: str | Sequence[str], rows: Sequence[tuple[dict, np.ndarray]]) -> Table:
    heads, weights = list(spans(results).values()), results["span_years"].values
    first = [first] if isinstance(first, str) else list(first)
    unit = display_unit("亿元", language)[0]
    made = [{**names, **dict(zip(heads, map(tidy, values), strict=True)), "unit": unit, "total": tidy(float(values @ weights))} for names, values in rows]
    if made:
        sums = np.sum([values for _, values in rows], axis=0)
        made.append({first[0]: word("total", language), **dict(zip(heads, map(tidy, sums), strict=True)), "unit": unit, "total": tidy(float(sums @ weights)), "_total": True})
    return table(word(title, language), [*first, "unit", *heads, "total"], made, [word("note_money", language), word("note_span", language)])


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
