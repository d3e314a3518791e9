"""Storage over days on paper: calendars of two or three typical days, a stock that is told, what is lost, months, energy apart from power.

Load 1 GW, 8.76 TWh a year. Of a year in two seasons one has 219 days with power at 1 亿元/TWh, the other 146 at 3.5: 5.256 + 12.264 = 17.52.
One way through the tank 0.9 is left: a GWh held costs 1/0.9 GWh of charging and gives 0.9 GWh.
"""

from __future__ import annotations

from collections.abc import Mapping

from paper import (
    A_YEAR,
    NOTHING,
    Facts,
    Number,
    Paper,
    demand,
    fact,
    halves,
    market,
    measure,
    number,
    periods,
    profile,
    seasonal,
    technology,
)

from papers.storage import PRICED

LEVEL = 17.52
HELD = (0.9 * 3.5 - 1.0 / 0.9) * 1e-3  # saved by a GWh that is held from the cheap season to the dear one


def seasons(days: Mapping[str, int], levels: tuple[float, ...], price: float) -> tuple[Facts, ...]:
    """A level load, and power at a price of its own in each season."""
    return (
        periods(days),
        demand("electricity", A_YEAR),
        seasonal("price_now", days, levels),
        market("electricity", price, shape="price_now"),
    )


def tank(*, span: str = "year", told: Mapping[str, Number] = NOTHING) -> tuple[Facts, Facts]:
    """0.2 GW of power, and 200 GWh of energy apart from it."""
    return (
        technology("tank", "storage", gives={"electricity": 1.0}, exists=0.2, told={"round_trip_efficiency": 0.81, **told}, span=span),
        technology("cavern", "reservoir", unit="GWh", activity="TWh", exists=200.0, host="tank"),
    )


CHEAP_THEN_DEAR = seasons({"m1": 219, "m2": 146}, (0.5, 1.75), 2.0)
DEAR_THEN_CHEAP = seasons({"m1": 146, "m2": 219}, (1.75, 0.5), 2.0)

YEAR = Paper(
    name="year",
    says="200 GWh are filled in 219 days at 1 and emptied in 146 at 3.5: 0.0423 GW in and 0.0514 out all the while",
    # No limit of energy: 0.2 GW out in all 3504 dear hours, 700.8 GWh of 778.67 held. Nothing that links hours or days: 0.2 GW out all year.
    facts=(*CHEAP_THEN_DEAR, *tank()),
    objective=LEVEL - 200 * HELD,
    answer={
        "annual[tank,2021]": 0.18, "stock_held[tank,2021,1]": 0.0, "stock_held[tank,2021,220]": 200.0, "stock_held[tank,2021,293]": 100.0,
    },
    without={
        "Stock_Within_Energy": LEVEL - 700.8 / 0.9 * HELD,
        "Linked_Balance": 0.8 * LEVEL,
        "Stock_Carried": 0.8 * LEVEL,
    },
)  # fmt: skip

START = Paper(
    name="start",
    says="dear first, and the year begins with half of 200 GWh: 100 are given, and filled again in the cheap season, as no year may end with less",
    # Were no stock told, the year would begin with all 200.
    facts=(*DEAR_THEN_CHEAP, *tank(told={"start_stock": 0.5})),
    objective=LEVEL - 100 * HELD,
    answer={"stock_held[tank,2021,1]": 100.0, "stock_held[tank,2021,147]": 0.0, "stock_left[tank,365,2021]": 0.0},
    without={"Stock_At_Start": LEVEL - 200 * HELD, "Stock_Carried": 0.8 * LEVEL},
)

EMPTY = Paper(
    name="empty",
    says="dear first, and the year begins with nothing: nothing to give in the dear season, and what is filled later is of no use to this year",
    facts=(*DEAR_THEN_CHEAP, *tank(told={"start_stock": 0.0})),
    objective=LEVEL,
    answer={"stock_held[tank,2021,1]": 0.0},
    without={"Stock_At_Start": LEVEL - 200 * HELD},
)

FALLS_FIRST = Paper(
    name="falls_first",
    says="every day is dear first and cheap later: it begins with what it gives, so that 0.2 GW for two hours move 0.4 GWh, as on a day by itself",
    # A day that need not begin with what it gives, or of which the highest does not count: 2.4 GWh in, 1.944 out, as much as 0.2 GW can.
    facts=(
        demand("electricity", A_YEAR),
        profile("price_now", halves(1.5, 0.5)),
        market("electricity", 3.0, shape="price_now"),
        technology(
            "tank",
            "storage",
            gives={"electricity": 1.0},
            exists=0.2,
            told={"storage_hours": 2.0, "round_trip_efficiency": 0.81},
            span="year",
        ),
    ),
    objective=26.28 + 0.365 * (1.5 * 0.4 / 0.9 - 4.5 * 0.36),
    answer={"opening[tank,2021,d1]": 0.4, "highest[tank,2021,d1]": 0.4, "stock_held[tank,2021,200]": 0.4},
    without=dict.fromkeys(("Stock_Suffices", "Highest_In_Block"), 26.28 + 0.365 * (1.5 * 2.4 - 4.5 * 1.944)),
)

