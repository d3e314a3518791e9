"""A town of a mill and clean plants whose years before decisions begin are found on paper."""

from __future__ import annotations

from paper import GAP, Paper, demand, indicator, measure, target, technology
from paper_case import case_of

from model.case.read.case import Case
from model.study.plan.solve import get_ready
from model.study.solved.solved_model import Options, Ready, Watch

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


def ready(paper: Paper, *, case: Case | None = None) -> Ready:
    return get_ready(case or case_of(paper), EXACT, Watch())


def built(paper: Paper, name: str, *, case: Case | None = None) -> tuple[float, ...]:
    """Amounts of the past by modelled year."""
    past = ready(paper, case=case).past
    assert past is not None
    return past.history.built[name]
