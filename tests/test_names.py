"""Names of runs, studies and workbooks are taken before anything is solved, and free again when their process ends, even killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from calling import ROOT, call

from model.report.words import word
from model.results import run as runs_module
from model.results.names import file_lock, own_name
from model.results.run import RunError, default_names, list_runs
from model.study.solved import solved_model

pytestmark = pytest.mark.usefixtures("own_runs")

HOLDS = """
import sys, time
from pathlib import Path
from model.results.names import own_name
with own_name([Path(sys.argv[1])]):
    print("taken", flush=True)
    time.sleep(60)
"""


class OneSecond(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: object = None) -> OneSecond:
        return cls(2026, 11, 29, 17, 0, 0)


@pytest.fixture
def unsolvable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever solves has come too far."""
    monkeypatch.setattr(solved_model, "search", lambda *_, **__: pytest.fail("solved before the name was known to be free"))


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is making this."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen([sys.executable, "-c", HOLDS, str(path)], stdout=subprocess.PIPE, cwd=ROOT, env=environment)
    try:
        assert child.stdout is not None and child.stdout.readline().strip() == b"taken"
        yield child
    finally:
        child.kill()
        child.wait()


def test_two_solves_of_one_second_keep_both_runs(own_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second starts while the first is solving: neither stands on disk yet under its name."""
    monkeypatch.setattr(runs_module, "datetime", OneSecond)
    with another_process(own_runs / "toy" / "20261129-170000"):
        assert call("solve", "toy").exit_code == 0
    assert call("solve", "toy").exit_code == 0
    assert [run.folder.name for run in list_runs(own_runs)] == ["20261129-170000", "20261129-170000-2"]
    assert sorted(path.name for path in (own_runs / "toy").iterdir() if not path.name.startswith(".2026")) == [
        "20261129-170000",
        "20261129-170000-2",
    ]


@pytest.mark.usefixtures("unsolvable")
@pytest.mark.parametrize(
    "words",
    [
        ("solve", "toy"),
        ("explain", "toy"),
        ("sweep", "toy", "--tornado"),
        ("frontier", "toy", "--indicator", "co2"),
        ("alternatives", "toy"),
        ("abatement", "toy", "--indicator", "co2"),
        ("switch", "toy", "--number", "coal_purchase.price", "--measure", "close_boiler"),
    ],
    ids=lambda words: words[0],
)
def test_what_another_process_is_making_is_refused_before_anything_is_solved(words: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / ("mine.xlsx" if words[0] in ("explain", "compare") else "mine")
    with another_process(out):
        told = call(*words, "--out", str(out))
        assert told.exit_code == 2 and "is being written by process" in told.stderr
    out.mkdir()
    told = call(*words, "--out", str(out))
    assert told.exit_code == 2 and ("exists already" in told.stderr or "is a folder" in told.stderr)


def test_a_killed_process_gives_its_name_free(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    with another_process(path) as child:
        child.kill()
        child.wait()
        with own_name([path]) as taken:
            assert taken == path
    assert list(tmp_path.iterdir()) == []


def test_the_first_free_name_is_taken_and_one_that_was_just_made_is_not(tmp_path: Path) -> None:
    names = default_names(tmp_path, "toy", start="sweep-")
    with own_name(names) as first, own_name([first.with_name("a"), first]) as other:
        assert first.name.startswith("sweep-") and other.name == "a"
        with pytest.raises(RunError, match=r"^being_written"), own_name([first]):
            pass
        first.mkdir()
    with pytest.raises(RunError, match=r"^exists"), own_name([first]):
        pass


def test_what_goes_wrong_inside_is_not_mistaken_for_a_name_that_is_not_free(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), own_name([tmp_path / "mine"]):
        raise PermissionError
    with file_lock(tmp_path / "lock"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("unsolvable")
@pytest.mark.parametrize("option", ["--out", "--write-mps"])
def test_where_nothing_can_be_written_is_told_before_anything_is_solved(option: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file is no folder", encoding="utf-8")
    told = call("solve", "toy", option, str(tmp_path / "file" / ("plan" if option == "--out" else "plan.mps")))
    assert told.exit_code == 2 and "cannot be written" in told.stderr


@pytest.mark.usefixtures("unsolvable")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_program_of_another_kind_than_mps_is_refused(language: str, tmp_path: Path) -> None:
    told = call("solve", "toy", "--write-mps", str(tmp_path / "plan.lp"), "--lang", language)
    said = word("error_program_suffix", language)
    assert told.exit_code == 2 and said.format(path=tmp_path / "plan.lp") in told.stderr


@pytest.mark.usefixtures("unsolvable")
@pytest.mark.parametrize(
    ("out", "mps", "said"),
    [
        ("run", "there.mps", "there.mps exists already; give --write-mps another name"),
        ("run", "run/plan.mps", "would lie in the run that is made"),
        ("one.mps", "one.mps", "a folder is written, not a file"),
    ],
)
def test_where_a_program_cannot_lie_is_told_before_anything_is_solved(out: str, mps: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "there.mps").write_text("mine", encoding="utf-8")
    told = call("solve", "toy", "--out", tmp_path / out, "--write-mps", tmp_path / mps)
    assert told.exit_code == 2 and said in told.stderr, told.output
    assert [path.name for path in tmp_path.iterdir()] == ["there.mps"]
    assert "/ exists already" in call("solve", "toy", "--out", "/").stderr


def test_folders_that_are_missing_are_made(tmp_path: Path) -> None:
    deep = tmp_path / "not" / "there"
    assert call("solve", "toy", "--out", str(deep / "run"), "--write-mps", str(deep / "yet" / "plan.mps")).exit_code == 0
    assert (deep / "yet" / "plan.mps").stat().st_size
    assert call("explain", str(deep / "run"), "--no-resolve", "--out", str(deep / "why" / "explained.xlsx")).exit_code == 0
    for form, name in (("xlsx", "over.xlsx"), ("csv", "over")):
        assert call("export", str(deep / "run"), "--to", form, "--out", str(deep / "handed" / form / name)).exit_code == 0
    assert sorted(path.name for path in deep.rglob(".*")) == []


def test_of_two_runs_of_one_second_the_later_one_is_known() -> None:
    """The names do not tell: the tenth of a second comes before its second one."""
    first, second = runs_module.now(), runs_module.now()
    assert "2026-11-29T17:00:00+00:00" < "2026-11-29T17:00:00.000001+00:00" and first < second
