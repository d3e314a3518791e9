"""Accounts on paper: every indicator by what it counts, and what each payer spends."""

from __future__ import annotations

from paper import A_YEAR, Paper, curve, demand, driver, indicator, market, measure, residual, target, technology

GOODS = (demand("goods", 1.0), market("goods", 3.0))
POWER = {"electricity": 1.0}

COAL_CAP = Paper(
    name="coal_cap",
    says="CO2 is 2.5 times all coal burnt, the rest of the city's 0.2 included; at most 1.0 leaves 0.2 Mtce, 0.4 Mt of goods",
    # 0.4 · (0.5 · 2) + 0.6 · 3. Without the account, or one of the two it is made of: all made with coal, 1.
    facts=(
        *GOODS,
        market("coal", 2.0),
        technology("mill", gives={"goods": 1.0}, takes={"coal": 0.5}, exists=1.0),
        residual("rest_of_coal", "coal", 0.2),
        indicator("coal_use", "Mtce", [("coal", "use", 1.0)]),
        indicator("co2", "Mt", [("coal_use", "indicator", 2.5)]),
        target("co2_cap", "co2", "level", "<=", 1.0),
    ),  # fmt: skip
    objective=2.2,
    answer={"annual[mill,2021]": 0.4, "indicator_value[coal_use,2021]": 0.4, "indicator_value[co2,2021]": 1.0, "trade[coal_buy,2021]": 0.2},
    without={"Indicator_Account": 1.0, "Indicator_Account[co2,2021]": 1.0, "Indicator_Account[coal_use,2021]": 1.0, "Target_At_Most": 1.0},
)

ALL_KINDS = Paper(
    name="all_kinds",
    says="what each kind of account counts, over one year and a span of two",
    # The mill makes 0.5 of 1 Mt (potential 0.5 at 1 a year), 0.5 is bought at 3; 0.2 Mt of by-product ore is sold at 0.5 a Mt.
    # 2021: half is built: 0.5 + 1.5 − 0.1 = 1.9; 2022–2023 the same. Three years: 5.7.
    facts=(
        *GOODS, market("ore", 0.5, "sell", payer="town"), technology("mill", gives={"goods": 1.0, "ore": 0.4}),
        measure("new_mill", {"mill": 1.0}, cost=1.0, told={"potential": 0.5}), driver("people", "million_persons", {2020: 1.0, 2023: 4.0}),
        residual("rest", "by_rest", 0.3, path={2020: 1.0, 2023: 0.7}),
        indicator("by_activity", "Mt", [("mill", "activity", 2.0)]), indicator("by_capacity", "Mt", [("mill", "capacity", 3.0)]),
        indicator("by_bought", "Mt", [("goods_buy", "bought", 1.0)]), indicator("by_sold", "Mt", [("ore_sell", "sold", 1.0)]),
        indicator("by_level", "Mt", [("new_mill", "level", 1.0)]), indicator("by_build", "Mt", [("new_mill", "build", 1.0)]),
        indicator("by_driver", "million_persons", [("people", "driver", 0.5)]), indicator("by_demand", "Mt", [("need_of_goods", "demand", 2.0)]),
        indicator("by_spend", "亿元", [("owner", "spend", 1.0), ("town", "spend", 10.0)]), indicator("by_rest", "Mt"),
        indicator("by_others", "Mt", [("by_activity", "indicator", 1.0), ("by_rest", "indicator", -1.0)]),
    ),  # fmt: skip
    years=(2021, 2023),
    objective=5.7,
    answer={
        "indicator_value[by_activity,2021]": 1.0, "indicator_value[by_capacity,2021]": 1.5, "indicator_value[by_bought,2023]": 0.5, "indicator_value[by_sold,2023]": 0.2,
        # Built 0.5 in 2021, nothing in the span after it.
        "indicator_value[by_level,2023]": 0.5, "indicator_value[by_build,2021]": 0.5, "indicator_value[by_build,2023]": 0.0,
        # Straight paths: people 2 in 2021, 4 in 2023; the rest 0.9 and 0.7 of 0.3.
        "indicator_value[by_driver,2021]": 1.0, "indicator_value[by_driver,2023]": 2.0, "indicator_value[by_demand,2023]": 2.0,
        "indicator_value[by_rest,2021]": 0.27, "indicator_value[by_rest,2023]": 0.21, "indicator_value[by_others,2023]": 0.79,
        # Cash: 2021 an investment of 10 · 0.5 and goods 1.5; afterwards goods alone. The town earns 0.1 for its ore.
        "spend[owner,2021]": 6.5, "spend[owner,2023]": 1.5, "spend[town,2023]": -0.1, "indicator_value[by_spend,2021]": 5.5, "indicator_value[by_spend,2023]": 0.5,
    },
)  # fmt: skip

