"""The pages of a sweep: what moves the outcome first, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import case_title, tidy
from model.report.pages.page import PALETTE, Chart, Page, Report, Series
from model.report.studies.deadline_tables import deadline_table, deadlines_chart, flips_by_year_table, flips_chart
from model.report.studies.scenario_names import labelled, number_heads, scenario_said
from model.report.studies.sweep_tables import (
    effect_table,
    explained_tables,
    flip_table,
    headline_table,
    outcome_name,
    outcomes,
    scenario_table,
)
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import in_data, word
from model.results.effects import REFERENCE, Outcome
from model.results.plan_cost import scenario_costs

LOW, HIGH = "#2E75B6", "#C55A11"
most_bars = 20


def sweep_report(results: xr.Dataset, language: str) -> Report:
    by_year = flips_by_year_table(results, language)
    flipping = [flips_chart("flips-by-year", by_year, language)] if len(by_year.frame) and results.sizes["year"] > 1 else []
    by_when = deadline_table(results, language)
    by_when = replace(
        by_when, frame=by_when.frame.assign(set_by=[scenario_said(str(name), results, language) for name in by_when.frame["set_by"]])
    )
    scenarios, headlines = (
        labelled(part, results, language) for part in (scenario_table(results, language), headline_table(results, language))
    )
    pages = [
        *_moved(results, language),
        *([_costs(results, language)] if results.attrs["kind"] in ("grid", "scenarios") else []),
        Page("scenarios", {"scenarios": scenarios}, [_explorer(results, scenarios, headlines, language)]),
        Page("flips", {"flips": flip_table(results, language), "flips-by-year": by_year}, flipping),
        Page("decide_by", {"decide-by": by_when}, [deadlines_chart("decide-by", by_when, language)] if len(by_when.frame) else []),
        Page("headlines", {"indicators": headlines}),
    ]
    return Report(case_title(results, language), str(results.attrs["study"]), language, pages)


def _moved(results: xr.Dataset, language: str) -> Iterator[Page]:
    """What moves each outcome: bars of a tornado, or figures of a sample."""
    asked = outcomes(results)
    if results.attrs["kind"] == "tornado":
        parts = {f"effects-{_named(one)}": effect_table(results, one, language) for one in asked}
        bars = [_tornado(key, part, results, one, language) for (key, part), one in zip(parts.items(), asked, strict=True)]
        yield Page("effects", parts, bars)
    elif explained := explained_tables(results, language):
        parts = {f"explained-{_named(one)}": part for one, part in zip(asked, explained, strict=True)}
        figures = [_figures(key, part, results, one, language) for (key, part), one in zip(parts.items(), asked, strict=True)]
        yield Page("explained", parts, figures)


def _named(one: Outcome) -> str:
    return f"{one.item}-{one.year}" if one.item else one.kind


def _tornado(key: str, part: Table, results: xr.Dataset, outcome: Outcome, language: str) -> Chart:
    """Bars to both sides of the reference, longest on top; numbers at whose ends there is no plan are left to the table."""
    name, unit, _ = outcome_name(results, outcome, language)
    planned = np.flatnonzero(np.isfinite(part.frame[["at_low", "at_high"]].to_numpy(dtype=float)).all(axis=1))
    first = int(planned[0]) if len(planned) else 0
    rows = (first, min(len(part.frame), first + most_bars) - 1)
    series = [Series(word(end, language), colour, column=end) for end, colour in (("at_low", LOW), ("at_high", HIGH))]
    return Chart("bars", word("chart_effects", language).format(name), key, "lever", series, unit, "", rows=rows, both_ways=True)


def _figures(key: str, part: Table, results: xr.Dataset, outcome: Outcome, language: str) -> Chart:
    """The most telling figure of each number, largest on top."""
    figure = str(results["figure"].values[0])
    title = word("chart_explained", language).format(outcome_name(results, outcome, language)[0], word(figure, language))
    rows = (0, min(len(part.frame), most_bars) - 1)
    return Chart("bars", title, key, "lever", [Series(word(figure, language), LOW, column=figure)], word(figure, language), "", rows=rows)


def _explorer(results: xr.Dataset, scenarios: Table, headlines: Table, language: str) -> Chart:
    """Cost against the number that tells most of a sample or grid, else against the first indicator; whatever else the reader picks."""
    unit = display_unit("亿元", language)[0]
    own = {name: f"{word(name, language)} ({unit})" for name in ("cost_found", "difference")}
    heads = number_heads(results, language)
    own |= {head: head for head in heads.values()}
    shown = {"scenarios": own, "indicators": {str(name): str(name) for name in headlines.columns[1:] if name != "scenario_id"}}
    told = [str(one.frame["lever_id"].iloc[0]) for one in explained_tables(results, language)[:1]] or results["lever"].values[:1].tolist()
    name, across = "scenarios", heads[told[0]]
    if results.attrs["kind"] == "tornado" and shown["indicators"]:  # of one number only its two ends would be seen
        name, across = "indicators", max(shown["indicators"], key=lambda head: headlines.frame[head].nunique())
    series = [Series(word("cost_found", language), PALETTE[0], column="cost_found", marked=frozenset({0}), table="scenarios")]
    return Chart("scatter", word("explorer_title", language), name, across, series, shown[name][across], own["cost_found"], explored=shown)


def _costs(results: xr.Dataset, language: str) -> Page:
    """Cost against the one number of a grid, or the difference to the reference by scenario; no chart where none has a plan."""
    unit, factor = display_unit("亿元", language)
    costs = scenario_costs(results)[0]
    base = float(costs.sel(scenario=REFERENCE))
    one = results.sizes["lever"] == 1 and results.attrs["kind"] == "grid"
    along, column = ("value", "cost_found") if one else ("scenario", "difference")
    rows: list[dict[Any, Any]] = []
    for at, (name, cost) in enumerate(zip(results["scenario"].values.tolist(), costs.values.tolist(), strict=True)):
        if np.isfinite(cost) and name != REFERENCE:
            spot = float(results["set_value"].values[at, 0]) if one else scenario_said(str(name), results, language)
            rows.append({along: spot, column: tidy((cost if one else cost - base) * factor)})
    if one:
        rows.sort(key=lambda row: row["value"])
    label = str(results[in_data("lever_label", language)].values[0])
    heading = word("chart_path_of", language).format(label) if one else word("chart_scenarios", language)
    part = table(f"{heading} ({unit})", [along, column], rows)
    series = [Series(heading, PALETTE[0], column=column, look="apart" if one else "")]
    remark = word("remark_points", language) if one else ""
    chart = Chart("points" if one else "columns", heading, "costs", along, series, label if one else "", unit, remark=remark)
    return Page("costs", {"costs": part}, [chart] if rows else [], named_by=0)
