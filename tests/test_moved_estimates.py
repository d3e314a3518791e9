"""An estimate that stands elsewhere in its range than its row says is shown with what the row says; what no record tells of is not called built as none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from calling import TOY, call, says
from paper import Paper, estimated, measure, ramp, target
from paper_case import case_of
from paper_past import EXACT, LEAST, TOWN, plan

from model.report.plan.past_tables import past_builds, past_lines
from model.report.plan.since_tables import since_tables
from model.report.plan.since_text import since_lines
from model.report.words import word
from model.results.run import open_run
from model.results.since import Known, Since, since
from model.study.plan.solve import SolvedCase, solve

pytestmark = pytest.mark.usefixtures("no_workbook")


def plant(cap: float) -> Paper:
    """0.3 Mt of the plant by estimate, 0.2 to 0.5, and no other: at most 0.6 Mt of smoke need 0.4; 0.7 Mt need no more than the row says."""
    facts = (
        *TOWN, measure("plant", {"clean_mill": 1.0}, cost=0.4, life=10.0), estimated("plant", 2021, 0.3, low=0.2, high=0.5),
        target("cap", "smoke", "level", "<=", cap, holds="year"),
    )  # fmt: skip
    return replace(LEAST, facts=facts)


def answered(cap: float) -> SolvedCase:
    return solve(case_of(plant(cap)), EXACT)


def test_what_stands_elsewhere_in_its_range_is_shown_with_the_value_and_range_of_the_row() -> None:
    made = answered(0.6)
    (moved,) = made.manifest["past"]["moved"]
    assert (moved["measure"], moved["year"]) == ("plant", 2021)
    assert [moved[name] for name in ("stands", "row", "low", "high")] == pytest.approx([0.4, 0.3, 0.2, 0.5], abs=1e-5)
    (row,) = past_builds(made.results, made.manifest, "en").frame.to_dict("records")
    assert (row["known_by"], row["row_value"]) == (word("word_estimate", "en"), "row: 0.300, 0.200 to 0.500")
    for language, said in (
        ("en", "plant, 2021: 0.400 Mt (row: 0.300, 0.200 to 0.500)"),
        ("zh", "plant（2021年）40.00万吨（原数据30.00，20.00至50.00）"),
    ):
        assert says("\n".join(past_lines(made.results, made.manifest, language)), said)
    assert says("\n".join(past_lines(made.results, made.manifest, "en", brief=True)), word("remarks_one", "en").format(1))


def test_it_is_so_shown_where_runs_are_compared() -> None:
    made = answered(0.6)
    known = (Known("plant", 2021, 0.3, 0.4, "estimate", "estimate"),)
    other = Since("runs/last", (), (), (), {}, (), known, (), 0.0, 0.0)
    assert says("\n".join(since_lines(other, made.results, made.manifest, "en", room=20)), "(estimated; row: 0.300, 0.200 to 0.500)")
    (row,) = since_tables({**made.manifest, "since": other.record()}, made.results, "en")["since-past"].frame.to_dict("records")
    assert row["row_value"] == "row: 0.300, 0.200 to 0.500"


def test_an_estimate_that_is_what_its_row_says_is_not() -> None:
    made = answered(0.7)
    assert made.manifest["past"]["moved"] == [] and "row_value" not in past_builds(made.results, made.manifest, "en").frame


def test_what_was_planned_and_has_no_record_is_not_said_to_be_built_as_none(own_runs: Path) -> None:
    """Planned for 2022: a boiler closed, and heat pumps. Of the boiler nothing is recorded, and the target that asks for it is dropped; then a record says none."""
    case = own_runs / "toy"
    shutil.copytree(TOY, case)
    asked = ("--drop", "one_boiler_left")
    assert call("solve", case, "--decide-from", "2022", "--out", own_runs / "last").exit_code == 0
    for name, record, known in (("without", "", "unrecorded"), ("with", "close_boiler,2022,0,plant_unit,,,sourced,made up\n", "")):
        with (case / "actuals.csv").open("a", encoding="utf-8") as file:
            file.write(record)
        done = call("solve", case, "--decide-from", "2023", *asked, "--since", own_runs / "last", "--out", own_runs / name)
        assert done.exit_code == 0, done.stderr
        made = since(open_run(own_runs / "last"), open_run(own_runs / name))
        (boiler,) = [one for one in made.built if one.measure == "close_boiler"]
        assert (boiler.then, boiler.now, boiler.word_now) == (pytest.approx(1.0), 0.0, known)
        assert says(done.stdout, "Heat pumps, 2022: planned 0.300, built 0.000 TWh (no record)")
        assert says(done.stdout, "Close a coal boiler, 2022: planned 1, built 0 units; Heat pumps") == (
            name == "with"
        )  # what is recorded first


def test_a_ramp_goes_on_from_what_stands_of_an_estimate() -> None:
    """0.4 Mt stand where the row says 0.3: with 0.1 Mt of start 0.5 Mt may be added in 2022, not 0.4; the row of `recent` is heard before both."""
    ramped = replace(plant(0.6), facts=(*plant(0.6).facts, ramp("plants", ("plant",), {"up": 0.0, "start": 0.1})))
    told = replace(plant(0.6), facts=(*plant(0.6).facts, ramp("plants", ("plant",), {"up": 0.0, "start": 0.1, "recent": 0.2})))
    for paper, most in ((ramped, 0.5), (told, 0.3)):
        data = plan(paper).solved.parameters
        assert data["ramp_row_up_limit"].values[0] == pytest.approx(most, abs=1e-5)
