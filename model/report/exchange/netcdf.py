"""A plan's results by the year and by the hour as one Dataset that explains itself: a name and a unit for each variable, after the CF conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import xarray as xr

from model.report.display import case_title
from model.report.exchange.own_tables import own_rows
from model.report.words import in_data, word

CONVENTIONS = "CF-1.11"
LABELS = ("label", "clause_label", "county_label", "payer_label", "bureaus_label", "payers_label")


@dataclass(frozen=True)
class Described:
    """What a variable is called in each language. `unit` is that of all its values; of `unit_of` it is that of the row, as another variable says it."""

    unit: str
    unit_of: str
    names: Mapping[str, str]


@cache
def described() -> dict[str, Described]:
    """{variable: what it is called}."""
    return {
        row["variable"]: Described(row["unit"], row["unit_of"], {name: row[name] for name in ("name_en", "name_zh")})
        for row in own_rows("netcdf_variables.csv")
    }


def described_results(results: xr.Dataset, hours: xr.Dataset, manifest: Mapping[str, Any], language: str) -> xr.Dataset:
    """Both parts of a run in one. A unit that differs by row stands in the variable named by `units_of_rows`; labels keep the dims' names."""
    whole = xr.merge([results, hours], combine_attrs="drop", compat="no_conflicts", join="outer").copy()
    for name, column in whole.variables.items():
        column.attrs = _attributes(str(name), language, whole)
    title = case_title(results, language)
    whole.attrs = {
        "Conventions": CONVENTIONS, "title": f"{title}: {manifest.get('run', '')}", "source": f"measures {version('measures')}",
        "history": f"{manifest.get('created', '')}: {word('netcdf_solved', language)}", "comment": word("netcdf_comment", language),
        **{name: value for name, value in results.attrs.items() if name in ("case", "base_year", "decide_from")},
        "status": str(manifest.get("status", "")), "language": language,
    }  # fmt: skip
    return whole


def _attributes(name: str, language: str, whole: xr.Dataset) -> dict[str, str]:
    known = described().get(name)
    if known is None:
        return _of_label(name, language)
    found = {"long_name": known.names[in_data("name", language)]}
    if known.unit:
        found["units"] = known.unit
    if known.unit_of:
        found["units_of_rows"] = known.unit_of
        if known.unit_of in whole:
            found["ancillary_variables"] = known.unit_of
    return found


def _of_label(name: str, language: str) -> dict[str, str]:
    """What a label is called: of which dim, and in which language it is."""
    for what in LABELS:
        for spoken in ("en", "zh"):
            dim = name.removesuffix(f"_{what}_{spoken}")
            if dim != name and dim in described():
                return {"long_name": word("netcdf_label", language).format(dim=dim, what=what.replace("_", " "), language=spoken)}
    return {}
