"""Targets as tables: required, reached, slack and price, in the plan's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.case.tables.forms import FORMS
from model.case.units.registry import factor
from model.report.bands import band
from model.report.display import attributes, dust, labels, natural, shown, tidy
from model.report.tables import Table, table
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.results.money import mean_price
from model.results.past import judgements, own_judgements

COLUMNS = (
    "clause", "target", "quote", "strength", "year", "sense", "required", "band", "achieved", "slack", "unit", "state", "judged_by", "price_yearly",
    "price", "price_unit",
)  # fmt: skip
OWN_COLUMNS = (*COLUMNS[:12], "other_years", *COLUMNS[12:])
GIVEN = frozenset({"drivers", "demands", "residuals"})  # what no plan decides
TOLD_OF_OTHER_YEARS = ("no_meaning", "out_of_reach", "relaxed", "past_missed", "binding")


def targets(results: xr.Dataset, language: str) -> Table:
    """One row per target, at its own year; then those that await a number or are not in force.

    Numbers and state are of that one year; what becomes of the target in others stands apart.
    """
    held = dict[str, list[dict[str, Any]]]()
    for row in target_rows(results, language):
        held.setdefault(row["_id"], []).append(row)
    rows = [_at_its_year(mine, language) for mine in held.values()]
    rows.sort(key=lambda row: (row["_clause"], row["year"], row["_id"]))
    judged = own_judgements(results) if "judged_target" in results else {}
    facts = target_facts(results, language)
    reasons = (
        dict(zip(*(results[f"unenforced_{name}"].values.tolist() for name in ("target", "reason")), strict=True))
        if "unenforced_target" in results
        else {}
    )
    for t in [t for t in facts if t not in held]:
        state = reasons.get(t, "not_in_force")
        one = judged.get(t)
        told = f"{word(past_state(one), language)} ({one['year']})" if one else ""
        row = {"year": facts[t]["_dated"], "state": word(state, language), "_state": state, "other_years": told}
        rows.append({**facts[t], **row, "judged_by": judged_by(one, language) if one else ""})
    return table(
        word("title_targets", language),
        OWN_COLUMNS,
        rows,
        [word("note_state", language), word("note_price", language), *_bases(results, language)],
    )


def _bases(results: xr.Dataset, language: str) -> list[str]:
    """What each change from another year than the case's is measured from, and how far the plan's own value of that year is off; and from when
    a budget counts that does not count from the first year.
    """
    if "row_counted_from" not in results:
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
    since = zip(results["row_target"].values.tolist(), results["row_counted_from"].values.tolist(), strict=True)
    told |= {t: word("note_counted_from", language).format(names[t], year) for t, year in since if year}
    return [told[t] for t in sorted(told)]


def targets_in_brief(results: xr.Dataset, language: str) -> Table:
    """The same in a few columns, for the first page."""
    columns = ["target", "required", "unit", "band", "achieved", "slack", "state", "other_years", "judged_by", "_state"]
    return Table(word("title_targets_brief", language), targets(results, language).frame[columns])


def targets_by_year(results: xr.Dataset, language: str) -> Table:
    """Every target in every year in which it holds."""
    rows = sorted(target_rows(results, language), key=lambda row: (row["_clause"], row["_id"], row["year"]))
    return table(word("title_targets_years", language), COLUMNS, rows)


def targets_over_years(results: xr.Dataset, language: str) -> Table:
    """Target × year: what is reached in every year in which it holds, coloured by its state."""
    rows, years = dict[str, dict[Any, Any]](), [int(y) for y in results["year"].values]
    for one in sorted(target_rows(results, language), key=lambda row: (row["_clause"], row["_id"], row["year"])):
        row = rows.setdefault(
            one["_id"], {**{name: one[name] for name in ("target", "unit", "_id")}, **dict.fromkeys(years, np.nan), "_states": {}}
        )
        row[one["year"]] = one.get("achieved", np.nan)
        row["_states"][one["year"]] = one["_state"]
    return table(
        word("title_targets_years", language), ["target", "unit", *years], list(rows.values()), [word("note_targets_years", language)]
    )


def target_rows(results: xr.Dataset, language: str) -> list[dict[str, Any]]:
    """One record per target and year, with display units; `_state` is met, binding, out_of_reach, relaxed, no_meaning, met_given or short_given, or of a
    past year how it is judged: past_met, past_met_by_model, past_met_by_record, past_missed or past_unknown, with the published amount where there is one.

    `required` is what the plan says; `band` what counts as that where it says "about". Both sides of a band are one record.
    """
    facts = target_facts(results, language)
    sides: dict[tuple[str, int], list[int]] = {}
    for place, key in enumerate(
        zip(results.variables["row_target"].values.tolist(), results.variables["row_year"].values.tolist(), strict=True)
    ):
        sides.setdefault(key, []).append(place)
    rows, past = [], {(one["target"], one["year"]): one for one in judgements(results)}
    for (t, year), places in sides.items():
        place = min(places, key=lambda at: float(results.variables["slack_in_unit"].values[at]))
        unit, factor = display_unit(str(results.variables["row_unit"].values[place]), language)
        price = float(results.variables["row_price"].values[place]) if "row_price" in results else 0.0
        prices = price_cells(results, t, year, unit=str(results.variables["row_unit"].values[place]), price=price, language=language)
        numbers, judged = _numbers(results, place, factor), past.get((t, year))
        state = past_state(judged) if judged else _state(results, place)
        if judged and judged["achieved_by"] == "published":
            numbers |= {"achieved": tidy(judged["achieved"] * factor), "slack": tidy(_slack(results, places, judged["achieved"]) * factor)}
        sense = "==" if len(places) > 1 else str(results.variables["row_sense"].values[place])
        rows.append(
            {
                **facts[t], **numbers, **prices, "band": _band(results, places, factor, language), "year": year, "sense": word(f"sense_{sense}", language),
                "unit": unit, "state": word(state, language), "_state": state, "judged_by": judged_by(judged, language) if judged else "",
            }
        )  # fmt: skip
    return rows


def past_state(judged: Mapping[str, Any]) -> str:
    """How a target of a past year is judged; what is met by the model alone, or by recorded builds that nothing else moves, is told apart from what a
    document or a published value says."""
    alone = ("_by_record" if judged["by_record"] else "_by_model") if (judged["verdict"], judged["by"]) == ("met", "model") else ""
    return f"past_{judged['verdict']}{alone}"


def _numbers(results: xr.Dataset, place: int, factor: float) -> dict[str, float]:
    names = {
        "required": "value" if "value" in results else "required",
        "achieved": "achieved",
        "slack": "slack_in_unit",
    }
    return {key: tidy(float(results.variables[name].values[place]) * factor) for key, name in names.items() if name in results}


def price_cells(results: xr.Dataset, target: str, year: int, *, unit: str, price: float | None, language: str) -> dict[str, Any]:
    """What one more `unit` of a target costs in a modelled year, `price` being 亿元 of present value: as people compare it, as an average
    of the years that it stands for (nothing where the target adds up its years), and as present value. Nothing where it costs nothing.
    """
    present, price_unit = shown_price(price or 0.0, unit, language)
    if not tidy(present) > 0:
        return {"price_yearly": np.nan, "price": np.nan, "price_unit": ""}
    form = attributes(results, "target", "target_form")[target]
    yearly = mean_price(present, [year], form, {year: float(results["discount"].sel(year=year))})
    return {"price_yearly": tidy(yearly), "price": tidy(present), "price_unit": price_unit}


def _slack(results: xr.Dataset, places: Sequence[int], achieved: float) -> float:
    """Slack of an amount in the target's own unit, of a band that of its nearer side."""
    sides = [(str(results.variables["row_sense"].values[at]), achieved - float(results.variables["required"].values[at])) for at in places]
    return min(over if sense == ">=" else -over if sense == "<=" else -abs(over) for sense, over in sides)


