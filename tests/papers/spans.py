"""Spans on paper: by `even` the cost of the years between modelled years, and what is built, runs straight from one to the next."""

from __future__ import annotations

from paper import Paper, curve, demand, indicator, market, measure, target, technology

MARKET, MILL = market("goods", 3.0, payer="town"), technology("mill", gives={"goods": 1.0})
FROM_NOTHING = demand("goods", {2020: 0.0, 2024: 1.0})
ONCE = 2022  # the last year in which the mill of this file's lifetimes is to be had

RUNNING_COST = Paper(
    name="running_cost",
    says="goods rise from 1 in 2020 to 5 in 2024: 3 · (2 + 3 + 4 + 5), of which 1.5 for the half of 2021 that is as in 2020",
    # As in the year at the end: 3 · (3 + 3 + 5 + 5) = 48.
    facts=(demand("goods", {2020: 1.0, 2024: 5.0}), MARKET, MILL),
    years=(2022, 2024),
    span_rule="even",
    objective=42.0,
    baselines={"usual": 42.0, "free": 42.0},
    without={"Trade_Value:cost": 1.5},
)

DISCOUNTED_YEAR_BY_YEAR = Paper(
    name="discounted_year_by_year",
    says="at 25 % 2 goods in 2021 and 3 in 2022 cost 6 / 1.25 + 9 / 1.5625",
    # Each year at the cost of 2022: 9 / 1.25 + 9 / 1.5625 = 12.96. 1 of 2021's goods are half of the base year's 1, half of 2022's 3.
    facts=(demand("goods", {2020: 1.0, 2022: 3.0}), MARKET, MILL),
    years=(2022,),
    settings={"discount_rate": 0.25},
    span_rule="even",
    objective=4.8 + 5.76,
    without={"Trade_Value:cost": 1.2},
)

BUILT_EVENLY = Paper(
    name="built_evenly",
    says="of a mill for 2024, at 1 a year, a quarter is charged in 2021, half in 2022, three quarters in 2023",
    # Charged from the first year of the span: 4.
    facts=(FROM_NOTHING, MARKET, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0)),
    years=(2024,),
    span_rule="even",
    objective=0.25 + 0.5 + 0.75 + 1.0,
    answer={"build[new_mill,2024]": 1.0, "level[new_mill,2024]": 1.0, "capacity[mill,2024]": 1.0},
    without={"Build:cost": 0.0, "Yearly_Balance": 0.0},
)

RENEWED_INSIDE = Paper(
    name="renewed_inside",
    says="a mill of two years is bought for four, three, two and one year of the span: 2 · (2 + 1.5 + 1 + 1) / 4 in all, 0.6875 a year",
    facts=(FROM_NOTHING, MARKET, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, life=2.0)),
    years=(2024,),
    span_rule="even",
    objective=2.5,
    answer={"level[new_mill,2024]": 1.0, "investment_cash[new_mill,2024]": 0.6875},
    without={"Build:cost": 0.0},
)

STANDS_IN_ITS_YEAR = Paper(
    name="stands_in_its_year",
    says="a mill that stands until 2023 does not stand in 2024, whose goods are bought; on the way there 3 · (1/4 + 1/2 + 3/4)",
    # By the share of the span in which it stands, three quarters of the goods would come from it in each of the four years: 3.
    facts=(demand("goods", 1.0), MARKET, technology("mill", gives={"goods": 1.0}, exists=1.0, until=2023)),
    years=(2024,),
    span_rule="even",
    objective=3 * (0.25 + 0.5 + 0.75 + 1.0),
    answer={"capacity[mill,2024]": 0.0},
    without={"Capacity_In_Force": 0.0},
)

LEAVES_AS_IT_CAME = Paper(
    name="leaves_as_it_came",
    says="built evenly in 2021 and 2022 for two years each, a mill is in force by half in 2021 and in 2023: charged 0.5 + 1 + 0.5",
    # 2023: half is bought, 1.5; 2024: all, 3. Without it 1.5 + 3 + 3 + 3.
    facts=(
        demand("goods", {2020: 0.0, 2022: 1.0}), MARKET, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, life=2.0, latest=ONCE),
    ),
    years=(2022, 2023, 2024),
    span_rule="even",
    objective=2.0 + 1.5 + 3.0,
    answer={"level[new_mill,2022]": 1.0, "level[new_mill,2023]": 0.5, "level[new_mill,2024]": 0.0},
    without={"Build:cost": 3.0},  # two for nothing, of which one is left in 2023
)  # fmt: skip

LEAVES_BY_A_CURVE = Paper(
    name="leaves_by_a_curve",
    says="half of a mill is left a year after it entered: of 4/3 built evenly in 2021 and 2022, 3/4 are in force in 2022 and a quarter in 2023",
    # Paid over two years, 2 · 4/3; 2023: two thirds are bought, 2; 2024: all, 3.
    facts=(
        demand("goods", {2020: 0.0, 2022: 1.0}), MARKET, MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, life=2.0, latest=ONCE, survival="ages"), curve("ages", {0: 1.0, 2: 0.0}),
    ),
    years=(2022, 2023, 2024),
    span_rule="even",
    objective=2 * 4 / 3 + 2.0 + 3.0,
    answer={"level[new_mill,2022]": 1.0, "level[new_mill,2023]": 1 / 3, "level[new_mill,2024]": 0.0},
    without={"Build:cost": 3.0},
)  # fmt: skip

