"""Carbon markets on paper: what a mill's emissions cost beyond its benchmark, what they earn below it, and how far.

1 Mt of goods a year comes from a mill that emits 2 t for each, or is bought at 3.
"""

from __future__ import annotations

from paper import A_YEAR, Facts, Paper, carbon_market, demand, indicator, market, settling, target, technology

GOODS = (demand("goods", 1.0), market("goods", 3.0))
ACTIVITY = ("mill", "activity")


def mill(cost: float) -> Facts:
    return technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": cost})


BOUGHT = Paper(
    name="bought",
    says="2 t emitted for 1.5 allotted: 0.5 bought at 2 make the mill's 1.4 a Mt 2.4",
    facts=(*GOODS, mill(1.4), carbon_market(2.0), settling("plant", {ACTIVITY: (2.0, 1.5)})),
    objective=2.4,
    answer={
        "annual[mill,2021]": 1.0,
        "net_allowances[plant,2021]": 0.5,
        "allowance_emissions[plant,2021]": 2.0,
        "allowance_allotted[plant,2021]": 1.5,
        "allowance_bought[plant,2021]": 0.5,
        "allowance_sold[plant,2021]": 0.0,
        "spend[owner,2021]": 2.4,
    },
    without={"Net_Of_Outputs": "unbounded", "Net_Allowances:cost": 1.4},
)

SOLD = Paper(
    name="sold",
    says="2 t emitted for 2.6 allotted, of which a tenth of what is emitted may be sold: 0.2 at 5 make 3.5 a Mt 2.5",
    # 0.6 could be sold: 3.5 − 3 = 0.5 without the limit. 0.4 lapse.
    facts=(*GOODS, mill(3.5), carbon_market(5.0), settling("plant", {ACTIVITY: (2.0, 2.6)}, told={"gain_limit": 0.1})),
    objective=2.5,
    answer={
        "annual[mill,2021]": 1.0,
        "net_allowances[plant,2021]": -0.6,
        "lapsed_allowances[plant,2021]": 0.4,
        "allowance_sold[plant,2021]": 0.2,
        "allowance_bought[plant,2021]": 0.0,
    },
    without={"Gain_Limit": 0.5, "Lapsed_Allowances:cost": 0.5},
)

FORGIVEN = Paper(
    name="forgiven",
    says="2 t emitted for 1 allotted, of which no more than a fifth of what is emitted must be bought: 0.4 at 2 make 1.4 a Mt 2.2",
    # Without the limit 1 t at 2: 3.4, and all would be bought at 3.
    facts=(*GOODS, mill(1.4), carbon_market(2.0), settling("plant", {ACTIVITY: (2.0, 1.0)}, told={"loss_limit": 0.2})),
    objective=2.2,
    answer={"net_allowances[plant,2021]": 0.4, "allowance_forgiven[plant,2021]": 0.6, "allowance_bought[plant,2021]": 0.4},
    without={"Net_Of_Outputs": "unbounded"},
)

SETTLED_TOGETHER = Paper(
    name="settled_together",
    says="an old line that emits 2 for 1 allotted and a new one that emits 0.5 for 1 settle together: what the one lacks the other has",
    # Half of the goods from each (the lines are of half a Mt): 0.5 · 1 short, 0.5 · 0.5 over: 0.25 at 2. 0.5 · 0.6 + 0.5 · 2 + 0.5.
    facts=(
        *GOODS,
        technology("old", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 0.6}),
        technology("new", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 2.0}),
        carbon_market(2.0),
        settling("plant", {("old", "activity"): (2.0, 1.0), ("new", "activity"): (0.5, 1.0)}),
    ),
    objective=1.8,
    answer={"net_allowances[plant,2021]": 0.25, "annual[old,2021]": 0.5, "annual[new,2021]": 0.5},
    without={"Net_Allowances:cost": 1.3},
)

