"""Fails, or kills this process, at one of the file operations below a folder: what a full disk or a power cut does at that moment."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

# Events of Python's own audit, which every way of opening, renaming, making and removing passes; of `open` only those that write.
CHANGING = frozenset(
    {
        "os.rename",
        "os.mkdir",
        "os.remove",
        "os.rmdir",
        "os.truncate",
        "os.chmod",
        "os.link",
        "os.symlink",
        "shutil.copyfile",
        "shutil.rmtree",
    }
)
How = Literal["count", "fail", "kill"]


@dataclass
class _Watching:
    """A life-cycle: `place` operations still pass, the next one meets its fate."""

    folder: str
    how: How
    place: int
    seen: int = 0
    paths: set[str] = field(default_factory=set)


_watching: list[_Watching] = []


def _met(event: str, told: tuple[Any, ...]) -> None:
    if not _watching:
        return
    one = _watching[0]
    if not (event in CHANGING or (event == "open" and _writes(told))) or not any(str(path).startswith(one.folder) for path in told[:2]):
        return
    one.seen += 1
    one.paths.add(str(told[0]))
    if one.how == "count" or one.seen != one.place:
        return
    if one.how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(told[0]))


def _writes(told: tuple[Any, ...]) -> bool:
    mode, flags = (*told, None, 0)[1:3]
    return (
        any(letter in mode for letter in "wax+")
        if isinstance(mode, str)
        else bool(int(flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    )


sys.addaudithook(_met)  # for good: there is no way to take one back, so that it looks at nothing unless it is told to


@contextmanager
def meeting(folder: Path, how: How, place: int = 0) -> Iterator[_Watching]:
    """Within, the `place`-th operation that changes something below the folder fails or kills; counted, and named, are all that came."""
    one = _Watching(str(folder), how, place)
    _watching.append(one)
    try:
        yield one
    finally:
        _watching.clear()
