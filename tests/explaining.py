"""Two cases on paper to explain, explained to the last digit."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from paper import GAP, Paper, demand, indicator, market, measure, target, technology
from paper_case import case_of

from model.results.explained import Explained, TargetDifference, TargetPrice
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.plan.reference import Reference, reference_of
from model.study.plan.solved_model import Options

EXACT = Options(gap=GAP)

# A works of 0.5 Mt costs 1.8 a year; goods are bought up to 0.605 Mt. At 0.4 Mt of smoke 0.6 are bought: 1.8 + 0.4 = 2.2
# (with a works: 1.8 + 0.3 + 0.4 = 2.5). At 0.39 the works is needed: 1.8 + 0.11 · 3 + 0.39 = 2.52, which is 0.32 more, though
# with whole units held 0.01 Mt is worth 0.02 – as far as 0.395, where what may be bought ends.
WORKS = Paper(
    name="works",
    says="one unit tighter takes a whole works that the price knows nothing of",
    facts=(
        demand("goods", 1.0), market("goods", 3.0, told={"yearly_limit": 0.605}),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        technology("clean_mill", gives={"goods": 1.0}),
        measure("works", {"clean_mill": 1.0}, cost=3.6, whole=True, told={"unit_size": 0.5}),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
        target("cap", "smoke", "level", "<=", 0.4),
    ),
    objective=2.2,
)  # fmt: skip

# Two Mt of parks at 1 a year each. A garden costs 1.3. A grove costs 0.8, but stands where 0.2 Mt of the mill stood, whose
# goods are then bought (0.2 of 1.2 Mt are already): 0.2 · (3 − 1) = 0.4 more, 1.2 in all, so that it lacks 0.2 for all its looks.
PARKS = Paper(
    name="parks",
    says="a grove looks cheaper than a park and is not",
    facts=(
        demand("goods", 1.2), market("goods", 3.0), technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 1.0}),
        indicator("green", "Mt", [("park", "level", 1.0), ("garden", "level", 1.0), ("grove", "level", 1.0)]),
        measure("park", {"green": 0.0}, cost=1.0), measure("garden", {"green": 0.0}, cost=1.3), measure("grove", {"mill": -0.2}, cost=0.8),
        target("parks", "green", "level", ">=", 2.0),
    ),
    objective=3.6,
)  # fmt: skip


@cache
def reference(paper: Paper) -> Reference:
    return reference_of(case_of(paper), replace(EXACT, dropped=paper.dropped))


def explained(paper: Paper, **given: object) -> Explained:
    return explain(Explainee(case_of(paper), replace(EXACT, dropped=paper.dropped)), **given)  # type: ignore[arg-type]


def only(made: Explained) -> TargetPrice:
    assert len(made.targets) == 1
    return made.targets[0]


def said(one: TargetPrice, question: str) -> TargetDifference:
    found = one.difference(question)
    assert found is not None
    return found
