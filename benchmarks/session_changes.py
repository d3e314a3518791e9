"""Thirty changes of a city answered by the live session, some of them also by the newest HiGHS from nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measured import ROOT, neither_beaten, rival, tell, timed
from model.case.change.change import Change, changed
from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.maths.build import build
from model.solve.highs import write_mps
from model.solve.matrix import Matrix, compile_matrix, shut_off
from model.study.plan.reference import Reference, reference_of
from model.study.plan.solve import get_ready
from model.study.plan.solved_model import Options, Ready, Watch, search_matrix

of_each, gap, seconds_at_most = 5, 1e-3, 1800.0
FACTORS = {"investment": 1.25, "potential": 1.25, "price": 1.15, "amount": 1.03, "value": 1.05}


def main(city: str, days: int, cold: int) -> None:
    reference = reference_of(read_case(ROOT / "data" / city), Options(days=days))
    asked = list(changes(reference.ready.case))
    apart = len(asked) // cold if cold else len(asked) + 1
    told = [_answered(reference, kind, change, cold=place % apart == apart // 2) for place, (kind, change) in enumerate(asked)]
    tell({"changes": told})


def changes(case: Case) -> Iterator[tuple[str, Change | str]]:
    """A kind with a change, or with the target to drop."""
    for table, quantity in (("measures", "investment"), ("measures", "potential"), ("markets", "price"), ("demands", "amount")):
        ids = {row.id for row in case.tables[table]}
        rows = {row.item: row for row in case.tables["numbers"] if row.item in ids and row.quantity == quantity and row.value}
        for item in _spread(sorted(rows)):
            yield quantity, Change(item, quantity, rows[item].year, rows[item].value * FACTORS[quantity], "")
    targets = {row.id: row for row in case.tables["targets"] if row.value}
    for item in _spread(sorted(targets)):
        yield "target", Change(item, "value", None, targets[item].value * FACTORS["value"], "")
    for item in _spread(sorted(targets)):
        yield "dropped target", item


def _spread(names: list[str]) -> list[str]:
    return [names[round(place * (len(names) - 1) / (of_each - 1))] for place in range(of_each)]


def _answered(reference: Reference, kind: str, change: Change | str, *, cold: bool) -> dict[str, object]:
    seconds: dict[str, float] = {}
    with timed(seconds, "made"):
        ready = _ready(reference, change)
        matrix = compile_matrix(build(parameters(ready.case, ready.scope)))
    with timed(seconds, "ours"):
        ours = search_matrix(matrix, ready.options, Watch(), name="plan", like=reference.plan)
    record = {"kind": kind, "change": str(change), "status": ours.status, **seconds}
    if cold:
        theirs = _searched(shut_off(matrix, ours.shut))
        agree = ours.status != "optimal" or neither_beaten({"objective": ours.objective, "bound": ours.bound}, theirs)
        record |= {"highs": theirs["seconds"]["run"], "agree": ours.status == theirs["status"] and agree}
    return record


def _searched(matrix: Matrix) -> dict[str, Any]:
    """The same matrix by the newest HiGHS from nothing, from its MPS file."""
    with TemporaryDirectory() as folder:
        write_mps(matrix, Path(folder) / "plan.mps")
        return rival(Path(folder) / "plan.mps", "search", gap=gap, seconds_at_most=seconds_at_most)["search"]


def _ready(reference: Reference, change: Change | str) -> Ready:
    if isinstance(change, str):
        dropped = frozenset({change})
        ready = reference.ready
        return replace(ready, options=replace(ready.options, dropped=dropped), scope=replace(ready.scope, dropped=dropped))
    return get_ready(changed(reference.ready.case, [change]), reference.ready.options, Watch(), like=reference.ready)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
