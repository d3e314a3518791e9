"""Switching values on paper: where a measure enters or leaves the plan, or a target starts to cost.

In the toy a roof makes power at 70 / 20 = 3.5 亿元/TWh where its investment is 7000 CNY/kW, and power costs 4 to buy: it is built
up to 8000 CNY/kW.
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call
from paper import GAP, Paper, demand, indicator, market, measure, target, technology
from paper_case import case_of, write_case
from stopping import stopped_at
from studying import unstored

from model.case.change.change import ChangeError
from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.report.studies.switch_tables import switch_text
from model.results.run import RunError
from model.results.study import open_study
from model.results.switch import Switch, SwitchPoint
from model.study.solved import solved_model
from model.study.solved.solved_model import Options, search_matrix
from model.study.tradeoffs.switch import SwitchRequest, question_of

EXACT = Options(gap=GAP)
ROOF = SwitchRequest("build_rooftop_sun.investment", "measure", "build_rooftop_sun")

# A Mt of goods costs 1 + 2·p in the old mill, 1.5 + p in the new one and 3 in the works without coal, where coal costs p: the new mill
# is the cheapest from 0.5 to 1.5.
MILLS = Paper(
    name="mills",
    says="a mill that pays only while coal is neither cheap nor dear",
    facts=(
        demand("goods", 1.0), market("coal", 0.25),
        *(technology(name, gives={"goods": 1.0}, takes={"coal": takes} if takes else {}) for name, takes in (("old", 2.0), ("new", 1.0), ("works", 0.0))),
        *(measure(f"build_{name}", {name: 1.0}, cost=cost) for name, cost in (("old", 1.0), ("new", 1.5), ("works", 3.0))),
        indicator("coal_use", "Mtce", [("old", "activity", 2.0), ("new", "activity", 1.0)]), target("cap", "coal_use", "level", "<=", 3.0),
    ),
    objective=1.5,
)  # fmt: skip


@cache
def mills() -> Case:
    with tempfile.TemporaryDirectory() as home:
        return read_case(write_case(case_of(MILLS), Path(home) / "mills"))


def ends(made: Switch) -> list[tuple[float, float, str, str]]:
    return [(one.value, other.value, one.state, other.state) for one, other in made.flips]


def switch(case: Case, dial: SwitchRequest, options: Options) -> Switch:
    return unstored(case, question_of(case, dial), options)


def test_the_value_at_which_a_measure_leaves_the_plan_lies_between_the_ends() -> None:
    made = switch(read_case(TOY), ROOF, EXACT)
    (flip,) = ends(made)
    assert flip[2:] == ("yes", "no") and flip[0] <= 8000.0 <= flip[1] and flip[1] - flip[0] <= 40.0 + 1e-9
    # Shown by plans: 0.2 GW of roof at the first end (0.1 a year from 2022), none at the other.
    near, far = made.flips[0]
    assert near.amount == pytest.approx(0.2, abs=1e-5) and far.amount == pytest.approx(0.0, abs=1e-6)
    # The case's own value stands among the points.
    own = next(one for one in made.points if one.value == pytest.approx(7000.0))
    assert made.value == 7000.0 and own.high == pytest.approx(6.10, abs=1e-4) and made.complete
    # 5000, 7000, 9000, then halves of 2000 until they are at most a hundredth of the range apart, 40: six of them.
    assert len(made.points) == 3 + 6


@pytest.mark.parametrize(("language", "words"), [("en", "only to within about 20.00 CNY/t"), ("zh", "只能确定到约20.00元/吨")])
def test_what_the_gap_leaves_open_is_said(language: str, words: str) -> None:
    # With it the plan costs p/100, without it 80: they part by 0.01 a unit, and 0.2 not proven is as much as 20 units.
    def made(unproven: float, *values: float) -> Switch:
        points = [
            SwitchPoint(
                0.0, value, "yes" if value <= 8000 else "no", 1.0, min(80.0, value / 100) - unproven, min(80.0, value / 100), "optimal"
            )
            for value in values
        ]
        return Switch(
            "toy",
            "coal_purchase.price",
            "p",
            "p",
            "CNY/t",
            7000.0,
            9000.0,
            7000.0,
            1.0,
            "measure",
            "build_rooftop_sun",
            0,
            tuple(points),
            True,
        )

    known = labels(read_case(TOY))
    near = made(0.2, 7000.0, 7999.99998, 8000.00002, 9000.0)
    assert near.left_open(*near.flips[0]) == pytest.approx(20.0, rel=1e-6)
    text = switch_text(near, known, language)
    assert words in " ".join(text.split())
    # Values that agree in all but their last figures can be told apart, in the sentence and in the table.
    assert text.count("7,999.99998") == text.count("8,000.00002") == 2
    for enough in (made(0.0001, 7000.0, 7999.0, 8001.0, 9000.0), made(0.2, 7999.0, 8001.0)):
        assert words[:12] not in " ".join(switch_text(enough, known, language).split())


def test_no_flip_in_the_range_is_said() -> None:
    made = switch(read_case(TOY), SwitchRequest("build_heat_pump.investment", "measure", "build_heat_pump"), EXACT)
    assert made.flips == () and {one.state for one in made.points} == {"yes"} and len(made.points) == 3


def test_what_flips_twice_is_seen_only_where_it_is_asked() -> None:
    twice = SwitchRequest("coal_buy.price", "measure", "build_new", between=(0.0, 2.5), width=0.7)
    # At 0, 1.25 and 2.5: not built, built, not built. From 0.5 to 1.5 it is.
    made = switch(mills(), twice, EXACT)
    first, last = ends(made)
    assert first[2:] == ("no", "yes") and first[0] <= 0.5 <= first[1] and last[2:] == ("yes", "no") and last[0] <= 1.5 <= last[1]
    # Two points see none of it but the case's own value, 0.25, where it is not built either.
    assert switch(mills(), SwitchRequest(**{**vars(twice), "points": 2}), EXACT).flips == ()


def test_a_target_turns_from_free_to_dear() -> None:
    # The old mill burns 2 Mtce; a cap below that costs.
    made = switch(mills(), SwitchRequest("cap.value", "target", "cap", between=(1.2, 3.0), width=1.0), EXACT)
    (flip,) = ends(made)
    assert flip[2:] == ("yes", "no") and flip[0] <= 2.0 <= flip[1]
    # Each Mtce less is a Mt from the new mill in place of the old: 0.5 more invested, 0.25 less for coal.
    assert made.points[0].amount == pytest.approx(0.25, abs=1e-5)


def test_where_there_is_no_plan_is_an_end_too() -> None:
    # No plan burns less than nothing; half a Mtce leaves half of the goods to the works without coal.
    made = switch(mills(), SwitchRequest("cap.value", "measure", "build_works", between=(-1.0, 0.5), width=1.0), EXACT)
    assert [flip[2:] for flip in ends(made)] == [("no_plan", "yes")]
    assert made.flips[0][0].value <= 0.0 <= made.flips[0][1].value


def test_a_year_asks_what_is_built_by_then() -> None:
    # At 5000 CNY/kW a roof is built in 2021 already; at 7000 from 2022.
    made = switch(read_case(TOY), SwitchRequest(**{**vars(ROOF), "year": 2021, "width": 4000.0}), EXACT)
    assert made.points[0].state == "yes" and made.points[-1].state == "no"
    own = next(one for one in made.points if one.value == pytest.approx(7000.0))
    assert own.state == "no"


def test_what_cannot_be_asked_is_refused() -> None:
    for dial, said in (
        (SwitchRequest("build_rooftop_sun.investment", "measure", "roof"), "roof"), (SwitchRequest("build_rooftop_sun.lifetime", "measure", "build_heat_pump"), "^no_range"),
        (SwitchRequest("build_rooftop_sun.investment", "measure", "build_heat_pump", 2050), "2050"),
        (SwitchRequest("build_rooftop_sun.investment", "measure", "build_heat_pump", between=(2.0, 1.0)), "^between_falls"),
        (SwitchRequest("coal_purchase.price", "target", "co2_2023", 2022), r"^not_in_force: .*years=2023"),
    ):  # fmt: skip
        with pytest.raises(RunError, match=said):
            switch(read_case(TOY), dial, EXACT)
    with pytest.raises(ChangeError, match="colour"):
        switch(read_case(TOY), SwitchRequest("build_rooftop_sun.colour", "measure", "build_heat_pump"), EXACT)


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(solved_model, "search_matrix", stopped_at(6, search_matrix))
    made = switch(read_case(TOY), ROOF, EXACT)
    assert not made.complete and 1 <= len(made.points) < 8


# The command


def test_switch_of_the_toy_is_told_and_stored(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    words = ("--number", ROOF.number, "--measure", ROOF.item, "--between", "7000,9200", "--width", "1100", "--gap", "1e-9")
    result = call("switch", "toy", *words, "--out", folder)
    assert result.exit_code == 0, result.stderr
    assert "Up to 7,000: built. From 8,100: not built." in result.stdout
    chinese = call("show", folder, "--lang", "zh").stdout
    assert "7,000及以下：建设；8,100及以上：不建设。" in chinese
    chinese.encode("gbk")
    book = openpyxl.load_workbook(folder / "switch.xlsx")
    assert len(book.sheetnames) == 3 and len(book.worksheets[0]._charts) == 1
    made = json.loads(call("switch", "--resume", folder, "--json").stdout)
    assert made["kind"] == "switch" and made["watched"] == "measure"
    assert made["flips"] == [{"from": 7000.0, "to": 8100.0, "before": "yes", "after": "no"}]
    assert float(open_study(folder).results["amount"].sel(scenario="at:0.0")) > 0


def test_the_command_says_what_it_needs() -> None:
    assert call("switch", "toy", "--number", ROOF.number).exit_code == 2
    assert call("switch", "toy", "--number", ROOF.number, "--measure", "a", "--target", "b").exit_code == 2
    assert call("switch", "toy", "--number", ROOF.number, "--measure", ROOF.item, "--between", "dear").exit_code == 2
