"""Jobs run over processes of this machine: each answered once, a lost worker's job handed to another."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any

from model.case.faults import CodedError
from model.results.proof import Contradiction
from model.study.engine import own_process
from model.study.engine.dask_apart import leave_dask

most_tries = 2
patience = 10.0

# What a worker does: shared things (sent once to each), a job (sent one by one) → its answer. A function of a module.
Work = Callable[[Any, Any], Any]
# Who works: what is done, what is shared, the jobs → each job with its answer, as they are done.
Team = Callable[[Work, Any, Sequence[Any]], Iterator[tuple[Any, Any]]]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Lost:
    """The answer of a job whose worker died each time it was tried."""


class ClusterError(CodedError):
    """A cluster that does not do: Dask is absent here, nobody answers, no worker, it went away, or it is unlike this program."""


def run_jobs(work: Work, shared: Any, jobs: Sequence[Any], *, workers: int = 1) -> Iterator[tuple[Any, Any]]:
    """Each job with its answer, as they are done; with one worker in this process and in the order of the jobs.

    What is asked of `work` must depend on `shared` and the job alone: then answers are the same for any number of
    workers. Stopped by KeyboardInterrupt or by closing the iterator, workers end at once and their jobs are dropped.
    """
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield job, work(shared, job)
        return
    yield from _over_processes(pickle.dumps((work, shared)), deque(jobs), min(workers, len(jobs)))


@dataclass
class _Worker:
    process: BaseProcess
    line: Connection
    job: Any = None


def _over_processes(payload: bytes, waiting: deque[Any], workers: int) -> Iterator[tuple[Any, Any]]:
    tries: Counter[int] = Counter()
    team: list[_Worker] = []
    ended = False
    try:
        while waiting or any(one.job is not None for one in team):
            while len(team) < workers and waiting:
                team.append(_started(payload))
            for one in team:
                if one.job is None and waiting:
                    one.job = waiting.popleft()
                    with suppress(OSError):  # a worker that has died is found below
                        one.line.send(one.job)
            for line in wait([one.line for one in team if one.job is not None]):
                one = next(one for one in team if one.line is line)
                job = one.job
                try:
                    answer = one.line.recv()
                except (EOFError, OSError):
                    team.remove(one)
                    one.process.kill()
                    tries[id(job)] += 1
                    if tries[id(job)] < most_tries:
                        waiting.appendleft(job)
                        continue
                    answer = Lost()
                if isinstance(answer, Contradiction):
                    raise answer
                one.job = None
                yield job, answer
        ended = True
    finally:
        for one in team:
            if ended:
                one.line.close()  # it leaves by itself
            else:
                one.process.kill()
        for one in team:
            one.process.join(patience)
            one.process.kill()


def _started(payload: bytes) -> _Worker:
    context = multiprocessing.get_context("spawn")  # a fork would copy the solver's threads half
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with _unmet_by_ctrl_c():
        process.start()
    theirs.close()
    with suppress(OSError):
        ours.send_bytes(payload)
    return _Worker(process, ours)


@contextmanager
def _unmet_by_ctrl_c() -> Iterator[None]:
    """A process begun in here does not hear of Ctrl-C from its first moment on, and this one hears of it afterwards; on Windows both do at once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection) -> None:
    """A worker: what is shared first, then job after job, until the study ends or dies."""
    leave_dask()
    own_process.begin()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the study's to answer
    Thread(target=_leave_with_parent, daemon=True).start()
    if "fork" in multiprocessing.get_all_start_methods():
        # It starts no process; but a lock that Pyomo makes as it loads has then no name in the system, which a killed worker would leave there.
        multiprocessing.set_start_method("fork", force=True)
    try:
        work, shared = pickle.loads(line.recv_bytes())
        while True:
            job = line.recv()
            try:
                answer = work(shared, job)
            except Contradiction as error:
                answer = error
            line.send(answer)
    except (EOFError, OSError):
        sys.exit(0)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
