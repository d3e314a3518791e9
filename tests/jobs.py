"""Work for workers that need not know the program: they start in a moment."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from model.results.proof import contradiction


def doubled_or_dead(marks: str, job: int) -> int:
    """Twice the job; job 3 kills its worker the first time, job 5 always."""
    mark = Path(marks) / str(job)
    if job == 5 or (job == 3 and not mark.exists()):
        mark.touch()
        os._exit(9)
    return 2 * job


def alone(busy: set[int], job: int) -> bool:
    """Whether no other job runs in this process meanwhile."""
    found = not busy
    busy.add(job)
    time.sleep(0.02)
    busy.discard(job)
    return found


def loaded(shared: None, job: int) -> tuple[str, ...]:
    """What is loaded with the equations and the data of a plan though nothing of a solve uses it; Pyomo makes a lock of the system's."""
    import model.solve.matrix  # first, as a study loads it: Pyomo must not come with it, or all that Pyomo asks for does

    assert "pyomo" not in sys.modules

    import xarray as xr

    import model.case.units.registry
    import model.maths.build  # noqa: F401

    assert xr.Variable("x", [1.0]).sum() == 1
    return tuple(name for name in ("dask", "dask.array", "distributed", "scipy.stats", "scipy.integrate") if sys.modules.get(name))


def contradicts(shared: None, job: int) -> int:
    """Job 2 proves what cannot be."""
    if job == 2:
        raise contradiction(6.2, 6.1)
    return job
