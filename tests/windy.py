"""A town that lives on wind of some days and none of others: paper cases of what typical days hide, and their full-year checks."""

from __future__ import annotations

from functools import cache

from paper import HALF, Paper, also, demand, fact, indicator, market, measure, number, profile, target, technology
from paper_answer import told

from model.results.full_year import YearCheck
from model.study.plan.solve import SolvedCase, solve
from model.study.runs.full_year import full_year_check
from model.study.solved.solved_model import Options, Watch

ONE_DAY = Options(days=1, gap=1e-9)
CALM = 73 * 24 / 1e3  # thousand hours: a fifth of the year
# Wind yields half of its capacity over the year: 0.625 on four days of five, nothing on the fifth; on the typical day always half. 0.5 GW all year, 4.38
# TWh, is served by 1 GW of wind on the typical day, and on calm days by nothing: 0.5 GW are missing in 73 · 24 hours, 0.876 TWh.
KINDS = [
    fact("day_types", id=name, profile="breeze", share=share, **number(value, "1")) for name, share, value in (("windy", 0.8, 1.0), ("calm", 0.2, 0.0))
]  # fmt: skip
BREEZE = Paper(
    name="breeze", says="wind on four days of five",
    facts=(
        demand("electricity", HALF), profile("breeze", [0.5] * 24, availability=True), KINDS,
        technology("wind", "variable", gives={"electricity": 1.0}, profile="breeze"), measure("build_wind", {"wind": 1.0}, unit="GW", cost=4.0, usual=True),
    ),
    objective=4.0,
)  # fmt: skip
# 3 亿元 a TWh bought, a Mt of CO2 each: 4.38 TWh of wind cost 4 亿元, bought 13.14.
BOUGHT = also(
    BREEZE,
    market("electricity", 3.0),
    indicator("co2", "Mt", [("electricity_buy", "bought", 1.0)]),
    target("cap", "co2", "level", "<=", 0.5),
)


# Wind yields 0.3 to 0.8 of its capacity, another share on each of ten kinds of 36 days, and nothing on five calm days.
STEPS = [0.6 + 0.1 * step for step in range(10)]
GUSTY = [
    fact("day_types", id=f"kind_{place:02}", profile="breeze", share=share, **number(value, "1"))
    for place, (share, value) in enumerate([*((36 / 365, step) for step in STEPS), (5 / 365, 0.0)])
]
# 0.5 GW all year; what wind does not give, a plant burns at 3 亿元 a TWh, once it stands: 1 亿元 a GW and year. Hidden calm days leave 0.5 GW short, unless it has been built.
GUSTS = Paper(
    name="gusts", says="wind of eleven kinds of day",
    facts=(
        demand("electricity", HALF), profile("breeze", [0.5] * 24, availability=True), GUSTY,
        technology("wind", "variable", gives={"electricity": 1.0}, profile="breeze"), measure("build_wind", {"wind": 1.0}, unit="GW", cost=4.0, usual=True),
        technology("plant", "dispatch", gives={"electricity": 1.0}, told={"variable_cost": 3.0}),
        measure("build_plant", {"plant": 1.0}, unit="GW", cost=1.0, usual=True),
    ),
    objective=4.0,
)  # fmt: skip


@cache
def checked(paper: Paper, options: Options = ONE_DAY) -> tuple[SolvedCase, YearCheck]:
    outcome = solve(told(paper), options)
    plans = {"plan": outcome.plan, "usual": outcome.ready.usual, "free": outcome.free}
    found = full_year_check(outcome.ready, plans, Watch())
    assert found is not None
    return outcome, found
