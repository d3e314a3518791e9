"""Run folders: whole or not at all, never over another, and found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.results.run import RunError, find_run, list_runs, new_run, open_run

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys, time
from pathlib import Path
from model.results.run import new_run
with new_run(Path(sys.argv[1])) as partial:
    (partial / "manifest.json").write_text("{}")
    print("writing", flush=True)
    time.sleep(60)
"""


def test_a_run_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "toy" / "first"
    with new_run(target) as partial:
        (partial / "manifest.json").write_text("{}", encoding="utf-8")
        assert not target.exists()
    assert (target / "manifest.json").is_file()
    assert [path.name for path in target.parent.iterdir()] == ["first"]


def test_a_failed_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_run(tmp_path / "toy" / "first"):
        raise ZeroDivisionError
    assert list((tmp_path / "toy").iterdir()) == []


def test_a_run_is_never_written_over_another(tmp_path: Path) -> None:
    (tmp_path / "toy" / "first").mkdir(parents=True)
    with pytest.raises(RunError, match="exists already"), new_run(tmp_path / "toy" / "first"):
        pass


def test_kill_during_writing_leaves_no_run_that_opens(tmp_path: Path) -> None:
    earlier = tmp_path / "toy" / "earlier"
    with new_run(earlier) as partial:
        for name in ("manifest.json", "results.nc", "hours.nc"):
            (partial / name).write_text("{}", encoding="utf-8")
    stamp = {path.name: path.stat().st_mtime_ns for path in earlier.iterdir()}
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "toy" / "killed")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None and child.stdout.readline().strip() == b"writing"
    child.send_signal(signal.SIGKILL)
    child.wait()
    time.sleep(0.1)
    assert not (tmp_path / "toy" / "killed").exists()
    assert [run.folder.name for run in list_runs(tmp_path)] == ["earlier"]
    assert find_run(tmp_path, "latest").folder.name == "earlier"
    leftovers = [path for path in (tmp_path / "toy").iterdir() if path.name.startswith(".")]
    for leftover in leftovers:
        with pytest.raises(RunError):
            open_run(leftover)
    assert {path.name: path.stat().st_mtime_ns for path in earlier.iterdir()} == stamp


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="solve one first"):
        find_run(tmp_path, "latest")
    with pytest.raises(RunError, match="outside"):
        find_run(tmp_path, "../elsewhere")
