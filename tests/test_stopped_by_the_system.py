"""What the system does to a command – processes killed, disks full, streams closed – ends it in a sentence, with what was done kept."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, call
from stored_answers import without_time

from model.report.error_text import reason
from model.results import run as runs_module
from model.results.study import DATASET, open_study
from model.study.engine import engine
from model.study.engine.workers import Lost, run_jobs

GRID = ("--grid", "coal_purchase.price=8,9,11,12")


def losing(which: Callable[[Any], bool]) -> Callable[..., Iterator[tuple[Any, Any]]]:
    """A team that loses the processes of some jobs, each time."""

    def team(work: Any, shared: Any, jobs: Any, *, workers: int = 1) -> Iterator[tuple[Any, Any]]:
        for job in jobs:
            if which(job):
                yield job, Lost()
            else:
                yield from run_jobs(work, shared, [job])

    return team


@pytest.mark.parametrize("all_of_them", [True, False])
def test_lost_scenarios_have_no_answer_and_are_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_of_them: bool) -> None:
    unbroken, study = tmp_path / "unbroken", tmp_path / "study"
    assert call("sweep", "toy", *GRID, "--out", unbroken).exit_code == 0
    monkeypatch.setattr(engine, "run_jobs", losing(lambda job: all_of_them or job.name.endswith("=9")))
    told = call("sweep", "toy", *GRID, "--out", study)
    assert told.exit_code == 4 and f"--resume {study}" in told.stderr and "coal_purchase.price=9" in told.stderr, told.output
    assert len(open_study(study).answers) == (1 if all_of_them else 4) and not (study / DATASET).exists()
    monkeypatch.undo()
    assert call("sweep", "--resume", study).exit_code == 0
    assert without_time(open_study(study).answers) == without_time(open_study(unbroken).answers)


def started(*words: str, **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ROOT / "cli.py"), *words], stderr=subprocess.PIPE, **more)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_the_output_is_one_sentence(toy_run: dict[str, Any]) -> None:
    with open("/dev/full", "wb") as full:
        process = started("show", toy_run["run"], stdout=full)
        said = process.communicate()[1].decode()
    assert process.returncode == 4 and said.count("\n") == 1 and "no space left" in said, said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(("words", "code"), [(("solve", "toy", "--days", "1", "--no-year-check"), 0), (("check", "nosuch"), 2)])
def test_what_is_said_beside_a_result_ends_nothing(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    """A plan is not lost because its progress finds no room."""
    places = os.environ | {"MEASURES_RUNS": str(tmp_path)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, str(ROOT / "cli.py"), *words], stderr=full, stdout=subprocess.PIPE, env=places, check=False)
    assert done.returncode == code and len(list(tmp_path.glob("toy/*/manifest.json"))) == (code == 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_faults_that_find_no_room_or_no_reader_end_in_a_sentence_or_silently(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "data" / "toy", tmp_path / "toy"))
    table = folder / "coverage.csv"
    table.write_text(table.read_text(encoding="utf-8-sig").replace("close_boiler", "close boiler!"), encoding="utf-8")
    with open("/dev/full", "wb") as full:
        process = started("solve", str(folder), stdout=full)
        said = process.communicate()[1].decode()
    assert process.returncode == 4 and said.count("\n") == 1 and "no space left" in said, said
    reader, writer = os.pipe()
    os.close(reader)
    process = started("solve", str(folder), stdout=writer)
    assert (process.communicate()[1], process.returncode) == (b"", 4)
    os.close(writer)


def test_a_closed_output_is_no_fault(toy_run: dict[str, Any]) -> None:
    said = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" "{ROOT}/cli.py" show "{toy_run["run"]}" >&- 2>&-; echo $?'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "0\n"


def test_a_reader_that_left_is_told_nothing(toy_run: dict[str, Any]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = started("show", toy_run["run"], stdout=writing)
    os.close(writing)
    assert process.communicate()[1] == b"" and process.returncode == 4


@pytest.mark.parametrize("refused", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("name", ["copy_inputs", "write_results"])
def test_a_write_that_fails_leaves_nothing_half(name: str, refused: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from model.study.runs import run as run_module

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(refused, os.strerror(refused), str(tmp_path / "toy" / "file"))

    monkeypatch.setattr(run_module, name, fails)
    told = call("solve", "toy", "--no-year-check", "--out", tmp_path / "toy" / "run")
    assert (
        told.exit_code == 4
        and reason(OSError(refused, os.strerror(refused)), "en") in told.stderr
        and isinstance(told.exception, SystemExit)
    ), told.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), MemoryError()], ids=["disk", "memory"])
def test_a_study_that_the_system_refused_says_how_to_go_on(error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(engine, "write_study", fails)
    told = call("sweep", "toy", *GRID, "--workers", 1, "--out", tmp_path / "study")
    assert told.exit_code == 4 and f"--resume {tmp_path / 'study'}" in told.stderr and "Traceback" not in told.stderr, told.output
    monkeypatch.undo()
    assert call("sweep", "--resume", tmp_path / "study").exit_code == 0


@pytest.mark.parametrize("place", ["xlsxwriter.workbook.ZipFile", "xarray.Dataset.to_netcdf"])
def test_what_libraries_make_of_a_full_disk_is_told_alike(
    place: str, toy_run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One wraps what the system says, the other says that there was an error of HDF."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if "xlsx" in place else RuntimeError("NetCDF: HDF error")

    monkeypatch.setattr(place, full)
    words = ("export", toy_run["run"]) if "xlsx" in place else ("solve", "toy", "--no-year-check")
    told = call(*words, "--out", tmp_path / "deep" / ("handed.xlsx" if "xlsx" in place else "handed"))
    assert told.exit_code == 4 and isinstance(told.exception, SystemExit) and "make room" in told.stderr, told.output
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_a_killed_process_left_is_cleared(tmp_path: Path) -> None:
    runs, elsewhere = tmp_path / "runs", tmp_path / "elsewhere"
    runs.mkdir()
    elsewhere.mkdir()
    left = runs / f".{runs_module.ELSEWHERE}.12345"
    left.write_text("half", encoding="utf-8")
    os.utime(left, (0, 0))
    runs_module.note_elsewhere(runs, elsewhere)
    assert sorted(path.name for path in runs.iterdir()) == [runs_module.ELSEWHERE]


RACE = """
import sys, time
from pathlib import Path
from model.results.names import file_lock, NameInUse
lock, log, go = map(Path, sys.argv[1:4])
for turn in range(int(sys.argv[4])):
    while not (go / str(turn)).exists():
        pass
    try:
        with file_lock(lock):
            with log.open("a") as file:
                file.write(f"in {turn}\\n")
            time.sleep(0.01)
            with log.open("a") as file:
                file.write(f"out {turn}\\n")
    except NameInUse:
        pass
