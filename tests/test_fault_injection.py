"""Killed, or without room, at each operation on a file: what was stored before is intact, nothing is half there, and the next command does what this one did not."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from calling import TOY, call
from faults.injector import How, meeting
from schedules import as_csv
from stored_answers import without_time

from model.case.read.case import read_case
from model.report.words import word
from model.results import whole_file
from model.results.new_run import PARTIAL
from model.results.run import list_runs, open_run
from model.results.seals import hashes_of
from model.results.study import DATASET, open_study
from model.study.plan.solve import SolvedCase
from model.study.runs import run as run_module
from model.study.runs.exchange import export_iamc, export_netcdf, export_public_tables
from model.study.runs.page import export_page
from model.study.schedule.track import write_form
from model.study.solved.solved_model import Options

Command = Callable[[Path], Any]
OUT = "OUT"
TRACE = 99  # with what a child leaves that did not end in a sentence


@pytest.fixture
def earlier(toy_run: dict[str, Any], own_runs: Path) -> Path:
    """A run stored before, among those of the test."""
    return Path(shutil.copytree(toy_run["run"], own_runs / "toy" / "earlier"))


@pytest.fixture
def solves(toy: SolvedCase, monkeypatch: pytest.MonkeyPatch, own_runs: Path, page_writer: Callable[..., None]) -> Command:
    """`solve` from the answer on: what it stores, its page too, without solving each time."""
    monkeypatch.setattr(run_module, "_write_page", page_writer)
    monkeypatch.setattr(run_module, "solve", lambda case, options, **_: _with_log(toy, options))
    return lambda home: run_module.hand_over(read_case(TOY), Options(), folder=home / "toy" / "made", runs=own_runs)


def _with_log(answer: SolvedCase, options: Options) -> SolvedCase:
    assert options.log is not None
    options.log.write_text("", encoding="utf-8")
    return answer


def exports(form: str) -> Command:
    """The run handed over in a form; `public` are its tables without names."""

    def handed(home: Path) -> Path:
        run, out = open_run(home / "toy" / "earlier"), home / "toy" / "made"
        match form:
            case "iamc":
                return export_iamc(run, out)
            case "netcdf":
                return export_netcdf(run, out, language="en")
            case "html" | "png":
                return export_page(run, form, out, runs=home, language="en", public=False)
            case "public":
                return export_public_tables(run, out, runs=home, language="en")
        return run_module.export_run(run, form, out, runs=home, language="en")

    return handed


def met(command: Command, home: Path, how: How, place: int = 0) -> int:
    """The command in a process that fails or is killed at the place, or is only counted; how many operations there were. Always in one of its own: threads
    that draw pictures do not come along into a child."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with meeting(home, how, place) as counted:
                command(home)
            os.write(write, str(counted.seen).encode())
        except AssertionError:
            os._exit(TRACE)
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        seen = int(told.read() or 0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended != TRACE, f"{how} {place}: not in a sentence"
    assert (ended == 0) == (
        how == "count"
    ) or how == "fail"  # what a failure does not hinder, such as a folder that is there already, goes on
    return seen


def operations(command: Command, home: Path) -> int:
    return met(command, home, "count")


def nothing_is_half(home: Path, earlier: Path, before: dict[str, str], how: How) -> None:
    assert hashes_of(earlier) == before
    there = {path.name for path in earlier.parent.iterdir()} - {"earlier"}
    if "made" in there:  # it was whole when it was met: only what comes after was not done
        made = earlier.parent / "made"
        assert made.is_file() or any(made.glob("*.csv")) or any(made.glob("*.png")) or open_run(made).results is not None
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
    operations(command, home)
    assert made.exists() and not [path for path in home.rglob(".*") if PARTIAL.fullmatch(path.name)]
    return count


def test_a_sample_of_operations_of_a_solve_is_met(solves: Command, earlier: Path, own_runs: Path) -> None:
    assert every(solves, own_runs, earlier, step=24) > 25


@pytest.mark.parametrize(("form", "step"), [("xlsx", 6), ("csv", 90)])
def test_a_sample_of_operations_of_an_export_is_met(form: str, step: int, earlier: Path, own_runs: Path) -> None:
    assert every(exports(form), own_runs, earlier, step=step) > 3


@pytest.mark.prove
def test_every_operation_of_a_solve_is_met(solves: Command, earlier: Path, own_runs: Path) -> None:
    print(f"\nsolve: {every(solves, own_runs, earlier, step=1)} operations")


@pytest.mark.prove
@pytest.mark.parametrize("form", ["xlsx", "csv", "public", "html", "png", "iamc", "netcdf"])
def test_every_operation_of_an_export_is_met(form: str, earlier: Path, own_runs: Path) -> None:
    print(f"\nexport {form}: {every(exports(form), own_runs, earlier, step=4 if form == 'png' else 1)} operations")  # pictures take seconds


STUDIES = {
    "sweep": ("sweep", "toy", "--grid", "coal_purchase.price=9,11"),
    "frontier": ("frontier", "toy", "--indicator", "co2@2023", "-n", "3"),
    "alternatives": ("alternatives", "toy", "--within", "5%"),
    "abatement": ("abatement", "toy", "--indicator", "co2@2023", "--measure", "build_heat_pump"),
}


def asked(words: tuple[str, ...], out: Path) -> Command:
    """A command with its screen, which must never be a trace; what it writes is named where OUT stands, or by the option."""

    def asks(home: Path) -> None:
        said = call(*(out if word == OUT else word for word in words), *(() if OUT in words else ("--out", out)))
        if said.exit_code or not isinstance(said.exception, SystemExit | None):
            raise OSError(said.output) if isinstance(said.exception, SystemExit) else AssertionError(said.exception)

    return asks


def study_met(name: str, tmp_path: Path, earlier: Path, *, step: int, hows: tuple[How, ...] = ("fail", "kill")) -> int:
    """Each `step`-th operation of a study met, of so many; what was begun is gone on with, and the answers are those of one that nothing met."""
    words, unbroken, before = (*STUDIES[name], "--workers", "1"), tmp_path / "unbroken" / "study", hashes_of(earlier)
    count = operations(asked(words, unbroken), unbroken.parent)
    whole = without_time(open_study(unbroken).answers)
    for number, place in enumerate(range(1, count + 1, step)):
        for how in hows if step == 1 else hows[number % 2 :][:1]:
            study = tmp_path / how / str(place) / "study"
            met(asked(words, study), study.parent, how, place)
            again = call(name, "--resume", study) if (study / "study.json").is_file() else call(*words, "--out", study)
            assert again.exit_code == 0 and (study / DATASET).is_file(), f"{how} {place}: {again.output}"
            assert without_time(open_study(study).answers) == whole, (how, place)
            assert hashes_of(earlier) == before and not [path for path in study.parent.rglob(".*") if PARTIAL.fullmatch(path.name)]
            shutil.rmtree(study.parent)
    return count


def test_a_sample_of_operations_of_a_study_is_met(earlier: Path, tmp_path: Path) -> None:
    study_met("sweep", tmp_path, earlier, step=45)


@pytest.mark.prove
@pytest.mark.parametrize("how", ["fail", "kill"])
@pytest.mark.parametrize("name", STUDIES)
def test_every_operation_of_a_study_is_met(name: str, how: How, earlier: Path, tmp_path: Path) -> None:
    print(f"\n{name}, {how}: {study_met(name, tmp_path, earlier, step=1, hows=(how,))} operations")


def filled_in(earlier: Path, folder: Path) -> Path:
    """The schedule of the run with what was built of the pumps in 2021."""
    folder.mkdir()
    lines = list(csv.reader((as_csv(open_run(earlier), folder) / "build-schedule.csv").read_text(encoding="utf-8-sig").splitlines()))
    row = next(line for line in lines if "build_heat_pump" in line)
    for heading, content in (("2021", "0.1"), (word("built_date", "en"), "2021-12-31"), (word("built_source", "en"), "yearbook")):
        row[lines[0].index(heading)] = content
    with (folder / "build-schedule.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return folder


def reported(earlier: Path, form: Path) -> Path:
    """The progress form of the run with the pumps of 2022 finished as planned."""
    write_form(open_run(earlier), form, on=date(2022, 12, 31), until=None, language="en")
    book = openpyxl.load_workbook(form)
    rows = list(book.worksheets[1].iter_rows())
    heads = {cell.value: cell.column - 1 for row in rows if row[0].value == word("measure", "en") for cell in row}
    row = next(row for row in rows if row[heads[word("_id", "en")]].value == "build_heat_pump")
    told = {
        "progress_done": 0.4,
        "progress_state": word("progress_state_finished", "en"),
        "built_date": "2022-12-01",
        "built_source": "yearbook",
    }
    for name, value in told.items():
        row[heads[word(name, "en")]].value = value
    book.save(form)
    return form


# What is handed over: the command, in which EARLIER is a run, EDITED its schedule and FORM its progress form filled in, and the name of what it writes.
HANDED = {
    "why": (("explain", "EARLIER", "--no-resolve"), "why.xlsx"),
    "template": (("template", OUT, "--from", "toy"), "toy.xlsx"),
    "folder": (("template", OUT, "--from", "toy"), "town"),
    "form": (("track", "EARLIER", "--date", "2022-12-31"), "form.xlsx"),
    "progress": (("track", "toy", "FORM", "--against", "EARLIER"), "built"),
    "records": (("actuals", "toy", "EDITED", "--until", "2021", "--against", "EARLIER"), "built"),
    "answer": (("schedule", "toy", "EDITED", "--past", "what-if", "--against", "EARLIER"), "answer"),
}


def handed_over(name: str, earlier: Path, tmp_path: Path, *, step: int) -> int:
    """How many operations there were. A workbook or a folder is whole or not there, and it is whole after the command is given again."""
    words, written = HANDED[name]
    named = {
        "EARLIER": str(earlier),
        "EDITED": str(filled_in(earlier, tmp_path / "edited")),
        "FORM": str(reported(earlier, tmp_path / "reported.xlsx")),
    }
    before, home, unbroken = hashes_of(earlier), tmp_path / "handed", tmp_path / "unbroken"
    out, first = home / written, asked(tuple(named.get(one, one) for one in words), unbroken / written)
    command = asked(tuple(named.get(one, one) for one in words), out)
    count, whole = operations(first, unbroken), names_in(unbroken)
    for number, place in enumerate(range(1, count + 1, step)):
        both: tuple[How, ...] = ("fail", "kill")
        for how in both if step == 1 else both[number % 2 :][:1]:
            shutil.rmtree(home, ignore_errors=True)
            met(command, home, how, place)
            assert not out.exists() or {one for one in names_in(home) if one.parts[0] == written} == whole, f"{how} {place}"
            assert out.suffix != ".xlsx" or not out.is_file() or openpyxl.load_workbook(out, read_only=True).sheetnames
            assert hashes_of(earlier) == before
    if out.exists():
        shutil.rmtree(out) if out.is_dir() else out.unlink()
    with pytest.MonkeyPatch.context() as later:  # a minute later, as what was just made may be another process's
        later.setattr(whole_file, "just_made", -1.0)
        operations(command, home)
    assert names_in(home) == whole  # nothing of what was met is left
    return count


def names_in(home: Path) -> set[Path]:
    return {path.relative_to(home) for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "step"), [("why", 4), ("template", 3), ("folder", 40), ("progress", 12), ("records", 4)])
def test_a_sample_of_operations_of_what_is_handed_over_is_met(name: str, step: int, earlier: Path, tmp_path: Path) -> None:
    handed_over(name, earlier, tmp_path, step=step)


@pytest.mark.prove
@pytest.mark.parametrize("name", HANDED)
def test_every_operation_of_what_is_handed_over_is_met(name: str, earlier: Path, tmp_path: Path) -> None:
    print(f"\n{name}: {handed_over(name, earlier, tmp_path, step=20 if name == 'answer' else 1)} operations")


def test_what_netcdf_makes_is_written_by_us(solves: Command, own_runs: Path) -> None:
    """Its library would write by itself, where no operation is seen, and takes no name of other letters on Windows."""
    with meeting(own_runs, "count") as counted:
        solves(own_runs)
    assert {Path(path).name for path in counted.paths} >= {"results.nc", "hours.nc", "manifest.json"} and any(
        "report.html" in path for path in counted.paths
    )
