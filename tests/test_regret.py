"""Regret on paper: plans held under futures they were not made for – what it costs, what is then missed or left short.

1 Mt of goods a year. A mill costs 1 亿元 a year and Mt and burns 1 Mtce of coal at 1; a clean works costs 2.5; 0.2 Mt may be
bought at 4. The plan is the mill: 1 + 1 = 2. With coal at 3 it would be the clean works: 2.5.
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import TOY, call
from paper import GAP, Paper, also, demand, indicator, market, measure, target, technology
from paper_case import case_of, write_case
from stopping import stopped_at
from studying import unstored

from model.case.change.change import changed, parse_change
from model.case.checks.check import case_faults
from model.case.read.case import Case, read_case
from model.case.read.labels import labels
from model.commands import paths
from model.results.clash import Relaxation
from model.results.regret import CostInterval, Future, PlanUnderFuture, Regret
from model.results.run import RunError
from model.results.shortfalls import Shortfall
from model.results.study import open_study
from model.study.engine.scenario import Scenario
from model.study.engine.steps_of import Tell, silent
from model.study.solved.solved_model import Options, search_matrix
from model.study.tradeoffs.regret import KIND, question_of

EXACT = Options(gap=GAP)
near: Any = pytest.approx  # stands where a record has a number

MILLS = Paper(
    name="mills",
    says="a mill that burns coal, and a dearer works that does not",
    facts=(
        demand("goods", 1.0), market("goods", 4.0, told={"yearly_limit": 0.2}), market("coal", 1.0),
        technology("mill", gives={"goods": 1.0}, takes={"coal": 1.0}), technology("works", gives={"goods": 1.0}),
        measure("build_mill", {"mill": 1.0}, cost=1.0, told={"pace": 2.0}), measure("build_works", {"works": 1.0}, cost=2.5),
        indicator("smoke", "Mt", [("mill", "activity", 1.0)]), target("cap", "smoke", "level", "<=", 2.0, holds="year"),
    ),
    objective=2.0,
)  # fmt: skip


def scenario(name: str, *changes: str, dropped: tuple[str, ...] = ()) -> Scenario:
    return Scenario(name, (), tuple(parse_change(text) for text in changes), dropped)


DEAR = scenario("dear", "coal_buy.price=3")
STRICT = scenario("strict", "cap.value=0.4")
GROWTH = scenario("growth", "need_of_goods.amount=1.5")
BOTH = scenario("both", "need_of_goods.amount=1.5", "cap.value=0.4")
SLOW = scenario("slow", "build_mill.pace=0.6")
NEVER = scenario("never", "cap.value=-1")


@cache
def stored(paper: Paper) -> Case:
    """The case as it is read from its tables, so that its numbers can be set."""
    with tempfile.TemporaryDirectory() as home:
        return read_case(write_case(case_of(paper), Path(home) / "paper"))


def asked(paper: Paper, *scenarios: Scenario, options: Options = EXACT, tell: Tell = silent, **given: Any) -> Regret:
    case = stored(paper)
    return unstored(case, question_of(case, scenarios, **given), options, tell=tell)


@cache
def found() -> Regret:
    return asked(MILLS, DEAR, STRICT, GROWTH, BOTH, SLOW, NEVER)


def test_the_regret_of_each_plan_under_the_other_is_the_one_by_hand() -> None:
    made = asked(MILLS, DEAR)
    # The mill under dear coal: 1 + 3 = 4 against 2.5. The works under cheap coal: 2.5 against 2.
    for plan, future, cost, more in (
        ("reference", "reference", 2.0, 0.0), ("reference", "dear", 4.0, 1.5), ("dear", "reference", 2.5, 0.5), ("dear", "dear", 2.5, 0.0),
    ):  # fmt: skip
        one, told = made.cell[plan, future], made.regret(plan, future)
        assert told is not None and one.kept
        assert (one.low, one.high) == pytest.approx((cost, cost), abs=2e-5)
        assert (told.low, told.found, told.high) == pytest.approx((more, more, more), abs=2e-5)
    assert made.worst("reference").found == pytest.approx(1.5, abs=2e-5)
    assert made.least_worst == "dear" and made.not_told_apart == ()


def test_decisions_up_to_a_year_are_held_and_later_ones_are_free() -> None:
    two = also(MILLS, years=(2021, 2022))
    # The mill for both years under dear coal: 4 + 4 against 5. With 2022 free a works is built beside it: 4 + 1 + 2.5.
    whole, first = asked(two, DEAR), asked(two, DEAR, until=2021)
    for made, cost in ((whole, 8.0), (first, 7.5)):
        told = made.regret("reference", "dear")
        assert told is not None and told.found == pytest.approx(cost - 5.0, abs=2e-5)
        assert made.cell["reference", "dear"].high == pytest.approx(cost, abs=2e-5)
    with pytest.raises(RunError, match="2021, 2022"):
        asked(two, DEAR, until=2050)


def test_a_target_that_the_held_plan_misses_gives_as_little_as_it_must() -> None:
    # 0.2 Mt bought, so that the mill makes 0.8 and smokes 0.8 where 0.4 are allowed: 1 + 0.8 + 0.8.
    one = found().cell["reference", "strict"]
    assert one.verdict == "misses" and found().regret("reference", "strict") is None
    assert one.missed == (Relaxation("cap", 2021, 0.4, near(0.8, abs=1e-5), "Mt"),) and not one.shortfalls
    assert one.high == pytest.approx(2.6, abs=2e-5)
    # The best of that future: 0.4 · 2 + 0.6 · 2.5.
    assert found().best("strict")[1] == pytest.approx(2.3, abs=2e-5)


def test_demand_that_the_held_plan_cannot_serve_is_left_short_and_no_part_of_its_cost() -> None:
    # 1.0 from the mill and 0.2 bought of 1.5: 0.3 Mt are missing.
    one = found().cell["reference", "growth"]
    assert one.verdict == "short" and one.shortfalls == (Shortfall("goods", 2021, near(0.3, abs=1e-5), "Mt"),)
    assert one.high == pytest.approx(1.0 + 1.0 + 0.2 * 4, abs=1e-3)


def test_no_target_is_met_by_leaving_demand_unserved() -> None:
    # With 0.4 Mt of smoke the mill could make 0.4 and leave 0.9 short; it makes 1.0 and misses the target instead.
    one = found().cell["reference", "both"]
    assert one.verdict == "short" and one.shortfalls[0].amount == pytest.approx(0.3, abs=1e-5)
    assert [(told.target, told.given) for told in one.missed] == [("cap", pytest.approx(1.0, abs=1e-5))]


def test_what_a_future_does_not_let_be_built_is_cut_and_said() -> None:
    one = found().cell["reference", "slow"]
    assert [(cut.measure, cut.planned, cut.held) for cut in one.cut] == [("build_mill", pytest.approx(1.0), pytest.approx(0.6))]
    assert one.verdict == "short" and one.shortfalls[0].amount == pytest.approx(0.2, abs=1e-5)
    # A potential cuts like a pace, counting what stands already.
    two = also(MILLS, measure("build_mill", {"mill": 1.0}, cost=1.0), demand("goods", {2021: 0.5, 2022: 1.0}), years=(2021, 2022))
    made = asked(two, scenario("little", "build_mill.potential=0.7 Mt"))
    assert [(cut.year, cut.planned, cut.held) for cut in made.cell["reference", "little"].cut] == [
        (2022, pytest.approx(0.5), pytest.approx(0.2, abs=1e-5))
    ]


def test_a_future_without_a_plan_is_told_and_counts_for_nothing() -> None:
    made = found()
    assert {one.name: one.status for one in made.futures if not one.planned} == {"never": "infeasible"}
    assert "never" not in made.plans and "never" not in made.judged
    # Only the plan for growth under both limits keeps all: it has works for all but 0.4.
    assert made.least_worst == "both" and "reference" not in made.not_told_apart
    assert {one.under for one in made.fails("reference")} == {"strict", "growth", "both", "slow"}


def test_whole_units_are_held_as_whole_units() -> None:
    units = also(MILLS, measure("build_mill", {"mill": 1.0}, cost=1.0, whole=True, told={"unit_size": 0.5, "pace": 2.0}))
    made = asked(units, DEAR, scenario("slow", "build_mill.pace=0.6"))
    told = made.regret("reference", "dear")
    assert told is not None and told.found == pytest.approx(1.5, abs=2e-5)
    # 0.6 Mt a year is one whole mill.
    assert [cut.held for cut in made.cell["reference", "slow"].cut] == [pytest.approx(0.5)]


def test_intervals_decide_what_is_proven() -> None:
    def cell(plan: str, future: str, low: float, high: float) -> PlanUnderFuture:
        return PlanUnderFuture(plan, future, "own" if plan == future else "kept", low, high)

    futures = (Future("a", "optimal", 9.9, 10.0), Future("b", "optimal", 19.8, 20.0))
    cells = (cell("a", "a", 10.0, 10.0), cell("b", "a", 10.5, 10.5), cell("a", "b", 20.4, 20.4), cell("b", "b", 20.0, 20.0))
    made = Regret("x", 2021, True, ("a", "b"), futures, cells, True)
    assert made.regret("b", "a") == CostInterval(near(0.5), near(0.5), near(0.6))
    # Plan a: at most 0.6; plan b: at least 0.5 – a first, but not proven.
    assert made.least_worst == "a" and made.not_told_apart == ("b",)
    # A plan held that is cheaper than what was found for the future itself is the best that is known of it.
    cheaper = Regret("x", 2021, True, ("a", "b"), futures, (*cells[:2], cell("a", "b", 19.9, 19.9), cells[3]), True)
    assert cheaper.best("b") == (19.8, 19.9) and cheaper.regret("b", "b") == CostInterval(near(0.1), near(0.1), near(0.2))


def test_ctrl_c_keeps_the_futures_that_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(2, search_matrix))
    made = asked(MILLS, DEAR)
    assert not made.complete and made.judged == ("reference",)
    assert made.regret("dear", "reference") is not None and made.regret("reference", "dear") is None


def test_the_reference_is_told_by_its_word() -> None:
    known = labels(case_of(MILLS))
    assert [KIND.step(name, known, "zh") for name in ("reference", "dear")] == ["参照方案", "dear"]


def test_out_of_time_keeps_what_is_done() -> None:
    made = asked(MILLS, DEAR, options=Options(gap=GAP, time_limit=1e-9))
    assert not made.complete and made.least_worst == ""


# The command


TABLE = "name,coal_purchase.price,build_rooftop_sun.investment,co2_2023.value\ndear coal,1300,,\ncheap roof,,5000,\nstrict,,,0.15\n"


@pytest.fixture
def own_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    (tmp_path / "futures.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_regret_of_the_toy_is_stored_shown_again_and_read_from_a_sweep(own_runs: Path) -> None:
    folder = own_runs / "runs" / "toy" / "first"
    result = call("regret", "toy", "--scenarios", own_runs / "futures.csv", "--gap", "1e-9", "--json", "--out", folder)
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    cells = {(one["made_for"], one["under"]): one for one in made["cells"]}
    # The plan as it is with coal at 13: 2.08 + 0.4 in 2021; 1.248 + 0.3 + 0.475 + 0.315; 1.04 + 0.3 + 0.95. At its best that future costs 6.69.
    assert cells["reference", "dear coal"]["high"] == pytest.approx(7.108, abs=1e-4)
    assert cells["reference", "dear coal"]["regret"]["found"] == pytest.approx(0.418, abs=1e-4)
    # It has heat pumps for 0.5 TWh and burns coal for as much: 0.2 Mt where 0.15 are allowed.
    assert cells["reference", "strict"]["missed"][0]["given"] == pytest.approx(0.2, abs=1e-5)
    assert made["least_worst"] == "cheap roof" and made["done"] == made["total"] == 16
    for language in ("en", "zh"):
        text = call("show", folder, "--lang", language).stdout
        assert ("Least worst regret among these plans: cheap roof" if language == "en" else "后悔值最小者：cheap roof") in text
        text.encode("gbk")
    book = openpyxl.load_workbook(folder / "regret.xlsx")
    assert len(book.sheetnames) == 4 and len(book.worksheets[0]._charts) == 1
    assert (folder / "tables" / "regret_cells.csv").is_file()
    assert open_study(folder).results.sizes["scenario"] == 1 + 16
    assert call("regret", "toy", "--scenarios", own_runs / "futures.csv", "--out", folder).exit_code == 2
    # The same of a stored sweep of these scenarios.
    swept = own_runs / "runs" / "toy" / "sweep"
    assert call("sweep", "toy", "--scenarios", own_runs / "futures.csv", "--gap", "1e-9", "--workers", "1", "--out", swept).exit_code == 0
    again = json.loads(call("regret", swept, "--gap", "1e-9", "--plan", "reference", "--json").stdout)
    assert [one["made_for"] for one in again["cells"]] == ["reference"] * 4
    assert again["cells"][1]["regret"]["found"] == pytest.approx(0.418, abs=1e-4)


def test_regret_decides_from_the_year_that_its_sweep_decides_from(own_runs: Path) -> None:
    swept = own_runs / "runs" / "toy" / "later"
    (own_runs / "dear.csv").write_text("name,coal_purchase.price\ndear,1300\n", encoding="utf-8")
    words = ("toy", "--scenarios", own_runs / "dear.csv", "--decide-from", "2022", "--gap", "1e-9", "--workers", "1", "--out", swept)
    assert call("sweep", *words).exit_code == 0
    made = json.loads(call("regret", swept, "--gap", "1e-9", "--plan", "reference", "--json").stdout)
    # 2021 as built and the best from then on: 2.03 + 2.03 + 2.05, where free decisions cost 6.10.
    assert made["cells"][0]["made_for"] == made["cells"][0]["under"] == "reference"
    assert made["cells"][0]["high"] == pytest.approx(6.11, abs=1e-4)


def test_a_stopped_study_goes_on_with_what_is_left(own_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own_runs / "runs" / "toy" / "stopped"
    monkeypatch.setattr("model.study.program.search_again.search_matrix", stopped_at(2, search_matrix))
    (own_runs / "two.csv").write_text("name,coal_purchase.price\ndear,1300\n", encoding="utf-8")
    first = call("regret", "toy", "--scenarios", own_runs / "two.csv", "--out", folder)
    assert first.exit_code == 4 and "--resume" in first.stderr and "Not complete" in first.stdout
    known = set(open_study(folder).answers)
    whole = (folder / "answers.jsonl").read_bytes()
    (folder / "answers.jsonl").write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    shown = call("show", folder).stdout  # the reference under itself has a regret of 0, which says nothing of any plan
    assert "1 of 4;" in shown and "tells nothing yet" in shown and "orst" not in shown
    (folder / "answers.jsonl").write_bytes(whole)
    monkeypatch.setattr("model.study.program.search_again.search_matrix", search_matrix)
    assert call("regret", "--resume", folder).exit_code == 0
    assert len(known) == 4 and len(open_study(folder).answers) == 5


def test_a_path_of_common_tables_may_be_set_though_it_reaches_beyond_the_case() -> None:
    # The gas price has rows of 2040 and 2060 for cities that plan so far; Chengde's years end in 2035.
    city = read_case(TOY.parent / "chengde")
    for text in ("gas_buy.price=4.6", "gas_buy.price@2030=4.6"):
        assert case_faults(changed(city, [parse_change(text)])) == []
    # What is wrong with the value itself is still said of where it was set.
    faults = case_faults(changed(city, [parse_change("gas_buy.price=4 kg")]))
    assert faults and faults[0].place is not None and faults[0].place.file == "--set"


def test_what_cannot_be_asked_is_refused(own_runs: Path) -> None:
    nothing = call("regret", "toy")
    assert nothing.exit_code == 2 and "--scenarios" in nothing.stderr
    (own_runs / "bad.csv").write_text("name,coal_purchase.colour\nred,1\n", encoding="utf-8")
    bad = call("regret", "toy", "--scenarios", own_runs / "bad.csv")
    assert bad.exit_code == 2 and "bad.csv" in bad.stderr
    assert call("regret", "toy", "--scenarios", own_runs / "futures.csv", "--plan", "cheap").exit_code == 2
