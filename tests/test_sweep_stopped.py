"""Sweeps over processes: workers that are lost, studies that are killed, stopped and gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import xarray as xr
from calling import ROOT
from jobs import doubled_or_dead
from stored_answers import lines, wait_for, without_time
from sweeping import swept, toy

from model.case.change.levers import chosen
from model.results.run import RunError
from model.results.study import ANSWERS, StoredStudy, answers_of, open_study
from model.study.engine.engine import Execution, go_on
from model.study.engine.workers import Lost, run_jobs
from model.study.solved.solved_model import Watch
from model.study.sweep.design import tornado
from model.study.sweep.sweep import KIND


def test_a_lost_worker_s_job_runs_elsewhere_and_one_that_kills_twice_is_given_up(tmp_path: Path) -> None:
    answers = dict(run_jobs(doubled_or_dead, str(tmp_path), [1, 2, 3, 4, 5, 6], workers=2))
    assert answers == {1: 2, 2: 4, 3: 6, 4: 8, 5: Lost(), 6: 12}


def test_workers_load_what_they_need_and_leave_nothing_behind_that_python_warns_of() -> None:
    code = (
        "from jobs import loaded; from model.study.engine.workers import run_jobs; print(next(run_jobs(loaded, None, [1, 1], workers=2)))"
    )
    places = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    said = subprocess.run([sys.executable, "-c", code], env=places, capture_output=True, text=True, check=True)
    assert said.stdout == "(1, ())\n" and said.stderr == ""


def test_answers_are_the_same_for_one_worker_and_for_two(whole: StoredStudy, tmp_path: Path) -> None:
    design = tornado(chosen(toy(), ["coal_purchase.price", "build_rooftop_sun.investment"]))
    pair = swept(design, tmp_path / "pair", workers=2)
    alone = {name: record for name, record in whole.answers.items() if name in pair.answers}
    assert len(alone) == 5
    assert without_time(pair.answers) == without_time(alone)


def started(folder: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "sweep", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


MOVED = (  # by which the toy's tornado is so long that it does not end before it is met, and no longer
    "coal_purchase.price", "heat_demand.amount", "heat_pump.electricity", "build_rooftop_sun.investment", "coal_boiler.coal",
    "close_boiler.investment", "build_heat_pump.investment",
)  # fmt: skip


def test_a_killed_study_goes_on_and_ends_as_an_unbroken_one(whole: StoredStudy, tmp_path: Path) -> None:
    study, count = tmp_path / "killed", 1 + 2 * len(MOVED)
    over = [word for number in MOVED for word in ("--over", number)]
    first = started(tmp_path, "toy", "--tornado", *over, "--gap", "1e-9", "--workers", "2", "--out", str(study))
    wait_for(study, 3, first)
    first.kill()
    first.communicate()
    kept = (study / ANSWERS).read_bytes().splitlines(keepends=True)[:3]  # how many more had come is the machine's affair
    (study / ANSWERS).write_bytes(b"".join(kept) + b'{"name":"power_purchase.price=hi')  # a line that was being written
    done = lines(study)
    assert len(done) == 3 and not (study / "results.nc").exists()
    with pytest.raises(RunError, match=r"^study_unfinished"):
        _ = open_study(study).results
    second = started(tmp_path, "--resume", str(study), "--workers", "1")
    wait_for(study, len(done) + 1, second)
    second.send_signal(signal.SIGINT)
    said = second.communicate()[1].decode()
    assert second.returncode == 4 and "--resume" in said and "Traceback" not in said
    told: list[tuple[str, int, int, float]] = []
    ended = go_on(study, KIND, execution=Execution(Watch(), lambda *said: told.append(said)))
    assert max(Counter(lines(study)).values()) == 1 and len(lines(study)) == count
    assert told[0][1:3] == (count - 1 - len(told), count - 1)
    assert without_time(ended.answers) == without_time({name: whole.answers[name] for name in ended.answers})
    assert ended.results.sizes["scenario"] == count
    # Once ended, there is nothing to do again.
    again = go_on(study, KIND, execution=Execution(Watch(), lambda *said: pytest.fail("nothing is left to do")))
    xr.testing.assert_identical(again.results, ended.results)
    (study / "inputs" / "toy" / "numbers.csv").write_text("touched", encoding="utf-8")
    with pytest.raises(RunError, match=r"^inputs_changed.*numbers.csv"):
        go_on(study, KIND, execution=Execution(Watch()))


def test_two_processes_are_not_at_one_study(whole: StoredStudy) -> None:
    lock = whole.folder / "running"
    with answers_of(whole):
        assert lock.read_text().startswith(f"{os.getpid()}, ")
        with pytest.raises(RunError, match=f"process={os.getpid()}"), answers_of(whole):
            pass
    assert not lock.exists()
    lock.write_text("1")  # left by a process that was killed; another may have its number by now
    with answers_of(whole):
        assert lock.read_text().startswith(f"{os.getpid()}, ")
    assert not lock.exists()
