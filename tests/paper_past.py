"""A town of a mill and clean plants whose years before decisions begin are found on paper."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from paper import GAP, Paper, demand, indicator, measure, target, technology
from paper_answer import told
from paper_case import case_of

from model.case.parameters import plan_scope
from model.case.read.case import Case
from model.study.plan.history import past_of_case
from model.study.plan.solve import get_ready, plan_of
from model.study.solved.past import Past
from model.study.solved.solved_model import Options, Ready, SolvedModel, Watch

EXACT = Options(gap=GAP)
THREE = (2021, 2022, 2023)

# A mill makes 1 Mt a year at 1 a Mt and as much smoke. Clean goods come from plants that run for nothing.
TOWN = (
    demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
    technology("clean_mill", gives={"goods": 1.0}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
)  # fmt: skip

# At most 0.6 Mt of smoke in 2021. The cheap plant costs 0.5 a year and lasts one year (0.5 to invest), the dear one costs 0.4 a year and lasts
# ten (4 to invest). The least investment that meets the target is 0.4 Mt of the first: 0.2 against 1.6; both would save money if all of the
# mill's goods came from them, which is no reason to think that they were built.
LEAST = Paper(
    name="least_investment",
    says="nothing is recorded, and 0.6 Mt of smoke were allowed in 2021",
    facts=(
        *TOWN,
        measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0),
        measure("long_lived", {"clean_mill": 1.0}, cost=0.4, life=10.0),
        target("cap", "smoke", "level", "<=", 0.6, holds="year"),
    ),  # fmt: skip
    years=THREE,
    decide_from=2022,
    objective=0.0,
)

CAPPED = Paper(
    name="capped",
    says="a cap dated 2021 goes on; a clean plant takes a year to build, and none is under way",
    # 2022 cannot be met: 1 Mt of smoke. 2023: 0.4 of the plant, 0.6 of the mill.
    facts=(
        *TOWN,
        measure("plant", {"clean_mill": 1.0}, cost=2.0, lead_time=1),
        target("cap", "smoke", "level", "<=", 0.6),
    ),  # fmt: skip
    years=THREE,
    decide_from=2022,
    objective=0.0,
)


def past_of(case: Case, dropped: frozenset[str] = frozenset()) -> Past:
    """The past alone, without base year, baselines and plan."""
    return past_of_case(case, replace(plan_scope(case), dropped=dropped), EXACT, Watch())


@cache
def past(paper: Paper) -> Past:
    return past_of(case_of(paper), paper.dropped)


def built(paper: Paper, name: str) -> tuple[float, ...]:
    """Amounts of the past by modelled year."""
    return past(paper).history.built[name]


@cache
def ready(paper: Paper) -> Ready:
    """What the plan rests on, its case written to disk, checked and read again."""
    return get_ready(told(paper), replace(EXACT, dropped=paper.dropped), Watch())


@cache
def plan(paper: Paper) -> SolvedModel:
    """The plan alone, without what a run tells of it."""
    return plan_of(ready(paper), Watch())


def builds(paper: Paper, name: str) -> list[float]:
    """Amounts of the plan by modelled year, those of the past among them."""
    return plan(paper).solved.decisions["build"].sel(measure=name).values.tolist()


def amounts(paper: Paper, indicator: str) -> list[float]:
    """An indicator of the plan by modelled year."""
    return plan(paper).solved.worked["indicator_value"].sel(indicator=indicator).values.tolist()
