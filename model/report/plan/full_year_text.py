"""What a plan does on all days of a year, for the first screen: short first, then missed, then what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import xarray as xr

from model.report.display import decimals, labels, shown
from model.report.plan.limit_text import limits_said
from model.report.units import display_unit
from model.report.words import counted, in_data, word, word_or
from model.results.full_year import Missed, Short, YearCheck, YearRun, year_check_of
from model.results.shortfalls import FIRM_CAPACITY

ANSWERED = ("kept", "gives")
most_told = 3  # of what is wrong in a year


def full_year_lines(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """Two lines or three of the screen; none for a run without hours, on all days by itself, or stored without a check."""
    check = year_check_of(manifest)
    if check is None:
        return []
    if not check.years:
        return [word("year_check_stopped", language)]
    separator = word("separator", language)
    said = [text for run in check.of("plan") for text in wrong(results, run, language, most=most_told)]
    others = word("year_check_others", language) if check.not_checked else ""
    years = word("comma", language).join(str(year) for year in check.years)
    lines = [word("line_year_check", language).format(check.days, years, others, separator.join(said) or word("year_kept", language))]
    lines.append("  " + separator.join([*_costs(check, language), bounded(check, language)]))
    return lines + [f"  {text}" for text in constructed(check, language)]


def constructed(check: YearCheck, language: str) -> list[str]:
    """That days are made up, where a case deals them out."""
    return [word("line_days_drawn", language).format(check.days)] if check.order == "drawn" else []


def bounded(check: YearCheck, language: str) -> str:
    """How far the plan can be above the best one made on all days, or why that is not told."""
    if check.above is None:
        said, reason = word("year_not_bounded", language), word_or(f"unbounded_{check.unbounded}", language, "")
        return word("with_band", language).format(said, reason) if reason else said
    return word("year_bounded", language).format(shown(check.above, 2), display_unit("亿元", language)[0])


def wrong(results: xr.Dataset, run: YearRun, language: str, *, most: int | None = None) -> list[str]:
    """What of a plan does not hold on all days of a year, a phrase each; nothing where all does."""
    before = word("in_year", language).format(run.year) + word("colon", language)
    if run.status not in ANSWERED:
        told = limits_said(results, [{"kind": kind, "item": item, "years": [run.year]} for kind, item in run.limits], language)
        more = word("colon", language) + word("comma", language).join(told[:most]) if told else ""
        return [before + word(f"year_{run.status}", language) + more]
    found = [*(_short(results, one, language) for one in run.short), *(_missed(results, one, language) for one in run.missed)]
    rest = [word("line_more", language).format(len(found) - most)] if most is not None and len(found) > most else []
    return [before + word("comma", language).join([*found[:most], *rest])] if found else []


def _short(results: xr.Dataset, one: Short, language: str) -> str:
    known = labels(results, "commodity", "label", language)
    name = word(FIRM_CAPACITY, language) if one.item == FIRM_CAPACITY else known.get(one.item, one.item)
    said = word("year_short", language).format(name, _amount(one.amount, one.unit, language))
    if one.hour is None:
        return said
    period = {"period_en": one.period_en, "period_zh": one.period_zh}[in_data("period", language)]
    return said + counted("year_worst", one.days, language, _amount(one.power, "GW", language), f"{one.hour}:00", period)


def _amount(amount: float, unit: str, language: str) -> str:
    name, factor = display_unit("GWh", language) if unit == "TWh" else display_unit(unit, language)
    size = amount * factor * (1e3 if unit == "TWh" else 1.0)
    return f"{shown(size)} {name}"


def _missed(results: xr.Dataset, one: Missed, language: str) -> str:
    unit, factor = display_unit(one.unit, language)
    asked, given = one.asked * factor, one.given * factor
    places = max(decimals([asked, given], unit), decimals([asked - given], unit))
    name = labels(results, "target", "label", language).get(one.target, one.target)
    return word("year_missed", language).format(name, f"{shown(given, places)}", f"{shown(asked, places)} {unit}", one.year)


def _costs(check: YearCheck, language: str) -> Iterator[str]:
    """By how much running costs on all days differ from those of the plan's own, year by year, and what that moves plan − usual by."""
    answered = {run.year: run.moved for run in check.of("plan") if run.status in ANSWERED}
    if not answered:
        return
    yield word("year_costs", language).format(_by_year(answered, check, language), display_unit("亿元", language)[0])
    moved = {year: by for year in check.years if (by := check.moved_apart(year, "usual")) is not None}
    if moved:
        yield word("year_moves", language).format(_by_year(moved, check, language))


def _by_year(amounts: Mapping[int, float], check: YearCheck, language: str) -> str:
    return word("comma", language).join(_signed(amounts[year]) if year in amounts else "-" for year in check.years)


def _signed(amount: float) -> str:
    return f"{amount:+,.2f}".replace("-0.00", "0.00").replace("+0.00", "0.00")
