"""Targets: every form of target as one row, with a slack that is closed unless targets are being negotiated."""

from __future__ import annotations

import pyomo.environ as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, relation


def add_targets(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    enforced = [place for place, yes in enumerate(column(data, "target_enforced")) if yes]
    ids, years = column(data, "target_target"), column(data, "target_year")
    keys = {place: (ids[place], years[place]) for place in enforced}
    senses = {keys[place]: column(data, "target_sense")[place] for place in enforced}
    limits = {keys[place]: column(data, "target_limit")[place] for place in enforced}
    terms = {
        (keys[row], (i, y)): value
        for row, i, y, value in zip(*(column(data, f"target_term_{name}") for name in ("row", "indicator", "year", "value")), strict=True)
        if row in keys
    }
    m.TARGET_ROWS = pyo.Set(dimen=2, initialize=list(keys.values()), doc="targets t in the years y in which they are in force")
    m.TARGET_TERMS = pyo.Set(
        m.TARGET_ROWS,
        dimen=2,
        initialize=grouped(((key, term) for key, term in terms), keys.values()),
        doc="indicators i and years in a target's row",
    )
    weights = {(*key, *term): value for (key, term), value in terms.items()}
    m.TARGET_WEIGHTS = relation(weights, dimen=4, doc="targets and years, with the indicators and years in their rows")
    m.target_weight = pyo.Param(
        m.TARGET_WEIGHTS,
        initialize=weights,
        doc="coefficient of an indicator in a target's row",
    )
    m.target_limit = pyo.Param(m.TARGET_ROWS, within=pyo.Reals, initialize=limits, doc="right-hand side of a target's row")
    for name, sense in (("AT_MOST", "<="), ("AT_LEAST", ">="), ("EXACTLY", "==")):
        m.add_component(
            f"TARGETS_{name}",
            pyo.Set(dimen=2, initialize=[key for key in keys.values() if senses[key] == sense], doc=f"target rows with {sense}"),
        )
    m.Slack = pyo.Var(
        m.TARGET_ROWS,
        bounds=(0.0, 0.0),
        doc="Slack[t,y]: by how much a target is relaxed; closed (0) unless targets are negotiated",
    )
    m.Surplus = pyo.Var(
        m.TARGETS_EXACTLY,
        bounds=(0.0, 0.0),
        doc="Surplus[t,y]: by how much an exact target is exceeded; closed (0) unless targets are negotiated",
    )
    m.Target_At_Most = family(
        m.TARGETS_AT_MOST,
        rule=lambda m, t, y: (
            sum(m.target_weight[t, y, i, z] * m.Indicator[i, z] for i, z in m.TARGET_TERMS[t, y]) - m.Slack[t, y] <= m.target_limit[t, y]
        ),
        doc="Σ weight[t,y,i] · Indicator[i,y] − Slack[t,y] ≤ limit[t,y]",
    )
    m.Target_At_Least = family(
        m.TARGETS_AT_LEAST,
        rule=lambda m, t, y: (
            sum(m.target_weight[t, y, i, z] * m.Indicator[i, z] for i, z in m.TARGET_TERMS[t, y]) + m.Slack[t, y] >= m.target_limit[t, y]
        ),
        doc="Σ weight[t,y,i] · Indicator[i,y] + Slack[t,y] ≥ limit[t,y]",
    )
    m.Target_Exactly = family(
        m.TARGETS_EXACTLY,
        rule=lambda m, t, y: (
            sum(m.target_weight[t, y, i, z] * m.Indicator[i, z] for i, z in m.TARGET_TERMS[t, y]) + m.Slack[t, y] - m.Surplus[t, y]
            == m.target_limit[t, y]
        ),
        doc="Σ weight[t,y,i] · Indicator[i,y] + Slack[t,y] − Surplus[t,y] = limit[t,y]",
    )
