"""Rules of the years before decisions begin that decide what is built later: each worked out on paper so that it fails without its rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import xarray as xr
from paper import Paper, actual, also, demand, fact, indicator, market, measure, number, published, target
from paper_answer import solved
from paper_past import LEAST, THREE, TOWN, amounts, built, ready
from paper_past import builds as builds_of

NEAR = 1e-5  # Mt of smoke: what is given may be given again a little more

# The mill makes 1 Mt at 1 a Mt; clean plants cost 0.5 a year and Mt, so as many are built as may be.
CLEAN = Paper(
    name="clean", says="clean plants are cheaper than the mill that stands", facts=(*TOWN, measure("plant", {"clean_mill": 1.0}, cost=0.5)), years=THREE,
    decide_from=2022, objective=0.0,
)  # fmt: skip


def plant(**told: Any) -> list[Any]:
    """The clean plant of the town at 0.5 a year, told otherwise."""
    cost, life = told.pop("cost", 0.5), told.pop("life", 10.0)
    return measure("plant", {"clean_mill": 1.0}, cost=cost, life=life, **told)


def builds(paper: Paper) -> list[float]:
    return builds_of(paper, "plant")


def usual_builds(paper: Paper) -> list[float]:
    return ready(paper).usual.solved.decisions["build"].sel(measure="plant").values.tolist()


def smoke(paper: Paper) -> list[float]:
    return amounts(paper, "smoke")


def smoke_in(results: xr.Dataset) -> list[float]:
    return results["indicator_value"].sel(indicator="smoke").values.tolist()


# What is committed


def test_what_is_committed_enters_as_far_as_there_is_room_beside_what_was_built_the_earlier_first() -> None:
    """A potential of 1, of which 0.6 are on record: of 0.3 committed in 2022 and 0.3 in 2023 all of the first and 0.1 of the second enter."""
    paper = also(CLEAN, plant(cost=2.0, told={"potential": 1.0, "committed": {2022: 0.3, 2023: 0.3}}), actual("plant", 2021, 0.6))
    assert builds(paper) == pytest.approx([0.6, 0.3, 0.1])


def test_of_whole_units_that_are_committed_those_enter_that_fit() -> None:
    """Units of 0.3: beside 0.6 on record one more fits below 1, though 0.4 are left."""
    paper = also(
        CLEAN, plant(cost=2.0, whole=True, told={"potential": 1.0, "unit_size": 0.3, "committed": {2022: 0.6}}), actual("plant", 2021, 0.6)
    )
    assert builds(paper) == pytest.approx([0.6, 0.3, 0.0])


def test_what_was_committed_after_the_last_record_was_built() -> None:
    """The record ends with 2021: the 0.2 committed in 2021 are in it, or were not built; those of 2022 came."""
    paper = also(
        replace(CLEAN, years=(2021, 2022, 2023), decide_from=2023),
        plant(cost=2.0, told={"committed": {2021: 0.2, 2022: 0.3}}),
        actual("plant", 2021, 0.1),
    )
    assert builds(paper) == pytest.approx([0.1, 0.3, 0.0])


# What is under way


def test_what_is_usual_was_begun_as_usual_and_all_else_when_decisions_begin() -> None:
    """Two years of building: a usual plant begun in 2021 enters in 2023, any other is begun in 2022 and enters in 2024."""
    four = replace(CLEAN, years=(2021, 2022, 2023, 2024))
    assert builds(also(four, plant(usual=True, lead_time=2))) == pytest.approx([0.0, 0.0, 1.0, 0.0])
    assert builds(also(four, plant(lead_time=2))) == pytest.approx([0.0, 0.0, 0.0, 1.0])


def test_what_is_begun_as_usual_is_paid_for_before_it_enters() -> None:
    """Half a Mt enters in 2023 and half in 2024: of the 5 that a Mt costs, half in each of the two years before, so 1.25 in 2021, 2.5 in 2022 and
    1.25 in 2023."""
    paper = also(
        replace(CLEAN, years=(2021, 2022, 2024), decide_from=2022), plant(usual=True, lead_time=2, told={"pace": 0.5}),
        indicator("spent", "亿元", [("owner", "spend", 1.0)]),
    )  # fmt: skip
    assert builds(paper) == pytest.approx([0.0, 0.0, 1.0])
    # beside the mill's 1 a year in 2021 and 2022
    assert amounts(paper, "spent") == pytest.approx([2.25, 3.5, 0.625])


def test_the_usual_baseline_renews_what_the_past_built() -> None:
    """0.4 of a plant that lasts a year are on record and nobody's usual choice: the baseline renews them, and no more."""
    paper = also(CLEAN, plant(life=1.0), actual("plant", 2021, 0.4))
    assert usual_builds(paper) == pytest.approx([0.4, 0.4, 0.4])
    assert usual_builds(also(CLEAN, plant(life=1.0))) == pytest.approx([0.0, 0.0, 0.0])


# A span that decisions cut, whole units


@pytest.mark.parametrize(("cost", "usual", "amount"), [(0.5, False, 0.6), (0.5, True, 0.6), (2.0, False, 0.2)])
def test_of_a_span_cut_by_decisions_the_record_stands_and_the_years_left_are_decided(cost: float, usual: bool, amount: float) -> None:
    """2022 to 2024 with decisions from 2023: 0.2 on record in 2022, and 0.2 a year may come in the other two."""
    paper = also(
        replace(CLEAN, years=(2021, 2024), decide_from=2023), plant(cost=cost, usual=usual, told={"pace": 0.2}), actual("plant", 2022, 0.2)
    )
    assert builds(paper) == pytest.approx([0.0, amount])