CASH_OF_A_SPAN = Paper(
    name="cash_of_a_span",
    says="what is built in a span of four years is paid over those years: 10 · 1 / 4 a year",
    facts=(
        *GOODS,
        technology("mill", gives={"goods": 1.0}),
        measure("new_mill", {"mill": 1.0}, cost=1.0),
        indicator("built", "Mt", [("new_mill", "build", 1.0)]),
    ),
    years=(2024,),
    objective=4.0,
    answer={"spend[owner,2024]": 2.5, "indicator_value[built,2024]": 0.25},
)

BUDGET = Paper(
    name="budget",
    says="the town, who pays for purchases, may spend 1.5: it buys 0.5 Mt, and the owner builds 0.5 Mt at 4 a year",
    # 1.5 + 0.5 · 4; with no budget 3. What the town spends is what it pays on the market, so a value of trade set free sets the budget free.
    facts=(
        demand("goods", 1.0),
        market("goods", 3.0, payer="town"),
        technology("mill", gives={"goods": 1.0}),
        measure("new_mill", {"mill": 1.0}, cost=4.0),
        indicator("town_spends", "亿元", [("town", "spend", 1.0)]),
        target("budget", "town_spends", "level", "<=", 1.5),
    ),  # fmt: skip
    objective=3.5,
    answer={"spend[town,2021]": 1.5, "spend[owner,2021]": 20.0, "build[new_mill,2021]": 0.5},
    without={"Spend_Account": 3.0, "Spend_Account[town,2021]": 3.0, "Indicator_Account": 3.0, "Target_At_Most": 3.0},
)

RUNNING_COSTS = Paper(
    name="running_costs",
    says="the owner's spending is upkeep of measures and of capacity, variable cost and trade; each is in the objective once",
    # 1 Mt: investment 0.5 a year, upkeep of the measure 0.2, of the capacity 0.3, to run 0.4, ore 1 · 0.6: 2.0. Each cost left out alone is missing.
    facts=(
        *GOODS,
        market("ore", 0.6),
        technology("mill", gives={"goods": 1.0}, takes={"ore": 1.0}, told={"upkeep": 0.3, "variable_cost": 0.4}),
        measure("new_mill", {"mill": 1.0}, cost=0.5, told={"upkeep": 0.2}),
    ),  # fmt: skip
    objective=2.0,
    answer={"spend[owner,2021]": 5.0 + 0.2 + 0.3 + 0.4 + 0.6},
    without={"Build:cost": 1.5, "Level:cost": 1.8, "Capacity:cost": 1.7, "Annual:cost": 1.6, "Trade_Value:cost": 0.0},
)

FOREST = Paper(
    name="forest",
    says="what is planted counts as area after two years, its stock grows with age, and the sink is the yearly change of stock",
    # Planted 1 kha in 2021 (at 1 a year): area from 2023. Stock: 2 million m3 a kha once grown, by age 0, ½, 1 of it in 2021, 2022, 2023.
    # Stands that were there: 10 in 2020, 0.5 more each year. Sink 1.5 t a m3: 2022 1.5 · (0.5 + 1.0), 2021 1.5 · 0.5.
    # A sink of 2.25 Mt in 2022 needs the whole kha. Without the target, or the account, nothing is planted.
    facts=(
        *GOODS, technology("mill", gives={"goods": 1.0}, exists=1.0), driver("stands", "million_m3", {2020: 10.0, 2023: 11.5}), curve("growth", {0: 0.0, 2: 1.0}),
        measure("plant", {"area": {"value": 1.0, "lag": 2}, "stock": {"value": 2.0, "curve": "growth"}}, unit="kha", kind="plant", cost=1.0, latest=2021),
        indicator("area", "kha"), indicator("stock", "million_m3", [("stands", "driver", 1.0)]), indicator("sink", "Mt", [("stock", "change", 1.5)]),
        target("sink_2022", "sink", "level", ">=", 2.25, year=2022, holds="year"),
    ),  # fmt: skip
    years=(2021, 2022, 2023),
    objective=3.0,
    answer={
        "build[plant,2021]": 1.0, "indicator_value[area,2021]": 0.0, "indicator_value[area,2022]": 0.0, "indicator_value[area,2023]": 1.0,
        "indicator_value[stock,2021]": 10.5, "indicator_value[stock,2022]": 12.0, "indicator_value[stock,2023]": 13.5,
        "indicator_value[sink,2021]": 0.75, "indicator_value[sink,2022]": 2.25, "indicator_value[sink,2023]": 2.25,
    },
    without={"Indicator_Account": 0.0, "Target_At_Least": 0.0},
)  # fmt: skip

