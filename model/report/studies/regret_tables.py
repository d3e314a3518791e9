"""Regret as tables, on a screen and as a workbook: the least worst plan, plan by scenario, what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, case_title, labels, shown, tidy
from model.report.layout import screen, wrapped
from model.report.pages.page import PALETTE, Chart, Page, Report, Series, most_bars
from model.report.studies.endings import ending, stopped_lines
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word
from model.report.writers.screen import table_lines
from model.results.effects import REFERENCE
from model.results.regret import PlanUnderFuture, Regret
from model.results.shortfalls import FIRM_CAPACITY

most_rows, most_across = 15, 6


def regret_text(made: Regret, known: xr.Dataset, language: str) -> str:
    """The least worst plan first, then plan by scenario, then what fails where."""
    lines = [case_title(known, language), held_line(made, language)]
    compared = made.complete or any(one.verdict != "own" and one.under in made.judged for one in made.cells)
    lines += stopped_lines(made, language, shown=compared)
    if compared:
        lines += ["", *_winner(made, language), *table_lines(worst_table(made, language), language, most=most_rows)]
    if compared and len(made.judged) <= most_across:
        lines += ["", *table_lines(matrix_table(made, language), language, most=most_rows)]
    failing = [one for one in made.cells if not one.kept or one.cut]
    if failing:
        lines += ["", *_told(failing, known, language)]
    unplanned = [f"{plan_name(one.name, language)} ({ending(one.status, language)})" for one in made.futures if not one.planned]
    if unplanned:
        first = word("line_no_futures", language).format("")
        lines += ["", *wrapped(unplanned, first=first, separator=word("separator", language))]
    return screen(lines)


def regret_report(made: Regret, known: xr.Dataset, language: str) -> Report:
    steady = sum(not made.fails(plan) for plan in made.plans)
    pages = [
        Page("regret", {"regret": worst_table(made, language)}, [_bars("regret", steady, language)] if steady else []),
        Page("regret_matrix", {"regret_matrix": matrix_table(made, language)}),
        Page("regret_cells", {"regret_cells": _cells(made, made.cells, known, language)}),
    ]
    return Report(case_title(known, language), held_line(made, language), language, pages)


def plan_name(name: str, language: str) -> str:
    return word("reference_plan", language) if name == REFERENCE else name


def scenario_name(name: str, language: str) -> str:
    return word("reference_scenario", language) if name == REFERENCE else name


def held_line(made: Regret, language: str) -> str:
    """What of each plan is held."""
    return word("line_held_all", language) if made.whole else word("line_held_until", language).format(made.until)


def worst_table(made: Regret, language: str) -> Table:
    """One row for each plan, steady ones first, least worst on top."""
    unit, factor = display_unit("亿元", language)
    order = sorted(
        made.plans, key=lambda plan: (len(made.fails(plan)), plan != made.least_worst, made.worst(plan).high, made.plans.index(plan))
    )
    rows = []
    for plan in order:
        worst, fails = made.worst(plan), made.fails(plan)
        at = {future: span.found for future in made.judged if (span := made.regret(plan, future))}
        rows.append(
            {
                "plan_of": plan_name(plan, language), "worst_found": tidy(worst.found * factor), "worst_low": tidy(worst.low * factor),
                "worst_high": tidy(worst.high * factor), "worst_under": scenario_name(max(at, key=lambda name: at[name]), language) if at else "-",
                "fails_under": word("separator", language).join(scenario_name(one.under, language) for one in fails) or word("none", language),
                "_total": plan == made.least_worst,
            }
        )  # fmt: skip
    columns = ["plan_of", "worst_found", "worst_low", "worst_high", "worst_under", "fails_under"]
    notes = [word("note_regret", language), word("note_regret_among", language)]
    return table(word("title_regret", language).format(len(made.judged), unit), columns, rows, notes)


def matrix_table(made: Regret, language: str) -> Table:
    """Regret between the plans found; empty where the plan does not hold."""
    unit, factor = display_unit("亿元", language)
    heads = {future: word("under", language).format(scenario_name(future, language)) for future in made.judged}
    rows = [
        {
            "plan_of": plan_name(plan, language), "_total": plan == made.least_worst,
            **{head: tidy(span.found * factor) if (span := made.regret(plan, future)) else np.nan for future, head in heads.items()},
        }
        for plan in made.plans
    ]  # fmt: skip
    return table(word("title_regret_matrix", language).format(unit), ["plan_of", *heads.values()], rows)


def _cells(made: Regret, cells: Sequence[PlanUnderFuture], known: xr.Dataset, language: str) -> Table:
    """One row for each plan and scenario: cost, regret, what is missed, left short or cut."""
    unit, factor = display_unit("亿元", language)
    rows: list[dict[str, Any]] = []
    for one in cells:
        span = made.regret(one.made_for, one.under)
        low, found, high = (span.low, span.found, span.high) if span else (np.nan, np.nan, np.nan)
        rows.append(
            {
                "plan_of": plan_name(one.made_for, language), "scenario": scenario_name(one.under, language), "held_how": word(f"held_{one.verdict}", language),
                "cost_low": tidy(one.low * factor), "cost_high": tidy(one.high * factor), "regret_low": tidy(low * factor),
                "regret_found": tidy(found * factor), "regret_high": tidy(high * factor),
                "held_what": word("separator", language).join(_details(one, known, language)),
                "_state": "out_of_reach" if not one.kept else "",
            }
        )  # fmt: skip
    columns = ["plan_of", "scenario", "held_how", "cost_low", "cost_high", "regret_low", "regret_found", "regret_high", "held_what"]
    return table(word("title_regret_cells", language).format(unit), columns, rows, [word("note_plans_held", language)])


def _told(failing: Sequence[PlanUnderFuture], known: xr.Dataset, language: str) -> list[str]:
    """What does not hold where, the first of them."""
    lines = [word("line_failing", language)]
    for one in failing[:most_rows]:
        pair = word("line_under", language).format(plan_name(one.made_for, language), scenario_name(one.under, language))
        told = word("separator", language).join([word(f"held_{one.verdict}", language), *_details(one, known, language)])
        lines.append(f"  {pair}{told}")
    if len(failing) > most_rows:
        lines.append(f"  {word('line_more', language).format(len(failing) - most_rows)}")
    return [*lines, f"  {word('note_plans_held', language)}"]


def _details(one: PlanUnderFuture, known: xr.Dataset, language: str) -> list[str]:
    """What is missed, short or cut, each in its own unit."""
    targets, measures = labels(known, "target", "label", language), labels(known, "measure", "label", language)
    commodities, units = labels(known, "commodity", "label", language), attributes(known, "measure", "measure_unit")
    told = [
        ("held_missed", targets.get(missed.target, missed.target), missed.year, missed.given, missed.asked, missed.unit)
        for missed in one.missed
    ]
    told += [
        (
            "held_lacking",
            word("firm_capacity", language) if s.item == FIRM_CAPACITY else commodities.get(s.item, s.item),
            s.year,
            s.amount,
            0.0,
            s.unit,
        )
        for s in one.shortfalls
    ]
    told += [("held_cut", measures.get(c.measure, c.measure), c.year, c.held, c.planned, str(units.get(c.measure, ""))) for c in one.cut]
    made = []
    for key, label, year, given, asked, own in told:
        unit, factor = display_unit(own, language)
        made.append(word(key, language).format(label=label, year=year, given=shown(given * factor), asked=shown(asked * factor), unit=unit))
    return made


def _winner(made: Regret, language: str) -> list[str]:
    """The least worst plan and what is not told apart from it; without one, the plan that fails least often."""
    separator = word("separator", language)
    if made.least_worst:
        unit, factor = display_unit("亿元", language)
        most = shown(made.worst(made.least_worst).high * factor, 2)
        lines = [word("line_least_worst", language).format(plan_name(made.least_worst, language), most, unit)]
        near = [plan_name(plan, language) for plan in made.not_told_apart]
        return [
            *lines,
            *(wrapped(near, first=word("line_not_apart", language).format(""), separator=separator) if near else []),
            "",
        ]
    fewest = min((len(made.fails(plan)) for plan in made.plans), default=0)
    seldom = [plan_name(plan, language) for plan in made.plans if made.complete and made.judged and len(made.fails(plan)) == fewest]
    return [*wrapped(seldom, first=word("line_none_holds", language).format(""), separator=separator), ""] if seldom else []


def _bars(key: str, steady: int, language: str) -> Chart:
    """Of the plans that hold everywhere, which stand first."""
    rows, unit = (0, min(most_bars, steady) - 1), display_unit("亿元", language)[0]
    series = [
        Series(word(name, language), colour, column=name) for colour, name in zip(PALETTE, ("worst_found", "worst_high"), strict=False)
    ]
    return Chart("bars", word("chart_regret", language), key, "plan_of", series, unit, "", rows=rows)
