"""Broken inputs of every kind are told in a sentence with its remedy, or taken: never a traceback, never without end. A sample; all of them in `make prove`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, call
from faults.broken_cities import in_cities
from faults.broken_files import in_place_of_files, in_workbooks
from faults.broken_forms import in_forms
from faults.broken_input import BrokenInput, TooFar, answered, longest_seconds, sample
from faults.broken_options import LEADING, in_options, in_scenarios
from faults.broken_parts import in_parts
from faults.broken_schedules import in_schedules
from faults.broken_sheets import in_sheets
from faults.broken_stored import OF_RUN, OF_STUDY, in_counterparts, in_stored
from faults.broken_tables import in_cells, in_headers, in_headings
from schedules import as_csv

import cli
from model.case.read.header import Header
from model.case.tables.rows import TABLES
from model.results.run import open_run
from model.study.solved import solved_model

KINDS = {"cells": in_cells, "headings": in_headings, "headers": in_headers, "files": in_place_of_files, "workbooks": in_workbooks, "options": in_options,
         "scenarios": in_scenarios, "sheets": in_sheets, "parts": in_parts, "cities": in_cities}  # fmt: skip
# A city takes a second: of these none.
SAMPLED = {"cells": 10, "headings": 6, "headers": 8, "files": 8, "workbooks": 6, "options": 24, "scenarios": 8, "sheets": 6, "parts": 6}
most_bytes = 500_000_000


@pytest.fixture(autouse=True)
def nothing_is_solved(monkeypatch: pytest.MonkeyPatch, own_runs: Path, tmp_path: Path, toy_run: dict[str, Any]) -> None:
    """What is taken ends where a solve would begin; one run is stored."""

    def far(*_: Any, **__: Any) -> None:
        raise TooFar

    shutil.copytree(toy_run["run"], own_runs / "toy" / "earlier")
    monkeypatch.setattr(solved_model, "search", far)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def stored_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "toy" / "study"
    assert call("sweep", "toy", "--grid", "coal_purchase.price=9,11", "--workers", 1, "--out", folder).exit_code == 0
    return folder


def ends(broken: Sequence[BrokenInput], tmp_path: Path) -> dict[str, list[str]]:
    """How they end, in both languages by turns: the names of those that are told and of those that are taken. Every one that does not hold its word is
    named."""
    found, wrong = {"told": list[str](), "taken": list[str]()}, list[str]()
    for number, one in enumerate(broken):
        folder = tmp_path / "broken" / str(number)
        folder.mkdir(parents=True)
        try:
            found[answered(one, folder, ("en", "zh")[number % 2])].append(one.name)
        except AssertionError as error:
            wrong.append(str(error).split("\nassert")[0])
        shutil.rmtree(folder, ignore_errors=True)
    assert not wrong, f"{len(wrong)} of {len(broken)}:\n" + "\n".join(wrong[:40])
    return found


def schedules_of(toy_run: dict[str, Any], tmp_path: Path) -> list[BrokenInput]:
    """The schedule of the toy's run as tables and as a workbook, broken."""
    (tmp_path / "tables").mkdir()
    run = Path(toy_run["run"])
    return list(in_schedules(run, as_csv(open_run(run), tmp_path / "tables")))


def forms_of(toy_run: dict[str, Any], tmp_path: Path) -> list[BrokenInput]:
    """The progress form of the toy's run, broken."""
    return list(in_forms(Path(toy_run["run"]), tmp_path / "form.xlsx"))


def listed(kind: str, found: dict[str, list[str]]) -> None:
    """What was taken is to be read (`-s`): each must be sound."""
    print(
        f"\n{kind}: told {len(found['told'])}, taken {len(found['taken'])}",
        *(f"{kind} taken: {name!r}" for name in found["taken"]),
        sep="\n",
    )


@pytest.mark.parametrize("kind", SAMPLED)
def test_a_sample_of_broken_inputs_is_told(kind: str, tmp_path: Path) -> None:
    assert ends(sample(list(KINDS[kind]()), SAMPLED[kind]), tmp_path)["told"]


