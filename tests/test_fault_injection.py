"""Killed, or without room, at each operation on a file: what was stored before is intact, nothing is half there, and the next command does what this one did not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import ROOT, TOY, call
from faults.injector import How, meeting
from stored_answers import without_time

from model.case.read.case import read_case
from model.results.new_run import PARTIAL
from model.results.run import list_runs, open_run
from model.results.seals import hashes_of
from model.results.study import DATASET, open_study
from model.study.plan.solve import SolvedCase
from model.study.runs import run as run_module
from model.study.solved.solved_model import Options

Command = Callable[[Path], Any]


@pytest.fixture
def earlier(toy_run: dict[str, Any], own_runs: Path) -> Path:
    """A run stored before, among those of the test."""
    return Path(shutil.copytree(toy_run["run"], own_runs / "toy" / "earlier"))


@pytest.fixture
def solves(toy: SolvedCase, monkeypatch: pytest.MonkeyPatch, own_runs: Path) -> Command:
    """`solve` from the answer on: what it stores, without solving each time."""
    monkeypatch.setattr(run_module, "solve", lambda case, options, **_: _with_log(toy, options))
    return lambda home: run_module.hand_over(read_case(TOY), Options(), folder=home / "toy" / "made", runs=own_runs)


def _with_log(answer: SolvedCase, options: Options) -> SolvedCase:
    assert options.log is not None
    options.log.write_text("", encoding="utf-8")
    return answer


def exports(form: str) -> Command:
    return lambda home: run_module.export_run(open_run(home / "toy" / "earlier"), form, home / "toy" / "made", runs=home, language="en")


def met(command: Command, home: Path, how: How, place: int) -> None:
    """The command in a process that fails or is killed at the place."""
    child = os.fork()
    if child == 0:
        try:
            with meeting(home, how, place):
                command(home)
        except BaseException:
            os._exit(1)
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    assert ended != 0 or how == "fail"  # what a failure does not hinder, such as a folder that is there already, goes on


def operations(command: Command, home: Path) -> int:
    with meeting(home, "count") as counted:
        command(home)
    return counted.seen


def nothing_is_half(home: Path, earlier: Path, before: dict[str, str], how: How) -> None:
    assert hashes_of(earlier) == before
    there = {path.name for path in earlier.parent.iterdir()} - {"earlier"}
    if "made" in there:  # it was whole when it was met: only what comes after was not done
        made = earlier.parent / "made"
        assert made.is_file() or any(made.glob("*.csv")) or open_run(made).results is not None
    left = {name for name in there if name != "made"}
    assert all(name.startswith(".") for name in left)
    assert how == "kill" or left <= {".made.taken"}  # where it was the lock itself that could not be removed
    assert {run.folder.name for run in list_runs(home)} <= {"earlier", "made"}


def every(command: Command, home: Path, earlier: Path, *, step: int) -> int:
    """Each `step`-th operation met both ways; how many were."""
    before, made, count = hashes_of(earlier), earlier.parent / "made", operations(command, home)
    for number, place in enumerate(range(1, count + 1, step)):
        both: tuple[How, ...] = ("fail", "kill")
        for how in both if step == 1 else both[number % 2 : number % 2 + 1]:
            for path in [path for path in earlier.parent.iterdir() if path != earlier]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            met(command, home, how, place)
            nothing_is_half(home, earlier, before, how)
    shutil.rmtree(made, ignore_errors=True)
    made.unlink(missing_ok=True)
    command(home)
    assert made.exists() and not [path for path in home.rglob(".*") if PARTIAL.fullmatch(path.name)]
    return count


def test_a_sample_of_operations_of_a_solve_is_met(solves: Command, earlier: Path, own_runs: Path) -> None:
    assert every(solves, own_runs, earlier, step=24) > 25


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sample_of_operations_of_an_export_is_met(form: str, earlier: Path, own_runs: Path) -> None:
    assert every(exports(form), own_runs, earlier, step=6 if form == "xlsx" else 90) > 3


@pytest.mark.prove
def test_every_operation_of_a_solve_is_met(solves: Command, earlier: Path, own_runs: Path) -> None:
    every(solves, own_runs, earlier, step=1)


@pytest.mark.prove
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_operation_of_an_export_is_met(form: str, earlier: Path, own_runs: Path) -> None:
    every(exports(form), own_runs, earlier, step=1)


STUDIES = {
    "sweep": ("sweep", "toy", "--grid", "coal_purchase.price=9,11"),
    "frontier": ("frontier", "toy", "--indicator", "co2@2023", "-n", "3"),
    "alternatives": ("alternatives", "toy", "--within", "5%"),
}


def as_process(home: Path, how: str, place: int, *words: str) -> subprocess.CompletedProcess[str]:
    places = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    return subprocess.run(
        [sys.executable, "-m", "faults.injector", str(home), how, str(place), *words],
        env=places,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.prove
@pytest.mark.parametrize("how", ["fail", "kill"])
@pytest.mark.parametrize("name", STUDIES)
def test_a_study_met_at_every_operation_goes_on_and_ends_alike(name: str, how: str, tmp_path: Path) -> None:
    unbroken = tmp_path / "unbroken" / "study"
    counted = as_process(unbroken.parent, "count", 0, *STUDIES[name], "--out", str(unbroken))
    found = re.search(r"operations: (\d+)", counted.stderr)
    assert found and counted.returncode == 0, counted.stderr
    whole = without_time(open_study(unbroken).answers)
    for place in range(1, int(found[1]) + 1):
        study = tmp_path / str(place) / "study"
        said = as_process(study.parent, how, place, *STUDIES[name], "--out", str(study))
        assert "Traceback" not in said.stderr, said.stderr
        begun = (study / "study.json").is_file()
        again = call(name, "--resume", study) if begun else call(*STUDIES[name], "--out", study)
        assert again.exit_code == 0 and (study / DATASET).is_file(), f"{place}: {again.output}"
        assert without_time(open_study(study).answers) == whole, place


@pytest.mark.prove
@pytest.mark.parametrize("how", ["fail", "kill"])
def test_an_explanation_met_at_every_operation_is_whole_or_not_there(how: str, earlier: Path, tmp_path: Path) -> None:
    before, home = hashes_of(earlier), tmp_path / "handed"
    words = ("explain", str(earlier), "--no-resolve", "--out", str(home / "why.xlsx"))
    counted = as_process(home, "count", 0, *words)
    found = re.search(r"operations: (\d+)", counted.stderr)
    assert found and counted.returncode == 0, counted.stderr
    for place in range(1, int(found[1]) + 1):
        shutil.rmtree(home)
        said = as_process(home, how, place, *words)
        assert "Traceback" not in said.stderr, said.stderr
        assert not (home / "why.xlsx").exists() or openpyxl.load_workbook(home / "why.xlsx").sheetnames
        assert hashes_of(earlier) == before
    assert as_process(home, "count", 0, *words[:-1], str(home / "again.xlsx")).returncode == 0
