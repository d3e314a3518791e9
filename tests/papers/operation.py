"""Operation on paper: how much of its capacity each technology runs.

1 GW all year is 8.76 TWh; `A_YEAR`. Half of the hours (0–11 night, 12–23 day) make `HALF`, 4.38 TWh. Power is bought
at 3 亿元/TWh unless said otherwise. The load `swing` is 0.4 GW by night and 1.6 GW by day.
"""

from __future__ import annotations

from paper import A_YEAR, HALF, Paper, demand, halves, indicator, market, measure, numbers, profile, target, technology

GOODS = (demand("goods", 1.0), market("goods", 3.0))
LOAD = (demand("electricity", A_YEAR), market("electricity", 3.0))
SWING = (profile("swing", halves(0.4, 1.6)), demand("electricity", A_YEAR, shape="swing"), market("electricity", 3.0))
POWER = {"electricity": 1.0}

AVAILABILITY = Paper(
    name="availability",
    says="0.6 Mt of mill, available half the time, makes 0.3 Mt",
    # 0.7 · 3. Without the rule the ceiling of utilisation (its whole capacity) is left: 0.4 · 3.
    facts=(*GOODS, technology("mill", gives={"goods": 1.0}, exists=0.6, told={"availability": 0.5})),
    objective=2.1,
    answer={"annual[mill,2021]": 0.3},
    without={"Yearly_Within_Capacity": 1.2, "Yearly_Balance": 0.0},
)

UTILISATION_FLOOR = Paper(
    name="utilisation_floor",
    says="a mill that costs 5 a Mt to run has to run 40 % of the year",
    # 0.4 · 5 + 0.6 · 3; free to stand still: 3.
    facts=(*GOODS, technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 5.0, "utilisation_floor": 0.4})),
    objective=3.8,
    answer={"annual[mill,2021]": 0.4},
    without={"Utilisation_Floor": 3.0},
)

UTILISATION_CEILING = Paper(
    name="utilisation_ceiling",
    says="a mill may run 70 % of the year at most: 0.3 · 3 is bought",
    facts=(*GOODS, technology("mill", gives={"goods": 1.0}, exists=1.0, told={"utilisation_ceiling": 0.7})),
    objective=0.9,
    answer={"annual[mill,2021]": 0.7},
    without={"Utilisation_Ceiling": 0.0},
)

DISPATCH = Paper(
    name="dispatch",
    says="0.6 GW, half of it available in any hour",
    # 0.7 GW bought: 0.7 · 8.76 · 3. Without the hourly rule the yearly ceiling is left: 0.4 · 8.76 · 3.
    facts=(*LOAD, technology("plant", "dispatch", gives=POWER, exists=0.6, told={"availability": 0.5})),
    objective=0.7 * A_YEAR * 3,
    answer={"annual[plant,2021]": 0.3 * A_YEAR, "activity[plant,2021,d1,5]": 0.3, "hourly_trade[electricity_buy,2021,d1,5]": 0.7},
    without={"Dispatched_Within_Capacity": 0.4 * A_YEAR * 3},
)

FUEL = Paper(
    name="fuel",
    says="each kWh burns coal: 0.3 Mtce/TWh at 5 is 1.5 a TWh, for the hours' sum",
    # 8.76 · 1.5. Were the year's activity not the sum of the hours, no coal would be burnt.
    facts=(*LOAD, market("coal", 5.0), technology("plant", "dispatch", gives=POWER, takes={"coal": 0.3}, exists=1.0)),
    objective=A_YEAR * 1.5,
    answer={"trade[coal_buy,2021]": 0.3 * A_YEAR, "annual[plant,2021]": A_YEAR},
    without={"Annual_Of_Hours": 0.0, "Hourly_Balance": 0.0},
)

SUN = Paper(
    name="sun",
    says="1 GW of sun gives 0.5 GW by day and nothing by night",
    # By night 1 GW is bought, by day 0.5: 1.5 · 4.38 · 3. Without weather it would serve all.
    facts=(
        *LOAD,
        profile("sunshine", halves(0.0, 0.5), availability=True),
        technology("pv", "variable", gives=POWER, exists=1.0, profile="sunshine"),
    ),
    objective=1.5 * HALF * 3,
    answer={"annual[pv,2021]": 0.5 * HALF, "activity[pv,2021,d1,3]": 0.0, "activity[pv,2021,d1,15]": 0.5},
    without={"Variable_Within_Weather": 0.0},
)

