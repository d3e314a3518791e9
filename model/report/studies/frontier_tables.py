"""A frontier as tables, on a screen and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import case_title, labels, shown, tidy
from model.report.layout import screen
from model.report.pages.page import PALETTE, Chart, Page, Report, Series
from model.report.studies.endings import stopped_lines
from model.report.tables import Table, table
from model.report.units import display_unit, shown_price
from model.report.words import word
from model.report.writers.screen import table_lines
from model.results.frontier import Frontier, FrontierPoint, bends, knee_of, marginal


def frontier_text(made: Frontier, known: xr.Dataset, language: str) -> str:
    """Every line of the frontier, the knee marked."""
    unit, factor = display_unit(made.unit, language)
    lines = [case_title(known, language), _title(made, known, language)]
    lines += stopped_lines(made, language, shown=bool(made.points))
    if made.points:
        own = made.points[0].cap * factor
        key = "line_frontier_head_up" if made.at_least else "line_frontier_head"
        lines.append("  " + word(key, language).format(shown(own), unit, shown(made.best * factor), shown(made.best_bound * factor)))
    for part in frontier_tables(made, known, language):
        lines += ["", *table_lines(part, language, left_out=("cost_low",))]
    return screen(lines)


def frontier_tables(made: Frontier, known: xr.Dataset, language: str, *, key: str = "title_frontier") -> list[Table]:
    """One table for each cap on the second indicator, or one."""
    return [_line(made, line, known, language, key) for line in made.lines if line]


def frontier_report(made: Frontier, known: xr.Dataset, language: str) -> Report:
    parts = frontier_tables(made, known, language)
    named = {"frontier": parts[0]} if len(parts) == 1 else {f"frontier-{at}": part for at, part in enumerate(parts, 1)}
    page = Page("frontier", named, [curve(made, named, known, language)] if parts else [])
    return Report(case_title(known, language), _title(made, known, language), language, [page])


def curve(made: Frontier, parts: Mapping[str, Table], known: xr.Dataset, language: str) -> Chart:
    """Cost against what is reached, a line for each cap on the second indicator."""
    knee = word("mark_knee", language)
    series = [
        Series(
            part.title if made.second else word("cost_high", language), PALETTE[at % len(PALETTE)], column="cost_high", table=key, look="apart",
            marked=frozenset(np.flatnonzero(part.frame["mark"] == knee).tolist()),
        )
        for at, (key, part) in enumerate(parts.items())
    ]  # fmt: skip
    name, title = _name(made, known, language), word("chart_frontier", language).format(_name(made, known, language))
    title += word("knee_is_marked", language) if any(one.marked for one in series) else ""
    x, y = f"{name} ({display_unit(made.unit, language)[0]})", display_unit("亿元", language)[0]
    return Chart("points", title, next(iter(parts)), "reached", series, x, y, remark=word("remark_points", language))


def _line(made: Frontier, line: Sequence[FrontierPoint], known: xr.Dataset, language: str, key: str) -> Table:
    unit, factor = display_unit(made.unit, language)
    money, knee, bent = display_unit("亿元", language)[0], knee_of(line), bends(line)
    base, rows, before = made.points[0], list[dict[str, Any]](), None
    asked, other_unit, other_factor = "floor_asked" if made.at_least else "cap_asked", "", 1.0
    if made.second:
        other_unit, other_factor = display_unit(made.second_unit, language)
    for point in line:
        price, price_unit = shown_price(marginal(before, point) if before else np.nan, made.unit, language)
        first = point is base
        row = {
            asked: tidy(point.cap * factor), "reached": tidy(point.value * factor), "unit": unit, "cost_low": tidy(point.low),
            "cost_high": tidy(point.high), "over_low": 0.0 if first else tidy(max(0.0, point.low - base.high)),
            "over_high": 0.0 if first else tidy(point.high - base.low), "marginal_cost": tidy(price), "marginal_unit": price_unit,
            "mark": _mark(point, knee, bent, language), "_total": point is knee,
        }  # fmt: skip
        rows.append(row | ({"second_reached": tidy(point.second_value * other_factor)} if made.second else {}))
        before = point if np.isfinite(point.high) else before
    columns = [asked, "reached", "unit", "cost_low", "cost_high", "over_low", "over_high", "marginal_cost", "marginal_unit", "mark"]
    columns += ["second_reached"] if made.second else []
    title = word(key, language).format(_name(made, known, language), made.year)
    if made.second and line:
        sign = word("at_least_sign" if made.second_at_least else "at_most_sign", language)
        second = labels(known, "indicator", "label", language)[made.second]
        cap = shown(line[0].second_cap * other_factor)
        title = word("title_frontier_line", language).format(second, made.second_year, sign, cap, other_unit)
    notes = [word("note_frontier", language).format(money), *([word("note_knee", language)] if knee else [])]
    return table(title, columns, rows, notes)


def _mark(point: FrontierPoint, knee: FrontierPoint | None, bent: Sequence[FrontierPoint], language: str) -> str:
    if point.status == "infeasible":
        return word("mark_no_plan", language)
    marks = [("mark_knee", point is knee), ("mark_bend", point in bent), ("mark_unproven", point.status != "optimal")]
    return word("separator", language).join(word(name, language) for name, told in marks if told)


def _name(made: Frontier, known: xr.Dataset, language: str) -> str:
    return labels(known, "indicator", "label", language)[made.indicator]


def _title(made: Frontier, known: xr.Dataset, language: str) -> str:
    return word("title_frontier", language).format(_name(made, known, language), made.year)
