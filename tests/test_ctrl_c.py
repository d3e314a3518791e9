"""Ctrl-C at any moment – as the program is loaded, as a library is loaded in the middle of a command, twice – ends it in one sentence with the exit code."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT
from pydantic_core import SchemaError

from model.case.read.fields import _built
from model.case.tables.rows import TABLES as MODELS
from model.report.words import word
from model.results.interrupted import is_interrupt

# Ctrl-C at the PLACE-th module that is loaded, as the console calls the program.
MET = """
import signal, sys
place, seen = int(sys.argv.pop(1)), 0
from model.commands.interrupts import keep_until_loaded
def met(event, told):
    global seen
    if event == "import":
        seen += 1
        if seen == place:
            signal.raise_signal(signal.SIGINT)
sys.addaudithook(met)
keep_until_loaded()
from model.commands.entry import main
try:
    main()
finally:
    print(f"modules: {seen}", file=sys.stderr)
"""
SOLVE = ("solve", "toy", "--no-year-check")


def met_at(place: int, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MEASURES_RUNS": str(home)}
    return subprocess.run([sys.executable, "-c", MET, str(place), *words], env=environment, capture_output=True, text=True, check=False)


def ends_alike(place: int, home: Path, language: str) -> None:
    said = met_at(place, home, *SOLVE, "--lang", language)
    told = [line for line in said.stderr.splitlines() if line and not line.startswith("modules: ")]
    assert (said.returncode, told, said.stdout) == (4, [word("error", language).format(word("error_stopped", language))], ""), (
        f"{place}: {said.stderr}"
    )
    assert not list(home.rglob("*"))


# Of about 2,300: in cli.py; in click; in what a command loads of its own.
@pytest.mark.parametrize(("place", "language"), [(1, "en"), (60, "zh"), (1200, "en")])
def test_ctrl_c_as_something_is_loaded_ends_alike(place: int, language: str, tmp_path: Path) -> None:
    ends_alike(place, tmp_path, language)


@pytest.mark.prove
def test_ctrl_c_at_every_fortieth_module_ends_alike(tmp_path: Path) -> None:
    counted = met_at(0, tmp_path / "counted", *SOLVE)
    found = re.search(r"modules: (\d+)", counted.stderr)
    assert found and counted.returncode == 0, counted.stderr
    for place in range(1, int(found[1]) - 40, 40):
        ends_alike(place, tmp_path / "met", "en")


TWICE = """
import signal, sys
from model.commands import group
from model.commands.entry import main
def told(*_, **__):
    signal.raise_signal(signal.SIGINT)
def again(*_, **__):
    signal.raise_signal(signal.SIGINT)
group.ended, group.language_of = again, told
sys.argv = ["measures", "cases"]
main()
"""


def test_ctrl_c_once_more_as_it_is_told_is_no_trace() -> None:
    said = subprocess.run([sys.executable, "-c", TWICE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (4, "")


def test_what_a_library_made_of_ctrl_c_is_ctrl_c() -> None:
    def loaded() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise ImportError("this library needs another one") from None

    with pytest.raises(ImportError) as told:
        loaded()
    assert is_interrupt(told.value) and not is_interrupt(ImportError())


def test_who_takes_the_program_as_a_library_keeps_its_own_ctrl_c() -> None:
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


LISTENS = """
import signal
from model.study.engine.workers import _unmet_by_ctrl_c
import subprocess, sys
with _unmet_by_ctrl_c():
    child = subprocess.Popen([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(9)"], stdout=subprocess.PIPE)
assert child.stdout.read(1) == b"1"
child.send_signal(signal.SIGINT)
try:
    child.wait(0.2)
except subprocess.TimeoutExpired:
    child.kill()
    print("alive")
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows tells all processes of a console at once")
def test_a_worker_does_not_hear_of_ctrl_c_from_its_first_moment() -> None:
    said = subprocess.run([sys.executable, "-c", LISTENS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.stdout == "alive\n", said.stderr


def test_ctrl_c_as_a_model_is_made_is_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a validator hands a Ctrl-C on as a fault of its own with the word in it; other faults of its own stay these."""
    for message, expected in (
        ("Error building `literal` serializer:\n  KeyboardInterrupt: ", KeyboardInterrupt),
        ("Field `x`", SchemaError),
    ):

        def interrupted(*_: object, message: str = message) -> None:
            raise SchemaError(message)

        monkeypatch.setattr(MODELS["measures"], "model_rebuild", interrupted)
        with pytest.raises(expected):
            _built(MODELS["measures"])