def test_a_sample_of_damaged_runs_is_told(toy_run: dict[str, Any], tmp_path: Path) -> None:
    assert ends(sample(list(in_stored(Path(toy_run["run"]), OF_RUN)), 6), tmp_path)["told"]


def test_a_sample_of_broken_schedules_is_told(toy_run: dict[str, Any], tmp_path: Path) -> None:
    assert ends(sample(schedules_of(toy_run, tmp_path), 8), tmp_path)["told"]


def test_a_sample_of_broken_forms_is_told(toy_run: dict[str, Any], tmp_path: Path) -> None:
    assert ends(sample(forms_of(toy_run, tmp_path), 6), tmp_path)["told"]


@pytest.mark.prove
@pytest.mark.parametrize("kind", KINDS)
def test_every_broken_input_is_told(kind: str, tmp_path: Path) -> None:
    listed(kind, ends(list(KINDS[kind]()), tmp_path))


@pytest.mark.prove
def test_every_broken_schedule_is_told(toy_run: dict[str, Any], tmp_path: Path) -> None:
    listed("schedules", ends(schedules_of(toy_run, tmp_path), tmp_path))


@pytest.mark.prove
def test_every_broken_form_is_told(toy_run: dict[str, Any], tmp_path: Path) -> None:
    listed("forms", ends(forms_of(toy_run, tmp_path), tmp_path))


@pytest.mark.prove
def test_every_damaged_run_and_study_is_told(toy_run: dict[str, Any], stored_study: Path, tmp_path: Path) -> None:
    run = Path(toy_run["run"])
    listed("stored", ends([*in_stored(run, OF_RUN), *in_counterparts(run), *in_stored(stored_study, OF_STUDY)], tmp_path))


def test_every_table_column_key_and_option_is_broken() -> None:
    """What is new in the records is broken without anybody thinking of it."""
    cells = {one.name.split(" = ")[0] for one in in_cells()}
    assert cells == {f"{table}.{column}" for table, model in TABLES.items() for column in model.model_fields}
    assert {one.name.split()[1].rstrip(":") for one in in_headers()} >= set(Header.model_fields)
    assert set(LEADING) == set(cli.main.commands)
    assert sum(len(list(made())) for made in KINDS.values()) >= 5_000


def as_process(broken: BrokenInput, folder: Path, language: str) -> str | None:
    """What is wrong with how it ends as a process of its own; None where nothing is, or where no process can be asked so."""
    folder.mkdir(parents=True)
    words = ["--lang", language, *(str(word) for word in broken.lay(folder))]
    if any("\0" in word for word in words):
        return None
    start = time.monotonic()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen([sys.executable, str(ROOT / "cli.py"), *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    told = (folder / "said").read_text(encoding="utf-8", errors="replace")
    worked = used.ru_utime + used.ru_stime
    sound = process.returncode in range(5) and "Traceback" not in told and worked < longest_seconds and used.ru_maxrss * 1024 < most_bytes
    return (
        None
        if sound
        else f"{broken.name}: {process.returncode}, {worked:.1f} of {time.monotonic() - start:.1f} s, {used.ru_maxrss} kB, {told[-500:]}"
    )


@pytest.mark.prove
def test_two_hundred_as_processes_end_in_time_and_in_memory(toy_run: dict[str, Any], stored_study: Path, tmp_path: Path) -> None:
    stored = [*in_stored(Path(toy_run["run"]), OF_RUN), *in_stored(stored_study, OF_STUDY)]
    drawn = [one for kind in KINDS for one in sample(list(KINDS[kind]()), 4 if kind == "cities" else 16)]
    drawn += sample(stored, 20) + sample(schedules_of(toy_run, tmp_path), 16) + sample(forms_of(toy_run, tmp_path), 16)
    wrong = [as_process(one, tmp_path / "process" / str(number), ("en", "zh")[number % 2]) for number, one in enumerate(drawn)]
    assert len(drawn) == 200 and not any(wrong), [one for one in wrong if one]
