"""Stock on paper: what is built, what is in force, what capacity that makes.

A town needs 1 Mt of goods a year. It buys them at 3 亿元/Mt or builds mills; money is not discounted. A mill that
costs c 亿元 a year and Mt (an investment of 10 c over 10 years) is charged c in each year in force.
"""

from __future__ import annotations

from paper import Paper, actual, demand, existing, indicator, market, measure, target, technology

TOWN = (demand("goods", 1.0), market("goods", 3.0))
MILL = technology("mill", gives={"goods": 1.0})
TWO, THREE = (2021, 2022), (2021, 2022, 2023)

WHOLE_UNITS = Paper(
    name="whole_units",
    says="a mill comes in units of 0.6 Mt: two units (1.2) are cheaper than one and 0.4 Mt bought (0.6 + 1.2 = 1.8)",
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"unit_size": 0.6})),
    objective=1.2,
    answer={"build[new_mill,2021]": 1.2, "units[new_mill,2021]": 2.0, "capacity[mill,2021]": 1.2, "annual[mill,2021]": 1.0},
    without={"Build_In_Whole_Units": 1.0, "Units:whole": 1.0},
)

WHOLE_UNITS_OVER_TIME = Paper(
    name="whole_units_over_time",
    says="units are counted from the start: one in 2021, one more in 2022, as demand grows from 0.5 to 1 Mt",
    # 2021: one unit 0.5. 2022: two units 1.0. Sum 1.5. Without whole units the same (0.5 a year is exact), so no rule is taken out.
    facts=(
        demand("goods", {2021: 0.5, 2022: 1.0}),
        market("goods", 3.0),
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"unit_size": 0.5}),
    ),  # fmt: skip
    years=TWO,
    objective=1.5,
    answer={"units[new_mill,2021]": 1.0, "units[new_mill,2022]": 2.0, "build[new_mill,2022]": 0.5, "level[new_mill,2022]": 1.0},
)

POTENTIAL = Paper(
    name="potential",
    says="at most 0.6 Mt can be in force, and what is in force is kept up at 0.5 a year",
    # Each year: mill 0.6 · (1 + 0.5) + bought 0.4 · 3 = 2.1; two years 4.2.
    # Level not tied to builds: level 0, so no limit and no upkeep: 2 · 1. No potential: 2 · 1.5. Capacity from nothing: 0.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, told={"potential": 0.6, "upkeep": 0.5})),
    years=TWO,
    objective=4.2,
    answer={"level[new_mill,2022]": 0.6, "build[new_mill,2022]": 0.0},
    without={"Level_In_Force": 2.0, "Level:upper": 3.0, "Capacity_In_Force": 0.0},
)

PACE = Paper(
    name="pace",
    says="0.2 Mt a year: at most 0.2 in 2021 and 0.4 in the two years that 2023 stands for",
    # 2021: 0.2 + 0.8 · 3 = 2.6. 2022–2023: 2 · (0.6 + 0.4 · 3) = 3.6. Sum 6.2; at any pace 3 · 1.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, told={"pace": 0.2})),
    years=(2021, 2023),
    objective=6.2,
    answer={"build[new_mill,2021]": 0.2, "build[new_mill,2023]": 0.4, "capacity[mill,2023]": 0.6},
    without={"Build:upper": 3.0},
)

PACE_OF_WHOLE_UNITS = Paper(
    name="pace_of_whole_units",
    says="a pace of 0.5 Mt a year lets one unit of 0.4 Mt in, not 1.25",
    # 2021: 0.4 + 0.6 · 3 = 2.2. 2022: 0.8 + 0.2 · 3 = 1.4. Sum 3.6. Paces not added up, but 1.25 rounded up to two units in any one year:
    # two in 2021 1.4, three in 2022 1.2.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"pace": 0.5, "unit_size": 0.4})),
    years=TWO,
    objective=3.6,
    answer={"units[new_mill,2021]": 1.0, "units[new_mill,2022]": 2.0},
    without={"Units:upper": 2.6},
)

LEAD_TIME = Paper(
    name="lead_time",
    says="decided in 2021 at the earliest, two years to build: in force from 2023",
    # 3 + 3 + 1; at once 3 · 1.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, lead_time=2)),
    years=THREE,
    objective=7.0,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2022]": 0.0, "build[new_mill,2023]": 1.0},
    without={"Build:upper": 3.0},
)

