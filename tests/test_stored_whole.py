"""What is stored and was damaged or changed since is told with what can still be done, and never taken for an answer."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import TOY, call

from model.commands import group
from model.results import versions
from model.results.names import own_name
from model.results.new_run import new_run
from model.results.run import MANIFEST, RunError
from model.results.seals import sealed
from model.results.study import ANSWERS, CONTENT, DATASET
from model.study.engine import engine
from model.study.runs import run as run_module


@pytest.fixture
def run(toy_run: dict[str, Any], tmp_path: Path) -> Path:
    """A copy of the toy's run, of one's own."""
    return Path(shutil.copytree(toy_run["run"], tmp_path / "toy" / "copy"))


def dearer_coal(run: Path) -> None:
    """One input changed: the plan of 6.10 would be priced otherwise."""
    path = run / "inputs" / "toy" / "numbers.csv"
    lines = path.read_text(encoding="utf-8").replace("coal_purchase,price,,10,", "coal_purchase,price,,40,")
    path.write_text(lines + "\n", encoding="utf-8")


def test_what_is_shown_of_a_run_whose_inputs_changed_is_what_was_stored(run: Path, tmp_path: Path) -> None:
    dearer_coal(run)
    told = call("explain", run, "--no-resolve")
    assert told.exit_code == 2 and "numbers.csv" in told.stderr and "measures show" in told.stderr and not told.stdout
    shown = call("show", run)
    assert shown.exit_code == 0 and "6.10" in shown.stdout and "numbers.csv changed since it was solved" in " ".join(shown.stderr.split())
    handed = call("export", run, "--out", tmp_path / "handed.xlsx")
    assert handed.exit_code == 0 and "changed since" in " ".join(handed.stderr.split())


def edited_meanwhile(case: Path, solve: Callable[..., Any]) -> Callable[..., Any]:
    """A solve during which somebody goes on editing the case."""

    def solves(*words: Any, **more: Any) -> Any:
        (case / "numbers.csv").write_text("half a", encoding="utf-8")
        return solve(*words, **more)

    return solves


def test_what_is_edited_while_it_is_solved_is_not_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, before = Path(shutil.copytree(TOY, tmp_path / "case" / "toy")), (TOY / "numbers.csv").read_bytes()
    for room, name, words in (
        (run_module, "solve", ("solve", case, "--no-year-check")),
        (engine, "studied", ("sweep", case, "--grid", "coal_purchase.price=9,11", "--workers", 1)),
    ):
        monkeypatch.setattr(room, name, edited_meanwhile(case, getattr(room, name)))
        made = call(*words, "--out", tmp_path / name)
        assert made.exit_code == 0, made.output
        assert (tmp_path / name / "inputs" / "toy" / "numbers.csv").read_bytes() == before
        (case / "numbers.csv").write_bytes(before)
    assert call("explain", tmp_path / "solve", "--no-resolve").exit_code == 0


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def turned(path: Path) -> None:
    """One bit in its middle."""
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, turned, emptied])
@pytest.mark.parametrize("name", ["results.nc", "hours.nc", MANIFEST])
def test_a_damaged_file_is_named(run: Path, name: str, damage: Callable[[Path], None], tmp_path: Path) -> None:
    damage(run / name)
    out = tmp_path / "deep" / "handed"
    for words in (("export", run, "--to", "csv", "--out", out), ("export", run, "--out", out.with_suffix(".xlsx"))):
        told = call(*words)
        assert told.exit_code == 2 and isinstance(told.exception, SystemExit), told.output
        assert name in told.stderr and "solve the case again" in told.stderr
    assert not out.parent.exists()  # nothing is left of what failed


def test_the_list_calls_damaged_what_is_not_as_stored(run: Path, own_runs: Path) -> None:
    shutil.copytree(run, own_runs / "toy" / "torn")
    cut(own_runs / "toy" / "torn" / "results.nc")
    assert call("runs", "toy").stdout.split()[1:3] == ["results", "damaged"]
    assert json.loads(call("runs", "toy", "--json").stdout)["runs"][0]["damaged"] == ["results.nc"]


def test_one_bad_run_never_breaks_the_list(run: Path, toy_run: dict[str, Any], own_runs: Path) -> None:
    shutil.copytree(toy_run["run"], own_runs / "toy" / "good")
    content = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    odd: dict[str, dict[str, Any]] = {
        "a": {"objective": "6.1"},
        "b": {"gap": [1]},
        "c": {"case": 5},
        "d": {"status": None},
        "e": {"created": {}},
        "f": {"options": 7},
    }
    for name, change in odd.items():
        shutil.copytree(run, own_runs / "toy" / name)
        (own_runs / "toy" / name / MANIFEST).write_text(json.dumps(sealed({**content, **change})), encoding="utf-8")
    (own_runs / "toy" / "g").mkdir()
    (own_runs / "toy" / "g" / MANIFEST).write_bytes(b"\xff\xfe[[[" * 10_000)
    listed = call("runs")
    assert listed.exit_code == 0 and "toy/good" in listed.stdout
    assert all(f"toy/{name}" in listed.stderr for name in "abcdefg")
    assert call("show", "latest").exit_code == 0


def test_a_run_of_a_newer_program_is_shown_and_said_to_be(run: Path) -> None:
    content = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    content["versions"]["measures"] = "99.1"
    (run / MANIFEST).write_text(json.dumps(sealed(content)), encoding="utf-8")
    shown = call("show", run)
    assert shown.exit_code == 0 and "version 99.1" in shown.stderr


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of four scenarios."""
    folder = tmp_path_factory.mktemp("swept") / "sweep"
    made = call("sweep", "toy", "--grid", "coal_purchase.price=8,9,11,12", "--workers", 1, "--out", folder)
    assert made.exit_code == 0, made.output
    return folder