SINK_OF_ALL = Paper(
    name="sink_of_all",
    says="one measure brings an indicator something by itself and by the changes of two others: all three count",
    # A kha planted brings 2 million m3 of trees at 1.5 t, 1 Mt of soil and 0.5 Mt by itself: 4.5 Mt, so that 9 Mt are 2 kha.
    # With one of the three instead of their sum it would be 9 / 3, 9 / 1 or 9 / 0.5.
    facts=(
        *GOODS, technology("mill", gives={"goods": 1.0}, exists=1.0),
        measure("plant", {"trees": 2.0, "soil": 1.0, "sink": 0.5}, unit="kha", kind="plant", cost=1.0),
        indicator("trees", "million_m3"), indicator("soil", "Mt"), indicator("sink", "Mt", [("trees", "change", 1.5), ("soil", "change", 1.0)]),
        target("sink_2021", "sink", "level", ">=", 9.0),
    ),  # fmt: skip
    objective=2.0,
    answer={"build[plant,2021]": 2.0, "indicator_value[sink,2021]": 9.0},
    without={"Indicator_Account": 0.0, "Target_At_Least": 0.0},
)  # fmt: skip

HEAT_BURNS = Paper(
    name="heat_burns",
    says="coal of combined heat and power is counted for power and for the power its heat gave up",
    # Power 0.5 GW, heat 0.5 GW, loss 0.2: 0.3 · (0.5 + 0.1) · 8.76 Mtce at 1.
    facts=(
        demand("electricity", 0.5 * A_YEAR),
        demand("heat", 0.5 * A_YEAR),
        market("coal", 1.0),
        technology(
            "chp",
            "committed",
            gives=POWER,
            takes={"coal": 0.3},
            exists=1.0,
            heat="heat",
            told={"minimum_load": 0.0, "heat_ratio": 1.0, "heat_loss": 0.2},
        ),
        indicator("coal_use", "Mtce", [("coal", "use", 1.0)]),
    ),  # fmt: skip
    objective=0.18 * A_YEAR,
    answer={"indicator_value[coal_use,2021]": 0.18 * A_YEAR, "trade[coal_buy,2021]": 0.18 * A_YEAR},
    without={"Yearly_Balance": 0.0},
)

VARIANTS = Paper(
    name="variants",
    says="a target on a generic indicator holds for the variant the case chooses: all coal, not that of the mill",
    # 0.1 for the rest, 0.3 for the mill (0.6 Mt): 0.6 + 0.4 · 3.
    facts=(
        *GOODS,
        market("coal", 2.0),
        technology("mill", gives={"goods": 1.0}, takes={"coal": 0.5}, exists=1.0),
        residual("rest_of_coal", "coal", 0.1),
        indicator("coal__of_mill", "Mtce", [("mill", "activity", 0.5)], stands_for="coal_burnt", variant="of_mill"),
        indicator("coal__of_all", "Mtce", [("coal", "use", 1.0)], stands_for="coal_burnt", variant="of_all"),
        target("coal_cap", "coal_burnt", "level", "<=", 0.4),
    ),  # fmt: skip
    variants={"coal_burnt": "of_all"},
    objective=1.8,
    answer={"annual[mill,2021]": 0.6},
    without={"Indicator_Account": 1.0},
)
