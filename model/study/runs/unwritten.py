"""What is handed over beside the results of a run: where the program itself fails in making it, the run is stored without it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from model.case.faults import CaseFaults, CodedError
from model.results.interrupted import is_interrupt
from model.results.run import REPORT_LOG

TOLD = (CodedError, CaseFaults, OSError, MemoryError)  # what ends a command in a sentence of its own


def unless_it_fails(path: Path, write: Callable[[], None]) -> list[dict[str, str]]:
    """Write a file of a run; a record with `file` and `error` where that fails as nobody foresaw, and the trace in REPORT_LOG beside it.

    Raises what is told in a sentence of its own: faults of a planner's, a full disk, Ctrl-C.
    """
    try:
        write()
    except TOLD:
        raise
    except Exception as error:
        if is_interrupt(error):
            raise
        path.unlink(missing_ok=True)
        with (path.parent / REPORT_LOG).open("a", encoding="utf-8") as log:
            log.write(f"{path.name}\n{traceback.format_exc()}\n")
        return [{"file": path.name, "error": " ".join(f"{type(error).__name__}: {error}".split())}]
    return []
