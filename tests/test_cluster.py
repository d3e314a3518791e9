"""Sweeps on a Dask cluster over TCP: equal to a local run, a lost worker's scenarios elsewhere, clear ends when nobody answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, TOY, call, says
from click.testing import CliRunner
from jobs import alone as by_itself
from jobs import doubled_or_dead
from stored_answers import lines, wait_for, without_time

import cli
from model.case.change.levers import chosen
from model.case.read.case import read_case
from model.commands.values import ADDRESS
from model.results.study import StoredStudy
from model.study.engine.dask_apart import allow_dask, leave_dask
from model.study.engine.engine import Execution, begin, go_on
from model.study.engine.workers import ClusterError, Lost, Team
from model.study.solved.solved_model import Options, Watch
from model.study.sweep.design import tornado
from model.study.sweep.sweep import KIND, question_of

QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
CASE = read_case(TOY)
DESIGN = tornado(chosen(CASE, ["*.price", "build_*.investment"]))
CERTIFICATES = (
    "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=planners -keyout ca-key.pem -out ca.pem",
    "req -newkey rsa:2048 -nodes -subj /CN=planner -keyout key.pem -out planner.csr",
    "x509 -req -in planner.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -out cert.pem",
)


@pytest.fixture(autouse=True)
def dask_if_asked() -> Iterator[None]:
    """Dask may be loaded here, as when a cluster is asked for; the other tests do without, like other commands."""
    allow_dask()
    yield
    leave_dask()


@contextmanager
def connected(address: str) -> Iterator[Team]:
    """The program's own, which loads Dask."""
    from model.study.engine.cluster import connected

    with connected(address) as team:
        yield team


@contextmanager
def a_cluster(
    folder: Path, *, workers: int, protocol: str = "tcp", **environment: str
) -> Iterator[tuple[str, list[subprocess.Popen], subprocess.Popen]]:
    """Address, workers and scheduler, each a process of its own on the loopback."""
    known = folder / "scheduler.json"
    mine = os.environ | QUIET | environment
    quiet: dict[str, Any] = {"cwd": ROOT, "env": mine, "stdout": subprocess.DEVNULL, "stderr": (folder / "log").open("wb")}
    told = ["--scheduler-file", str(known), "--no-dashboard", "--host", f"{protocol}://127.0.0.1"]
    scheduler = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", *told], **quiet)
    hands = ["--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--local-directory", str(folder)]
    team = [subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_worker", *told, *hands], **quiet) for _ in range(workers)]
    try:
        yield address_in(known), team, scheduler
    finally:
        for process in (*team, scheduler):
            process.kill()
        for process in (*team, scheduler):
            process.wait()
        quiet["stderr"].close()


def address_in(known: Path) -> str:
    end = time.monotonic() + 60
    while not known.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return str(json.loads(known.read_text(encoding="utf-8"))["address"])


def killed_after(count: int, process: subprocess.Popen) -> Callable[[str, int, int, float], None]:
    """Told of so many answers, the process is killed."""

    def tell(name: str, done: int, total: int, seconds: float) -> None:
        if done == count:
            process.kill()
            process.wait()

    return tell


def swept(folder: Path, *, cluster: str | None = None, tell: Callable[[str, int, int, float], None] = lambda *said: None) -> StoredStudy:
    return begin(CASE, question_of(CASE, DESIGN), Options(gap=1e-9), folder=folder, execution=Execution(Watch(), tell, cluster=cluster))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> StoredStudy:
    """The same study in one process."""
    return swept(tmp_path_factory.mktemp("alone") / "study")


@pytest.mark.prove
def test_a_study_loses_a_worker_then_its_scheduler_and_ends_as_one_of_one_process(alone: StoredStudy, tmp_path: Path) -> None:
    with a_cluster(tmp_path, workers=3) as (address, team, scheduler):
        whole = swept(tmp_path / "whole", cluster=address, tell=killed_after(4, team[0]))
        assert team[0].poll() is not None and team[1].poll() is None
        assert max(Counter(lines(whole.folder)).values()) == 1
        assert without_time(whole.answers) == without_time(alone.answers)
        with pytest.raises(ClusterError) as error:
            swept(tmp_path / "half", cluster=address, tell=killed_after(2, scheduler))
    assert error.value.code == "cluster_gone"
    kept = lines(tmp_path / "half")
    assert 3 <= len(kept) < len(alone.answers) and not (tmp_path / "half" / "results.nc").exists()
    ended = go_on(tmp_path / "half", KIND, execution=Execution(Watch()))
    assert lines(tmp_path / "half")[: len(kept)] == kept and max(Counter(lines(tmp_path / "half")).values()) == 1
    assert without_time(ended.answers) == without_time(alone.answers)


@pytest.mark.prove
def test_a_scheduler_that_is_killed_leaves_one_sentence(tmp_path: Path) -> None:
    """Nothing of what Dask has to say of it."""
    study = tmp_path / "half"
    with a_cluster(tmp_path, workers=2) as (address, _, scheduler):
        words = ("sweep", "toy", "--tornado", "--gap", "1e-9", "--cluster", address, "--out", str(study))
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "cli.py"), *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        wait_for(study, 3, process)
        scheduler.kill()
        said = process.communicate()[1].decode()
    assert process.returncode == 4 and f"--resume {study}" in said, said
    foreign = [line for line in said.splitlines() if "Traceback" in line or "distributed" in line or line.startswith("  File")]
    assert not foreign, said


