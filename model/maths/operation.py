"""Operation: how much of its capacity each technology runs, by the hour or by the year."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, nonzero, table

THOUSAND = 1e3


def add_operation(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    m.Activity = pyo.Var(m.HOURLY, m.YEARS, m.DAYS, m.HOURS, domain=pyo.NonNegativeReals, doc="Activity[g,y,d,h]: power given out, GW")
    m.Online = pyo.Var(
        m.COMMITTED | m.FLEXIBLE, m.YEARS, m.DAYS, domain=pyo.NonNegativeReals, doc="Online[g,y,d]: capacity committed for the day, GW"
    )
    m.Heat = pyo.Var(m.HEAT_AND_POWER, m.YEARS, m.DAYS, m.HOURS, domain=pyo.NonNegativeReals, doc="Heat[g,y,d,h]: heat given out, GW")
    m.Annual = pyo.Var(m.RUNNING, m.YEARS, domain=pyo.NonNegativeReals, doc="Annual[g,y]: activity of the year")
    m.Annual_Heat = pyo.Var(m.HEAT_AND_POWER, m.YEARS, domain=pyo.NonNegativeReals, doc="Annual_Heat[g,y]: heat of the year, TWh")
    _yearly_sums(m)
    _within_availability(m)
    _committed(m)
    _heat_and_power(m)
    _add_ons(m)


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    for name, doc in (
        ("availability", "share of capacity that is not out of service"),
        ("utilisation_floor", "least share of a full year's activity"),
        ("utilisation_ceiling", "highest share of a full year's activity"),
        ("minimum_load", "least load of what is online"),
        ("minimum_load_cut", "how far a flexibility retrofit lowers the least load of its host"),
        ("heat_ratio", "most heat per unit of power online"),
        ("heat_loss", "power given up per unit of heat"),
        ("back_pressure", "least power per unit of heat"),
    ):
        m.add_component(name, pyo.Param(m.TECHNOLOGIES, m.YEARS, initialize=nonzero(data, name), default=0.0, doc=doc))
    m.yearly_use = pyo.Param(m.TECHNOLOGIES, initialize=table(data, "yearly_use"), doc="activity of one unit of capacity in a full year")
    m.city_share = pyo.Param(
        m.TECHNOLOGIES,
        initialize=table(data, "city_share"),
        doc="share of a technology in the city's balance, adequacy and cost: 1, or the regional share",
    )
    m.full_load = pyo.Param(
        m.TECHNOLOGIES, initialize=table(data, "full_load"), doc="share of capacity a variable technology yields over the year"
    )
    m.day_weight = pyo.Param(
        m.DAYS,
        initialize={d: weight / THOUSAND for d, weight in table(data, "day_weight").items()},
        doc="days a day stands for, in thousands, so that GW and hours make TWh",
    )
    m.available = pyo.Param(
        m.VARIABLE,
        m.DAYS,
        m.HOURS,
        initialize=nonzero(data, "available", of=m.VARIABLE),
        default=0.0,
        doc="share of variable capacity that sun or wind allow in the hour",
    )
    m.uncurtailed_share = pyo.Param(initialize=1 - data.attrs["curtailment_limit"], doc="1 − curtailment_limit")
    hosts = dict(zip(column(data, "technology"), column(data, "host"), strict=True))
    m.SAVING_ON = pyo.Set(
        m.TECHNOLOGIES, dimen=1, initialize=grouped(((hosts[g], g) for g in m.SAVING), m.TECHNOLOGIES), doc="saving add-ons on host g"
    )
    m.FLEXIBLE_ON = pyo.Set(
        m.TECHNOLOGIES,
        dimen=1,
        initialize=grouped(((hosts[g], g) for g in m.FLEXIBLE), m.TECHNOLOGIES),
        doc="flexibility add-ons on host g",
    )


def _yearly_sums(m: pyo.ConcreteModel) -> None:
    m.Annual_Of_Hours = family(
        m.HOURLY,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] == sum(m.day_weight[d] * m.Activity[g, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Annual[g,y] = Σ_d Σ_h day_weight[d] · Activity[g,y,d,h]",
    )
    m.Annual_Heat_Of_Hours = family(
        m.HEAT_AND_POWER,
        m.YEARS,
        rule=lambda m, g, y: m.Annual_Heat[g, y] == sum(m.day_weight[d] * m.Heat[g, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Annual_Heat[g,y] = Σ_d Σ_h day_weight[d] · Heat[g,y,d,h]",
    )


def _within_availability(m: pyo.ConcreteModel) -> None:
    m.Dispatched_Within_Capacity = family(
        m.DISPATCHED,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, g, y, d, h: m.Activity[g, y, d, h] <= m.availability[g, y] * m.city_share[g] * m.Capacity[g, y],
        doc="Activity[g,y,d,h] ≤ availability[g,y] · city_share[g] · Capacity[g,y]",
    )
    m.Variable_Within_Weather = family(
        m.VARIABLE,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, g, y, d, h: (
            m.Activity[g, y, d, h] <= m.available[g, d, h] * m.availability[g, y] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="Activity[g,y,d,h] ≤ available[g,d,h] · availability[g,y] · city_share[g] · Capacity[g,y]; what is left is curtailed",
    )
    m.Curtailment_Limit = family(
        m.VARIABLE,
        m.YEARS,
        rule=lambda m, g, y: (
            m.Annual[g, y]
            >= m.uncurtailed_share * m.full_load[g] * m.availability[g, y] * m.yearly_use[g] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="Annual[g,y] ≥ (1 − curtailment_limit) · full_load[g] · availability[g,y] · yearly_use[g] · city_share[g] · Capacity[g,y]",
    )
    m.Yearly_Within_Capacity = family(
        m.YEARLY | m.SHAPED | m.SAVING,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] <= m.availability[g, y] * m.yearly_use[g] * m.city_share[g] * m.Capacity[g, y],
        doc="Annual[g,y] ≤ availability[g,y] · yearly_use[g] · city_share[g] · Capacity[g,y]",
    )
    m.Utilisation_Floor = family(
        m.HOURLY | m.YEARLY | m.SHAPED,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] >= m.utilisation_floor[g, y] * m.yearly_use[g] * m.city_share[g] * m.Capacity[g, y],
        doc="Annual[g,y] ≥ utilisation_floor[g,y] · yearly_use[g] · city_share[g] · Capacity[g,y]",
    )
    m.Utilisation_Ceiling = family(
        m.HOURLY | m.YEARLY | m.SHAPED,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] <= m.utilisation_ceiling[g, y] * m.yearly_use[g] * m.city_share[g] * m.Capacity[g, y],
        doc="Annual[g,y] ≤ utilisation_ceiling[g,y] · yearly_use[g] · city_share[g] · Capacity[g,y]",
    )


def _committed(m: pyo.ConcreteModel) -> None:
    m.Online_Within_Capacity = family(
        m.COMMITTED | m.FLEXIBLE,
        m.YEARS,
        m.DAYS,
        rule=lambda m, g, y, d: m.Online[g, y, d] <= m.availability[g, y] * m.city_share[g] * m.Capacity[g, y],
        doc="Online[g,y,d] ≤ availability[g,y] · city_share[g] · Capacity[g,y]",
    )
    m.Minimum_Load = family(
        m.COMMITTED,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, g, y, d, h: (
            m.Activity[g, y, d, h]
            >= m.minimum_load[g, y] * m.Online[g, y, d] - sum(m.minimum_load_cut[a, y] * m.Online[a, y, d] for a in m.FLEXIBLE_ON[g])
        ),
        doc="Activity[g,y,d,h] ≥ minimum_load[g,y] · Online[g,y,d] − Σ_a minimum_load_cut[a,y] · Online[a,y,d]",
    )
    m.Full_Load = family(
        m.COMMITTED - m.HEAT_AND_POWER,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, g, y, d, h: m.Activity[g, y, d, h] <= m.Online[g, y, d],
        doc="Activity[g,y,d,h] ≤ Online[g,y,d]",
    )


def _heat_and_power(m: pyo.ConcreteModel) -> None:
    index = (m.HEAT_AND_POWER, m.YEARS, m.DAYS, m.HOURS)
    m.Power_Given_Up_For_Heat = family(
        *index,
        rule=lambda m, g, y, d, h: m.Activity[g, y, d, h] + m.heat_loss[g, y] * m.Heat[g, y, d, h] <= m.Online[g, y, d],
        doc="Activity[g,y,d,h] + heat_loss[g,y] · Heat[g,y,d,h] ≤ Online[g,y,d]",
    )
    m.Power_With_Heat = family(
        *index,
        rule=lambda m, g, y, d, h: m.Activity[g, y, d, h] >= m.back_pressure[g, y] * m.Heat[g, y, d, h],
        doc="Activity[g,y,d,h] ≥ back_pressure[g,y] · Heat[g,y,d,h]",
    )
    m.Heat_Within_Turbine = family(
        *index,
        rule=lambda m, g, y, d, h: m.Heat[g, y, d, h] <= m.heat_ratio[g, y] * m.Online[g, y, d],
        doc="Heat[g,y,d,h] ≤ heat_ratio[g,y] · Online[g,y,d]",
    )


def _add_ons(m: pyo.ConcreteModel) -> None:
    m.HOSTS_OF_SAVING = pyo.Set(
        dimen=1, initialize=[g for g in m.TECHNOLOGIES if len(m.SAVING_ON[g])], doc="technologies with saving add-ons"
    )
    m.HOSTS_OF_FLEXIBLE = pyo.Set(
        dimen=1, initialize=[g for g in m.TECHNOLOGIES if len(m.FLEXIBLE_ON[g])], doc="technologies with flexibility add-ons"
    )
    m.Saving_Within_Host = family(
        m.HOSTS_OF_SAVING,
        m.YEARS,
        rule=lambda m, g, y: sum(m.Annual[a, y] for a in m.SAVING_ON[g]) <= m.Annual[g, y],
        doc="Σ_a Annual[a,y] ≤ Annual[g,y] over the saving add-ons a of host g",
    )
    m.Flexible_Within_Host = family(
        m.HOSTS_OF_FLEXIBLE,
        m.YEARS,
        m.DAYS,
        rule=lambda m, g, y, d: sum(m.Online[a, y, d] for a in m.FLEXIBLE_ON[g]) <= m.Online[g, y, d],
        doc="Σ_a Online[a,y,d] ≤ Online[g,y,d] over the flexibility add-ons a of host g",
    )
