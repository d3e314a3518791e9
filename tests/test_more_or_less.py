"""A plan that costs less is said to cost so much less, on the screen, on the first page and in the figures; never to cost less than nothing more."""

from __future__ import annotations

import pytest
from reporting import LANGUAGES

from model.report.plan.brief_tables import brief_money
from model.report.plan.difference_text import over_usual_said
from model.report.plan.outcome import CostDifference, key_figures
from model.report.plan.screen_parts import cost_lines
from model.report.studies.compare_tables import _finding
from model.report.words import word

LESS = {"objective": 5.5, "bound": 5.4}  # the toy's usual path costs 6.00: the plan 0.50 to 0.60 less


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_costs_less_than_usual_has_no_sign(toy, language: str) -> None:
    said = word("cost_less", language).format("0.50")
    cheap = {**toy.manifest, **LESS}
    for lines in (cost_lines(toy.results, cheap, language), brief_money(toy.results, cheap, language).notes):
        line = next(text for text in lines if said in text)
        assert "-0." not in line and line.index("0.50") < line.index("0.60")
    figures = key_figures(toy.results, cheap, language).frame.set_index("item")
    row = figures.loc[word("figure_under_usual", language)]
    assert [row["value"], row["low"], row["high"]] == pytest.approx([0.5, 0.5, 0.6], abs=1e-5)
    assert word("figure_over_usual", language) not in figures.index
    assert word("figure_over_usual", language) in set(key_figures(toy.results, toy.manifest, language).frame["item"])


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (CostDifference(-5.9, -6.71, -5.36), "plan 5.90 less than usual (proven: 5.36 to 6.71)"),
        (CostDifference(20.28, 12.07, 24.34), "plan 20.28 more than usual (proven: 12.07 to 24.34)"),
        (CostDifference(0.1, 0.1, 0.1), "plan 0.10 more than usual"),
        (CostDifference(-0.2, -0.5, 0.1), "plan 0.20 less than usual (proven: 0.50 less to 0.10 more): no difference proven"),
    ],
)
def test_what_is_proven_is_said_the_same_way(apart: CostDifference, said: str) -> None:
    assert over_usual_said(apart, "en", 2) == said


def test_of_two_runs_the_cheaper_is_said_to_cost_less() -> None:
    assert [_finding(*ends, "zh") for ends in ((0.1, 0.2), (-0.2, -0.1), (-0.1, 0.1))] == [
        "成本增加，已证明",
        "成本减少，已证明",
        "差异未得到证明",
    ]
