"""Runs side by side as tables, on a screen and as a workbook: differences first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.changed_text import cell_said, column_said, option_name, option_value, row_said, table_said
from model.report.display import case_title, equal_as_shown, labels, shown, tidy
from model.report.layout import screen, wrapped
from model.report.pages.page import PALETTE, Chart, Page, Report, Series, most_bars
from model.report.plan.shortfall_tables import shortfalls_in_words
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word, word_or
from model.report.writers.screen import table_lines
from model.results.compare import Apart, Comparison

most_rows = 12


def compare_text(made: Comparison, known: xr.Dataset, language: str) -> str:
    """Costs, how the runs were asked, then what differs: what was changed first, then by money. What is the same, or within the gaps, is counted.

    `known` has the labels of the first run.
    """
    lines = [word("title_compare", language).format(", ".join(made.runs)), ""]
    for part in _tables(made, known, language):
        lines += [*table_lines(part, language, most=most_rows), ""] if len(part.frame) else []
    if not made.files and not made.inputs:
        lines.append(word("line_inputs_same", language))
    lines += [word("line_inputs_unread", language).format(run, why) for run, why in made.unread.items()]
    hidden = [word(f"hidden_{kind}", language).format(count) for kind, count in made.hidden.items() if count]
    same = [word(f"count_{kind}", language).format(count) for kind, count in made.same.items() if count]
    for line, told in (("line_hidden", hidden), ("line_same", same)):
        lines += wrapped(told, first=word(line, language).format(""), separator=word("separator", language)) if told else []
    return screen(lines[:-1] if lines[-1] == "" else lines)


def compare_report(made: Comparison, known: xr.Dataset, language: str) -> Report:
    costs, components, asked, targets, indicators, measures, inputs = _tables(made, known, language)
    pages = [
        Page("compare_costs", {"costs": costs, "components": components, "asked": asked}),
        Page("targets", {"targets": targets}),
        Page("indicators", {"indicators": indicators}),
        Page("compare_measures", {"measures": measures}, [_chart("measures", measures, made, language)] if len(measures.frame) else []),
        Page("compare_inputs", {"inputs": inputs}),
    ]
    subject = word("title_compare", language).format(", ".join(made.runs))
    return Report(case_title(known, language), subject, language, pages)


def _tables(made: Comparison, known: xr.Dataset, language: str) -> list[Table]:
    targets = [_row(one, labels(known, "target", "label", language), made.runs, language) for one in made.targets]
    indicators = [_row(one, labels(known, "indicator", "label", language), made.runs, language) for one in made.indicators]
    measures = [_measure(one, labels(known, "measure", "label", language), made.runs, language) for one in made.measures]
    shares = [_share(name, language) for name in made.runs[1:]]
    money = word("note_money_apart", language).format(display_unit("亿元", language)[0])
    hidden = {
        kind: [word("line_hidden", language).format(word(f"hidden_{kind}", language).format(count))] if count else []
        for kind, count in made.hidden.items()
    }
    return [
        _costs(made, known, language),
        _components(made, language),
        _asked(made, known, language),
        table(
            word("title_compare_targets", language), ["target", "years", "required", *made.runs, "unit", "money_apart"],
            _named(targets, "target"), [word("note_ranges", language), money, *hidden["targets"]],
        ),
        table(
            word("title_compare_indicators", language), ["item", "years", *made.runs, "unit"], indicators,
            [word("note_ranges", language), *hidden["indicators"]],
        ),
        table(
            word("title_compare_measures", language), ["measure", "years", *made.runs, "unit", *shares, "money_apart"],
            _named(measures, "measure"), [word("note_totals", language), money, *hidden["measures"]],
        ),
        _inputs(made, language),
    ]  # fmt: skip


def _finding(low: float, high: float, language: str) -> str:
    """Whether a difference of costs, of which these are the ends, is proven, and which way; equal where nothing of it shows."""
    if equal_as_shown(low, high):
        return word("equal_cost", language)
    return word("finding_more" if low > 0 else "finding_less" if high < 0 else "finding_no_difference", language)


def _costs(made: Comparison, known: xr.Dataset, language: str) -> Table:
    unit, factor = display_unit("亿元", language)
    rows = [
        {
            "run_name": name, "state": word_or(one.status, language, one.status), "cost_found": tidy(one.cost * factor), "bound": tidy(one.bound * factor),
            "against_low": tidy(one.low * factor), "against_high": tidy(one.high * factor),
            "finding": _finding(one.low * factor, one.high * factor, language) if at else "",
            "cost_usual": tidy(one.usual * factor), "cost_free": tidy(one.free * factor),
            "short_amounts": word("separator", language).join(shortfalls_in_words(known, one.short, language)) or "-",
        }
        for at, (name, one) in enumerate(zip(made.runs, made.costs, strict=True))
    ]  # fmt: skip
    apart = [word("note_span_rules", language)] if {"span_rule", "payments"} & set(made.asked) else []
    short = any(one.short for one in made.costs)
    notes = [word("note_against", language), *apart, *([word("note_short_apart", language)] if short else [])]
    columns = ["run_name", "state", "finding", "cost_found", "bound", "against_low", "against_high", "cost_usual", "cost_free"]
    columns += ["short_amounts"] if short else []
    return table(word("title_compare_costs", language).format(unit), columns, rows, notes)


def _components(made: Comparison, language: str) -> Table:
    unit, factor = display_unit("亿元", language)
    rows = [
        {"item": word(f"cost_{one.item}", language), **dict(zip(made.runs, (tidy(value * factor) for value in one.values), strict=True))}
        for one in made.components
    ]
    return table(word("title_compare_components", language).format(unit), ["item", *made.runs], rows)


def _asked(made: Comparison, known: xr.Dataset, language: str) -> Table:
    rows = [
        {
            "asked_name": option_name(name, language),
            **dict(zip(made.runs, (option_value(name, value, known, language) for value in values), strict=True)),
        }
        for name, values in made.asked.items()
    ]
    return table(word("title_compare_asked", language), ["asked_name", *made.runs], rows)


def _row(one: Apart, names: dict[str, str], runs: Sequence[str], language: str) -> dict[str, Any]:
    unit, factor = display_unit(one.unit, language)
    values = {run: tidy(value * factor) for run, value in zip(runs, one.values, strict=True)}
    money = tidy(one.money * display_unit("亿元", language)[1])
    years = word("all_years", language) if not one.year else str(one.year) if one.until in (0, one.year) else f"{one.year}–{one.until}"
    named = {"item": names.get(one.item, one.item), "years": years, "required": _required([tidy(value * factor) for value in one.required])}
    return named | values | {"unit": unit, "money_apart": money}


def _required(asked: Sequence[float]) -> Any:
    """What all runs ask, as a number; where they ask otherwise, each in turn."""
    told = dict.fromkeys(value for value in asked if not np.isnan(value))
    return next(iter(told), np.nan) if len(told) < 2 else " → ".join("-" if np.isnan(value) else shown(value) for value in asked)


def _measure(one: Apart, names: dict[str, str], runs: Sequence[str], language: str) -> dict[str, Any]:
    first = one.values[0]
    shares = {
        _share(run, language): tidy(100 * value / first) if first > 1e-9 else np.nan
        for run, value in zip(runs[1:], one.values[1:], strict=True)
    }
    return _row(one, names, runs, language) | shares


def _share(run: str, language: str) -> str:
    return f"{run}: {word('share_of_first', language)}"


def _named(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{name: row["item"], **{key: value for key, value in row.items() if key != "item"}} for row in rows]


def _inputs(made: Comparison, language: str) -> Table:
    rows = [
        {
            "run_name": one.run,
            "file": table_said(one, language),
            "row": row_said(one, language),
            "column": column_said(one, language),
            "before": cell_said(one, one.before, language, later=False),
            "then": cell_said(one, one.after, language, later=True),
        }
        for one in made.inputs
    ]
    columns = ["file", "row", "column", "before", "then", *(["run_name"] if len(made.runs) > 2 else [])]
    return table(word("title_compare_inputs", language), columns, rows, [] if rows else [word("line_inputs_same", language)])


def _chart(key: str, part: Table, made: Comparison, language: str) -> Chart:
    """Measures built in the first run, against it."""
    series = [Series(run, PALETTE[at % len(PALETTE)], column=_share(run, language)) for at, run in enumerate(made.runs[1:])]
    rows = (0, min(len(part.frame), most_bars) - 1)
    return Chart("bars", word("chart_compare", language), key, "measure", series, "%", "", rows=rows)
