"""A long sweep of a city: killed at a third and at two thirds it ends as an unbroken one, and its workers do not grow (long)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import mean

import psutil
import pytest
from calling import ROOT
from stored_answers import lines, without_time

from model.case.change.levers import levers
from model.case.parameters import parameters, plan_scope
from model.case.read.case import read_case
from model.results.study import open_study

scenarios, workers = 500, 2
most_growth, seconds_allowed = 1.05, 7200.0
sample_seconds, least_gigabytes = 2.0, 0.1


def run(study: Path, *words: str, until: float = float("inf")) -> tuple[int | None, list[list[float]]]:
    """The sweep run to its end, or killed once it has so many answers: its exit code, and the workers' gigabytes as time goes by."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "sweep", *words, "--workers", str(workers)], stdout=subprocess.DEVNULL
    )
    grown: dict[int, list[float]] = {}
    end = time.monotonic() + seconds_allowed
    while process.poll() is None and time.monotonic() < end:
        done = len(lines(study)) - 1
        with suppress(psutil.NoSuchProcess):
            for worker in psutil.Process(process.pid).children():
                grown.setdefault(worker.pid, []).append(worker.memory_info().rss / 1e9)
        if done >= until:
            process.kill()
        time.sleep(sample_seconds)
    process.kill()
    return process.wait(), [told for told in grown.values() if max(told) > least_gigabytes]


def investments_of_the_plan_alone() -> list[str]:
    """Measures that the usual baseline cannot take: it need not be solved again when their investment moves, which halves the time."""
    case = read_case(ROOT / "data" / "chengde")
    usual = parameters(case, replace(plan_scope(case, days=1), measures="usual", targets=False))
    closed = set(usual["measure"].values[(usual["build_upper"] <= 0).all("build_year").values].tolist())
    return sorted(one.name for one in levers(case) if one.name.removesuffix(".investment") in closed)


@pytest.mark.prove
def test_a_long_sweep_killed_twice_ends_as_an_unbroken_one(tmp_path: Path) -> None:
    over = [word for name in investments_of_the_plan_alone() for word in ("--over", name)]
    assert len(over) > 200
    words = ["chengde", "--lhs", str(scenarios), *over, "--days", "1", "--gap", "5e-3"]
    unbroken, broken = tmp_path / "unbroken", tmp_path / "broken"
    code, grown = run(unbroken, *words, "--out", str(unbroken))
    assert code == 0
    run(broken, *words, "--out", str(broken), until=scenarios / 3)
    first = lines(broken)
    run(broken, "--resume", str(broken), until=scenarios * 2 / 3)
    second = lines(broken)
    code, _ = run(broken, "--resume", str(broken))
    assert code == 0
    names = lines(broken)
    assert scenarios / 3 <= len(first) < len(second) < len(names) == scenarios + 1
    assert names[: len(first)] == first and names[: len(second)] == second and max(Counter(names).values()) == 1
    assert without_time(open_study(broken).answers) == without_time(open_study(unbroken).answers)
    for told in grown:
        early, late = (mean(part) for part in (told[len(told) // 5 : 2 * len(told) // 5], told[-len(told) // 5 :]))
        print(f"worker: {early:.2f} GB early, {late:.2f} GB late, {max(told):.2f} GB at most")
        assert late <= most_growth * early
