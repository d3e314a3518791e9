"""The command line called in this process, and where the data stand."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

import cli

ROOT = Path(cli.__file__).resolve().parent
TOY = ROOT / "data" / "toy"


def call(*words: object) -> Result:
    return CliRunner().invoke(cli.main, [str(word) for word in words])


def says(text: str, said: str) -> bool:
    """Whether a screen says this, wherever its lines are broken."""
    return "".join(said.split()) in "".join(text.split())
