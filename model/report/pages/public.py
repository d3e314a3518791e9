"""What of a page may leave the house: no names of units or of measures that are about named units, nothing that rests on no public list, no run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import xarray as xr

from model.case.read.case import Case
from model.report.display import attributes, labels
from model.report.pages.page import Chart, Page, Report, Series
from model.report.tables import Table
from model.report.words import said, word

INNER = ("unit-calendar", "leaning", "about")  # names, estimates, and how the run was asked


def public_report(report: Report, names: Mapping[str, str]) -> Report:
    """A page with what `names` has replaced by what stands for it, rows that are illustrative left out, and what tells of the run as well."""
    pages = [_page(page, names) for page in report.pages]
    front = report.front
    if front is not None:
        front = replace(
            front, answers=[(question, _told(answer, names)) for question, answer in front.answers], supply=_told(front.supply, names)
        )
    return replace(report, pages=[page for page in pages if page.tables], version="", front=front)


def names_withheld(results: xr.Dataset, case: Case | None, language: str) -> dict[str, str]:
    """{name: what stands for it}, the longest first: measures about named units by sector and kind; units, plants and projects not at all."""
    sectors, sector_of = labels(results, "sector", "label", language), attributes(results, "measure", "measure_sector")
    units, kinds = attributes(results, "measure", "measure_unit_names"), attributes(results, "measure", "measure_kind")
    withheld, found = word("not_named", language), dict[str, str]()
    for k, name in labels(results, "measure", "label", language).items():
        if str(units.get(k, "")):
            found[name] = f"{sectors[sector_of[k]]}{word('colon', language)}{word(f'kind_{kinds[k]}', language)}"
            found |= {unit.strip(): withheld for unit in str(units[k]).split(";") if unit.strip()}
    if case is not None:
        found |= {said(row, "label", language): withheld for table in ("existing", "projects") for row in case.tables[table]}
    return {name: found[name] for name in sorted(found, key=len, reverse=True) if len(name) > 1}


def without_ids(report: Report) -> Report:
    """The same without the column of ids, which name enterprises as labels do."""
    pages = [
        replace(
            page, tables={name: replace(part, frame=part.frame.drop(columns="_id", errors="ignore")) for name, part in page.tables.items()}
        )
        for page in report.pages
    ]
    return replace(report, pages=pages)


def _page(page: Page, names: Mapping[str, str]) -> Page:
    tables = {name: part for name, part in page.tables.items() if name not in INNER}
    kept = {
        name: [at for at, row in enumerate(part.frame.to_dict("records")) if row.get("_illustrative") is not True]
        for name, part in tables.items()
    }
    charts = [_chart(chart, kept[chart.table], names) for chart in page.charts if chart.table in kept]
    told = {name: _table(part, kept[name], names) for name, part in tables.items()}
    return replace(page, tables=told, charts=[chart for chart in charts if chart.series])


def _table(part: Table, kept: Sequence[int], names: Mapping[str, str]) -> Table:
    rows = part.frame.iloc[list(kept)].to_dict("records")
    rows = [{name: _told(value, names) if isinstance(value, str) else value for name, value in row.items()} for row in rows]
    notes, warnings = (tuple(_told(text, names) for text in texts) for texts in (part.notes, part.warnings))
    return replace(part, frame=pd.DataFrame(rows, columns=part.frame.columns), notes=notes, warnings=warnings)


def _chart(chart: Chart, kept: Sequence[int], names: Mapping[str, str]) -> Chart:
    """The same of the rows that are left; what is told of single cells is names."""
    places = {old: now for now, old in enumerate(kept)}
    series = [_series(one, places, names) for one in chart.series if one.row is None or one.row in places]
    rows = chart.rows and (0, sum(chart.rows[0] <= at <= chart.rows[1] for at in kept) - 1)
    return replace(chart, series=series, notes={}, title=_told(chart.title, names), rows=rows)


def _series(series: Series, places: Mapping[int, int], names: Mapping[str, str]) -> Series:
    row = None if series.row is None else places[series.row]
    return replace(series, name=_told(series.name, names), row=row, marked=frozenset(places[at] for at in series.marked if at in places))


def _told(text: Any, names: Mapping[str, str]) -> Any:
    for name, instead in names.items():
        text = text.replace(name, instead) if name in text else text
    return text
