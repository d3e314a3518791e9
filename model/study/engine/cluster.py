"""Jobs run over a Dask cluster: each answered once; what a lost worker had runs elsewhere."""

from __future__ import annotations

import logging
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from threading import Lock
from time import monotonic, sleep
from typing import Any

from model.study.engine.workers import ClusterError, Lost, Team, Work

try:
    import dask
    from distributed import Client, Future, KilledWorker, wait
except ModuleNotFoundError as error:
    raise ClusterError("cluster_absent") from error

patience, poll_seconds = 4.0, 1.0
DECIDING = ("measures", "highspy", "pyomo", "numpy", "scipy")

# Those of which Dask sets the level one by one, and what runs its threads.
LOGS = (
    "distributed",
    "distributed.client",
    "distributed.core",
    "distributed.comm",
    "distributed.batched",
    "distributed.utils",
    "tornado.application",
    "asyncio",
)

# One job at a time in a worker's process, however many threads Dask gives it: Pyomo's switches are the process's.
ALONE = Lock()


@dataclass(frozen=True)
class _Unlike:
    """A worker's answer to any job, where what decides about answers is not what it is here."""

    found: str


@contextmanager
def connected(address: str) -> Iterator[Team]:
    """A cluster's team, for as long as the block lasts; `tls://` takes its certificates from Dask's own configuration.

    Raises ClusterError where nobody answers or no worker is there, in the block too.
    """
    with _quiet():
        try:
            client = Client(address, timeout=patience, set_as_default=False)
        except (OSError, RuntimeError, TypeError, ValueError) as error:
            raise ClusterError("cluster_unreachable", address=address, found=str(error)) from error
        try:
            _workers(client, address)
            yield partial(_over_cluster, client, address)
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(timeout=poll_seconds)


def _over_cluster(client: Client, address: str, work: Work, shared: Any, jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each job with its answer, as they are done. What is shared is made on one worker, and the others have it from there."""
    waiting, flying = deque(jobs), dict[Future, tuple[Any, str]]()
    versions = {name: version(name) for name in DECIDING}
    with _told(address), dask.config.set({"distributed.admin.large-graph-warning-threshold": "100 GB"}):
        held = client.submit(pickle.loads, pickle.dumps(shared), pure=False)
    try:
        while waiting or flying:
            # One for each worker: left to itself, Dask sends them to whoever holds what is shared, and holds a worker's death against all that lay there.
            busy = {worker for _, worker in flying.values()}
            idle = [worker for worker in _workers(client, address) if worker not in busy]
            with _told(address):
                for worker, job in [(worker, waiting.popleft()) for worker in idle[: len(waiting)]]:
                    future = client.submit(answered, work, versions, held, job, pure=False, workers=[worker], allow_other_workers=True)
                    flying[future] = (job, worker)
            for future, answer in _done(client, list(flying), address):
                yield flying.pop(future)[0], answer
    finally:
        with suppress(Exception):
            client.cancel([*flying, held], force=True)


def _workers(client: Client, address: str) -> list[str]:
    """The workers that there are. Raises ClusterError when none comes."""
    end = monotonic() + patience
    while client.status == "running":
        with _told(address):
            workers = sorted(client.nthreads())
        if workers:
            return workers
        if monotonic() > end:
            raise ClusterError("cluster_without_workers", address=address)
        sleep(poll_seconds / 4)
    raise ClusterError("cluster_gone", address=address, found=client.status)


def _done(client: Client, futures: list[Future], address: str) -> list[tuple[Future, Any]]:
    """The futures that are done by now, or within a moment, with their answers."""
    told: list[tuple[Future, Any]] = []
    with _told(address), suppress(TimeoutError), client.as_current():
        for future in wait(futures, timeout=poll_seconds, return_when="FIRST_COMPLETED").done:
            told.append((future, _answer(future, address)))
    return told


def _answer(future: Future, address: str) -> Any:
    """Raises TimeoutError where the worker was lost before it could hand the answer over: it is worked out again."""
    try:
        answer = future.result(timeout=poll_seconds)
    except KilledWorker:
        return Lost()
    except (OSError, CancelledError):
        raise
    except Exception as error:  # the work itself raises nothing: what does not load there is not installed there
        raise ClusterError("cluster_unlike", address=address, found=" ".join(f"{type(error).__name__}: {error}".split())) from error
    if isinstance(answer, _Unlike):
        raise ClusterError("cluster_unlike", address=address, found=answer.found)
    return answer


def answered(work: Work, versions: dict[str, str], shared: Any, job: Any) -> Any:
    """On the worker."""
    unlike = [f"{name} {version(name)}, not {here}" for name, here in versions.items() if version(name) != here]
    if unlike:
        return _Unlike("; ".join(unlike))
    with ALONE:
        return work(shared, job)


@contextmanager
def _told(address: str) -> Iterator[None]:
    """What Dask raises of a scheduler that went away."""
    try:
        yield
    except (OSError, CancelledError, RuntimeError) as error:
        raise ClusterError("cluster_gone", address=address, found=str(error)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask logs what is told here in the planner's words."""
    logs = [logging.getLogger(name) for name in LOGS]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)
