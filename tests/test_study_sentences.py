"""What each kind of study comes to in two sentences: the amounts of its records, whichever way it came out, in a line of either language."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reporting import LANGUAGES
from sweeping import toy

from model.case.read.labels import labels
from model.report.display import labels as named
from model.report.pages.page import Chart, Series
from model.report.studies.abatement_answers import abatement_answers
from model.report.studies.alternatives_answers import alternatives_answers
from model.report.studies.frontier_answers import frontier_answers
from model.report.studies.frontier_tables import frontier_report
from model.report.studies.regret_answers import regret_answers
from model.report.studies.study_front import StudyAnswers, study_front
from model.report.studies.switch_answers import switch_answers
from model.report.tables import table
from model.report.words import word
from model.report.writers.vega import specification
from model.results.abatement import Abatement, LeftOut
from model.results.alternatives import Alternatives, Bounds, WithinCost
from model.results.frontier import Frontier, FrontierPoint
from model.results.plan_cost import PlanCost
from model.results.regret import Future, PlanUnderFuture, Regret
from model.results.switch import State, Switch, SwitchPoint

known = labels(toy())
SCALE = {"en": 0.1, "zh": 1.0}
most_letters = {"en": 100, "zh": 40}


def checked(answers: StudyAnswers, language: str) -> tuple[str, str]:
    """Both sentences, which fit their line as the third does."""
    told = [text for _, text in study_front(answers, toy(), language).answers]
    assert len(told) == 3 and all(0 < len(one) <= most_letters[language] and "{" not in one for one in told), told
    return answers.came, answers.means


def money(amount: float, language: str) -> str:
    return f"{amount * SCALE[language]:g}"


def frontier(*points: tuple[float, float, str], best: float = 0.0) -> Frontier:
    """Points of CO2 in Mt by value, cost and ending."""
    made = tuple(FrontierPoint(value, np.nan, value, np.nan, cost, cost, status, 0.0) for value, cost, status in points)
    return Frontier("toy", "co2", 2023, "Mt", False, "", 0, "", False, best, best, made, True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frontier_is_cheap_up_to_its_knee(language: str) -> None:
    """From 4 Mt at 10 to 2 Mt at 10.5 (0.25 a Mt) and 0 Mt at 20: the knee lies at 2."""
    tons = {"en": "2 Mt", "zh": "200万吨"}[language]
    came, means = checked(
        frontier_answers(frontier((4, 10, "optimal"), (2, 10.5, "optimal"), (0, 20, "optimal")), known, language), language
    )
    assert money(10, language) in came and tons in means and money(0.5, language) in means
    straight = frontier_answers(
        frontier((4, 10, "optimal"), (2, 12, "time_limit"), (0, 14, "optimal"), (-1, np.inf, "infeasible")), known, language
    )
    came, means = checked(straight, language)
    assert (
        money(4, language) in came
        and word("study_steps", language).split("{")[0] in means
        and (straight.asked, straight.unmet, straight.open) == (4, 1, 1)
    )
    alone = frontier_answers(frontier((4, 10, "optimal")), known, language)
    assert alone.came == word("study_no_curve", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_plans_name_what_is_safe_to_decide(language: str) -> None:
    """In every plan half of the heat pumps or more; the roof in some; a boiler closed in none."""

    def bounds(measure: str, low: float, high: float, unproven: float = 0.0) -> Bounds:
        return Bounds(measure, "", "TWh", 1.0, 0.0, low, low, low, high, high, unproven, unproven)

    one = WithinCost(
        0.05, 6.4, (bounds("build_heat_pump", 0.5, 1.0), bounds("build_rooftop_sun", 0.0, 1.0), bounds("close_boiler", 0.0, 0.0))
    )
    made = Alternatives("toy", PlanCost(6.1, 6.1), (one,), (), {}, {}, True, 6)
    came, means = checked(alternatives_answers(made, known, language), language)
    assert word("study_roles", language).format(share=5, must=1, optional=1, never=1) == came
    assert means == word("study_needed", language).format(names=named(known, "measure", "label", language)["build_heat_pump"])
    none = replace(made, within=(replace(one, bounds=one.bounds[1:]),))
    assert checked(alternatives_answers(none, known, language), language)[1] == word("study_none_needed", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_measures_are_worth_and_what_may_wait(language: str) -> None:
    """No plan without heat pumps; without the roof 0.2 to 0.3 more; the boiler costs nothing that shows. The roof may wait a year, heat pumps may not."""

    def left(measure: str, delay: int, low: float, high: float, status: str = "optimal") -> LeftOut:
        return LeftOut(measure, delay, 1.0, low, high, 0.1, status, 0.0)

    found = (
        left("build_heat_pump", 0, np.inf, np.inf, "infeasible"),
        left("build_rooftop_sun", 0, 0.2, 0.3),
        left("close_boiler", 0, 0.0, 0.001),
    )
    made = Abatement("toy", "co2", 2023, "Mt", 6.1, 6.1, 0.0, found, (), None, True)
    came, means = checked(abatement_answers(made, known, language), language)
    assert word("study_span", language).format(money(0.2, language), money(0.3, language)) in came and "1" in means
    assert came.endswith(word("study_no_plan_without_one", language) + word("study_dearest", language)[-1])
    delayed = (left("build_rooftop_sun", 1, 0.0, 0.001), left("build_heat_pump", 1, 0.5, 0.5))
    means = checked(abatement_answers(replace(made, delayed=delayed), known, language), language)[1]
    assert means == word("study_can_wait_one", language).format(1, 2, 1, 1)
    assert checked(abatement_answers(replace(made, left_out=found[:1]), known, language), language)[0] == word(
        "study_only_needed", language
    ).format(1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_regret_names_the_steadiest_plan_and_what_another_may_cost(language: str) -> None:
    """Held under `dear` the reference costs 1 more than the best there; the plan for `dear` costs 3 more as things stand."""
    futures = (Future("reference", "optimal", 10, 10), Future("dear", "optimal", 20, 20))
    cells = tuple(
        PlanUnderFuture(plan, under, "own" if plan == under else "kept", cost, cost)
        for plan, under, cost in (
            ("reference", "reference", 10),
            ("reference", "dear", 21),
            ("dear", "reference", 13),
            ("dear", "dear", 20),
        )
    )
    made = Regret("toy", 2023, True, ("reference", "dear"), futures, cells, True)
    came, means = checked(regret_answers(made, known, language), language)
    assert word("study_plan_own", language) in came and f" {money(1, language)} " in came.replace("至多多花", " ").replace("亿元", " ")
    assert word("study_plan_for", language).format("dear") in means and money(3, language) in means
    failing = tuple(replace(one, verdict="misses") if one.verdict == "kept" else one for one in cells)
    came, means = checked(regret_answers(replace(made, cells=failing), known, language), language)
    assert came == word("study_none_holds", language).format(count=2, fails=1, name=word("study_plan_own", language))
    assert means == word("study_something_gives", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_switching_value_is_set_against_where_the_number_stands(language: str) -> None:
    """Built at 1,000 and not at 1,200; today 800: it would have to rise by 200, a quarter."""

    def points(*states: State) -> tuple[SwitchPoint, ...]:
        return tuple(SwitchPoint(at / 2, 800 + 200 * at, state, 1.0, 6.0, 6.0, "optimal") for at, state in enumerate(states))

    made = Switch(
        "toy",
        "coal_purchase.price",
        "Coal: price",
        "煤价",
        "CNY/tce",
        800,
        1200,
        800,
        10,
        "measure",
        "build_rooftop_sun",
        0,
        points("yes", "yes", "no"),
        True,
    )
    came, means = checked(switch_answers(made, known, language), language)
    assert all(one in came for one in ("1,000", "1,200", word("state_measure_yes", language), word("state_measure_no", language)))
    share = "25" + word("unit_space", language) + "%"
    assert share in means and {"en": "rise", "zh": "升"}[language] in means
    means = checked(switch_answers(replace(made, value=1500.0), known, language), language)[1]
    assert "20" + word("unit_space", language) + "%" in means and {"en": "fall", "zh": "降"}[language] in means
    assert "1,100" in checked(switch_answers(replace(made, value=1100.0), known, language), language)[1]
    assert checked(switch_answers(replace(made, value=np.nan), known, language), language)[1] == word("study_no_one_value", language)
    same = checked(switch_answers(replace(made, points=points("yes", "yes", "yes")), known, language), language)
    assert word("state_measure_yes", language) in same[0] and same[1] == word("study_need_not_watch", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_knee_is_marked_where_the_table_has_it(language: str) -> None:
    made = frontier((4, 10, "optimal"), (2, 10.5, "optimal"), (0, 20, "optimal"))
    (page,) = frontier_report(made, known, language).pages
    spec = specification(page.charts[0], page.tables, "en")
    marked = [one for one in spec["data"]["values"] if one.get("m")]
    row = page.tables["frontier"].frame.set_index("mark").loc[word("mark_knee", language)]
    assert [(one["x"], one["y"]) for one in marked] == [(row["reached"], row["cost_high"])] and spec["layer"][-1]["mark"][
        "shape"
    ] == "diamond"


def test_bars_on_each_other_are_stacked_and_the_shorter_of_two_stands_in_front() -> None:
    """The room of a measure begins where its least ends; what is proven at least is not hidden by what is possible at most."""
    rows = table("t", ["measure", "a", "b"], [{"measure": "m", "a": 1.0, "b": 2.0}])
    chart = Chart("bars", "t", "t", "measure", [Series(name, "#000000", column=name) for name in "ab"], "%", "", rows=(0, 0))
    on_top, beside = specification(replace(chart, stacked=True), {"t": rows}, "en"), specification(chart, {"t": rows}, "en")
    assert on_top["encoding"]["x"]["stack"] == "zero" and on_top["params"][0]["name"] == "picked"
    assert (
        [one["s"] for one in beside["data"]["values"]] == ["b", "a"] and beside["encoding"]["x"]["stack"] is None and "params" not in beside
    )
