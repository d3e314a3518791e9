"""Past targets judged: by the official result, else by the published value, else by the model, which alone never says that one was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
import xarray as xr

from model.case.parameters.numbers import Numbers
from model.case.parameters.targets import published as published_value
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.results.builds_alone import told_by_record
from model.results.targets import target_results

By = Literal["official", "published", "model"]
Source = Literal["published", "model"]


@dataclass(frozen=True)
class Judged:
    """A target in a year that has passed: whether it was met, and who says so; `required` and `achieved` in the target's own unit.

    `achieved` is the published value, or what the model makes of the past, as `achieved_by` says; `document` is the number of the official
    result. What is met by the model alone may still be told `by_record`: builds alone move it, and all of them are recorded. The amount `agrees`
    with an official result, or would say otherwise. Of a target that is not in force there is but the official result: what it requires and achieves is NaN.
    """

    target: str
    year: int
    met: bool
    by: By
    required: float
    achieved: float
    unit: str
    document: str = ""
    achieved_by: Source = "model"
    by_record: bool = False
    agrees: bool = True

    @property
    def missed(self) -> bool:
        """Missed is said on an official result or a published value alone."""
        return not self.met and self.by != "model"


def judged(
    case: Case, data: xr.Dataset, indicators: xr.DataArray, *, before: int, words: Mapping[tuple[str, int], str] = MappingProxyType({})
) -> tuple[Judged, ...]:  # fmt: skip
    """Every target row of the years before `before`, and every official result of them, also where the target is left out.

    `indicators` (indicator, year) are the model's, `data` the parameters they come of; `words` {(measure, modelled year): how an amount is known}.
    """
    lookup, numbers, published = Lookup(case), Numbers(case, ()), dict[tuple[str, int], float]()
    for indicator, year in {
        (str(i), int(y)) for i, y in zip(data["target_term_indicator"].values, data["target_term_year"].values, strict=True)
    }:
        value = published_value(case, numbers, indicator, year)
        if not np.isnan(value):
            published[indicator, year] = value
    official = {(row.target, row.year): row for row in case.tables["official"]}
    model = target_results(data, indicators)
    replaced = indicators.copy()
    for (indicator, year), value in published.items():
        if indicator in replaced["indicator"].values and year in replaced["year"].values:
            replaced.loc[{"indicator": indicator, "year": year}] = value
    by_record = target_results(data, replaced)
    rows = data["target_term_row"].values
    terms = list(zip(data["target_term_indicator"].values.tolist(), data["target_term_year"].values.tolist(), strict=True))
    found = dict[tuple[str, int], Judged]()
    for row in range(model.sizes["target_row"]):
        target, year = str(model["row_target"].values[row]), int(model["row_year"].values[row])
        if year >= before:
            continue
        mine = [terms[place] for place in np.flatnonzero(rows == row)]
        known = all(term in published for term in mine)
        told = by_record if known else model
        one = Judged(
            target, year, bool(told["met"].values[row]), "published" if known else "model", float(told["required"].values[row]),
            float(told["achieved"].values[row]), str(told["row_unit"].values[row]), achieved_by="published" if known else "model",
        )  # fmt: skip
        if (target, year) in official:
            said = official[target, year]
            one = replace(one, met=said.result == "met", by="official", document=said.document, agrees=one.met == (said.result == "met"))
        elif one.met and not known:
            one = replace(one, by_record=told_by_record(case, lookup, {str(i) for i, _ in mine}, words, until=year))
        other = found.get((target, year))
        found[target, year] = one if other is None or not one.met else other  # a band is met where both its sides are
    units = {row.id: row.unit for row in case.tables["targets"]}
    for (target, year), said in official.items():
        if year < before and (target, year) not in found:
            found[target, year] = Judged(target, year, said.result == "met", "official", np.nan, np.nan, units[target], said.document)
    return tuple(found.values())
