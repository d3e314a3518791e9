"""Generated docs are what the code says now."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import pytest

from model.case.check import check, warnings
from model.case.read import read_case
from model.report.coverage_tables import covered
from model.study.solve import solve

ROOT = Path(__file__).resolve().parent.parent


def test_formulation_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["formulation"]()
    assert made == (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8"), "run `make docs`"


def test_the_tables_are_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["data"]()
    assert made == (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), "run `make docs`"


def test_a_newcomer_who_follows_the_page_gets_what_it_says(tmp_path: Path) -> None:
    """The page's own blocks, written beside a copy of the toy: sound, 6.00, and what it claims is borne out."""
    folder = tmp_path / "data" / "mytown"
    shutil.copytree(ROOT / "data" / "toy", folder)
    page = (ROOT / "docs" / "own-case.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(?:csv|yaml) (\S+)\n(.*?)```", page, flags=re.DOTALL))
    assert len(blocks) == 9
    for name, text in blocks.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert check(folder) == []
    case = read_case(folder)
    assert warnings(case) == []
    assert case.header.id == "mytown" and all(one.state != "claimed" for one in covered(case))
    assert solve(case).manifest["objective"] == pytest.approx(6.00, abs=1e-4)


def test_decisions_name_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = requirement.split("[")[0].split(">")[0].split("<")[0].strip().lower()
        assert name in text, name
