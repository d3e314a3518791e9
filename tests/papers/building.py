"""How much can be built, on paper: spans that the first year of decision cuts, paces of whole units, paces of spans open in part."""

from __future__ import annotations

from paper import Paper, actual, demand, market, measure, technology

TOWN = (demand("goods", 1.0), market("goods", 3.0))
MILL = technology("mill", gives={"goods": 1.0})

BUILT_IN_A_CUT_SPAN = Paper(
    name="built_in_a_cut_span",
    says="decided from 2023, in the span 2022–2024: 0.4 Mt of a mill dearer than buying was built in 2022 and stands",
    # 2021: 3. Three years 0.4 · 5 + 0.6 · 3 = 3.8. Sum 14.4; left out, 12.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=5.0), actual("new_mill", 2022, 0.4)),
    years=(2021, 2024),
    decide_from=2023,
    objective=14.4,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2024]": 0.4},
    without={"Build:lower": 12.0},
    baselines={"usual": 14.4, "free": 14.4},
)

PACE_IN_A_CUT_SPAN = Paper(
    name="pace_in_a_cut_span",
    says="0.1 was built in 2022; 2023 and 2024 leave a pace of 0.2 each: at most 0.5 in the span",
    # 2021: 3. Three years 0.5 · 1 + 0.5 · 3 = 2: 9 in all. As much as one likes, and 0.1 in any case in 2022: 0.9 + 0.3 in 2021, then 3 · 1.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, told={"pace": 0.2}), actual("new_mill", 2022, 0.1)),
    years=(2021, 2024),
    decide_from=2023,
    objective=9.0,
    answer={"build[new_mill,2024]": 0.5},
    without={"Build:upper": 4.2},
)

PACE_OF_OPEN_YEARS = Paper(
    name="pace_of_open_years",
    says="ready in 2023 at the earliest: a pace of 0.2 is 0.4 in the span 2022–2024, not 0.6",
    # 3 + 3 · (0.4 + 1.8) = 9.6; at any pace, and at once, 4 · 1.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, lead_time=2, told={"pace": 0.2})),
    years=(2021, 2024),
    objective=9.6,
    answer={"build[new_mill,2021]": 0.0, "build[new_mill,2024]": 0.4},
    without={"Build:upper": 4.0},
)

PACES_ADD_UP = Paper(
    name="paces_add_up",
    says="a pace of 0.3 units a year: none in two years, one in the four years to 2024",
    # 3 + 3 + 2 · 1. No more than one in any one span, but at once: 4 · 1.
    facts=(*TOWN, MILL, measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"pace": 0.3, "unit_size": 1.0})),
    years=(2021, 2022, 2024),
    objective=8.0,
    answer={"units[new_mill,2022]": 0.0, "units[new_mill,2024]": 1.0},
    without={"Units:upper": 4.0},
)

PACE_OF_ONE_YEAR = Paper(
    name="pace_of_one_year",
    says="1.5 units a year: one in 2021, two in 2022, and never more than two at once",
    facts=(
        demand("goods", {2021: 0.0, 2022: 4.0, 2023: 4.0}), market("goods", 3.0), MILL,
        measure("new_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"pace": 1.5, "unit_size": 1.0}),
    ),
    # Needed from 2022 on. 2021: 1 unit, 1. 2022: 3 units, 3 and 1 bought, 3. 2023: 4 units, 4. Sum 11. Three at once in 2022: none in 2021, 3 + 3 + 4 = 10.
    years=(2021, 2022, 2023),
    objective=11.0,
    answer={"units[new_mill,2021]": 1.0, "units[new_mill,2022]": 3.0, "units[new_mill,2023]": 4.0},
    without={"Build:upper": 10.0},
)  # fmt: skip
