"""What of a plan stands on its page in a browser, from the answer down to how it was computed: parts of the very pages that the workbook has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import xarray as xr

from model.case.read.case import Case
from model.report.display import case_title
from model.report.pages.case import coverage_page, sources_page
from model.report.pages.page import Page, Report
from model.report.pages.plan import about_page, balance_page, brief_page, drawn_pages, next_page, schedule_page, units_page
from model.report.plan.about_tables import version_line
from model.report.plan.answers import front
from model.report.words import word
from model.results.steadiness import Steadiness


@dataclass(frozen=True)
class Section:
    """A part of the page: of the workbook's page `page` the charts of these tables, and after them the tables that stand by themselves."""

    key: str
    page: str
    drawn: Sequence[str] = ()
    told: Sequence[str] = ()
    named: Mapping[str, str] = field(default_factory=dict)  # tables whose title belongs to a sheet of several: the words that stand here


SECTIONS = (
    Section("section_targets", "targets", drawn=("targets",)),
    Section(
        "section_brief",
        "brief",
        told=("brief-matters", "brief-money", "brief-turns"),
        named={"brief-matters": "page_matters", "brief-money": "page_money", "brief-turns": "page_turns"},
    ),
    Section("section_brief", "next_years", told=("next-decide", "next-under-way")),
    Section("section_schedule", "schedule", drawn=("build-schedule",)),
    Section("section_schedule", "capacity", drawn=("capacity",)),
    Section("section_units", "retirements", drawn=("unit-calendar",)),
    Section("section_paths", "indicators", drawn=("path-*",)),
    Section("section_flow", "balance", drawn=("energy-flow",)),
    Section("section_days", "typical_day", drawn=("typical-day", "peak-day")),
    Section("section_money", "investment", drawn=("investment-by-payer",), told=("investment-over-usual",)),
    Section("section_prices", "targets", drawn=("target-prices",)),
    Section("section_clauses", "coverage", told=("coverage",)),
    Section("section_sure", "sources", told=("leaning", "sources")),
    Section("section_about", "about", told=("about", "audit")),
)


def plan_page(
    results: xr.Dataset, *, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str, known: Steadiness | None = None,
    made: Report | None = None,
) -> Report:  # fmt: skip
    """The page of a run in a language. Where the workbook's report was `made` in it already its pages are taken, else only those that are shown are made."""
    pages = made.pages if made else list(_pages(results, hours, manifest, case, known, language))
    return Report(
        case_title(results, language), word("page_lead", language), language, list(_sections(pages, language)),
        version=version_line(manifest, language), front=front(results, manifest, case, known, language),
    )  # fmt: skip


def _pages(
    results: xr.Dataset, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str
) -> Iterator[Page]:  # fmt: skip
    yield brief_page(results, manifest, case, known, language)
    yield from next_page(results, manifest, language)
    yield schedule_page(results, language)
    yield units_page(results, case, language)
    yield from drawn_pages(results, hours, language)
    yield balance_page(results, language)
    if case is not None:
        if case.tables["coverage"]:
            yield coverage_page(case, results, language)
        yield sources_page(case, results, language, run=str(manifest.get("run", "")))
    yield about_page(results, manifest, case, language)


def _sections(pages: Sequence[Page], language: str) -> Iterator[Page]:
    """Each section that has anything to show; what belongs to one heading stands under it together."""
    by_key = {page.key: page for page in reversed(pages)}
    found = dict[str, Page]()
    for one in SECTIONS:
        page = by_key.get(one.page)
        if page is None:
            continue
        charts = [chart for chart in page.charts if _among(chart.table, one.drawn)]
        names = [*(chart.table for chart in charts), *(name for name in one.told if name in page.tables)]
        tables = {name: page.tables[name] for name in dict.fromkeys(names) if len(page.tables[name].frame)}
        tables |= {name: replace(tables[name], title=word(key, language)) for name, key in one.named.items() if name in tables}
        before = found.get(one.key, Page(one.key, {}, name=word(one.key, language)))
        found[one.key] = replace(
            before, tables={**before.tables, **tables}, charts=[*before.charts, *charts], dash_zero=before.dash_zero or page.dash_zero
        )
    yield from (page for page in found.values() if page.tables)


def _among(name: str, asked: Sequence[str]) -> bool:
    return any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in asked)
