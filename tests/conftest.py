"""Every test stores its runs in a folder of its own, also those that start the program anew."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def runs_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp() / "runs"
    monkeypatch.setenv("MEASURES_RUNS", str(folder))
    return folder