FROM_2022 = Paper(
    name="from_2022",
    says="the scheme begins in 2022: the mill runs at 1.4 in 2021, and then, 3 a Mt dearer, stands still",
    facts=(*GOODS, mill(1.4), carbon_market(6.0), settling("plant", {ACTIVITY: (2.0, 1.5)}, since=2022)),
    years=(2021, 2022),
    objective=1.4 + 3.0,
    answer={"annual[mill,2021]": 1.0, "annual[mill,2022]": 0.0, "allowance_emissions[plant,2021]": 0.0},
    without={"Net_Allowances:cost": 2.8},
)

RISING = Paper(
    name="rising",
    says="a price that rises from 2 to 4 and a benchmark that falls from 1.5 to 1.0: 1.4 + 0.5 · 2, then 1.4 + 1 · 4 against 3",
    facts=(*GOODS, mill(1.4), carbon_market({2021: 2.0, 2022: 4.0}), settling("plant", {ACTIVITY: (2.0, {2021: 1.5, 2022: 1.0})})),
    years=(2021, 2022),
    objective=2.4 + 3.0,
    answer={"annual[mill,2022]": 0.0},
    without={"Net_Of_Outputs[plant,2021]": "unbounded"},
)

NO_OFFSET = Paper(
    name="no_offset",
    says="allowances are cheap, but what is bought is no cut: the city's CO2 of at most 1 lets half of the goods be made",
    # 0.5 · 1.4 + 0.5 · 3 + 0.25 · 0.4. Without the target all is made: 1.4 + 0.5 · 0.4.
    facts=(
        *GOODS,
        mill(1.4),
        carbon_market(0.4),
        settling("plant", {ACTIVITY: (2.0, 1.5)}),
        indicator("co2", "Mt", [("mill", "activity", 2.0)]),
        target("cap", "co2", "level", "<=", 1.0),
    ),
    objective=2.3,
    answer={"indicator_value[co2,2021]": 1.0, "annual[mill,2021]": 0.5, "allowance_bought[plant,2021]": 0.25},
    without={"Target_At_Most": 1.6, "Indicator_Account": 1.6},
)

HEAT = Paper(
    name="heat",
    says="of combined heat and power both outputs are allotted: 0.1 short for a TWh of power, 0.2 for one of heat, at 1",
    # 0.5 GW of each all year; running costs nothing.
    facts=(
        demand("electricity", 0.5 * A_YEAR),
        demand("heat", 0.5 * A_YEAR),
        technology(
            "chp",
            "committed",
            gives={"electricity": 1.0},
            exists=1.0,
            heat="heat",
            told={"minimum_load": 0.0, "heat_ratio": 1.0, "heat_loss": 0.2},
        ),
        carbon_market(1.0),
        settling("plant", {("chp", "activity"): (0.9, 0.8), ("chp", "heat"): (0.5, 0.3)}, payer="town"),
    ),
    objective=0.15 * A_YEAR,
    answer={"net_allowances[plant,2021]": 0.15 * A_YEAR, "spend[town,2021]": 0.15 * A_YEAR},
    without={"Net_Allowances:cost": 0.0},
)

SELLING_BUDGET = Paper(
    name="selling_budget",
    says="the town sells the mill's allowances, 0.1 of its emissions at the most, and must earn 0.6 by it: 0.6 Mt are made, though they are dearer",
    # A Mt made costs 5 and sells 0.2 at 5: 4 against 3. 0.6 · 4 + 0.4 · 3.
    facts=(
        *GOODS,
        mill(5.0),
        carbon_market(5.0),
        settling("plant", {ACTIVITY: (2.0, 2.6)}, payer="town", told={"gain_limit": 0.1}),
        indicator("town_spends", "亿元", [("town", "spend", 1.0)]),
        target("earns", "town_spends", "level", "<=", -0.6),
    ),
    objective=3.6,
    answer={"annual[mill,2021]": 0.6, "spend[town,2021]": -0.6},
    without={"Spend_Account": 3.0, "Gain_Limit": 2.0},
)
