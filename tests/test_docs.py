"""Generated docs are what the code says now."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_formulation_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["formulation"]()
    assert made == (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8"), "run `make docs`"


def test_decisions_name_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = requirement.split("[")[0].split(">")[0].split("<")[0].strip().lower()
        assert name in text, name
