"""Other plans on paper: the least and the most of each measure within a cost, whole units proven, different plans.

1 Mt of goods a year: a plain mill costs 1 亿元/Mt, a new works 0.55 for each whole 0.5 Mt, a golden one 3 per Mt; bought goods
cost 4. The plan is 1 Mt of plain mill at 1.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import call
from paper import GAP, Paper, also, demand, indicator, market, measure, target, technology
from paper_case import case_of
from stopping import stopped_at
from studying import answered, unstored

from model.case.read.labels import labels
from model.report.studies.alternatives_tables import alternatives_text
from model.report.words import word
from model.results.alternatives import Alternatives, Bounds
from model.results.run import RunError
from model.results.study import open_study
from model.study.engine.engine import studied
from model.study.engine.resources import Notes, Resources, over
from model.study.engine.steps_of import Tell, silent
from model.study.solved.solved_model import Options, search_matrix
from model.study.tradeoffs import alternatives as study
from model.study.tradeoffs import near_optimal as rooms
from model.study.tradeoffs.alternatives import KIND, question_of

pytestmark = pytest.mark.usefixtures("own_runs")

EXACT = Options(gap=GAP)

MILLS = Paper(
    name="mills",
    says="three ways to the same goods, one of them in whole units",
    facts=(
        demand("goods", 1.0), market("goods", 4.0), technology("mill", gives={"goods": 1.0}),
        indicator("green", "Mt", [("golden", "level", 1.0)]),
        measure("plain", {"mill": 1.0}, cost=1.0), measure("works", {"mill": 1.0}, cost=1.1, whole=True, told={"unit_size": 0.5}),
        measure("golden", {"mill": 1.0}, cost=3.0),
    ),
    objective=1.0,
)  # fmt: skip


def found(paper: Paper, *shares: float, tell: Tell = silent, **given: Any) -> Alternatives:
    case = case_of(paper)
    return unstored(case, question_of(case, within=shares, **given), EXACT, tell=tell)


def bounds(made: Alternatives, place: int = 0) -> dict[str, Bounds]:
    return {one.measure: one for one in made.within[place].bounds}


def test_least_and_most_are_those_worked_out_by_hand() -> None:
    # Within 10 %: two works are 1.1; a golden 0.05 in place of plain costs 0.1 more; 0.1 of plain may stand idle.
    told = bounds(found(MILLS, 0.10))
    for name, least, most in (("plain", 0.0, 1.1), ("works", 0.0, 1.0), ("golden", 0.0, 0.05)):
        one = told[name]
        assert (one.least_low, one.least_high, one.most_low, one.most_high) == pytest.approx((least, least, most, most), abs=1e-3), name
        assert one.role == "optional" and one.proven


def test_whole_units_make_a_measure_impossible_that_the_relaxation_allows() -> None:
    # Within 4 %: half a works would do, but a whole one takes 0.05. Plain gives way to 0.02 of golden.
    four, six = (found(MILLS, 0.04, 0.06).within[at] for at in (0, 1))
    told = {one.measure: one for one in four.bounds}
    assert told["works"].role == "never" and told["works"].most_high == 0.0
    assert told["plain"].role == "must" and told["plain"].least_low == pytest.approx(0.98, abs=1e-3)
    assert {one.measure: one.role for one in six.bounds}["works"] == "optional"


def test_a_committed_measure_is_said_to_be_so_and_a_target_makes_a_must() -> None:
    paper = also(
        MILLS, measure("works", {"mill": 1.0}, cost=1.1, whole=True, told={"unit_size": 0.5, "committed": {2021: 0.5}}),
        target("some", "green", "level", ">=", 0.1),
    )  # fmt: skip
    told = bounds(found(paper, 0.01))
    assert told["works"].role == "committed" and told["golden"].role == "must"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Within 10 %: plan 1 that leans far", "Within 10 %: least, from golden on", "plan 1 as different as can be"]),
        ("zh", ["成本增加不超过10%：第1个偏向方案", "成本增加不超过10%：自golden起各措施的最少", "第1个差异方案"]),
    ],
)
def test_steps_are_told_in_words(language: str, words: list[str]) -> None:
    steps = list[str]()
    found(MILLS, 0.1, tell=lambda name, done, total, seconds: steps.append(name), different=1)
    known = labels(case_of(MILLS))
    told = [KIND.step(name, known, language) for name in steps]
    assert [told[0], told[study.scouts], told[-1]] == words


def test_groups_of_years() -> None:
    made = found(also(MILLS, years=(2021, 2022)), 0.10, years=[2021])
    # One works in 2021 is too dear for what it saves; nothing but plain or golden can serve 2021, and 2022 needs nothing new.
    assert {(one.measure, one.years) for one in made.within[0].bounds} >= {("plain", "2021"), ("plain", "2022")}
    told = {(one.measure, one.years): one for one in made.within[0].bounds}
    assert told["plain", "2022"].least_high == pytest.approx(0.0, abs=1e-6)
    with pytest.raises(RunError):
        found(MILLS, 0.1, years=[2050])


def test_different_plans_cost_no_more_and_are_not_alike() -> None:
    made = found(MILLS, 0.10, different=3)
    assert made.different
    assert all(one.cost <= 1.1 + 1e-6 for one in made.different)
    plans = [made.reference, *(one.amounts for one in made.different)]
    for at, plan in enumerate(plans):
        assert all(max(abs(plan[k] - other[k]) for k in plan) > 1e-3 for other in plans[:at])
    assert made.different[0].amounts["plain"] < 0.5


@pytest.mark.parametrize(("language", "words"), [("en", "{} of 9 different plans: no further one"), ("zh", "差异方案要求9个，求得{}个")])
def test_fewer_different_plans_than_asked_for_are_said(language: str, words: str) -> None:
    for share in (0.10, 0.0):  # within no more cost there is only the plan itself
        made = found(MILLS, share, different=9)
        assert made.complete and bool(made.different) == (share > 0) and len(made.different) < 9
        assert words.format(len(made.different)) in alternatives_text(made, labels(case_of(MILLS)), language)
    enough = alternatives_text(found(MILLS, 0.10, different=1), labels(case_of(MILLS)), language)
    assert "no further one" not in enough and "未再找到" not in enough


def test_every_least_and_most_is_attained_by_a_plan_of_a_changed_case() -> None:
    """A target that asks for the most found is met within the cost; one that asks for a little more is not."""
    most = bounds(found(MILLS, 0.10))["golden"].most_low
    for asked, within in ((most - 1e-4, True), (most + 2e-3, False)):
        paper = also(MILLS, target("asked", "green", "level", ">=", asked))
        cost = studied(KIND, case_of(paper), EXACT).plan.solution.objective
        assert (cost <= 1.1 + 1e-6) == within


@pytest.mark.parametrize("share", [0.04, 0.06, 0.10])
def test_the_way_of_large_programs_brackets_the_truth(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ends by turns hold those of one search each; what is found is attained, what is proven is true."""
    truth = bounds(found(MILLS, share))
    monkeypatch.setattr(rooms, "many_columns", 0)
    for name, one in bounds(found(MILLS, share)).items():
        exact = truth[name]
        room = 2e-3 * one.size
        assert one.least_low <= exact.least_high + room and exact.least_low <= one.least_high + room, name
        assert one.most_low <= exact.most_high + room and exact.most_low <= one.most_high + room, name
        assert one.least_high - one.least_low <= 0.1 * one.size and one.most_high - one.most_low <= 0.1 * one.size, name
        assert one.role == exact.role, name


