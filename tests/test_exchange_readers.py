"""What is exported, read by the programs that it is exported for: pyam and Frictionless, in an environment of their own (long)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, call

pytestmark = pytest.mark.prove
HOME = ROOT / "tests" / "exchange"
PYTHON = HOME / ".venv" / "bin" / "python"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("public", [False, True])
def test_pyam_and_frictionless_take_what_is_exported(toy_run: dict[str, Any], tmp_path: Path, language: str, public: bool) -> None:
    if not (HOME / ".venv" / ".ready").exists():
        pytest.skip("pyam and Frictionless are not installed here: make tests/exchange/.venv/.ready")
    said = ["--public"] if public else []
    for form, name, asked in (("iamc", "iamc.csv", []), ("csv", "csv", said)):
        done = call("export", toy_run["run"], "--to", form, *asked, "--out", tmp_path / name, "--lang", language)
        assert done.exit_code == 0, done.stderr
    told = subprocess.run(
        [PYTHON, HOME / "read_by_others.py", tmp_path / "iamc.csv", tmp_path / "csv" / "datapackage.json"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},  # no unit registry that another environment left
    )  # fmt: skip
    found = json.loads(told.stdout.strip().splitlines()[-1])
    assert found["iamc"]["years"] == [2021, 2022, 2023] and found["iamc"]["asked"] and found["iamc"]["wrong"] == []
    assert {"EJ/yr", "GW", "Mt CO2/yr"} <= set(found["iamc"]["units"])
    assert found["package"]["valid"], found["package"]["errors"]
    assert found["package"]["tables"] == len(list((tmp_path / "csv").glob("*.csv")))
