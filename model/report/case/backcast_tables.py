"""The record against the model as tables: figures held out and figures that fix it, what the province says beside it, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.report.case.coverage_tables import labels_of
from model.report.display import decimals, shown, tidy
from model.report.pages.page import Page, Report
from model.report.tables import Table, table
from model.report.units import display_unit, spelled_unit
from model.report.words import said, word
from model.results.backcast import Backcast, Beside, Compared, backcast


def backcast_report(made: Backcast, case: Case, language: str) -> Report:
    """The back-cast alone, for a workbook or for tables as files."""
    title, subject = said(case.header, "label", language), backcast_title(made, language)
    return Report(title, subject, language, [backcast_page(made, case, language)])


def backcast_page(made: Backcast, case: Case, language: str) -> Page:
    """One page of a case's certificate; tables without rows are left out, but for the first."""
    parts = {
        "backcast": compared_table(made, case, language),
        "backcast-beside": beside_table(made, case, language),
        "backcast-unanswered": unanswered_table(made, case, language),
    }
    return Page(
        "backcast",
        {name: part for name, part in parts.items() if name == "backcast" or len(part.frame)},
        named_by=2,
        filtered=True,
        background=True,
    )


def of_run(results: xr.Dataset, manifest: Mapping[str, Any], case: Case) -> Backcast | None:
    """The back-cast of the past that a run rests on; None where decisions begin with the first year or nothing is published."""
    base, since = int(results.attrs["base_year"]), int(results.attrs["decide_from"])
    past = [int(year) for year in results["year"].values if year < since]
    if not past or not (case.tables["facts"] or case.tables["figures"]):
        return None
    values, first = results["indicator_value"].transpose("indicator", "year"), results["base_indicator"]
    account = {
        str(i): {base: float(first.sel(indicator=i)), **dict(zip(past, row[: len(past)], strict=True))}
        for i, row in zip(values["indicator"].values, values.values.tolist(), strict=True)
    }
    return backcast(case, account, first=base, last=past[-1], days=int(manifest.get("days", 0)))


def backcast_title(made: Backcast, language: str) -> str:
    """Of which years it tells."""
    return word("title_backcast", language).format(made.first, made.last)


def compared_table(made: Backcast, case: Case, language: str) -> Table:
    """Every published figure with the model's value: the held out ones first, which alone count."""
    names = labels_of(case, language)
    rows = [compared_row(one, names, language) for one in made.compared]
    columns = ["backcast_kind", "year", "indicator", "unit", "by_model", "published", "off_by", "range", "status", "source"]
    return table(backcast_title(made, language), columns, rows, [word("note_backcast", language)])


def compared_row(one: Compared, names: Mapping[str, str], language: str) -> dict[str, Any]:
    unit, factor = display_unit(one.unit, language)
    spread = [end * factor for end in (one.low, one.high)]
    places = decimals([one.published * factor], unit)
    return {
        "backcast_kind": word(f"backcast_{one.kind}", language), "year": one.year, "indicator": names[one.fact], "unit": unit,
        "by_model": tidy(one.model * factor), "published": tidy(one.published * factor),
        "off_by": word("none_of_nothing", language) if np.isnan(one.error) else percent_off(one.error),
        "range": "–".join("" if np.isnan(end) else shown(end, places) for end in spread) if not all(map(np.isnan, spread)) else "",
        "status": word(f"status_{one.status}", language), "source": one.source, "_total": one.kind == "held_out",
    }  # fmt: skip


def percent_off(error: float) -> str:
    """A share as signed per cent.

    >>> percent_off(0.0335), percent_off(-0.2), percent_off(1e-12)
    ('+3.4 %', '-20.0 %', '0.0 %')
    """
    told = f"{100 * error:+.1f} %"
    return "0.0 %" if told in ("+0.0 %", "-0.0 %") else told


def beside_table(made: Backcast, case: Case, language: str) -> Table:
    """Targets whose values nobody published for the city, and the province's figures beside the model's."""
    names, figures = labels_of(case, language), {row.id: row for row in case.tables["figures"]}
    rows = [
        {
            "target": names[one.target], "year": one.year, "unit": display_unit(one.unit, language)[0], "by_model": in_own_unit(one, language),
            "published_of_city": word("not_published", language), "of_province": names[name], "value": figures[name].value,
            "province_unit": figures[name].unit, "source": figures[name].source,
        }
        for one in made.beside
        for name in one.figures
    ]  # fmt: skip
    columns = ["target", "year", "unit", "by_model", "published_of_city", "of_province", "value", "province_unit", "source"]
    return table(word("title_backcast_beside", language), columns, rows)


def in_own_unit(one: Beside, language: str) -> float:
    """What the model makes of a target, in the unit that is shown."""
    return tidy(one.model * display_unit(one.unit, language)[1])


def unanswered_table(made: Backcast, case: Case, language: str) -> Table:
    """What was published and has no counterpart, each with its reason."""
    known = {row.id: row for name in ("figures", "facts") for row in case.tables[name]}
    rows = [
        {
            "year": one.year, "figure": said(row, "label", language), "value": row.value, "unit": spelled_unit(row.unit, language) if one.outside else row.unit,
            "reason": word("figure_outside", language) if one.outside else said(row, "reason", language),
            "status": word(f"status_{row.status}", language), "source": row.source,
        }
        for one in made.unanswered
        for row in [known[one.figure]]
    ]  # fmt: skip
    columns = ["year", "figure", "value", "unit", "reason", "status", "source"]
    return table(word("title_backcast_unanswered", language), columns, rows)
