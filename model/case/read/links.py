"""Links that are followed: where a path leads, and whether it leads anywhere."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def resolved(path: Path) -> Path:
    """The whole path with its links followed. Raises OSError where they lead back to themselves, for which Python before 3.13 has another kind of error."""
    try:
        return path.resolve()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def leads_back(path: Path) -> bool:
    """Whether a path is, or lies in, a link that leads back to itself."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    except ValueError:  # no path at all
        return False
    return False
