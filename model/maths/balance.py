"""Balance: every commodity, each hour or each year, with trade and a priced shortfall."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, nonzero, relation, table


def add_balance(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _relations(m, data)
    power, yearly = table(data, "market_power"), table(data, "market_yearly")
    m.Trade = pyo.Var(
        m.MARKETS, m.YEARS, bounds=lambda m, t, y: (0.0, yearly[t, y]), doc="Trade[t,y]: bought or sold in the year, `≤ yearly_limit[t,y]`"
    )
    m.Hourly_Trade = pyo.Var(
        m.HOURLY_MARKETS,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        bounds=lambda m, t, y, d, h: (0.0, power[t, y]),
        doc="Hourly_Trade[t,y,d,h]: bought or sold in the hour, GW, `≤ power_limit[t,y]`",
    )
    m.Unserved = pyo.Var(
        m.COMMODITIES, m.YEARS, domain=pyo.NonNegativeReals, doc="Unserved[c,y]: demand not served in the year, zero in any accepted plan"
    )
    m.Hourly_Unserved = pyo.Var(
        m.HOURLY_COMMODITIES,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        domain=pyo.NonNegativeReals,
        doc="Hourly_Unserved[c,y,d,h]: demand not served in the hour, GW",
    )

    m.Trade_Of_Hours = family(
        m.HOURLY_MARKETS,
        m.YEARS,
        rule=lambda m, t, y: m.Trade[t, y] == sum(m.day_weight[d] * m.Hourly_Trade[t, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Trade[t,y] = Σ_d Σ_h day_weight[d] · Hourly_Trade[t,y,d,h]",
    )
    m.Unserved_Of_Hours = family(
        m.HOURLY_COMMODITIES,
        m.YEARS,
        rule=lambda m, c, y: m.Unserved[c, y] == sum(m.day_weight[d] * m.Hourly_Unserved[c, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Unserved[c,y] = Σ_d Σ_h day_weight[d] · Hourly_Unserved[c,y,d,h]",
    )
    hourly_doc = (
        "Σ_g flow[g,c,y] · Activity[g,y,d,h] + Σ_g flow[g,c,y] · shape[g,d,h] · Annual[g,y] + Σ_g Heat[g,y,d,h] "
        "+ Σ_g (Discharge[g,y,d,h] − Charge[g,y,d,h]) + bought[c,y,d,h] − sold[c,y,d,h] + Hourly_Unserved[c,y,d,h]"
    )
    m.Hourly_Balance = family(
        m.HOURLY_COMMODITIES - m.HOURLY_SURPLUS_COMMODITIES,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, c, y, d, h: _hourly_supply(m, c, y, d, h) == m.hourly_demand[c, y, d, h],
        doc=f"{hourly_doc} = hourly_demand[c,y,d,h]",
    )
    m.Hourly_Balance_With_Surplus = family(
        m.HOURLY_SURPLUS_COMMODITIES,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        rule=lambda m, c, y, d, h: _hourly_supply(m, c, y, d, h) >= m.hourly_demand[c, y, d, h],
        doc=f"{hourly_doc} ≥ hourly_demand[c,y,d,h]",
    )
    supply_doc = "Σ_g flow[g,c,y] · (Annual[g,y] + heat_loss[g,y] · Annual_Heat[g,y]) + bought[c,y] − sold[c,y] + Unserved[c,y]"
    m.Yearly_Balance = family(
        m.YEARLY_COMMODITIES - m.SURPLUS_COMMODITIES,
        m.YEARS,
        rule=lambda m, c, y: _yearly_supply(m, c, y) == m.demand[c, y],
        doc=f"{supply_doc} = demand[c,y]",
    )
    m.Yearly_Balance_With_Surplus = family(
        m.SURPLUS_COMMODITIES, m.YEARS, rule=lambda m, c, y: _yearly_supply(m, c, y) >= m.demand[c, y], doc=f"{supply_doc} ≥ demand[c,y]"
    )
    m.Sale_Within_Own_Generation = family(
        m.SELLING_MARKETS,
        m.YEARS,
        rule=lambda m, t, y: m.Trade[t, y] <= sum(m.sale_share[g, y] * m.Annual[g, y] for g in m.GENERATING_FOR[t]),
        doc="Trade[t,y] ≤ Σ_g sale_share[g,y] · Annual[g,y] for sales of an hourly commodity",
    )


def _hourly_supply(m: pyo.ConcreteModel, c: str, y: int, d: str, h: int):
    return (
        sum(m.flow[g, c, y] * m.Activity[g, y, d, h] for g in m.HOURLY_ON[c])
        + sum(m.flow[g, c, y] * m.shape[g, d, h] * m.Annual[g, y] for g in m.SHAPED_ON[c])
        + sum(m.Heat[g, y, d, h] for g in m.HEATING_ON[c])
        + sum(m.Discharge[g, y, d, h] - m.Charge[g, y, d, h] for g in m.STORED_ON[c])
        + sum(m.Hourly_Trade[t, y, d, h] for t in m.BUYING_ON[c])
        - sum(m.Hourly_Trade[t, y, d, h] for t in m.SELLING_ON[c])
        + m.Hourly_Unserved[c, y, d, h]
    )


def _yearly_supply(m: pyo.ConcreteModel, c: str, y: int):
    return (
        sum(m.flow[g, c, y] * m.Annual[g, y] for g in m.YEARLY_ON[c])
        + sum(m.flow[g, c, y] * m.heat_loss[g, y] * m.Annual_Heat[g, y] for g in m.FUELLED_HEAT_ON[c])
        + sum(m.Trade[t, y] for t in m.BUYING_ON[c])
        - sum(m.Trade[t, y] for t in m.SELLING_ON[c])
        + m.Unserved[c, y]
    )


def _relations(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    years = column(data, "year")
    pairs = list(zip(column(data, "flow_technology"), column(data, "flow_commodity"), strict=True))
    values = data["flow_value"].values.tolist()
    flows = {(g, c, y): value for (g, c), path in zip(pairs, values, strict=True) for y, value in zip(years, path, strict=True)}
    m.FLOWS = relation(flows, dimen=3, doc="technologies g, commodities c that they take in or give out, and years y")
    m.flow = pyo.Param(
        m.FLOWS,
        initialize=flows,
        doc="commodity c put in (−) or given out (+) per unit of activity of g",
    )
    hourly, storage, shaped, heating = set(m.HOURLY), set(m.STORAGE), set(m.SHAPED), set(m.HEAT_AND_POWER)
    heat = dict(zip(column(data, "technology"), column(data, "heat"), strict=True))
    traded = list(zip(column(data, "market_commodity"), column(data, "market"), column(data, "market_direction"), strict=True))
    for name, members, doc in (
        ("HOURLY_ON", [(c, g) for g, c in pairs if g in hourly], "technologies with hourly activity that put c in or give it out"),
        ("SHAPED_ON", [(c, g) for g, c in pairs if g in shaped], "shaped technologies that put c in or give it out"),
        ("STORED_ON", [(c, g) for g, c in pairs if g in storage], "storage of c"),
        ("HEATING_ON", [(heat[g], g) for g in m.HEAT_AND_POWER], "combined heat and power that gives out c"),
        ("YEARLY_ON", [(c, g) for g, c in pairs if g not in storage], "technologies that put c in or give it out over the year"),
        ("FUELLED_HEAT_ON", [(c, g) for g, c in pairs if g in heating], "combined heat and power that burns c"),
        ("BUYING_ON", [(c, t) for c, t, way in traded if way == "buy"], "markets where c is bought"),
        ("SELLING_ON", [(c, t) for c, t, way in traded if way == "sell"], "markets where c is sold"),
    ):
        m.add_component(name, pyo.Set(m.COMMODITIES, dimen=1, initialize=grouped(members, m.COMMODITIES), doc=doc))
    selling = {t: c for c, t, way in traded if way == "sell" and c in set(m.HOURLY_COMMODITIES)}
    m.SELLING_MARKETS = pyo.Set(dimen=1, initialize=list(selling), doc="markets where an hourly commodity is sold")
    m.GENERATING_FOR = pyo.Set(
        m.SELLING_MARKETS,
        dimen=1,
        initialize=grouped(((t, g) for t, c in selling.items() for g, other in pairs if other == c and g in hourly), selling),
        doc="technologies whose generation may be sold in market t",
    )
    free = {c for c, yes in zip(column(data, "commodity"), column(data, "surplus"), strict=True) if yes}
    for name, members, doc in (
        ("SURPLUS_COMMODITIES", m.YEARLY_COMMODITIES, "commodities that may be left over"),
        ("HOURLY_SURPLUS_COMMODITIES", m.HOURLY_COMMODITIES, "commodities that may be left over in any hour"),
    ):
        m.add_component(name, pyo.Set(dimen=1, initialize=[c for c in members if c in free], doc=doc))
    m.sale_share = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize=nonzero(data, "sale_share"),
        default=0.0,
        doc="share of its generation that may be sold out of the city",
    )
    m.shape = pyo.Param(
        m.SHAPED,
        m.DAYS,
        m.HOURS,
        initialize=nonzero(data, "shape", of=m.SHAPED),
        default=0.0,
        doc="hourly power per unit of yearly activity, GW per TWh",
    )
    m.demand = pyo.Param(m.COMMODITIES, m.YEARS, initialize=nonzero(data, "demand"), default=0.0, doc="demand of the year")
    m.hourly_demand = pyo.Param(
        m.HOURLY_COMMODITIES,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        initialize=nonzero(data, "demand_hourly", of=m.HOURLY_COMMODITIES),
        default=0.0,
        doc="demand of the hour, GW",
    )
