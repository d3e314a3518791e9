"""A city's sweep of mixed kind over workers, with what each worker's memory does; some scenarios also by the newest HiGHS from nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.measured import ROOT, neither_beaten, peak_gigabytes, resident_gigabytes, rival, tell, timed
from benchmarks.session_changes import changes
from model.case.change.change import Change
from model.case.change.levers import chosen
from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.maths.build import build
from model.solve.highs import write_mps
from model.solve.matrix import compile_matrix
from model.study.engine.scenario import Scenario, Study, answer
from model.study.engine.workers import run_jobs
from model.study.plan.solve import get_ready
from model.study.plan.solved_model import Options, Watch
from model.study.sweep.design import sampled
from model.study.sweep.sweep import study_of

gap, seconds_at_most = 1e-3, 3600.0
warmed_after = 5
KINDS, SAMPLED = ("investment", "potential", "price", "amount", "target", "dropped target"), "Latin hypercube"


def main(city: str, days: int, workers: int, samples: int, cold: int) -> None:
    case, seconds = read_case(ROOT / "data" / city), dict[str, float]()
    with timed(seconds, "reference"):
        study = study_of(case, Options(days=days, gap=gap), Watch())
    scenarios = mixed(case, samples)
    with timed(seconds, "ours"):
        records = {one.name: record for one, record in run_jobs(measured_answer, study, scenarios, workers=workers)}
    core = mean(record["core"] for record in records.values())
    print(
        f"{city}: {len(records)} scenarios in {seconds['ours']:.0f} s, {core:.1f} core s each; now cold ones", file=sys.stderr, flush=True
    )
    apart = max(1, len(scenarios) // max(1, cold))
    picked = scenarios[apart // 2 :: apart][:cold]
    told = [_against(records[one.name], theirs) for one, theirs in run_jobs(cold_answer, study, picked, workers=workers)]
    tell({
        "scenarios": len(scenarios), "reference_seconds": seconds["reference"], "seconds": seconds["ours"],
        "core": core, "cold": told, "memory": _memory(records),
        "parts": _parts(records), "kinds": _kinds(records),
    })  # fmt: skip


def mixed(case: Case, samples: int) -> list[Scenario]:
    """Thirty single changes of six kinds, then a Latin hypercube over costs and prices."""
    single = [
        Scenario(f"{kind} {change if isinstance(change, str) else change.text}", (), (change,) if isinstance(change, Change) else (), (change,) if isinstance(change, str) else ())
        for kind, change in changes(case)
    ]  # fmt: skip
    return [*single, *sampled("lhs", chosen(case, ("*.investment", "*.price")), samples, seed=1).scenarios]


def measured_answer(study: Study, scenario: Scenario) -> dict[str, Any]:
    """A scenario's record, with its core seconds, the seconds of its parts, and the worker's memory after it."""
    watch, start = Watch(), process_time()
    record = answer(study, scenario, watch=watch)
    return record | {
        "core": process_time() - start, "parts": dict(watch.clock.seconds), "worker": os.getpid(), "resident": resident_gigabytes(),
        "peak": peak_gigabytes(),
    }  # fmt: skip


def cold_answer(study: Study, scenario: Scenario) -> dict[str, Any]:
    """The same scenario's MPS file by the newest HiGHS from nothing, on one thread: core seconds relaxed both ways, and by branch and bound."""
    ready = get_ready(scenario.of(study.reference.ready.case), study.options_of(scenario), Watch(), like=study.reference.ready)
    with TemporaryDirectory() as folder:
        mps = Path(folder) / "plan.mps"
        write_mps(compile_matrix(build(parameters(ready.case, ready.scope))), mps)
        found = rival(mps, "simplex", "ipx", "search", threads=1, gap=gap, seconds_at_most=seconds_at_most)
    searched = found["search"]
    relaxed = min(found[way]["core"] for way in ("simplex", "ipx"))
    return {
        "name": scenario.name,
        "highs": searched["core"],
        "relaxed": relaxed,
        **{what: searched[what] for what in ("status", "objective", "bound")},
    }


def _against(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Theirs, and whether the two agree: one status, neither bound above the other's plan."""
    both = ours["status"] in ("optimal", "unserved") and theirs["status"] == "optimal"
    alike = both or ours["status"] == theirs["status"] or theirs["status"] == "time_limit"
    return theirs | {"agree": alike and (not both or neither_beaten(ours, theirs))}


def _memory(records: dict[str, dict[str, Any]]) -> list[tuple[float, float, float, int]]:
    """Of each worker: gigabytes once it has warmed up, at the end, at most; how many scenarios it answered."""
    found: dict[int, list[dict[str, Any]]] = {}
    for record in records.values():
        found.setdefault(record["worker"], []).append(record)
    return [
        (told[min(warmed_after, len(told)) - 1]["resident"], told[-1]["resident"], max(one["peak"] for one in told), len(told))
        for told in found.values()
    ]


def _kinds(records: dict[str, dict[str, Any]]) -> dict[str, tuple[int, float]]:
    """Of each kind of scenario: how many, and mean core seconds. What is sampled has a number for a name."""
    found: dict[str, list[float]] = {}
    for name, record in records.items():
        kind = SAMPLED if name.isdigit() else next(kind for kind in KINDS if name.startswith(kind))
        found.setdefault(kind, []).append(record["core"])
    return {kind: (len(told), mean(told)) for kind, told in found.items()}


def _parts(records: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Mean seconds of each part of a scenario, the rest being what no part counts."""
    names = sorted({name for record in records.values() for name in record["parts"]})
    parts = {name: mean(record["parts"].get(name, 0.0) for record in records.values()) for name in names}
    return parts | {"rest": mean(record["seconds"] for record in records.values()) - sum(parts.values())}


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:6]))
