"""Several processes at the same names at once, and workers that are all killed: each has a place of its own, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import ROOT, call
from stored_answers import without_time

from model.results.run import list_runs
from model.results.studies import list_studies
from model.results.study import open_study

pytestmark = pytest.mark.prove


def started(home: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"MEASURES_RUNS": str(home)}
    return subprocess.Popen([sys.executable, str(ROOT / "cli.py"), *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_three_solves_and_three_studies_of_one_second_are_all_stored(tmp_path: Path) -> None:
    words = [("solve", "toy", "--no-year-check")] * 3 + [("sweep", "toy", "--grid", "coal_purchase.price=9,11", "--workers", "1")] * 3
    processes = [started(tmp_path, *one) for one in words]
    said = [process.communicate()[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 6, said
    assert len(list_runs(tmp_path)) == 3
    studies = list_studies(tmp_path)
    assert len(studies) == 3 and all(study.finished and study.done == 2 for study in studies)
    assert not list(tmp_path.rglob(".*"))


def children(process: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == process:
            yield int(path.parent.name)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="children are found in /proc")
def test_workers_that_are_all_killed_leave_nothing_that_resume_does_not_answer(tmp_path: Path) -> None:
    words = ("sweep", "toy", "--grid", "coal_purchase.price=8,9,11,12")
    unbroken, study = tmp_path / "unbroken", tmp_path / "study"
    assert call(*words, "--out", unbroken).exit_code == 0
    process = started(tmp_path, *words, "--workers", "2", "--out", str(study))
    while process.poll() is None:
        for child in children(process.pid):
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    said = process.communicate()[1].decode()
    assert process.returncode == 4 and f"--resume {study}" in said and "Traceback" not in said, said
    assert call("sweep", "--resume", study).exit_code == 0
    assert without_time(open_study(study).answers) == without_time(open_study(unbroken).answers)
