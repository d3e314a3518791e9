"""The past in studies: its estimates and how it is found are levers, and a study that is gone on with has the same ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import call
from paper import GAP, Paper, also, estimated
from paper_answer import told
from paper_case import case_of, write_case
from paper_past import LEAST

from model.case.change.levers import HISTORY, Shift, levers, shifted
from model.results.study import open_study
from model.study.plan.reference import Reference, reference_of, solve_scenario
from model.study.solved.solved_model import Options

pytestmark = pytest.mark.usefixtures("no_workbook")

EXACT = Options(gap=GAP)
GUESSED = also(LEAST, estimated("long_lived", 2021, 0.3, low=0.2, high=0.35))


def past_built(reference: Reference, name: str, *shifts: Shift) -> float:
    ready, _ = solve_scenario(reference, case=shifted(reference.ready.case, shifts))
    assert ready.past is not None
    return ready.past.history.built[name][0]


def names(paper: Paper) -> set[str]:
    return {lever.name for lever in levers(case_of(paper))}


def test_estimates_of_the_past_and_how_it_is_found_are_levers_where_there_is_a_past() -> None:
    assert {HISTORY, "long_lived.built"} <= names(GUESSED)
    assert not {HISTORY, "long_lived.built"} & names(replace(GUESSED, decide_from=None))


def test_a_lever_of_the_past_finds_it_anew_and_no_other_does() -> None:
    """At its high end 0.35 of the dear plant were built and 0.05 of the cheap one; by the record alone 0.3 and nothing."""
    reference = reference_of(told(GUESSED), EXACT)
    assert past_built(reference, "long_lived", Shift("long_lived.built", 1.0)) == pytest.approx(0.35)
    assert past_built(reference, "short_lived", Shift("long_lived.built", 1.0)) == pytest.approx(0.05)
    assert past_built(reference, "short_lived", Shift(HISTORY, 0.0)) == 0.0
    assert past_built(reference, "short_lived", Shift(HISTORY, 0.5)) == pytest.approx(0.1)
    ready, _ = solve_scenario(reference, case=shifted(reference.ready.case, [Shift("mill.variable_cost", 1.0)]))
    assert ready.past is reference.ready.past


def test_a_tornado_moves_the_past(own_runs: Path) -> None:
    case, study = write_case(case_of(GUESSED), own_runs / "paper"), own_runs / "study"
    over = ("--over", "history.value", "--over", "long_lived.built")
    assert call("sweep", case, "--tornado", *over, "--gap", "1e-9", "--out", study).exit_code == 0
    found = open_study(study).results
    assert {"history.value=low", "history.value=high", "long_lived.built=high"} <= set(found["scenario"].values.tolist())
    assert call("show", study).exit_code == 0


def test_a_tornado_decides_from_the_year_that_is_asked_for(own_runs: Path) -> None:
    """How the past is found is a lever once decisions begin in 2023, also when the study is gone on with."""
    study = own_runs / "study"
    first = call("sweep", "toy", "--decide-from", "2023", "--tornado", "--over", "history.value", "--out", study)
    assert first.exit_code == 0, first.stderr
    assert call("sweep", "toy", "--tornado", "--over", "history.value").exit_code == 2
    (study / "results.nc").unlink()
    (study / "answers.jsonl").write_text(
        (study / "answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8"
    )
    assert call("sweep", "--resume", study).exit_code == 0
