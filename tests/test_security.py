"""What SECURITY.md promises and no other test shows: a command opens no socket, and runs nothing that stands in a case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT, call
from tiny_case import TinyCase

WATCHED = """
import sys
def met(event, told):
    if event in ("socket.bind", "socket.connect", "socket.getaddrinfo", "urllib.Request", "os.system", "os.exec"):
        raise SystemExit(f"met {event}")
sys.addaudithook(met)
import cli
cli.main.main(sys.argv[1:])
"""


@pytest.mark.parametrize("words", [("solve", "toy", "--no-year-check"), ("check", "chengde")], ids=lambda words: words[0])
def test_no_command_opens_a_socket(words: tuple[str, ...], tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": "", "MEASURES_RUNS": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0 and "met " not in said.stderr, said.stderr


def test_a_tag_of_yaml_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    case = TinyCase(header=f"label_en: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{mark}']]\n")
    assert call("check", case.write(tmp_path / "tiny")).exit_code == 1
    assert not mark.exists()


def test_the_promises_stand_in_the_repository() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert all(
        f"**{promise}" in text
        for promise in ("No code from data", "No file outside", "What is read has an end", "What is stored is sealed")
    )
