"""Edited schedules made up from a run: moves, drops, additions, parts and nonsense, written as sheets, asked, and held against a program of one's own."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.case.faults import CaseFaults
from model.case.parameters import parameters
from model.case.read.case import Case, read_case
from model.report.pages.page import Page, Report
from model.report.schedule.run_table import run_table
from model.report.tables import build_schedule, unused_measures
from model.report.writers.tables_csv import write_csv
from model.results.run import Run
from model.results.schedule import Hold
from model.solve.highs import Solver
from model.solve.matrix import Matrix
from model.study.program.edits import none_short
from model.study.schedule.answer import Refusal, refusal, repaired
from model.study.schedule.asked import Asked, Past, asked_schedule
from model.study.schedule.held import HeldPlan
from model.study.solved.solved_model import NoPlan, Ready, SolvedModel, Watch, matrix_of, search_matrix

ease = 1e-6
KINDS = ("moved", "dropped", "added", "part", "nonsense")
Cells = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Made:
    """An edit made up: cells (measure, year) with the text put into them; `nonsense` means nothing, and is refused with its address."""

    kind: str
    cells: Cells

    @property
    def nonsense(self) -> bool:
        return self.kind == "nonsense"


def held_plan(asked: Asked, ready: Ready) -> SolvedModel | Refusal:
    """The plan that holds an edited schedule, or why there is none, stored nowhere; `ready` is that of the run's case."""
    ready = replace(ready, options=asked.options)
    try:
        return HeldPlan(asked.run, asked.held).plan(ready, Watch())
    except NoPlan as error:
        if error.status != "infeasible" or not asked.held:
            raise
        return refusal(asked, ready, Watch())


def as_csv(run: Run, folder: Path, language: str = "en") -> Path:
    """The schedule of a run as a folder of tables, without the rest of its report."""
    tables = {"build-schedule": build_schedule(run.results, language), "unused-measures": unused_measures(run.results, language)}
    pages = [Page("schedule", tables), Page("run_sheet", {"run": run_table(run.manifest, language)})]
    write_csv(folder, Report("", "", language, pages))
    return folder


