"""Couplings: requires, excludes, swap ratios, shared potentials – rows of linear coefficients."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, relation, table


def add_couplings(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    m.COUPLINGS = pyo.Set(dimen=1, initialize=column(data, "coupling_id"), doc="couplings between measures or technologies")
    senses = table(data, "coupling_id", "coupling_sense")
    limits = data["coupling_limit"].transpose("coupling", "year").values.tolist()
    m.coupling_limit = pyo.Param(
        m.COUPLINGS,
        m.YEARS,
        initialize={(c, y): value for c, path in zip(m.COUPLINGS, limits, strict=True) for y, value in zip(m.YEARS, path, strict=True)},
        doc="right-hand side of a coupling in y, eased where what was built before decisions begin leaves it no room",
    )
    rows = list(zip(*(column(data, f"coupling_term_{name}") for name in ("id", "item", "by", "value")), strict=True))
    for by in ("level", "build", "capacity", "activity"):
        entries = {(c, item): value for c, item, kind, value in rows if kind == by}
        counted = relation(entries, dimen=2, doc=f"couplings and what they count by {by}")
        m.add_component(f"{by.upper()}_COUPLED", counted)
        m.add_component(f"{by}_term", pyo.Param(counted, initialize=entries, doc=f"coefficient of what a coupling counts by {by}"))
        m.add_component(
            f"{by.upper()}_TERMS",
            pyo.Set(m.COUPLINGS, dimen=1, initialize=grouped(entries, m.COUPLINGS), doc=f"what a coupling counts by {by}"),
        )
    for name, sense in (("AT_MOST", "<="), ("AT_LEAST", ">="), ("EXACTLY", "==")):
        m.add_component(
            f"COUPLINGS_{name}", pyo.Set(dimen=1, initialize=[c for c in m.COUPLINGS if senses[c] == sense], doc=f"couplings with {sense}")
        )
    doc = "Σ a · Level[k,y] + Σ a · Build[k,y] + Σ a · Capacity[g,y] + Σ a · Annual[g,y]"
    m.Coupling_At_Most = family(
        m.COUPLINGS_AT_MOST, m.YEARS, rule=lambda m, c, y: _terms(m, c, y) <= m.coupling_limit[c, y], doc=f"{doc} ≤ coupling_limit[c,y]"
    )
    m.Coupling_At_Least = family(
        m.COUPLINGS_AT_LEAST, m.YEARS, rule=lambda m, c, y: _terms(m, c, y) >= m.coupling_limit[c, y], doc=f"{doc} ≥ coupling_limit[c,y]"
    )
    m.Coupling_Exactly = family(
        m.COUPLINGS_EXACTLY, m.YEARS, rule=lambda m, c, y: _terms(m, c, y) == m.coupling_limit[c, y], doc=f"{doc} = coupling_limit[c,y]"
    )


def _terms(m: pyo.ConcreteModel, c: str, y: int):
    return (
        sum(m.level_term[c, k] * m.Level[k, y] for k in m.LEVEL_TERMS[c])
        + sum(m.build_term[c, k] * m.Build[k, y] for k in m.BUILD_TERMS[c])
        + sum(m.capacity_term[c, g] * m.Capacity[g, y] for g in m.CAPACITY_TERMS[c])
        + sum(m.activity_term[c, g] * m.Annual[g, y] for g in m.ACTIVITY_TERMS[c])
    )
