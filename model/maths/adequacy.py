"""Adequacy: firm capacity of each year against peak load, which follows what the plan runs, and reserve."""

from __future__ import annotations

from math import isfinite

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, nonzero, relation, table


def add_adequacy(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    m.Firm_Shortfall = pyo.Var(
        m.YEARS, domain=pyo.NonNegativeReals, doc="Firm_Shortfall[y]: firm capacity missing, GW, zero in any accepted plan"
    )
    m.Counted = pyo.Var(
        m.CREDITED,
        m.YEARS,
        domain=pyo.NonNegativeReals,
        doc="Counted[g,s,y]: capacity of g that counts in segment s of peak load, GW, of storage what its duration makes firm",
    )
    m.Counted_Within_Capacity = family(
        m.FALLING,
        m.YEARS,
        rule=lambda m, g, y: sum(m.Counted[g, s, y] for s in m.SEGMENTS_OF[g]) <= m.firm_share[g] * m.city_share[g] * m.Capacity[g, y],
        doc="Σ_s Counted[g,s,y] ≤ firm_share[g] · city_share[g] · Capacity[g,y]",
    )
    m.Counted_Within_Segment = family(
        m.BOUNDED_SEGMENTS,
        m.YEARS,
        rule=lambda m, s, y: (
            sum(m.Counted[g, s, y] for g in m.COUNTED_IN[s])
            <= m.segment_width[s] * m.peak[y] + sum(m.segment_width[s] * m.coincidence[g, y] * m.Annual[g, y] for g in m.COINCIDENT_IN[y])
        ),
        doc="Σ_g Counted[g,s,y] ≤ segment_width[s] · (peak[y] + Σ_g coincidence[g,y] · Annual[g,y]); credits fall from segment to segment, so that "
        "the first are filled first",
    )
    m.Adequacy = family(
        m.YEARS,
        rule=lambda m, y: (
            sum(m.capacity_credit[g, y] * m.city_share[g] * m.Capacity[g, y] for g in m.TECHNOLOGIES)
            + sum(m.segment_credit[g, s, y] * m.Counted[g, s, y] for g, s in m.CREDITED_IN[y])
            + m.firm_purchases[y]
            + m.Firm_Shortfall[y]
            - sum(m.reserve_factor * m.coincidence[g, y] * m.Annual[g, y] for g in m.COINCIDENT_IN[y])
            >= m.reserve_factor * m.peak[y]
        ),
        doc="Σ_g capacity_credit[g,y] · city_share[g] · Capacity[g,y] + Σ_g Σ_s segment_credit[g,s,y] · Counted[g,s,y] + firm_purchases[y] "
        "+ Firm_Shortfall[y] ≥ (1 + reserve_margin) · (peak[y] + Σ_g coincidence[g,y] · Annual[g,y])",
    )


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    credited = list(zip(column(data, "credited_technology"), column(data, "credited_segment"), strict=True))
    falling = {g for g, _ in credited}
    own = nonzero(data, "capacity_credit")
    m.capacity_credit = pyo.Param(
        m.TECHNOLOGIES,
        m.YEARS,
        initialize={key: value for key, value in own.items() if key[0] not in falling},
        default=0.0,
        doc="share of capacity firm at peak, of storage by its duration; of technologies whose credit falls none here",
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
    _falling(m, data, credited)


def _falling(m: pyo.ConcreteModel, data: xr.Dataset, credited: list[tuple[str, str]]) -> None:
    """Groups whose credit falls: their segments, and what a GW in each counts."""
    segments, width, share = column(data, "credit_segment"), table(data, "segment_width"), table(data, "firm_share")
    m.CREDITED = pyo.Set(dimen=2, initialize=credited, doc="technologies g whose capacity credit falls, and segments s of peak load")
    m.FALLING = pyo.Set(dimen=1, initialize=sorted({g for g, _ in credited}), doc="technologies whose capacity credit falls")
    m.SEGMENTS_OF = pyo.Set(m.FALLING, dimen=1, initialize=grouped(credited, m.FALLING), doc="segments s in which technology g counts")
    m.BOUNDED_SEGMENTS = pyo.Set(
        dimen=1, initialize=[s for s in segments if isfinite(width[s])], doc="segments that end at a share of peak load"
    )
    m.COUNTED_IN = pyo.Set(
        m.BOUNDED_SEGMENTS,
        dimen=1,
        initialize=grouped(((s, g) for g, s in credited), m.BOUNDED_SEGMENTS),
        doc="technologies that count in s",
    )
    m.CREDITED_IN = pyo.Set(m.YEARS, dimen=2, initialize=dict.fromkeys(m.YEARS, credited), doc="technologies and segments that count in y")
    m.segment_width = pyo.Param(
        m.BOUNDED_SEGMENTS, initialize={s: width[s] for s in m.BOUNDED_SEGMENTS}, doc="share of peak load that a segment takes up"
    )
    m.firm_share = pyo.Param(
        m.FALLING, initialize={g: share[g] for g in m.FALLING}, doc="share of capacity that its duration makes firm; 1 but for storage"
    )
    firm = zip(credited, data.variables["credited_firm"].transpose("credited", "year").values.tolist(), strict=True)
    m.segment_credit = pyo.Param(
        m.CREDITED,
        m.YEARS,
        initialize={(g, s, y): value for (g, s), path in firm for y, value in zip(m.YEARS, path, strict=True)},
        doc="share of the capacity of g in segment s that is firm at peak: what the segment keeps of its own capacity credit",
    )
