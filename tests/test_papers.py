"""Every paper case: its answer is the one by hand, however it is solved, and another one once a rule is taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import xarray as xr
from paper import TOLERANCE, Paper
from paper_answer import Answer, fresh, made, plan_without, read_back, scope_of, stored, told
from papers import FAMILIES

from model.case.parameters import parameters

# The whole way over the disk: one of each family and part of one, and those whose baselines are worked out too.
WHOLE_WAY = [paper for papers in FAMILIES.values() for paper in papers if paper is papers[0] or paper.baselines or paper.unserved]


def each(papers: Callable[[str], list]) -> list:
    """Parameters by family."""
    return [
        pytest.param(*one, id="-".join((family, one[0].name, *(str(more) for more in one[1:]))))
        for family in FAMILIES
        for one in papers(family)
    ]  # fmt: skip


@pytest.mark.parametrize("paper", each(lambda family: [(paper,) for paper in FAMILIES[family]]))
def test_answer_on_paper(paper: Paper) -> None:
    assert_answer(paper, fresh(paper))


@pytest.mark.parametrize("paper", each(lambda family: [(paper,) for paper in FAMILIES[family]]))
def test_a_case_read_from_disk_makes_the_same_model(paper: Paper) -> None:
    case = told(paper)
    xr.testing.assert_allclose(parameters(case, scope_of(case, paper)), made(paper).parameters, rtol=1e-12, atol=0.0)


@pytest.mark.parametrize("paper", each(lambda family: [(paper,) for paper in FAMILIES[family] if paper in WHOLE_WAY]))
def test_answer_over_the_whole_way(paper: Paper) -> None:
    """Checked, read and solved with its baselines; and opened again from the run that was written."""
    assert len(WHOLE_WAY) >= 12
    for answer in (read_back(paper), stored(paper)):
        assert_answer(paper, answer)
        for name, value in paper.baselines.items():
            assert answer.baselines[name] == pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE), name


@pytest.mark.parametrize(("paper", "rule"), each(lambda family: [(paper, rule) for paper in FAMILIES[family] for rule in paper.rules]))
def test_answer_needs_the_rule(paper: Paper, rule: str) -> None:
    """The answer without the rule is the one worked out by hand, and is not the paper's."""
    plan, expected = plan_without(paper, rule), paper.without[rule]
    if isinstance(expected, str):
        assert plan.status == expected
        return
    assert plan.status == "optimal"
    assert plan.objective == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE)
    assert plan.objective != pytest.approx(paper.objective, rel=1e-4)


def assert_answer(paper: Paper, answer: Answer) -> None:
    assert answer.objective == pytest.approx(paper.objective, rel=TOLERANCE, abs=TOLERANCE)
    assert answer.status == ("unserved" if paper.unserved else "optimal")
    assert answer.audited
    for name, value in paper.answer.items():
        assert answer.value(name) == pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE), name
