"""Least sizes, least totals and survival, on paper: a town that buys 1 Mt of goods at 3 亿元/Mt or makes it."""

from __future__ import annotations

from paper import Paper, curve, demand, existing, market, measure, technology

from papers.stock import MILL, THREE, TOWN, TWO

LEAST_SIZE = Paper(
    name="least_size",
    says="a mill of 0.5 Mt at the least: 0.1 Mt are bought in 2021 (0.3 instead of 0.5), the mill comes in 2022 when 0.5 are asked",
    # 0.3 + 0.5. Without it, or with a part of a start, 0.1 Mt of mill in 2021 and 0.4 in 2022: 0.1 + 0.5.
    facts=(
        demand("goods", {2021: 0.1, 2022: 0.5}),
        market("goods", 3.0),
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, told={"least_size": 0.5, "potential": 1.0}),
    ),
    years=TWO,
    objective=0.8,
    answer={"build[new_mill,2021]": 0.0, "started[new_mill,2021]": 0.0, "build[new_mill,2022]": 0.5, "started[new_mill,2022]": 1.0},
    without={"Least_Size": 0.6, "Nothing_Unless_Started": 0.6, "Started:whole": 0.6},
)

BESIDE_COMMITTED = Paper(
    name="beside_committed",
    says="0.2 Mt are committed, less than the least size of 0.5, which is of what is added beside: 0.7 where 0.6 would do",
    facts=(
        demand("goods", 0.6),
        market("goods", 3.0),
        MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, told={"least_size": 0.5, "pace": 1.0, "committed": {2021: 0.2}}),
    ),
    objective=0.7,
    answer={"build[new_mill,2021]": 0.7},
    without={"Least_Size": 0.6, "Nothing_Unless_Started": 0.6},
)

MINIMUM = Paper(
    name="minimum",
    says="from 2022 on 0.4 Mt of mill must be in force, at 5 a Mt where goods cost 3: 3, then 2 + 1.8; as usual nothing is asked",
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=5.0, told={"minimum": {2022: 0.4}})),
    years=THREE,
    objective=10.6,
    answer={"level[new_mill,2021]": 0.0, "level[new_mill,2022]": 0.4, "level[new_mill,2023]": 0.4},
    without={"Level:lower": 9.0},
    baselines={"usual": 9.0, "free": 10.6},
)

MINIMUM_OF_THE_PAST = Paper(
    name="minimum_of_the_past",
    says="decided from 2022 on, when 0.4 Mt must be in force and be a mill's capacity: of 2021 nothing is asked, whatever holds since then",
    facts=(
        *TOWN,
        technology("mill", gives={"goods": 1.0}, told={"minimum_capacity": {2021: 0.4}}),
        measure("new_mill", {"mill": 1.0}, cost=5.0, told={"minimum": {2021: 0.4}}),
    ),
    years=TWO,
    decide_from=2022,
    objective=6.8,
    answer={"level[new_mill,2021]": 0.0, "level[new_mill,2022]": 0.4},
)

MINIMUM_BEHIND = Paper(
    name="minimum_behind",
    says="0.2 Mt more a year are ordered, as many as can be built: of 2021 nothing is known, so that 0.2 are held in 2022 and 0.4 in 2023",
    # 3, 0.2 · 5 + 0.8 · 3, 0.4 · 5 + 0.6 · 3.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=5.0, told={"minimum": {2021: 0.2, 2022: 0.4, 2023: 0.6}, "pace": 0.2})),
    years=THREE,
    decide_from=2022,
    objective=10.2,
    answer={"level[new_mill,2021]": 0.0, "level[new_mill,2022]": 0.2, "level[new_mill,2023]": 0.4},
    without={"Level:lower": 9.0},
)

