"""One broken input: how it is laid down, what is asked of it, and what must hold of the answer."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from calling import call

longest_seconds, longest_wait = 10, 120  # of work, and on the clock of a busy machine
REMEDY = {"en": ";", "zh": "；"}


@dataclass(frozen=True)
class BrokenInput:
    """`lay` writes it into a new folder and returns the words of the command that is asked of it."""

    name: str
    lay: Callable[[Path], Sequence[object]]


class TooLong(BaseException):
    """It hangs."""


class TooFar(BaseException):
    """The input was taken, and what comes next is a solve."""


@contextmanager
def _in_time() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = [(number, signal.signal(number, late)) for number in (signal.SIGALRM, signal.SIGPROF)]
    signal.alarm(longest_wait)
    signal.setitimer(signal.ITIMER_PROF, longest_seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for number, handler in before:
            signal.signal(number, handler)


def misleads(letter: str) -> bool:
    """Whether a letter on a screen is an order to it, or turns the direction of what stands beside it."""
    return (
        (letter < " " and letter not in "\n\t\r")
        or "\x7f" <= letter <= "\x9f"
        or letter in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def answered(broken: BrokenInput, folder: Path, language: str) -> str:
    """How it ended: `taken`, or `told` after what was said held: a code of ours, a place or option, a remedy, in the language, no control letters.

    Raises AssertionError with what was said where it did not.
    """
    words = broken.lay(folder)
    try:
        with _in_time():
            result = call("--lang", language, *words)
    except TooFar:
        return "taken"
    except TooLong:
        raise AssertionError(f"{broken.name}: hangs") from None
    said = result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{broken.name}: {result.exception!r}"
    assert result.exit_code in (0, 1, 2, 3, 4) and "Traceback" not in said, f"{broken.name}: {said[:500]}"
    assert not any(misleads(letter) for letter in said), f"{broken.name}: a letter that moves the screen is shown"
    if result.exit_code == 0:
        return "taken"
    assert result.exit_code != 1 or REMEDY[language] in said, f"{broken.name}: no remedy in {said[:500]}"
    assert language == "en" or any("一" <= letter <= "鿿" for letter in said), f"{broken.name}: {said[:300]}"
    return "told"


def sample(broken: Sequence[BrokenInput], count: int, *, seed: int = 1) -> list[BrokenInput]:
    """Spread over all of them, the same each time."""
    drawn = random.Random(seed)
    return drawn.sample(list(broken), min(count, len(broken)))
