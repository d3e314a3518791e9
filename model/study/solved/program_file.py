"""The program that a plan's bound is of, as a file: whole or not there."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from model.results.whole_file import whole_file
from model.solve.highs import write_mps
from model.solve.matrix import Matrix, shut_off
from model.solve.search import Solution


def write_program(matrix: Matrix, plan: Solution, path: Path) -> None:
    """So that another solver can check it: shortfalls that are shut in the one are shut in the other.

    HiGHS writes to a place of its own and it is copied from there: it says nothing of a disk that is full, and takes no name of other letters on Windows.
    Raises OSError where it cannot be written.
    """
    with TemporaryDirectory() as home, whole_file(path) as partial:
        made = Path(home) / "program.mps"
        write_mps(shut_off(matrix, plan.shut), made)
        if not _ends(made):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        shutil.copyfile(made, partial)


def _ends(made: Path) -> bool:
    """Whether an MPS file has its last line."""
    with made.open("rb") as file:
        file.seek(max(0, made.stat().st_size - 100))
        return file.read().rstrip().endswith(b"ENDATA")
