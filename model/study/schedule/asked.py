"""What an edited schedule asks: the run that wrote it, its case and options, and the amounts that are held, all checked before anything is solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from model.case.checks.amounts import amount_faults
from model.case.checks.load import sound_case
from model.case.faults import CaseFaults, Fault, Place, by_place
from model.case.parameters.day_choice import day_choice
from model.case.read.case import Case
from model.case.read.overlays import OVERLAYS
from model.report.schedule.edited import Sheets, edited_of, read_sheets
from model.results.changed import changed_cells
from model.results.origin import origin_pairs, run_hash
from model.results.run import Run, RunError, check_inputs, find_run, list_runs
from model.results.schedule import Cell, Change, Edited, Hold, changes_of, held_amounts
from model.study.solved.solved_model import Options

NAMED = frozenset({"case", "run", "hash", "created"})  # by which a run is found
Past = Literal["ask", "what-if"]


@dataclass(frozen=True)
class Asked:
    """An edited schedule against its run. `changes` are of the years that are decided, `past_changes` of those before, `held` the amounts that the
    plan keeps, {(measure, modelled year): amount} in the measures' own units. `differs` counts the inputs that the case has otherwise by now.
    Of a report, `least` has how much is a fact of each amount held that is not one whole, and `over` is the last year that is over.
    """

    run: Run
    case: Case
    options: Options
    edited: Edited
    hold: Hold
    changes: tuple[Change, ...]
    past_changes: tuple[Change, ...]
    held: Mapping[tuple[str, int], float]
    differs: int = 0
    least: Mapping[tuple[str, int], float] = field(default_factory=dict)
    over: int = 0

    @property
    def untouched(self) -> bool:
        """Whether the plan asked for is the run's own: nothing is changed, and nothing that it held is free."""
        return not self.changes and not self.past_changes and all(key in self.held for key in held_before(self.run))

    def with_held(self, amounts: Mapping[tuple[str, int], float]) -> Asked:
        """The same with other amounts held, which are then changes of the schedule too."""
        known = {(one.measure, one.year): one for one in self.edited.cells}
        nowhere = Place(self.edited.file, None, None)
        build = self.run.results["build"]
        for (k, y), amount in amounts.items():
            wrote = float(build.sel(measure=k, build_year=y))
            known[k, y] = replace(known.get((k, y)) or Cell(k, y, amount, wrote, nowhere), stands=amount)
        edited = replace(self.edited, cells=tuple(known.values()))
        return replace(self, edited=edited, changes=changes_of(edited.changed(), self.run.results), held=dict(self.held) | dict(amounts))


def asked_schedule(
    path: Path, case_with: Callable[[Sequence[str]], Case], *, runs: Path, against: str | None = None, hold: Hold = "changed", past: Past = "ask",
    gap: float | None = None, time_limit: float | None = None,
) -> Asked:  # fmt: skip
    """The schedule as it is asked, with the options of its run but for `gap` and `time_limit`, where these are given; `case_with` reads the case as it
    stands with some of its overlays.

    Raises CaseFaults with every cell that means nothing, RunError where the run is gone, of another case, or not as it was solved.
    """
    sheets, faults = read_sheets(path)
    if not sheets.schedules:
        raise CaseFaults(sorted(faults, key=by_place))
    case = case_with(())
    run = run_of(sheets, runs=runs, against=against, case=case.header.id)
    check_inputs(run)
    solved = solved_case(run)
    since = int(run.results.attrs["decide_from"])
    edited, found = edited_of(sheets, run.results)
    faults += found + origin_faults(sheets, run, against)
    faults += amount_faults(solved, [(one.measure, one.year, float(one.stands or 0.0), one.place) for one in edited.changed()])
    earlier = edited.changed(before=since)
    if past == "ask":
        faults += [Fault("past_cell_edited", one.place, f"{one.stands:g}", f"{one.wrote:g}") for one in earlier]
    if faults:
        raise CaseFaults(sorted(faults, key=by_place))
    held = held_amounts(edited, run.results, hold=hold, since=since, before=held_before(run))
    return Asked(
        run, solved, options_of(run, gap=gap, time_limit=time_limit), edited, hold, changes_of(edited.changed(since=since), run.results),
        changes_of(earlier, run.results), held, differs_from(run, solved, case, case_with),
    )  # fmt: skip