FREE_IDLE_DEAR = {"m1": 1, "m2": 363, "m3": 1}
LOSES = Paper(
    name="loses",
    says="1 GWh filled for nothing in the last hour of the first day is held for 363 days and an hour, and loses 0.01 % an hour, each of 24 a day",
    # 0.9999 ^ 8713 is left for the first hour of the last day, on which alone there is a load, at 3. Left untold: 1 GWh.
    facts=(
        periods(FREE_IDLE_DEAR),
        seasonal("last_day", FREE_IDLE_DEAR, (0.0, 0.0, 365.0)),
        demand("electricity", 0.024, shape="last_day"),
        seasonal("price_now", FREE_IDLE_DEAR, (0.0, 365 / 364, 365 / 364)),
        market("electricity", 3.0 * 364 / 365, shape="price_now"),
        technology(
            "tank", "storage", gives={"electricity": 1.0}, exists=1.0, told={"storage_hours": 1.0, "standing_loss": 1e-4}, span="year"
        ),
    ),
    objective=0.072 - 0.003 * (1 - 1e-4) ** 8713,
    answer={"stock_held[tank,2021,2]": 1.0, "stock_held[tank,2021,365]": (1 - 1e-4) ** 8712},
    without={"Linked_Balance": 0.0},
)

LOSES_IN_A_DAY = Paper(
    name="loses_in_a_day",
    says="0.4 GWh charged in the last hour of the night at 1.5 are given in the next at 4.5, when 5 % of it is lost",
    # Nothing lost, as where the hours are not linked: see `energy`; here a day is free: 1 GW out of nowhere all day and night.
    facts=(
        *PRICED,
        technology("battery", "storage", gives={"electricity": 1.0}, exists=1.0, told={"storage_hours": 0.4, "standing_loss": 0.05}),
    ),
    objective=26.28 + 0.365 * (1.5 * 0.4 - 4.5 * 0.38),
    answer={"annual[battery,2021]": 0.365 * 0.38},
    without={"Storage_Balance": 0.0},
)

MONTHS = {f"m{place}": days for place, days in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1)}
WIND = 4 * 0.5 * 182.5 / 179  # GW on a windy day: the year's 182.5 days at half of 4 GW come on 179
MONTH = Paper(
    name="month",
    says="half of each month is calm, half windy, drawn in no order: of 31 days 16 are calm, so that 15 windy ones leave each of them 15/16 of their surplus",
    # What 31 days ask holds for each calm day of the year, as all are one typical day; 186 of them are short of the rest. Unlinked: nothing is bought.
    facts=(
        periods(MONTHS),
        demand("electricity", A_YEAR),
        market("electricity", 3.0),
        seasonal("breeze", MONTHS, [0.25] * 12, availability=True),
        [fact("day_types", profile="breeze", id=name, share=0.5, **number(value)) for name, value in (("calm", 0.0), ("windy", 2.0))],
        technology("wind", "variable", gives={"electricity": 1.0}, exists=4.0, profile="breeze"),
        technology("tank", "storage", gives={"electricity": 1.0}, exists=2.0, told={"storage_hours": 1000.0}, span="month"),
    ),
    objective=186 * 0.024 * 3 * (1 - (WIND - 1) * 15 / 16),
    without={"Stock_Carried": 0.0},
)


def apart(least: float = 0.0, most: float | None = None) -> tuple[Facts, ...]:
    """Power at 1.2 a GW and energy at 0.5 a GWh, each a measure of its own."""
    hours = {"least_hours": least, **({} if most is None else {"most_hours": most})}
    return (
        technology("battery", "storage", gives={"electricity": 1.0}, told=hours),
        technology("cells", "reservoir", unit="GWh", activity="TWh", host="battery"),
        measure("build_battery", {"battery": 1.0}, unit="GW", cost=1.2),
        measure("build_cells", {"cells": 1.0}, unit="GWh", cost=0.5),
    )


# A GWh moved from night to day saves 0.365 · (4.5 − 1.5) = 1.095 a year; the load of the day is 12 GWh.
APART = Paper(
    name="apart",
    says="1 GW and 12 GWh serve the whole day from the night: 13.14 saved for 1.2 + 6",
    # No limit of energy: none of it is built.
    facts=(*PRICED, *apart()),
    objective=26.28 - 13.14 + 7.2,
    answer={"build[build_battery,2021]": 1.0, "build[build_cells,2021]": 12.0, "capacity[cells,2021]": 12.0},
    without={"Storage_Energy": 26.28 - 13.14 + 1.2},
)

AT_MOST = Paper(
    name="at_most",
    says="no more than four hours: 12 GWh need 3 GW",
    facts=(*PRICED, *apart(most=4.0)),
    objective=26.28 - 13.14 + 3.6 + 6.0,
    answer={"build[build_battery,2021]": 3.0, "build[build_cells,2021]": 12.0},
    without={"Longest_Duration": 26.28 - 13.14 + 7.2},
)

AT_LEAST = Paper(
    name="at_least",
    says="no less than sixteen hours: 1 GW, which 12 GWh need, brings 16",
    facts=(*PRICED, *apart(least=16.0)),
    objective=26.28 - 13.14 + 1.2 + 8.0,
    answer={"build[build_battery,2021]": 1.0, "build[build_cells,2021]": 16.0},
    without={"Least_Duration": 26.28 - 13.14 + 7.2},
)
