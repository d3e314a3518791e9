"""CO2 and PM2.5 together: what makes the plan's difference from the usual path, and how much of one comes with the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.report.display import dust, labels, tidy
from model.report.plan.change_tables import carbon, preferred_year
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import word

AIR = "pm25"
GROUPS = ("both_fall", "carbon_falls", "air_falls", "carbon_for_air", "air_for_carbon", "both_rise")
smallest_part = 1e-4  # of the largest change of the year


def by_origin(results: xr.Dataset, case: Case | None, language: str) -> Table:
    """Origin × (ΔCO2, ΔPM2.5), plan minus usual, in 2030 and the last year; what moves most stands first."""
    found = _differences(results)
    heads = _heads(results, language) if found else {}
    acting = _acting(case, results, language) if case is not None else {}
    names = labels(results, "origin", "label", language)
    rows: list[dict[str, Any]] = []
    for origin in found:
        values = found[origin]
        group = next(kind for kind in (_group(*pair) for pair in reversed(values)) if kind)
        told = {heads[place, i]: tidy(pair[i] * _factors(results, language)[i]) for place, pair in enumerate(values) for i in (0, 1)}
        rows.append(
            {
                "item": names.get(origin, origin), "group": word(group, language), **told,
                "measures_acting": word("separator", language).join(acting.get(origin, [])),
                "_rank": (GROUPS.index(group), *values[-1]),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row["_rank"])
    kept = [{name: value for name, value in row.items() if name != "_rank"} for row in rows]
    return table(
        word("title_cobenefit", language), ["item", "group", *heads.values(), "measures_acting"], kept, [word("note_cobenefit", language)]
    )


def split(results: xr.Dataset, language: str) -> Table:
    """Of the fall in PM2.5, what comes from origins that also cut CO2 and what does not, and the other way round."""
    found, rows = list(_differences(results).values()), []
    for place, year in enumerate(_years(results) if found else []):
        pairs = np.array([values[place] for values in found])
        for i, other in ((1, 0), (0, 1)):
            (name, other_name), factor = _names(results, language, (i, other)), _factors(results, language)[i]
            falls, together = pairs[:, i] < 0, pairs[:, other] < -_least(pairs[:, other])
            fallen = -pairs[falls, i].sum() * factor
            parts = {
                word("fall_of", language).format(name, year): fallen,
                word("fall_with", language).format(other_name): -pairs[falls & together, i].sum() * factor,
                word("fall_without", language): -pairs[falls & ~together, i].sum() * factor,
                word("rise_against", language): pairs[~falls, i].sum() * factor,
            }
            unit = _units(results, language)[i]
            for line, (text, value) in enumerate(parts.items()):
                share = 100 * value / fallen if line and fallen > dust else np.nan
                rows.append({"item": text, "value": tidy(value), "unit": unit, "%": tidy(share), "_total": not line})
    return table(word("title_cobenefit_split", language), ["item", "value", "unit", "%"], rows)


def _years(results: xr.Dataset) -> list[int]:
    years = results["year"].values.tolist()
    return [preferred_year, years[-1]] if preferred_year in years[:-1] else [years[-1]]


def _pair(results: xr.Dataset) -> tuple[str, str] | None:
    found = [i for i in carbon(results) if i.startswith("co2")]
    known = set(results["indicator"].values.tolist())
    return (found[0], AIR) if found and AIR in known and "usual_contribution" in results else None


def _differences(results: xr.Dataset) -> dict[str, list[tuple[float, float]]]:
    """{origin: (ΔCO2, ΔPM2.5) in each of the years shown}, in the data's units; what is too small to see is zero."""
    pair = _pair(results)
    if pair is None:
        return {}
    apart = (results["contribution"] - results["usual_contribution"]).sel(indicator=list(pair), year=_years(results))
    apart = apart.where(abs(apart) > smallest_part * abs(apart).max("origin"), 0.0).transpose("origin", "year", "indicator")
    rows = zip(apart["origin"].values.tolist(), apart.values.tolist(), strict=True)
    return {str(origin): [(float(a), float(b)) for a, b in values] for origin, values in rows if np.any(values)}


def _least(values: np.ndarray) -> float:
    return smallest_part * float(np.abs(values).max(initial=0.0))


def _group(co2: float, air: float) -> str | None:
    if co2 < 0:
        return "both_fall" if air < 0 else "air_for_carbon" if air > 0 else "carbon_falls"
    if air < 0:
        return "carbon_for_air" if co2 > 0 else "air_falls"
    return "both_rise" if co2 > 0 or air > 0 else None


def _units(results: xr.Dataset, language: str) -> tuple[str, str]:
    return tuple(display_unit(_unit(results, i), language)[0] for i in _pair(results) or ())  # type: ignore[return-value]


def _factors(results: xr.Dataset, language: str) -> tuple[float, float]:
    return tuple(display_unit(_unit(results, i), language)[1] for i in _pair(results) or ())  # type: ignore[return-value]


def _unit(results: xr.Dataset, indicator: str) -> str:
    return str(results["indicator_unit"].sel(indicator=indicator).item())


def _names(results: xr.Dataset, language: str, order: tuple[int, int]) -> tuple[str, str]:
    pair, names = _pair(results) or ("", ""), labels(results, "indicator", "label", language)
    return names[pair[order[0]]], names[pair[order[1]]]


def _heads(results: xr.Dataset, language: str) -> dict[tuple[int, int], str]:
    short, units = ("CO2", "PM2.5"), _units(results, language)
    return {(place, i): f"{short[i]} {year} ({units[i]})" for place, year in enumerate(_years(results)) for i in (0, 1)}


def _acting(case: Case, results: xr.Dataset, language: str) -> dict[str, list[str]]:
    """{technology: labels of the measures that act on it and are taken up}."""
    names = labels(results, "measure", "label", language)
    taken = (abs(results["build"]).max("build_year") > dust).values
    active: set[Any] = set(results["measure"].values[taken].tolist())
    found: dict[str, list[str]] = {}
    for row in case.tables["effects"]:
        if row.measure in active and names[row.measure] not in found.setdefault(row.item, []):
            found[row.item].append(names[row.measure])
    return found