CURTAILMENT = Paper(
    name="curtailment",
    says="wind that costs 5 a TWh to run may not be idled for cheaper purchases beyond 10 % of what it yields",
    # Yield 0.25 · 8.76 = 2.19, of which 1.971 is taken: 1.971 · 5 + (8.76 − 1.971) · 3. Free to curtail: 8.76 · 3.
    facts=(
        *LOAD,
        profile("breeze", halves(0.0, 0.5), availability=True),
        technology("wind", "variable", gives=POWER, exists=1.0, profile="breeze", told={"variable_cost": 5.0}),
    ),
    settings={"curtailment_limit": 0.1},
    objective=1.971 * 5 + (A_YEAR - 1.971) * 3,
    answer={"annual[wind,2021]": 1.971},
    without={"Curtailment_Limit": A_YEAR * 3},
)

PAPER_CAPACITY = Paper(
    name="paper_capacity",
    says="capacity for a target's sake has to be used: 3 GW of sun yield 1.5 GW by day against 1 GW of load, so 0.35 GW must be stored or sold",
    # At most 10 % curtailed: 0.9 · 1.5 = 1.35 GW by day on average; 1 GW serves the load, 0.35 GW is sold at 0.
    # Sales are limited to its own share: 0.35/1.35 < 1. The 3 GW cost 1 each; the sale costs a fee of 0.5 a TWh (a negative price).
    # 3 + 1 · 4.38 · 3 by night + 0.35 · 4.38 · 0.5. Free to curtail the fee is saved.
    facts=(
        *LOAD,
        market("electricity", -0.5, "sell"),
        profile("sunshine", halves(0.0, 0.5), availability=True),
        technology("pv", "variable", gives=POWER, profile="sunshine", told={"sale_share": 1.0}),
        measure("build_pv", {"pv": 1.0}, unit="GW", cost=1.0),
        indicator("pv_capacity", "GW", [("pv", "capacity", 1.0)]),
        target("pv_3_gw", "pv_capacity", "level", ">=", 3.0),
    ),  # fmt: skip
    settings={"curtailment_limit": 0.1},
    objective=3 + HALF * 3 + 0.35 * HALF * 0.5,
    answer={"capacity[pv,2021]": 3.0, "annual[pv,2021]": 1.35 * HALF, "curtailed[pv,2021]": 0.15 * HALF},
    without={"Curtailment_Limit": 3 + HALF * 3, "Target_At_Least": 2 + HALF * 3},
)

SHAPED = Paper(
    name="shaped",
    says="a furnace's yearly 4.38 TWh fall where its shape puts them, by night, when power is at half price; network cost 1 falls on its load",
    # 4.38 · (3 · 0.5 + 1). Spread evenly it would pay 4.38 · (3 + 1), by day 4.38 · (4.5 + 1).
    facts=(
        demand("goods", 1.0),
        profile("by_night", halves(2.0, 0.0)),
        profile("price_now", halves(0.5, 1.5)),
        market("electricity", 3.0, shape="price_now"),
        technology("furnace", "shaped", gives={"goods": 1.0}, takes={"electricity": HALF}, exists=1.0, profile="by_night"),
        numbers("electricity", {"network_cost": 1.0}),
    ),  # fmt: skip
    objective=HALF * (1.5 + 1),
    answer={
        "hourly_trade[electricity_buy,2021,d1,3]": 1.0,
        "hourly_trade[electricity_buy,2021,d1,15]": 0.0,
        "trade_value[electricity_buy,2021]": HALF * 1.5,
    },
    without={"Hourly_Balance": HALF, "Hourly_Trade_Value": "unbounded"},
)

MINIMUM_LOAD = Paper(
    name="minimum_load",
    says="what is online for the day runs at half load at least: 0.4 GW by night lets 0.8 of 1 GW be online",
    # Own: 0.4 by night, 0.8 by day, at 1 a TWh; 0.8 bought by day: 4.38 · (1.2 + 0.8 · 3). Load following at will: 1 online, 4.38 · (1.4 + 0.6 · 3).
    # Not bound to what is online, only to the year's ceiling of 8.76: 8.76 · 1.
    facts=(*SWING, technology("plant", "committed", gives=POWER, exists=1.0, told={"variable_cost": 1.0, "minimum_load": 0.5})),
    objective=HALF * (1.2 + 2.4),
    answer={"online[plant,2021,d1]": 0.8, "activity[plant,2021,d1,3]": 0.4, "activity[plant,2021,d1,15]": 0.8},
    without={"Minimum_Load": HALF * (1.4 + 1.8), "Full_Load": A_YEAR},
)

