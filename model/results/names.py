"""Names on disk that one process at a time may have: taken before anything is solved, free when that process ends, however it ends."""

from __future__ import annotations

import errno
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import time
from typing import IO

from model.case.read.links import resolved
from model.results.run import RunError
from model.results.whole_file import just_made

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SUFFIX = ".taken"
NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})
NO_LINKS = getattr(os, "O_NOFOLLOW", 0)  # a lock is written to: one that leads elsewhere is none
beyond_the_text = 1 << 30  # what Windows locks, nobody may read


class NameInUse(Exception):
    """Another process has it; the message is that process's number, machine and when it began, as far as it says."""


@contextmanager
def own_name(names: Iterable[Path]) -> Iterator[Path]:
    """The first of these names that nobody has, this process's alone until the end. The folder it is in is made where it is missing, and
    goes again where nothing came into it.

    Raises RunError when none is free, or where nothing can be written.
    """
    taken = _taken(names)
    try:
        yield taken.path
    finally:
        _give_free(taken.lock, taken.file)
        _remove_empty(taken.made)


@contextmanager
def file_lock(lock: Path) -> Iterator[None]:
    """A file that only this process has until the end. Raises Held while another one has it."""
    file = _hold(lock)
    try:
        yield
    finally:
        _give_free(lock, file)


@dataclass(frozen=True)
class _Taken:
    """A name with its lock, and the folders that were made for it, the innermost first."""

    path: Path
    lock: Path
    file: IO[str]
    made: list[Path]


def _taken(names: Iterable[Path]) -> _Taken:
    refused = RunError("no_name")
    for name in names:
        path = resolved(name)
        made = list[Path]()
        refused = RunError("exists", path=path)
        try:
            if path.exists():
                continue
            lock = path.with_name(f".{path.name}{SUFFIX}")
            made = [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(path.parent)
            file = _hold(lock)
        except NameInUse as error:
            refused = RunError("being_written", path=path, process=str(error))
            continue
        except OSError as error:
            _remove_empty(made)
            raise RunError("cannot_write", path=path, reason=error) from error
        if not path.exists():
            return _Taken(path, lock, file, made)
        _give_free(lock, file)
    raise refused


def _hold(lock: Path) -> IO[str]:
    """The lock is the system's, not the file's being there: it ends with the process, also with one that is killed."""
    while True:
        file = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | NO_LINKS, 0o666), "r+", encoding="utf-8")
        if not _locked(file):
            file.seek(0)
            owner = file.read().strip()
            file.close()
            raise NameInUse(owner or "?")
        if _stands(file, lock):
            break
        file.close()  # whoever had it took it away in the meantime
    file.truncate(0)
    file.write(f"{os.getpid()}, {platform.node()}, {datetime.now():%Y-%m-%d %H:%M:%S}")
    file.flush()
    return file


def _stands(file: IO[str], lock: Path) -> bool:
    if sys.platform == "win32":  # where what is open cannot be taken away
        return True
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), lock.stat())
    return False


def _give_free(lock: Path, file: IO[str]) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there, and elsewhere a closed one may be another's already
        file.close()
    with suppress(OSError):
        lock.unlink(missing_ok=True)
    file.close()


def _remove_empty(made: Iterable[Path]) -> None:
    with suppress(OSError):  # that something is in it by now
        for folder in made:
            folder.rmdir()


def _remove_abandoned(folder: Path) -> None:
    """Locks that killed processes left: they hold nothing. One just made may be about to."""
    for lock in folder.glob(f".*{SUFFIX}"):
        with suppress(NameInUse, OSError):
            if time() - lock.stat().st_mtime > just_made:
                _give_free(lock, _hold(lock))


def _locked(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(beyond_the_text)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in NO_LOCKS  # then the last step alone, a folder renamed, keeps two apart
    return True
