"""A file in the making: it takes its name only when it is whole, and what a killed process left of it goes with the next."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep, time

just_made = 60.0  # seconds in which it may still be another process's
waits = (0.05, 0.2, 0.75)  # seconds


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A hidden file beside it, which replaces it in the end. Where that fails nothing of it is left, and what was there stays."""
    _remove_left(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield partial
        as_soon_as_let(os.replace, partial, path)
    except OSError as error:
        if error.filename is None or Path(error.filename) == partial:
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def as_soon_as_let(rename: Callable[[Path, Path], None], partial: Path, path: Path) -> None:
    """On Windows a guard against viruses, or an indexer, has what was just written open for a moment: a plan is not lost for that."""
    for wait in waits:
        with suppress(PermissionError):
            rename(partial, path)
            return
        sleep(wait)
    rename(partial, path)


def _remove_left(path: Path) -> None:
    left = re.compile(rf"\.{re.escape(path.name)}\.[1-9][0-9]*")
    with suppress(OSError):
        for one in path.parent.iterdir():
            if left.fullmatch(one.name) and time() - one.stat().st_mtime > just_made:
                one.unlink(missing_ok=True)
