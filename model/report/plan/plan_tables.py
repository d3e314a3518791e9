"""The plan's own forms: task, measure, bureau, deadline; indicator, base, target, expected, gap; the schedule bureau by bureau."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import Span
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.tables.forms import FORMS
from model.case.units.registry import factor
from model.report.case.coverage_tables import covered, labels_of
from model.report.display import attributes, dust, shown, spans, tidy
from model.report.plan.target_tables import targets
from model.report.tables import INNER, Table, by_year, lead_and_more, lead_and_support, measure_facts, table
from model.report.units import display_unit
from model.report.words import said, word
from model.results.acted import acted
from model.results.next_years import is_forecast

ASIDE = ("support", "clause", "payer", "note")  # not printed: lists of bureaus and clauses make every row tall


def tasks(case: Case, results: xr.Dataset, language: str) -> Table:
    """任务 / 措施 / 责任单位 / 时限: every measure of the plan's text, with when and how much of it the schedule takes up."""
    names, bureaus = labels_of(case, language), _bureaus_of_clauses(case, language)
    told, taken = acted(case, results), _taken_up(results, language)
    rows = []
    for one in covered(case):
        row = one.row
        if row.kind != "measure":
            continue
        measures = told[row.kind, row.number].measures if row.items else ()
        active = [record for k in measures if (record := taken[k]) is not None]
        rows.append(
            {
                "task": names.get(row.clause, row.clause), "number": row.number,
                "plan_measure": said(row, "words", language),
                "bureau": lead_and_more(bureaus.get(row.clause, ""), language), "deadline": _deadline([year for record in active for year in record["years"]]),
                "taken_up": word("separator", language).join(record["text"] for record in active),
                "note": _remark(one, active, measures, language),
                "_state": "out_of_reach" if one.state == "claimed" else False,
            }
        )  # fmt: skip
    columns = ["task", "number", "plan_measure", "bureau", "deadline", "taken_up", "note"]
    return table(word("title_tasks", language), columns, rows, [word("note_tasks", language), word("note_span", language)])


def _remark(one: Any, active: list[Any], measures: Any, language: str) -> str:
    if one.state == "reason":
        return said(one.row, "reason", language)
    if active:
        return ""
    return word("not_taken_up" if measures else "by_targets_and_paths", language)


def _deadline(years: list[int]) -> str:
    """First and last year in which something is added."""
    if not years:
        return ""
    return str(years[0]) if min(years) == max(years) else f"{min(years)}–{max(years)}"


def _bureaus_of_clauses(case: Case, language: str) -> dict[str, str]:
    names = labels_of(case, language)
    return {row.id: "；".join(names[b] for b in row.bureaus if b in names) for row in case.tables["clauses"]}


def _taken_up(results: xr.Dataset, language: str) -> dict[str, dict[str, Any] | None]:
    """{measure: what the schedule takes up of it, in words, and its last year}; None where it stays at zero."""
    facts, heads = measure_facts(results, language), spans(results)
    built = results["build"].transpose("measure", "build_year")
    years = built["build_year"].values.tolist()
    found: dict[str, dict[str, Any] | None] = {}
    for k, amounts in zip(built["measure"].values.tolist(), built.values, strict=True):
        taken = [(int(y), tidy(value * facts[k]["_factor"])) for y, value in zip(years, amounts, strict=True) if abs(value) > dust]
        if not taken:
            found[k] = None
            continue
        unit, total = facts[k]["unit"], sum(value for _, value in taken)
        first, last = heads[taken[0][0]], heads[taken[-1][0]]
        begin, end = int(str(first).split("–")[0]), int(str(last).split("–")[-1])
        when = str(begin) if begin == end else f"{begin}–{end}"
        found[k] = {"years": (begin, end), "text": f"{facts[k]['measure']}{word('colon', language)}{when} {shown(total, unit=unit)} {unit}"}
    return found


def by_bureau(results: xr.Dataset, language: str) -> Table:
    """The build schedule by the bureau that leads each measure, to be filtered by it; those that support it stand beside. What owners buy or renew by themselves has none."""
    facts, heads, forecast = measure_facts(results, language), spans(results), is_forecast(results)
    built = results["build"].transpose("measure", "build_year")
    rows = []
    for k, amounts in zip(built["measure"].values.tolist(), built.values, strict=True):
        years = by_year([heads[int(v)] for v in built["build_year"].values], amounts, facts[k]["_factor"])
        if not any(years.values()) or forecast[k]:
            continue
        spoken = {name: value for name, value in facts[k].items() if name not in INNER}
        lead, support = lead_and_support(str(facts[k]["bureaus"]), language)
        order = (lead, *facts[k]["_rank"], k)
        supporting = word("separator", language).join(support)
        marks = {"_measure": k, "_support": support, "_order": order}
        rows.append({**spoken, **years, "bureau": lead, "support": supporting, "total": tidy(sum(years.values())), **marks})
    rows.sort(key=lambda row: row["_order"])
    columns = ["bureau", "sector", "measure", "kind", "county", "unit", *heads.values(), "total", "support", "clause", "payer", "note"]
    kept = [{name: value for name, value in row.items() if name != "_order"} for row in rows]
    made = table(word("title_by_bureau", language), columns, kept, [word("note_by_bureau", language), word("note_span", language)])
    return replace(made, aside=ASIDE)


