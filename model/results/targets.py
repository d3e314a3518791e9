"""Targets in the plan's own measure: required, achieved, slack, binding."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from model.results.accounts import Columns

binding_tolerance = 1e-4
nothing = 1e-9
nothing_left = 1e-6  # what the solver's own tolerance leaves of nothing


def target_results(parameters: xr.Dataset, indicator_value: xr.DataArray) -> xr.Dataset:
    """One record for each target and year in force, dim `target_row`.

    `value` (what the plan says), `required` (with the band of "about") and `achieved` are in the target's own unit; slack
    ≥ 0 means met, in that unit; binding means met with nothing to spare; `row_short` is what the row itself lacks, relative
    to its size. A share of a negative amount is not `meant`: the row turns round there, so it is never met. A change from
    nothing is met by nothing alone; any other amount has no share of it, and `achieved` and slack are NaN.
    Indicators have dims indicator, year.
    """
    p = parameters.variables
    rows = parameters.sizes.get("target_row", 0)
    left = np.zeros(rows)
    value = _amounts(indicator_value)
    terms = np.array(
        [value[i, y] for i, y in zip(p["target_term_indicator"].values, p["target_term_year"].values, strict=True)], dtype=float
    )
    np.add.at(left, p["target_term_row"].values, p["target_term_value"].values * terms)
    own = [_own(p, value, row) for row in range(rows)]
    achieved, said, required, scale = (np.array([one[part] for one in own]) for part in range(4))
    over = np.where(p["target_sense"].values == ">=", 1.0, -1.0) * (left - p["target_limit"].values)
    over = np.where(p["target_sense"].values == "==", -np.abs(left - p["target_limit"].values), over)
    meant = scale > 0
    size = np.maximum(1.0, np.maximum(np.abs(left), np.abs(p["target_limit"].values)))
    unit = p["target_unit_factor"].values
    return xr.Dataset(
        {
            "row_target": ("target_row", p["target_target"].values),
            "row_indicator": ("target_row", p["target_indicator"].values),
            "row_year": ("target_row", p["target_year"].values),
            "row_sense": ("target_row", p["target_sense"].values),
            "row_unit": ("target_row", p["target_unit"].values),
            "row_size": ("target_row", size),
            "row_enforced": ("target_row", p["target_enforced"].values),
            "row_base_year": ("target_row", p["target_base_year"].values),
            "row_counted_from": ("target_row", p["target_counted_from"].values),
            "row_published": ("target_row", p["target_published"].values),
            "value": ("target_row", said / unit),
            "required": ("target_row", required / unit),
            "achieved": ("target_row", achieved / unit),
            "slack_in_unit": (
                "target_row",
                np.where(scale == 0, np.nan, np.where(meant, over, -np.abs(over)) / np.where(scale == 0, 1.0, np.abs(scale)) / unit),
            ),
            "row_short": ("target_row", np.maximum(0.0, -over) / size),
            "meant": ("target_row", meant),
            "met": ("target_row", meant & (over >= -1e-6 * size)),
            "binding": ("target_row", meant & (np.abs(over) <= binding_tolerance * size)),
        }
    )


def _amounts(indicator_value: xr.DataArray) -> dict[tuple[str, int], float]:
    """{(indicator, year): amount}."""
    of = indicator_value.transpose("indicator", "year")
    indicators, years = (of[dim].values.tolist() for dim in of.dims)
    return {(i, y): amount for i, row in zip(indicators, of.values.tolist(), strict=True) for y, amount in zip(years, row, strict=True)}


def _own(p: Columns, value: Mapping[tuple[str, int], float], row: int) -> tuple[float, float, float, float]:
    """Achieved, said by the plan, required, and the scale from the row's terms to the plan's own measure.

    A share of nothing (no new buses in a year, say) is neither more nor less than required.
    """
    year = int(p["target_year"].values[row])
    reference, divisor = str(p["target_reference"].values[row]), float(p["target_divisor"].values[row])
    whole = value[reference, int(p["target_reference_year"].values[row])] if reference else 1.0
    said, required = float(p["target_value"].values[row]), float(p["target_required"].values[row])
    if abs(whole) <= nothing:
        return required, said, required, divisor
    scale = divisor * whole
    indicator, mine = str(p["target_indicator"].values[row]), p["target_term_row"].values == row
    base = (reference == indicator) & (p["target_term_year"].values == int(p["target_reference_year"].values[row]))
    counted = mine & (p["target_term_indicator"].values == indicator) & (p["target_term_value"].values > 0) & ~base
    amounts = zip(p["target_term_year"].values[counted], p["target_term_value"].values[counted], strict=True)
    own = sum(weight * value[indicator, int(y)] for y, weight in amounts)
    if abs(scale) <= nothing:
        return (required, said, required, 1.0) if abs(own) <= nothing_left else (np.nan, said, required, 0.0)
    achieved = own / scale - float(p["target_offset"].values[row])
    if np.isnan(required):
        before = [t for t in p["target_term_year"].values[mine] if t != year]
        said = required = value[indicator, int(before[0])]
    return achieved, said, required, scale
