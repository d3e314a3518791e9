"""What is committed is spent on the usual path and without targets too, whichever measures these are, and what it needs follows: on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from paper import Paper, actual, also, coupling, indicator, measure
from paper_answer import solved
from paper_past import THREE, TOWN, ready

from model.results.next_years import decided_records

# The mill makes 1 Mt at 1 a Mt. A base of clean mills costs 2 a year and Mt and is nobody's usual choice: it comes only where it is committed.
BASE = Paper(
    name="base", says="a base is committed that no one would build as usual", facts=TOWN, years=THREE, decide_from=2022, objective=0.0
)


def base(**told: Any) -> list[Any]:
    cost, life = told.pop("cost", 2.0), told.pop("life", 10.0)
    return measure("base", {"clean_mill": 1.0}, cost=cost, life=life, told=told)


def usual(paper: Paper, name: str = "base") -> list[float]:
    return ready(paper).usual.solved.decisions["build"].sel(measure=name).values.tolist()


COMMITTED = base(committed={2022: 0.2, 2023: 0.1})
HAD_BEFORE = also(BASE, COMMITTED, actual("base", 2021, 0.4))


@pytest.mark.parametrize(
    ("paper", "amounts"),
    [
        (HAD_BEFORE, [0.4, 0.2, 0.1]),
        (also(BASE, COMMITTED), [0.0, 0.2, 0.1]),
        (also(replace(BASE, decide_from=None), base(committed={2021: 0.4, 2022: 0.2})), [0.4, 0.2, 0.0]),
    ],
    ids=["beside a record", "without a record", "from the first year"],
)
def test_the_usual_path_builds_what_is_committed_of_what_is_not_usual(paper: Paper, amounts: list[float]) -> None:
    assert usual(paper) == pytest.approx(amounts)


def test_money_that_is_spent_anyway_is_in_no_difference() -> None:
    """2021: 0.6 of the mill, 0.4 of the base at 2; 2022: 0.4 and 0.6; 2023: 0.3 and 0.7. Nothing is asked for, so plan, usual path and plan without
    targets are one and the same.
    """
    outcome = solved(HAD_BEFORE)[0]
    costs = [
        outcome.manifest["objective"], *(outcome.manifest["baselines"][name]["objective"] for name in ("usual", "free"))
    ]  # fmt: skip
    assert costs == pytest.approx([(0.6 + 0.8) + (0.4 + 1.2) + (0.3 + 1.4)] * 3)


def test_the_usual_path_adds_no_more_than_is_committed_though_it_would_save() -> None:
    """At 0.5 a year the base saves half of the mill's cost: as usual it comes as committed, in the plan all at once."""
    cheap = also(BASE, base(cost=0.5, committed={2023: 0.2}), actual("base", 2021, 0.4))
    assert usual(cheap) == pytest.approx([0.4, 0.0, 0.2])
    assert solved(cheap)[0].results["build"].sel(measure="base").values.tolist() == pytest.approx([0.4, 0.4, 0.2])


def test_of_what_is_decided_nothing_is_usual_because_something_else_is_committed() -> None:
    """The plan adds 0.4 in 2022 to the 0.2 committed to 2023: the usual path pays for the latter alone, which is no decision."""
    results = solved(also(BASE, base(cost=0.5, committed={2023: 0.2}), actual("base", 2021, 0.4)))[0].results
    (row,) = [one for one in decided_records(results) if one["measure"] == "base"]
    assert (row["invested"], row["usual"]) == (pytest.approx(0.4 * 5.0), pytest.approx(0.0))


@pytest.mark.parametrize("since", [None, 2022])
def test_the_usual_path_renews_what_is_committed_as_it_renews_what_was_built(since: int | None) -> None:
    """A base that lasts a year at 0.5: what came by 2022 is put up again in 2023, and no more."""
    short = also(replace(BASE, decide_from=since), base(cost=0.5, life=1.0, committed={2022: 0.2}))
    assert usual(short) == pytest.approx([0.0, 0.2, 0.2])


# What is committed needs other things


LINE = coupling("lines", "<=", 0.0, {("base", "level"): 1.0, ("line", "level"): -1.0}, kind="requires")


@pytest.mark.parametrize("since", [None, 2022])
def test_what_a_commitment_needs_follows_it_and_no_more(since: int | None) -> None:
    """Each Mt of the base needs one of the line, which pays for itself and is not usual: as usual the line comes with the base, and not before."""
    paper = also(
        replace(BASE, decide_from=since), base(committed={2022: 0.2, 2023: 0.1}), measure("line", {"clean_mill": 0.1}, cost=0.01), LINE
    )
    assert usual(paper, "line") == pytest.approx([0.0, 0.2, 0.1])


def test_lines_that_stand_are_used_first() -> None:
    """0.25 of the line are on record beside 0.1 of the base: 0.05 more are needed for 0.3."""
    paper = also(
        BASE, base(committed={2022: 0.2}), measure("line", {}, cost=0.01), LINE, actual("base", 2021, 0.1), actual("line", 2021, 0.25)
    )
    assert usual(paper, "line") == pytest.approx([0.25, 0.05, 0.0])


def test_what_follows_is_in_time() -> None:
    """Of the line 0.1 a year can be built, and 0.2 are needed in 2022."""
    slow = measure("line", {}, cost=0.01, told={"pace": 0.1})
    paper = also(replace(BASE, decide_from=None), base(committed={2022: 0.2}), slow, LINE)
    assert usual(paper, "line") == pytest.approx([0.1, 0.1, 0.0])


def test_what_follows_has_what_it_needs_itself() -> None:
    """The line needs a station of half its size, and what the base adds counts by its capacity."""
    by_capacity = coupling("lines", "<=", 0.0, {("clean_mill", "capacity"): 1.0, ("line", "level"): -1.0}, kind="requires")
    stations = coupling("stations", "<=", 0.0, {("line", "level"): 0.5, ("station", "level"): -1.0}, kind="requires")
    paper = also(
        BASE, base(committed={2022: 0.2}), measure("line", {}, cost=0.01), measure("station", {}, cost=0.01), by_capacity, stations,
        indicator("lines_built", "Mt", [("line", "level", 1.0)]),
    )  # fmt: skip
    assert usual(paper, "line") == pytest.approx([0.0, 0.2, 0.0])
    assert usual(paper, "station") == pytest.approx([0.0, 0.1, 0.0])


def test_what_needs_nothing_lets_nothing_follow() -> None:
    """Without a commitment the line is not usual, and stays away though it would save."""
    paper = also(BASE, base(), measure("line", {"clean_mill": 1.0}, cost=0.01), LINE)
    assert usual(paper, "line") == pytest.approx([0.0, 0.0, 0.0])
