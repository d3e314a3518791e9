"""The workbook handed to a bureau: what to build, when, who pays, what it achieves, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xarray as xr
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from model.case.read.case import Case
from model.report import tables
from model.report.case import coverage_tables
from model.report.display import attributes, labels
from model.report.plan import (
    capacity_tables,
    change_tables,
    charts,
    cobenefit_tables,
    hourly_tables,
    indicator_tables,
    outcome,
    plan_tables,
    target_tables,
    unenforced_tables,
)
from model.report.plan.about_tables import about, audit, end_of_life
from model.report.plan.assumption_table import assumptions
from model.report.sheet import Block, add_sheet, after, finish, write_table, write_title
from model.report.styles import Styles
from model.report.tables import Table
from model.report.units import display_unit
from model.report.words import word

NEVER = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
charts_across, chart_columns, chart_rows, drawn_outputs = 2, 12, 21, 1


def write_workbook(
    path: Path, *, results: xr.Dataset, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str
) -> None:
    """Write the workbook of a run; without a case the assumptions are left out."""
    title = str(results.attrs[f"case_label_{language}"])
    with xlsxwriter.Workbook(path, NEVER) as workbook:
        workbook.set_properties({"title": title, "subject": word("title", language), "comments": "measures"})
        styles = Styles(workbook, language)
        workbook.formats[0].set_font_name(styles.get().font_name)
        book = _Book(styles, title, language)
        summary = book.sheet("summary")
        drawing = book.sheet("charts", colour="#BF8F00")
        _summary(book, summary, results, manifest)
        book.blocks(
            "schedule",
            [tables.build_schedule(results, language), tables.unused_measures(results, language)],
            freeze=2,
            filtered=True,
            dash_zero=True,
        )
        _plan_forms(book, results, case)
        leaving = [end_of_life(case, results, language)] if case else []
        book.blocks("retirements", [tables.retirements(results, language), tables.other_named(results, language), *leaving], freeze=2)
        drawn = _drawn_sheets(book, results, hours)
        book.blocks("balance", [capacity_tables.energy_balance(results, language)], freeze=2, filtered=True, dash_zero=True)
        book.blocks("sectors", [indicator_tables.sector_contributions(results, language)], freeze=2)
        together = [cobenefit_tables.split(results, language), cobenefit_tables.by_origin(results, case, language)]
        if any(len(part.frame) for part in together):
            book.blocks("cobenefit", together, freeze=1)
        if case is not None and case.tables["coverage"]:
            parts = [coverage_tables.coverage(case, language), coverage_tables.coverage_totals(case, language)]
            book.blocks("coverage", parts, freeze=2, filtered=True, colour="#7F7F7F")
        if case is not None:
            book.blocks("assumptions", [assumptions(case, language)], freeze=2, filtered=True, colour="#7F7F7F")
        book.blocks("about", [about(manifest, case, language), audit(manifest, language)], freeze=1, colour="#7F7F7F")
        _place(drawing, styles, drawn, title)
        summary.activate()


class _Book:
    """Sheets in the order in which they are asked for, each with the same title rows."""

    def __init__(self, styles: Styles, title: str, language: str) -> None:
        self.styles, self.title, self.language = styles, title, language

    def sheet(self, key: str, *, colour: str = "#1F4E78") -> Worksheet:
        return add_sheet(self.styles, word(key, self.language), title=self.title, colour=colour)

    def blocks(
        self, key: str, parts: list[Table], *, freeze: int, filtered: bool = False, dash_zero: bool = False, colour: str = "#1F4E78"
    ) -> list[Block]:
        return self.fill(
            self.sheet(key, colour=colour), word(key, self.language), parts, freeze=freeze, filtered=filtered, dash_zero=dash_zero
        )

    def fill(
        self, sheet: Worksheet, name: str, parts: list[Table], *, freeze: int, filtered: bool = False, dash_zero: bool = False
    ) -> list[Block]:
        """Tables one below the other; empty ones after the first are left out."""
        row = write_title(sheet, self.styles, name, self.title)
        made = []
        for place, part in enumerate(parts):
            if place and part.frame.empty:
                continue
            made.append(write_table(sheet, self.styles, row, part, dash_zero=dash_zero))
            row = after(made[-1], part)
        finish(sheet, made, freeze_columns=freeze, filtered=filtered)
        return made


def _summary(book: _Book, sheet: Worksheet, results: xr.Dataset, manifest: Mapping[str, Any]) -> None:
    targets = target_tables.targets(results, book.language)
    brief = Table(
        word("title_targets_brief", book.language),
        targets.frame[["target", "required", "unit", "band", "achieved", "slack", "state", "_state"]],
    )
    change = change_tables.change_in_brief(results, book.language)
    share = indicator_tables.nonfossil_in_brief(results, book.language)
    parts = [outcome.key_figures(results, manifest, book.language), brief, change, share, outcome.cost_components(results, book.language)]
    book.fill(sheet, word("title", book.language), parts, freeze=0)


def _plan_forms(book: _Book, results: xr.Dataset, case: Case | None) -> None:
    """The plan's own forms: tasks with bureaus and deadlines, indicators with their gaps, the schedule bureau by bureau."""
    language = book.language
    if case is not None and case.tables["coverage"]:
        book.blocks("tasks", [plan_tables.tasks(case, results, language)], freeze=3, filtered=True)
    book.blocks("aims", [plan_tables.aims(case, results, language)], freeze=1, filtered=True)
    book.blocks("by_bureau", [plan_tables.by_bureau(results, language)], freeze=3, filtered=True, dash_zero=True)


