"""Targets on paper: each form of target, and when it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import Paper, also, driver, indicator, target
from paper_answer import ROUTES, fresh, plan_without, read_back, solved
from papers import base_years
from papers.targets import ABOUT, BAND, CHANGE_PER_DRIVER, CLEAN, GDP, LEVEL, PAST, PEAK, TOWN, TWO

from model.case.faults import CaseFaults
from model.report.plan.outcome import warnings
from model.report.plan.target_tables import targets as target_table


@pytest.mark.parametrize("route", ROUTES)
def test_a_past_target_is_reported_and_not_enforced(route) -> None:
    by_id = {record["id"]: record for record in route(PAST).targets}
    assert not by_id["past"]["met"] and not by_id["past"]["enforced"]
    assert by_id["cap"]["met"] and by_id["cap"]["enforced"] and by_id["cap"]["binding"]


@pytest.mark.parametrize("route", ROUTES[1:])
def test_required_achieved_and_slack_are_in_the_plans_own_measure(route) -> None:
    """Intensity 60 % less is required and reached: −0.6 of the base year's ratio, nothing to spare."""
    for record in route(CHANGE_PER_DRIVER).targets:
        assert (record["required"], record["achieved"], record["slack"]) == pytest.approx((-0.6, -0.6, 0.0))
        assert record["binding"]


@pytest.mark.parametrize("route", ROUTES[1:])
def test_price_of_a_target(route) -> None:
    """One Mt of smoke more in a year saves 2 亿元."""
    assert [record["price"] for record in route(LEVEL).targets] == pytest.approx([2.0, 2.0])


def test_a_target_met_by_the_base_year_does_not_bind() -> None:
    paper = also(LEVEL, target("cap", "smoke", "level", "<=", 1.5, year=2022))
    assert fresh(paper).objective == pytest.approx(3.0)
    assert [record["binding"] for record in fresh(paper).targets] == [False, False]


def test_targets_that_cannot_be_met_have_no_plan() -> None:
    paper = replace(LEVEL, facts=(*(part for part in TOWN if part != TOWN[1]), target("cap", "smoke", "level", ">=", 1.4)))
    assert plan_without(paper).status == "infeasible"


def test_history_bounds_a_peak_whose_deadline_is_the_first_year() -> None:
    """Smoke of 2020 was 1 Mt: 1 in each year, 4.8 as in `peak`; unbounded one rushes to 1.4 in 2021 for 3.9."""
    assert read_back(also(PEAK, target("peak", "smoke", "peak", "<=", 0.0, year=2021))).objective == pytest.approx(4.8)


def test_a_peak_is_not_enforced_in_years_that_have_passed() -> None:
    """Decided from 2022, the guard against a rush to the peak in 2021 is told, not asked. What came of 2021 is the 1 Mt that was needed, and from there
    smoke does not rise: 4.8, and not the 3.9 of a past that dumps goods to be allowed more."""
    made = read_back(replace(PEAK, decide_from=2022))
    assert made.objective == pytest.approx(4.8)
    assert {record["year"]: record["enforced"] for record in made.targets} == {2021: False, 2022: True, 2023: True}


def test_a_band_is_told_by_the_plans_own_number_and_both_of_its_sides() -> None:
    """About 0.4 is 0.36 at least and 0.44 at most; at 0.44 the upper side binds and is worth 2 亿元/Mt, the lower has 0.08 to spare."""
    records = {record["sense"]: record for record in read_back(BAND).targets if record["year"] == 2021}
    assert [records[sense]["value"] for sense in (">=", "<=")] == pytest.approx([0.4, 0.4])
    assert [records[sense]["required"] for sense in (">=", "<=")] == pytest.approx([0.36, 0.44])
    assert [records[sense]["slack"] for sense in (">=", "<=")] == pytest.approx([0.08, 0.0])
    assert [records[sense]["price"] for sense in (">=", "<=")] == pytest.approx([0.0, 2.0])
    assert [records[sense]["binding"] for sense in (">=", "<=")] == [False, True]


def test_a_band_is_told_beside_its_number() -> None:
    told = [
        tuple(target_table(solved(parts)[0].results, language).frame[["required", "band"]].iloc[0])
        for parts, language in ((BAND, "en"), (BAND, "zh"), (ABOUT, "en"))
    ]
    assert told == [
        (pytest.approx(0.4), "about: 0.36 to 0.44"),
        (pytest.approx(40.0), "左右：36至44"),
        (pytest.approx(0.6), "about: from 0.54"),
    ]


@pytest.mark.parametrize("offset", [3.0, 1.0], ids=["negative", "zero"])
@pytest.mark.parametrize("form", ["change", "change_per_driver"])
def test_a_change_from_nothing_or_less_is_refused(offset, form) -> None:
    """Smoke of 1 Mt less an offset of 3 (or 1): "half of −2" would be a rise to −1, and half of nothing no limit in per cent."""
    net = indicator("net", "Mt", [("mill", "activity", 1.0), ("offset", "driver", -1.0)])
    paper = Paper(
        name=f"{form}_of_{offset}",
        says="refused",
        facts=(*TOWN, GDP, driver("offset", "Mt", offset), net, target("fall", "net", form, "<=", -0.5, reference="gdp" if form != "change" else None)),
        years=TWO,
        objective=0.0,
    )  # fmt: skip
    with pytest.raises(CaseFaults) as raised:
        read_back(paper)
    (fault,) = raised.value.faults
    assert (fault.code, fault.place.file, fault.place.row, fault.place.column) == ("base_not_positive", "targets.csv", 2, "form")
    assert fault.found == f"net {1.0 - offset:.4g} Mt"
    assert read_back(replace(paper, dropped=frozenset({"fall"}))).objective == pytest.approx(2.0)


NEGATIVE = Paper(
    name="share_of_a_negative",
    says="half of −2 Mt: all of the mill's smoke less 3; the row holds whatever is clean, and says nothing",
    facts=(
        *TOWN, *CLEAN, driver("offset", "Mt", 3.0),
        indicator("net", "Mt", [("mill", "activity", 1.0), ("offset", "driver", -1.0)]),
        target("half", "clean", "share", ">=", 0.5, reference="net"),
    ),  # fmt: skip
    objective=1.0,
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_a_share_of_a_negative_amount_is_never_met(route) -> None:
    (record,) = route(NEGATIVE).targets
    assert not record["met"] and not record["binding"]


def test_a_share_of_a_negative_amount_is_said_to_have_no_meaning() -> None:
    outcome = solved(NEGATIVE)[0]
    assert outcome.results["slack_in_unit"].item() < 0
    for language, said in (("en", "no meaning"), ("zh", "无意义")):
        assert any(said in state for state in target_table(outcome.results, language).frame["state"])
    assert any("2021" in text and "zero or less" in text for text in warnings(outcome.results, outcome.manifest, "en"))


def test_what_a_change_is_measured_from_is_told() -> None:
    """0.8 Mt are published of 2021, in which the plan has 1; of 2022 nothing is, and the plan has 0.6."""
    notes = target_table(solved(base_years.ON_A_PUBLISHED_YEAR)[0].results, "en").notes
    assert notes[-1] == "cap: measured from 2021 as published, 0.800 Mt (in the plan 1.00 Mt, 25.0 %)."
    notes = target_table(solved(base_years.ON_THE_PLAN_S_OWN_YEAR)[0].results, "en").notes
    assert (
        notes[-1]
        == "cap: measured from 2022 as the plan has it, 0.600 Mt; nothing is published of that year, and how far this is off is not known."
    )
