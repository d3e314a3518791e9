"""Projects beside the plan: their list with what awaits a project, and their investment by year and source of funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.case.parameters.numbers import Numbers
from model.case.parameters.timeline import Span
from model.case.read.case import Case
from model.case.tables.projects import Project
from model.case.units.registry import factor
from model.report.case.coverage_tables import labels_of
from model.report.display import dust, spans, tidy
from model.report.tables import Table, lead_and_support, measure_facts, table
from model.report.units import display_unit
from model.report.words import said, word
from model.results.money import fund_shares, invested_before

money = "亿元"


def project_list(case: Case, results: xr.Dataset, language: str) -> Table:
    """Projects by measure and start; then what the plan decides beyond the projects of each measure, by measure and year."""
    facts, names = measure_facts(results, language), labels_of(case, language)
    rows = [_project(row, facts[row.measure], names, language) for row in _in_order(case)]
    columns = [
        "project", "stage", "measure", "county", "owner", "bureau", "total_investment", "unit", "fund", "start", "finish", "amount", "amount_unit", "status", "source",
    ]  # fmt: skip
    notes = [word("note_projects", language), word("note_span", language)]
    return table(word("title_projects", language), columns, [*rows, *_yet_to_be_planned(case, results, language)], notes)


def project_investment(case: Case, results: xr.Dataset, language: str) -> Table:
    """Project × year × source of funds: each project's investment, even over the years from its start to its finish."""
    facts, shares, rows = measure_facts(results, language), fund_shares(results), list[dict[Any, Any]]()
    payer_of = dict(zip(results["measure"].values.tolist(), results["measure_payer"].values.tolist(), strict=True))
    for row in _in_order(case):
        given = {row.funding: 1.0} if row.funding else shares.get(payer_of[row.measure], {"not_named": 1.0})
        for fund, share in given.items():
            if share > dust:
                first = {
                    "project": said(row, "label", language),
                    "measure": facts[row.measure]["measure"],
                    "fund": word(f"fund_{fund}", language),
                }
                rows.append(_by_heading(first, share * spread(row, results), results, language))
    if rows:
        sums = {name: tidy(sum(row[name] for row in rows)) for name in (*_headings(results), "total")}
        rows.append({"project": word("total", language), "unit": rows[0]["unit"], **sums, "_total": True})
    return _yearly(word("title_project_investment", language), ["project", "measure", "fund"], rows, language)


def projects_beside_plan(case: Case, results: xr.Dataset, language: str) -> Table:
    """What the projects of each measure invest, and what the plan pays for it; measures that the plan pays for without a project stand last."""
    facts, rows = measure_facts(results, language), list[dict[Any, Any]]()
    cash = np.column_stack(
        [invested_before(results).values, results["investment_cash"].transpose("measure", "year").values, np.zeros(len(facts))]
    )
    paid = dict(zip(results["measure"].values.tolist(), cash, strict=True))
    with_projects = dict.fromkeys(row.measure for row in _in_order(case))
    for k in with_projects:
        told = np.sum([spread(row, results) for row in case.tables["projects"] if row.measure == k], axis=0)
        for what, values in (("by_projects", told), ("by_plan", paid[k])):
            rows.append(_by_heading({"measure": facts[k]["measure"], "money_of": word(what, language)}, values, results, language))
    others = [k for k, values in paid.items() if k not in with_projects and np.abs(values).max() > dust]
    for k in sorted(others, key=lambda k: (-float(paid[k] @ _lengths(results)), k)):
        rows.append(_by_heading({"measure": facts[k]["measure"], "money_of": word("by_plan_alone", language)}, paid[k], results, language))
    return _yearly(word("title_projects_beside_plan", language), ["measure", "money_of"], rows, language)


def spread(row: Project, results: xr.Dataset) -> np.ndarray:
    """A project's investment in 亿元: before the first modelled year in all, a year of each span, after the last in all; shape (1 + year + 1).

    It falls evenly over the calendar years from start to finish.
    """
    years = range(row.start, row.finish + 1)
    yearly = (row.value or 0.0) * factor(row.unit, money) / len(years)
    ends, lengths = results["year"].values.tolist(), results["span_years"].values.tolist()
    within = [sum(end - length < year <= end for year in years) / length for end, length in zip(ends, lengths, strict=True)]
    before = sum(year <= ends[0] - lengths[0] for year in years)
    return yearly * np.array([before, *within, sum(year > ends[-1] for year in years)])


def _in_order(case: Case) -> list[Project]:
    return sorted(case.tables["projects"], key=lambda row: (row.measure, row.start, row.id))


