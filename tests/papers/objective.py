"""Objective on paper: discounting, annuities inside the horizon, baselines."""

from __future__ import annotations

from paper import Paper, demand, indicator, market, measure, target, technology

TOWN = (demand("goods", 1.0), market("goods", 3.0))
MILL = technology("mill", gives={"goods": 1.0})
TWO, THREE = (2021, 2022), (2021, 2022, 2023)

DISCOUNTED = Paper(
    name="discounted",
    says="at 25 % a year 3 paid at the end of 2021 is worth 2.4 at the end of 2020, of 2022 1.92",
    facts=(*TOWN, MILL),
    years=TWO,
    settings={"discount_rate": 0.25},
    objective=2.4 + 1.92,
    without={"Yearly_Balance": 0.0, "Trade_Value:cost": 0.0},
)

DISCOUNTED_SPAN = Paper(
    name="discounted_span",
    says="each year of a span is discounted for itself: 3 in each of 2021 and 2022",
    facts=(*TOWN, MILL),
    years=(2022,),
    settings={"discount_rate": 0.25},
    objective=2.4 + 1.92,
    without={"Trade_Value:cost": 0.0},
)

ANNUITY = Paper(
    name="annuity",
    says="3.6 over two years at 25 % is 2.5 a year (3.6 = 2.5/1.25 + 2.5/1.5625), cheaper than buying at 3",
    # Over its whole life the annuities are worth the investment itself: 3.6.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, life=2.0, told={"investment": 3.6})),
    years=TWO,
    settings={"discount_rate": 0.25},
    objective=3.6,
    answer={"build[new_mill,2021]": 1.0, "spend[owner,2021]": 3.6, "spend[owner,2022]": 0.0},
    without={"Build:cost": 0.0},
)

LAST_YEARS = Paper(
    name="last_years",
    says="annuities after the horizon are not charged: a mill of 2022 pays one of its two 2.5",
    # 2021: buying at 3 is dearer than 2.5 too, but the mill can be decided only from 2022: 2.4 + 2.5/1.5625. Charged whole it would be 3.6/1.25 = 2.88 > 1.92.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, life=2.0, earliest=2022, told={"investment": 3.6})),
    years=TWO,
    settings={"discount_rate": 0.25},
    objective=2.4 + 1.6,
    answer={"build[new_mill,2022]": 1.0},
    without={"Build:cost": 2.4, "Build:upper": 3.6},
)

FALLING_COST = Paper(
    name="falling_cost",
    says="costs fall with the year of building: 40, 20, 10 over 10 years; one waits for the last",
    # Bought twice at 3, then built at 1: 7. Built in 2022 at 2: 3 + 2 + 2 = 7, so the last costs 0.9: 6.9. Built at once: 12.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, told={"investment": {2021: 40.0, 2022: 20.0, 2023: 9.0}})),
    years=THREE,
    objective=6.9,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2022]": 0.0, "build[new_mill,2023]": 1.0},
    without={"Build:cost": 0.0},
)

CLOSURE = Paper(
    name="closure",
    says="a closure without a lifetime is paid over the horizon: 3 over 2021–2023 is 1 a year",
    # Kept: upkeep 4 a year. Closed: 1 + goods at 2: 3 a year.
    facts=(
        demand("goods", 1.0),
        market("goods", 2.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"upkeep": 4.0}),
        [fact for fact in measure("close_mill", {"mill": -1.0}, kind="retire", cost=0.3) if fact[1].get("quantity") != "lifetime"],
    ),  # fmt: skip
    years=THREE,
    objective=9.0,
    answer={"build[close_mill,2021]": 1.0, "capacity[mill,2023]": 0.0},
    without={"Build:cost": 6.0, "Capacity:cost": 0.0},
)

BASELINES = Paper(
    name="baselines",
    says="what the plan costs the city and what its targets cost are told against two baselines",
    # Smoke at most 0.4: smoky mill 0.4 · 1, clean mill 0.6 · 1.5 = 1.3. Usual (only what is usual: the smoky mill, new ones at 1): 1.0.
    # Free (all measures, no target): a saver at 0.2 a year, which is no usual one, makes 0.3 Mt of goods: 0.7 + 0.06; the plan takes it too.
    # Plan: saver 0.3 (0.06), smoke 0.4 (0.4), clean 0.3 (0.45): 0.91. Usual: 1.0: cheaper by 0.09 than usual, dearer by 0.15 than free.
    facts=(
        *TOWN,
        technology("smoky", gives={"goods": 1.0}),
        technology("clean", gives={"goods": 1.0}),
        technology("saver", gives={"goods": 1.0}),
        measure("build_smoky", {"smoky": 1.0}, cost=1.0, usual=True),
        measure("build_clean", {"clean": 1.0}, cost=1.5),
        measure("build_saver", {"saver": 1.0}, cost=0.2, told={"potential": 0.3}),
        indicator("smoke", "Mt", [("smoky", "activity", 1.0)]),
        target("cap", "smoke", "level", "<=", 0.4),
    ),  # fmt: skip
    objective=0.91,
    answer={"build[build_saver,2021]": 0.3, "build[build_clean,2021]": 0.3},
    without={"Target_At_Most": 0.76, "Level:upper": 0.2},
    baselines={"usual": 1.0, "free": 0.76},
)
