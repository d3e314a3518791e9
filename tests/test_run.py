"""Run folders: whole or not at all, never over another, and found again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from calling import ROOT

from model.results.new_run import new_run
from model.results.run import RunError, find_run, list_runs, note_elsewhere, open_run

MANIFEST = '{"case": "toy", "status": "optimal", "objective": 1.0, "gap": 0.0}'
SCRIPT = """
import sys, time
from pathlib import Path
from model.results.new_run import new_run
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
    with pytest.raises(RunError, match=r"^exists: .*first"), new_run(tmp_path / "toy" / "first"):
        pass


def test_kill_during_writing_leaves_no_run_that_opens(tmp_path: Path) -> None:
    earlier = tmp_path / "toy" / "earlier"
    with new_run(earlier) as partial:
        for name in ("manifest.json", "results.nc", "hours.nc"):
            (partial / name).write_text(MANIFEST, encoding="utf-8")
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
    (leftover,) = [path for path in (tmp_path / "toy").iterdir() if path.name.startswith(".")]
    with pytest.raises(RunError):
        open_run(leftover)
    assert {path.name: path.stat().st_mtime_ns for path in earlier.iterdir()} == stamp


def test_what_a_killed_process_left_goes_with_the_next_run_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    """Two processes write beside each other; one is killed. A folder of the user's own with a dot is nobody's to remove."""
    place = tmp_path / "toy"
    children = {name: writing(place / name) for name in ("killed", "living")}
    (place / ".own").mkdir()
    try:
        children["killed"].kill()
        children["killed"].wait()
        assert [len(list(place.glob(f".{name}.*"))) for name in children] == [1, 1]
        with new_run(place / "next") as partial:
            (partial / "manifest.json").write_text("{}", encoding="utf-8")
            assert [len(list(place.glob(f".{name}.*"))) for name in children] == [0, 1]
    finally:
        for child in children.values():
            child.kill()
            child.wait()
    assert sorted(path.name for path in place.iterdir() if not path.name.startswith(".living")) == [".own", "next"]


def test_a_partial_run_of_another_machine_stays(tmp_path: Path) -> None:
    """On a shared folder the number of a process says nothing of another machine's."""
    other = tmp_path / "toy" / ".first.00000000-4194305.abcd1234"
    other.mkdir(parents=True)
    with new_run(tmp_path / "toy" / "second"):
        assert other.is_dir()


def writing(target: Path) -> subprocess.Popen[bytes]:
    """A process in the middle of writing a run."""
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(target)], stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert child.stdout is not None and child.stdout.readline().strip() == b"writing"
    return child


def test_a_run_by_a_relative_path_has_its_whole_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path / "mine" / "r1")
    monkeypatch.chdir(tmp_path / "mine")
    assert open_run(Path("r1")).name == find_run(tmp_path / "runs", "r1").name == "mine/r1"


def test_a_run_stored_elsewhere_is_listed_until_it_is_gone(tmp_path: Path) -> None:
    runs, mine = tmp_path / "runs", tmp_path / "mine" / "r1"
    for folder in (mine, runs / "toy" / "first"):
        stored(folder)
        note_elsewhere(runs, folder)
        note_elsewhere(runs, folder)
    assert sorted(run.name for run in list_runs(runs)) == ["mine/r1", "toy/first"]
    assert find_run(runs, "mine/r1").folder == mine.resolve()
    shutil.rmtree(mine)
    assert [run.name for run in list_runs(runs)] == ["toy/first"]


def stored(folder: Path) -> None:
    with new_run(folder) as partial:
        for name in ("manifest.json", "results.nc", "hours.nc"):
            (partial / name).write_text(MANIFEST, encoding="utf-8")


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"^none_stored"):
        find_run(tmp_path, "latest")
    with pytest.raises(RunError, match="outside"):
        find_run(tmp_path, "../elsewhere")
