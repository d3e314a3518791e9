"""Where cases are looked for: the folder itself, ./data, MEASURES_DATA, what is installed; included folders by the same search."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT, TOY, call
from tiny_case import TinyCase

from model.case.checks.check import check
from model.case.checks.load import find_case
from model.case.read.case import read_case
from model.case.read.header import headers_in
from model.commands import paths
from model.results.run import copy_inputs
from model.study.runs.run import sources_of


def places_from(folder: Path, **environment: str) -> tuple[list[str], str]:
    """What a command started in `folder` takes for its folders of cases and of runs."""
    told = "from model.commands.paths import DATA, RUNS; import json; print(json.dumps([[*map(str, DATA)], str(RUNS)]))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEASURES_")}
    words = [sys.executable, "-c", told]
    done = subprocess.run(words, cwd=folder, env=kept | {"PYTHONPATH": str(ROOT)} | environment, capture_output=True, text=True, check=True)
    data, runs = json.loads(done.stdout)
    return data, runs


def test_the_checkout_is_its_own_place(tmp_path: Path) -> None:
    assert places_from(ROOT) == ([str(ROOT / "data")], str(ROOT / "runs"))
    assert places_from(tmp_path) == ([str(tmp_path / "data"), str(ROOT / "data")], str(tmp_path / "runs"))


def test_what_the_environment_names_comes_before_what_is_installed(tmp_path: Path) -> None:
    data, runs = places_from(tmp_path, MEASURES_DATA=str(tmp_path / "ours"), MEASURES_RUNS="elsewhere")
    assert (data, runs) == ([str(tmp_path / "data"), str(tmp_path / "ours"), str(ROOT / "data")], str(tmp_path / "elsewhere"))
    assert places_from(tmp_path, MEASURES_DATA="", MEASURES_RUNS="") == places_from(tmp_path)


def test_in_a_folder_that_is_gone_what_stands_elsewhere_is_found(tmp_path: Path) -> None:
    gone = "import os, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); import cli; cli.main(sys.argv[1:])"
    for words, code, said in (
        (("check", "toy"), 0, ""),
        (("solve", "toy", "--days", "1", "--no-year-check"), 4, "not there"),
        (("template", "toy.xlsx", "--from", "toy"), 2, "the folder you are in is gone"),
    ):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MEASURES_")} | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", gone, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_the_first_that_has_a_case_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = [tmp_path / "data", tmp_path / "named", tmp_path / "installed"]
    for place in reversed(data):
        case = TinyCase().write(place / "tiny")
        assert find_case("tiny", data) == case
        assert [header.parent for header in headers_in(data)] == [case]
    monkeypatch.chdir(tmp_path / "installed")
    assert find_case("tiny", data) == Path("tiny")
    TinyCase().write(tmp_path / "installed" / "another")
    assert [header.parent.name for header in headers_in(data)] == ["another", "tiny"]


def test_a_name_that_is_nowhere_says_where_it_was_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "DATA", (tmp_path / "data", TOY.parent))
    ended = call("check", "nosuch")
    assert ended.exit_code == 2
    assert all(told in ended.stderr for told in (f"{tmp_path / 'data'}", f"{TOY.parent}", "toy"))


def included(tmp_path: Path) -> tuple[TinyCase, Path, list[Path]]:
    """A case in ./data whose technologies stand in the installed `common`."""
    case = TinyCase().say("price_year", "include: [../common]\nprice_year")
    common = tmp_path / "installed" / "common"
    common.mkdir(parents=True)
    (common / "technologies.csv").write_text(case.text("technologies"), encoding="utf-8")
    del case.tables["technologies"]
    return case, case.write(tmp_path / "data" / "tiny"), [tmp_path / "data", tmp_path / "installed"]


def test_a_case_includes_what_is_installed(tmp_path: Path) -> None:
    _, folder, data = included(tmp_path)
    assert [fault.code for fault in check(folder) if fault.place.column == "include"] == ["missing_file"]
    assert check(folder, data) == []
    case = read_case(folder, data)
    assert case.includes == {"common": tmp_path / "installed" / "common"}
    copy_inputs(tmp_path / "run", sources_of(case))
    assert read_case(tmp_path / "run" / "inputs" / "tiny").tables == case.tables


def test_what_lies_beside_the_case_comes_first(tmp_path: Path) -> None:
    _, folder, data = included(tmp_path)
    shutil.copytree(tmp_path / "installed" / "common", tmp_path / "data" / "common")
    assert read_case(folder, data).includes == {"common": tmp_path / "data" / "common"}


def test_no_place_leads_out_of_itself(tmp_path: Path) -> None:
    _, folder, data = included(tmp_path)
    (tmp_path / "installed" / "common").rename(tmp_path / "secret")
    (tmp_path / "installed" / "common").symlink_to(tmp_path / "secret")
    assert "missing_file" in [fault.code for fault in check(folder, data) if fault.place.column == "include"]