FLEXIBILITY = Paper(
    name="flexibility",
    says="a retrofit that cuts the minimum load by 0.2 GW per GW, on 0.5 GW, lets all of 1 GW be online",
    # Night: 0.5 · 1 − 0.2 · 0.5 = 0.4. Cost 0.5 · 1; then 4.38 · (1.4 + 0.6 · 3). Less retrofit is dearer: 0.25 GW per 0.1 GW online costs 0.25, saves 0.876.
    # Online beyond capacity: host 4/3, retrofit 4/3 (its host's), free of charge: own 0.4 and 4/3, bought 1.6 − 4/3; the year's ceiling holds.
    facts=(
        *SWING,
        technology("plant", "committed", gives=POWER, exists=1.0, told={"variable_cost": 1.0, "minimum_load": 0.5}),
        technology("retrofit", "flexibility", host="plant", told={"minimum_load_cut": 0.2}),
        measure("make_flexible", {"retrofit": 1.0}, unit="GW", kind="retrofit", cost=1.0),
    ),  # fmt: skip
    objective=0.5 + HALF * (1.4 + 1.8),
    answer={"online[plant,2021,d1]": 1.0, "online[retrofit,2021,d1]": 0.5, "activity[plant,2021,d1,3]": 0.4},
    without={"Online_Within_Capacity": HALF * (0.4 + 4 / 3 + (1.6 - 4 / 3) * 3), "Minimum_Load": HALF * (1.4 + 1.8)},
)

RETROFIT_NEEDS_ITS_HOST = Paper(
    name="retrofit_needs_its_host",
    says="a weak retrofit (0.05) cannot be stacked: no more of it online than of its host",
    # Night: (0.5 − 0.05) · online = 0.4, online 8/9, as much retrofit at 0.1. Stacked: 2 GW of retrofit (0.2) would let 1 GW be online.
    facts=(
        *SWING,
        technology("plant", "committed", gives=POWER, exists=1.0, told={"variable_cost": 1.0, "minimum_load": 0.5}),
        technology("retrofit", "flexibility", host="plant", told={"minimum_load_cut": 0.05}),
        measure("make_flexible", {"retrofit": 1.0}, unit="GW", kind="retrofit", cost=0.1),
    ),  # fmt: skip
    objective=0.1 * 8 / 9 + HALF * (0.4 + 8 / 9 + (1.6 - 8 / 9) * 3),
    answer={"online[plant,2021,d1]": 8 / 9, "online[retrofit,2021,d1]": 8 / 9},
    without={"Flexible_Within_Host": 0.2 + HALF * (1.4 + 1.8)},
)

SAVING = Paper(
    name="saving",
    says="two rival retrofits share their host's 8.76 TWh: the one that saves more coal gets it all",
    # Coal 0.3 at 10: 3 a TWh. Retrofit a saves 1 a TWh for 2 a GW (8.76 − 2 = 6.76 won), b 0.5 for 0.5 (3.88 won): 8.76 · 2 + 2.
    # Not sharing (both): 8.76 · 1.5 + 2.5 = 15.64. Not bound to the host at all: 6 GW of b save all of its coal for 3.
    facts=(
        demand("electricity", A_YEAR),
        market("coal", 10.0),
        technology("plant", "dispatch", gives=POWER, takes={"coal": 0.3}, exists=1.0),
        technology("saver_a", "saving", host="plant", gives={"coal": 0.1}),
        measure("fit_a", {"saver_a": 1.0}, unit="GW", kind="retrofit", cost=2.0),
        technology("saver_b", "saving", host="plant", gives={"coal": 0.05}),
        measure("fit_b", {"saver_b": 1.0}, unit="GW", kind="retrofit", cost=0.5),
    ),  # fmt: skip
    objective=A_YEAR * 2 + 2,
    answer={"annual[saver_a,2021]": A_YEAR, "annual[saver_b,2021]": 0.0, "trade[coal_buy,2021]": A_YEAR * 0.2},
    without={"Saving_Within_Host": 3.0, "Yearly_Within_Capacity": A_YEAR * 2},
)

HEAT_PLANT = technology(
    "chp", "committed", gives=POWER, takes={"coal": 0.3}, exists=1.0, heat="heat",
    told={"minimum_load": 0.0, "heat_ratio": 0.6, "heat_loss": 0.2, "back_pressure": 0.5},
)  # fmt: skip

