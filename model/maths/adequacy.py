"""Adequacy: firm capacity of each year against peak load, which follows what the plan runs, and reserve."""

from __future__ import annotations

import pyomo.environ as pyo
import xarray as xr

from model.maths.sets import family, grouped, nonzero, relation, table


def add_adequacy(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    m.capacity_credit = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize=nonzero(data, "capacity_credit"),
        default=0.0,
        doc="share of capacity firm at peak, of storage by its duration",
    )
    m.firm_purchases = pyo.Param(m.YEARS, initialize=table(data, "firm_purchases"), doc="purchases that count as firm at peak, GW")
    m.peak = pyo.Param(m.YEARS, initialize=table(data, "peak"), doc="peak load that demands tell, GW")
    coincidence = {key: value for key, value in nonzero(data, "coincidence").items() if key[0] in m.RUNNING}
    m.COINCIDENT = relation(coincidence, dimen=2, doc="technologies g that add to the peak, and years y")
    m.coincidence = pyo.Param(
        m.COINCIDENT, initialize=coincidence, within=pyo.Reals, doc="load at the peak of a unit of yearly activity, GW"
    )
    m.COINCIDENT_IN = pyo.Set(
        m.YEARS, dimen=1, initialize=grouped(((y, g) for g, y in coincidence), m.YEARS), doc="technologies g that add to the peak of y"
    )
    m.reserve_factor = pyo.Param(initialize=1 + data.attrs["reserve_margin"], doc="1 + reserve_margin")
    m.Firm_Shortfall = pyo.Var(
        m.YEARS, domain=pyo.NonNegativeReals, doc="Firm_Shortfall[y]: firm capacity missing, GW, zero in any accepted plan"
    )
    m.Adequacy = family(
        m.YEARS,
        rule=lambda m, y: (
            sum(m.capacity_credit[g, y] * m.city_share[g] * m.Capacity[g, y] for g in m.TECHNOLOGIES)
            + m.firm_purchases[y]
            + m.Firm_Shortfall[y]
            - sum(m.reserve_factor * m.coincidence[g, y] * m.Annual[g, y] for g in m.COINCIDENT_IN[y])
            >= m.reserve_factor * m.peak[y]
        ),
        doc="Σ_g capacity_credit[g,y] · city_share[g] · Capacity[g,y] + firm_purchases[y] + Firm_Shortfall[y] "
        "≥ (1 + reserve_margin) · (peak[y] + Σ_g coincidence[g,y] · Annual[g,y])",
    )
