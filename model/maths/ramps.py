"""Ramps: the yearly additions of a named group of measures grow and shrink no faster than asked."""

from __future__ import annotations

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, relation

NUMBERS = {
    "years": "years of a span that decisions count in",
    "recorded": "what of a group's builds in a span is on record, not decided",
    "leaving": "stock standing by itself that leaves in a span, which may be renewed",
    "up_limit": "what a group may add a year beside the growth",
    "up_growth": "growth of what a group adds a year, from the span before to this one",
    "down_limit": "by how much what a group adds a year may fall beside its share",
    "down_hold": "share of what a group adds a year that is kept, from the span before to this one; a smaller one where less can be built than it could ask",
    "full_level": "level from which on a group has no room for another unit or for what it may stop at",
    "most": "what a full group is let off",
}


def add_ramps(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    m.Added = pyo.Var(
        m.RAMP_ROWS, domain=pyo.NonNegativeReals, doc="Added[r,y]: what group r adds a year of y, renewal of like by like not counted"
    )
    m.Renewed = pyo.Var(m.RAMP_ROWS, domain=pyo.NonNegativeReals, doc="Renewed[r,y]: what of a group's builds replaces what ends")
    m.Full = pyo.Var(
        m.RAMPS_WITH_ROOM, domain=pyo.Binary, doc="Full[r,y]: 1 where a group has no room for another unit, so that it may stop"
    )
    m.Added_Of_Group = family(
        m.RAMP_ROWS,
        rule=lambda m, r, y: (
            m.ramp_years[r, y] * m.Added[r, y]
            == sum(m.ramp_member[r, k] * m.Build[k, y] for k in m.RAMP_MEMBERS[r]) - m.ramp_recorded[r, y] - m.Renewed[r, y]
        ),
        doc="years[r,y] · Added[r,y] = Σ_k member[r,k] · Build[k,y] − recorded[r,y] − Renewed[r,y]",
    )
    m.Renewed_Of_Ended = family(
        m.RAMP_ROWS,
        rule=lambda m, r, y: (
            m.Renewed[r, y] <= m.ramp_leaving[r, y] + sum(m.ramp_ended[r, k, v, y] * m.Build[k, v] for k, v in m.RAMP_ENDED[r, y])
        ),
        doc="Renewed[r,y] ≤ leaving[r,y] + Σ_k Σ_v ended[r,k,v,y] · Build[k,v]",
    )
    m.Ramp_Up = family(
        m.RAMPS_UP,
        rule=lambda m, r, y: (
            m.Added[r, y] <= m.ramp_up_limit[r, y] + sum(m.ramp_up_growth[r, y] * m.Added[r, v] for v in m.RAMP_BEFORE[r, y])
        ),
        doc="Added[r,y] ≤ up_limit[r,y] + up_growth[r,y] · Added[r,y before]",
    )
    m.Ramp_Down = family(
        m.RAMPS_DOWN,
        rule=lambda m, r, y: (
            m.Added[r, y] + sum(m.ramp_most[r, z] * m.Full[r, z] for z in m.RAMP_FULL[r, y])
            >= sum(m.ramp_down_hold[r, y] * m.Added[r, v] for v in m.RAMP_BEFORE[r, y]) - m.ramp_down_limit[r, y]
        ),
        doc="Added[r,y] + most[r,y] · Full[r,y] ≥ down_hold[r,y] · Added[r,y before] − down_limit[r,y]",
    )
    m.Ramp_Full = family(
        m.RAMPS_WITH_ROOM,
        rule=lambda m, r, y: sum(m.ramp_member[r, k] * m.Level[k, y] for k in m.RAMP_MEMBERS[r]) >= m.ramp_full_level[r, y] * m.Full[r, y],
        doc="Σ_k member[r,k] · Level[k,y] ≥ full_level[r,y] · Full[r,y]",
    )


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    m.RAMPS = pyo.Set(dimen=1, initialize=column(data, "ramp"), doc="groups r of measures whose additions are ramped")
    members = dict(zip(zip(*(column(data, f"ramp_member_{part}") for part in ("ramp", "measure"))), column(data, "ramp_member_value")))
    m.RAMPED = relation(members, dimen=2, doc="groups r and their measures k")
    m.ramp_member = pyo.Param(m.RAMPED, initialize=members, doc="group units of a unit of measure k")
    m.RAMP_MEMBERS = pyo.Set(m.RAMPS, dimen=1, initialize=grouped(members, m.RAMPS), doc="measures k of group r")
    rows = list(zip(column(data, "ramp_row_ramp"), column(data, "ramp_row_year"), strict=True))
    told = {name: dict(zip(rows, column(data, f"ramp_row_{name}"), strict=True)) for name in ("up", "down", "before", *NUMBERS)}
    m.RAMP_ROWS = pyo.Set(
        dimen=2, initialize=rows, doc="groups r in the years y from the first decided one on; what is under way alone is let be"
    )
    for name, kept, doc in (
        ("RAMPS_UP", [key for key in rows if told["up"][key]], "rows whose growth is held"),
        ("RAMPS_DOWN", [key for key in rows if told["down"][key]], "rows whose fall is held"),
        ("RAMPS_WITH_ROOM", [key for key in rows if told["down"][key] and told["full_level"][key] == told["full_level"][key]],
         "those of them that a potential may end"),
    ):  # fmt: skip
        m.add_component(name, pyo.Set(dimen=2, initialize=kept, doc=doc))
    m.RAMP_BEFORE = pyo.Set(
        m.RAMP_ROWS,
        dimen=1,
        initialize={key: [told["before"][key]] if told["before"][key] else [] for key in rows},
        doc="the tested year before",
    )
    room = set(m.RAMPS_WITH_ROOM)
    m.RAMP_FULL = pyo.Set(
        m.RAMP_ROWS, dimen=1, initialize={(r, y): [y] if (r, y) in room else [] for r, y in rows}, doc="y where Full counts"
    )
    for name, doc in NUMBERS.items():
        index = m.RAMPS_WITH_ROOM if name in ("full_level", "most") else m.RAMP_ROWS
        m.add_component(f"ramp_{name}", pyo.Param(index, initialize={key: told[name][key] for key in index}, within=pyo.Reals, doc=doc))
    ended = dict(
        zip(
            zip(*(column(data, f"ramp_ended_{part}") for part in ("ramp", "measure", "build_year", "year"))),
            column(data, "ramp_ended_value"),
        )
    )
    m.RAMPED_ENDS = relation(ended, dimen=4, doc="(r, k, v, y): what was built in v ends in y")
    m.ramp_ended = pyo.Param(m.RAMPED_ENDS, initialize=ended, doc="group units of a unit of k built in v that ends in y")
    m.RAMP_ENDED = pyo.Set(
        m.RAMP_ROWS, dimen=2, initialize=grouped((((r, y), (k, v)) for r, k, v, y in ended), rows), doc="(k, v) of group r that end in y"
    )
