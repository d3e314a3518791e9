"""A share under every convention that the case accounts for: where its target holds, and where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import xarray as xr

tolerance = 1e-6


@dataclass(frozen=True)
class UnderConventions:
    """A target on a share in its own year: `required` and `shares` {convention: share} in `unit`, met as they stand; `own` is the case's convention."""

    target: str
    year: int
    sense: str
    required: float
    unit: str
    own: str
    shares: Mapping[str, float]

    def holds(self, convention: str) -> bool:
        apart = (self.shares[convention] - self.required) * (-1.0 if self.sense == "<=" else 1.0)
        return apart >= -tolerance * max(1.0, abs(self.required))


def under_conventions(results: xr.Dataset) -> list[UnderConventions]:
    """Every target on a share whose indicator and reference have several variants, in the first modelled year from its own on; by year."""
    columns = results.variables
    if "indicator_variant" not in columns or not results.sizes.get("target_row") or "target_form" not in columns:
        return []
    told = {name: columns[f"indicator_{name}"].values.tolist() for name in ("stands_for", "variant")}
    names = columns["indicator"].values.tolist()
    generic, variant = dict(zip(names, told["stands_for"], strict=True)), dict(zip(names, told["variant"], strict=True))
    place = {(of, kind): name for name, of, kind in zip(names, told["stands_for"], told["variant"], strict=True) if of}
    targets = {
        t: (form, reference, int(dated))
        for t, form, reference, dated in zip(
            *(columns[name].values.tolist() for name in ("target", "target_form", "target_reference", "target_dated")), strict=True
        )
    }
    rows = zip(
        *(columns[name].values.tolist() for name in ("row_target", "row_indicator", "row_year", "row_sense", "required", "row_unit")),
        strict=True,
    )
    found = dict[str, UnderConventions]()
    for target, indicator, year, sense, required, unit in sorted(rows, key=lambda row: (row[0], row[2])):
        form, reference, dated = targets[target]
        of, against = generic.get(indicator, ""), generic.get(reference, reference) or reference
        kinds = [kind for (one, kind) in place if one == of and (against, kind) in place]
        if form == "share" and of and len(kinds) > 1 and year >= dated and target not in found:
            value = results["indicator_value"].sel(year=year)
            scale = 100.0 if unit == "%" else 1.0
            shares = {
                kind: scale * float(value.sel(indicator=place[of, kind])) / max(float(value.sel(indicator=place[against, kind])), tolerance)
                for kind in kinds
            }
            found[target] = UnderConventions(target, int(year), str(sense), float(required), str(unit), str(variant[indicator]), shares)
    return sorted(found.values(), key=lambda one: (one.year, one.target))
