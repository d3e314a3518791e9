"""Targets: every form of target as one row, a band as two, with a slack that is closed unless targets are being negotiated."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, relation

SENSES = {"at_most": "<=", "at_least": ">=", "exactly": "=="}


def add_targets(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    for name, sense in SENSES.items():
        _add_numbers(m, data, name=name, sense=sense)
    m.TARGET_ROWS = pyo.Set(
        dimen=2,
        initialize=list(dict.fromkeys((*m.TARGETS_AT_MOST, *m.TARGETS_AT_LEAST, *m.TARGETS_EXACTLY))),
        doc="targets t in the years y in which they are in force",
    )
    m.Slack = pyo.Var(
        m.TARGET_ROWS,
        bounds=(0.0, 0.0),
        doc="Slack[t,y]: by how much a target is relaxed, a band on both sides; closed (0) unless targets are negotiated",
    )
    m.Surplus = pyo.Var(
        m.TARGETS_EXACTLY,
        bounds=(0.0, 0.0),
        doc="Surplus[t,y]: by how much an exact target is exceeded; closed (0) unless targets are negotiated",
    )
    m.Target_At_Most = family(
        m.TARGETS_AT_MOST,
        rule=lambda m, t, y: (
            sum(m.weight_at_most[t, y, i, z] * m.Indicator[i, z] for i, z in m.TERMS_AT_MOST[t, y]) - m.Slack[t, y] <= m.limit_at_most[t, y]
        ),
        doc="Σ weight_at_most[t,y,i] · Indicator[i,y] − Slack[t,y] ≤ limit_at_most[t,y]",
    )
    m.Target_At_Least = family(
        m.TARGETS_AT_LEAST,
        rule=lambda m, t, y: (
            sum(m.weight_at_least[t, y, i, z] * m.Indicator[i, z] for i, z in m.TERMS_AT_LEAST[t, y]) + m.Slack[t, y]
            >= m.limit_at_least[t, y]
        ),
        doc="Σ weight_at_least[t,y,i] · Indicator[i,y] + Slack[t,y] ≥ limit_at_least[t,y]",
    )
    m.Target_Exactly = family(
        m.TARGETS_EXACTLY,
        rule=lambda m, t, y: (
            sum(m.weight_exactly[t, y, i, z] * m.Indicator[i, z] for i, z in m.TERMS_EXACTLY[t, y]) + m.Slack[t, y] - m.Surplus[t, y]
            == m.limit_exactly[t, y]
        ),
        doc="Σ weight_exactly[t,y,i] · Indicator[i,y] + Slack[t,y] − Surplus[t,y] = limit_exactly[t,y]",
    )


def _add_numbers(m: pyo.ConcreteModel, data: xr.Dataset, *, name: str, sense: str) -> None:
    """Rows, terms, weights and limits of one sense, apart from the others: both sides of a band bear one target and year."""
    ids, years, senses = (column(data, f"target_{part}") for part in ("target", "year", "sense"))
    keys = {
        place: (ids[place], years[place]) for place, yes in enumerate(column(data, "target_enforced")) if yes and senses[place] == sense
    }
    limits = {key: column(data, "target_limit")[place] for place, key in keys.items()}
    terms = {
        (keys[row], (i, y)): value
        for row, i, y, value in zip(*(column(data, f"target_term_{part}") for part in ("row", "indicator", "year", "value")), strict=True)
        if row in keys
    }
    weights = {(*key, *term): value for (key, term), value in terms.items()}
    rows = pyo.Set(dimen=2, initialize=list(keys.values()), doc=f"target rows with {sense}")
    m.add_component(f"TARGETS_{name.upper()}", rows)
    named = pyo.Set(rows, dimen=2, initialize=grouped(terms, keys.values()), doc=f"indicators i and years in a target's row with {sense}")
    m.add_component(f"TERMS_{name.upper()}", named)
    weighted = relation(weights, dimen=4, doc=f"targets and years, with the indicators and years in their rows with {sense}")
    m.add_component(f"WEIGHTS_{name.upper()}", weighted)
    weight = pyo.Param(weighted, initialize=weights, doc=f"coefficient of an indicator in a target's row with {sense}")
    m.add_component(f"weight_{name}", weight)
    limit = pyo.Param(rows, within=pyo.Reals, initialize=limits, doc=f"right-hand side of a target's row with {sense}")
    m.add_component(f"limit_{name}", limit)
