"""Progress of a study that takes many steps: which one, how many there are, the time left."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic

from model.report.layout import plain
from model.report.progress import Progress
from model.report.words import word

quiet_seconds = 5.0


def steps_progress(progress: Progress, language: str, *, live: bool, named: Callable[[str], str]) -> Callable[[str, int, int, float], None]:
    """Told before each step, by what it is `named`; on anything but a terminal a line now and then."""
    said = [-math.inf]

    def tell(name: str, done: int, total: int, seconds: float) -> None:
        if not live and monotonic() - said[0] < quiet_seconds:
            return
        said[0] = monotonic()
        line = word("line_step_of", language).format(done + 1, total, named(name))
        if math.isfinite(seconds):
            line += f"  {word('line_left', language).format(duration(seconds, language))}"
        progress.note(plain(line))

    return tell


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
