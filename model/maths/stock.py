"""Stock: what is built, what is in force, what capacity that makes, what is taken from standing stock."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import acting, column, family, nonzero, table


def add_stock(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    _variables(m, data)
    m.Build_In_Whole_Units = family(
        m.WHOLE_MEASURES,
        m.YEARS,
        rule=lambda m, k, v: (
            m.Build[k, v] == m.unit_size[k] * m.Units[k, v] - sum(m.unit_size[k] * m.Units[k, u] for u in m.YEAR_BEFORE[v])
        ),
        doc="Build[k,v] = unit_size[k] · (Units[k,v] − Units[k,v before])",
    )
    _least_sizes(m, data)
    m.Level_In_Force = family(
        m.MEASURES - m.RENEWED_MEASURES,
        m.YEARS,
        rule=lambda m, k, y: m.Level[k, y] == sum(m.survival[k, v, y] * m.Build[k, v] for v in m.BUILT_BY[y]),
        doc="Level[k,y] = Σ_v survival[k,v,y] · Build[k,v]",
    )
    m.Capacity_In_Force = family(
        m.TECHNOLOGIES,
        m.YEARS,
        rule=lambda m, g, y: (
            m.Capacity[g, y]
            == m.existing[g, y]
            + sum(m.effect[k, g, v, y] * m.Build[k, v] for k, v in m.EFFECTS_ON[g, y])
            + sum(m.closed_effect[k, g, v, y] * m.Closed[k, v] for k, v in m.CLOSED_EFFECTS_ON[g, y])
            + sum(m.deferred_effect[k, g, v, y] * m.Deferred[k, v] for k, v in m.DEFERRED_EFFECTS_ON[g, y])
        ),
        doc="Capacity[g,y] = existing[g,y] + Σ_k Σ_v effect[k,g] · survival[k,g,v,y] · (Build[k,v], or Closed[k,v] of what is closed for ever) "
        "− Σ_k effect[k,g] · Deferred[k,y]",
    )
    m.Taken_Within_Stock = family(
        m.STOCKS,
        m.YEARS,
        rule=lambda m, s, y: (
            sum(m.take[k, s, v, y] * m.Build[k, v] for k, v in m.TAKES_ON[s, y])
            + sum(m.closed_take[k, s, v, y] * m.Closed[k, v] for k, v in m.CLOSED_TAKES_ON[s, y])
            + sum(m.deferred_take[k, s, v, y] * m.Deferred[k, v] for k, v in m.DEFERRED_TAKES_ON[s, y])
            <= m.standing[s, y]
        ),
        doc="Σ_k Σ_v take[k,s,v,y] · (Build[k,v], or Closed[k,v] of what is closed for ever) − Σ_k take[k,s] · Deferred[k,y] ≤ standing[s,y]: "
        "what measures take from a stock is no more than stands of it",
    )
    _renewal(m)
    _closures(m)


def _least_sizes(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    """Measures of which nothing is added in a year, or at least a least size beside what is committed."""
    rows = list(zip(column(data, "least_measure"), column(data, "least_year"), strict=True))
    m.LEAST_SIZES = pyo.Set(dimen=2, initialize=rows, doc="measures k with a least size, and years v in which any can be added")
    for name, doc in (
        ("least_size", "least that is added where anything is, measure units"),
        ("least_most", "most that can be added beside what is committed, measure units"),
    ):
        m.add_component(name, pyo.Param(m.LEAST_SIZES, initialize=dict(zip(rows, column(data, name), strict=True)), doc=doc))
    lower = table(data, "build_lower")
    m.least_committed = pyo.Param(
        m.LEAST_SIZES, initialize={key: lower[key] for key in rows}, doc="what is committed of a measure with a least size, measure units"
    )
    m.Started = pyo.Var(m.LEAST_SIZES, domain=pyo.Binary, doc="Started[k,v]: 1 where anything is added beside what is committed")
    m.Least_Size = family(
        m.LEAST_SIZES,
        rule=lambda m, k, v: m.Build[k, v] >= m.least_committed[k, v] + m.least_size[k, v] * m.Started[k, v],
        doc="Build[k,v] ≥ committed[k,v] + least_size[k] · Started[k,v]",
    )
    m.Nothing_Unless_Started = family(
        m.LEAST_SIZES,
        rule=lambda m, k, v: m.Build[k, v] <= m.least_committed[k, v] + m.least_most[k, v] * m.Started[k, v],
        doc="Build[k,v] ≤ committed[k,v] + most[k,v] · Started[k,v], most being what build-rate limit and potential leave",
    )


def _renewal(m: pyo.ConcreteModel) -> None:
    """Whole units that replace others ending inside a span."""
    m.Level_Of_Renewed = family(
        m.RENEWED_MEASURES,
        m.YEARS,
        rule=lambda m, k, y: m.Level[k, y] == sum(m.survival[k, v, y] * m.Build[k, v] for v in m.BUILT_BY[y]) - m.Deferred[k, y],
        doc="Level[k,y] = Σ_v survival[k,v,y] · Build[k,v] − Deferred[k,y]",
    )
    m.Deferred_While_Ending = family(
        m.RENEWED_MEASURES,
        m.YEARS,
        rule=lambda m, k, y: m.Deferred[k, y] <= sum(m.ending[k, v, y] * m.Build[k, v] for v in m.BUILT_BY[y]),
        doc="Deferred[k,y] ≤ Σ_v ending[k,v,y] · Build[k,v], ending being the survival of what ends inside the span",
    )
    m.Deferred_Of_Build = family(
        m.RENEWED_MEASURES,
        m.YEARS,
        rule=lambda m, k, y: m.Deferred[k, y] <= m.Build[k, y],
        doc="Deferred[k,y] ≤ Build[k,y]",
    )


def _closures(m: pyo.ConcreteModel) -> None:
    """What is closed for ever by measures that are renewed: renewing closes nothing anew."""
    m.Closed_Of_Build = family(
        m.CLOSING_MEASURES,
        m.YEARS,
        rule=lambda m, k, v: m.Closed[k, v] <= m.Build[k, v],
        doc="Closed[k,v] ≤ Build[k,v]",
    )
    m.Closed_In_Force = family(
        m.CLOSING_MEASURES,
        m.YEARS,
        rule=lambda m, k, y: sum(m.Closed[k, v] for v in m.BUILT_BY[y]) >= m.Level[k, y],
        doc="Σ_v Closed[k,v] ≥ Level[k,y]",
    )


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    survival = nonzero(data, "survival")
    m.survival = pyo.Param(
        m.MEASURES,
        m.YEARS,
        m.YEARS,
        initialize=survival,
        default=0.0,
        doc="share of the span of y, or by `span_rule: even` of y itself, in which what was built in v is in force",
    )
    m.ending = pyo.Param(
        m.MEASURES,
        m.YEARS,
        m.YEARS,
        initialize={key: share for key, share in survival.items() if share < 1},
        default=0.0,
        doc="the same where it is not whole, as part of it has ended, else 0",
    )
    m.unit_size = pyo.Param(m.MEASURES, initialize=table(data, "unit_size"), doc="size of one whole unit, measure units")
    m.existing = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize=nonzero(data, "existing"),
        default=0.0,
        doc="capacity that stands by itself in y, share of the span, or by `span_rule: even` of y itself, in service counted",
    )
    m.STOCKS = pyo.Set(dimen=1, initialize=column(data, "stock"), doc="stocks s that measures take from: rows of existing, joined")
    m.standing = pyo.Param(
        m.STOCKS,
        m.YEARS,
        initialize=table(data, "standing"),
        doc="what stands by itself of a stock in y, share in service counted as of `existing`",
    )
    acting(
        m,
        data,
        "effect",
        item="technology",
        members=m.TECHNOLOGIES,
        doc="capacity of an item in y per unit of measure k {} in v: effect · survival",
    )
    acting(m, data, "take", item="stock", members=m.STOCKS, doc="what a unit of measure k {} in v takes from a stock in y")


def _variables(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    lower, upper = table(data, "build_lower"), table(data, "build_upper")
    units, potential, least = table(data, "units_upper"), table(data, "potential"), table(data, "minimum")
    m.Build = pyo.Var(
        m.MEASURES,
        m.YEARS,
        bounds=lambda m, k, v: (lower[k, v], upper[k, v]),
        doc="Build[k,v]: amount newly in force in year v or its span, between what is committed and what the build-rate limit (`pace`), "
        "earliest decision and lead time allow: `committed[k,v] ≤ Build[k,v] ≤ pace[k,v] · span_years[v]`",
    )
    m.Units = pyo.Var(
        m.WHOLE_MEASURES,
        m.YEARS,
        domain=pyo.NonNegativeIntegers,
        bounds=lambda m, k, y: (0, units[k, y]),
        doc="Units[k,y]: whole units built up to year y, counted from the start, so that a search decides how many "
        "by when and not in which year each; at most what the build-rate limits of all years so far come to, where these are no whole units",
    )
    m.Level = pyo.Var(
        m.MEASURES,
        m.YEARS,
        bounds=lambda m, k, y: (least[k, y], potential[k, y]),
        doc="Level[k,y]: amount in force, `minimum[k,y] ≤ Level[k,y] ≤ potential[k,y]`; on the usual path, of what is not "
        "usual, at most what stood when decisions began, was committed by then, and what a coupling needs because of that",
    )
    m.Capacity = pyo.Var(
        m.TECHNOLOGIES, m.YEARS, domain=pyo.NonNegativeReals, doc="Capacity[g,y]: capacity, `Capacity[g,y] ≥ minimum_capacity[g,y] ≥ 0`"
    )
    for key, amount in nonzero(data, "minimum_capacity").items():
        m.Capacity[key].setlb(amount)
    m.Deferred = pyo.Var(
        m.RENEWED_MEASURES,
        m.YEARS,
        domain=pyo.NonNegativeReals,
        doc="Deferred[k,y]: by how much new whole units come into force later in the span, units times share of the span, "
        "as they replace what ends inside it",
    )
    m.Closed = pyo.Var(
        m.CLOSING_MEASURES, m.YEARS, domain=pyo.NonNegativeReals, doc="Closed[k,v]: what is newly closed for ever, measure units"
    )
