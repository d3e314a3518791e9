"""Balance on paper: every commodity, each hour or each year, with trade and a priced shortfall."""

from __future__ import annotations

from paper import A_YEAR, HALF, Paper, demand, halves, market, numbers, profile, technology

POWER = {"electricity": 1.0}
LOAD = demand("electricity", A_YEAR)

CHAIN = Paper(
    name="chain",
    says="1 Mt of goods takes 1.6 Mt of ore, which is bought at 1.25",
    facts=(demand("goods", 1.0), market("ore", 1.25), technology("mill", gives={"goods": 1.0}, takes={"ore": 1.6}, exists=1.0)),
    objective=2.0,
    answer={"trade[ore_buy,2021]": 1.6, "annual[mill,2021]": 1.0, "unserved[goods,2021]": 0.0},
    # Needs the ore and the goods: without balances nothing is made; at no price paid for ore, nothing is left to find.
    without={"Yearly_Balance": 0.0, "Yearly_Balance[ore,2021]": 0.0, "Yearly_Trade_Value": "unbounded", "Trade_Value:cost": 0.0},
)

YEARLY_LIMIT = Paper(
    name="yearly_limit",
    says="purchases of the hour add up to half the year's need at most; the rest comes from a plant at 5 a TWh",
    # 4.38 · 3 + 4.38 · 5; with no limit, or with hours that do not add up to it, 8.76 · 3.
    facts=(
        LOAD,
        market("electricity", 3.0, told={"yearly_limit": HALF}),
        technology("plant", "dispatch", gives=POWER, exists=1.0, told={"variable_cost": 5.0}),
    ),
    objective=HALF * 8,
    answer={"trade[electricity_buy,2021]": HALF, "annual[plant,2021]": HALF},
    without={"Trade_Of_Hours": A_YEAR * 3, "Trade:upper": A_YEAR * 3},
)

POWER_LIMIT = Paper(
    name="power_limit",
    says="0.6 GW of purchases at most in any hour, the rest from a plant at 5 a TWh",
    facts=(
        LOAD,
        market("electricity", 3.0, told={"power_limit": 0.6}),
        technology("plant", "dispatch", gives=POWER, exists=1.0, told={"variable_cost": 5.0}),
    ),
    objective=A_YEAR * (0.6 * 3 + 0.4 * 5),
    answer={"hourly_trade[electricity_buy,2021,d1,9]": 0.6, "annual[plant,2021]": 0.4 * A_YEAR},
    without={"Hourly_Trade:upper": A_YEAR * 3},
)

UNSERVED_HOURS = Paper(
    name="unserved_hours",
    says="what no one can serve is priced at 200 a TWh and named: 0.4 GW of 1 GW",
    # 0.4 · 8.76 · 200 + 0.6 · 8.76 · 5. Shortfalls of the hours that do not add up, or cost nothing: nothing would be served.
    facts=(LOAD, technology("plant", "dispatch", gives=POWER, exists=0.6, told={"variable_cost": 5.0})),
    objective=A_YEAR * (0.4 * 200 + 0.6 * 5),
    answer={"unserved[electricity,2021]": 0.4 * A_YEAR},
    without={"Unserved_Of_Hours": 0.0, "Unserved:cost": 0.0},
    unserved=True,
)

UNSERVED_YEAR = Paper(
    name="unserved_year",
    says="a commodity has its own price of a shortfall: 0.3 Mt at 50",
    facts=(demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.7), numbers("goods", {"unserved_cost": 50.0})),
    objective=15.0,
    answer={"unserved[goods,2021]": 0.3},
    without={"Unserved:cost": 0.0},
    unserved=True,
)

FURNACE = (
    demand("goods", 1.0), demand("gas", {2021: 0.8, 2022: 0.2}), market("goods", 3.0), market("gas", 4.0),
    technology("furnace", gives={"goods": 1.0, "gas": 0.5}, exists=1.0, told={"variable_cost": 1.0}),
)  # fmt: skip