EARLIEST_YEAR = Paper(
    name="earliest_year",
    says="it can be decided in 2022 at the earliest and takes a year: in force from 2023, not from 2022",
    # 3 + 3 + 1; with lead time alone 3 + 1 + 1; with neither 3.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, lead_time=1, earliest=2022)),
    years=THREE,
    objective=7.0,
    answer={"build[new_mill,2022]": 0.0, "build[new_mill,2023]": 1.0},
    without={"Build:upper": 3.0},
)

LATEST_YEAR = Paper(
    name="latest_year",
    says="it cannot enter force after 2021, so one does not wait until it is cheaper",
    # Investment 20 in 2021 (2 a year), 10 from 2022 (1 a year). Now: 3 · 2 = 6. Waiting would be 3 + 1 + 1 = 5.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, latest=2021, told={"investment": {2021: 20.0, 2022: 10.0}})),
    years=THREE,
    objective=6.0,
    answer={"build[new_mill,2021]": 1.0},
    without={"Build:upper": 5.0},
)

COMMITTED = Paper(
    name="committed",
    says="half a dear mill (5 a year and Mt) enters force in 2022 whatever it costs",
    # 2021: 3. 2022: 0.5 · 5 + 0.5 · 3 = 4. Sum 7; without the commitment 6.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=5.0, told={"committed": {2022: 0.5}})),
    years=TWO,
    objective=7.0,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2022]": 0.5},
    without={"Build:lower": 6.0},
    baselines={"usual": 7.0, "free": 7.0},
)

EARLY_RETIREMENT = Paper(
    name="early_retirement",
    says="the effect of closing a unit ends with 2022, when it would have left by itself; the closure is paid over those years",
    # The unit costs 2 a year to keep; closing costs 1; goods cost 1.2. Closed in 2021: the annuity runs over 2021–2022, 0.5 a year:
    # 1.0 + 2 · 1.2 = 3.4; 2023 without the unit anyway: 1.2. Sum 4.6. Never closed: 2 + 2 + 1.2 = 5.2. Closed in 2022: 2 + 1 + 1.2 + 1.2 = 5.4.
    facts=(
        demand("goods", 1.0),
        market("goods", 1.2),
        technology("mill", gives={"goods": 1.0}, exists=1.0, until=2022, told={"upkeep": 2.0}),
        measure(
            "close_mill",
            {"mill": {"value": -1.0, "until": 2022}},
            unit="plant_unit",
            kind="retire",
            whole=True,
            cost=0.1,
            told={"unit_size": 1.0},
        ),
    ),  # fmt: skip
    years=THREE,
    objective=4.6,
    answer={
        "build[close_mill,2021]": 1.0,
        "capacity[mill,2021]": 0.0,
        "capacity[mill,2022]": 0.0,
        "capacity[mill,2023]": 0.0,
        "trade[goods_buy,2022]": 1.0,
    },
    without={"Capacity_In_Force": 3.6},
)

NEVER_NEGATIVE = Paper(
    name="never_negative",
    says="no more can be closed than stands, so closing what serves the region does not spare the town's own mill",
    # Capacity of both at most 0.5 Mt: the region's 0.3 goes, the town's falls to 0.5, and 0.5 · 3 is bought.
    # Could the region's fall to −0.5, the town would keep its mill and buy nothing. The region's mill is built by a measure: no standing stock.
    facts=(
        *TOWN,
        technology("mill", gives={"goods": 1.0}, exists=1.0),
        technology("far_mill", gives={"goods": 1.0}, serves="region"),
        measure("build_far_mill", {"far_mill": 1.0}, told={"committed": {2021: 0.3}, "potential": 0.3}),
        measure("close_mill", {"mill": -1.0}, kind="retire"),
        measure("close_far_mill", {"far_mill": -1.0}, kind="retire"),
        indicator("mills", "Mt", [("mill", "capacity", 1.0), ("far_mill", "capacity", 1.0)]),
        target("fewer", "mills", "level", "<=", 0.5),
    ),  # fmt: skip
    objective=1.5,
    answer={"capacity[mill,2021]": 0.5, "capacity[far_mill,2021]": 0.0},
    without={"Capacity:lower": 0.0, "Target_At_Most": 0.0},
)