def _band(results: xr.Dataset, places: list[int], factor: float, language: str) -> str:
    if "value" not in results:
        return ""
    ends = {str(results.variables["row_sense"].values[at]): float(results.variables["required"].values[at]) * factor for at in places}
    return band(float(results.variables["value"].values[places[0]]) * factor, ends.get(">="), ends.get("<="), language)


def _state(results: xr.Dataset, place: int) -> str:
    met, enforced = bool(results.variables["met"].values[place]), bool(results.variables["row_enforced"].values[place])
    if "meant" in results and not bool(results.variables["meant"].values[place]):
        return "no_meaning"
    if not enforced:
        return "met_given" if met else "short_given"
    if not met:
        return "relaxed" if "row_relaxed" in results and bool(results.variables["row_relaxed"].values[place]) else "out_of_reach"
    return "binding" if bool(results.variables["binding"].values[place]) else "met"


def target_facts(results: xr.Dataset, language: str) -> dict[str, dict[str, Any]]:
    """{target: its words in the language}: clause, target, quote, strength, and what orders it."""
    names, clauses = labels(results, "target", "label", language), labels(results, "target", "clause_label", language)
    quotes, strengths = attributes(results, "target", "target_quote"), attributes(results, "target", "target_strength")
    order, dated = attributes(results, "target", "target_clause"), attributes(results, "target", "target_dated")
    about, headline = attributes(results, "target", "target_indicator"), _headlines(results)
    return {
        t: {
            "clause": clauses.get(t, ""), "target": name, "quote": quotes[t], "strength": word(f"strength_{strengths[t]}", language),
            "_id": t, "_clause": natural(order[t]), "_dated": int(dated[t]), "_headline": about[t] in headline,
        }
        for t, name in names.items()
    }  # fmt: skip


def _headlines(results: xr.Dataset) -> set[str]:
    """Headline indicators, and the generic ones that any of them stands for."""
    stands, headline = attributes(results, "indicator", "indicator_stands_for"), attributes(results, "indicator", "indicator_headline")
    return {name for i, yes in headline.items() if yes for name in (i, stands.get(i, ""))}


