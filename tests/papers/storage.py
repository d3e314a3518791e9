"""Storage on paper: power and energy, cyclic in a typical day, linked through the days of a spell.

Load 1 GW, power at 1.5 亿元/TWh by night and 4.5 by day (3 on average, 26.28 a year). One way through the battery 0.9 is
left: a GWh held costs 1/0.9 GWh of charging and gives 0.9 GWh. Every day is the same: 0.365 thousand of them.
"""

from __future__ import annotations

from paper import A_YEAR, HALF, Paper, demand, halves, market, profile, technology

DAYS = 0.365
PRICED = (demand("electricity", A_YEAR), profile("price_now", halves(0.5, 1.5)), market("electricity", 3.0, shape="price_now"))


def battery(hours: float, *, fee: float = 0.0) -> list:
    told = {"storage_hours": hours, "round_trip_efficiency": 0.81, "variable_cost": fee}
    return technology("battery", "storage", gives={"electricity": 1.0}, exists=0.2, told=told)


def day(*, charged: float, given: float) -> float:
    """The year's cost when so many GWh are charged by night and given by day."""
    return 26.28 + DAYS * (1.5 * charged - 4.5 * given)


ENERGY = Paper(
    name="energy",
    says="0.2 GW for two hours hold 0.4 GWh: 0.444 GWh in by night, 0.36 GWh out by day, a fee of 0.5 a TWh on what comes out",
    # 26.28 − 0.365 · (0.36 · (4.5 − 0.5) − 0.4444 · 1.5). No limit of energy: 0.2 GW for 12 hours: 2.4 in, 2.16 held, 1.944 out.
    # No balance of energy: 0.2 GW out all day and night: 0.2 · 4.38 · (1.5 − 0.5 + 4.5 − 0.5) saved. No fee: 0.36 · 4.5.
    facts=(*PRICED, battery(2.0, fee=0.5)),
    objective=day(charged=0.4 / 0.9, given=0.36) + DAYS * 0.36 * 0.5,
    answer={"annual[battery,2021]": DAYS * 0.36, "stored[battery,2021,d1,11]": 0.4, "stored[battery,2021,d1,23]": 0.0},
    without={
        "Storage_Energy": day(charged=2.4, given=1.944) + DAYS * 1.944 * 0.5,
        "Storage_Balance": 26.28 - 0.2 * HALF * 5.0,
        "Annual_Of_Storage": day(charged=0.4 / 0.9, given=0.36),
    },
)

POWER = Paper(
    name="power",
    says="0.2 GW for 24 hours could hold 4.8 GWh, but takes in only 2.4 in the 12 hours of the night",
    # 2.4 in, 2.16 held, 1.944 out. No limit of power: 4.8 held: 5.333 in, 4.32 out.
    facts=(*PRICED, battery(24.0)),
    objective=day(charged=2.4, given=1.944),
    answer={"annual[battery,2021]": DAYS * 1.944, "charge_power[battery,2021,d1,5]": 0.2},
    without={"Storage_Power": day(charged=4.8 / 0.9, given=4.32)},
)

CYCLIC = Paper(
    name="cyclic",
    says="dear first, cheap later: a day ends as it began, so what is given in the morning was charged the evening before",
    # The same day turned round costs the same as `energy` without its fee; only the day's join makes it possible.
    # The join taken out (the balance of hour 0): 0.4 GWh more from nowhere, held at hour 0, given by day for nothing charged by night.
    facts=(
        demand("electricity", A_YEAR),
        profile("price_now", halves(1.5, 0.5)),
        market("electricity", 3.0, shape="price_now"),
        battery(2.0),
    ),
    objective=day(charged=0.4 / 0.9, given=0.36),
    answer={"stored[battery,2021,d1,23]": 0.4, "stored[battery,2021,d1,11]": 0.0},
    without={"Storage_Balance[battery,2021,d1,0]": day(charged=0.0, given=0.36 + 0.2)},
)

SPELL = Paper(
    name="spell",
    says="after a mean day one hard day a year carries 1.5 times the load: 1.2 GW of its own plant and 0.3 GW bought",
    # The spell's load is 1 GW, then 1.5 GW; the other days carry (365 − 2.5)/363 GW, so that the year keeps its 8.76 TWh.
    # Own plant 1.2 GW at 0: only the hard day buys, 0.3 GW for 24 hours: 0.0072 TWh · 3. Without the spell nothing would be bought.
    facts=(
        demand("electricity", A_YEAR),
        market("electricity", 3.0),
        technology("plant", "dispatch", gives={"electricity": 1.0}, exists=1.2),
    ),
    settings={"stress_days": 2, "stress_weight": 1, "stress_load": 1.5},
    objective=0.3 * 0.024 * 3,
    answer={
        "hourly_trade[electricity_buy,2021,stress2,4]": 0.3,
        "hourly_trade[electricity_buy,2021,stress1,4]": 0.0,
        "hourly_trade[electricity_buy,2021,d1,4]": 0.0,
    },
    without={"Dispatched_Within_Capacity": 0.0, "Hourly_Balance": 0.0, "Trade_Value:cost": 0.0},
)
