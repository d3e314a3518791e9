"""Objective: present value of what decisions can change."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import nonzero, table


def add_objective(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    m.charge = pyo.Param(
        m.MEASURES,
        m.YEARS,
        initialize=nonzero(data, "charge"),
        default=0.0,
        doc="present value of the annuities of one unit built in v, while in force within the horizon, 亿元, less what others pay of it",
    )
    m.deferred_charge = pyo.Param(
        m.MEASURES,
        m.YEARS,
        initialize=nonzero(data, "deferred_charge"),
        default=0.0,
        doc="present value of the annuities of a span, not paid by a unit that comes into force a span later, 亿元",
    )
    m.discount = pyo.Param(
        m.YEARS,
        initialize=table(data, "discount"),
        doc="present value of what a yearly cost of 1 in y stands for: by `span_rule: end` 1 in each year t of its span, by `even` the share λ[t] of each of them and "
        "1 − λ[t] of each year of the next span, λ[t] running evenly from 0 at the modelled year before to 1; paid at the end of t or, by `payments: middle`, in its middle",
    )
    m.before_first_year = pyo.Param(
        initialize=float(data["before_first_year"]),
        doc="present value of the base year's yearly cost for its share in the first span, 亿元: 0 by `span_rule: end`, and where the first span is one year",
    )
    m.value_of_lost_load = pyo.Param(
        m.COMMODITIES, initialize=table(data, "value_of_lost_load"), doc="value of lost load, price of a unit not served, 亿元"
    )
    m.firm_shortfall_cost = pyo.Param(
        initialize=max(data["value_of_lost_load"].values.tolist(), default=0.0), doc="price of a GW of firm capacity missing, 亿元"
    )
    m.Cost = pyo.Objective(
        expr=sum(m.charge[k, v] * m.Build[k, v] for k in m.MEASURES for v in m.YEARS)
        - sum(m.deferred_charge[k, y] * m.Deferred[k, y] for k in m.RENEWED_MEASURES for y in m.YEARS)
        + sum(
            m.discount[y]
            * (
                sum(m.measure_fixed_om[k, y] * m.Level[k, y] for k in m.MEASURES)
                + sum(m.fixed_om[g, y] * m.city_share[g] * m.Capacity[g, y] for g in m.TECHNOLOGIES)
                + sum(m.variable_cost[g, y] * m.Annual[g, y] for g in m.RUNNING)
                + sum(m.heat_cost[g, y] * m.Annual_Heat[g, y] for g in m.HEAT_AND_POWER)
                + sum(m.trade_sign[t] * m.Trade_Value[t, y] for t in m.MARKETS)
                + sum(m.value_of_lost_load[c] * m.Unserved[c, y] for c in m.COMMODITIES)
                + m.firm_shortfall_cost * m.Firm_Shortfall[y]
            )
            for y in m.YEARS
        )
        + sum(m.discount[y] * m.levied[p, i, y] * m.Indicator[i, y] for p, i, y in m.LEVIED)
        + sum(m.discount[y] * m.allowance_price[n, y] * m.Net_Allowances[n, y] for n, y in m.SETTLING)
        + sum(m.discount[y] * m.allowance_price[n, y] * m.Lapsed_Allowances[n, y] for n, y in m.GAIN_LIMITED)
        + m.before_first_year,
        sense=pyo.minimize,
        doc="min Σ_k Σ_v charge[k,v] · Build[k,v] − Σ_k Σ_y deferred_charge[k,y] · Deferred[k,y] + Σ_y discount[y] · (Σ_k fixed_om[k,y] · Level[k,y] + Σ_g (fixed_om[g,y] · city_share[g] · Capacity[g,y] "
        "+ variable_cost[g,y] · Annual[g,y] + heat_cost[g,y] · Annual_Heat[g,y]) + Σ_t ± Trade_Value[t,y] + Σ_c value_of_lost_load[c] · Unserved[c,y] + shortfall_cost · Firm_Shortfall[y] "
        "+ Σ_p Σ_i levied[p,i,y] · Indicator[i,y] + Σ_n allowance_price[n,y] · (Net_Allowances[n,y] + Lapsed_Allowances[n,y])) + before_first_year; "
        "charge is the present value, at the discount rate, of the annuities while in force within the horizon, which are at the payer's own rate where it has one, times 1 + Σ_p granted[p,k,v]; by `span_rule: even` the mean of those of equal parts that come into force in each "
        "year of the span, so that the share λ[t] of what is built is charged in t",
    )