def without_seconds(folder: Path) -> dict[str, Any]:
    found = {}
    for line in (folder / ANSWERS).read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        found[record.get("name", "")] = {key: value for key, value in record.items() if key not in ("seconds", "seal")}
    return found


def test_damaged_answers_are_asked_anew_and_the_others_are_not(swept: Path, tmp_path: Path) -> None:
    study = Path(shutil.copytree(swept, tmp_path / "study"))
    (study / DATASET).unlink()
    whole, lines = without_seconds(swept), (study / ANSWERS).read_bytes().splitlines(keepends=True)
    lines[1] = b"\x00" * (len(lines[1]) - 1) + b"\n"  # as a system leaves it that broke down
    lines[2] = lines[2].replace(b'"objective":', b'"objective":1', 1)  # still JSON, and wrong; what comes after it counts
    lines[3] = b"{}\n"
    (study / ANSWERS).write_bytes(b"".join(lines))
    shown = call("show", study)
    assert shown.exit_code == 0 and "3 answers" in shown.stderr, shown.output
    gone_on = call("sweep", "--resume", study)
    assert gone_on.exit_code == 0, gone_on.output
    assert {name: one for name, one in without_seconds(study).items() if name} == whole and (study / DATASET).is_file()


def test_a_damaged_dataset_is_made_again_from_the_answers(swept: Path, tmp_path: Path) -> None:
    study = Path(shutil.copytree(swept, tmp_path / "study"))
    cut(study / DATASET)
    told = call("show", study)
    assert told.exit_code == 2 and "remove this file" in told.stderr, told.output
    (study / DATASET).unlink()
    assert call("sweep", "--resume", study).exit_code == 0 and call("show", study).exit_code == 0


@pytest.mark.parametrize("name", [ANSWERS, "running", "tables", "inputs/toy/numbers.csv"])
def test_nothing_is_written_through_a_link_in_a_stranger_s_study(swept: Path, tmp_path: Path, name: str) -> None:
    study, own = Path(shutil.copytree(swept, tmp_path / "study")), tmp_path / "own"
    (study / DATASET).unlink()
    (study / name).rename(own) if (study / name).exists() else own.write_text("mine", encoding="utf-8")
    before = own.read_bytes() if own.is_file() else sorted((path.name, path.read_bytes()) for path in own.iterdir())
    (study / name).symlink_to(own)
    told = call("sweep", "--resume", study)
    assert told.exit_code == 2 and name in told.stderr, told.output
    assert before == (own.read_bytes() if own.is_file() else sorted((path.name, path.read_bytes()) for path in own.iterdir()))


def test_a_lock_is_never_a_link(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("mine", encoding="utf-8")
    (tmp_path / ".made.taken").symlink_to(tmp_path / "own")
    with pytest.raises(RunError, match=r"^cannot_write"), own_name([tmp_path / "made"]):
        pass
    assert (tmp_path / "own").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("damage", [cut, turned, emptied])
def test_a_damaged_question_is_no_study(swept: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    study = Path(shutil.copytree(swept, tmp_path / "study"))
    damage(study / CONTENT)
    told = call("sweep", "--resume", study)
    assert told.exit_code == 2 and CONTENT in told.stderr, told.output


def test_a_study_of_other_programs_says_so(swept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = Path(shutil.copytree(swept, tmp_path / "study"))
    monkeypatch.setattr(versions, "_version", lambda name: "99.0")
    told = call("show", study)
    assert told.exit_code == 0 and "highspy" in told.stderr and "(99.0)" in told.stderr


def test_what_is_stored_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with new_run(tmp_path / "toy" / "run"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "toy" / "run").stat().st_mode) == 0o750


@pytest.mark.parametrize("streams", [(None, None), ("closed", "closed")])
def test_a_window_without_a_console_runs(streams: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, stream in zip(("stdout", "stderr"), streams, strict=True):
        if stream:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            stream.close()
        monkeypatch.setattr(sys, name, stream)
    group.open_streams()
    print("nowhere")
    assert sys.stdout is not None and not sys.stderr.closed


@pytest.mark.parametrize("name", [CONTENT, ANSWERS, "elsewhere.txt"])
@pytest.mark.parametrize("stand", [lambda path: path.symlink_to("/dev/zero"), os.mkfifo], ids=["device", "pipe"])
def test_what_has_no_end_is_never_read(swept: Path, own_runs: Path, name: str, stand: Callable[[Path], object]) -> None:
    """A study that a stranger sent: its question or answers are a link to an endless device, which would fill the memory, or a pipe."""
    study = Path(shutil.copytree(swept, own_runs / "toy" / "study"))
    place = own_runs / name if name == "elsewhere.txt" else study / name
    place.unlink(missing_ok=True)
    stand(place)
    assert call("runs").exit_code == 0
    shown = call("show", study)
    assert shown.exit_code == (0 if place.parent == own_runs else 2) and "Traceback" not in shown.output, shown.output
