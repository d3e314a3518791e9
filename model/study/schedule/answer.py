"""An edited schedule answered: the plan that holds it, stored as a run with what it costs and moves; or why it cannot be held, with the least repair."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.case.checks.load import sound_case
from model.case.read.case import Case
from model.case.read.overlays import OVERLAYS
from model.results.run import INPUTS, Run, RunError
from model.results.schedule import Amounts
from model.results.schedule_answer import (
    EditClash,
    Given,
    ScheduleAnswer,
    cost_over,
    held_records,
    lost_targets,
    money_moves,
    other_decisions,
    shortfalls_of,
    target_moves,
)
from model.study.plan.solve import SolvedCase
from model.study.runs.run import hand_over
from model.study.schedule.actuals import actuals_table
from model.study.schedule.asked import Asked, held_before
from model.study.schedule.clash import edit_clash, facts_clash
from model.study.schedule.coupled import Facts
from model.study.schedule.held import HeldPlan
from model.study.schedule.reported import ReportedPlan
from model.study.solved.solved_model import NoPlan, Options, Progress, Ready, SolvedModel, Watch

WHAT_IF = "schedule-what-if"  # the overlay of a run whose past is not the recorded one


@dataclass(frozen=True)
class Refusal:
    """Why a schedule cannot be held, and what its least repair costs over the run, None where that was not found."""

    clash: EditClash
    cost: tuple[float, float, float] | None


def answer_schedule(
    asked: Asked, *, folder: Path | None, runs: Path, language: str, progress: Progress | None = None, give: bool = False
) -> Run | Refusal:  # fmt: skip
    """The run that holds what is asked; or why it cannot be. With `give`, what is held is a fact, and targets give where they must. Raises NoPlan where neither is found, RunError as `hand_over` does."""
    with _case_of(asked) as (case, options):
        reported = ReportedPlan(asked.run, asked.held, asked.least, asked.over)
        planner = reported if give else HeldPlan(asked.run, asked.held)
        try:
            run, _ = hand_over(
                case, options, folder=folder, runs=runs, changes=tuple(asked.run.manifest.get("changes", ())), language=language, progress=progress,
                planner=planner.plan, also=lambda outcome, manifest: _told(asked, outcome, manifest, reported.eased),
            )  # fmt: skip
            return run
        except NoPlan as error:
            if error.status != "infeasible" or error.ready is None or not asked.held:
                raise
            watch = Watch(say=progress) if progress else Watch()
            if give:
                return Refusal(
                    facts_clash(
                        asked.run,
                        error.ready,
                        {key: one for key, one in asked.held.items() if key not in asked.least},
                        watch,
                        kept=Facts(asked.held, asked.over),
                    ),
                    None,
                )
            return refusal(asked, error.ready, watch)


def refusal(asked: Asked, ready: Ready, watch: Watch) -> Refusal:
    """Why a schedule cannot be held. Raises NoPlan where there is no plan whatever gives."""
    build = asked.run.results["build"]
    wrote = {key: float(build.sel(measure=key[0], build_year=key[1])) for key in asked.held}
    clash, plan = edit_clash(asked.run, ready, asked.held, wrote, watch)
    return Refusal(clash, None if plan is None else _cost(asked, plan))


def repaired(asked: Asked, clash: EditClash) -> dict[tuple[str, int], float]:
    """{(measure, year): amount} of the schedule with its repair accepted: what is held, where it need not give."""
    return dict(asked.held) | {(one.measure, one.year): one.can_be for one in clash.given}


def _told(asked: Asked, outcome: SolvedCase, manifest: Mapping[str, Any], eased: Amounts) -> dict[str, Any]:
    """What the manifest of the answer says of its edits, with what of them is held otherwise (`eased`)."""
    given = tuple(
        Given(k, y, asked.held.get((k, y), 0.0), amount) for (k, y), amount in eased.items() if amount < asked.held.get((k, y), 0.0)
    )
    asked = asked.with_held(eased) if eased else asked
    run, now = asked.run, outcome.results
    lost = lost_targets(run.manifest["targets"], manifest["targets"])
    value, low, high = _cost(asked, outcome.plan, lost=bool(lost))
    payers, years = money_moves(run.results, now)
    answer = ScheduleAnswer(
        run.name, asked.edited.file, asked.hold, bool(asked.past_changes), asked.changes, asked.past_changes, held_records(asked.held), asked.edited.absent,
        value, low, high, shortfalls_of(run.results), shortfalls_of(now), target_moves(run.manifest["targets"], manifest["targets"]),
        other_decisions(run.results, now, asked.held), payers, years, lost, given, asked.over, asked.edited.absent_years,
    )  # fmt: skip
    late = (
        {"status": "out_of_reach", "accepted": False}
        if (lost or run.manifest["status"] == "out_of_reach") and manifest["status"] == "optimal"
        else {}
    )
    return {"schedule": answer.record(), **late}


def _cost(asked: Asked, plan: SolvedModel, *, lost: bool = False) -> tuple[float, float, float]:
    manifest, before = asked.run.manifest, held_before(asked.run)
    own = not lost and not asked.past_changes and not manifest.get("foresight") and not manifest.get("relaxed")
    kept = all(asked.held.get(key) == amount for key, amount in before.items())
    return cost_over(manifest, plan.cost, nested=own and kept)


@contextmanager
def _case_of(asked: Asked) -> Iterator[tuple[Case, Options]]:
    """The case that is solved: the run's own; with another past, that past laid over a copy of it, which stays with the new run."""
    if not asked.past_changes:
        yield asked.case, asked.options
        return
    if asked.run.inputs.is_file():
        raise RunError("schedule_past_workbook", run=asked.run.name)
    with tempfile.TemporaryDirectory() as place:
        inputs = Path(place) / INPUTS
        shutil.copytree(asked.run.folder / INPUTS, inputs)
        own = inputs / asked.run.inputs.name
        name, number = WHAT_IF, 2
        while (own / OVERLAYS / name).exists():
            name, number = f"{WHAT_IF}-{number}", number + 1
        (own / OVERLAYS / name).mkdir(parents=True)
        (own / OVERLAYS / name / "actuals.csv").write_text(actuals_table(_past_rows(asked)), encoding="utf-8")
        case = sound_case(
            own, asked.run.manifest.get("changes", ()), decide_from=asked.options.decide_from, overlays=(*asked.run.overlays, name)
        )
        yield case, asked.options


def _past_rows(asked: Asked) -> Sequence[Mapping[str, Any]]:
    """Rows of `actuals` for each measure whose past is changed, all its years, in its own unit: a year without a row would count as one of nothing."""
    units, since = {row.id: row.unit for row in asked.case.tables["measures"]}, int(asked.run.results.attrs["decide_from"])
    build, spans = asked.run.results["build"], asked.run.results["span_years"]
    rows = []
    for change in asked.past_changes:
        for y in (int(y) for y in build["build_year"].values if y < since):
            amount = change.amounts[y][1] if y in change.amounts else float(build.sel(measure=change.measure, build_year=y))
            for year in range(y - int(spans.sel(year=y)) + 1, y + 1):
                told = {"value": amount if year == y else 0.0, "unit": units[change.measure], "status": "derived"}
                rows.append({"measure": change.measure, "year": year, **told, "source": f"what if: {asked.edited.file}"})
    return rows
