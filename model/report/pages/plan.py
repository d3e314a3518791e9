"""The pages of a plan, as a bureau is handed it: what to build, when, who pays, what it achieves, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import xarray as xr

from model.case.read.case import Case
from model.report import tables
from model.report.case.backcast_tables import backcast_page, of_run
from model.report.display import case_title
from model.report.made_tables import MadeTables
from model.report.pages.case import assumptions_page, coverage_page, sources_page
from model.report.pages.drawn_charts import calendar_charts, flow_charts, schedule_charts, target_charts
from model.report.pages.page import Page, Report
from model.report.pages.plan_charts import capacity_chart, day_chart, inks, investment_chart, path_chart
from model.report.plan import (
    brief_tables,
    bureau_tables,
    capacity_tables,
    change_tables,
    cobenefit_tables,
    day_rounds_table,
    flow_tables,
    full_year_table,
    headline_tables,
    hourly_tables,
    indicator_tables,
    money_tables,
    next_tables,
    outcome,
    passing_tables,
    past_tables,
    plan_tables,
    price_tables,
    project_tables,
    ramp_tables,
    readings_table,
    share_tables,
    shortfall_tables,
    since_tables,
    target_tables,
    unenforced_tables,
    unit_calendar_tables,
)
from model.report.plan.about_tables import about, audit, end_of_life, version_line
from model.report.schedule.edits_tables import edits_page
from model.report.schedule.run_table import RUN_TABLE, run_table
from model.report.words import word
from model.results.money import fund_shares
from model.results.steadiness import Steadiness

drawn_outputs = 1
BESIDE = ("quote",)  # not printed with a target: its words stand on the sheet of coverage
Makers = dict[str, Callable[[], tables.Table]]


def plan_report(
    results: xr.Dataset, *, hours: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str, known: Steadiness | None = None
) -> Report:  # fmt: skip
    """All of a run; without a case the assumptions and the words of the plan are left out, without a tornado of its own which builds stand."""
    named = case if case is not None and case.tables["coverage"] else None
    edits = list(edits_page(results, manifest, language))
    pages = [
        *edits,
        brief_page(results, manifest, case, known, language),
        _summary(results, manifest, language),
        *_full_year_page(results, manifest, language),
        *next_page(results, manifest, language),
        *_since_page(results, manifest, language),
        schedule_page(results, language),
        *([Page("tasks", {"tasks": plan_tables.tasks(named, results, language)}, named_by=3)] if named else []),
        Page("aims", {"aims": plan_tables.aims(case, results, language)}),
        Page("headline", headline_tables.headline_tables(results, known, language), named_by=2),
        Page("by_bureau", {"schedule-by-bureau": plan_tables.by_bureau(results, language)}, named_by=3, dash_zero=True),
        *_bureau_pages(results, language),
        units_page(results, case, language),
        *_past_page(results, manifest, language),
        *_county_page(results, language),
        *_project_pages(results, case, language),
        *drawn_pages(results, hours, language),
        balance_page(results, language),
        Page("sectors", {"sectors": indicator_tables.sector_contributions(results, language)}, named_by=2),
        *_together(results, case, language),
        *([coverage_page(named, results, language)] if named else []),
        *_past_record_page(results, manifest, language),
        *_backcast_page(results, manifest, case, language),
        *([sources_page(case, results, language, run=str(manifest.get("run", ""))), assumptions_page(case, language)] if case is not None else []),
        Page("run_sheet", {RUN_TABLE: run_table(manifest, language)}, background=True),
        about_page(results, manifest, case, language),
    ]  # fmt: skip
    return Report(
        case_title(results, language),
        word("title", language),
        language,
        pages,
        cover=2 + len(edits),
        version=version_line(manifest, language),
    )


def brief_page(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, known: Steadiness | None, language: str) -> Page:
    """The first page, to be read standing."""
    return Page("brief", brief_tables.brief_tables(results, manifest, case, known, language), one_page=True, named_by=0)


def schedule_page(results: xr.Dataset, language: str) -> Page:
    """What is built when, what is left unused, and how fast it may grow."""
    built = tables.build_schedule(results, language)
    units = tables.named_units(results, language, unit_calendar_tables.KINDS, "title_unit_calendar")
    parts: Makers = {"build-schedule": lambda: built, "unused-measures": lambda: tables.unused_measures(results, language)}
    parts |= {"ramps": lambda: ramp_tables.ramps(results, language)} if "ramp_most" in results else {}
    return Page(
        "schedule", MadeTables(parts), schedule_charts("build-schedule", built, units, results, language), named_by=2, filtered=True, dash_zero=True,
        unprinted=frozenset({"unused-measures", "ramps"}),
    )  # fmt: skip


def units_page(results: xr.Dataset, case: Case | None, language: str) -> Page:
    """Whole units by name: what is retired, what is built, when each is begun, and what leaves by itself."""
    calendar = unit_calendar_tables.unit_calendar(results, language)
    parts: Makers = {
        "retirements": lambda: tables.retirements(results, language),
        "named-units": lambda: tables.other_named(results, language),
        "unit-calendar": lambda: calendar,
    }
    parts |= {"end-of-life": lambda: end_of_life(case, results, language)} if case else {}
    unprinted = frozenset({"named-units", "end-of-life"})
    return Page("retirements", MadeTables(parts), calendar_charts("unit-calendar", calendar, language), named_by=2, unprinted=unprinted)


def balance_page(results: xr.Dataset, language: str) -> Page:
    """What is given and taken of each commodity, and from what to what energy goes."""
    flow = flow_tables.energy_flow(results, language)
    parts: Makers = {
        "balance": lambda: capacity_tables.energy_balance(results, language),
        "shortfalls": lambda: shortfall_tables.shortfall_table(results, language),
        "energy-flow": lambda: flow,
    }
    return Page(
        "balance", MadeTables(parts), flow_charts("energy-flow", flow, results, language), named_by=2, filtered=True, dash_zero=True,
        unprinted=frozenset({"balance"}),
    )  # fmt: skip


def about_page(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str) -> Page:
    """What the run is and how it was computed; how its days were chosen, where they were."""
    rounds = day_rounds_table.day_rounds_table(results, manifest, language)
    parts = {"about": about(manifest, case, language), "audit": audit(manifest, language)} | (
        {"day-rounds": rounds} if rounds is not None else {}
    )
    return Page("about", parts, background=True, unprinted=frozenset({"audit"}))


def _full_year_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """What the plan does on all days of some years, where that was asked."""
    part = full_year_table.full_year_table(results, manifest, language)
    if part is not None:
        yield Page("full_year", {"full-year": part}, named_by=2)


def next_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """What the next years ask, where decisions begin after the first year."""
    parts = next_tables.next_tables(results, manifest, language)
    if parts:
        yield Page("next_years", parts, named_by=2, filtered=True)


def _since_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """What is other than in an earlier run, where that was asked."""
    parts = since_tables.since_tables(manifest, results, language)
    if parts:
        yield Page("since", parts, named_by=1)


def _past_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """How the targets of the years before the first decision are judged, where that is not the first year, and what those years left to pay."""
    if past_tables.has_past(results):
        more = {
            "past-money": past_tables.past_money(results, manifest, language), "past-short": shortfall_tables.past_shortfall_table(results, language),
        }  # fmt: skip
        parts = {"past-targets": past_tables.past_targets(results, manifest, language)}
        yield Page("past", parts | {name: part for name, part in more.items() if len(part.frame)}, named_by=2, filtered=True)


def _past_record_page(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Iterator[Page]:
    """What was built in those years row by row, how it is known, and which rows of the case do not count as they stand."""
    if past_tables.has_past(results):
        more = {
            "past-raised": past_tables.past_raised(results, manifest, language), "past-behind": past_tables.past_behind(results, manifest, language),
            "past-unused": past_tables.past_unused(manifest, language),
        }  # fmt: skip
        parts = {"past-builds": past_tables.past_builds(results, manifest, language)}
        parts |= {name: part for name, part in more.items() if len(part.frame)}
        if readings_table.readings_of(manifest).get("builds"):
            parts["readings"] = readings_table.readings(results, manifest, language)
        yield Page("past_record", parts, named_by=2, filtered=True, background=True)


def _backcast_page(results: xr.Dataset, manifest: Mapping[str, Any], case: Case | None, language: str) -> Iterator[Page]:
    """What was published of the past beside what the plan takes it to have been."""
    made = of_run(results, manifest, case) if case is not None else None
    if made is not None and case is not None:
        yield backcast_page(made, case, language)


def _county_page(results: xr.Dataset, language: str) -> Iterator[Page]:
    """The schedule by county, where measures are of counties."""
    parts = plan_tables.by_county(results, language)
    if parts:
        yield Page("by_county", parts, named_by=3, dash_zero=True, filtered=True, unprinted=frozenset({"schedule-of-no-county"}))


def _bureau_pages(results: xr.Dataset, language: str) -> Iterator[Page]:
    """What is handed to each bureau of it."""
    for place, one in enumerate(bureau_tables.bureau_tables(results, language), 1):
        parts = {f"bureau-{place}-leads": one.leads, f"bureau-{place}-supports": one.supports}
        yield Page(f"bureau_{place}", parts, named_by=1, dash_zero=True, name=one.name, handed_out=True)


def _project_pages(results: xr.Dataset, case: Case | None, language: str) -> Iterator[Page]:
    """The list of projects and their money by year, of cases that have projects."""
    if case is not None and case.tables["projects"]:
        yield Page("projects", {"projects": project_tables.project_list(case, results, language)}, named_by=3)
        parts = {
            "project-investment": project_tables.project_investment(case, results, language),
            "projects-beside-plan": project_tables.projects_beside_plan(case, results, language),
        }
        yield Page("annual_plan", parts, named_by=3, filtered=True, dash_zero=True)


def _summary(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Page:
    parts = {
        "key-figures": outcome.key_figures(results, manifest, language),
        "targets-in-brief": target_tables.targets_in_brief(results, language), "change-in-brief": change_tables.change_in_brief(results, language),
        "non-fossil-in-brief": indicator_tables.nonfossil_in_brief(results, language), "cost": outcome.cost_components(results, language),
    }  # fmt: skip
    return Page("summary", parts, named_by=0, unprinted=frozenset({"targets-in-brief"}))


def drawn_pages(results: xr.Dataset, hours: xr.Dataset, language: str) -> Iterator[Page]:
    """The pages whose tables are drawn, and the targets between them."""
    standing = capacity_tables.capacity(results, language)
    outputs = capacity_tables.growing_outputs(standing, results, language)[:drawn_outputs]
    charts = [capacity_chart(results, "capacity", standing, output, language) for output in outputs]
    direct = capacity_tables.measures_in_force(results, language)
    parts = {"capacity": standing} | ({"measures-in-force": direct} if len(direct.frame) else {})
    yield Page("capacity", parts, charts, named_by=2, dash_zero=True)
    yield _investment_page(results, language)
    if passing := passing_tables.passing_tables(results, language):
        yield Page("passing", passing, named_by=2)
    yield _targets_page(results, language)
    by_year: Makers = {"targets-by-year": lambda: target_tables.targets_by_year(results, language)}
    yield Page("targets", MadeTables(by_year), files_only=True)
    yield _paths_page(results, language)
    days = {day.kind.replace("_", "-"): day for day in hourly_tables.typical_days(results, hours, language)}
    if days:
        drawn = [day_chart(key, day, inks(results, language), language) for key, day in days.items() if day.supply]
        yield Page("typical_day", {key: day.table for key, day in days.items()}, drawn, dash_zero=True)


def _investment_page(results: xr.Dataset, language: str) -> Page:
    """Who invests when, for what, and how much of it beyond the usual path."""
    paid = money_tables.investment_by_payer(results, language)
    parts: Makers = {
        "investment-by-payer": lambda: paid,
        "investment-over-usual": lambda: money_tables.investment_over_usual(results, language),
        "investment-over-usual-by-measure": lambda: money_tables.measures_over_usual(results, language),
        **({"investment-by-fund": lambda: money_tables.investment_by_fund(results, language)} if fund_shares(results) else {}),
        "investment-by-measure": lambda: money_tables.investment_by_measure(results, language),
        "spending": lambda: money_tables.spend_by_payer(results, language),
        "spending-over-usual": lambda: money_tables.spend_over_usual(results, language),
    }
    charts = [] if paid.frame.empty else [investment_chart("investment-by-payer", paid, results, language)]
    unprinted = frozenset({"investment-over-usual-by-measure", "investment-by-measure"})
    return Page("investment", MadeTables(parts), charts, dash_zero=True, unprinted=unprinted)


def _paths_page(results: xr.Dataset, language: str) -> Page:
    """Indicators by year: those that are drawn with their targets, where changes come from, and all of them."""
    paths = {f"path-{i}": indicator_tables.carbon_path(results, i, language) for i in change_tables.drawn_indicators(results)}
    share = share_tables.share_path(results, language)
    paths |= {"path-non-fossil": share} if share is not None else {}
    parts: Makers = {name: partial(paths.__getitem__, name) for name in paths} | {
        "change-parts": lambda: change_tables.change_parts(results, language),
        "non-fossil-share": lambda: indicator_tables.nonfossil_shares(results, language),
        "indicators": lambda: indicator_tables.indicators(results, language),
    }
    charts = [path_chart(key, path, language) for key, path in paths.items()]
    return Page("indicators", MadeTables(parts), charts, named_by=2, unprinted=frozenset({"change-parts", "non-fossil-share"}))


def _targets_page(results: xr.Dataset, language: str) -> Page:
    """Every target against what is reached, and what one unit more of it costs."""
    held = target_tables.targets(results, language)
    prices = price_tables.target_prices(held, language)
    parts: Makers = {
        "targets": lambda: replace(held, aside=BESIDE),
        "target-prices": lambda: prices,
        "targets-not-enforced": lambda: replace(unenforced_tables.unenforced_table(results, language), aside=BESIDE),
        "targets-over-years": lambda: target_tables.targets_over_years(results, language),
    }
    return Page(
        "targets", MadeTables(parts), target_charts({"targets": held, "target-prices": prices}, language), named_by=2, filtered=True,
        unprinted=frozenset({"targets-over-years"}),
    )  # fmt: skip


def _together(results: xr.Dataset, case: Case | None, language: str) -> Iterator[Page]:
    """CO2 and PM2.5, where a case has both."""
    parts = {
        "co-benefit": cobenefit_tables.split(results, language),
        "co-benefit-by-origin": cobenefit_tables.by_origin(results, case, language),
    }
    if any(len(part.frame) for part in parts.values()):
        yield Page("cobenefit", parts)
