"""Taxes, subsidies and rates of payers on paper: what they move, who pays them, and what they are to all together.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt, 1 t of smoke each, or is bought at 3.
"""

from __future__ import annotations

from paper import Paper, demand, indicator, market, measure, numbers, target, technology, transfer

GOODS = (demand("goods", 1.0), market("goods", 3.0))
SMOKY = (
    *GOODS,
    technology("smoky", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
    indicator("smoke", "Mt", [("smoky", "activity", 1.0)]),
)
TOWN_BUYS = (demand("goods", 1.0), market("goods", 3.0, payer="town"), *SMOKY[2:])
OWNER_SPENDS = indicator("owner_spends", "亿元", [("owner", "spend", 1.0)])
TOWN_SPENDS = indicator("town_spends", "亿元", [("town", "spend", 1.0)])
MILL = technology("mill", gives={"goods": 1.0})

TAX = Paper(
    name="tax",
    says="a tax of 2.5 on smoke, which the state gets, makes a Mt from the mill cost 3.5: all is bought at 3",
    facts=(*SMOKY, transfer("smoke_tax", {"rate": 2.5}, payer="owner", indicator="smoke")),
    objective=3.0,
    answer={"annual[smoky,2021]": 0.0, "indicator_value[smoke,2021]": 0.0},
    without={"Indicator:cost": 1.0},
)

RISING_TAX = Paper(
    name="rising_tax",
    says="a carbon price of 1 in 2021 and 3 in 2022: the mill runs at 1 + 1 in the first year, all is bought at 3 in the second",
    facts=(*SMOKY, transfer("carbon", {"rate": {2021: 1.0, 2022: 3.0}}, kind="carbon_price", payer="owner", indicator="smoke")),
    years=(2021, 2022),
    objective=5.0,
    answer={"annual[smoky,2021]": 1.0, "annual[smoky,2022]": 0.0, "transfer_paid[carbon,2021]": 1.0, "spend[owner,2021]": 2.0},
    without={"Indicator:cost": 2.0},
)

BETWEEN_PAYERS = Paper(
    name="between_payers",
    says="a tax that the town gets moves nothing but money: the mill runs at 1; the owner spends 1 + 2.5, the town earns 2.5",
    facts=(*SMOKY, transfer("smoke_tax", {"rate": 2.5}, payer="owner", receiver="town", indicator="smoke")),
    objective=1.0,
    answer={"annual[smoky,2021]": 1.0, "spend[owner,2021]": 3.5, "spend[town,2021]": -2.5},
)

TAXED_BUDGET = Paper(
    name="taxed_budget",
    says="the owner may spend 1.75, of which a Mt takes 1 to run and 2.5 of tax: half is made, the town buys half at 3",
    # 0.5 · 1 + 0.5 · 3. Without the budget all is made.
    facts=(
        *TOWN_BUYS,
        transfer("smoke_tax", {"rate": 2.5}, payer="owner", receiver="town", indicator="smoke"),
        OWNER_SPENDS,
        target("budget", "owner_spends", "level", "<=", 1.75),
    ),
    objective=2.0,
    answer={"annual[smoky,2021]": 0.5, "spend[owner,2021]": 1.75, "spend[town,2021]": 1.5 - 1.25},
    without={"Spend_Account": 1.0, "Target_At_Most": 1.0},
)

GRANT = Paper(
    name="grant",
    says="the state pays 40 % of a mill that costs 4 a year: 2.4 are left, less than the 3 that goods cost",
    # Invested 40; the owner pays 24 of it in cash.
    facts=(
        *GOODS,
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=4.0),
        transfer("state_grant", {"share": 0.4}, kind="subsidy", receiver="owner", measures=("new_mill",)),
    ),
    objective=2.4,
    answer={"build[new_mill,2021]": 1.0, "spend[owner,2021]": 24.0, "transfer_paid[state_grant,2021]": 16.0},
    without={"Build:cost": 0.0},
)

GRANT_OF_TOWN = Paper(
    name="grant_of_town",
    says="the town pays half of the owner's mills, 5 for a Mt, and may spend 2: 0.4 Mt at 1 a year, the rest is bought at 3",
    # To both together a mill costs 1 a year, whoever pays: 0.4 · 1 + 0.6 · 3.
    facts=(
        *GOODS,
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0),
        transfer("town_grant", {"share": 0.5}, kind="subsidy", payer="town", receiver="owner", measures=("new_mill",)),
        TOWN_SPENDS,
        target("budget", "town_spends", "level", "<=", 2.0),
    ),
    objective=2.2,
    answer={"build[new_mill,2021]": 0.4, "spend[town,2021]": 2.0, "spend[owner,2021]": 2.0 + 1.8},
    without={"Spend_Account": 1.0, "Target_At_Most": 1.0},
)

GRANT_OF_RENEWED = Paper(
    name="grant_of_renewed",
    says="what whole units renew later is not paid for, nor granted, in the meantime: the town's half of 8 is 4 in the first span and 4 in the second",
    # A mill for two years costs 4 a year (8). It stands 2021–2022 and is renewed in 2023 within the span 2022–2023: half of the time.
    facts=(
        *GOODS,
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=0.5, life=2.0, whole=True, told={"unit_size": 1.0}),
        transfer("town_grant", {"share": 0.5}, kind="subsidy", payer="town", receiver="owner", measures=("new_mill",)),
        TOWN_SPENDS,
    ),
    years=(2021, 2023),
    objective=1.5,
    answer={"build[new_mill,2021]": 1.0, "build[new_mill,2023]": 1.0, "spend[town,2021]": 0.5},
)

OWN_RATE = Paper(
    name="own_rate",
    says="the owner pays back 3.6 over two years at 25 %, 2.5 a year; undiscounted that is dearer than to buy at 2 (at the discount rate: 1.8)",
    facts=(
        demand("goods", 1.0),
        market("goods", 2.0),
        MILL,
        measure("new_mill", {"mill": 1.0}, life=2.0, told={"investment": 3.6}),
        numbers("owner", {"cost_of_capital": 0.25}),
    ),
    years=(2021, 2022),
    objective=4.0,
    answer={"build[new_mill,2021]": 0.0},
    without={"Trade_Value:cost": 0.0},
)
