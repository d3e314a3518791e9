"""Targets on paper: each form of target, and when it holds.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each) or is bought clean at 3: letting x Mt of
smoke costs x + 3 · (1 − x) = 3 − 2 x. In the base year, 2020, the mill makes all: smoke 1 Mt. Smoke of 0.4 costs 2.2 a year.
"""

from __future__ import annotations

from paper import Paper, actual, demand, driver, indicator, market, measure, published, target, technology

TOWN = (
    demand("goods", 1.0), market("goods", 3.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
    indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
)  # fmt: skip
CLEAN = (
    indicator("clean", "Mt", [("goods_buy", "bought", 1.0)]),
    indicator("all_goods", "Mt", [("clean", "indicator", 1.0), ("mill", "activity", 1.0)]),
)
GDP = driver("gdp", "亿元", {2020: 100.0, 2022: 150.0})
TWO, THREE = (2021, 2022), (2021, 2022, 2023)

BUDGET = Paper(
    name="budget",
    says="no more than 2.8 Mt in all from 2021 to 2024, of which 2024 stands for three years: 1.2 of 4 Mt of goods are made clean",
    facts=(*TOWN, target("budget", "smoke", "budget", "<=", 2.8, year=2024)),
    years=(2021, 2024),
    objective=4 + 1.2 * 2,
    without={"Target_At_Most": 4.0},
)

LEVEL = Paper(
    name="level",
    says="at most 0.4 Mt from 2022, and onward",
    # 1 + 2.2 + 2.2; the row of one year alone taken out: 1.2 less.
    facts=(*TOWN, target("cap", "smoke", "level", "<=", 0.4, year=2022)),
    years=THREE,
    objective=5.4,
    answer={"indicator_value[smoke,2021]": 1.0, "indicator_value[smoke,2022]": 0.4, "indicator_value[smoke,2023]": 0.4},
    without={"Target_At_Most": 3.0, "Target_At_Most[cap,2023]": 4.2, "Indicator_Account": 3.0, "Slack:upper": 3.0},
    baselines={"free": 3.0, "usual": 3.0},
)

ONE_YEAR = Paper(
    name="one_year",
    says="a target of one year holds in that year only: 1 + 2.2 + 1",
    facts=(*TOWN, target("cap", "smoke", "level", "<=", 0.4, year=2022, holds="year")),
    years=THREE,
    objective=4.2,
    without={"Target_At_Most": 3.0},
)

SHARE = Paper(
    name="share",
    says="at least 60 % of all goods clean",
    facts=(*TOWN, *CLEAN, target("clean_share", "clean", "share", ">=", 0.6, reference="all_goods")),
    objective=2.2,
    answer={"indicator_value[clean,2021]": 0.6, "indicator_value[all_goods,2021]": 1.0},
    without={"Target_At_Least": 1.0},
)

ABOUT = Paper(
    name="about",
    says="about 60 % is a band of a tenth on the easy side: 54 % clean, 46 % smoke: 3 − 0.92",
    facts=(*TOWN, *CLEAN, target("clean_share", "clean", "share", ">=", 0.6, reference="all_goods", tolerance=0.1)),
    objective=2.08,
    without={"Target_At_Least": 1.0},
)

ABOUT_AT_MOST = Paper(
    name="about_at_most",
    says="about 0.4 at most is 0.44 at most: 3 − 0.88",
    facts=(*TOWN, target("cap", "smoke", "level", "<=", 0.4, tolerance=0.1)),
    objective=2.12,
    without={"Target_At_Most": 1.0},
)

PER_DRIVER = Paper(
    name="per_driver",
    says="0.0032 Mt per 亿元 of product, 125 in 2021 and 150 in 2022: 0.4 and 0.48 Mt",
    facts=(*TOWN, GDP, target("intensity", "smoke", "per_driver", "<=", 0.0032, reference="gdp")),
    years=TWO,
    objective=2.2 + (3 - 0.96),
    answer={"indicator_value[smoke,2021]": 0.4, "indicator_value[smoke,2022]": 0.48},
    without={"Target_At_Most": 2.0},
)

CHANGE = Paper(
    name="change",
    says="60 % less than in the base year, by the model's own account of it: 0.4 of 1 Mt",
    facts=(*TOWN, target("fall", "smoke", "change", "<=", -0.6)),
    objective=2.2,
    answer={"indicator_value[smoke,2021]": 0.4},
    without={"Target_At_Most": 1.0},
)

CHANGE_PER_DRIVER = Paper(
    name="change_per_driver",
    says="60 % less per product than 1 Mt on 100: 0.4 · 125 / 100 = 0.5 Mt in 2021, 0.6 in 2022",
    facts=(*TOWN, GDP, target("intensity", "smoke", "change_per_driver", "<=", -0.6, reference="gdp")),
    years=TWO,
    objective=2.0 + 1.8,
    answer={"indicator_value[smoke,2021]": 0.5, "indicator_value[smoke,2022]": 0.6},
    without={"Target_At_Most": 2.0},
)

PHASE_OUT = Paper(
    name="phase_out",
    says="none left from 2022: 1 + 3",
    facts=(*TOWN, target("gone", "smoke", "phase_out", "<=", 0.0, year=2022)),
    years=TWO,
    objective=4.0,
    answer={"indicator_value[smoke,2022]": 0.0},
    without={"Target_At_Most": 2.0},
)

EXACTLY = Paper(
    name="exactly",
    says="exactly 0.4, whatever would be cheaper",
    facts=(*TOWN, target("quota", "smoke", "level", "==", 0.4)),
    objective=2.2,
    without={"Target_Exactly": 1.0, "Surplus:upper": 1.0},
)

PEAK = Paper(
    name="peak",
    says="peak before 2022: from 2022 it does not rise, and before it no higher than usual, so that no one rushes to the peak",
    # Need 1, 1.2, 1.4; goods can be dumped at 0.5 less the cost of 1. Usual smoke 1, 1.2, 1.4.
    # Plan: 2021 1 Mt: 1; 2022 1 Mt and 0.2 bought: 1.6; 2023 1 Mt and 0.4 bought: 2.2. Sum 4.8.
    # Free of the usual path in 2021 one would smoke 1.4 at once and dump 0.4, then 0.2: 1.2 + 1.3 + 1.4 = 3.9. Free to rise at any time: 3.6.
    # Free to rise in 2022 alone: 1 + 1.3 + 1.4. Free to rise in 2023 alone: 1 + 1.6 + 1.4.
    facts=(
        demand("goods", {2021: 1.0, 2023: 1.4}),
        market("goods", 3.0),
        market("goods", 0.5, "sell"),
        technology("mill", gives={"goods": 1.0}, exists=2.0, told={"variable_cost": 1.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        target("peak", "smoke", "peak", "<=", 0.0, year=2022),
    ),  # fmt: skip
    years=THREE,
    objective=4.8,
    answer={"indicator_value[smoke,2021]": 1.0, "indicator_value[smoke,2022]": 1.0, "indicator_value[smoke,2023]": 1.0},
    without={"Target_At_Most": 3.6, "Target_At_Most[peak,2021]": 3.9, "Target_At_Most[peak,2022]": 3.7, "Target_At_Most[peak,2023]": 4.0},
    baselines={"usual": 3.6, "free": 3.6},
)

ADDITIONS = Paper(
    name="additions",
    says="four fifths of new buses clean, each year: 0.5 thousand new in 2021 and 0.5 in 2022, at 2 a year clean and 1 else",
    # 0.4 · 2 + 0.1 · 1 = 0.9 for those of 2021, in two years; 0.9 for those of 2022. Without it 0.5 · 3; in 2022 alone free: 1.8 + 0.5.
    facts=(
        demand("bus_km", {2021: 25.0, 2022: 50.0}),
        market("bus_km", 1.0),
        *[
            technology(f"{kind}_bus", unit="kvehicle", activity="Mvkm", gives={"bus_km": 1.0}, told={"yearly_use": 50.0})
            for kind in ("clean", "diesel")
        ],
        measure("buy_clean", {"clean_bus": 1.0}, unit="kvehicle", kind="buy", cost=2.0),
        measure("buy_diesel", {"diesel_bus": 1.0}, unit="kvehicle", kind="buy", cost=1.0),
        indicator("new_clean", "kvehicle", [("buy_clean", "build", 1.0)]),
        indicator("new_buses", "kvehicle", [("buy_clean", "build", 1.0), ("buy_diesel", "build", 1.0)]),
        target("clean_additions", "new_clean", "additions", ">=", 0.8, reference="new_buses"),
    ),  # fmt: skip
    years=TWO,
    objective=2.7,
    answer={"build[buy_clean,2021]": 0.4, "build[buy_clean,2022]": 0.4, "build[buy_diesel,2022]": 0.1},
    without={"Target_At_Least": 1.5, "Target_At_Least[clean_additions,2022]": 2.3, "Target_At_Least[clean_additions,2021]": 1.9},
)

SERIES = Paper(
    name="series",
    says="a later row of a series takes the place of the one before: 0.6, then 0.4, then 0.8 again",
    # 1.8 + 2.2 + 1.4. Were 0.4 to stay, 2023 would cost 2.2.
    facts=(
        *TOWN,
        target("cap_a", "smoke", "level", "<=", 0.6, series="cap"),
        target("cap_b", "smoke", "level", "<=", 0.4, year=2022, series="cap"),
        target("cap_c", "smoke", "level", "<=", 0.8, year=2023, series="cap"),
    ),  # fmt: skip
    years=THREE,
    objective=5.4,
    answer={"indicator_value[smoke,2021]": 0.6, "indicator_value[smoke,2022]": 0.4, "indicator_value[smoke,2023]": 0.8},
    without={"Target_At_Most": 3.0, "Target_At_Most[cap_a,2021]": 4.6},
)

DROPPED = Paper(
    name="dropped",
    says="a dropped target is as if it were not there",
    facts=LEVEL.facts,
    years=THREE,
    dropped=frozenset({"cap"}),
    objective=3.0,
)

AWAITING = Paper(
    name="awaiting",
    says="a target that awaits its number is off",
    facts=(*TOWN, target("cap", "smoke", "level", "<=", None)),
    objective=1.0,
    answer={"indicator_value[smoke,2021]": 1.0},
)

PAST = Paper(
    name="past",
    says="decided from 2022: a target dated 2021, missed as published, is not enforced; that of 2022 is",
    # 1 + (0.6 of smoke) 1.8.
    facts=(
        *TOWN,
        measure("sweep", {"smoke": 0.0}),
        actual("sweep", 2021, 0.0),
        published("smoke", 2021, 1.0),
        target("past", "smoke", "level", "<=", 0.4, holds="year"),
        target("cap", "smoke", "level", "<=", 0.6, year=2022),
    ),  # fmt: skip
    years=TWO,
    decide_from=2022,
    objective=2.8,
    answer={"indicator_value[smoke,2021]": 1.0, "indicator_value[smoke,2022]": 0.6},
    without={"Target_At_Most": 2.0},
)

YEAR_WITHIN = Paper(
    name="year_within",
    says="a row of one year takes the place of the onward one in its own year alone: 0.6, 0.4, 0.6",
    # 1.8 + 2.2 + 1.8. Were 2023 free, 1 less 0.8: 5.0.
    facts=(
        *TOWN,
        target("cap_a", "smoke", "level", "<=", 0.6, series="cap"),
        target("cap_b", "smoke", "level", "<=", 0.4, year=2022, holds="year", series="cap"),
    ),  # fmt: skip
    years=THREE,
    objective=5.8,
    answer={"indicator_value[smoke,2022]": 0.4, "indicator_value[smoke,2023]": 0.6},
    without={"Target_At_Most[cap_a,2023]": 5.0},
)

BAND = Paper(
    name="band",
    says="about 0.4, neither more nor less: 0.36 to 0.44 Mt, 3 − 0.88; about 0.7 in 2022: 0.77, 3 − 1.54",
    # Without the upper side of the first, 2021 costs 1.
    facts=(
        *TOWN,
        target("quota", "smoke", "level", "==", 0.4, tolerance=0.1, series="quota"),
        target("quota_b", "smoke", "level", "==", 0.7, tolerance=0.1, year=2022, series="quota"),
    ),  # fmt: skip
    years=TWO,
    objective=2.12 + 1.46,
    answer={"indicator_value[smoke,2021]": 0.44, "indicator_value[smoke,2022]": 0.77},
    without={"Target_At_Most": 2.0, "Target_At_Most[quota,2021]": 1.0 + 1.46},
)

BAND_BELOW = Paper(
    name="band_below",
    says="about 60 % of all goods clean, the lower side binding: 54 % are dear enough, 2.08",
    facts=(*TOWN, *CLEAN, target("clean_share", "clean", "share", "==", 0.6, reference="all_goods", tolerance=0.1)),
    objective=2.08,
    answer={"indicator_value[clean,2021]": 0.54},
    without={"Target_At_Least": 1.0},
)

BAND_ABOVE = Paper(
    name="band_above",
    says="about 60 % of all goods from the mill, the upper side binding: 66 %, 3 − 1.32",
    facts=(*TOWN, *CLEAN, target("mill_share", "smoke", "share", "==", 0.6, reference="all_goods", tolerance=0.1)),
    objective=1.68,
    answer={"indicator_value[smoke,2021]": 0.66},
    without={"Target_At_Most": 1.0},
)
