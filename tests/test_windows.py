"""What Windows does otherwise, as far as it can be made to happen elsewhere: locks of bytes, files that are open, names in other letters, processes nobody may
ask for."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xarray as xr

from model.results import names, new_run, whole_file
from model.results.names import NameInUse, file_lock
from model.results.run import RunError, dataset_of, store_dataset
from model.study.plan.solve import SolvedCase
from model.study.solved import program_file


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks as Windows has them: of bytes of an open file, and a file that is open cannot be removed."""
    fcntl, opened = pytest.importorskip("fcntl"), dict[str, int]()

    def locking(number: int, mode: int, count: int) -> None:
        assert os.lseek(number, 0, os.SEEK_CUR) == names.beyond_the_text and count == 1
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OSError(errno.EACCES, "Permission denied") from None
        opened[os.readlink(f"/proc/self/fd/{number}")] = number

    def unlink(path: Path, missing_ok: bool = False) -> None:
        held = opened.get(str(path))
        if held is not None and Path(f"/proc/self/fd/{held}").exists():
            raise PermissionError(errno.EACCES, "being used by another process", str(path))
        os.unlink(path)

    monkeypatch.setattr(names, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(names, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2), raising=False)
    monkeypatch.setattr(Path, "unlink", unlink)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what is open is found in /proc")
def test_a_lock_of_windows_keeps_a_second_one_out_and_says_who_has_it(windows: None, tmp_path: Path) -> None:
    lock = tmp_path / "锁"
    for _ in range(2):
        with file_lock(lock), pytest.raises(NameInUse, match=str(os.getpid())), file_lock(lock):
            pass
    assert not lock.exists()


def refused(times: int, rename: Callable[..., None]) -> Callable[..., None]:
    """A guard against viruses has the file open for so many times."""
    left = [times]

    def tried(*paths: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "being used by another process", str(paths[0]))
        rename(*paths)

    return tried


@pytest.mark.parametrize("times", [2, 9])
def test_what_a_guard_has_open_for_a_moment_is_waited_for(times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_file, "waits", (0.0, 0.0, 0.0))
    monkeypatch.setattr(os, "rename", refused(times, os.rename))
    monkeypatch.setattr(os, "replace", refused(times, os.replace))

    def writes() -> None:
        with new_run.new_run(tmp_path / "run") as partial, whole_file.whole_file(partial / "file") as file:
            file.write_text("plan", encoding="utf-8")

    if times == 2:
        writes()
        assert (tmp_path / "run" / "file").read_text(encoding="utf-8") == "plan"
    else:  # for good: it is told so, and not as a run that is there already
        with pytest.raises(PermissionError) as told:
            writes()
        assert told.value.filename == str(tmp_path / "run") and not isinstance(told.value, RunError)
        assert list(tmp_path.iterdir()) == []


def test_netcdf_is_never_given_the_path_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its library takes paths in the letters of the system alone."""
    asked, opened, made_in = list[Path](), xr.open_dataset, xr.Dataset.to_netcdf

    def opens(path: Path, **more: Any) -> xr.Dataset:
        asked.append(path)
        return opened(path, **more)

    def makes(data: xr.Dataset, path: Path, **more: Any) -> Any:
        asked.append(path)
        return made_in(data, path, **more)

    monkeypatch.setattr(xr, "open_dataset", opens)
    monkeypatch.setattr(xr.Dataset, "to_netcdf", makes)
    made, path = xr.Dataset({"plan": ("year", [6.1])}, coords={"year": [2021]}), tmp_path / "结果 一.nc"
    store_dataset(made, path, {"plan": {"zlib": True}})
    xr.testing.assert_identical(dataset_of(path.read_bytes()), made)
    assert len(asked) == 2 and all(one.name.isascii() and not one.is_relative_to(tmp_path) for one in asked)


@pytest.mark.parametrize(("days", "stays"), [(1, True), (8, False)])
def test_what_a_killed_process_left_goes_after_a_week_where_nobody_can_say_whether_it_lives(
    days: int, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_run, "_lives", lambda process: None)
    left = tmp_path / f".run.{new_run._machine()}-4.abcd"
    left.mkdir()
    (left / "solver.log").touch()
    then = new_run.time() - days * 86400
    for path in (left / "solver.log", left):
        os.utime(path, (then, then))
    new_run.remove_abandoned(tmp_path)
    assert left.exists() == stays


def test_the_program_is_written_by_the_solver_where_no_other_letters_are_and_cut_off_is_not_taken(
    toy: SolvedCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "结果 一" / "模型.mps"
    path.parent.mkdir()
    matrix = toy.plan.matrix
    program_file.write_program(matrix, toy.plan.solution, path)
    assert path.read_bytes().rstrip().endswith(b"ENDATA") and [one.name for one in path.parent.iterdir()] == ["模型.mps"]
    monkeypatch.setattr(program_file, "write_mps", lambda matrix, made: made.write_bytes(b"NAME\nROWS\n"))  # what a full disk leaves of it
    with pytest.raises(OSError, match="No space left"):
        program_file.write_program(matrix, toy.plan.solution, path.with_name("again.mps"))
    assert [one.name for one in path.parent.iterdir()] == ["模型.mps"]