def _at_its_year(mine: Sequence[dict[str, Any]], language: str) -> dict[str, Any]:
    """A target's row of its own year, or of the first after it, with what becomes of it in other years; of a past target also that it is met."""
    own = next((row for row in mine if row["year"] >= row["_dated"]), mine[0])
    states = (*TOLD_OF_OTHER_YEARS, "met") if own["_state"].startswith("past_") else TOLD_OF_OTHER_YEARS
    years = {state: [row["year"] for row in mine if row is not own and row["_state"] == state] for state in states}
    told = [f"{word(state, language)} ({runs_of_years(found, [row['year'] for row in mine])})" for state, found in years.items() if found]
    return {**own, "other_years": word("separator", language).join(told)}


def runs_of_years(chosen: Sequence[int], among: Sequence[int]) -> str:
    """Years, those that follow on one another among all as from and to.

    >>> runs_of_years([2027, 2028, 2035], [2026, 2027, 2028, 2030, 2035])
    '2027–2028, 2035'
    """
    runs, order = list[list[int]](), sorted(set(among))
    for year in sorted(set(chosen)):
        if runs and order.index(year) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def judged_by(one: Mapping[str, Any], language: str) -> str:
    """Who says how a past target came out; whether the amount beside an official result is the model's, and whether it would say otherwise."""
    said = word(f"by_{one['by']}", language)
    if one["by"] != "official" or np.isnan(one["achieved"]):
        return said
    told = word("amount_of_model", language).format(said) if one["achieved_by"] == "model" else said
    return told if one["agrees"] else word("amount_against", language).format(told)


def limit_path(results: xr.Dataset, indicator: str) -> dict[int, float]:
    """{year: the tightest value that targets on an indicator's own amount leave it}, in the indicator's unit.

    The least of what may be at most; where nothing may be at most, the most of what must be at least.
    """
    form = attributes(results, "target", "target_form")
    caps, floors = dict[int, list[float]](), dict[int, list[float]]()
    for place in rows_about(results, indicator):
        t, year = str(results["row_target"].values[place]), int(results["row_year"].values[place])
        if not _of_own_amount(results, t):
            continue
        limit = _limit(results, indicator, place, form[t])
        if np.isfinite(limit):
            (floors if str(results["row_sense"].values[place]) == ">=" else caps).setdefault(year, []).append(limit)
    return {year: min(caps[year]) if year in caps else max(floors[year]) for year in sorted(caps | floors)}


def targets_not_drawn(results: xr.Dataset, indicator: str, language: str) -> list[str]:
    """Names of the targets on an indicator that are no limit of its amount in a year: what they leave moves with what they are measured against."""
    names = labels(results, "target", "label", language)
    about = dict.fromkeys(str(results["row_target"].values[place]) for place in rows_about(results, indicator))
    return [names[t] for t in about if not _of_own_amount(results, t)]


def rows_about(results: xr.Dataset, indicator: str) -> list[int]:
    """Places of the rows on an indicator, or on the generic one that it stands for, that mean something."""
    about = attributes(results, "target", "target_indicator")
    mine = {indicator, str(attributes(results, "indicator", "indicator_stands_for").get(indicator, "")) or indicator}
    rows = enumerate(results["row_target"].values.tolist()) if results.sizes.get("target_row") else ()
    return [place for place, t in rows if about[t] in mine and _state(results, place) != "no_meaning"]


def _of_own_amount(results: xr.Dataset, t: str) -> bool:
    """Whether a target limits its indicator's amount in a year: level, phase-out, change from a base year, or a share of what is given."""
    form = FORMS[attributes(results, "target", "target_form")[t]]
    if form.reference == "indicators":
        reference = str(attributes(results, "target", "target_reference").get(t, ""))
        return form.of_year and is_given(results, reference)
    return form.of_year and not form.per_driver


def is_given(results: xr.Dataset, indicator: str) -> bool:
    """Whether nothing that a plan decides adds to an indicator: all of it comes from drivers, demands and residuals."""
    if indicator not in results["indicator"].values:
        return False
    kinds = attributes(results, "origin", "origin_kind")
    amounts = abs(results["contribution"].sel(indicator=indicator)).max("year")
    return {
        kinds[o] for o, amount in zip(amounts["origin"].values.tolist(), amounts.values.tolist(), strict=True) if amount > dust
    } <= GIVEN


def _limit(results: xr.Dataset, indicator: str, place: int, form: str) -> float:
    """A row's limit as an amount of the indicator; a change or share is carried over through required/achieved, since both are linear in it.

    NaN where that says nothing.
    """
    value = float(results["indicator_value"].sel(indicator=indicator, year=int(results["row_year"].values[place])))
    required, achieved = float(results["required"].values[place]), float(results["achieved"].values[place])
    own = str(results["row_unit"].values[place])
    if FORMS[form].change_from:
        one = factor(own, "1")
        return value * (1 + required * one) / (1 + achieved * one) if abs(1 + achieved * one) > dust else np.nan
    if FORMS[form].reference:
        return value * required / achieved if abs(achieved) > dust else np.nan
    return required * factor(own, str(attributes(results, "indicator", "indicator_unit")[indicator]))