def test_an_end_is_settled_by_amount_or_by_what_going_further_costs() -> None:
    """The cost slack is 0.1; half a golden more than the 0.045 found might be had, unless more than that costs 1.095 at the least."""
    reference = studied(KIND, case_of(MILLS), EXACT)
    room = rooms.NearOptimalSpace(reference, study.items_of(reference, ()), 0.10, EXACT)
    golden = next(item for item in room.items if item.measure == "golden")
    for high, costs, unproven, left in (
        (0.5, 1.094, 0.06, True),
        (0.5, 1.096, 0.04, False),
        (0.045, 1.0, 0.0, False),
        (0.5, 0.0, 1.0, True),
    ):
        end = rooms.AmountBounds(0.0, high, least=0.0, most=0.045, more_costs=costs)
        assert room.unproven(golden, end, least=False) == pytest.approx(unproven, abs=1e-4)
        assert room.left(golden, end, least=False) == left
        one = Bounds("golden", "", "Mt", 1.0, 0.0, 0.0, 0.0, 0.0, 0.045, high, most_unproven=unproven)
        assert one.proven == (not left)
    end = rooms.AmountBounds(0.0, 0.5, least=0.4, most=0.5, less_costs=1.096)
    assert room.unproven(golden, end, least=True) == pytest.approx(0.04, abs=1e-4) and room.unproven(golden, end, least=False) == 0.0


