"""Accounts: every indicator of the plan, and what payers spend that indicators count, as linear sums."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import acting, column, family, grouped, nonzero, relation, table

ACCOUNTS = ("activity", "capacity", "level", "trade", "composed", "spend", "heat")


def add_accounts(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    m.Indicator = pyo.Var(m.INDICATORS, m.YEARS, doc="Indicator[i,y]: quantity of the plan's own language in year y")
    m.Spend = pyo.Var(
        m.COUNTED_PAYERS,
        m.YEARS,
        doc="Spend[p,y]: cash of payer p in year y, 亿元, yearly average of the span; of payers that indicators count",
    )
    m.Trade_Value = pyo.Var(m.MARKETS, m.YEARS, doc="Trade_Value[t,y]: what is paid or earned in market t, 亿元")

    m.Indicator_Account = family(
        m.INDICATORS,
        m.YEARS,
        rule=lambda m, i, y: (
            m.Indicator[i, y]
            == sum(m.activity_account[i, g, y] * m.Annual[g, y] for g in m.ACTIVITY_OF[i])
            + sum(m.heat_account[i, g, y] * m.Annual_Heat[g, y] for g in m.HEAT_OF[i])
            + sum(m.capacity_account[i, g, y] * m.Capacity[g, y] for g in m.CAPACITY_OF[i])
            + sum(m.level_account[i, k, y] * m.Level[k, y] for k in m.LEVEL_OF[i])
            + sum(m.build_account[k, i, v, y] * m.Build[k, v] for k, v in m.BUILD_ACCOUNTS_ON[i, y])
            + sum(m.deferred_build_account[k, i, v, y] * m.Deferred[k, v] for k, v in m.DEFERRED_BUILD_ACCOUNTS_ON[i, y])
            + sum(m.trade_account[i, t, y] * m.Trade[t, y] for t in m.TRADE_OF[i])
            + sum(m.spend_account[i, p, y] * m.Spend[p, y] for p in m.SPEND_OF[i])
            + sum(m.composed_account[i, j, y] * m.Indicator[j, y] for j in m.COMPOSED_OF[i])
            + m.constant_account[i, y]
        ),
        doc="Indicator[i,y] = Σ_g a[i,g,y] · Annual[g,y] + Σ_g a[i,g,y] · Annual_Heat[g,y] + Σ_g a[i,g,y] · Capacity[g,y] + Σ_k a[i,k,y] · Level[k,y] "
        "+ Σ_k Σ_v a[i,k,v,y] · Build[k,v] − Σ_k Σ_v a[i,k,v,y] · Deferred[k,v] + Σ_t a[i,t,y] · Trade[t,y] + Σ_p a[i,p,y] · Spend[p,y] + Σ_j a[i,j,y] · Indicator[j,y] + constant[i,y]",
    )
    m.Yearly_Trade_Value = family(
        m.MARKETS - m.HOURLY_MARKETS,
        m.YEARS,
        rule=lambda m, t, y: m.Trade_Value[t, y] == m.price[t, y] * m.Trade[t, y],
        doc="Trade_Value[t,y] = price[t,y] · Trade[t,y]",
    )
    m.Hourly_Trade_Value = family(
        m.HOURLY_MARKETS,
        m.YEARS,
        rule=lambda m, t, y: (
            m.Trade_Value[t, y]
            == sum(
                m.price[t, y] * m.price_shape[t, y, d, h] * m.day_weight[d] * m.Hourly_Trade[t, y, d, h] for d in m.DAYS for h in m.HOURS
            )
        ),
        doc="Trade_Value[t,y] = Σ_d Σ_h price[t,y] · price_shape[t,y,d,h] · day_weight[d] · Hourly_Trade[t,y,d,h]",
    )
    m.Spend_Account = family(
        m.COUNTED_PAYERS,
        m.YEARS,
        rule=lambda m, p, y: (
            m.Spend[p, y]
            == sum(m.cash[k, v, y] * m.Build[k, v] for k, v in m.BUILDS_PAID_BY[p, y])
            - sum(m.deferred_cash[k, v, y] * m.Deferred[k, v] for k, v in m.RENEWALS_PAID_BY[p, y])
            + sum(m.measure_fixed_om[k, y] * m.Level[k, y] for k in m.PAID_BY[p])
            + sum(m.fixed_om[g, y] * m.city_share[g] * m.Capacity[g, y] for g in m.OPERATED_BY[p])
            + sum(m.variable_cost[g, y] * m.Annual[g, y] for g in m.RUN_BY[p])
            + sum(m.heat_cost[g, y] * m.Annual_Heat[g, y] for g in m.HEATED_BY[p])
            + sum(m.trade_sign[t] * m.Trade_Value[t, y] for t in m.TRADED_BY[p])
            + sum(m.allowance_price[n, y] * m.Net_Allowances[n, y] for n in m.SETTLED_BY[p, y])
            + sum(m.allowance_price[n, y] * m.Lapsed_Allowances[n, y] for n in m.LAPSING_BY[p, y])
            + sum(m.levied[p, i, y] * m.Indicator[i, y] for i in m.LEVIED_ON[p, y])
            + sum(m.granted[p, k, v] * m.cash[k, v, y] * m.Build[k, v] for k, v in m.GRANTED_TO[p, y])
            - sum(m.granted[p, k, v] * m.deferred_cash[k, v, y] * m.Deferred[k, v] for k, v in m.GRANTED_LATER[p, y])
        ),
        doc="Spend[p,y] = Σ_k Σ_v (cash[k,v,y] · Build[k,v] − deferred_cash[k,v,y] · Deferred[k,v]) + Σ_k fixed_om[k,y] · Level[k,y] "
        "+ Σ_g (fixed_om[g,y] · city_share[g] · Capacity[g,y] + variable_cost[g,y] · Annual[g,y] + heat_cost[g,y] · Annual_Heat[g,y]) "
        "+ Σ_t ± Trade_Value[t,y] + Σ_n allowance_price[n,y] · (Net_Allowances[n,y] + Lapsed_Allowances[n,y]) + Σ_i levied[p,i,y] · Indicator[i,y] "
        "+ Σ_k Σ_v granted[p,k,v] · (cash[k,v,y] · Build[k,v] − deferred_cash[k,v,y] · Deferred[k,v]); cash is investment · share paid in the span / span_years, as often as it is bought inside its span: "
        "with n years of lead time 1/n in each of the n years before it comes into force",
    )


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    years = column(data, "year")
    for name in ("activity", "heat", "capacity", "level", "trade", "spend", "composed"):
        entries = _paths(data, f"{name}_account", years)
        counted = relation(entries, dimen=3, doc=f"indicators i, what {name} counts in them, and years y")
        m.add_component(f"{name.upper()}_ACCOUNTS", counted)
        m.add_component(f"{name}_account", pyo.Param(counted, initialize=entries, doc=f"how much one unit of {name} counts in indicator i"))
        pairs = dict.fromkeys((i, item) for i, item, _ in entries)
        m.add_component(
            f"{name.upper()}_OF",
            pyo.Set(m.INDICATORS, dimen=1, initialize=grouped(pairs, m.INDICATORS), doc=f"what {name} counts in indicator i"),
        )
    counted = set(column(data, "spend_account_item")) if "spend_account_item" in data else set()
    m.COUNTED_PAYERS = pyo.Set(
        dimen=1, initialize=[p for p in column(data, "payer") if p in counted], doc="payers whose spending an indicator counts"
    )
    constants: dict[tuple[str, int], float] = {}
    for (i, _, y), value in _paths(data, "constant_account", years).items():
        constants[i, y] = constants.get((i, y), 0.0) + value
    m.constant_account = pyo.Param(
        m.INDICATORS,
        m.YEARS,
        initialize=constants,
        default=0.0,
        doc="what no decision changes in indicator i: drivers, demands, rest of the city",
    )
    acting(m, data, "build_account", item="indicator", members=m.INDICATORS, doc="indicator in y per unit of measure k {} in v")
    _costs(m, data)


def _costs(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    """What each payer spends on, and what each of it costs."""
    m.price = pyo.Param(m.MARKETS, m.YEARS, initialize=table(data, "market_price"), doc="price in market t, 亿元 per unit")
    m.price_shape = pyo.Param(
        m.HOURLY_MARKETS,
        m.YEARS,
        m.DAYS,
        m.HOURS,
        initialize=table(data, "market_shape", of=m.HOURLY_MARKETS),
        doc="price of the hour, multiple of the year's price",
    )
    m.fixed_om = pyo.Param(
        m.TECHNOLOGIES, m.YEARS, initialize=nonzero(data, "fixed_om"), default=0.0, doc="fixed O&M a year, 亿元 per unit of capacity"
    )
    m.variable_cost = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize=nonzero(data, "variable_cost"),
        default=0.0,
        doc="variable cost with network cost of what is taken in, 亿元 per unit of activity",
    )
    m.heat_cost = pyo.Param(
        m.HEAT_AND_POWER,
        m.YEARS,
        initialize=nonzero(data, "heat_cost", of=m.HEAT_AND_POWER),
        default=0.0,
        doc="network cost of the fuel burnt for heat, 亿元 per unit of heat",
    )
    m.measure_fixed_om = pyo.Param(
        m.MEASURES,
        m.YEARS,
        initialize=nonzero(data, "measure_fixed_om"),
        default=0.0,
        doc="fixed O&M a year of a measure, 亿元 per unit in force",
    )
    _cash(m, data)
    _transfers(m, data)
    directions = dict(zip(column(data, "market"), column(data, "market_direction"), strict=True))
    m.trade_sign = pyo.Param(
        m.MARKETS, initialize={t: 1.0 if way == "buy" else -1.0 for t, way in directions.items()}, doc="1 where bought, −1 where sold"
    )
    for name, dim, members, doc in (
        ("PAID_BY", "measure", m.MEASURES, "measures payer p pays for"),
        ("OPERATED_BY", "technology", m.TECHNOLOGIES, "technologies whose fixed O&M payer p pays"),
        ("RUN_BY", "technology", m.RUNNING, "technologies payer p runs"),
        ("HEATED_BY", "technology", m.HEAT_AND_POWER, "combined heat and power payer p runs"),
        ("TRADED_BY", "market", m.MARKETS, "markets payer p trades in"),
    ):
        mine = set(members)
        paid = [(p, item) for p, item in zip(column(data, f"{dim}_payer"), column(data, dim), strict=True) if item in mine]
        m.add_component(name, pyo.Set(m.PAYERS, dimen=1, initialize=grouped(paid, m.PAYERS), doc=doc))


def _cash(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    """When what is built in v is paid for in cash, and by whom."""
    payer = dict(zip(column(data, "measure"), column(data, "measure_payer"), strict=True))
    renewed = set(m.RENEWED_MEASURES)
    for name, value, index, by, kept, doc in (
        ("cash", "value", "CASH", "BUILDS_PAID_BY", set(m.MEASURES), "cash paid in a year of y for a unit of measure k built in v, 亿元"),
        ("deferred_cash", "deferred", "DEFERRED_CASH", "RENEWALS_PAID_BY", renewed,
         "cash not paid in a year of y by a unit of measure k that comes into force a span of v later, 亿元"),
    ):  # fmt: skip
        paid = {
            key: amount
            for key, amount in table(data, "cash_measure", "cash_build_year", "cash_year", f"cash_{value}").items()
            if key[0] in kept
        }
        m.add_component(index, relation(paid, dimen=3, doc=f"(k, v, y): {doc}"))
        m.add_component(name, pyo.Param(m.component(index), initialize=paid, doc=doc))
        on = grouped((((payer[k], y), (k, v)) for k, v, y in paid), [(p, y) for p in m.PAYERS for y in m.YEARS])
        m.add_component(by, pyo.Set(m.PAYERS, m.YEARS, dimen=2, initialize=on, doc=f"(k, v) of payer p in y: {doc}"))


def _transfers(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    """What payers pay, less what they receive, on indicators and on what is invested."""
    years, pairs = column(data, "year"), [(p, y) for p in m.PAYERS for y in m.YEARS]
    levied, granted = (
        {
            (p, item, y): value
            for p, item, path in zip(column(data, f"{dim}_payer"), column(data, f"{dim}_{of}"), column(data, f"{dim}_{name}"), strict=True)
            for y, value in zip(years, path, strict=True)
        }
        for dim, of, name in (("levied", "indicator", "value"), ("granted", "measure", "share"))
    )
    m.LEVIED = relation(levied, dimen=3, doc="payers p, indicators i and years y: taxes and subsidies on indicators")
    m.levied = pyo.Param(
        m.LEVIED, initialize=levied, within=pyo.Reals, doc="what payer p pays, less what it receives, on a unit of indicator i, 亿元"
    )
    m.LEVIED_ON = pyo.Set(
        m.PAYERS,
        m.YEARS,
        dimen=1,
        initialize=grouped((((p, y), i) for p, i, y in levied), pairs),
        doc="indicators on which payer p pays or receives",
    )
    m.GRANTED = relation(granted, dimen=3, doc="payers p, measures k and build years v: taxes and subsidies on investment")
    m.granted = pyo.Param(
        m.GRANTED,
        initialize=granted,
        within=pyo.Reals,
        doc="what payer p pays, less what it receives, beside the investment in a unit of k built in v: share of it",
    )
    payers: dict[tuple[str, int], list[str]] = {}
    for p, k, v in granted:
        payers.setdefault((k, v), []).append(p)
    for name, paid, doc in (("GRANTED_TO", m.CASH, "built"), ("GRANTED_LATER", m.DEFERRED_CASH, "coming later")):
        on = grouped((((p, y), (k, v)) for k, v, y in paid for p in payers.get((k, v), ())), pairs)
        m.add_component(
            name, pyo.Set(m.PAYERS, m.YEARS, dimen=2, initialize=on, doc=f"(k, v) {doc} on whose investment payer p pays or receives in y")
        )


def _paths(data: xr.Dataset, dim: str, years: list[int]) -> dict[tuple[str, str, int], float]:
    if f"{dim}_value" not in data:
        return {}
    keys = zip(column(data, f"{dim}_indicator"), column(data, f"{dim}_item"), strict=True)
    return {
        (i, item, y): value
        for (i, item), path in zip(keys, data[f"{dim}_value"].values.tolist(), strict=True)
        for y, value in zip(years, path, strict=True)
    }
