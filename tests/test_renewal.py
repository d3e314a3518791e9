"""Renewal on paper: lifetimes that are not whole, what ends inside a span, what lives shorter than it, effects that end before their measure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import Paper, measure
from paper_answer import fresh, solved
from papers.renewal import MILL, ONE, TOWN

from model.case.parameters.finance import annuity_charge
from model.case.parameters.timeline import last_year_in_force, share_in_force, spans
from model.report.tables import other_named


def test_a_lifetime_that_is_not_whole() -> None:
    """A mill of 3.5 years for 1 亿元, needed for 20 years, is 20 / 3.5 mills: half of one is built anew in the fourth year."""
    mill = measure("new_mill", {"mill": 1.0}, life=3.5, told={"investment": 1.0})
    answer = fresh(Paper("not_whole", "", (*TOWN, MILL, mill), 20 / 3.5, years=tuple(range(2021, 2041))))
    assert answer.objective == pytest.approx(20 / 3.5) and answer.audited
    assert answer.value("build[new_mill,2024]") == pytest.approx(0.5)


def test_a_renewed_unit_keeps_its_name() -> None:
    mill = measure("new_mill", {"mill": 1.0}, cost=1.0, life=5.0, whole=True, unit_names=("Mill A", "Mill B"), told=ONE)
    outcome, *_ = solved(Paper("renewed_by_name", "", (*TOWN, MILL, mill), 10.0, years=(2021, 2030)))
    frame = other_named(outcome.results, "en").frame
    assert frame[["unit_name", "note"]].values.tolist() == [["Mill A", ""], ["Mill A", "renewed"]]


def test_no_effect_outlives_its_measure() -> None:
    """A mill of one year has to be bought each year, though its effect's row says 30: 3 · 1, not 1."""
    life = measure("new_mill", {"mill": {"value": 1.0, "lifetime": 30.0}}, cost=1.0, life=1.0)
    paper = Paper("outlived", "", (*TOWN, MILL, life), 3.0, years=(2021, 2022, 2023))
    assert fresh(paper).objective == pytest.approx(3.0)


years_from_2021 = st.lists(st.integers(1, 12), min_size=1, max_size=6).map(
    lambda lengths: [2020 + sum(lengths[: n + 1]) for n in range(len(lengths))]
)
lifetimes = st.lists(st.floats(0.3, 60), min_size=2, max_size=6, unique=True).map(sorted)


@given(years=years_from_2021, lives=lifetimes, rate=st.sampled_from([0.0, 0.03, 0.08, 0.3]))
def test_cost_never_rises_with_lifetime(years: list[int], lives: list[float], rate: float) -> None:
    """Of one unit built, and of one unit always in force."""
    timeline = spans(2020, years)
    for place, built in enumerate(timeline):
        once = [
            annuity_charge(rate, 2020, built, life, last_year_in_force(built, life), years[-1]) for life in lives if life >= built.years
        ]
        assert all(longer <= shorter * (1 + 1e-9) for shorter, longer in pairwise(once)), place
    always = [_always_one(timeline, life, rate, years[-1]) for life in lives]
    assert all(longer <= shorter * (1 + 1e-9) for shorter, longer in pairwise(always))


def _always_one(timeline, life: float, rate: float, horizon: int) -> float:
    """Present value of 1 in force in every span, what is missing built anew."""
    built: list[tuple] = []
    cost = 0.0
    for span in timeline:
        stands = sum(amount * share_in_force(span, one.first, last_year_in_force(one, life)) for one, amount in built)
        built.append((span, max(0.0, 1.0 - stands)))
        cost += built[-1][1] * annuity_charge(rate, 2020, span, life, last_year_in_force(span, life), horizon)
    return cost
