"""A usual path that leaves a demand short is told so beside its cost, and is never what a plan's targets are met by, on paper."""

from __future__ import annotations

import pytest
from calling import says
from paper import GAP, Paper, demand, indicator, measure, target, technology
from paper_case import case_of
from reporting import LANGUAGES

from model.report.plan.answers import front
from model.report.plan.outcome import key_figures
from model.report.plan.screen_parts import cost_lines
from model.report.words import word
from model.results.open_targets import usual_path_suffices
from model.results.shortfalls import Shortfall, usual_shortfalls
from model.study.plan.solve import SolvedCase, solve
from model.study.solved.solved_model import Options

# 1 Mt of goods: a mill of 0.6 Mt stands on, one of 0.4 Mt leaves after 2020. As usual 0.4 Mt are short in 2021, and smoke falls from 1.0 to 0.6, below
# the 0.7 that are allowed; the plan makes the 0.4 Mt by a clean plant, and smoke is the same.
PAPER = Paper(
    name="usual_short",
    says="smoke falls by itself since a mill leaves, and what it made is short as usual",
    facts=(
        demand("goods", 1.0), technology("mill", gives={"goods": 1.0}, exists=0.6), technology("old_mill", gives={"goods": 1.0}, exists=0.4, until=2020),
        technology("clean_mill", gives={"goods": 1.0}), measure("plant", {"clean_mill": 1.0}, cost=1.0),
        indicator("smoke", "Mt", [("mill", "activity", 1.0), ("old_mill", "activity", 1.0)], headline=True),
        target("cap", "smoke", "level", "<=", 0.7),
    ),
    years=(2021,),
    objective=0.4,
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> SolvedCase:
    return solve(case_of(PAPER), Options(gap=GAP))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_usual_path_leaves_short_stands_beside_its_cost(made: SolvedCase, language: str) -> None:
    assert usual_shortfalls(made.results) == [Shortfall("goods", 2021, pytest.approx(0.4), "Mt")]  # type: ignore[arg-type]
    said = {"en": "leaves short: goods by up to 0.400 Mt (2021)", "zh": "存在缺口：goods最多缺40.00万吨（2021年）"}[language]
    (line,) = [one for one in cost_lines(made.results, made.manifest, language) if one.strip().startswith(word("usual", language))]
    assert line and says(" ".join(cost_lines(made.results, made.manifest, language)), said)
    rows = key_figures(made.results, made.manifest, language).frame.set_index("item")
    assert says(rows.loc[word("figure_usual_cost", language), "note"], said)
    free = made.results.assign(usual_unserved=0.0 * made.results["usual_unserved"])
    assert not says(" ".join(cost_lines(free, made.manifest, language)), said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_present_trends_alone_are_named_only_where_they_suffice(made: SolvedCase, language: str) -> None:
    """All of the fall is that of the usual path. It is told as such if that path had served the town; not if it had missed the target."""

    def met(results: object) -> str:
        return dict(front(results, made.manifest, None, None, language).answers)[word("question_met", language)]  # type: ignore[arg-type]

    served = made.results.assign(usual_unserved=0.0 * made.results["usual_unserved"])
    missed = served.assign(row_met_as_usual=("target_row", [False] * served.sizes["target_row"]))
    assert [usual_path_suffices(one) for one in (made.results, served, missed)] == [False, True, False]
    both, trends = word("answer_by_both", language), word("answer_by_inputs", language)
    assert both in met(made.results) and both in met(missed) and trends in met(served)
    untold = met(served.drop_vars("row_met_as_usual"))
    assert both not in untold and trends not in untold
