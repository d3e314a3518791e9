"""Progress of a solve on standard error: model, step, bound, best plan, gap, seconds."""

from __future__ import annotations

import math
import sys
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

from model.report.words import word

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

MISSING = {"without_hipo": "line_without_hipo"}  # steps that are taken because something is not installed, and what is said of it


class LiveLine:
    """A line on standard error that changes in place on a terminal, while the block lasts."""

    def __init__(self) -> None:
        self._status: Status | None = _console().status("") if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._status is not None:
            self._status.stop()


class Progress(LiveLine):
    """A live line on a terminal; on anything else one plain line whenever the model changes. What is missing is told once, to stay."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language, self._start, self._last = language, perf_counter(), ""
        self._best = math.inf
        self._missed = set[str]()

    @property
    def seconds(self) -> float:
        return perf_counter() - self._start

    def step(self, model: str, step: str, bound: float, best: float) -> None:
        """Called by a solve: bound and best are in 亿元, infinite where there is none yet."""
        if model != self._last:
            self._best = math.inf
        self._best = min(self._best, best)
        line = self._line(model, step, bound)
        if self._status is not None:
            self._status.update(line)
        elif model != self._last:
            print(line, file=sys.stderr, flush=True)
        self._last = model
        if step in MISSING and step not in self._missed:
            self._missed.add(step)
            console = self._status.console if self._status is not None else _console()
            console.print(word("warning", self._language).format(word(MISSING[step], self._language)), markup=False)

    def note(self, line: str) -> None:
        """A line of the caller's own, with the seconds."""
        told = f"{line}  {self.seconds:.0f} s"
        if self._status is not None:
            self._status.update(told)
        elif line != self._last:
            print(told, file=sys.stderr, flush=True)
        self._last = line

    def _line(self, model: str, step: str, bound: float) -> str:
        parts = [word(f"model_{model}", self._language), word(f"step_{step}", self._language)]
        if math.isfinite(bound):
            parts.append(f"{word('bound', self._language)} {bound:.2f}")
        if math.isfinite(self._best):
            parts.append(f"{word('best', self._language)} {self._best:.2f}")
            if math.isfinite(bound):
                parts.append(f"{word('gap', self._language)} {100 * max(0.0, self._best - bound) / max(abs(self._best), 1e-9):.3f}")
        return "  ".join([*parts, f"{self.seconds:.0f} s"])


def _console() -> Console:
    """Standard error as rich writes on it; loaded where there is something for it to do."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False)
