"""A part of a benchmark in a process of its own, with its seconds and its peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RIVAL = ROOT / "benchmarks" / "rival" / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
bytes_per_unit = 1 if sys.platform == "darwin" else 1024
bytes_per_gigabyte, agreed = 1e9, 1e-9


def measured(module: str, *arguments: object, python: str = sys.executable) -> dict[str, Any]:
    """What `python -m benchmarks.<module> <arguments>` tells (see `tell`), with `peak_gigabytes`.

    The caller must have little memory itself: on Linux a started process inherits its starter's peak. So modules
    that call this import nothing heavy.
    """
    command = [python, "-m", f"benchmarks.{module}", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} ended with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def rival(mps: Path, *ways: str, threads: int = 2, gap: float = 1e-3, seconds_at_most: float = 3600.0) -> dict[str, Any]:
    """What the newest HiGHS, in its own environment, makes of an MPS file (see `rival.answer`).

    Raises FileNotFoundError where that environment is missing: `make bench` makes it.
    """
    if not RIVAL.exists():
        raise FileNotFoundError(f"{RIVAL}: `make bench` makes the rival's environment")
    return measured("rival.answer", mps, threads, gap, seconds_at_most, *ways, python=str(RIVAL))


def neither_beaten(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether neither bound lies above the other's plan.

    >>> neither_beaten({"objective": 10.0, "bound": 9.9}, {"objective": 9.95, "bound": 9.94})
    True
    """
    return all(one["bound"] <= other["objective"] + agreed * abs(other["objective"]) for one, other in ((ours, theirs), (theirs, ours)))


def in_turns(*commands: tuple[object, ...], repeats: int) -> list[dict[str, Any]]:
    """Each command (the arguments of `measured`) run `repeats` times, one after the other; of each the run of median seconds."""
    runs = [[measured(str(module), *arguments) for module, *arguments in commands] for _ in range(repeats)]
    return [sorted(of_one, key=total_seconds)[repeats // 2] for of_one in zip(*runs, strict=True)]


def total_seconds(record: Mapping[str, Any], *, without: str = "") -> float:
    """Seconds of all parts of a record, or of all but one."""
    return sum(seconds for part, seconds in record["seconds"].items() if part != without)


def tell(record: Mapping[str, Any]) -> None:
    """Hand a record to the caller of `measured`: one JSON object on the last line of standard output."""
    print(json.dumps({"peak_gigabytes": peak_gigabytes(), **record}))


def peak_gigabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * bytes_per_unit / bytes_per_gigabyte


def resident_gigabytes() -> float:
    """The memory this process has now; where the system does not tell, the most it has had."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * resource.getpagesize() / bytes_per_gigabyte if pages.exists() else peak_gigabytes()


@contextmanager
def timed(seconds: dict[str, float], part: str) -> Iterator[None]:
    """The seconds of a block, added to those of its part."""
    start = perf_counter()
    yield
    seconds[part] = seconds.get(part, 0.0) + perf_counter() - start


def same(one: float, other: float, *, tolerance: float) -> bool:
    """Equal within a tolerance relative to the larger, which is at least 1.

    >>> same(1000.0, 1000.0005, tolerance=1e-6)
    True
    """
    return abs(one - other) <= tolerance * max(1.0, abs(one), abs(other))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown; numbers to three figures.

    >>> print(table(["part", "s"], [["build", 1.23456]]))
    | part | s |
    |---|---|
    | build | 1.23 |
    """
    lines = [head, *rows]
    shown = ["| " + " | ".join(_shown(cell) for cell in line) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "---|" * len(head), *shown[1:]])


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 1000 else f"{cell:.0f}"
    return str(cell)
