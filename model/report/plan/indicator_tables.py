"""Indicators by year, beside their baselines, by sector and under each convention."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from model.report.display import attributes, dust, labels, tidy
from model.report.plan.target_tables import limit_path, targets_not_drawn
from model.report.tables import Table, by_year, table
from model.report.units import display_unit
from model.report.words import word, word_or
from model.results.headline import beside

PATHS = ("plan", "usual", "free")
MILESTONES = (2025, 2030)


def indicators(results: xr.Dataset, language: str) -> Table:
    """Indicator × path (plan, usual, no targets) × year, base year first, headline indicators on top."""
    names, headline = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_headline")
    chosen = sorted(names, key=lambda i: (not headline[i], names[i]))
    rows = [row for i in chosen for row in _paths(results, i, language) if headline[i] or row["_path"] == "plan"]
    rows = [row for row in rows if any(isinstance(value, float) and value for value in row.values())]
    return table(word("title_indicators", language), ["indicator", "path", "unit", *years_shown(results)], rows)


def carbon_path(results: xr.Dataset, indicator: str, language: str) -> Table:
    """One indicator's plan, baselines and what its targets leave, for the chart."""
    name = labels(results, "indicator", "label", language)[indicator]
    unit, factor = display_unit(str(attributes(results, "indicator", "indicator_unit")[indicator]), language)
    rows = _paths(results, indicator, language)
    for other in beside(results, indicator):
        rows += [row | {"path": row["indicator"], "_path": "beside"} for row in _paths(results, other.indicator, language)[:1]]
    limits = {year: tidy(value * factor) for year, value in limit_path(results, indicator).items()}
    if limits:
        rows.append({"indicator": name, "path": word("limit", language), "unit": unit, "_path": "limit", **limits})
    apart = word("separator", language).join(targets_not_drawn(results, indicator, language))
    notes = [word("note_not_drawn", language).format(apart)] if apart else []
    return table(word("title_carbon_path", language).format(name), ["indicator", "path", "unit", *years_shown(results)], rows, notes)


def years_shown(results: xr.Dataset) -> list[int]:
    """The base year and the modelled years."""
    return [int(results.attrs["base_year"]), *results["year"].values.tolist()]


def _paths(results: xr.Dataset, i: str, language: str) -> list[dict]:
    unit, factor = display_unit(str(attributes(results, "indicator", "indicator_unit")[i]), language)
    base = float(results["base_indicator"].sel(indicator=i))
    solved = results["baseline"].values.tolist()
    values = {"plan": results["indicator_value"].sel(indicator=i).values}
    values |= {name: results["baseline_indicator"].sel(baseline=name, indicator=i).values for name in PATHS if name in solved}
    name = labels(results, "indicator", "label", language)[i]
    return [
        {
            "indicator": name, "path": word(path, language), "unit": unit, "_path": path,
            **by_year(years_shown(results), [base, *amounts], factor),
        }
        for path, amounts in values.items()
    ]  # fmt: skip


def nonfossil_shares(results: xr.Dataset, language: str) -> Table:
    """Non-fossil share of energy under every convention the case accounts for; the one its targets use in bold."""
    stands, variant = attributes(results, "indicator", "indicator_stands_for"), attributes(results, "indicator", "indicator_variant")
    headline, names = attributes(results, "indicator", "indicator_headline"), labels(results, "indicator", "label", language)
    totals = {variant[i]: i for i, generic in stands.items() if generic == "energy_total"}
    rows: list[dict[Any, Any]] = []
    for i in sorted(i for i, generic in stands.items() if generic == "nonfossil_energy" and variant[i] in totals):
        whole = totals[variant[i]]
        parts = [float(results["base_indicator"].sel(indicator=i)), *results["indicator_value"].sel(indicator=i).values.tolist()]
        wholes = [float(results["base_indicator"].sel(indicator=whole)), *results["indicator_value"].sel(indicator=whole).values.tolist()]
        shares = [100 * part / all_ if all_ > dust else np.nan for part, all_ in zip(parts, wholes, strict=True)]
        told = {"indicator": names[i], "path": word("plan", language), "unit": "%", "_total": bool(headline[i])}
        rows.append(told | by_year(years_shown(results), shares))
    return table(word("title_share", language), ["indicator", "path", "unit", *years_shown(results)], rows)


def nonfossil_in_brief(results: xr.Dataset, language: str) -> Table:
    """The same in the base year, 2025, 2030 and the last year, for the first page."""
    whole, years = nonfossil_shares(results, language), years_shown(results)
    chosen = [year for year in dict.fromkeys([years[0], *MILESTONES, years[-1]]) if year in years]
    frame = whole.frame.rename(columns={"indicator": "item"})
    return Table(word("title_share_brief", language), frame[["item", chosen[0], "unit", *chosen[1:], *_marks(frame)]])


def _marks(frame: Any) -> list[str]:
    return [name for name in frame.columns if str(name).startswith("_")]


def sector_contributions(results: xr.Dataset, language: str) -> Table:
    """What each sector adds to each headline indicator, base year first; the sectors add up to the total."""
    names, units = labels(results, "indicator", "label", language), attributes(results, "indicator", "indicator_unit")
    headline, group_of = attributes(results, "indicator", "indicator_headline"), _groups(results, language)
    now = results["contribution"].transpose("indicator", "origin", "year")
    before = results["base_contribution"].transpose("indicator", "origin")
    groups = [group_of[o] for o in now["origin"].values.tolist()]
    rows: list[dict[Any, Any]] = []
    for place, i in enumerate(now["indicator"].values.tolist()):
        if not headline.get(i):
            continue
        unit, factor = display_unit(units[i], language)
        whole = np.column_stack([before.values[place], now.values[place]]) * factor
        for group in sorted(set(groups)):
            path = by_year(years_shown(results), whole[[g == group for g in groups]].sum(axis=0))
            if any(path.values()):
                rows.append({"indicator": names[i], "sector": group, "unit": unit, "_total": False} | path)
        total = {"indicator": names[i], "sector": word("total", language), "unit": unit, "_total": True}
        rows.append(total | by_year(years_shown(results), whole.sum(axis=0)))
    rows.sort(key=lambda row: row["indicator"])
    return table(word("title_sectors", language), ["indicator", "sector", "unit", *years_shown(results)], rows)


def _groups(results: xr.Dataset, language: str) -> dict[str, str]:
    """{origin: its sector's label}, or what kind of thing it is where it has no sector."""
    sectors = labels(results, "sector", "label", language)
    sector_of = attributes(results, "technology", "technology_sector") | attributes(results, "measure", "measure_sector")
    kinds = attributes(results, "origin", "origin_kind")
    return {
        o: sectors[sector_of[o]] if o in sector_of else word_or(f"origin_{kind}", language, word("origin_other", language))
        for o, kind in kinds.items()
    }
