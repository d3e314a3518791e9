"""Explained on paper: prices with whole units held, true differences of solving again, what pays for what.

1 Mt of goods a year comes from a smoky mill at 1 亿元/Mt (1 t of smoke each) or is bought clean at 3: letting x Mt of
smoke costs 3 − 2 x, so that one Mt less is worth 2.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from calling import call
from paper import GAP, Paper, also, case_of, demand, indicator, market, measure, stopped_at_the_second, target, technology
from papers import targets
from papers.targets import LEVEL, PER_DRIVER, SHARE, TOWN

from model.case.read.labels import labels
from model.report.explain.explain_tables import Names, by_year, interval, prices
from model.report.explain.explain_text import explain_text
from model.report.units import shown_price
from model.results.explained import Difference, Explained, Reason, TargetPrice
from model.solve.difference import difference
from model.study.explain.differences import Differences, Known
from model.study.explain.drivers import followed, reasons
from model.study.explain.explain import explain
from model.study.explain.of_run import Explainee
from model.study.explain.prices import held_of, priced_targets
from model.study.plan.answer import Options, Watch, search_matrix
from model.study.plan.reference import answer_scenario, reference_of
from model.study.plan.retarget import retargeted, rows_asked

pytestmark = pytest.mark.usefixtures("own_runs")

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


def explained(paper: Paper, **given: object) -> Explained:
    return explain(Explainee(case_of(paper), replace(EXACT, dropped=paper.dropped)), **given)  # type: ignore[arg-type]


def only(made: Explained) -> TargetPrice:
    assert len(made.targets) == 1
    return made.targets[0]


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
    frame = prices(made, Names(labels(case_of(targets.ABOUT)), "en")).frame
    assert frame.loc[0, ["target_value", "band"]].tolist() == [0.6, "about: from 0.54"]
    years = by_year(made, Names(labels(case_of(targets.ABOUT)), "en")).frame
    assert years.loc[0, ["required", "holds_high"]].tolist() == pytest.approx([0.6, 1 / 0.9])


def said(one: TargetPrice, question: str) -> Difference:
    found = one.difference(question)
    assert found is not None
    return found


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


@pytest.mark.parametrize("paper", [paper for paper in (*targets.PAPERS, WORKS, PARKS) if not paper.unserved], ids=lambda paper: paper.name)
def test_cost_less_earnings_is_the_reduced_cost_for_every_measure(paper: Paper) -> None:
    reference = reference_of(case_of(paper), replace(EXACT, dropped=paper.dropped))
    held, schedule = held_of(reference)
    assert held is not None and not schedule
    made: list[Reason] = reasons(reference, held, priced_targets(reference, held))
    whole = followed(replace(reference.plan.matrix, cost=held.reduced), held).costs()  # with what follows from a build
    reduced = {key[1]: value for key, value in zip(reference.plan.matrix.columns, whole, strict=True) if key[0] == "Build"}
    for one in made:
        if not one.whole and not one.built and np.isfinite(one.lacks):
            assert one.lacks == pytest.approx(reduced[one.measure, one.year], abs=1e-6)


# The matrix with other targets is the one that building again gives


@pytest.mark.parametrize("paper", targets.PAPERS, ids=lambda paper: paper.name)
def test_the_retargeted_matrix_is_the_one_built_again(paper: Paper) -> None:
    case = case_of(paper)
    reference = reference_of(case, replace(EXACT, dropped=paper.dropped))
    same = retargeted(reference.plan.matrix, rows_asked(reference.ready, case, paper.dropped))
    assert difference(reference.plan.matrix, same).count == 0
    for row in case.tables["targets"]:
        dropped = paper.dropped | {row.id}
        ready, plan = answer_scenario(reference, options=replace(EXACT, dropped=dropped))
        mine = retargeted(reference.plan.matrix, rows_asked(reference.ready, case, dropped))
        again_built = search_matrix(mine, EXACT, Watch(), name="plan")
        assert ready.scope.dropped == dropped
        assert again_built.objective == pytest.approx(plan.answer.objective, abs=1e-6)
        if row.value is None or row.form == "peak":
            continue
        moved = tuple(
            other.model_copy(update={"value": 0.9 * other.value}) if other.id == row.id else other for other in case.tables["targets"]
        )
        other = replace(case, tables={**case.tables, "targets": moved})
        _, plan = answer_scenario(reference, case=other)
        mine = retargeted(reference.plan.matrix, rows_asked(reference.ready, other, paper.dropped))
        assert search_matrix(mine, EXACT, Watch(), name="plan").objective == pytest.approx(plan.answer.objective, abs=1e-6)


def test_a_target_left_out_brings_back_the_one_it_replaced() -> None:
    first = target("cap", "smoke", "level", "<=", 0.6, year=2021, series="smoke")
    later = target("cap_later", "smoke", "level", "<=", 0.4, year=2022, series="smoke")
    paper = Paper(name="series", says="a series", facts=(*TOWN, first, later), years=(2021, 2022), objective=4.0)
    made = {one.id: one for one in explained(paper).targets}
    # Without the later one the first holds on: 2 · 0.2 less. Without the first, 2021 is free: 2 · 0.4 less.
    assert said(made["cap_later"], "without").found == pytest.approx(-0.4, abs=1e-6)
    assert said(made["cap"], "without").found == pytest.approx(-0.8, abs=1e-6)


# What is said, and what is not


def differences_of(paper: Paper, low: float, high: float) -> tuple[Differences, TargetPrice]:
    reference = reference_of(case_of(paper), EXACT)
    prices = priced_targets(reference, held_of(reference)[0])
    made = Differences(reference, prices, EXACT, lambda asking: None, high)
    made.base = Known(low, high)
    return made, prices[0]


def test_zero_is_said_only_when_proven() -> None:
    made, one = differences_of(WORKS, 2.1, 2.2)
    made._plans[one.id, "tighter"] = Known(2.15, 2.2)
    made.answered[one.id, "tighter"] = made._answer(one, "tighter", seconds=0.0, kept=False)
    told = made._told(one, "tighter")
    assert (told.verdict, told.low, told.high) == ("unproven", 0.0, pytest.approx(0.1))
    assert interval(told, "en") == "n.p. ≤0.10"
    made.base = Known(2.2, 2.2)
    assert made._told(one, "tighter").verdict == "zero"
    made._plans[one.id, "tighter"] = Known(2.5, 2.52)
    told = made._told(one, "tighter")
    assert (told.verdict, told.low, told.high) == ("proven", pytest.approx(0.3), pytest.approx(0.32))


def test_a_looser_target_is_bounded_by_the_case_without_it() -> None:
    made, one = differences_of(WORKS, 2.2, 2.2)
    made._plans[one.id, "without"] = Known(2.1, 2.1)
    made._plans[one.id, "looser"] = Known(1.5, 2.2)
    made.answered[one.id, "looser"] = made._answer(one, "looser", seconds=0.0, kept=False)
    assert (made._told(one, "looser").low, made._told(one, "looser").high) == pytest.approx((-0.1, 0.0))


def test_a_target_that_cannot_be_tightened_is_said_to_be_so() -> None:
    gone = also(WORKS, target("cap", "smoke", "level", "<=", 0.0), market("goods", 3.0, told={"yearly_limit": 1.0}))
    tighter = said(only(explained(gone)), "tighter")
    assert tighter.verdict == "no_plan"
    assert interval(tighter, "en") == "no plan"


def test_a_target_with_room_is_not_solved_for_again_where_the_plan_shows_it() -> None:
    roomy = also(WORKS, target("cap", "smoke", "level", "<=", 3.0))
    one = only(explained(roomy))
    assert one.price == 0.0 and said(one, "tighter").kept and said(one, "tighter").verdict == "zero"
    assert all(said(one, question).verdict == "zero" for question in ("looser", "without"))


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at_the_second(search_matrix))
    made = explained(LEVEL)
    assert not made.complete
    # What leaving it out saves was found, and bounds what loosening it saves.
    assert [(one.question, one.kept, one.low) for one in only(made).differences] == [
        ("looser", True, pytest.approx(-2.4)), ("without", False, pytest.approx(-2.4)),
    ]  # fmt: skip
    assert "Not complete" in explain_text(made, labels(case_of(LEVEL)), "en")


def test_prices_are_in_the_plans_units() -> None:
    assert shown_price(0.2422, "%", "zh") == (pytest.approx(2422.0), "万元/百分点")
    assert shown_price(1.5, "Mt", "zh") == (pytest.approx(150.0), "元/吨")  # 1.5 亿元 / 100 万吨
    assert shown_price(1.5, "Mt", "en") == (pytest.approx(150.0), "CNY/t")
    assert shown_price(0.2, "万千瓦", "zh") == (pytest.approx(0.2), "亿元/万千瓦")
    assert shown_price(20.0, "GW", "zh") == (pytest.approx(0.2), "亿元/万千瓦")


# The command


def test_explain_of_the_toy_in_json_has_prices_and_intervals() -> None:
    result = call("explain", "toy", "--json")
    assert result.exit_code == 0, result.output + result.stderr
    made = json.loads(result.stdout)
    found = {one["id"]: {told["question"]: told for told in one["differences"]} for one in made["targets"]}
    # Without the CO2 target 2023 is as 2022, with 0.1 of coal, pump and roof less dear: README's 6.10 becomes 6.07.
    assert found["co2_2023"]["without"]["found"] == pytest.approx(-0.03, abs=1e-5)
    # With no boiler left from 2022 on, heat pumps make all: 2.25 + 2.20 instead of 2.05 + 2.05.
    assert found["one_boiler_left"]["tighter"]["found"] == pytest.approx(0.35, abs=1e-5)
    assert found["one_boiler_left"]["without"]["verdict"] == "zero"
    assert len(made["measures"]) == 3


def test_explain_of_a_run_solves_its_stored_inputs(tmp_path: Path) -> None:
    assert call("solve", "toy", "--set", "co2_2023.value=0.25", "--drop", "one_boiler_left", "--out", str(tmp_path / "run")).exit_code == 0
    result = call("explain", str(tmp_path / "run"), "--json", "--no-resolve")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    assert [(one["id"], one["value"]) for one in made["targets"]] == [("co2_2023", 0.25)]
    assert made["targets"][0]["differences"] == [] and not made["complete"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explain_writes_a_workbook_once(language: str, tmp_path: Path) -> None:
    path = tmp_path / "explain.xlsx"
    assert call("explain", "toy", "--target", "co2_2023", "--out", str(path), "--lang", language).exit_code == 0
    sheets = openpyxl.load_workbook(path).sheetnames
    assert len(sheets) == 5 and ("Prices" in sheets) == (language == "en")
    assert call("explain", "toy", "--out", str(path)).exit_code == 2


@pytest.mark.parametrize(("words", "said"), [(("toy", "--target", "co2_2032"), "co2_2023"), (("toyy",), "toy")])
def test_explain_says_what_was_meant(words: tuple[str, ...], said: str) -> None:
    result = call("explain", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_explain_of_targets_that_clash_names_them_and_ends_with_3() -> None:
    result = call("explain", "toy", "--set", "co2_2023.value=-1")
    assert result.exit_code == 3
    assert "CO2 at most 0.2 Mt" in result.stdout


def test_text_speaks_both_languages_in_gbk() -> None:
    made, known = explained(WORKS), labels(case_of(WORKS))
    for language in ("en", "zh"):
        explain_text(made, known, language).encode("gbk")


TWO = also(
    WORKS,
    target("cap", "smoke", "level", "<=", 3.0),
    indicator("made", "Mt", [("mill", "activity", 1.0), ("goods_buy", "bought", 1.0)]),
    target("floor", "made", "level", ">=", 0.5),
)


def test_targets_with_room_share_one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*words: object, **given: object) -> object:
        calls.append(1)
        return search_matrix(*words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr("model.study.program.search_again.search_matrix", counted)
    made = explained(TWO)
    assert len(calls) == 1
    assert all(said(one, question).verdict == "zero" for one in made.targets for question in ("tighter", "looser", "without"))


def test_time_that_runs_out_leaves_the_rest_unasked() -> None:
    made = explain(Explainee(case_of(LEVEL), replace(EXACT, time_limit=0.0)))
    assert not made.complete and only(made).differences == ()
    assert only(made).price == pytest.approx(4.0)
