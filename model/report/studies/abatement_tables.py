"""Abatement cost as tables, on a screen and as a workbook: measures as bars, the rising cap beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, case_title, equal_as_shown, labels, tidy
from model.report.layout import screen, wrapped
from model.report.pages.page import PALETTE, Chart, Page, Report, Series, most_bars
from model.report.studies.endings import stopped_lines
from model.report.studies.frontier_tables import frontier_tables
from model.report.tables import Table, table
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.report.writers.screen import table_lines
from model.results.abatement import Abatement, LeftOut, safe_delay

most_rows = 20


def abatement_text(made: Abatement, known: xr.Dataset, language: str) -> str:
    """Measures whose loss is proven to cost most first; those without a proven difference are only named."""
    names = labels(known, "measure", "label", language)
    lines = [case_title(known, language), *stopped_lines(made, language, shown=bool(made.left_out))]
    if not (made.left_out or made.complete):
        return screen(lines)
    lines.append("")
    needed = [one for one in _ordered(made) if one.status == "infeasible"]
    shown_ones = [one for one in _ordered(made) if one.proven and one not in needed]
    lines += table_lines(_left_out(made, known, language, shown_ones), language, most=most_rows)
    rest = [one for one in _ordered(made) if one not in needed and one not in shown_ones]
    for ones, key in ((needed, "line_abatement_needed"), (rest, "line_abatement_none")):
        if ones:
            first, parts = "  " + word(key, language).format(""), [names[one.measure] for one in ones]
            lines += wrapped(parts, first=first, separator=word("separator", language), lines=6)
    if made.curve is not None and made.curve.points:
        lines += ["", *table_lines(_curve(made, known, language), language, left_out=("cost_low",))]
    return screen(lines)


def abatement_report(made: Abatement, known: xr.Dataset, language: str) -> Report:
    left_out = _left_out(made, known, language, _ordered(made))
    pages = [Page("abatement", {"left-out": left_out}, [_bars("left-out", left_out, language)] if len(left_out.frame) else [])]
    if made.curve is not None and made.curve.points:
        curve = _curve(made, known, language)
        pages.append(
            Page("abatement_curve", {"rising-cap": curve}, [_rising("rising-cap", curve, language)] if len(curve.frame) > 1 else [])
        )
    if made.delayed:
        pages.append(Page("abatement_delays", {"delayed": _delays(made, known, language)}))
    return Report(case_title(known, language), word("abatement", language), language, pages)


def _ordered(made: Abatement) -> list[LeftOut]:
    """No plan without it first, then by what is proven, then by what was found."""
    return sorted(made.left_out, key=lambda one: (-min(one.low, 1e12), -min(one.high, 1e12), one.measure))


def _left_out(made: Abatement, known: xr.Dataset, language: str, ones: Sequence[LeftOut]) -> Table:
    names, units = labels(known, "measure", "label", language), attributes(known, "measure", "measure_unit")
    indicator = labels(known, "indicator", "label", language)[made.indicator]
    unit, factor = display_unit(made.unit, language)
    more = f"{word('indicator_more', language).format(indicator)} ({unit})"
    rows: list[dict[str, Any]] = []
    for one in ones:
        amount_unit, amount_factor = display_unit(str(units[one.measure]), language)
        price, price_unit = shown_price(one.per_unit, made.unit, language)
        safe = safe_delay(made.delayed, one.measure)
        rows.append(
            {
                "measure": names[one.measure], "finding": _finding(one, language), "in_plan": tidy(one.amount * amount_factor), "unit": amount_unit,
                "cost_saved_low": tidy(one.low), "cost_saved_high": tidy(one.high), more: tidy(one.change * factor), "per_unit": tidy(price),
                "per_unit_unit": price_unit, "delay_safe": float(safe) if safe is not None else np.nan, "_total": one.status == "infeasible",
            }
        )  # fmt: skip
    columns = [
        "measure",
        "finding",
        "in_plan",
        "unit",
        "cost_saved_low",
        "cost_saved_high",
        more,
        "per_unit",
        "per_unit_unit",
        "delay_safe",
    ]
    return table(word("title_abatement", language).format(indicator), columns, rows, [word("note_abatement", language)])


def _finding(one: LeftOut, language: str) -> str:
    if one.status == "infeasible":
        return word("finding_no_plan", language)
    if not one.proven:
        return word("equal_cost" if equal_as_shown(one.low, one.high) else "finding_no_difference", language)
    return word("held_by_targets" if one.change <= 1e-6 else "finding_proven", language)


def _delays(made: Abatement, known: xr.Dataset, language: str) -> Table:
    names = labels(known, "measure", "label", language)
    unit, factor = display_unit(made.unit, language)
    more = f"{word('indicator_change', language)} ({unit})"
    order = {one.measure: at for at, one in enumerate(_ordered(made))}
    rows = [
        {
            "measure": names[one.measure], "delay": one.delay, "finding": _finding(one, language), "cost_saved_low": tidy(one.low),
            "cost_saved_high": tidy(one.high), more: tidy(one.change * factor),
        }
        for one in sorted(made.delayed, key=lambda one: (order[one.measure], one.delay))
    ]  # fmt: skip
    columns = ["measure", "delay", "finding", "cost_saved_low", "cost_saved_high", more]
    return table(word("title_abatement_delays", language), columns, rows, [word("note_abatement", language)])


def _curve(made: Abatement, known: xr.Dataset, language: str) -> Table:
    assert made.curve is not None
    (part,) = frontier_tables(made.curve, known, language, key="title_abatement_curve")
    return Table(part.title, part.frame, (*part.notes, word("note_abatement_curve", language)), part.warnings)


def _bars(key: str, part: Table, language: str) -> Chart:
    """What doing without each measure costs, dearest on top, by its own name."""
    first = int((~np.isfinite(part.frame["cost_saved_high"].to_numpy(dtype=float))).sum())
    rows = (first, max(first, min(len(part.frame), first + most_bars) - 1))
    series = [
        Series(word(name, language), colour, column=name)
        for colour, name in zip(PALETTE, ("cost_saved_low", "cost_saved_high"), strict=False)
    ]
    return Chart("bars", word("chart_abatement", language), key, "measure", series, display_unit("亿元", language)[0], "", rows=rows)


def _rising(key: str, part: Table, language: str) -> Chart:
    """The cost of one more unit against what is reached."""
    x, y = f"{word('reached', language)} ({part.frame['unit'].iloc[0]})", str(part.frame["marginal_unit"].iloc[-1])
    series = [Series(word("marginal_cost", language), PALETTE[0], column="marginal_cost", look="apart")]
    return Chart("points", word("chart_abatement_curve", language), key, "reached", series, x, y, remark=word("remark_points", language))
