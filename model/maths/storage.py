"""Storage: power and energy, cyclic within each typical day, linked through the days of a spell."""

from __future__ import annotations

import pyomo.environ as pyo
import xarray as xr

from model.maths.sets import family, previous_step, table


def add_storage(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    efficiency = table(data, "round_trip_efficiency")
    m.one_way_efficiency = pyo.Param(
        m.STORAGE, initialize={g: efficiency[g] ** 0.5 for g in m.STORAGE}, doc="√ of the round-trip efficiency"
    )
    m.one_way_loss = pyo.Param(
        m.STORAGE, initialize={g: 1 / efficiency[g] ** 0.5 for g in m.STORAGE}, doc="1 / √ of the round-trip efficiency"
    )
    m.storage_hours = pyo.Param(m.TECHNOLOGIES, initialize=table(data, "storage_hours"), doc="hours of full discharge a storage holds")
    m.STEP_BEFORE = pyo.Set(m.DAYS, m.HOURS, dimen=2, initialize=previous_step(data), doc="the day and hour before (d, h)")
    index = (m.STORAGE, m.YEARS, m.DAYS, m.HOURS)
    m.Charge = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Charge[g,y,d,h]: power taken in, GW")
    m.Discharge = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Discharge[g,y,d,h]: power given out, GW")
    m.Stored = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Stored[g,y,d,h]: energy held at the end of the hour, GWh")

    m.Storage_Balance = family(
        *index,
        rule=lambda m, g, y, d, h: (
            m.Stored[g, y, d, h]
            == sum(m.Stored[g, y, e, f] for e, f in m.STEP_BEFORE[d, h])
            + m.one_way_efficiency[g] * m.Charge[g, y, d, h]
            - m.one_way_loss[g] * m.Discharge[g, y, d, h]
        ),
        doc="Stored[g,y,d,h] = Stored[g,y,step before] + √efficiency[g] · Charge[g,y,d,h] − Discharge[g,y,d,h] / √efficiency[g]",
    )
    m.Storage_Power = family(
        *index,
        rule=lambda m, g, y, d, h: (
            m.Charge[g, y, d, h] + m.Discharge[g, y, d, h] <= m.availability[g, y] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="Charge[g,y,d,h] + Discharge[g,y,d,h] ≤ availability[g,y] · city_share[g] · Capacity[g,y]",
    )
    m.Storage_Energy = family(
        *index,
        rule=lambda m, g, y, d, h: m.Stored[g, y, d, h] <= m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y],
        doc="Stored[g,y,d,h] ≤ storage_hours[g] · city_share[g] · Capacity[g,y]",
    )
    m.Annual_Of_Storage = family(
        m.STORAGE,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] == sum(m.day_weight[d] * m.Discharge[g, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Annual[g,y] = Σ_d Σ_h day_weight[d] · Discharge[g,y,d,h]",
    )
