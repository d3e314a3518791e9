"""A link that leads back to itself is told wherever a name is given or a folder is looked for, and breaks nothing that lies beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from calling import call
from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.read.links import leads_back, resolved
from model.results.run import ELSEWHERE

COMMANDS = (
    ("solve", "toy", "--out", "LOOP"), ("solve", "toy", "--since", "LOOP"), ("show", "LOOP"), ("show", "LOOP/run"), ("sweep", "--resume", "LOOP"), ("check", "LOOP"),
    ("explain", "toy", "--out", "LOOP.xlsx"), ("solve", "toy", "--write-mps", "LOOP.mps"), ("template", "LOOP", "--from", "toy"), ("schedule", "toy", "LOOP.xlsx"),
)  # fmt: skip


def loop(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def test_what_leads_back_is_known_by_every_version_of_python(tmp_path: Path) -> None:
    one = loop(tmp_path / "loop")
    assert leads_back(one) and leads_back(one / "below") and not leads_back(tmp_path) and not leads_back(tmp_path / "nothing")
    assert resolved(tmp_path / "nothing") == tmp_path.resolve() / "nothing"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_name_that_leads_back_is_told(words: tuple[str, ...], tmp_path: Path, own_runs: Path) -> None:
    for ending in ("", ".xlsx", ".mps"):
        loop(tmp_path / f"loop{ending}")
    for language, remedy in (("en", "leads back to itself; give another name"), ("zh", "指向自身的链接；请换一个名称")):
        told = call(*(one.replace("LOOP", str(tmp_path / "loop")) for one in words), "--lang", language)
        assert told.exit_code == 2 and isinstance(told.exception, SystemExit) and remedy in told.stderr, told.output


def test_a_run_that_became_a_link_to_itself_breaks_no_list(toy_run: dict[str, Any], own_runs: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_run["run"], own_runs / "toy" / "sound")
    loop(own_runs / "toy" / "loop")
    (own_runs / ELSEWHERE).write_text(f"{loop(tmp_path / 'away')}\n", encoding="utf-8")
    listed = call("runs")
    assert listed.exit_code == 0 and "toy/sound" in listed.stdout
    told = call("show", "toy/loop")
    assert told.exit_code == 2 and isinstance(told.exception, SystemExit) and "toy/sound" in told.stderr, told.output


def test_an_included_folder_that_leads_back_is_a_fault_of_its_line(tmp_path: Path) -> None:
    case = TinyCase().say("price_year", "include: [../shared]\nprice_year").write(tmp_path / "tiny")
    loop(tmp_path / "shared")
    assert ("missing_file", "include") in [(fault.code, fault.place.column) for fault in check(case)]
