"""The path of a share against its target and the usual path: how much of the energy is non-fossil."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from model.case.tables.forms import FORMS
from model.case.units.registry import factor
from model.report.display import attributes, dust, labels
from model.report.plan.indicator_tables import PATHS, years_shown
from model.report.plan.target_tables import rows_about
from model.report.tables import Table, by_year, table
from model.report.words import word

PART, WHOLE = "nonfossil_energy", "energy_total"


def share_path(results: xr.Dataset, language: str) -> Table | None:
    """Path × year of the non-fossil share in the convention of its targets, %; None where a case has no such share."""
    part = _headline(results)
    whole = _of_same_convention(results, part) if part else None
    if part is None or whole is None:
        return None
    name, years = word("share_named", language).format(labels(results, "indicator", "label", language)[part]), years_shown(results)
    solved = results["baseline"].values.tolist()
    rows = [_row(name, "plan", _share(results["indicator_value"], results["base_indicator"], part, whole), years, language)]
    rows += [
        _row(name, path, _share(results["baseline_indicator"].sel(baseline=path), results["base_indicator"], part, whole), years, language)
        for path in PATHS
        if path in solved
    ]
    limits = _limits(results, part)
    if limits:
        rows.append({"indicator": name, "path": word("limit", language), "unit": "%", "_path": "limit", **limits})
    return table(word("title_carbon_path", language).format(name), ["indicator", "path", "unit", *years], rows)


def _headline(results: xr.Dataset) -> str | None:
    stands, headline = attributes(results, "indicator", "indicator_stands_for"), attributes(results, "indicator", "indicator_headline")
    found = sorted((i for i, generic in stands.items() if PART in (generic, i)), key=lambda i: not headline[i])
    return found[0] if found else None


def _of_same_convention(results: xr.Dataset, part: str) -> str | None:
    stands, variant = attributes(results, "indicator", "indicator_stands_for"), attributes(results, "indicator", "indicator_variant")
    return next((i for i, generic in stands.items() if WHOLE in (generic, i) and variant[i] == variant[part]), None)


def _share(now: xr.DataArray, before: xr.DataArray, part: str, whole: str) -> np.ndarray:
    """%, base year first."""
    parts, wholes = (np.array([float(before.sel(indicator=i)), *now.sel(indicator=i).values.tolist()]) for i in (part, whole))
    return np.divide(100 * parts, wholes, out=np.full(len(parts), np.nan), where=np.abs(wholes) > dust)


def _row(name: str, path: str, shares: np.ndarray, years: list[int], language: str) -> dict[Any, Any]:
    return {"indicator": name, "path": word(path, language), "unit": "%", "_path": path, **by_year(years, shares)}


def _limits(results: xr.Dataset, part: str) -> dict[int, float]:
    """{year: the share that targets ask for, %}, the largest where several do."""
    forms, found = attributes(results, "target", "target_form"), dict[int, float]()
    for place in rows_about(results, part):
        form = FORMS[forms[str(results["row_target"].values[place])]]
        if form.reference == "indicators" and form.of_year and not form.change_from and str(results["row_sense"].values[place]) != "<=":
            year, asked = int(results["row_year"].values[place]), 100 * factor(str(results["row_unit"].values[place]), "1")
            found[year] = max(found.get(year, 0.0), float(results["required"].values[place]) * asked)
    return dict(sorted(found.items()))
