"""Every test stores its runs in a folder of its own, and Ctrl-C counts, also in those that start the program anew."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def runs_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp() / "runs"
    monkeypatch.setenv("MEASURES_RUNS", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_counts() -> None:
    """A shell starts its background jobs with SIGINT ignored, which what they start inherits."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
