"""Carbon markets: what a group must buy of allowances or may sell, by the verified emissions of its outputs and their benchmark."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, relation


def add_allowances(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    m.Net_Allowances = pyo.Var(
        m.SETTLING,
        doc="Net_Allowances[n,y]: allowances that group n must buy beyond what it is allotted; below zero, what it could sell",
    )
    m.Lapsed_Allowances = pyo.Var(
        m.GAIN_LIMITED,
        within=pyo.NonNegativeReals,
        doc="Lapsed_Allowances[n,y]: what a group could sell and may not",
    )
    m.Net_Of_Outputs = family(
        m.SETTLING,
        rule=lambda m, n, y: (
            m.Net_Allowances[n, y]
            == sum(m.net_of_activity[n, g, y] * m.Annual[g, y] for g in m.ACTIVITY_ALLOTTED[n])
            + sum(m.net_of_heat[n, g, y] * m.Annual_Heat[g, y] for g in m.HEAT_ALLOTTED[n])
        ),
        doc="Net_Allowances[n,y] = Σ_g net[n,g,y] · Annual[g,y] + Σ_g net[n,g,y] · Annual_Heat[g,y], net being verified − benchmark, or loss_limit · verified where that "
        "is less: what a group is short of beyond `loss_limit` of its verified emissions is forgiven. All outputs of a group lie on one side of the limit in each year, so that "
        "the smaller of each is the smaller of their sums, and no binary is needed. The city's own emissions are no part of it: they are accounts of what runs, whatever is bought",
    )
    m.Gain_Limit = family(
        m.GAIN_LIMITED,
        rule=lambda m, n, y: (
            m.Net_Allowances[n, y]
            + m.Lapsed_Allowances[n, y]
            + sum(m.sellable_of_activity[n, g, y] * m.Annual[g, y] for g in m.ACTIVITY_ALLOTTED[n])
            + sum(m.sellable_of_heat[n, g, y] * m.Annual_Heat[g, y] for g in m.HEAT_ALLOTTED[n])
            >= 0
        ),
        doc="−Net_Allowances[n,y] − Lapsed_Allowances[n,y] ≤ Σ_g gain_limit[n,y] · verified[n,g,y] · (Annual[g,y] or Annual_Heat[g,y]): no more is sold than `gain_limit` of "
        "verified emissions; what is above it lapses, which earns nothing, so that no binary is needed",
    )


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    years, groups = column(data, "year"), column(data, "allowance_group")
    settles = dict(zip(groups, data["allowance_settles"].values.tolist(), strict=True))
    settling = [(n, y) for n in groups for y, yes in zip(years, settles[n], strict=True) if yes]
    limited = {n for n, yes in zip(groups, column(data, "gain_limited"), strict=True) if yes}
    m.SETTLING = pyo.Set(dimen=2, initialize=settling, doc="groups n of carbon markets in the years y in which they settle")
    m.GAIN_LIMITED = pyo.Set(
        dimen=2, initialize=[key for key in settling if key[0] in limited], doc="those whose gain is limited to a share of emissions"
    )
    m.allowance_price = pyo.Param(
        m.SETTLING, initialize=_by_year(data, groups, "allowance_price", settling), doc="price of an allowance, 亿元 per unit"
    )
    limits = _by_year(data, groups, "gain_limit", settling)
    places = list(zip(*(column(data, f"allotted_{name}") for name in ("group", "technology", "by")), strict=True))
    for by in ("activity", "heat"):
        counted, sellable = {}, {}
        for (n, g, kind), net, verified in zip(
            places, data["allotted_counted"].values.tolist(), data["allotted_verified"].values.tolist(), strict=True
        ):
            for y, amount, emitted in zip(years, net, verified, strict=True):
                if kind == by and (n, y) in limits:
                    counted[n, g, y] = amount
                    if n in limited:
                        sellable[n, g, y] = limits[n, y] * emitted
        for name, entries, doc in (
            ("net", counted, f"allowances to be bought for a unit of {by} of g"),
            ("sellable", sellable, f"allowances that may be sold for a unit of {by} of g: gain_limit · verified"),
        ):
            index = relation(entries, dimen=3, doc=f"groups n, technologies g and years y: {doc}")
            m.add_component(f"{name}_{by}_allotted".upper(), index)
            m.add_component(f"{name}_of_{by}", pyo.Param(index, initialize=entries, within=pyo.Reals, doc=doc))
        pairs = [(n, g) for n, g, kind in places if kind == by]
        m.add_component(
            f"{by.upper()}_ALLOTTED",
            pyo.Set(groups, dimen=1, initialize=grouped(pairs, groups), doc=f"technologies whose {by} group n settles for"),
        )
    payer = dict(zip(groups, column(data, "allowance_payer"), strict=True))
    for name, keys, doc in (
        ("SETTLED_BY", settling, "groups that payer p settles for in y"),
        ("LAPSING_BY", list(m.GAIN_LIMITED), "those whose gain is limited"),
    ):
        on = grouped((((payer[n], y), n) for n, y in keys), [(p, y) for p in m.PAYERS for y in m.YEARS])
        m.add_component(name, pyo.Set(m.PAYERS, m.YEARS, dimen=1, initialize=on, doc=doc))


def _by_year(data: xr.Dataset, groups: list[str], name: str, keys: list[tuple[str, int]]) -> dict[tuple[str, int], float]:
    found = data[name].transpose("allowance_group", "year").values
    years = {y: place for place, y in enumerate(column(data, "year"))}
    return {(n, y): float(found[groups.index(n), years[y]]) for n, y in keys}