def test_of_whole_units_the_past_has_as_few_as_meet_its_targets() -> None:
    """Units of 0.25: to take 0.4 of the smoke away, two."""
    paper = also(LEAST, measure("short_lived", {"clean_mill": 1.0}, cost=0.5, life=1.0, whole=True, told={"unit_size": 0.25}))
    assert built(paper, "short_lived") == pytest.approx((0.5,))


# Targets that go on

# At most 0.6 Mt of smoke from 2021 on. Plants last a year and need sites, of which there are 0.3: one a Mt in 2022, three quarters of one in 2023.
SCARCE = also(
    CLEAN,
    plant(life=1.0, cost=2.0),
    indicator("sites", "Mt"),
    [
        fact("accounts", indicator="sites", item="plant", by="build", year=year, **number(each))
        for year, each in ((2022, 1.0), (2023, 0.75))
    ],
    target("few", "sites", "budget", "<=", 0.3, year=2023),
    target("cap", "smoke", "level", "<=", 0.6),
    actual("plant", 2021, 0.0),
)


def test_of_what_a_target_cannot_meet_the_earliest_years_weigh_most() -> None:
    """In 2022 the sites take 0.3 away, in 2023 0.4: what is missed in 2022 counts for two years, so that all go there."""
    assert smoke(SCARCE) == pytest.approx([1.0, 0.7, 1.0], abs=NEAR)


def test_a_target_that_nothing_can_meet_in_time_gives_where_no_demand_could_give_way() -> None:
    """Half a Mt of plants was asked for 2021; begun in 2022 they enter in 2023."""
    paper = also(
        CLEAN,
        plant(cost=2.0, lead_time=1),
        indicator("plants", "Mt", [("plant", "level", 1.0)]),
        target("many", "plants", "level", ">=", 0.5),
    )
    outcome = solved(paper)[0]
    assert outcome.results["build"].sel(measure="plant").values.tolist() == pytest.approx([0.0, 0.0, 0.5])
    (one,) = outcome.manifest["past"]["onward"]
    assert (one["target"], one["years"], one["given"]) == ("many", [2022], pytest.approx(0.0))
    assert outcome.manifest["accepted"]


def test_what_was_short_in_the_past_keeps_no_target_from_giving() -> None:
    """1.5 Mt were needed in 2021, of which the mill made 1. From 2022 on smoke is to be at most 0.6, which plants make possible in 2023."""
    facts = (demand("goods", {2021: 1.5, 2022: 1.0, 2023: 1.0}), *CLEAN.facts[1:])
    paper = also(
        replace(CLEAN, facts=facts), plant(cost=2.0, lead_time=1), target("cap", "smoke", "level", "<=", 0.6), actual("plant", 2021, 0.0)
    )
    outcome = solved(paper)[0]
    assert smoke_in(outcome.results) == pytest.approx([1.0, 1.0, 0.6])
    assert outcome.manifest["accepted"]
    assert [(one["year"], one["amount"]) for one in outcome.manifest["past"]["short"]] == [(2021, pytest.approx(0.5))]
    assert [(one["target"], one["years"]) for one in outcome.manifest["past"]["onward"]] == [("cap", [2022])]


def test_targets_dated_before_decisions_give_before_later_ones() -> None:
    """Smoke is to be at most 0.6 since 2021, and plants at most 0.2 from 2022 on, which is only strived for and would be the cheaper one to relax: the
    first gives, and the run is accepted."""
    paper = also(
        CLEAN,
        plant(cost=2.0, life=1.0),
        indicator("plants", "Mt", [("plant", "build", 1.0)]),
        target("few", "plants", "level", "<=", 0.2, year=2022, strength="striving"),
        target("cap", "smoke", "level", "<=", 0.6),
        actual("plant", 2021, 0.0),
    )
    outcome = solved(paper)[0]
    assert smoke_in(outcome.results) == pytest.approx([1.0, 0.8, 0.8], abs=NEAR)
    assert [one["target"] for one in outcome.manifest["past"]["onward"]] == ["cap"] and outcome.manifest["accepted"]


def test_a_target_on_a_path_goes_on_too() -> None:
    """A fifth of the smoke of 2020 less by 2021, on a path: what nothing can meet in 2022 gives, and the plan is accepted."""
    paper = also(CLEAN, plant(lead_time=1), target("less", "smoke", "change", "<=", -0.2, holds="path"))
    manifest = solved(paper)[0].manifest
    (one,) = manifest["past"]["onward"]
    assert (one["target"], one["years"], one["met_from"], manifest["accepted"]) == ("less", [2022], 2023, True)


# What a change is measured from

# Demand of 0.8 in 2021 and 1 later; the mill could have made 0.2 more in 2021 for sale, and its smoke be the greater. Plants are dear.
GROWING = also(
    replace(CLEAN, facts=(demand("goods", {2021: 0.8, 2022: 1.0, 2023: 1.0}), *CLEAN.facts[1:])),
    plant(cost=9.0),
    market("goods", 3.0),
    market("goods", 0.9, direction="sell", told={"yearly_limit": 0.2}),
)


def test_a_change_from_a_year_of_the_past_is_measured_from_what_came_of_it() -> None:
    """A tenth less than in 2021, which was 0.8 and not the 1 that the plan could make of it: 0.72. Where another value is published, from that."""
    paper = also(GROWING, target("less", "smoke", "change", "<=", -0.1, year=2023, base_year=2021))
    assert smoke(paper) == pytest.approx([0.8, 1.0, 0.72])
    assert smoke(also(paper, published("smoke", 2021, 0.9))) == pytest.approx([0.8, 1.0, 0.81])
