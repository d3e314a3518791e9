"""Stock: what is built, what is in force, what capacity that makes."""

from __future__ import annotations

import pyomo.environ as pyo
import xarray as xr

from model.maths.sets import family, grouped, nonzero, relation, table


def add_stock(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    m.alive = pyo.Param(
        m.MEASURES,
        m.YEARS,
        m.YEARS,
        initialize=nonzero(data, "alive"),
        default=0.0,
        doc="share of the span of y in which what was built in v is in force",
    )
    m.unit_size = pyo.Param(m.MEASURES, initialize=table(data, "unit_size"), doc="size of one whole unit, measure units")
    m.existing = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize=nonzero(data, "existing"),
        default=0.0,
        doc="capacity that stands by itself in y, share of the span in service counted",
    )
    effects = table(data, "effect_measure", "effect_technology", "effect_build_year", "effect_year", "effect_value")
    m.EFFECTS = relation(effects, dimen=4, doc="what of measure k built in v changes the capacity of g in y: (k, g, v, y)")
    m.effect = pyo.Param(
        m.EFFECTS,
        initialize=effects,
        doc="capacity of g in y per unit of k built in v: effect · alive",
    )
    m.EFFECTS_ON = pyo.Set(
        m.TECHNOLOGIES,
        m.YEARS,
        dimen=2,
        initialize=grouped((((g, y), (k, v)) for k, g, v, y in effects), [(g, y) for g in m.TECHNOLOGIES for y in m.YEARS]),
        doc="measures k built in v that change the capacity of g in y",
    )
    lower, upper = table(data, "build_lower"), table(data, "build_upper")
    potential = table(data, "potential")

    m.Build = pyo.Var(
        m.MEASURES,
        m.YEARS,
        bounds=lambda m, k, v: (lower[k, v], upper[k, v]),
        doc="Build[k,v]: amount newly in force in year v or its span, between what is committed and what pace, "
        "earliest decision and lead time allow: `committed[k,v] ≤ Build[k,v] ≤ pace[k,v] · span_years[v]`",
    )
    m.Units = pyo.Var(
        m.WHOLE_MEASURES,
        m.YEARS,
        domain=pyo.NonNegativeIntegers,
        doc="Units[k,y]: whole units built up to year y, counted from the start, so that a search decides how many "
        "by when and not in which year each",
    )
    m.Level = pyo.Var(
        m.MEASURES,
        m.YEARS,
        bounds=lambda m, k, y: (0.0, potential[k, y]),
        doc="Level[k,y]: amount in force, `0 ≤ Level[k,y] ≤ potential[k,y]`",
    )
    m.Capacity = pyo.Var(m.TECHNOLOGIES, m.YEARS, domain=pyo.NonNegativeReals, doc="Capacity[g,y] ≥ 0")

    m.Build_In_Whole_Units = family(
        m.WHOLE_MEASURES,
        m.YEARS,
        rule=lambda m, k, v: (
            m.Build[k, v] == m.unit_size[k] * m.Units[k, v] - sum(m.unit_size[k] * m.Units[k, u] for u in m.YEAR_BEFORE[v])
        ),
        doc="Build[k,v] = unit_size[k] · (Units[k,v] − Units[k,v before])",
    )
    m.Level_In_Force = family(
        m.MEASURES,
        m.YEARS,
        rule=lambda m, k, y: m.Level[k, y] == sum(m.alive[k, v, y] * m.Build[k, v] for v in m.BUILT_BY[y]),
        doc="Level[k,y] = Σ_v alive[k,v,y] · Build[k,v]",
    )
    m.Capacity_In_Force = family(
        m.TECHNOLOGIES,
        m.YEARS,
        rule=lambda m, g, y: (
            m.Capacity[g, y] == m.existing[g, y] + sum(m.effect[k, g, v, y] * m.Build[k, v] for k, v in m.EFFECTS_ON[g, y])
        ),
        doc="Capacity[g,y] = existing[g,y] + Σ_k Σ_v effect[k,g] · alive[k,g,v,y] · Build[k,v]",
    )
