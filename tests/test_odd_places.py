"""The whole program with both cities in a folder of Chinese name with spaces, of which nothing may be written, for a planner who keeps files to himself."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT

from model.results.seals import hashes_of

pytestmark = pytest.mark.prove
CITIES = ("chengde", "shijiazhuang")
private = 0o077


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with its cases that may only be read."""
    folder = tmp_path_factory.mktemp("places") / "城市 规划（十五五）" / "measures 程序"
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "cli.py", folder / "cli.py")
    for part in ("model", "data"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return folder


@pytest.mark.parametrize("city", CITIES)
def test_a_city_is_solved_shown_and_handed_over(city: str, program: Path) -> None:
    before, home = hashes_of(program), program.parent / f"结果 {city}"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MEASURES_RUNS", "MEASURES_DATA")}
    environment = kept | {"PYTHONDONTWRITEBYTECODE": "1", "MEASURES_LANG": "zh", "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}

    def asked(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, str(program / "cli.py"), *words], cwd=home, umask=private, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
        return done.stdout

    answer = json.loads(asked("solve", city, "--days", "1", "--no-year-check", "--json"))
    assert Path(answer["run"]).is_relative_to(home / "runs") and answer["audit"]["ok"]
    asked("show", "latest")
    asked("explain", "latest", "--no-resolve", "--out", "说明 一.xlsx")
    asked("track", "latest", "--out", "填报 表.xlsx")
    handed = {"xlsx": "移交 表.xlsx", "csv": "移交 表", "html": "移交 页.html", "iamc": "移交 变量.csv", "netcdf": "移交 结果.nc"}
    for form, name in handed.items():
        asked("export", "latest", "--to", form, "--out", name)
    assert {path.name for path in home.iterdir()} == {"runs", "说明 一.xlsx", "填报 表.xlsx", *handed.values()}
    assert not [path for path in home.rglob("*") if stat.S_IMODE(path.stat().st_mode) & private]
    assert hashes_of(program) == before