UNITS_BEHIND = Paper(
    name="units_behind",
    says="mills of 0.5 Mt, 0.75 Mt a year by their pace: 0.75 are ordered for 2022, and one mill is all that can enter by then",
    # 3, then 0.5 · 5 + 0.5 · 3.
    facts=(
        *TOWN, MILL,
        measure("new_mill", {"mill": 1.0}, cost=5.0, whole="yes", told={"unit_size": 0.5, "minimum": {2022: 0.75}, "pace": 0.75, "potential": 1.0}),
    ),
    years=TWO,
    decide_from=2022,
    objective=7.0,
    answer={"level[new_mill,2022]": 0.5},
    without={"Level:lower": 6.0},
)  # fmt: skip

MINIMUM_CAPACITY = Paper(
    name="minimum_capacity",
    says="0.4 Mt of mills must stand, 0.1 do: 0.3 at 5, and 0.6 bought",
    facts=(
        *TOWN,
        technology("mill", gives={"goods": 1.0}, exists=0.1, told={"minimum_capacity": 0.4}),
        measure("new_mill", {"mill": 1.0}, cost=5.0),
    ),
    objective=3.3,
    answer={"build[new_mill,2021]": 0.3, "capacity[mill,2021]": 0.4},
    without={"Capacity:lower": 2.7},
    baselines={"usual": 2.7, "free": 3.3},
)

REMAINING = Paper(
    name="remaining",
    says="of 1 Mt of mill 0.4 are left in 2023: 0.8, 0.6 and 0.4 on the way, the rest bought",
    facts=(*TOWN, MILL, existing("old_mill", "mill", 1.0, told={"remaining": {2023: 0.4}})),
    years=THREE,
    objective=3.6,
    answer={"capacity[mill,2021]": 0.8, "capacity[mill,2022]": 0.6, "capacity[mill,2023]": 0.4},
    without={"Capacity_In_Force": 0.0},
)

REMAINING_IN_SPANS = Paper(
    name="remaining_in_spans",
    says="2021 to 2023 in one span: 0.6 Mt on average, 0.4 bought in each of three years; none of it after 2023, by its last year",
    facts=(*TOWN, MILL, existing("old_mill", "mill", 1.0, told={"remaining": {2023: 0.4}}, until=2023)),
    years=(2023, 2024),
    objective=6.6,
    answer={"capacity[mill,2023]": 0.6, "capacity[mill,2024]": 0.0},
    without={"Capacity_In_Force": 0.0},
)

OLD_FLEET = Paper(
    name="old_fleet",
    says="1 Mt in service since 2018, of which 0.8 of 1 survive two years (2020), 0.6, 0.4 and 0.2 three to five: 0.75, 0.5 and 0.25 are left",
    facts=(*TOWN, MILL, existing("old_mill", "mill", 1.0, since=2018, survival="ages"), curve("ages", {0: 1.0, 2: 0.8, 6: 0.0})),
    years=THREE,
    objective=4.5,
    answer={"capacity[mill,2021]": 0.75, "capacity[mill,2022]": 0.5, "capacity[mill,2023]": 0.25},
    without={"Capacity_In_Force": 0.0},
)

NEW_FLEET = Paper(
    name="new_fleet",
    says="of what is built 0.75 are in force after a year and 0.5 after two: 0.25 are added in 2022 and 1 − 0.5 − 0.1875 in 2023",
    # Each Mt is paid for over ten years, 1 a year, whatever is left of it: 1 + 1.25 + 1.5625.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, survival="ages"), curve("ages", {0: 1.0, 4: 0.0})),
    years=THREE,
    objective=3.8125,
    answer={"build[new_mill,2022]": 0.25, "build[new_mill,2023]": 0.3125, "level[new_mill,2023]": 1.0, "capacity[mill,2023]": 1.0},
    without={"Capacity_In_Force": 0.0},
)

FLEET_IN_A_SPAN = Paper(
    name="fleet_in_a_span",
    says="two years in one span: 1 and 0.75 in force, 0.875 on average, so that 1 / 0.875 are built, paid for in both years",
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, survival="ages"), curve("ages", {0: 1.0, 4: 0.0})),
    years=(2022,),
    objective=2 / 0.875,
    answer={"build[new_mill,2022]": 1 / 0.875, "level[new_mill,2022]": 1.0},
    without={"Capacity_In_Force": 0.0},
)
