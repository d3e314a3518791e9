"""What of a page may leave the house: no names of units or of measures that are about named units, nothing that rests on no public list, no run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
import xarray as xr

from model.case.read.case import Case
from model.case.tables.columns import Labelled
from model.report.display import attributes, labels
from model.report.pages.page import Chart, Page, Report, Series
from model.report.tables import Table
from model.report.words import said, word

STANDING = ("target", "technology", "commodity", "indicator", "market", "payer", "sector", "coupling", "ramp")
MARKS = ";；:：/"
IDS = ("lever_id", "scenario_id")  # names in the case, which name enterprises as labels do
INNER = ("unit-calendar", "leaning", "about")  # names, estimates, and how the run was asked


@dataclass(frozen=True)
class Withheld:
    """`instead` of each name what stands for it; the labels in `standing` hold such a name and are told as they are; the names in `common` are words of
    such labels, which are withheld only where they are all that is told between two marks."""

    instead: Mapping[str, str]
    standing: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()

    def told(self, text: str) -> str:
        """A text without the names, of two that begin alike the longer first."""
        if not any(name in text for name in self.instead):
            return text
        return self._names.sub(lambda found: self.instead.get(found[0], found[0]), text)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        names = sorted({*self.instead, *self.standing}, key=lambda name: (-len(name), name))
        alone = f"(?:^|(?<=[{MARKS}])|(?<=[{MARKS}] )){{}}(?= *(?:$|[{MARKS}]))"
        return re.compile(
            "|".join(alone.format(re.escape(name)) if name in self.common else re.escape(name) for name in names), re.MULTILINE
        )


def public_report(report: Report, names: Withheld) -> Report:
    """A page with the names that are withheld replaced by what stands for them, rows that are illustrative left out, and what tells of the run as well."""
    pages = [_page(page, names) for page in report.pages]
    front = report.front
    if front is not None:
        front = replace(
            front, answers=[(question, _told(answer, names)) for question, answer in front.answers], supply=_told(front.supply, names)
        )
    return replace(report, pages=[page for page in pages if page.tables], version="", front=front)


def names_withheld(results: xr.Dataset, case: Case | None, language: str) -> Withheld:
    """What is withheld in a language: measures about named units by sector and kind; units, plants and projects not at all.

    Labels of all else (technologies, targets, indicators, other measures) stand as they are, also where a stock, a plant or a project is called like one.
    """
    sectors, sector_of = labels(results, "sector", "label", language), attributes(results, "measure", "measure_sector")
    units, kinds = attributes(results, "measure", "measure_unit_names"), attributes(results, "measure", "measure_kind")
    withheld, found = word("not_named", language), dict[str, str]()
    standing = {
        name for kind in STANDING if f"{kind}_label_{language}" in results for name in labels(results, kind, "label", language).values()
    }
    for k, name in labels(results, "measure", "label", language).items():
        if str(units.get(k, "")):
            found[name] = f"{sectors[sector_of[k]]}{word('colon', language)}{word(f'kind_{kinds[k]}', language)}"
            found |= {unit.strip(): withheld for unit in str(units[k]).split(";") if unit.strip()}
        else:
            standing.add(name)
    proper = frozenset(found)
    if case is not None:
        rows = [(table, row) for table, some in case.tables.items() for row in some if isinstance(row, Labelled)]
        standing |= {said(row, "label", language) for table, row in rows if table not in ("existing", "projects", "measures")}
        found |= {said(row, "label", language): withheld for table, row in rows if table in ("existing", "projects")} | found
    instead = {name: text for name, text in found.items() if len(name) > 1 and name not in standing}
    holding = frozenset(label for label in standing if any(name in label for name in instead))
    common = frozenset(name for name in instead if name not in proper and any(name in label for label in holding))
    return Withheld(instead, holding, common)


def without_ids(report: Report) -> Report:
    """The same without the column of ids, which name enterprises as labels do."""
    pages = [
        replace(
            page, tables={name: replace(part, frame=part.frame.drop(columns="_id", errors="ignore")) for name, part in page.tables.items()}
        )
        for page in report.pages
    ]
    return replace(report, pages=pages)


def _page(page: Page, names: Withheld) -> Page:
    tables = {name: part for name, part in page.tables.items() if name not in INNER}
    kept = {
        name: [at for at, row in enumerate(part.frame.to_dict("records")) if row.get("_illustrative") is not True]
        for name, part in tables.items()
    }
    charts = [_chart(chart, kept[chart.table], names) for chart in page.charts if chart.table in kept]
    told = {name: _table(part, kept[name], names) for name, part in tables.items()}
    return replace(page, tables=told, charts=[chart for chart in charts if chart.series])


def _table(part: Table, kept: Sequence[int], names: Withheld) -> Table:
    frame = part.frame.drop(columns=[name for name in IDS if name in part.frame])
    frame = frame.rename(columns={name: _told(name, names) for name in frame.columns})
    rows = frame.iloc[list(kept)].to_dict("records")
    rows = [{name: _told(value, names) if isinstance(value, str) else value for name, value in row.items()} for row in rows]
    notes, warnings = (tuple(_told(text, names) for text in texts) for texts in (part.notes, part.warnings))
    links = {_told(note, names): goal for note, goal in part.links.items()}
    return replace(
        part, title=_told(part.title, names), frame=pd.DataFrame(rows, columns=frame.columns), notes=notes, warnings=warnings, links=links
    )


def _chart(chart: Chart, kept: Sequence[int], names: Withheld) -> Chart:
    """The same of the rows that are left; what is told of single cells is names."""
    places = {old: now for now, old in enumerate(kept)}
    series = [_series(one, places, names) for one in chart.series if one.row is None or one.row in places]
    rows = chart.rows and (0, sum(chart.rows[0] <= at <= chart.rows[1] for at in kept) - 1)
    explored = {table: {_told(head, names): _told(said, names) for head, said in heads.items()} for table, heads in chart.explored.items()}
    along = tuple(_told(head, names) for head in chart.along) if isinstance(chart.along, tuple) else _told(chart.along, names)
    axes = {"x": _told(chart.x, names), "y": _told(chart.y, names)}
    return replace(chart, series=series, notes={}, title=_told(chart.title, names), rows=rows, along=along, explored=explored, **axes)


def _series(series: Series, places: Mapping[int, int], names: Withheld) -> Series:
    row = None if series.row is None else places[series.row]
    return replace(
        series,
        name=_told(series.name, names),
        column=_told(series.column, names),
        row=row,
        marked=frozenset(places[at] for at in series.marked if at in places),
    )


def _told(text: Any, names: Withheld) -> Any:
    return names.told(text) if isinstance(text, str) else text
