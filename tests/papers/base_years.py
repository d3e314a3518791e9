"""Changes from another year than the case's on paper, and rates told as a path.

As in `targets`: x Mt of smoke cost 3 − 2 x a year, 1 Mt of it in the base year, 2020.
"""

from __future__ import annotations

from paper import Paper, published, target

from papers.targets import GDP, THREE, TOWN, TWO

ON_A_PUBLISHED_YEAR = Paper(
    name="on_a_published_year",
    says="half of 2021, of which 0.8 Mt are published: at most 0.4 Mt in 2022, whatever the plan itself has in 2021",
    # 1 + 2.2; of the plan's own 2021 it would be 0.5 Mt, 3.0, and of 2020 as well.
    facts=(*TOWN, published("smoke", 2021, 0.8), target("cap", "smoke", "change", "<=", -0.5, year=2022, base_year=2021)),
    years=TWO,
    objective=3.2,
    answer={"indicator_value[smoke,2021]": 1.0, "indicator_value[smoke,2022]": 0.4},
    without={"Target_At_Most": 2.0},
)

ON_THE_PLAN_S_OWN_YEAR = Paper(
    name="on_the_plan_s_own_year",
    says="half of the plan's own 2022, which a cap holds to 0.6: 0.3 Mt in 2023",
    # 1 + 1.8 + 2.4. Of 2020 it would be 0.5 Mt: 4.8.
    facts=(
        *TOWN, target("own", "smoke", "level", "<=", 0.6, year=2022, holds="year"),
        target("cap", "smoke", "change", "<=", -0.5, year=2023, base_year=2022),
    ),
    years=THREE,
    objective=5.2,
    answer={"indicator_value[smoke,2022]": 0.6, "indicator_value[smoke,2023]": 0.3},
    without={"Target_At_Most[cap,2023]": 3.8},
)  # fmt: skip

PER_DRIVER_OF_ANOTHER_YEAR = Paper(
    name="per_driver_of_another_year",
    says="60 % less a GDP than in 2021: 150 in 2022 against 125 leave 0.4 · 150/125 of its 1 Mt",
    # 1 + 3 − 2 · 0.48. Per GDP of 2020 (100) it would be 0.6 Mt.
    facts=(*TOWN, GDP, target("cap", "smoke", "change_per_driver", "<=", -0.6, reference="gdp", year=2022, base_year=2021)),
    years=TWO,
    objective=3.04,
    answer={"indicator_value[smoke,2022]": 0.48},
    without={"Target_At_Most": 2.0},
)

PATH = Paper(
    name="path",
    says="75 % less by 2022 as an even path: half of the year before each year, 0.5 in 2021, 0.25 in 2022, and onward",
    # 2 + 2.5 + 2.5. Not held to its path in 2021: 1 less.
    facts=(*TOWN, target("cap", "smoke", "change", "<=", -0.75, year=2022, holds="path")),
    years=THREE,
    objective=7.0,
    answer={"indicator_value[smoke,2021]": 0.5, "indicator_value[smoke,2022]": 0.25, "indicator_value[smoke,2023]": 0.25},
    without={"Target_At_Most": 3.0, "Target_At_Most[cap,2021]": 6.0},
)

PATH_FROM_A_PUBLISHED_YEAR = Paper(
    name="path_from_a_published_year",
    says="75 % less than the 0.8 Mt of 2021 by 2023: 0.4 in 2022, 0.2 in 2023, nothing asked of 2021",
    # 1 + 2.2 + 2.6.
    facts=(*TOWN, published("smoke", 2021, 0.8), target("cap", "smoke", "change", "<=", -0.75, year=2023, base_year=2021, holds="path")),
    years=THREE,
    objective=5.8,
    answer={"indicator_value[smoke,2021]": 1.0, "indicator_value[smoke,2022]": 0.4, "indicator_value[smoke,2023]": 0.2},
    without={"Target_At_Most[cap,2022]": 4.6},
)