def by_county(results: xr.Dataset, language: str) -> dict[str, Table]:
    """The same by county or site, and apart from it what the plan decides for no single one; nothing where nothing built is of a county."""
    rows = by_bureau(results, language).frame.to_dict("records")
    named = sorted((row for row in rows if row["county"]), key=lambda row: str(row["county"]))
    if not named:
        return {}
    heads = spans(results).values()
    columns = ["county", "sector", "measure", "kind", "bureau", "unit", *heads, "total", "support", "clause", "payer", "note"]
    parts = {"schedule-by-county": ("by", named), "schedule-of-no-county": ("no", [row for row in rows if not row["county"]])}
    return {
        name: replace(
            table(
                word(f"title_{which}_county", language),
                columns,
                [{**row, "county": row["county"] or word("no_county", language)} for row in mine],
                [word(f"note_{which}_county", language), word("note_span", language)],
            ),
            aside=ASIDE,
        )
        for name, (which, mine) in parts.items()
    }


def aims(case: Case | None, results: xr.Dataset, language: str) -> Table:
    """指标 / 基期 / 目标 / 预期 / 差距: every target in the plan's own measure; the gap is expected less target."""
    base = int(results.attrs["base_year"])
    before = _base_values(case, results) if case is not None else {}
    own = attributes(results, "target", "target_unit")
    rows = []
    for row in targets(results, language).frame.to_dict("records"):
        t = str(row["_id"])
        unit, scale = display_unit(str(own[t]), language)
        wanted, reached = row["required"], row["achieved"]
        rows.append(
            {
                "indicator": row["target"], "unit": unit,
                "base_value": tidy(before[t] * scale) if t in before else np.nan, "sense": row["sense"] if isinstance(row["sense"], str) else "",
                "year": row["year"], "required": wanted, "band": row["band"] if isinstance(row["band"], str) else "", "achieved": reached,
                "gap_to_target": tidy(reached - wanted) if reached is not None and wanted is not None else np.nan,
                "state": row["state"], **{name: row[name] if isinstance(row[name], str) else "" for name in ("other_years", "judged_by")}, "strength": row["strength"], "clause": row["clause"], "_state": row["_state"],
            }
        )  # fmt: skip
    columns = [
        "indicator",
        "unit",
        "base_value",
        "sense",
        "year",
        "required",
        "band",
        "achieved",
        "gap_to_target",
        "state",
        "other_years",
        "judged_by",
        "strength",
        "clause",
    ]
    return table(word("title_aims", language), columns, rows, [word("note_aims", language).format(base)])


def _base_values(case: Case, results: xr.Dataset) -> dict[str, float]:
    """{target: its base-year value in its own unit}; a change from the base year is zero there, a peak the indicator itself."""
    base = int(results.attrs["base_year"])
    numbers, lookup = Numbers(case, (Span(base, base),)), Lookup(case)
    values = attributes(results, "indicator", "base_indicator")
    factors = _unit_factors(case, lookup)
    found = {}
    for row in case.tables["targets"]:
        own = values.get(lookup.resolved(row.indicator) or "", np.nan)
        reference = lookup.resolved(row.reference)
        form, below = FORMS[row.form], 1.0
        if form.reference == "indicators":
            below = values.get(reference or "", np.nan)
        elif form.per_driver:
            below = float(numbers.path("drivers", reference or "", "amount", missing=np.nan)[0])
        if form.change_from == "base_year" and row.base_year not in (None, base):
            below = 0.0  # a change from a later year
        value = 0.0 if form.starts_from_zero and (below or not form.change_from) else own / below if below > dust else np.nan
        found[row.id] = float(value) / factors.get(row.id, 1.0)
    return found


def _unit_factors(case: Case, lookup: Lookup) -> dict[str, float]:
    made = {}
    for row in case.tables["targets"]:
        unit = canonical_unit("targets", row, lookup)
        made[row.id] = factor(row.unit, unit) if unit is not None else 1.0
    return made
