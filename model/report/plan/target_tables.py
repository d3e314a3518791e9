"""Targets as tables: required, reached, slack and price, in the plan's own terms."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np
import xarray as xr

from model.case.tables.forms import FORMS
from model.case.units.registry import factor
from model.report.bands import band
from model.report.display import attributes, dust, labels, natural, shown, tidy
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word
from model.results.past import judgements

COLUMNS = (
    "clause", "target", "quote", "strength", "year", "sense", "required", "band", "achieved", "slack", "unit", "state", "price", "price_unit",
)  # fmt: skip
RANKS = MappingProxyType({"binding": 1, "missed": 2, "no_meaning": 3})


def targets(results: xr.Dataset, language: str) -> Table:
    """One row per target, at its own year; then those that await a number or are not in force.

    A target that is missed or binding in another year only says so, with that year.
    """
    held: dict[str, dict[str, Any]] = {}
    tightest: dict[str, dict[str, Any]] = {}
    for row in target_rows(results, language):
        t = row["_id"]
        if t not in held or row["year"] == row["_dated"]:
            held[t] = row
        if t not in tightest or RANKS.get(row["_state"], 0) > RANKS.get(tightest[t]["_state"], 0):
            tightest[t] = row
    rows = [_in_its_tightest_state(held[t], tightest[t]) for t in sorted(held, key=lambda t: (held[t]["_clause"], held[t]["year"], t))]
    facts = target_facts(results, language)
    reasons = (
        dict(zip(*(results[f"unenforced_{name}"].values.tolist() for name in ("target", "reason")), strict=True))
        if "unenforced_target" in results
        else {}
    )
    for t in [t for t in facts if t not in held]:
        state = reasons.get(t, "not_in_force")
        rows.append({**facts[t], "year": facts[t]["_dated"], "state": word(state, language), "_state": state})
    return table(
        word("title_targets", language),
        COLUMNS,
        rows,
        [word("note_state", language), word("note_price", language), *_bases(results, language)],
    )


def _bases(results: xr.Dataset, language: str) -> list[str]:
    """What each change from another year than the case's is measured from, and how far the plan's own value of that year is off."""
    if "row_base_year" not in results:
        return []
    names, units = labels(results, "target", "label", language), attributes(results, "indicator", "indicator_unit")
    told, modelled = dict[str, str](), results["year"].values.tolist()
    rows = zip(*(results[f"row_{name}"].values.tolist() for name in ("target", "indicator", "base_year", "published")), strict=True)
    for t, indicator, year, published in rows:
        if not year:
            continue
        unit, scale = display_unit(str(units[indicator]), language)
        own = float(results["indicator_value"].sel(indicator=indicator, year=year)) * scale if year in modelled else np.nan
        known = {"own": shown(own) if year in modelled else "-", "error": "-"}
        if np.isfinite(published) and year in modelled:
            known["error"] = shown(100 * (own / (published * scale) - 1), 1)
        key = "note_base_published" if np.isfinite(published) else "note_base_own"
        told[t] = word(key, language).format(target=names[t], year=year, published=shown(published * scale), unit=unit, **known)
    return [told[t] for t in sorted(told)]


def targets_in_brief(results: xr.Dataset, language: str) -> Table:
    """The same in a few columns, for the first page."""
    columns = ["target", "required", "unit", "band", "achieved", "slack", "state", "_state"]
    return Table(word("title_targets_brief", language), targets(results, language).frame[columns])


def targets_by_year(results: xr.Dataset, language: str) -> Table:
    """Every target in every year in which it holds."""
    rows = sorted(target_rows(results, language), key=lambda row: (row["_clause"], row["_id"], row["year"]))
    return table(word("title_targets_years", language), COLUMNS, rows)


def target_rows(results: xr.Dataset, language: str) -> list[dict[str, Any]]:
    """One record per target and year, with display units; `_state` is met, binding, missed, no_meaning, met_given or missed_given, or of a past
    year how it is judged: past_met, past_missed or past_unknown.

    `required` is what the plan says; `band` what counts as that where it says "about". Both sides of a band are one record.
    """
    facts = target_facts(results, language)
    money = display_unit("亿元", language)[0]
    sides: dict[tuple[str, int], list[int]] = {}
    for place, key in enumerate(zip(results["row_target"].values.tolist(), results["row_year"].values.tolist(), strict=True)):
        sides.setdefault(key, []).append(place)
    rows, past = [], {(one["target"], one["year"]): one["verdict"] for one in judgements(results)}
    for (t, year), places in sides.items():
        place = min(places, key=lambda at: float(results["slack_in_unit"].values[at]))
        unit, factor = display_unit(str(results["row_unit"].values[place]), language)
        numbers = _numbers(results, place, factor)
        state = f"past_{past[t, year]}" if (t, year) in past else _state(results, place)
        sense = "==" if len(places) > 1 else str(results["row_sense"].values[place])
        rows.append(
            {
                **facts[t], **numbers, "band": _band(results, places, factor, language), "year": year, "sense": word(f"sense_{sense}", language),
                "unit": unit, "state": word(state, language), "_state": state,
                "price_unit": f"{money} / {unit}" if numbers.get("price", np.nan) > 0 else "",
            }
        )  # fmt: skip
    return rows


def _numbers(results: xr.Dataset, place: int, factor: float) -> dict[str, float]:
    names = {
        "required": "value" if "value" in results else "required",
        "achieved": "achieved",
        "slack": "slack_in_unit",
        "price": "row_price",
    }
    numbers = {key: float(results[name].values[place]) for key, name in names.items() if name in results}
    scaled = {key: tidy(value / factor if key == "price" else value * factor) for key, value in numbers.items()}
    return scaled | ({"price": np.nan} if scaled.get("price") == 0.0 else {})


def _band(results: xr.Dataset, places: list[int], factor: float, language: str) -> str:
    if "value" not in results:
        return ""
    ends = {str(results["row_sense"].values[at]): float(results["required"].values[at]) * factor for at in places}
    return band(float(results["value"].values[places[0]]) * factor, ends.get(">="), ends.get("<="), language)


def _state(results: xr.Dataset, place: int) -> str:
    met, enforced = bool(results["met"].values[place]), bool(results["row_enforced"].values[place])
    if "meant" in results and not bool(results["meant"].values[place]):
        return "no_meaning"
    if not enforced:
        return "met_given" if met else "missed_given"
    if not met:
        return "missed"
    return "binding" if bool(results["binding"].values[place]) else "met"


def target_facts(results: xr.Dataset, language: str) -> dict[str, dict[str, Any]]:
    """{target: its words in the language}: clause, target, quote, strength, and what orders it."""
    names, clauses = labels(results, "target", "label", language), labels(results, "target", "clause_label", language)
    quotes, strengths = attributes(results, "target", "target_quote"), attributes(results, "target", "target_strength")
    order, dated = attributes(results, "target", "target_clause"), attributes(results, "target", "target_dated")
    return {
        t: {
            "clause": clauses.get(t, ""), "target": name, "quote": quotes[t], "strength": word(f"strength_{strengths[t]}", language),
            "_id": t, "_clause": natural(order[t]), "_dated": int(dated[t]),
        }
        for t, name in names.items()
    }  # fmt: skip


def _in_its_tightest_state(row: dict[str, Any], tightest: dict[str, Any]) -> dict[str, Any]:
    if RANKS.get(tightest["_state"], 0) <= RANKS.get(row["_state"], 0):
        return row
    return {**row, "state": f"{tightest['state']} ({tightest['year']})", "_state": tightest["_state"]}


def limit_path(results: xr.Dataset, indicator: str) -> dict[int, float]:
    """{year: the tightest value that level, share and change targets leave to an indicator}, in the indicator's unit.

    The least of what may be at most; where nothing may be at most, the most of what must be at least.
    """
    about, form = attributes(results, "target", "target_indicator"), attributes(results, "target", "target_form")
    generic = str(attributes(results, "indicator", "indicator_stands_for").get(indicator, ""))
    caps, floors = dict[int, list[float]](), dict[int, list[float]]()
    for place in range(results.sizes.get("target_row", 0)):
        t, year = str(results["row_target"].values[place]), int(results["row_year"].values[place])
        if about[t] not in {indicator, generic or indicator} or not FORMS[form[t]].of_year or _state(results, place) == "no_meaning":
            continue
        limit = _limit(results, indicator, place, form[t])
        if np.isfinite(limit):
            (floors if str(results["row_sense"].values[place]) == ">=" else caps).setdefault(year, []).append(limit)
    return {year: min(caps[year]) if year in caps else max(floors[year]) for year in sorted(caps | floors)}


def _limit(results: xr.Dataset, indicator: str, place: int, form: str) -> float:
    """A row's limit carried over to the indicator through required/achieved, since both are linear in it; NaN where that says nothing."""
    value = float(results["indicator_value"].sel(indicator=indicator, year=int(results["row_year"].values[place])))
    required, achieved = float(results["required"].values[place]), float(results["achieved"].values[place])
    own = str(results["row_unit"].values[place])
    if not (FORMS[form].reference or FORMS[form].change_from):
        return required * factor(own, str(attributes(results, "indicator", "indicator_unit")[indicator]))
    if FORMS[form].change_from:
        one = factor(own, "1")
        return value * (1 + required * one) / (1 + achieved * one) if abs(1 + achieved * one) > dust else np.nan
    return value * required / achieved if abs(achieved) > dust else np.nan
