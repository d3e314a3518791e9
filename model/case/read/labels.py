"""Labels of a case as one Dataset, so that a stored run can be read and exported without its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np
import xarray as xr

from model.case.read.budgets import budgets
from model.case.read.bureaus import bureaus_of
from model.case.read.case import Case
from model.case.read.forecasts import forecasts
from model.case.tables.registers import FundName
from model.case.units.registry import factor

OF_SOME = {
    "coupling": "couplings",
    "ramp": "ramps",
    "transfer": "transfers",
    "allowance_group": "allowance_groups",
}  # dims that few cases have


def labels(case: Case) -> xr.Dataset:
    """Labels, units, clauses and sites of every item.

    Variables are named `<dim>_<what>`, e.g. `measure_label_zh`; dims measure, technology, commodity, indicator,
    market, payer, sector, target, origin (anything that can add to an indicator).
    """
    rows = {row.id: row for table in case.tables.values() for row in table if "label_en" in type(row).model_fields}
    made: dict[str, Any] = {}
    for dim, table in (
        ("measure", "measures"), ("technology", "technologies"), ("commodity", "commodities"), ("indicator", "indicators"),
        ("market", "markets"), ("payer", "payers"), ("sector", "sectors"), ("target", "targets"), *OF_SOME.items(),
    ):  # fmt: skip
        members = sorted(case.tables[table], key=lambda row: row.id)
        made |= _columns(dim, members, {"label_en": lambda row: row.label_en, "label_zh": lambda row: row.label_zh})
        made |= _columns(dim, members, _MORE.get(dim, {}))
    measures = sorted(case.tables["measures"], key=lambda row: row.id)
    for what, named in (
        ("clause", lambda row: [row.clause]),
        ("county", lambda row: [row.county] if row.county else []),
        ("payer", lambda row: [row.payer]),
    ):
        made |= _named("measure", measures, what, rows, named)
    falls = {row.item: row for row in case.tables["numbers"] if row.quantity == "down" and row.value is not None}
    held = sorted(case.tables["ramps"], key=lambda row: row.id)
    made |= _columns(
        "ramp",
        held,
        {
            "down": lambda row: falls[row.id].value * factor(falls[row.id].unit, "1") if row.id in falls else np.nan,
            "down_status": lambda row: falls[row.id].status if row.id in falls else "",
        },
    )
    physical = {row.id for row in case.tables["technologies"]}
    acting = {row.measure for row in case.tables["effects"] if row.item in physical}
    forecast = forecasts(case)
    made |= _columns("measure", measures, {"direct": lambda row: row.id not in acting, "forecast": lambda row: row.id in forecast})
    groups = sorted(case.tables["allowance_groups"], key=lambda row: row.id)
    made |= _named("allowance_group", groups, "payer", rows, lambda row: [row.payer])
    made |= _columns("allowance_group", groups, {"unit": lambda row: rows[row.market].unit})
    bureaus = bureaus_of(case)
    made |= _columns("measure", measures, {"lead": lambda row: (*bureaus[row.id], "")[0]})
    if case.tables["funding"]:
        shares = {(row.payer, row.fund): (row.value or 0.0) * factor(row.unit, "1") for row in case.tables["funding"]}
        members = sorted(case.tables["payers"], key=lambda row: row.id)
        for fund in get_args(FundName):
            made[f"payer_fund_{fund}"] = ("payer", [shares.get((row.id, fund), 0.0) for row in members])
    made |= _named("measure", measures, "bureaus", rows, lambda row: bureaus[row.id])
    targets = sorted(case.tables["targets"], key=lambda row: row.id)
    made |= _named("target", targets, "clause", rows, lambda row: [row.clause])
    payers_of = budgets(case)
    made |= _named("target", targets, "payers", rows, lambda row: payers_of.get(row.id, ()))
    existing = {row.technology for row in case.tables["existing"] if row.status == "illustrative"}
    technologies = sorted(case.tables["technologies"], key=lambda row: row.id)
    made |= _columns("technology", technologies, {"illustrative": lambda row: row.id in existing})
    origins = sorted(set(rows))
    made["origin_label_en"] = ("origin", [rows[name].label_en for name in origins])
    made["origin_label_zh"] = ("origin", [rows[name].label_zh for name in origins])
    kinds = {row.id: table for table, members in case.tables.items() for row in members if "label_en" in type(row).model_fields}
    made["origin_kind"] = ("origin", [kinds[name] for name in origins])
    data = xr.Dataset(made, coords={"origin": origins} | _coords(case))
    data.attrs |= {
        "case": case.header.id, "case_label_en": case.header.label_en, "case_label_zh": case.header.label_zh, "base_year": case.header.base_year,
    }  # fmt: skip
    return data


_MORE: dict[str, dict[str, Callable[[Any], Any]]] = {
    "measure": {
        "unit": lambda row: row.unit, "kind": lambda row: row.kind, "sector": lambda row: row.sector,
        "clause": lambda row: row.clause, "unit_names": lambda row: ";".join(row.unit_names), "illustrative": lambda row: row.illustrative,
        "is_whole": lambda row: row.whole, "lead_time": lambda row: row.lead_time, "payer": lambda row: row.payer,
    },
    "technology": {
        "sector": lambda row: row.sector, "capacity_unit": lambda row: row.capacity_unit, "activity_unit": lambda row: row.activity_unit,
        "serves": lambda row: row.serves, "operation": lambda row: row.operation,
        "backstop": lambda row: row.backstop,
    },
    "transfer": {"indicator": lambda row: row.indicator or ""},
    "ramp": {"unit": lambda row: row.unit, "measures": lambda row: ";".join(row.measures)},
    "commodity": {"unit": lambda row: row.unit, "balance": lambda row: row.balance, "heating": lambda row: row.heating},
    "payer": {"public": lambda row: row.public},
    "indicator": {
        "unit": lambda row: row.unit, "headline": lambda row: row.headline, "boundary": lambda row: row.boundary,
        "beside": lambda row: ";".join(row.beside), "stands_for": lambda row: row.stands_for or "", "variant": lambda row: row.variant or "",
    },
    "market": {"commodity": lambda row: row.commodity, "direction": lambda row: row.direction},
    "target": {
        "clause": lambda row: row.clause, "quote": lambda row: row.quote, "strength": lambda row: row.strength, "form": lambda row: row.form,
        "indicator": lambda row: row.indicator, "reference": lambda row: row.reference or "", "unit": lambda row: row.unit, "dated": lambda row: row.year,
        "awaits_number": lambda row: row.value is None,
    },
}  # fmt: skip


def _coords(case: Case) -> dict[str, list[str]]:
    tables = {
        "measure": "measures", "technology": "technologies", "commodity": "commodities", "indicator": "indicators",
        "market": "markets", "payer": "payers", "sector": "sectors", "target": "targets",
        **{dim: table for dim, table in OF_SOME.items() if case.tables[table]},
    }  # fmt: skip
    return {dim: sorted(row.id for row in case.tables[table]) for dim, table in tables.items()}


def _columns(dim: str, rows: Sequence[Any], columns: dict[str, Callable[[Any], Any]]) -> dict[str, tuple]:
    return {f"{dim}_{name}": (dim, np.array([value(row) for row in rows])) for name, value in columns.items() if rows}


def _named(dim: str, rows: Sequence[Any], what: str, known: dict[str, Any], names: Callable[[Any], Sequence[str]]) -> dict[str, tuple]:
    if not rows:
        return {}
    return {
        f"{dim}_{what}_label_{language}": (
            dim,
            np.array(["；".join(text(known[name]) for name in names(row) if name in known) for row in rows]),
        )
        for language, text in (("en", lambda row: row.label_en), ("zh", lambda row: row.label_zh))
    }