WHOLE_AND_RENEWED = Paper(
    name="whole_and_renewed",
    says="of a mill of three years from 2021 and 2022 half is left in 2024: the next one waits by half, and is charged 0.5 + 1 less 0.5 · (0.5 + 1)",
    # The first: 0.5 + 1 + 1 + 0.5. Both whole would be 1.5 mills where one may stand.
    facts=(
        demand("goods", {2020: 0.0, 2022: 1.0}), MARKET, MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, life=3.0, whole=True, told={"potential": 1.0, "unit_size": 1.0}),
    ),
    years=(2022, 2024),
    span_rule="even",
    objective=3.0 + 0.75,
    answer={"build[new_mill,2024]": 1.0, "deferred[new_mill,2024]": 0.5, "level[new_mill,2024]": 1.0},
    without={"Deferred:cost": 3.0 + 1.5, "Build:cost": -0.75},
)  # fmt: skip

BUDGET_OF_YEARS = Paper(
    name="budget_of_years",
    says="of 1 Mt of smoke in 2021 and 2022, half of 2021's is as in 2020: 0.5 + 1.5 · 1/3 make 1",
    # Smoky goods cost 1, clean ones 3: 0.5 for what is as in 2020, then 1.5 · (1/3 + 2/3 · 3). As in the year at the end: 0.5 Mt in 2022.
    facts=(
        demand("goods", 1.0), MARKET, technology("smoky", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        indicator("smoke", "Mt", [("smoky", "activity", 1.0)]), target("cap", "smoke", "budget", "<=", 1.0, year=2022),
    ),
    years=(2022,),
    span_rule="even",
    objective=0.5 + 1.5 * (1 / 3 + 2),
    answer={"indicator_value[smoke,2022]": 1 / 3},
    without={"Target_At_Most": 0.5 + 1.5},
)  # fmt: skip

# Two of the three years count: 1 Mt of smoke in 2022 and 2023 together. Smoky goods cost 1, clean ones 3: 1 in 2021, then 1 + 3.
BUDGET_FROM_A_YEAR = Paper(
    name="budget_from_a_year",
    says="1 Mt of smoke in 2022 and 2023 together, whatever there was in 2021",
    facts=(
        demand("goods", 1.0), MARKET, technology("smoky", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        indicator("smoke", "Mt", [("smoky", "activity", 1.0)]), target("cap", "smoke", "budget", "<=", 1.0, year=2023, base_year=2021),
    ),
    years=(2021, 2022, 2023),
    objective=1.0 + 1.0 + 3.0,
    answer={"indicator_value[smoke,2021]": 1.0},
    without={"Target_At_Most": 3.0},
)  # fmt: skip

# By `even` half of 2023 is as in 2022 and half as in 2024, so smoke of 2022 counts half and that of 2024 one and a half. Clean goods cost 2 more: an Mt
# less in 2022 is paid for two years and takes half an Mt from the sum, one less in 2024 is paid for one and a half and takes as much. All costs: 4.
BUDGET_FROM_A_SPAN = Paper(
    name="budget_from_a_span",
    says="counted after 2022, 2023 is half as in 2022: 0.5 + 1.5 · 1/3 make 1",
    facts=(*BUDGET_FROM_A_YEAR.facts[:4], target("cap", "smoke", "budget", "<=", 1.0, year=2024, base_year=2022)),
    years=(2022, 2024),
    span_rule="even",
    objective=4.0 + 2.0 * 1.5 * 2 / 3,
    answer={"indicator_value[smoke,2022]": 1.0, "indicator_value[smoke,2024]": 1 / 3},
    without={"Target_At_Most": 4.0},
)  # fmt: skip

BUDGET_OF_BUILDS = Paper(
    name="budget_of_builds",
    says="what is built a year of a span is its average already: no more than 0.6 in all is 0.6 in the span",
    # 0.6 charged by half in 2021; the other 0.4 bought at 3, by half in 2021.
    facts=(
        demand("goods", {2020: 0.0, 2022: 1.0}), MARKET, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0),
        indicator("added", "Mt", [("new_mill", "build", 1.0)]), target("cap", "added", "budget", "<=", 0.6, year=2022),
    ),
    years=(2022,),
    span_rule="even",
    objective=0.6 * 1.5 + 0.4 * 3 * 1.5,
    answer={"build[new_mill,2022]": 0.6},
    without={"Target_At_Most": 1.5},
)  # fmt: skip

PAID_IN_MID_YEAR = Paper(
    name="paid_in_mid_year",
    says="at 21 % a year's cost in its middle is 10 % dearer than at its end: 3 / 1.1 + 3 / 1.331",
    facts=(demand("goods", 1.0), MARKET, MILL),
    years=(2021, 2022),
    settings={"discount_rate": 0.21},
    payments="middle",
    objective=3 / 1.1 + 3 / 1.331,
    without={"Trade_Value:cost": 0.0},
)

INVESTED_BEFORE_ITS_YEARS = Paper(
    name="invested_before_its_years",
    says="what pays back an investment over its life is worth that investment whenever it is paid: 3.6, and upkeep of 0.11 in mid-year",
    facts=(demand("goods", 1.0), MARKET, MILL, measure("new_mill", {"mill": 1.0}, life=2.0, told={"investment": 3.6, "upkeep": 0.11})),
    years=(2021, 2022),
    settings={"discount_rate": 0.21},
    payments="middle",
    objective=3.6 + 0.11 / 1.1 + 0.11 / 1.331,
    answer={"build[new_mill,2021]": 1.0},
    without={"Build:cost": 0.11 / 1.1 + 0.11 / 1.331},
)
