"""What a sweep says on one screen of a terminal and how long one would take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import case_title, decimals, labels, percent, shown
from model.report.layout import columns_of, screen, wrapped
from model.report.studies.deadline_tables import core_lines
from model.report.studies.endings import ending
from model.report.studies.steps_progress import duration
from model.report.studies.sweep_tables import (
    ended,
    explained_tables,
    finding,
    interval,
    lever_facts,
    outcome_name,
    outcomes,
    scenario_table,
    short_lines,
)
from model.report.units import display_unit
from model.report.words import counted, word
from model.results.deadlines import deadlines, in_force
from model.results.effects import COST, REFERENCE, Outcome, bars, flips
from model.results.plan_cost import plan_cost, scenario_costs

most_rows, lever_width = 15, 46
WITHOUT_PLAN = ("scenario", "status", "clash", "limits")


def sweep_text(results: xr.Dataset, language: str) -> str:
    """How the scenarios ended, what moves the outcome most, which measures flip."""
    lines = [*_heading(results, language), ""]
    if results.attrs["kind"] == "tornado":
        for outcome in outcomes(results):
            lines += [*_bars(results, outcome, language), ""]
    else:
        lines += _spread(results, language)
        explained = explained_tables(results, language)
        for part in explained:
            figures = results["figure"].values.tolist()
            heading, records = ["", *(word(figure, language) for figure in figures)], part.frame.head(most_rows).to_dict("records")
            rows = [[row["lever"], *(shown(row[figure], 3) for figure in figures)] for row in records]
            lines += [part.title, *columns_of(heading, rows, left=1, widest=lever_width), ""]
        if not explained:
            lines += [*_scenarios(results, language), ""]
    lines += [f"  {line}" if at else line for at, line in enumerate(short_lines(results, language))]
    return screen([*lines, *_without_plan(results, language), *_flips(results, language), *core_lines(results, language)])


def estimate_text(*, scenarios: int, reference_seconds: float, each_seconds: float, seconds: float, workers: int, language: str) -> str:
    """How many scenarios, and about how long."""
    numbers = (shown(reference_seconds, 1), shown(each_seconds, 1), workers, duration(seconds, language))
    return counted("line_estimate", scenarios, language, *numbers)


def sweep_record(results: xr.Dataset) -> dict[str, Any]:
    """The same for a program: numbers in 亿元 and in the units of the case."""
    made: dict[str, Any] = {
        "kind": str(results.attrs["kind"]), "case": str(results.attrs["case"]), "scenarios": results.sizes["scenario"] - 1,
        "endings": dict(Counter(results["status"].values[1:].tolist())),
        "reference": _reference(results),
        "flips": [{"measure": f.measure, "taken": f.taken, "of": f.of, "in_reference": f.in_reference} for f in flips(results)],
        "flips_by_year": [{"measure": one.measure, "years": results["year"].values.tolist(), "shares": one.shares} for one in in_force(results)],
        "decide_by": [vars(one) | {"core": one.core} for one in deadlines(results)],
        "without_plan": [{name: str(results[name].values[at]) for name in WITHOUT_PLAN} for at in _planless(results)],
    }  # fmt: skip
    if made["kind"] == "tornado":
        made["effects"] = [
            {"on": outcome.item or COST, "year": outcome.year or None, "lever": bar.lever, **{side: _end(end) for side, end in (("low", bar.low), ("high", bar.high))}}
            for outcome in outcomes(results)
            for bar in bars(results, outcome)
        ]  # fmt: skip
    if "analysis" in results:
        made["analysis"] = [
            {"on": str(on), "lever": str(lever), **{str(f): _finite(results["analysis"].sel(outcome=on, lever=lever, figure=f).item()) for f in results["figure"].values}}
            for on in results["outcome"].values
            for lever in results["lever"].values
        ]  # fmt: skip
    return made


def _reference(results: xr.Dataset) -> dict[str, float]:
    own = results.sel(scenario=REFERENCE)
    told = {name: float(own[name]) for name in ("objective", "bound", "gap", "short_cost") if name in own}
    return told | {"cost": plan_cost(told).value}


def _heading(results: xr.Dataset, language: str) -> list[str]:
    unit, factor = display_unit("亿元", language)
    endings = Counter(results["status"].values[1:].tolist())
    told = word("separator", language).join(f"{ending(status, language)} {count}" for status, count in endings.most_common())
    case, kind = case_title(results, language), word(f"kind_{results.attrs['kind']}", language)
    cost, bound = (float(one.sel(scenario=REFERENCE)) * factor for one in scenario_costs(results))
    moved = [word("line_moved", language).format(results.sizes["lever"])] if "analysis" in results else []
    return [
        word("line_study", language).format(case, kind, results.sizes["scenario"] - 1, told or "-"),
        word("line_reference", language).format(shown(cost, 2), unit, shown(bound, 2)),
        *moved,
    ]


def _bars(results: xr.Dataset, outcome: Outcome, language: str) -> list[str]:
    name, unit, factor = outcome_name(results, outcome, language)
    facts, found = lever_facts(results, language), bars(results, outcome)
    places = max(2, decimals([end.value * factor for bar in found[:most_rows] for end in bar.ends]))
    heading, rows = ["", word("at_low", language), word("at_high", language), word("finding", language)], list[list[str]]()
    for bar in found[:most_rows]:
        ends = [interval(end, factor, places) if end else "0" for end in (bar.low, bar.high)]
        findings = list(dict.fromkeys(finding(end, outcome, language) for end in bar.ends))
        rows.append([facts[bar.lever]["lever"], *ends, " / ".join(findings)])
    lines = columns_of(heading, rows, left=1, widest=lever_width)
    more = [f"  {word('line_more', language).format(len(found) - most_rows)}"] if len(found) > most_rows else []
    title = word("line_effects" if outcome.kind == COST else "line_effects_of_plans", language).format(name, unit)
    return [title, *lines, *more]


def _spread(results: xr.Dataset, language: str) -> list[str]:
    unit, factor = display_unit("亿元", language)
    costs = scenario_costs(results)[0].values[1:] * factor
    costs = costs[np.isfinite(costs)]
    if not len(costs):
        return []
    return [word("line_spread", language).format(*(shown(float(v), 2) for v in (costs.min(), np.median(costs), costs.max())), unit), ""]


def _scenarios(results: xr.Dataset, language: str) -> list[str]:
    part = scenario_table(results, language).frame.iloc[1:]
    names = ("ending", "cost_found", "difference", "difference_from", "difference_to", "finding")
    heading, rows = ["", *(word(name, language) for name in names)], list[list[str]]()
    for row in part.head(most_rows).to_dict("records"):
        numbers = [shown(row[name], 2) for name in names[1:5]]
        rows.append([row["scenario"], row["ending"], *numbers, row["finding"]])
    lines = columns_of(heading, rows, left=2)
    more = [f"  {word('line_more', language).format(len(part) - most_rows)}"] if len(part) > most_rows else []
    return [*lines, *more]


def _planless(results: xr.Dataset) -> list[int]:
    """The places of scenarios without a plan, or with one that leaves demand short because something clashes."""
    return np.flatnonzero(~np.isfinite(results["objective"].values) | (results["clash_label_en"].values != "")).tolist()


def _without_plan(results: xr.Dataset, language: str) -> list[str]:
    named = [f"{results['scenario'].values[at]} ({ended(results, at, language)})" for at in _planless(results)]
    return wrapped(named, first=word("line_without_plan", language).format(""), separator=word("separator", language)) if named else []


def _flips(results: xr.Dataset, language: str) -> list[str]:
    names = labels(results, "measure", "label", language)
    if np.isfinite(results["objective"].values).sum() < 2:
        return []
    found = [f"{names[flip.measure]} {percent(flip.taken, flip.of, 0)}" for flip in flips(results)]
    if not found:
        return [word("line_no_flips", language)]
    return wrapped(found, first=word("line_flips", language).format(""), separator=word("separator", language))


def _end(end: Any) -> Mapping[str, Any] | None:
    if end is None:
        return None
    return {"status": end.status, "value": _finite(end.value), "from": _finite(end.low), "to": _finite(end.high), "proven": end.proven}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