HEAT_AND_POWER = Paper(
    name="heat_and_power",
    says="heat takes power: 0.6 GW of heat (0.6 per GW online) leaves 1 − 0.2 · 0.6 = 0.88 GW of power, fuel as at full load",
    # Per GW and year: fuel 3 · 1, power bought 5 · 0.12, heat bought 4 · 0.1: 4.0. Less heat is dearer: each GW of it costs 5 · 0.2, saves 4.
    # Heat at no loss of power: fuel 3 · 1.12 + 4 · 0.1 = 3.76. Heat beyond the turbine: 3 + 5 · 0.14 = 3.7.
    # No fuel for heat: 3 · 0.88 + 0.6 + 0.4 = 3.64. No fuel for power: 3 · 0.12 + 0.6 + 0.4 = 1.36.
    facts=(
        demand("electricity", A_YEAR),
        demand("heat", 0.7 * A_YEAR),
        market("electricity", 5.0),
        market("heat", 4.0),
        market("coal", 10.0),
        HEAT_PLANT,
    ),
    objective=A_YEAR * 4.0,
    answer={
        "heat_output[chp,2021,d1,7]": 0.6,
        "activity[chp,2021,d1,7]": 0.88,
        "annual_heat[chp,2021]": 0.6 * A_YEAR,
        "trade[coal_buy,2021]": 0.3 * A_YEAR,
    },
    without={
        "Power_Given_Up_For_Heat": A_YEAR * 3.76,
        "Heat_Within_Turbine": A_YEAR * 3.7,
        "Annual_Heat_Of_Hours": A_YEAR * 3.64,
        "Annual_Of_Hours": A_YEAR * 1.36,
    },  # fmt: skip
)

NETWORK_OF_HEAT = Paper(
    name="network_of_heat",
    says="what a network of 2 a Mtce costs is borne by the fuel burnt for heat too: 0.3 · 2 of the 0.88 for power and the 0.12 for heat",
    # 4.0 as above and 0.6. Heat's fuel brought for nothing: 4.0 + 0.6 · 0.88.
    facts=(
        demand("electricity", A_YEAR),
        demand("heat", 0.7 * A_YEAR),
        market("electricity", 5.0),
        market("heat", 4.0),
        market("coal", 10.0),
        numbers("coal", {"network_cost": 2.0}),
        HEAT_PLANT,
    ),
    objective=A_YEAR * 4.6,
    answer={"annual_heat[chp,2021]": 0.6 * A_YEAR},
    without={"Annual_Heat:cost": A_YEAR * 4.528},
)

BACK_PRESSURE = Paper(
    name="back_pressure",
    says="no heat without power: a load of 0.2 GW lets 0.4 GW of heat be made",
    # Fuel 3 · (0.2 + 0.2 · 0.4) + heat bought 4 · 0.3 = 2.04. Heat without power: 0.6 of it: 3 · 0.32 + 4 · 0.1 = 1.36.
    facts=(
        demand("electricity", 0.2 * A_YEAR),
        demand("heat", 0.7 * A_YEAR),
        market("electricity", 5.0),
        market("heat", 4.0),
        market("coal", 10.0),
        HEAT_PLANT,
    ),
    objective=A_YEAR * 2.04,
    answer={"heat_output[chp,2021,d1,7]": 0.4, "activity[chp,2021,d1,7]": 0.2},
    without={"Power_With_Heat": A_YEAR * 1.36},
)

REGION = Paper(
    name="region",
    says="a quarter of what serves the region is the city's, in balance, cost and adequacy; in the plan's own count it is whole",
    # 1 GW of region's wind for the capacity target: investment 1 a year, upkeep 2, both by a quarter: 0.75. It serves 0.25 · 0.5 GW; 0.875 GW is bought at 3.
    # Peak 1 GW: 0.25 · 0.4 firm of the wind, 0.9 of purchases, exactly enough; a shortfall would cost 200 a GW.
    # By activity all of its 0.5 · 8.76 TWh count; the grid's 0.875 · 8.76 are outside.
    facts=(
        demand("electricity", A_YEAR, told={"peak": 1.0}),
        market("electricity", 3.0, told={"firm_capacity": 0.9}),
        profile("breeze", [0.5] * 24, availability=True),
        technology("far_wind", "variable", gives=POWER, profile="breeze", serves="region", told={"upkeep": 2.0, "capacity_credit": 0.4}),
        measure("build_far_wind", {"far_wind": 1.0}, unit="GW", cost=1.0, told={"potential": 1.0}),
        indicator("wind_capacity", "GW", [("far_wind", "capacity", 1.0)]),
        indicator("wind_generation", "TWh", [("far_wind", "activity", 1.0)]),
        target("wind_1_gw", "wind_capacity", "level", ">=", 1.0),
    ),  # fmt: skip
    settings={"regional_share": 0.25},
    objective=0.75 + 0.875 * A_YEAR * 3,
    answer={
        "indicator_value[wind_capacity,2021]": 1.0,
        "indicator_value[wind_generation,2021]": 0.5 * A_YEAR,
        "annual[far_wind,2021]": 0.125 * A_YEAR,
        "firm_shortfall[2021]": 0.0,
    },
    without={"Capacity:cost": 0.25 + 0.875 * A_YEAR * 3, "Variable_Within_Weather": 0.75 + 0.75 * A_YEAR * 3},
)
