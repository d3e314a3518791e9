"""Answers of a stored study as they come."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from model.results.study import ANSWERS


def without_time(records: dict[str, dict]) -> dict[str, dict]:
    return {name: {key: value for key, value in record.items() if key != "seconds"} for name, record in records.items()}


def lines(study: Path) -> list[str]:
    path = study / ANSWERS
    return (
        [json.loads(line)["name"] for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")] if path.exists() else []
    )


def wait_for(study: Path, count: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + 300
    while len(lines(study)) < count and time.monotonic() < end and process.poll() is None:
        time.sleep(0.01)
    assert len(lines(study)) >= count, process.communicate()
