"""Builds of the first decided years that hang on how the unrecorded past is read, on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paper import Paper, actual, also, measure, target
from paper_answer import told
from paper_case import case_of, write_case
from paper_past import EXACT, THREE, TOWN

from model.case.read.case import read_case
from model.report.pages.plan import plan_report
from model.report.plan.text import summary_text
from model.study.plan.histories import readings_compared
from model.study.plan.solve import solve
from model.study.runs.run import hand_over
from model.study.solved.solved_model import Options, Watch

# At most 0.6 Mt of smoke from 2021 on. Reconstructed, 0.4 Mt of plants that last ten years were built in 2021; as usual, and by the record alone,
# nothing was, and the plan builds them in 2022.
ONE = Paper(
    name="one_plant", says="one plant that nobody recorded", facts=(*TOWN, measure("plant", {"clean_mill": 1.0}, cost=2.0), target("cap", "smoke", "level", "<=", 0.6)),
    years=THREE, decide_from=2022, objective=0.0,
)  # fmt: skip


def compared(paper: Paper, options: Options = EXACT) -> dict:
    outcome = solve(told(paper), options)
    return readings_compared(outcome.ready, outcome.plan, Watch())


def test_builds_that_hang_on_how_the_past_is_read_are_named() -> None:
    found = compared(ONE)
    assert (found["years"], found["endings"]) == ([2022, 2023], dict.fromkeys(("reconstructed", "usual", "recorded_only"), "plan"))
    (one,) = found["builds"]
    assert (one["measure"], one["differ"], one["money"]) == ("plant", [2022], pytest.approx(0.4 * 20.0))
    assert {reading: pytest.approx(amounts) for reading, amounts in one["amounts"].items()} == {
        "reconstructed": [0.0, 0.0], "usual": [0.4, 0.0], "recorded_only": [0.4, 0.0],
    }  # fmt: skip


def test_a_record_settles_it() -> None:
    assert compared(also(ONE, actual("plant", 2021, 0.4)))["builds"] == []


def test_a_reading_under_which_goods_fall_short_is_told() -> None:
    """At most 0.6 Mt in 2022 too, and from then on 0.1 Mt of plants a year: what was not built before cannot be there."""
    paper = also(
        ONE, measure("plant", {"clean_mill": 1.0}, cost=2.0, told={"pace": {2021: 1.0, 2022: 0.1}}), target("cap", "smoke", "level", "<=", 0.6, holds="year"),
        target("then", "smoke", "level", "<=", 0.6, year=2022, holds="year"),
    )  # fmt: skip
    assert compared(paper)["endings"] == {"reconstructed": "plan", "usual": "unserved", "recorded_only": "unserved"}


def test_many_typical_days_are_compared_on_few() -> None:
    found = compared(ONE, replace(EXACT, days=4))
    assert found["days"] == 2 and [one["measure"] for one in found["builds"]] == ["plant"]


def test_screen_and_workbook_name_them(tmp_path: Path) -> None:
    case = read_case(write_case(case_of(ONE), tmp_path / "one"))
    run, _ = hand_over(case, EXACT, folder=tmp_path / "run", runs=tmp_path)
    for language, said, amount in (
        ("en", "depend on how the past is read, 1: plant", 0.4),
        ("zh", "取决于往年口径的项目，1项：plant", 40.0),
    ):
        assert said in summary_text(run.results, run.manifest, language)
        past = next(
            page
            for page in plan_report(run.results, hours=run.hours, manifest=run.manifest, case=None, language=language).pages
            if "readings" in page.tables
        )
        assert past.tables["readings"].frame["total"].tolist() == pytest.approx([0.0, amount, amount])