REPLACEMENT = Paper(
    name="replacement",
    says="one measure takes the old unit away and brings the new: −1 Mt old until 2022, +1 Mt new for its own 10 years",
    # Old: coal-free but 2.5 a Mt to run; new 1.5 a year, nothing to run. Replaced in 2021: 3 · 1.5 = 4.5. In 2023 the new one is still there.
    # Kept: 2 · 2.5 + 3 = 8.
    facts=(
        *TOWN,
        technology("old_mill", gives={"goods": 1.0}, exists=1.0, until=2022, told={"variable_cost": 2.5}),
        technology("new_mill", gives={"goods": 1.0}),
        measure(
            "replace_mill",
            {"old_mill": {"value": -1.0, "until": 2022}, "new_mill": 1.0},
            kind="replace",
            cost=1.5,
            whole=True,
            told={"unit_size": 1.0},
        ),
    ),  # fmt: skip
    years=THREE,
    objective=4.5,
    answer={"capacity[old_mill,2021]": 0.0, "capacity[new_mill,2021]": 1.0, "capacity[old_mill,2023]": 0.0, "capacity[new_mill,2023]": 1.0},
    without={"Capacity_In_Force": 0.0},
)

BUS = (
    demand("bus_km", 50.0), market("bus_km", 0.03),
    technology("bus", unit="kvehicle", activity="Mvkm", gives={"bus_km": 1.0}, told={"yearly_use": 50.0}),
    measure("new_bus", {"bus": 1.0}, unit="kvehicle", kind="buy", cost=1.0, life=8.0),
)  # fmt: skip

SHORTER_THAN_A_SPAN = Paper(
    name="shorter_than_a_span",
    says="a bus of 8 years serves a span of 10 years: it is renewed and paid for inside it",
    # 8 over 8 years, 1 a year: 10 · 1 = 10. Paid for only once it would be 8; gone after 8 years 8 + 2 · 50 · 0.03 = 11; hired throughout 15.
    facts=BUS,
    years=(2030,),
    objective=10.0,
    answer={"level[new_bus,2030]": 1.0, "annual[bus,2030]": 50.0, "trade[bus_km_buy,2030]": 0.0},
    without={"Capacity_In_Force": 0.0},
)

PARTLY_IN_A_SPAN = Paper(
    name="partly_in_a_span",
    says="a bus of 2021 is gone after 2028: 3 of the 5 years of 2026–2030, on average 0.6 of it; 0.4 is bought anew",
    # 2021–2028: 8 · 1. From 2026: 0.4 · 5 · 1 = 2; its years after 2030 are outside the horizon. Sum 10.
    facts=BUS,
    years=(2025, 2030),
    objective=10.0,
    answer={"build[new_bus,2025]": 1.0, "build[new_bus,2030]": 0.4, "level[new_bus,2030]": 1.0, "capacity[bus,2030]": 1.0},
    without={"Capacity_In_Force": 0.0},
)

SURVIVAL = Paper(
    name="survival",
    says="an existing fleet dies off by its own dates: 1 Mt, of which 0.6 leaves with 2021 and 0.4 with 2023",
    # 2021: nothing to buy. 2022–2025 stands for four years: 0.4 is there for two of them, 0.2 on average: 4 · 0.8 · 3 = 9.6.
    facts=(
        *TOWN,
        technology("mill", gives={"goods": 1.0}, exists=0.6, until=2021),
        existing("later_mill", "mill", 0.4, until=2023),
    ),  # fmt: skip
    years=(2021, 2025),
    objective=9.6,
    answer={"capacity[mill,2021]": 1.0, "capacity[mill,2025]": 0.2},
    without={"Capacity_In_Force": 0.0},
)

ACTUALS = Paper(
    name="actuals",
    says="decided from 2022: 0.4 Mt of a mill dearer than buying was built in 2021 and stands",
    # Each year 0.4 · 5 + 0.6 · 3 = 3.8; three years 11.4. Not bound to what was built: 9.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=5.0), actual("new_mill", 2021, 0.4)),
    years=THREE,
    decide_from=2022,
    objective=11.4,
    answer={"build[new_mill,2021]": 0.4, "build[new_mill,2022]": 0.0},
    without={"Build:lower": 9.0},
    baselines={"usual": 11.4, "free": 11.4},
)

NOT_BUILT = Paper(
    name="not_built",
    says="decided from 2022: what was not built in 2021 cannot be built in 2021 any more",
    # 3 + 1 + 1; had it been open in 2021, 3.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0)),
    years=THREE,
    decide_from=2022,
    objective=5.0,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2022]": 1.0},
    without={"Build:upper": 3.0},
)
