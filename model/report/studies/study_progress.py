"""Progress of a study on standard error: scenarios done, and the time left."""

from __future__ import annotations

import math
import sys
from time import perf_counter

from model.report.progress import LiveLine
from model.report.words import word

quiet_seconds = 10.0


class StudyProgress(LiveLine):
    """A live line on a terminal; on anything else a plain line now and then, and at the end."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language, self._said = language, -math.inf

    def model(self, model: str, step: str, bound: float, best: float) -> None:
        """Told by the solve of the reference."""
        if self._status is not None:
            self._status.update(f"{word('reference_plan', self._language)}  {word(f'model_{model}', self._language)}")

    def tell(self, name: str, done: int, total: int, seconds: float) -> None:
        """Told after each scenario."""
        line = word("line_done", self._language).format(done, total)
        if math.isfinite(seconds):
            line += f"  {word('line_left', self._language).format(duration(seconds, self._language))}"
        if self._status is not None:
            self._status.update(f"{line}  {name}")
        elif perf_counter() - self._said > quiet_seconds or done == total:
            self._said = perf_counter()
            print(line, file=sys.stderr, flush=True)


def duration(seconds: float, language: str) -> str:
    """Seconds in the unit in which one speaks of them.

    >>> duration(42.4, "en"), duration(600, "en"), duration(9000, "zh")
    ('42 s', '10 min', '2.5小时')
    """
    if seconds < 120:
        return word("seconds_short", language).format(f"{seconds:.0f}")
    if seconds < 7200:
        return word("minutes_short", language).format(f"{seconds / 60:.0f}")
    return word("hours_short", language).format(f"{seconds / 3600:.1f}")