def test_what_going_further_costs_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """A golden Mt costs 2 more than a plain one: with a of it the plan costs 1 + 2 a. All that proves an end but cost is shut off."""

    def at_most_two_tenths(room: rooms.NearOptimalSpace, item: rooms.MeasurePeriod, end: rooms.AmountBounds, *, least: bool) -> None:
        end.high = min(end.high, 0.2)

    monkeypatch.setattr(rooms, "many_columns", 0)
    monkeypatch.setattr(rooms.NearOptimalSpace, "_relax", at_most_two_tenths)
    monkeypatch.setattr(rooms.NearOptimalSpace, "_blend", lambda room, plan: None)
    one = bounds(unstored(case_of(MILLS), question_of(case_of(MILLS), within=[0.10]), Options(gap=2e-3)))["golden"]
    assert 0.0 < one.most_unproven <= 0.05 and one.proven
    assert 1.0 + 2.0 * one.most_low >= 1.1 - 0.1 * one.most_unproven - 1e-6
    assert 1.0 + 2.0 * one.most_low <= 1.1 + 1e-6


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(study.scouts + 4, search_matrix))
    monkeypatch.setattr(study, "group_size", 1)
    made = found(MILLS, 0.04, 0.10)
    assert not made.complete and len(made.within) == 1
    assert "Not complete" in alternatives_text(made, labels(case_of(MILLS)), "en")


def test_ends_do_not_hang_on_the_order_in_which_they_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups turned round give the same answers to each end."""
    question = question_of(case_of(MILLS), within=[0.04, 0.10])
    reference = studied(KIND, case_of(MILLS), EXACT)
    made = []
    monkeypatch.setattr(study, "group_size", 1)
    for step in (1, -1):
        with monkeypatch.context() as patched:
            patched.setattr(
                study, "over", lambda work, shared, jobs, *more, step=step, **given: over(work, shared, jobs[::step], *more, **given)
            )
            notes = Notes()
            question.kind.answer(reference, question.ask(reference), notes, Resources(EXACT))
        made.append({name: {key: value for key, value in record.items() if key != "seconds"} for name, record in notes.known.items()})
    assert made[0] == made[1]


def test_what_a_process_is_sent_can_be_sent() -> None:
    def sent(work: object, shared: object, jobs: Sequence) -> Iterator[tuple[object, object]]:
        for job in jobs:
            do, known, one = pickle.loads(pickle.dumps((work, shared, job)))
            yield job, do(known, one)

    reference, question = studied(KIND, case_of(MILLS), EXACT), question_of(case_of(MILLS), within=[0.10])
    assert answered(reference, question, Resources(EXACT, team=sent)).within == found(MILLS, 0.10).within


# The command


def test_alternatives_of_the_toy() -> None:
    result = call("alternatives", "toy", "--within", "1%,5%", "--json")
    assert result.exit_code == 0, result.stderr
    one, five = json.loads(result.stdout)["within"]
    roles = [{row["measure"]: row["role"] for row in within["bounds"]} for within in (one, five)]
    # Power from the roof saves 0.15 of 6.10 in all: with 1 % more the plan cannot do without it, with 5 % it can.
    assert roles[0]["build_rooftop_sun"] == "must" and roles[1]["build_rooftop_sun"] == "optional"
    assert all(row["proven"] for row in (*one["bounds"], *five["bounds"]))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_alternatives_are_stored_with_their_workbook_and_shown_again(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    words = ("alternatives", "toy", "--within", "5%", "--different", "2", "--out", str(folder), "--lang", language)
    first = call(*words)
    assert first.exit_code == 0, first.stderr
    (heading,) = [line for line in first.stdout.splitlines() if line.rstrip().endswith(("最多%）", "most"))]  # all columns side by side
    assert word("years", language) not in heading
    book = openpyxl.load_workbook(folder / "alternatives.xlsx")
    assert len(book.sheetnames) == 3 and len(book.worksheets[0]._charts) == 1
    assert call("show", str(folder), "--lang", language).stdout == first.stdout.replace(f"{folder}\n", "")
    data = open_study(folder).results
    for scenario in data["scenario"].values[1:]:
        # Every end has the plan that attains it, within the cost.
        one = data.sel(scenario=scenario)
        assert float(one["objective"]) <= 1.05 * 6.10 + 1e-6 and not one["level"].isnull().any(), scenario
    assert call(*words).exit_code == 2
    assert call("alternatives", "toy", "--within", "dear").exit_code == 2


@pytest.mark.prove
def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    made = []
    for workers in ("1", "2"):
        folder = tmp_path / workers
        assert call("alternatives", "toy", "--within", "5%", "--workers", workers, "--out", str(folder)).exit_code == 0
        made.append({name: {k: v for k, v in one.items() if k != "seconds"} for name, one in open_study(folder).answers.items()})
    assert made[0] == made[1]
