"""Explained on paper: prices with whole units held, true differences of solving again, what pays for what.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each) or is bought clean at 3: letting x Mt of
smoke costs 3 − 2 x, so that one Mt less is worth 2.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from explaining import PARKS, WORKS, explained, only, reference, said
from paper import Paper, target
from paper_case import case_of
from papers import FAMILIES, targets
from papers.targets import LEVEL, PER_DRIVER, SHARE, TOWN

from model.case.read.labels import labels
from model.report.explain.explain_tables import ItemLabels, by_year, prices
from model.report.explain.explain_text import explain_text
from model.results.explained import Reason
from model.study.explain.drivers import followed, reasons
from model.study.explain.prices import held_of, priced_targets


def test_an_exact_target_costs_more_on_one_side_and_less_on_the_other() -> None:
    """0.4 Mt of smoke cost 2.2; 0.39 cost 2.22 and 0.41 cost 2.18: neither is more than nothing because it is called tighter."""
    made = only(explained(Paper("exact", "smoke of exactly 0.4", (*TOWN, target("cap", "smoke", "level", "==", 0.4)), 2.2)))
    ends = sorted((one.low, one.high) for one in made.differences if one.question != "without")
    assert ends == [pytest.approx((-0.02, -0.02), abs=1e-5), pytest.approx((0.02, 0.02), abs=1e-5)]
    assert {one.verdict for one in made.differences} == {"proven"}


def test_a_band_is_priced_on_the_side_that_costs_in_terms_of_the_plans_own_number() -> None:
    """About 0.4 Mt is 0.36 to 0.44: one Mt more of "about" is 1.1 more of smoke, which saves 2.2, until 1.1 · 0.909 = 1 Mt is let through."""
    made = explained(Paper("band", "smoke of about 0.4", (*TOWN, target("cap", "smoke", "level", "==", 0.4, tolerance=0.1)), 2.12))
    one = only(made)
    assert (one.price, one.low, one.high) == pytest.approx((-2.2, 0.0, 1 / 1.1), abs=1e-6)
    assert [(year.sense, year.price) for year in one.years] == [(">=", pytest.approx(0.0)), ("<=", pytest.approx(2.0))]
    ends = sorted((answer.low, answer.high) for answer in one.differences if answer.question != "without")
    assert ends == [pytest.approx((-0.022, -0.022), abs=1e-5), pytest.approx((0.022, 0.022), abs=1e-5)]
    known = labels(case_of(Paper("band", "", (*TOWN, target("cap", "smoke", "level", "==", 0.4)), 0.0)))
    assert "cap: 0.400 Mt (about: 0.36 to 0.44)" in explain_text(made, known, "en")
    assert "cap：40.00 万吨（左右：36至44）" in explain_text(made, known, "zh")


def test_a_target_of_about_is_priced_and_ranged_by_its_own_number() -> None:
    """About 60 % clean is 54 %: a unit more of "about" is 0.9 more, worth 1.8, until 0.9 · 1.11 = 1 is clean."""
    made = explained(targets.ABOUT)
    one = only(made)
    assert (one.value, one.price, one.low, one.high) == pytest.approx((0.6, 1.8, 0.0, 1 / 0.9), abs=1e-6)
    frame = prices(made, ItemLabels(labels(case_of(targets.ABOUT)), "en")).frame
    assert frame.loc[0, ["target_value", "band"]].tolist() == [0.6, "about: from 0.54"]
    years = by_year(made, ItemLabels(labels(case_of(targets.ABOUT)), "en")).frame
    assert years.loc[0, ["required", "holds_high"]].tolist() == pytest.approx([0.6, 1 / 0.9])


@pytest.mark.parametrize(
    ("paper", "price", "low", "high", "step", "tighter", "looser", "without"),
    [
        # 2 a year and Mt in 2022 and 2023, until all or nothing is smoke; without it 2 · 1.2 less.
        (LEVEL, 4.0, 0.0, 1.0, 0.01, 0.04, -0.04, -2.4),
        # One more in a hundred of 1 Mt of goods is bought: 2 per whole; a step is a hundredth of 0.6.
        (SHARE, 2.0, 0.0, 1.0, 0.006, 0.012, -0.012, -1.2),
        # 2 · 125 + 2 · 150 per Mt/亿元; in 2022 the mill makes all at 1/150.
        (PER_DRIVER, 550.0, 0.0, 1 / 150, 0.000032, 0.0176, -0.0176, -2.24),
    ],
    ids=lambda value: value.name if isinstance(value, Paper) else "",
)
def test_prices_ranges_and_differences_are_those_worked_out_by_hand(
    paper: Paper, price: float, low: float, high: float, step: float, tighter: float, looser: float, without: float
) -> None:
    one = only(explained(paper))
    assert (one.price, one.low, one.high, one.step) == pytest.approx((price, low, high, step), abs=1e-6)
    for question, expected in (("tighter", tighter), ("looser", looser), ("without", without)):
        answer = said(one, question)
        assert answer.verdict == "proven"
        assert (answer.low, answer.high) == pytest.approx((expected, expected), abs=1e-5)


def test_ranges_of_one_year_come_from_ranging() -> None:
    for year in only(explained(LEVEL, again=False)).years:
        assert (year.price, year.low, year.high) == pytest.approx((2.0, 0.0, 1.0))


def test_price_and_true_difference_disagree_because_of_whole_units_and_both_are_shown() -> None:
    made = explained(WORKS)
    one = only(made)
    assert one.price * one.step == pytest.approx(0.02)
    assert (one.low, one.high) == pytest.approx((0.395, 1.0))
    tighter = said(one, "tighter")
    assert (tighter.low, tighter.high) == pytest.approx((0.32, 0.32), abs=1e-5)
    assert [(move.measure, move.before, move.after) for move in tighter.moves] == [("works", 0.0, pytest.approx(0.5))]
    assert said(one, "looser").found == pytest.approx(-0.02, abs=1e-6)
    assert said(one, "without").found == pytest.approx(-1.2, abs=1e-6)
    text = explain_text(made, labels(case_of(WORKS)), "en")
    assert "200.0" in text and "CNY/t" in text and "+0.320" in text  # 2 亿元/Mt is 200 CNY/t


def test_what_pays_for_a_measure_and_why_a_cheaper_looking_one_is_not_taken() -> None:
    made = explained(PARKS, again=False)
    found = {one.measure: one for one in made.measures}
    park = found["park"]
    assert park.built and (park.amount, park.cost, park.lacks) == pytest.approx((2.0, 2.0, 0.0))
    assert [(one.kind, one.item, one.amount) for one in park.earnings] == [("target", "parks", pytest.approx(2.0))]
    garden, grove = found["garden"], found["grove"]
    assert (garden.built, garden.lacks, garden.cheap_for) == (False, pytest.approx(0.3), ())
    assert (grove.built, grove.lacks, grove.cheap_for) == (False, pytest.approx(0.2), ("parks",))
    # 0.8 less the 0.2 that the mill's 0.2 Mt cost; 1 for the park, less 0.2 Mt of goods at 3.
    assert grove.cost == pytest.approx(0.6)
    assert {(one.kind, one.item): one.amount for one in grove.earnings} == pytest.approx(
        {("target", "parks"): 1.0, ("commodity", "goods"): -0.6}
    )
    assert [(one.measure, one.amount) for one in only(made).carried] == [("park", pytest.approx(2.0))]


@pytest.mark.parametrize(
    "paper", [paper for paper in (*FAMILIES["targets"], WORKS, PARKS) if not paper.unserved], ids=lambda paper: paper.name
)
def test_cost_less_earnings_is_the_reduced_cost_for_every_measure(paper: Paper) -> None:
    of = reference(paper)
    held, schedule = held_of(of)
    assert held is not None and not schedule
    made: list[Reason] = reasons(of, held, priced_targets(of, held))
    whole = followed(replace(of.plan.matrix, cost=held.reduced), held).costs()  # with what follows from a build
    reduced = {key[1]: value for key, value in zip(of.plan.matrix.columns, whole, strict=True) if key[0] == "Build"}
    for one in made:
        if not one.whole and not one.built and np.isfinite(one.lacks):
            assert one.lacks == pytest.approx(reduced[one.measure, one.year], abs=1e-6)
