"""What of a report is no fact: rows not reported of years that are over, and what is only expected, stand as far as they can, and that is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import says
from progress_forms import BOILER, PUMP, ROOF, Cells, reported, run, runs  # noqa: F401

from model.report.schedule.edits_text import edits_text
from model.report.schedule.refusal_text import facts_text
from model.results.run import Run
from model.results.schedule_answer import answer_of
from model.study.plan.solve import get_ready
from model.study.schedule.answer import Refusal, answer_schedule
from model.study.schedule.can_be import as_can_be
from model.study.schedule.held import program_of, starting_from
from model.study.solved.solved_model import Watch


def test_a_boiler_that_nobody_reported_stays_where_the_heat_reported_needs_it(run: Run, runs: Path, tmp_path: Path) -> None:  # noqa: F811
    """0.3 of 0.4 TWh of pumps are there in 2022: with one boiler of 0.6 TWh that is 0.9 of the 1 TWh of heat, so that the second cannot have closed, whatever was
    planned. It costs 0.1 as one closed a year late does, less a year of 10 × 0.1 over 20 years: 0.05."""
    found = reported(run, tmp_path / "form.xlsx", {(PUMP, 2022): {"progress_done": 0.3, "progress_state": "under way"}})
    assert found.asked.least[BOILER, 2022] == 0 and (PUMP, 2022) not in found.asked.least
    answer = answer_schedule(found.asked, folder=tmp_path / "answer", runs=runs, language="en", give=True)
    assert isinstance(answer, Run)
    told = answer_of(answer.manifest["schedule"])
    assert [(one.measure, one.year, one.asked, one.can_be) for one in told.eased] == [(BOILER, 2022, pytest.approx(1.0), 0.0)]
    assert told.lost == (("one_boiler_left", 2022),) and told.value == pytest.approx(0.05, abs=1e-5)
    assert float(answer.results["build"].sel(measure=PUMP, build_year=2022)) == pytest.approx(0.3, abs=1e-5)
    assert says(edits_text(told, answer.results, "en"), "Not reported, taken as planned only as far as it can be")


def test_what_is_expected_beyond_the_pace_comes_as_early_as_it_can(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """At most 0.1 GW of roofs a year: of 0.06 late and 0.1 due in 2023, 0.1 comes then. Of 0.12 expected in 2022, 0.1 comes then and 0.02 beside the 0.05 of 2023. Facts never give."""
    cells: Cells = {
        (ROOF, 2022): {"progress_done": 0.04, "progress_state": "delayed", "progress_expected": 2023},
        (ROOF, 2023): {"progress_state": "under way"},
    }
    asked = reported(run, tmp_path / "form.xlsx", cells).asked
    assert asked.held[ROOF, 2023] == pytest.approx(0.16) and asked.least[ROOF, 2023] == 0
    ready = get_ready(asked.case, asked.options, Watch())
    data, matrix = program_of(run, ready, Watch())
    like = starting_from(run, ready, data, asked.held)
    assert as_can_be(matrix, ready, data, asked.held, asked.least, {}, over=2022, like=like) == {(ROOF, 2023): pytest.approx(0.1)}
    early, own = {(ROOF, 2022): 0.12}, {(ROOF, 2023): 0.05}
    assert as_can_be(matrix, ready, data, early, {(ROOF, 2022): 0.0}, own, over=2021, like=like) == {
        (ROOF, 2022): pytest.approx(0.1),
        (ROOF, 2023): pytest.approx(0.07),
    }
    assert as_can_be(matrix, ready, data, early, {}, own, over=2021, like=like) is None


def test_only_facts_that_cannot_be_by_themselves_are_refused(run: Run, runs: Path, tmp_path: Path) -> None:  # noqa: F811
    """Half a GW of roofs in 2022 is five times what a year allows: 0.1. No other amount is asked to give, and no target."""
    found = reported(run, tmp_path / "form.xlsx", {(ROOF, 2022): {"progress_done": 0.5}})
    answer = answer_schedule(found.asked, folder=tmp_path / "answer", runs=runs, language="en", give=True)
    assert isinstance(answer, Refusal)
    assert [(one.measure, one.year, one.can_be) for one in answer.clash.given] == [(ROOF, 2022, pytest.approx(0.1))]
    assert says(facts_text(answer.clash, run.results, "en"), "Check 1 amount, its year and unit")
