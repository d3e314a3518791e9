"""A run folder in the making: it appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.results.run import RunError

PARTIAL = re.compile(r"\..+\.(?P<machine>[0-9a-f]{8})-(?P<process>[1-9][0-9]*)\.[a-z0-9_]+")


@contextmanager
def new_run(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the run's own; it takes the run's name only when everything in it is written.

    Its name tells whose it is, so that what a killed process left there goes when the next run is made beside it.
    Raises RunError when the run folder exists already.
    """
    if folder.exists():
        raise RunError("exists", path=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(folder.parent)
    partial = folder.parent / f".{folder.name}.{_machine()}-{os.getpid()}.{secrets.token_hex(4)}"
    partial.mkdir()  # as the umask lets others see it
    try:
        yield partial
        try:
            os.rename(partial, folder)
        except OSError as error:
            raise RunError("exists", path=folder) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def remove_abandoned(folder: Path) -> None:
    """Partial run folders of processes of this machine that are gone. Whatever may still be written to stays."""
    for path in folder.iterdir():
        owner = PARTIAL.fullmatch(path.name)
        if owner and path.is_dir() and owner["machine"] == _machine() and not _lives(int(owner["process"])):
            shutil.rmtree(path, ignore_errors=True)


def _machine() -> str:
    # A folder may be shared over a network, where a number says nothing of another machine's processes.
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True  # to ask with os.kill would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
