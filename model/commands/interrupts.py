"""Ctrl-C, which ends a command alike whenever it comes: while something is being loaded it is kept until that stands."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

LOADER = "<frozen importlib._bootstrap>"  # where the code stands that loads modules
COMMAND = "Commands.main"
a_moment = 0.05  # seconds


def keep_until_loaded() -> None:
    """From now on Ctrl-C is raised only in the middle of a command. A library that it meets as it is being loaded takes it for a library that is not
    there, or goes on half; and before a command has begun nobody knows in which language to end.

    Nothing is done where Ctrl-C is not Python's own to answer: in a process that ignores it, and beside the main thread.
    """
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _met)
        sys.unraisablehook = _unraisable


def answer_no_more() -> None:
    """The command has ended: what Ctrl-C met now would only be Python's own leaving."""
    if signal.getsignal(signal.SIGINT) is _met:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _met(number: int, frame: FrameType | None) -> None:
    if _may_be_met(frame):
        raise KeyboardInterrupt
    again = threading.Timer(a_moment, _once_more, [number])
    again.daemon = True
    again.start()


def _once_more(number: int) -> None:
    """To the main thread where that can be said: what it waits for is to end."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)


def _may_be_met(frame: FrameType | None) -> bool:
    """Whether a command is at work and nothing is being loaded."""
    begun = False
    while frame is not None:
        if frame.f_code.co_filename == LOADER:
            return False
        begun = begun or frame.f_code.co_qualname == COMMAND
        frame = frame.f_back
    return begun


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    """Where nothing can be raised, as in what Python does when an object goes, Ctrl-C would be printed and lost."""
    if isinstance(told.exc_value, KeyboardInterrupt):
        _met(signal.SIGINT, None)
    else:
        sys.__unraisablehook__(told)
