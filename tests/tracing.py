"""Two cases on paper with a frontier, and the frontier traced.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each), from a clean mill at 2 as far as 0.5 Mt, or is
bought clean at 4: the cost is 2 − s above 0.5 Mt of smoke and 1.5 + 3 · (0.5 − s) below it, up to 3 at none.
"""

from __future__ import annotations

from typing import Any

from paper import GAP, Paper, demand, indicator, market, measure, technology
from paper_case import case_of
from studying import unstored

from model.results.frontier import Frontier
from model.study.plan.solved_model import Options
from model.study.tradeoffs.frontier import Aim, question_of

EXACT = Options(gap=GAP)

TWO_WAYS = Paper(
    name="two_ways",
    says="smoke is cheap to leave at first and dear in the end",
    facts=(
        demand("goods", 1.0), market("goods", 4.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, exists=0.5, told={"variable_cost": 2.0}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]), indicator("trade", "Mt", [("goods_buy", "bought", 1.0)]),
    ),
    objective=1.0,
)  # fmt: skip

# A works of 0.5 Mt costs 0.25 a year, its goods as much as the mill's: any cap below 1 Mt buys what is missing at 3 more or takes a works.
LUMPY = Paper(
    name="lumpy",
    says="clean goods come in whole works",
    facts=(
        demand("goods", 1.0), market("goods", 4.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}, told={"variable_cost": 1.0}),
        measure("works", {"clean_mill": 1.0}, cost=0.5, whole=True, told={"unit_size": 0.5}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
    ),
    objective=1.0,
)  # fmt: skip

SMOKE = Aim("smoke", 2021)


def traced(paper: Paper, aim: Aim = SMOKE, count: int = 11, second: Aim | None = None, **given: Any) -> Frontier:
    return unstored(case_of(paper), question_of(aim, count=count, second=second), EXACT, **given)
