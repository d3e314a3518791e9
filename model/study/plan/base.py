"""The base year against its facts: what the modelled sectors make, what the rest of the city makes, what is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.case.parameters.day_choice import DayChoice
from model.case.read.canonical import Lookup, canonical_unit
from model.case.read.case import Case
from model.case.read.labels import labels
from model.case.units.registry import factor
from model.study.plan.solve import solve_base

exact_tolerance = 0.05


def base_records(case: Case, *, days: DayChoice | None = None) -> list[dict[str, Any]]:
    """One record for each indicator: modelled, residual, total, and the fact with its range where there is one.

    `within` is None where no fact is held against; exact facts must be met within 5 % without any residual, facts
    that are fitted or held out must have the total inside their own range.
    Raises NoPlan when the base year cannot be served.
    """
    solved = solve_base(case, days=days)
    total = solved.worked["indicator_value"].isel(year=0)
    contribution = solved.worked["contribution"].isel(year=0)
    named = labels(case)
    kinds = dict(zip(named["origin"].values.tolist(), named["origin_kind"].values.tolist(), strict=True))
    residual_origins = [origin for origin in contribution["origin"].values.tolist() if kinds.get(origin) == "residuals"]
    residual = contribution.sel(origin=residual_origins).sum("origin")
    facts = {row.indicator: row for row in case.tables["facts"] if row.value is not None and row.year == case.header.base_year}
    lookup = Lookup(case)
    records = []
    for row in sorted(case.tables["indicators"], key=lambda row: (row.id not in facts, row.id)):
        whole, rest = float(total.sel(indicator=row.id)), float(residual.sel(indicator=row.id))
        record: dict[str, Any] = {
            "id": row.id, "label_en": row.label_en, "label_zh": row.label_zh, "variant": row.variant, "unit": row.unit,
            "modelled": whole - rest, "residual": rest, "total": whole, "fact": None, "low": None, "high": None,
            "status": None, "role": None, "within": None,
        }  # fmt: skip
        if row.id in facts:
            record |= _against(facts[row.id], whole, rest, lookup)
        records.append(record)
    return records


def _against(fact: Any, whole: float, rest: float, lookup: Lookup) -> dict[str, Any]:
    unit = canonical_unit("facts", fact, lookup)
    scale = factor(fact.unit, unit) if unit else 1.0
    value = fact.value * scale
    low, high = (None if end is None else end * scale for end in (fact.low, fact.high))
    within: bool | None
    match fact.role:
        case "exact":
            within = bool(np.isclose(whole - rest, value, rtol=exact_tolerance, atol=1e-9))
        case "shown":
            within = None
        case _:
            slack = 1e-9 * max(1.0, abs(value))
            least, most = (low, high) if low is not None and high is not None and high > low else sorted((value * 0.95, value * 1.05))
            within = least - slack <= whole <= most + slack
    return {"fact": value, "low": low, "high": high, "status": fact.status, "role": fact.role, "within": within}
