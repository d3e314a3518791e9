"""Abatement on paper: what doing without a measure costs and lets out, what delay costs, what targets hold.

1 Mt of goods a year in 2021, 2022 and 2023: the smoky mill makes it at 2 亿元/Mt and 1 t of smoke each, a clean one at 1 as far as
0.4 Mt. The plan is 0.4 + 0.6 · 2 = 1.6 a year, 4.8 in all.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import call
from paper import GAP, Paper, also, demand, indicator, market, measure, target, technology
from paper_case import case_of
from stopping import stopped_at
from studying import unstored

from model.case.read.labels import labels
from model.results.abatement import Abatement, LeftOut, safe_delay
from model.results.run import RunError
from model.results.study import open_study
from model.study.engine.steps_of import Tell, silent
from model.study.solved.solved_model import Options, search_matrix
from model.study.tradeoffs.abatement import KIND, question_of
from model.study.tradeoffs.frontier import Aim

pytestmark = pytest.mark.usefixtures("own_runs")

EXACT = Options(gap=GAP)

TOWN = Paper(
    name="town",
    says="a clean mill saves smoke and money",
    facts=(
        demand("goods", 1.0), market("goods", 4.0),
        technology("mill", gives={"goods": 1.0}, exists=1.0, told={"variable_cost": 2.0}), technology("clean_mill", gives={"goods": 1.0}),
        measure("clean", {"clean_mill": 1.0}, cost=1.0, told={"potential": 0.4}), indicator("smoke", "Mt", [("mill", "activity", 1.0)]),
    ),
    years=(2021, 2022, 2023),
    objective=4.8,
)  # fmt: skip


def asked(paper: Paper, tell: Tell = silent, **given: Any) -> Abatement:
    case = case_of(paper)
    return unstored(case, question_of(case, Aim("smoke", 2023), **given), EXACT, tell=tell)


def test_doing_without_costs_and_lets_out_what_is_worked_out_by_hand() -> None:
    (one,) = asked(TOWN, delays=(), points=0).left_out
    # 3 · 0.4 · (2 − 1) = 1.2 more, and 1.2 Mt of smoke: 1 亿元/Mt.
    assert (one.low, one.high, one.change, one.per_unit) == pytest.approx((1.2, 1.2, 1.2, 1.0), abs=1e-5)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["without clean", "clean delayed", "best of smoke in 2023", "point 2"]),
        ("zh", ["不用clean", "推迟clean", "2023年smoke最优值", "第2点"]),
    ],
)
def test_steps_are_told_in_words(language: str, words: list[str]) -> None:
    steps = list[str]()
    asked(TOWN, tell=lambda name, done, total, seconds: steps.append(name), delays=(1,), points=2)
    known = labels(case_of(TOWN))
    told = [KIND.step(name, known, language) for name in steps]
    assert list(dict.fromkeys(told))[:3] == words[:3] and told[-1] == words[3]


def test_each_year_of_delay_costs_what_it_costs() -> None:
    made = asked(TOWN, points=0)
    costs = {one.delay: (one.low, one.high, one.change) for one in made.delayed}
    for years, cost in ((1, 0.4), (2, 0.8)):
        assert costs[years] == pytest.approx((cost, cost, cost), abs=1e-4)
    assert set(costs) == {1, 2} and safe_delay(made.delayed, "clean") == 0  # the last year is two years after the first


def test_a_delay_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(RunError, match=r"^delay_too_long.*most=2"):
        asked(TOWN, delays=(1, 3))
    for language, words in (("en", "more than 2 years"), ("zh", "最多推迟2年")):
        result = call("abatement", "toy", "--indicator", "co2@2023", "--delays", "99", "--lang", language)
        assert result.exit_code == 2 and words in " ".join(result.stderr.split())


def test_what_a_target_holds_is_made_up_for_by_the_rest() -> None:
    # With at most 0.6 Mt of smoke the missing 0.4 are bought at 4: 0.4 · 3 · 3 = 3.6 more, and no more smoke.
    (one,) = asked(also(TOWN, target("cap", "smoke", "level", "<=", 0.6)), delays=(), points=0).left_out
    assert (one.low, one.high) == pytest.approx((3.6, 3.6), abs=1e-5)
    assert one.change == pytest.approx(0.0, abs=1e-5) and one.per_unit != one.per_unit


def test_what_has_a_twin_costs_nothing_and_may_wait() -> None:
    # The twin is a trifle dearer, so that the plan takes the other, and could make all it makes: 0.001 a year more at most.
    twin = also(TOWN, measure("twin", {"clean_mill": 1.0}, cost=1.0 + 1e-7, told={"potential": 0.4}))
    both = also(twin, measure("clean", {"clean_mill": 1.0}, cost=1.0, told={"potential": 0.4}), demand("goods", 0.4))
    made = asked(both, points=0)
    assert [one.measure for one in made.left_out] == ["clean"] and not made.left_out[0].proven
    assert safe_delay(made.delayed, "clean") == 2 and {one.status for one in made.delayed} == {"kept"}


def test_a_plan_that_needs_a_measure_says_so() -> None:
    needed = also(
        TOWN, target("cap", "smoke", "level", "<=", 0.6), market("goods", 4.0, told={"yearly_limit": 0.1}),
    )  # fmt: skip
    made = asked(needed, points=0)
    assert [one.status for one in made.left_out] == ["infeasible"]
    assert {one.status for one in made.delayed} == {"infeasible"}


def test_the_rising_cap_is_read_beside() -> None:
    made = asked(TOWN, delays=(), points=3)
    assert made.curve is not None
    # From 0.6 Mt in 2023 on, each further Mt is bought at 4 in place of 2.
    assert [point.high for point in made.curve.points] == pytest.approx([4.8, 5.4, 6.0], abs=1e-4)


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(2, search_matrix))
    made = asked(TOWN)
    assert not made.complete and len(made.left_out) == 1 and not made.delayed


def test_a_measure_that_is_not_built_is_refused() -> None:
    with pytest.raises(RunError):
        asked(TOWN, measures=["mill"])


def test_safe_delay_is_the_longest_without_a_proven_cost() -> None:
    def one(years: int, low: float) -> LeftOut:
        return LeftOut("a", years, 1.0, low, low + 0.1, 0.0, "optimal", 0.0)

    assert safe_delay([one(1, 0.0), one(2, 0.0), one(3, 0.2)], "a") == 2
    assert safe_delay([], "a") is None


# The command


def test_abatement_of_the_toy() -> None:
    result = call("abatement", "toy", "--indicator", "co2@2023", "--json", "-n", "3", "--delays", "1")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    left_out = {one["measure"]: one for one in made["left_out"]}
    # The roof saves 0.5 per TWh: 0.1 in 2022 and 0.2 in 2023.
    assert left_out["build_rooftop_sun"]["low"] == pytest.approx(0.15, abs=1e-5)
    assert left_out["close_boiler"]["status"] == "infeasible"
    assert len(made["curve"]["points"]) == 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_abatement_is_stored_with_its_workbook_and_shown_again(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    words = ("abatement", "toy", "--indicator", "co2@2023", "-n", "3", "--delays", "1", "--out", str(folder), "--lang", language)
    first = call(*words)
    assert first.exit_code == 0, first.stderr
    book = openpyxl.load_workbook(folder / "abatement.xlsx")
    said = {"en": ("Knee", "beside the bars", "From..to"), "zh": ("拐点", "区间必含")}[language]  # of three points none is a knee
    assert not any(words in first.stdout for words in said)
    assert len(book.sheetnames) == 4 and len(book.worksheets[0]._charts) == 2
    assert {path.name for path in (folder / "tables").iterdir()} == {
        "left-out.csv",
        "delayed.csv",
        "rising-cap.csv",
        "notes.csv",
        "datapackage.json",
    }
    data = open_study(folder).results
    roof = data.sel(scenario="without:build_rooftop_sun")
    assert str(roof["about"].item()) == "build_rooftop_sun" and float(roof["high"]) == pytest.approx(0.15, abs=1e-5)
    assert float(roof["level"].sel(measure="build_rooftop_sun").max()) == 0.0
    assert float(data["level"].sel(scenario="reference", measure="build_rooftop_sun").max()) == pytest.approx(0.2, abs=1e-6)
    assert call("show", str(folder), "--lang", language).stdout == first.stdout.replace(f"{folder}\n", "")
    assert call(*words).exit_code == 2


def test_a_measure_that_the_plan_does_not_build_stores_nothing(tmp_path: Path) -> None:
    result = call("abatement", "toy", "--indicator", "co2", "--measure", "nothing", "--out", str(tmp_path / "study"))
    assert result.exit_code == 2 and not (tmp_path / "study").exists()