def _project(row: Project, fact: Mapping[str, Any], names: Mapping[str, str], language: str) -> dict[str, Any]:
    lead = names[row.lead] if row.lead else lead_and_support(str(fact["bureaus"]), language)[0]
    return {
        "project": said(row, "label", language), "stage": word(f"stage_{row.stage}", language), "measure": fact["measure"],
        "county": names[row.county] if row.county else fact["county"] or word("no_county", language), "owner": row.owner or "", "bureau": lead,
        "total_investment": tidy((row.value or 0.0) * factor(row.unit, money)), "unit": display_unit(money, language)[0],
        "fund": word(f"fund_{row.funding}", language) if row.funding else "", "start": row.start, "finish": row.finish,
        "status": word(f"status_{row.status}", language), "source": row.source,
    }  # fmt: skip


def _yet_to_be_planned(case: Case, results: xr.Dataset, language: str) -> list[dict[str, Any]]:
    """Measure and year of what the plan decides beyond the projects of the measure."""
    facts, heads, rows = measure_facts(results, language), spans(results), list[dict[str, Any]]()
    since, timeline = int(results.attrs.get("decide_from", 0)), _timeline(results)
    numbers = Numbers(case, timeline)
    built = results["build"].transpose("measure", "build_year")
    for k, amounts in sorted(
        zip(built["measure"].values.tolist(), built.values.tolist(), strict=True), key=lambda one: (facts[one[0]]["_rank"], one[0])
    ):
        price = numbers.path("measures", k, "investment", missing=0.0)
        told = _bought(
            [row for row in case.tables["projects"] if row.measure == k],
            timeline,
            np.array(amounts) * (np.array(built["build_year"]) >= since),
            price,
        )
        for y, amount in zip(built["build_year"].values.tolist(), np.array(amounts) - told, strict=True):
            if y >= since and abs(amount) > dust:
                fact = facts[k]
                lead = lead_and_support(str(fact["bureaus"]), language)[0]
                rows.append(
                    {
                        "project": word("no_project", language), "stage": word("stage_none", language), "measure": fact["measure"], "county": fact["county"] or word("no_county", language),
                        "bureau": lead, "finish": heads[int(y)], "amount": tidy(amount * fact["_factor"]), "amount_unit": fact["unit"],
                    }
                )  # fmt: skip
    return rows


def _timeline(results: xr.Dataset) -> list[Span]:
    return [
        Span(int(y - n + 1), int(y)) for y, n in zip(results["year"].values.tolist(), results["span_years"].values.tolist(), strict=True)
    ]


def _bought(projects: Sequence[Project], timeline: Sequence[Span], amounts: np.ndarray, price: np.ndarray) -> np.ndarray:
    """Of amounts built by span, shape (years,), what the investments of projects buy at `price`, 亿元 a unit, in the years from start to finish.

    The project that finishes first buys first, and each the earliest years first; one without an amount of money, or of what costs
    nothing, stands for all of its years.
    """
    left = np.abs(amounts)
    for row in sorted(projects, key=lambda row: (row.finish, row.start, row.id)):
        money_left = np.inf if row.value is None else row.value * factor(row.unit, money)
        for place, span in enumerate(timeline):
            if span.last >= row.start and span.first <= row.finish:
                taken = min(left[place], money_left / price[place] if price[place] > 0 else np.inf)
                left[place], money_left = left[place] - taken, money_left - taken * price[place]
    return amounts - np.sign(amounts) * left


def _headings(results: xr.Dataset) -> list[Any]:
    return ["before_first_year", *spans(results).values(), "after_last_year"]


def _lengths(results: xr.Dataset) -> np.ndarray:
    """Years of which a column tells the average; what falls outside the modelled years is told in all."""
    return np.array([1.0, *results["span_years"].values.tolist(), 1.0])


def _by_heading(first: Mapping[str, Any], values: np.ndarray, results: xr.Dataset, language: str) -> dict[Any, Any]:
    told = {head: tidy(float(value)) for head, value in zip(_headings(results), values, strict=True)}
    return {**first, "unit": display_unit(money, language)[0], **told, "total": tidy(float(values @ _lengths(results)))}


def _yearly(title: str, first: Sequence[str], rows: Sequence[Mapping[Any, Any]], language: str) -> Table:
    """Money by row and year; the columns outside the modelled years only where something falls into them."""
    heads = [name for name in rows[0] if name not in (*first, "unit", "total") and not str(name).startswith("_")] if rows else []
    outside = [name for name in ("before_first_year", "after_last_year") if not any(row[name] for row in rows)]
    shown = [name for name in heads if name not in outside]
    kept = [{name: value for name, value in row.items() if name not in outside} for row in rows]
    notes = [word(key, language) for key in ("note_project_years", "note_money", "note_span")]
    return table(title, [*first, "unit", *shown, "total"], kept, notes)