def gas(*, surplus: bool) -> list:
    return [("commodities", {"id": "gas", "label_en": "gas", "label_zh": "gas", "unit": "Mtce", "balance": "yearly", "surplus": surplus})]


SURPLUS = Paper(
    name="surplus",
    says="a furnace gives 0.5 of gas per Mt: too little for the town in 2021 (0.3 bought at 4), too much in 2022 (0.3 flared)",
    # 2021: 1 + 1.2. 2022: 1. Sum 3.2. Gas out of nothing: 2.
    facts=(*FURNACE, gas(surplus=True)),
    years=(2021, 2022),
    objective=3.2,
    answer={"trade[gas_buy,2021]": 0.3, "annual[furnace,2022]": 1.0},
    without={"Yearly_Balance_With_Surplus": 2.0},
)

HOURLY_SURPLUS = Paper(
    name="hourly_surplus",
    says="a plant of 0.5 GW that must run nine tenths of the year gives 0.4 GW by night, of which the town takes 0.1",
    # By day 0.5 run and 0.4 bought: 0.45 · 1 + 0.2 · 3 a GW and year. Needing to serve no hour: the plant alone, 0.45.
    facts=(
        profile("by_day", halves(0.2, 1.8)),
        demand("electricity", HALF, shape="by_day"),
        market("electricity", 3.0),
        technology("plant", "dispatch", gives=POWER, exists=0.5, told={"variable_cost": 1.0, "utilisation_floor": 0.9}),
        [("commodities", {"id": "electricity", "label_en": "e", "label_zh": "e", "unit": "TWh", "balance": "hourly", "surplus": True})],
    ),  # fmt: skip
    objective=1.05 * A_YEAR,
    answer={"activity[plant,2021,d1,20]": 0.5, "trade[electricity_buy,2021]": 0.2 * A_YEAR},
    without={"Hourly_Balance_With_Surplus": 0.45 * A_YEAR},
)

SALE = Paper(
    name="sale",
    says="half of its generation may be sold at 2.5: 0.4 GW run, 0.2 GW for the town, 0.2 GW sold",
    # 0.4 · 1 − 0.2 · 2.5 = −0.1 per GW and year: a plan may earn. Selling at will: 1 − 0.8 · 2.5 = −1. Trade at no price: all is bought, 0.
    facts=(
        demand("electricity", 0.2 * A_YEAR),
        market("electricity", 3.0),
        market("electricity", 2.5, "sell"),
        technology("plant", "dispatch", gives=POWER, exists=1.0, told={"variable_cost": 1.0, "sale_share": 0.5}),
    ),  # fmt: skip
    objective=-0.1 * A_YEAR,
    answer={"trade[electricity_sell,2021]": 0.2 * A_YEAR, "trade_value[electricity_sell,2021]": 0.5 * A_YEAR},
    without={"Sale_Within_Own_Generation": -A_YEAR, "Trade_Value:cost": 0.0},
)

PRICE_SHAPES = Paper(
    name="price_shapes",
    says="nights are cheap at first (0.5 of the price) and dear later (1.5), half-way there in 2022",
    # Load of 1 GW by night only. 2021: 4.38 · 3 · 0.5; 2022: 4.38 · 3 · 1.
    facts=(
        profile("by_night", halves(2.0, 0.0)),
        profile("price_now", halves(0.5, 1.5)),
        profile("price_later", halves(1.5, 0.5)),
        demand("electricity", HALF, shape="by_night"),
        market("electricity", 3.0, shape="price_now", shape_later="price_later", told={"later_weight": {2021: 0.0, 2022: 0.5}}),
        technology("plant", "dispatch", gives=POWER),
    ),  # fmt: skip
    years=(2021, 2022),
    objective=HALF * 4.5,
    answer={"trade_value[electricity_buy,2021]": HALF * 1.5, "trade_value[electricity_buy,2022]": HALF * 3},
    without={"Hourly_Trade_Value": "unbounded", "Hourly_Balance": 0.0},
)