def _drawn_sheets(book: _Book, results: xr.Dataset, hours: xr.Dataset) -> list[Callable[[], Any]]:
    """The sheets whose tables are drawn; returns the charts, to be made once all cells stand."""
    language, workbook = book.language, book.styles.workbook
    standing = capacity_tables.capacity(results, language)
    stand = book.blocks("capacity", [standing], freeze=2, dash_zero=True)[0]
    operation = attributes(results, "technology", "technology_operation")
    add_ons = frozenset(
        name for g, name in labels(results, "technology", "label", language).items() if operation[g] in capacity_tables.ADD_ONS
    )
    ink = charts.inks(results, language)
    drawn = [
        charts.capacity_chart(workbook, stand, standing, output, skip=add_ons, ink=ink, language=language)
        for output in capacity_tables.growing_outputs(results, language)[:drawn_outputs]
    ]
    paid = [
        tables.investment_by_payer(results, language),
        tables.investment_by_measure(results, language),
        tables.spend_by_payer(results, language),
    ]
    invest = book.blocks("investment", paid, freeze=1, dash_zero=True)[0]
    held = [
        target_tables.targets(results, language),
        unenforced_tables.unenforced_table(results, language),
        target_tables.targets_by_year(results, language),
    ]
    book.blocks("targets", held, freeze=2, filtered=True)
    paths = [indicator_tables.carbon_path(results, i, language) for i in change_tables.carbon(results)]
    shown = [
        *paths,
        change_tables.change_parts(results, language),
        indicator_tables.nonfossil_shares(results, language),
        indicator_tables.indicators(results, language),
    ]
    placed = book.blocks("indicators", shown, freeze=2)
    drawn += [charts.path_chart(workbook, block, path, language=language) for block, path in zip(placed, paths, strict=False)]
    if any(record.get("_total") is not True for record in paid[0].frame.to_dict("records")):
        drawn.append(charts.investment_chart(workbook, invest, paid[0], language=language))
    days = hourly_tables.typical_days(results, hours, language)
    spots = book.blocks("typical_day", [day.table for day in days], freeze=1, dash_zero=True) if days else []
    unit = display_unit("GW", language)[0]
    keys = ("chart_typical_day", "chart_peak_day")
    drawn += [
        charts.day_chart(workbook, block, day, key=key, unit=unit, ink=ink, language=language)
        for block, day, key in zip(spots, days, keys, strict=False)
        if day.supply
    ]
    return drawn


def _place(sheet: Worksheet, styles: Styles, drawn: list[Any], title: str) -> None:
    row = write_title(sheet, styles, word("charts", styles.language), title)
    for place, chart in enumerate(drawn):
        sheet.insert_chart(row + (place // charts_across) * chart_rows, (place % charts_across) * chart_columns, chart)
