"""What a page in a browser draws beyond the workbook's own kinds: targets against their limits, the schedule, the calendar of units, flows of energy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from model.report.display import labels
from model.report.pages.page import MANY, PALETTE, Chart, Series
from model.report.plan.flow_tables import energy_forms
from model.report.tables import Table, year_columns
from model.report.words import word
from model.results.money import invested

INK, LIMIT = "#1F4E78", "#C00000"
KIND_INKS = {
    "retire": "#D55E00", "replace": "#CC79A7", "build": "#0072B2", "retrofit": "#E69F00", "buy": "#009E73", "plant": "#009E73",
}  # fmt: skip
most_measures, most_units = 40, 60


def target_charts(parts: Mapping[str, Table], language: str) -> list[Chart]:
    """Each target that has a number against it, and what one unit more of each costs."""
    made, found = parts["targets"].frame, list[Chart]()
    if "achieved" in made and made["achieved"].notna().any():
        series = [Series(word(name, language), ink, column=name) for name, ink in (("achieved", INK), ("required", LIMIT))]
        found.append(Chart("bullets", word("chart_targets", language), "targets", "target", series, word("each_own_unit", language), ""))
    if len(parts["target-prices"].frame):
        price = Series(word("price_yearly", language), PALETTE[1], column="price_yearly")
        found.append(
            Chart("bullets", word("chart_prices", language), "target-prices", "target", [price], word("each_own_unit", language), "")
        )
    return found


def schedule_charts(key: str, schedule: Table, units: Table, results: xr.Dataset, language: str) -> list[Chart]:
    """Measure × year, each year as a share of all that is built of the measure, of many those that take most money; the names of units are told beside."""
    years, every = year_columns(schedule), schedule.frame.to_dict("records")
    if not every:
        return []
    money = dict(zip(results["measure"].values.tolist(), invested(results).values.tolist(), strict=True))
    largest = sorted(range(len(every)), key=lambda at: -abs(money[every[at]["_id"]]))[:most_measures]
    rows = {at: every[at] for at in sorted(largest)}
    names = dict[tuple[str, Any], list[str]]()
    for one in units.frame.to_dict("records"):
        names.setdefault((one["_id"], one["year"]), []).append(one["unit_name"])
    comma = word("comma", language)
    notes = {(at, year): comma.join(names[row["_id"], year]) for at, row in rows.items() for year in years if (row["_id"], year) in names}
    sectors = list(labels(results, "sector", "label", language).values())
    series = [Series(row["measure"], MANY[sectors.index(row["sector"]) % len(MANY)], row=at) for at, row in rows.items()]
    remark = word("remark_most_money", language).format(len(rows), len(every)) if len(rows) < len(every) else ""
    title = word("chart_schedule", language)
    return [
        Chart("matrix", title, key, years, series, word("each_own_share", language), word("year", language), notes=notes, remark=remark)
    ]


def calendar_charts(key: str, calendar: Table, language: str) -> list[Chart]:
    """Each unit from the year in which it is begun to that in which it is in force, coloured by what is done."""
    rows = calendar.frame.to_dict("records")[:most_units]
    kinds = dict[str, list[int]]()
    for at, row in enumerate(rows):
        kinds.setdefault(row["_kind"], []).append(at)
    series = [
        Series(word(f"kind_{kind}", language), KIND_INKS.get(kind, INK), column=("begin", "_until"), marked=frozenset(places))
        for kind, places in kinds.items()
    ]
    title = word("chart_calendar", language)
    return [Chart("spans", title, key, "unit_name", series, word("year", language), "", rows=(0, len(rows) - 1))] if rows else []


def flow_charts(key: str, flow: Table, results: xr.Dataset, language: str) -> list[Chart]:
    """From what to what energy goes; forms of energy have a colour each, what stands between them is grey."""
    if flow.frame.empty:
        return []
    series = [Series(name, PALETTE[at % len(PALETTE)]) for at, name in enumerate(energy_forms(results, language))]
    unit = str(flow.frame["unit"].iloc[0])
    return [Chart("flow", word("chart_flow", language), key, year_columns(flow), series, word("year", language), unit)]