"""


def races(tmp_path: Path, count: int) -> list[str]:
    """What three processes did that raced for a lock which one that was killed had left."""
    lock, log, go = tmp_path / "lock", tmp_path / "log", tmp_path / "go"
    go.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    racers = [
        subprocess.Popen([sys.executable, "-c", RACE, str(lock), str(log), str(go), str(count)], env=environment, cwd=ROOT)
        for _ in range(3)
    ]
    for turn in range(count):
        lock.write_text("1, elsewhere, 2026-01-01 00:00:00", encoding="utf-8")  # of a process that is gone, or whose number another has
        (go / str(turn)).touch()
        time.sleep(0.03)
    assert [racer.wait(60) for racer in racers] == [0, 0, 0]
    return log.read_text(encoding="utf-8").splitlines()


def one_at_a_time(said: list[str]) -> bool:
    return all(re.match("in", first) and second == first.replace("in", "out") for first, second in zip(said[::2], said[1::2], strict=True))


def test_a_stale_lock_lets_one_writer_in_at_a_time(tmp_path: Path) -> None:
    said = races(tmp_path, 20)
    assert said and one_at_a_time(said)


@pytest.mark.prove
def test_two_hundred_races_for_a_stale_lock(tmp_path: Path) -> None:
    said = races(tmp_path, 200)
    assert said and one_at_a_time(said)


def test_who_has_a_name_is_told_with_machine_and_time(tmp_path: Path) -> None:
    from model.results.names import NameInUse, file_lock

    with (
        file_lock(tmp_path / "lock"),
        pytest.raises(NameInUse, match=rf"{os.getpid()}, .+, \d{{4}}-\d\d-\d\d"),
        file_lock(tmp_path / "lock"),
    ):
        pass
    shutil.rmtree(tmp_path)
