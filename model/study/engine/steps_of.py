"""Steps of a long study: told as they come, with the time left, and a time limit over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

# Told before each step: what it is about, how many are done, how many there are, seconds left (NaN while unknown).
Tell = Callable[[str, int, int, float], None]


def silent(name: str, done: int, total: int, seconds: float) -> None:
    """Nobody looks on."""


@dataclass
class Steps:
    """A life-cycle: steps taken so far, and the end of the time allowed. `known` of those done took no time here."""

    tell: Tell
    total: int
    time_limit: float = float("inf")
    done: int = 0
    known: int = 0
    start: float = field(default_factory=monotonic)

    def next(self, name: str) -> float:
        """Tell of the step that begins now; returns the seconds it may take, 0 when there are none left."""
        spent = monotonic() - self.start
        each = spent / (self.done - self.known) if self.done > self.known else float("nan")
        self.tell(name, self.done, self.total, each * max(0, self.total - self.done))
        self.done += 1
        return max(0.0, self.time_limit - spent)

    def skip(self, count: int) -> None:
        """So many steps were taken before."""
        self.done += count
        self.known += count
