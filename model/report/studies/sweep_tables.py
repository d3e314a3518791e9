"""The tables of a sweep: effects, scenarios, measures that flip, what explains the outcome, headline indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, labels, shown, tidy
from model.report.plan.shortfall_tables import short_in_scenario, short_otherwise
from model.report.studies.endings import ending
from model.report.tables import Table, table
from model.report.units import display_unit, spelled_unit
from model.report.words import in_data, word
from model.results.effects import COST, REFERENCE, Outcome, ScenarioEffect, bars, effects, flips, outcome_of, told_apart
from model.results.plan_cost import scenario_costs

same_plan = 1e-6


def outcomes(results: xr.Dataset) -> list[Outcome]:
    """Cost first, then what was asked for beside it."""
    asked = [name for name in str(results.attrs.get("on", "")).split(";") if name]
    return [outcome_of(results, name) for name in [COST, *asked]]


def outcome_name(results: xr.Dataset, outcome: Outcome, language: str) -> tuple[str, str, float]:
    """What the outcome is called, the unit in which it is shown, and the factor to it."""
    if outcome.kind == COST:
        return (word("cost_outcome", language), *display_unit("亿元", language))
    label = labels(results, outcome.kind, "label", language)[outcome.item]
    unit, factor = display_unit(str(attributes(results, outcome.kind, f"{outcome.kind}_unit")[outcome.item]), language)
    return f"{label} {outcome.year}", unit, factor


def effect_table(results: xr.Dataset, outcome: Outcome, language: str) -> Table:
    """One row for each number, longest bar first."""
    name, unit, factor = outcome_name(results, outcome, language)
    facts = lever_facts(results, language)
    ends = ("at_low", "at_low_from", "at_low_to", "finding_low"), ("at_high", "at_high_from", "at_high_to", "finding_high")
    rows = []
    for bar in bars(results, outcome):
        row = dict(facts[bar.lever])
        for names, end in zip(ends, (bar.low, bar.high), strict=True):
            row |= dict(zip(names, told(end, outcome, factor, language), strict=True))
        rows.append(row)
    columns = ["lever", "range_low", "range_value", "range_high", "unit", *ends[0], *ends[1], "lever_id"]
    if outcome.kind != COST:
        columns = [column for column in columns if not column.endswith(("_from", "_to"))]
        rows = [{key: value for key, value in row.items() if key in columns} for row in rows]
    notes = [word("note_intervals" if outcome.kind == COST else "note_plans", language), word("note_path", language)]
    notes += short_lines(results, language) if outcome.kind == COST else []
    return table(word("title_effects", language).format(name, unit), columns, rows, notes)


def short_lines(results: xr.Dataset, language: str) -> list[str]:
    """What each scenario that leaves otherwise short than the reference leaves short, with the reference: no part of their costs."""
    found = short_otherwise(results, REFERENCE, language)
    colon, reference = word("colon", language), word("reference_plan", language)
    told = [f"{reference if name == REFERENCE else name}{colon}{text}" for name, text in found.items()]
    return [word("note_short_apart", language), *told] if told else []


def told(end: ScenarioEffect | None, outcome: Outcome, factor: float, language: str) -> tuple[float, float, float, str]:
    """Value, from, to and finding of an end of a bar; zeros where the end is the reference itself."""
    if end is None:
        return 0.0, 0.0, 0.0, word("reference_plan", language)
    numbers = (tidy(end.value * factor), tidy(end.low * factor), tidy(end.high * factor))
    return (*numbers, finding(end, outcome, language))


def finding(effect: ScenarioEffect, outcome: Outcome, language: str) -> str:
    """What the difference comes to in words; of a scenario without a plan, why it has none."""
    if np.isnan(effect.value):
        return ending(effect.status, language)
    if outcome.kind == COST:
        return word(f"finding_{told_apart(effect)}", language)
    return word("finding_same" if abs(effect.value) <= same_plan else "finding_differs", language)


def scenario_table(results: xr.Dataset, language: str) -> Table:
    """One row for each scenario: how it ended, cost, difference to the reference with its interval, what it sets."""
    unit, factor = display_unit("亿元", language)
    known, facts = effects(results, Outcome(COST)), lever_facts(results, language)
    heads = [lever_head(facts[str(lever)]) for lever in results["lever"].values]
    set_values = results["set_value"].transpose("scenario", "lever").values.tolist()
    costs, short, rows = scenario_costs(results), short_otherwise(results, REFERENCE, language), []
    for at, name in enumerate(results["scenario"].values.tolist()):
        effect = known.get(name)
        told_of = told(effect, Outcome(COST), factor, language)
        numbers = {key: tidy(float(own.values[at]) * factor) for key, own in zip(("cost_found", "bound"), costs, strict=True)}
        rows.append(
            {
                "scenario": word("reference_plan", language) if name == REFERENCE else name,
                "ending": ended(results, at, language), **numbers, "gap": tidy(100 * float(results["gap"].values[at])),
                **({"short_amounts": short_in_scenario(results, name, language)} if short else {}),
                "difference": told_of[0], "difference_from": told_of[1], "difference_to": told_of[2], "finding": told_of[3],
                **dict(zip(heads, map(tidy, set_values[at]), strict=True)),
            }
        )  # fmt: skip
    beside = ["short_amounts"] if short else []
    columns = ["scenario", "ending", "cost_found", "bound", "gap", "difference", "difference_from", "difference_to", "finding", *beside]
    notes = [word("note_intervals", language), *([word("note_short_apart", language)] if short else [])]
    return table(word("title_scenarios", language).format(unit), [*columns, *heads], rows, notes)


def ended(results: xr.Dataset, at: int, language: str) -> str:
    """How the scenario at this place ended; without a plan, with the names of what clashes."""
    clash = str(results[in_data("clash_label", language)].values[at])
    return ending(str(results["status"].values[at]), language) + (word("colon", language) + clash if clash else "")


def lever_head(facts: Mapping[str, Any]) -> str:
    return f"{facts['lever_id']} ({facts['unit']})" if facts["unit"] else str(facts["lever_id"])


def lever_facts(results: xr.Dataset, language: str) -> dict[str, dict[str, Any]]:
    """{number: label, range and unit as they stand in its table}."""
    spoken = results[in_data("lever_label", language)].values.tolist()
    units, ends = results["lever_unit"].values.tolist(), [results[f"lever_{end}"].values for end in ("low", "value", "high")]
    return {
        str(name): {
            "lever": spoken[at], "lever_id": str(name), "range_low": tidy(float(ends[0][at])), "range_value": tidy(float(ends[1][at])),
            "range_high": tidy(float(ends[2][at])), "unit": spelled_unit(str(units[at]), language),
        }
        for at, name in enumerate(results["lever"].values.tolist())
    }  # fmt: skip


def flip_table(results: xr.Dataset, language: str) -> Table:
    """Measures that some scenarios take and others do not."""
    names = labels(results, "measure", "label", language)
    rows = [
        {
            "measure": names[flip.measure], "taken": flip.taken, "of_scenarios": flip.of,
            "in_reference": word("yes_taken" if flip.in_reference else "not_taken", language), "lever_id": flip.measure,
        }
        for flip in flips(results)
    ]  # fmt: skip
    return table(word("title_flips", language), ["measure", "taken", "of_scenarios", "in_reference", "lever_id"], rows)


def explained_tables(results: xr.Dataset, language: str) -> list[Table]:
    """What SALib says of each number, most telling first; none for a sweep that is no sample."""
    if "analysis" not in results:
        return []
    facts, figures = lever_facts(results, language), results["figure"].values.tolist()
    made = []
    for at, outcome in enumerate(outcomes(results)):
        name, unit, factor = outcome_name(results, outcome, language)
        values = results["analysis"].isel(outcome=at).values
        scale = np.array([factor if figure.startswith(("mu", "sigma")) else 1.0 for figure in figures])
        order = sorted(range(len(values)), key=lambda place: (-np.nan_to_num(values[place, 0], nan=-1.0), place))
        rows = [
            {
                **facts[str(results["lever"].values[place])],
                **{f: tidy(float(v)) for f, v in zip(figures, values[place] * scale, strict=True)},
            }
            for place in order
        ]
        columns = ["lever", *figures, "range_low", "range_value", "range_high", "unit", "lever_id"]
        used = int(results["analysis_used"].values[at])
        made.append(table(word("title_explained", language).format(name, unit, used), columns, rows))
    return made


def headline_table(results: xr.Dataset, language: str) -> Table:
    """Headline indicators of every scenario in the last year."""
    year = int(results["year"].values[-1])
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    chosen = [i for i, first in attributes(results, "indicator", "indicator_headline").items() if first]
    heads = {i: f"{names[i]} ({display_unit(str(units[i]), language)[0]})" for i in chosen}
    rows = []
    for at, name in enumerate(results["scenario"].values.tolist()):
        values = results["indicator_value"].isel(scenario=at).sel(year=year)
        numbers = {heads[i]: tidy(float(values.sel(indicator=i)) * display_unit(str(units[i]), language)[1]) for i in chosen}
        rows.append({"scenario": word("reference_plan", language) if name == REFERENCE else name, **numbers})
    return table(word("title_headlines", language).format(year), ["scenario", *dict.fromkeys(heads.values())], rows)


def interval(effect: ScenarioEffect, factor: float, places: int | None = None) -> str:
    """`+1.2 [1.0, 1.3]`, or a dash without a plan."""
    if np.isnan(effect.value):
        return "-"
    value = shown(effect.value * factor, places)
    sign = "+" if effect.value * factor > 0 and value.strip("0.,") else ""
    if effect.low == effect.high:
        return f"{sign}{value}"
    return f"{sign}{value} [{shown(effect.low * factor, places)}, {shown(effect.high * factor, places)}]"