def solved_case(run: Run) -> Case:
    """The case as the run solved it."""
    return sound_case(run.inputs, run.manifest.get("changes", ()), decide_from=_stored(run).get("decide_from"), overlays=run.overlays)


def differs_from(run: Run, solved: Case, case: Case, case_with: Callable[[Sequence[str]], Case]) -> int:
    """How many cells of the case are not as they were when the run was solved."""
    try:
        own = tuple(name for name in run.overlays if (run.inputs / OVERLAYS / name).is_dir() and (case.folder / OVERLAYS / name).is_dir())
        return len(changed_cells(run.name, solved.unchanged or solved, case_with(own) if own else case))
    except CaseFaults:
        return 1


def run_of(sheets: Sheets, *, runs: Path, against: str | None, case: str) -> Run:
    """The run that wrote a schedule, by its name and hash, or by its hash alone where it was moved; with `against`, that one.

    Raises RunError where it is gone or is one of another case.
    """
    if against is not None:
        found = find_run(runs, against, case=case)
    else:
        if not sheets.origin.get("hash"):
            raise RunError("schedule_without_run", file=sheets.file)
        found = _written_by(sheets.origin, runs)
    if found.manifest["case"] != case:
        raise RunError("schedule_other_case", run=found.name, other=found.manifest["case"], case=case)
    return found


def _written_by(origin: Mapping[str, str], runs: Path) -> Run:
    known = list_runs(runs)
    named = [*_told(origin.get("run", ""), runs), *sorted(known, key=lambda run: run.name != origin.get("run"))]
    found = next((run for run in named if run_hash(run.manifest) == origin["hash"]), None)
    if found is None:
        mine = [run.name for run in known if run.manifest["case"] == origin.get("case")]
        raise RunError("schedule_run_gone", run=origin.get("run", ""), created=origin.get("created", ""), runs=runs, known=mine[-6:])
    return found


def _told(name: str, runs: Path) -> list[Run]:
    """The run in the folder that a sheet names, where it was stored elsewhere than with the others; none where the name leads out of here."""
    if not name or Path(name).is_absolute() or ".." in Path(name).parts:
        return []
    try:
        return [find_run(runs, name)]
    except RunError:
        return []


def origin_faults(sheets: Sheets, run: Run, against: str | None) -> list[Fault]:
    """Options on the sheet that are not those of its run: they are read from the run, and an edit there would be lost."""
    if against is not None:
        return []
    return [
        Fault("schedule_option", sheets.places[key], sheets.origin[key] or "-", text or "-")
        for key, text in origin_pairs(run.manifest)
        if key not in NAMED and key in sheets.origin and sheets.origin[key] != text
    ]


def held_before(run: Run) -> dict[tuple[str, int], float]:
    """What the run itself held, where it answered an edited schedule."""
    told: Any = dict(run.manifest.get("schedule") or {}).get("held", ())
    return {(one["measure"], int(one["year"])): float(one["amount"]) for one in told}


def options_of(run: Run, *, gap: float | None, time_limit: float | None) -> Options:
    """How the run was asked, with another gap and time where they are given."""
    stored = _stored(run)
    return Options(
        days=day_choice(stored.get("days")), decide_from=stored.get("decide_from"), gap=float(stored.get("gap", 1e-3)) if gap is None else gap,
        time_limit=time_limit or stored.get("time_limit") or float("inf"), dropped=frozenset(stored.get("dropped", ())),
    )  # fmt: skip


def _stored(run: Run) -> dict[str, Any]:
    return dict(run.manifest.get("options", {}))
