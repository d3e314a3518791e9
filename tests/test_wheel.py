"""The wheel as a new user has it: built, installed in a fresh environment, tried from an empty folder (long)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from calling import ROOT

pytestmark = pytest.mark.prove
SOURCES = ("model", "data", "cli.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that neither the checkout is written to nor an older build in it is packed."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), cwd=source)
    (built,) = made.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it; the packages it needs are those of this one, which is only read."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    pip("--python", str(home), "install", "--no-deps", "--no-index", str(wheel), cwd=home)
    (site_packages(home) / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home


def pip(*words: str, cwd: Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-cache-dir", *words]
    subprocess.run(command, cwd=cwd, env=outside(), check=True)


def outside() -> dict[str, str]:
    """The environment of a user who has no checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH" and not name.startswith("MEASURES_")}


def site_packages(home: Path) -> Path:
    return Path(sysconfig.get_path("purelib", vars={"base": str(home)}))


def measures(environment: Path, folder: Path, *words: str) -> str:
    """What a command prints, run in `folder`; it must end with 0."""
    command = [str(Path(sysconfig.get_path("scripts", vars={"base": str(environment)})) / "measures"), *words]
    done = subprocess.run(command, cwd=folder, env=outside(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_the_wheel_holds_the_program_and_the_cases(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"cli.py", "model", "measures_data"}
    program = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "model").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    cases = {f"measures_{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert names == {"cli.py"} | program | cases


def test_a_new_user_in_an_empty_folder(environment: Path, tmp_path: Path) -> None:
    before = contents(environment)
    told = measures(environment, tmp_path, "cases", "--json")
    folders = [Path(record["folder"]) for record in json.loads(told)["cases"]]
    assert {folder.parent for folder in folders} == {site_packages(environment) / "measures_data"}
    assert [folder.name for folder in folders] == ["chengde", "shijiazhuang", "toy"]
    assert "No faults." in measures(environment, tmp_path, "check", "toy")
    assert "6.10" in measures(environment, tmp_path, "solve", "toy")
    assert "6.10" in measures(environment, tmp_path, "show", "toy/latest")
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]
    assert contents(environment) == before


def test_a_case_of_ones_own_includes_the_installed_tables(environment: Path, tmp_path: Path) -> None:
    before, folder = contents(environment), tmp_path / "data" / "ours"
    shutil.copytree(ROOT / "data" / "chengde", folder)
    assert not (tmp_path / "data" / "common").exists()
    assert "No faults." in measures(environment, tmp_path, "check", "ours")
    assert "ours" in measures(environment, tmp_path, "cases")
    assert contents(environment) == before
