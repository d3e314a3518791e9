"""Where a change of emissions comes from: measures, usual growth, the rest of the city, purchased power, the backstop."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from model.report.display import attributes, labels
from model.report.tables import Table, by_year, table
from model.report.units import display_unit
from model.report.words import word
from model.results.headline import beside

preferred_year = 2030


def carbon(results: xr.Dataset) -> list[str]:
    """The CO2 indicators of the first page: headline ones, else any, else the first headline indicator."""
    headline = attributes(results, "indicator", "indicator_headline")
    found = [i for i in headline if i.startswith("co2")]
    first = [i for i in found if headline[i]] or found[:1]
    return first or [i for i, yes in headline.items() if yes][:1]


def drawn_indicators(results: xr.Dataset) -> list[str]:
    """Those whose paths are drawn: CO2, and PM2.5 where a case has it."""
    return [*carbon(results), *(["pm25"] if "pm25" in results["indicator"].values else [])]


def with_beside(results: xr.Dataset, chosen: Sequence[str]) -> list[str]:
    """Indicators, and after them what is told beside any."""
    return list(dict.fromkeys([*chosen, *(other.indicator for i in chosen for other in beside(results, i))]))


def change_parts(results: xr.Dataset, language: str) -> Table:
    """Indicator × part × year: where the change since the base year comes from."""
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    base, years = int(results.attrs["base_year"]), results["year"].values.tolist()
    rows = []
    for i in with_beside(results, carbon(results)):
        unit, factor = display_unit(units[i], language)
        parts = results["fall"].sel(indicator=i).transpose("part", "year")
        lines = [(word(p, language), values, False) for p, values in zip(parts["part"].values.tolist(), parts.values, strict=True)]
        lines.append((word("change", language).format(base), parts.values.sum(axis=0), True))
        rows += [
            {"indicator": names[i], "path": part, "unit": unit, base: 0.0, **by_year(years, values, factor), "_total": total}
            for part, values, total in lines
        ]
    return table(word("title_change", language), ["indicator", "path", "unit", base, *years], rows, [word("note_parts", language)])


def change_in_brief(results: xr.Dataset, language: str) -> Table:
    """The same in 2030 and the last year, one line for each part, for the first page."""
    whole, years = change_parts(results, language), results["year"].values.tolist()
    chosen = [preferred_year, years[-1]] if preferred_year in years[:-1] else [years[-1]]
    frame = whole.frame.assign(item=whole.frame["indicator"] + word("colon", language) + whole.frame["path"])
    marks = [name for name in frame if str(name).startswith("_")]
    return Table(whole.title, frame[["item", chosen[0], "unit", *chosen[1:], *marks]], whole.notes)