def test_nobody_at_the_address_is_told_within_ten_seconds(tmp_path: Path) -> None:
    start = time.monotonic()
    words = ["sweep", "toy", "--tornado", "--cluster", "tcp://127.0.0.1:1", "--out", str(tmp_path / "study"), "--lang", "zh"]
    result = CliRunner().invoke(cli.main, words)
    assert time.monotonic() - start < 10
    assert result.exit_code == 2 and "tcp://127.0.0.1:1处没有Dask调度器应答" in result.stderr and result.stdout == ""
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    "address", ["nonsense", "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:99999", "http://127.0.0.1:1", "a..b:1"]
)
def test_what_is_no_address_is_refused_before_anything_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.study.engine.cluster.Client", lambda *asked, **given: pytest.fail("nobody is there to be asked"))
    for language, said in (
        ("zh", f"--cluster：“{address}”不是调度器地址；"),
        ("en", f"--cluster: '{address}' is no address of a scheduler;"),
    ):
        result = call("frontier", "toy", "--indicator", "co2", "--cluster", address, "--lang", language)
        assert result.exit_code == 2 and says(result.stderr, said) and result.stdout == ""


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "tls://[::1]:8786", "planners-pc.city.example:8786", "localhost:1"])
def test_an_address_is_taken_as_a_scheduler_prints_it(address: str) -> None:
    assert ADDRESS.convert(address, None, None) == address


def test_a_worker_with_many_threads_answers_one_scenario_at_a_time() -> None:
    from model.study.engine.cluster import answered

    busy: set[int] = set()
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda job: answered(by_itself, {}, busy, job), range(8)))


@pytest.mark.prove
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    study = tmp_path / "study"
    with a_cluster(tmp_path, workers=1) as (address, _, _):
        words = [sys.executable, "cli.py", "sweep", "toy", "--tornado", "--cluster", address, "--out", str(study)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_for(study, 3, process)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 4 and "--resume" in said and "Traceback" not in said
    assert 3 <= len(lines(study)) < 23


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "model.study.engine.cluster", raising=False)
    result = CliRunner().invoke(cli.main, ["sweep", "toy", "--tornado", "--cluster", "tcp://127.0.0.1:1"])
    assert result.exit_code == 2 and "pip install 'measures[cluster]'" in result.stderr


@pytest.mark.prove
def test_a_cluster_without_workers_and_one_with_other_programs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_cluster(tmp_path, workers=0) as (address, _, _):
        start = time.monotonic()
        with pytest.raises(ClusterError) as error, connected(address):
            pass
        assert error.value.code == "cluster_without_workers" and time.monotonic() - start < 10
    other = tmp_path / "other"
    other.mkdir()
    with a_cluster(other, workers=1, PYTHONPATH=str(ROOT / "tests")) as (address, _, _), connected(address) as team:
        monkeypatch.setattr("model.study.engine.cluster.version", lambda name: "0")
        with pytest.raises(ClusterError, match=r"numpy .*, not 0"):
            list(team(doubled_or_dead, str(tmp_path), [1]))


@pytest.mark.prove
def test_what_kills_workers_again_and_again_is_given_up(tmp_path: Path) -> None:
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "PYTHONPATH": str(ROOT / "tests")}
    with a_cluster(tmp_path, workers=4, **once) as (address, _, _), connected(address) as team:
        for job, answer in ((3, 6), (5, Lost()), (1, 2)):
            assert dict(team(doubled_or_dead, str(tmp_path), [job])) == {job: answer}


@pytest.mark.prove
@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_only_holders_of_a_certificate_speak_tls(alone: StoredStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import dask

    for command in CERTIFICATES:
        subprocess.run(["openssl", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    parts = {"ca-file": "ca.pem"} | {
        f"{who}.{what}": f"{what}.pem" for who in ("scheduler", "worker", "client") for what in ("cert", "key")
    }
    mine = {f"distributed.comm.tls.{name}": str(tmp_path / file) for name, file in parts.items()}
    theirs = {f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": file for name, file in mine.items()}
    theirs["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] = "true"
    with a_cluster(tmp_path, workers=1, protocol="tls", **theirs) as (address, _, _):
        assert address.startswith("tls://")
        with pytest.raises(ClusterError) as error, connected(address):
            pass
        assert error.value.code == "cluster_unreachable"
        with dask.config.set(mine):
            ended = swept(tmp_path / "study", cluster=address)
    assert without_time(ended.answers) == without_time(alone.answers)
