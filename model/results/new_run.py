"""A run folder in the making: it appears whole or not at all."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from model.results.run import RunError
from model.results.whole_file import as_soon_as_let

PARTIAL = re.compile(r"\..+\.(?P<machine>[0-9a-f]{8})-(?P<process>[1-9][0-9]*)\.[a-z0-9_]+")

nobody_waits_so_long = 7 * 24 * 3600.0  # seconds


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
            as_soon_as_let(os.rename, partial, folder)
        except OSError as error:
            if not folder.exists():
                raise
            raise RunError("exists", path=folder) from error
    except OSError as error:
        if error.filename is None or Path(error.filename).is_relative_to(partial):  # what nobody has seen is told as what it was to become
            error.filename, error.filename2 = str(folder), None
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def remove_abandoned(folder: Path) -> None:
    """Partial run folders of processes of this machine that are gone. Whatever may still be written to stays."""
    for path in folder.iterdir():
        owner = PARTIAL.fullmatch(path.name)
        if owner and path.is_dir() and owner["machine"] == _machine():
            lives = _lives(int(owner["process"]))
            if lives is False or (lives is None and _untouched(path)):
                shutil.rmtree(path, ignore_errors=True)


def _untouched(folder: Path) -> bool:
    """Whether nothing was written there for so long that nobody is at it."""
    with suppress(OSError):
        return all(time() - path.stat().st_mtime > nobody_waits_so_long for path in (folder, *folder.rglob("*")))
    return False


def _machine() -> str:
    # A folder may be shared over a network, where a number says nothing of another machine's processes.
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _lives(process: int) -> bool | None:
    """None where nobody can say."""
    if os.name == "nt":
        return None  # to ask with os.kill would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