def with_cells(source: Path, target: Path, cells: Cells) -> Path:
    """A copy of a folder of tables with these cells filled in otherwise."""
    target.mkdir()
    for path in source.iterdir():
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        heading = rows[0]
        for row in rows[1:]:
            for (k, year), text in cells.items():
                column = next((at for at, name in enumerate(heading) if name[-4:] == str(year)), None)
                if row[-1] == k and column is not None and "Id" in heading:
                    row[column] = text
        with (target / path.name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    return target


def made_up(run: Run, case: Case, count: int, seed: int = 0) -> Iterator[Made]:
    """So many edits, of each kind in turn."""
    chance, since = random.Random(seed), int(run.results.attrs["decide_from"])
    build = run.results["build"].transpose("measure", "build_year")
    years = [int(y) for y in build["build_year"].values]
    open_years = [y for y in years if y >= since]
    amounts = {
        k: dict(zip(years, row, strict=True)) for k, row in zip(build["measure"].values.tolist(), build.values.tolist(), strict=True)
    }
    whole = {row.id for row in case.tables["measures"] if row.whole}
    taken = [k for k in amounts if any(amounts[k][y] > 1e-4 for y in open_years)]
    for place in range(count):
        kind = KINDS[place % len(KINDS)]
        k = chance.choice(list(amounts) if kind == "added" else taken)
        largest = max(open_years, key=lambda y: amounts[k][y])
        amount = amounts[k][largest]
        scale, other = _scale(run, k), chance.choice([y for y in open_years if y != largest] or open_years)
        shown = {y: f"{amounts[k][y] * scale:.9g}" for y in open_years}
        match kind:
            case "moved":
                cells = {(k, largest): "0", (k, other): f"{(amounts[k][other] + amount) * scale:.9g}"}
            case "dropped":
                cells = {(k, y): "0" for y in open_years if amounts[k][y] > 1e-4}
            case "added":
                step = _unit(case, k) if k in whole else max(max(amounts[k].values()), 0.01) * chance.choice((0.25, 0.5, 1.0))
                cells = {(k, other): f"{(amounts[k][other] + step) * scale:.9g}"}
            case "part":
                step = _unit(case, k) * chance.choice((-1, 1)) if k in whole else amount * chance.choice((-0.5, -0.1, 0.1, 0.3))
                cells = {(k, largest): f"{max(0.0, amount + step) * scale:.9g}"}
            case _:
                text = chance.choice(
                    ("soon", "-1", "#REF!", "1_0", "1e30", "50%", f"{_unit(case, k) * 0.5 * scale:.9g}" if k in whole else "ca. 3")
                )
                cells = {(k, largest): text}
        assert shown
        yield Made(kind, cells)


def _scale(run: Run, k: str) -> float:
    from model.report.display import attributes
    from model.report.units import display_unit

    return display_unit(str(attributes(run.results, "measure", "measure_unit")[k]), "en")[1]


def _unit(case: Case, k: str) -> float:
    from model.case.parameters.numbers import Numbers

    return Numbers(case, ()).constant("measures", k, "unit_size", missing=1.0)


def asked_of(run: Run, path: Path, hold: Hold = "changed", past: Past = "ask") -> Asked:
    """What an edited schedule asks, of the run's own case."""
    return asked_schedule(
        path,
        lambda overlays: read_case(run.inputs, overlays=overlays),
        runs=run.folder.parent.parent,
        against=str(run.folder),
        hold=hold,
        past=past,
    )


def answered_rightly(run: Run, ready: Ready, source: Path, folder: Path, made: Made) -> str:
    """How an edit was answered, after all that can be said of the answer holds: refused with its cells' addresses, held exactly at the cost of an
    independent program, or impossible there too, with a repair that can be."""
    path = with_cells(source, folder, made.cells)
    try:
        asked = asked_of(run, path)
    except CaseFaults as error:
        places = " ".join(str(fault.place.column) for fault in error.faults)
        assert all(f"{k} {year}" in places for k, year in made.cells) or not made.nonsense, places
        assert {str(fault.place.file) for fault in error.faults} <= {"build-schedule.csv", "unused-measures.csv"}
        return f"refused: {error.faults[0].code}"
    assert not made.nonsense, made
    if asked.untouched:
        return "untouched"
    plan = held_plan(asked, ready)
    if isinstance(plan, Refusal):
        return impossible(run, ready, asked, plan)
    return held_exactly(run, ready, asked, plan)


def held_exactly(run: Run, ready: Ready, asked: Asked, plan: SolvedModel) -> str:
    build = plan.solved.decisions["build"]
    for (k, year), amount in asked.held.items():
        assert abs(float(build.sel(measure=k, build_year=year)) - amount) <= 2 * ease * max(1.0, abs(amount)), (k, year, amount)
    other = search_matrix(fixed(run, ready, asked.held), replace(ready.options, gap=asked.options.gap), Watch(), name="plan")
    assert len(other.x), other.status
    room = 1e-6 * max(1.0, abs(other.objective))
    assert plan.solution.bound <= other.objective + room
    assert other.bound <= plan.solution.objective + room
    return f"held: {plan.solution.objective - float(run.manifest['objective']):+.4f}, of its own {other.objective - float(run.manifest['objective']):+.4f}"


def impossible(run: Run, ready: Ready, asked: Asked, refused: Refusal) -> str:
    """No program of its own has a plan either, relaxed where it can be asked so; the repair has one, and touches only what is held."""
    relaxed = replace(fixed(run, ready, asked.held), integer=np.zeros(len(fixed(run, ready, {}).cost), dtype=bool))
    crossing = (relaxed.lower > relaxed.upper).any()
    parts = crossing or Solver(relaxed).relax().status == "infeasible"
    if not parts:
        whole = search_matrix(fixed(run, ready, asked.held), replace(ready.options, gap=1e-2), Watch(), name="plan")
        assert not len(whole.x)
    given = {(one.measure, one.year) for one in refused.clash.given}
    assert given and given <= asked.held.keys()
    plan = HeldPlan(run, repaired(asked, refused.clash)).plan(ready, Watch())
    return f"impossible: {len(given)} give, repaired {plan.solution.objective - float(run.manifest['objective']):+.4f}"


def fixed(run: Run, ready: Ready, held: Mapping[tuple[str, int], float]) -> Matrix:
    """The program of the case, compiled anew, with these builds between bounds of their own; targets that the run eases may give as much."""
    matrix = none_short(matrix_of(parameters(ready.case, ready.scope), Watch(), history=ready.scope.history))
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    slack = run.results.get("slack")
    for place, (component, index) in enumerate(matrix.columns):
        if component == "Build" and index in held:
            room = ease * max(1.0, abs(held[index]))  # type: ignore[index]
            lower[place], upper[place] = max(lower[place], held[index] - room), min(upper[place], held[index] + room)  # type: ignore[index]
        elif component == "Slack" and slack is not None and isinstance(index, tuple):
            given = float(slack.sel(target=index[0], year=index[1]))
            upper[place] = max(upper[place], given * (1 + ease) + ease) if given > ease else upper[place]
    return replace(matrix, lower=lower, upper=upper)
