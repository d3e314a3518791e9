"""Storage: power and energy, closed on each typical day, or linked over the days of a month, of the year, of a spell.

Over days in two layers (L. Kotzur et al. 2018, Applied Energy 213, 123–135): what a block of days (a typical day, or all days of the year in a
row) does to the stock, and the stock as block follows block through the calendar.
"""

from __future__ import annotations

from math import isfinite

import pyomo.core as pyo
import xarray as xr

from model.maths.sets import column, family, grouped, previous_step, table, where

NO_LIMIT = 1e30  # from here on a number means that there is none


def add_storage(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    _parameters(m, data)
    _calendar(m, data)
    index = (m.STORAGE, m.YEARS, m.DAYS, m.HOURS)
    m.Charge = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Charge[g,y,d,h]: power taken in, GW")
    m.Discharge = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Discharge[g,y,d,h]: power given out, GW")
    m.Stored = pyo.Var(
        *index,
        domain=pyo.NonNegativeReals,
        doc="Stored[g,y,d,h]: energy held at the end of the hour, GWh; over days, if the block began with its Opening",
    )
    m.Storage_Balance = family(
        m.DAILY, m.YEARS, m.DAYS, m.HOURS,
        rule=lambda m, g, y, d, h: (
            m.Stored[g, y, d, h]
            == sum(m.kept[g] * m.Stored[g, y, e, f] for e, f in m.STEP_BEFORE[d, h])
            + m.one_way_efficiency[g] * m.Charge[g, y, d, h]
            - m.one_way_loss[g] * m.Discharge[g, y, d, h]
        ),
        doc="Stored[g,y,d,h] = kept[g] · Stored[g,y,step before] + √efficiency[g] · Charge[g,y,d,h] − Discharge[g,y,d,h] / √efficiency[g]",
    )  # fmt: skip
    m.Storage_Power = family(
        *index,
        rule=lambda m, g, y, d, h: (
            m.Charge[g, y, d, h] + m.Discharge[g, y, d, h] <= m.availability[g, y] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="Charge[g,y,d,h] + Discharge[g,y,d,h] ≤ availability[g,y] · city_share[g] · Capacity[g,y]",
    )
    m.Storage_Energy = family(
        m.DAILY, m.YEARS, m.DAYS, m.HOURS,
        rule=lambda m, g, y, d, h: (
            m.Stored[g, y, d, h]
            <= m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y]
            + sum(m.city_share[a] * m.Capacity[a, y] for a in m.RESERVOIRS_ON[g])
        ),
        doc="Stored[g,y,d,h] ≤ storage_hours[g] · city_share[g] · Capacity[g,y] + Σ_a city_share[a] · Capacity[a,y] over the reservoirs a on g",
    )  # fmt: skip
    m.Annual_Of_Storage = family(
        m.STORAGE,
        m.YEARS,
        rule=lambda m, g, y: m.Annual[g, y] == sum(m.day_weight[d] * m.Discharge[g, y, d, h] for d in m.DAYS for h in m.HOURS),
        doc="Annual[g,y] = Σ_d Σ_h day_weight[d] · Discharge[g,y,d,h]",
    )
    _durations(m)
    _within_blocks(m)
    _through_the_calendar(m)


def _parameters(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    efficiency, lost = table(data, "round_trip_efficiency"), table(data, "standing_loss")
    m.one_way_efficiency = pyo.Param(
        m.STORAGE, initialize={g: efficiency[g] ** 0.5 for g in m.STORAGE}, doc="√ of the round-trip efficiency"
    )
    m.one_way_loss = pyo.Param(
        m.STORAGE, initialize={g: 1 / efficiency[g] ** 0.5 for g in m.STORAGE}, doc="1 / √ of the round-trip efficiency"
    )
    m.kept = pyo.Param(
        m.STORAGE, initialize={g: 1 - lost[g] for g in m.STORAGE}, doc="share of what is held that is left an hour later: 1 − standing_loss"
    )
    m.storage_hours = pyo.Param(m.TECHNOLOGIES, initialize=table(data, "storage_hours"), doc="hours of full discharge a storage holds")
    hosts = dict(zip(column(data, "technology"), column(data, "host"), strict=True))
    m.RESERVOIRS_ON = pyo.Set(
        m.STORAGE,
        dimen=1,
        initialize=grouped(((hosts[a], a) for a in m.RESERVOIRS), m.STORAGE),
        doc="reservoirs on storage g: its energy as a decision of its own",
    )
    apart = [g for g in m.STORAGE if len(m.RESERVOIRS_ON[g])]
    least, most = table(data, "least_hours"), table(data, "most_hours")
    m.HELD_APART = pyo.Set(dimen=1, initialize=apart, doc="storage whose energy is decided apart from its power")
    m.HELD_AT_MOST = pyo.Set(dimen=1, initialize=[g for g in apart if most[g] < NO_LIMIT], doc="those of them with a longest duration")
    m.least_hours = pyo.Param(m.HELD_APART, initialize={g: least[g] for g in apart}, doc="least duration of a storage, hours")
    m.most_hours = pyo.Param(m.HELD_AT_MOST, initialize={g: most[g] for g in m.HELD_AT_MOST}, doc="longest duration of a storage, hours")
    m.STEP_BEFORE = pyo.Set(m.DAYS, m.HOURS, dimen=2, initialize=previous_step(data), doc="the day and hour before (d, h)")


def _calendar(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    """Blocks of days, and how they follow one another for what is stored over days."""
    days, hours, blocks, places = (column(data, name) for name in ("day", "hour", "block", "calendar"))
    linked = set(where(data, "technology", "span", "month", "year")) & set(m.STORAGE)
    block_of, before = table(data, "block_of_day"), table(data, "day_before")
    start, span = table(data, "start_stock"), table(data, "span")
    m.DAILY = pyo.Set(dimen=1, initialize=[g for g in m.STORAGE if g not in linked], doc="storage that closes on each typical day")
    m.LINKED = pyo.Set(dimen=1, initialize=[g for g in m.STORAGE if g in linked], doc="storage over days: of a month or of the year")
    m.STARTED = pyo.Set(
        dimen=1, initialize=[g for g in m.LINKED if isfinite(start[g])], doc="storage that begins each year with a stock that is told"
    )
    m.BLOCKS = pyo.Set(
        dimen=1, initialize=blocks, doc="blocks b of days linked hour by hour, by their first: a typical day, all days in a row, the spell"
    )
    m.CALENDAR = pyo.Set(dimen=1, initialize=places, doc="places n of the calendar, each filled by a block")
    m.YEAR_BEGINS = pyo.Set(dimen=1, initialize=places[:1], doc="the first place of the calendar")
    m.BLOCK_OF = pyo.Set(m.DAYS, dimen=1, initialize={d: [block_of[d]] if block_of[d] else [] for d in days}, doc="the block of day d")
    steps = dict.fromkeys((d, h) for d in days for h in hours) if blocks else {}
    inside = {(d, h): (d, h - 1) if h else (before[d], hours[-1]) for d, h in steps if h or before[d]}
    m.STEP_IN_BLOCK = pyo.Set(
        m.DAYS,
        m.HOURS,
        dimen=2,
        initialize={(d, h): [inside[d, h]] if (d, h) in inside else [] for d in days for h in hours},
        doc="the day and hour before (d, h) in its block",
    )
    m.OPENED_AT = pyo.Set(
        m.DAYS,
        m.HOURS,
        dimen=1,
        initialize={(d, h): [block_of[d]] if (d, h) in steps and (d, h) not in inside else [] for d in days for h in hours},
        doc="the block that begins with (d, h)",
    )
    m.BLOCK_AT = pyo.Set(m.CALENDAR, dimen=1, initialize={n: [b] for n, b in table(data, "calendar_block").items()}, doc="the block at n")
    end = table(data, "block_end")
    m.LAST_STEP_AT = pyo.Set(
        m.CALENDAR, dimen=2, initialize={n: [(end[b], hours[-1])] for n in places for b in m.BLOCK_AT[n]}, doc="the last day and hour at n"
    )
    following = {kind: table(data, f"next_in_{kind}") for kind in ("month", "year")}
    m.NEXT = pyo.Set(
        m.LINKED, m.CALENDAR, dimen=1, initialize={(g, n): [following[span[g]][n]] for g in m.LINKED for n in places},
        doc="the place after n: of the year, of a month or of the spell the first after the last",
    )  # fmt: skip
    closing = {kind: {n for n, e in following[kind].items() if e < n} for kind in following}
    left = [(g, n) for g in m.LINKED for n in places if n in closing[span[g]] and (g in m.STARTED or span[g] == "month")]
    m.LEFT_AT = pyo.Set(
        dimen=2, initialize=left, doc="(g, n) where more may be left than is carried on: a month ends, or a year whose stock is told"
    )
    m.LEFT_ON = pyo.Set(
        m.LINKED, m.CALENDAR, dimen=2, initialize={(g, n): [(g, n)] if (g, n) in left else [] for g in m.LINKED for n in places},
        doc="(g, n) itself where it is one of them",
    )  # fmt: skip
    share = table(data, "kept_in_block")
    m.kept_in_block = pyo.Param(
        m.LINKED,
        m.BLOCKS,
        initialize={(g, b): share[g, b] for g in m.LINKED for b in blocks},
        doc="kept[g] to the power of the block's hours",
    )
    m.start_stock = pyo.Param(
        m.STARTED, initialize={g: start[g] for g in m.STARTED}, doc="share of its energy that a storage begins the year with"
    )


def _durations(m: pyo.ConcreteModel) -> None:
    m.Least_Duration = family(
        m.HELD_APART,
        m.YEARS,
        rule=lambda m, g, y: (
            m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y] + sum(m.city_share[a] * m.Capacity[a, y] for a in m.RESERVOIRS_ON[g])
            >= m.least_hours[g] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="storage_hours[g] · city_share[g] · Capacity[g,y] + Σ_a city_share[a] · Capacity[a,y] ≥ least_hours[g] · city_share[g] · Capacity[g,y]",
    )
    m.Longest_Duration = family(
        m.HELD_AT_MOST,
        m.YEARS,
        rule=lambda m, g, y: (
            m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y] + sum(m.city_share[a] * m.Capacity[a, y] for a in m.RESERVOIRS_ON[g])
            <= m.most_hours[g] * m.city_share[g] * m.Capacity[g, y]
        ),
        doc="storage_hours[g] · city_share[g] · Capacity[g,y] + Σ_a city_share[a] · Capacity[a,y] ≤ most_hours[g] · city_share[g] · Capacity[g,y]",
    )


def _within_blocks(m: pyo.ConcreteModel) -> None:
    m.Opening = pyo.Var(
        m.LINKED,
        m.YEARS,
        m.BLOCKS,
        domain=pyo.NonNegativeReals,
        doc="Opening[g,y,b]: energy at the start of the block that Stored is counted from, GWh: how far below its start the stock falls in it",
    )
    m.Highest = pyo.Var(
        m.LINKED, m.YEARS, m.BLOCKS, domain=pyo.NonNegativeReals, doc="Highest[g,y,b]: the most of Stored in the block, GWh"
    )
    index = (m.LINKED, m.YEARS, m.DAYS, m.HOURS)
    m.Linked_Balance = family(
        *index,
        rule=lambda m, g, y, d, h: (
            m.Stored[g, y, d, h]
            == sum(m.kept[g] * m.Stored[g, y, e, f] for e, f in m.STEP_IN_BLOCK[d, h])
            + sum(m.kept[g] * m.Opening[g, y, b] for b in m.OPENED_AT[d, h])
            + m.one_way_efficiency[g] * m.Charge[g, y, d, h]
            - m.one_way_loss[g] * m.Discharge[g, y, d, h]
        ),
        doc="Stored[g,y,d,h] = kept[g] · (Stored[g,y,step before] or, as the block begins, Opening[g,y,b]) + √efficiency[g] · Charge[g,y,d,h] "
        "− Discharge[g,y,d,h] / √efficiency[g]",
    )
    m.Highest_In_Block = family(
        *index,
        rule=lambda m, g, y, d, h: m.Stored[g, y, d, h] <= sum(m.Highest[g, y, b] for b in m.BLOCK_OF[d]),
        doc="Stored[g,y,d,h] ≤ Highest[g,y,block of d]",
    )


def _through_the_calendar(m: pyo.ConcreteModel) -> None:
    index = (m.LINKED, m.YEARS, m.CALENDAR)
    m.Stock = pyo.Var(*index, domain=pyo.NonNegativeReals, doc="Stock[g,y,n]: energy held as place n of the calendar begins, GWh")
    m.Stock_Left = pyo.Var(
        m.LEFT_AT,
        m.YEARS,
        domain=pyo.NonNegativeReals,
        doc="Stock_Left[g,n,y]: by how much more is held at the end of the month, or of a year whose stock is told, than at its start, GWh",
    )
    m.Stock_Suffices = family(
        *index,
        rule=lambda m, g, y, n: m.Stock[g, y, n] >= sum(m.Opening[g, y, b] for b in m.BLOCK_AT[n]),
        doc="Stock[g,y,n] ≥ Opening[g,y,block at n]",
    )
    m.Stock_Within_Energy = family(
        *index,
        rule=lambda m, g, y, n: (
            m.Stock[g, y, n] + sum(m.Highest[g, y, b] - m.Opening[g, y, b] for b in m.BLOCK_AT[n])
            <= m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y] + sum(m.city_share[a] * m.Capacity[a, y] for a in m.RESERVOIRS_ON[g])
        ),
        doc="Stock[g,y,n] − Opening[g,y,b] + Highest[g,y,b] ≤ storage_hours[g] · city_share[g] · Capacity[g,y] + Σ_a city_share[a] · Capacity[a,y], "
        "b the block at n and a the reservoirs on g",
    )
    m.Stock_Carried = family(
        *index,
        rule=lambda m, g, y, n: (
            sum(m.Stock[g, y, e] for e in m.NEXT[g, n]) + sum(m.Stock_Left[a, e, y] for a, e in m.LEFT_ON[g, n])
            == sum(m.kept_in_block[g, b] * (m.Stock[g, y, n] - m.Opening[g, y, b]) for b in m.BLOCK_AT[n])
            + sum(m.Stored[g, y, d, h] for d, h in m.LAST_STEP_AT[n])
        ),
        doc="Stock[g,y,next n] + Stock_Left[g,n,y] = kept_in_block[g,b] · (Stock[g,y,n] − Opening[g,y,b]) + Stored[g,y,last step of b], b the block at n",
    )
    m.Stock_At_Start = family(
        m.STARTED,
        m.YEARS,
        m.YEAR_BEGINS,
        rule=lambda m, g, y, n: (
            m.Stock[g, y, n]
            == m.start_stock[g] * m.storage_hours[g] * m.city_share[g] * m.Capacity[g, y]
            + sum(m.start_stock[g] * m.city_share[a] * m.Capacity[a, y] for a in m.RESERVOIRS_ON[g])
        ),
        doc="Stock[g,y,first n] = start_stock[g] · (storage_hours[g] · city_share[g] · Capacity[g,y] + Σ_a city_share[a] · Capacity[a,y])",
    )
