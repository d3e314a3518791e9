"""Progress reported on forms, held against the run that wrote them: how each task stands, the plan that holds it, and what of it is a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from model.case.checks.amounts import amount_faults
from model.case.faults import CaseFaults, CodedError, Fault, Place, by_place
from model.case.read.case import Case
from model.report.schedule.edited import Sheets
from model.report.schedule.progress_form import progress_report
from model.report.schedule.progress_read import entries_of, form_date, no_heading, read_form
from model.report.writers.workbook import write_workbook
from model.results.names import own_name
from model.results.progress import Entry, held, last_over, standing, tasks
from model.results.run import Run, check_inputs
from model.results.schedule import Cell, Edited, changes_of
from model.study.schedule.actuals import Built, Records, checked_records
from model.study.schedule.asked import Asked, differs_from, held_before, options_of, origin_faults, run_of, solved_case

Overlaid = Callable[[Sequence[str]], Case]


@dataclass(frozen=True)
class Tracked:
    """Progress as of a day, with what the rest of the plan is asked: the schedule as reported. `case` is the case as it stands by now, for records."""

    on: date
    entries: tuple[Entry, ...]
    case: Case
    asked: Asked

    @property
    def moved(self) -> bool:
        """Whether anything is reported otherwise than planned."""
        return bool(self.asked.changes)

    @property
    def reported(self) -> bool:
        """Whether anything is reported at all."""
        return any(standing(one, self.on) != "unreported" for one in self.entries)


def tracked(
    paths: Sequence[Path], case_with: Overlaid, *, runs: Path, against: str | None = None, on: date | None = None, gap: float | None = None,
    time_limit: float | None = None,
) -> Tracked:  # fmt: skip
    """What the forms report, checked, against the one run that wrote them all; `on` is the day that counts where it is not the form's own.

    Raises CaseFaults with every cell that means nothing, CodedError where the forms are of several runs or no day is known, RunError as `run_of` does.
    """
    forms, faults = _read(paths)
    case = case_with(())
    found = [run_of(form, runs=runs, against=against, case=case.header.id) for form in forms]
    if len({run.folder for run in found}) > 1:
        raise CodedError("forms_of_several_runs", runs=list(dict.fromkeys(run.name for run in found)))
    run = found[0]
    check_inputs(run)
    solved = solved_case(run)
    day, more = _day(forms, on)
    entries, unread = entries_of(forms, run.results, day)
    faults += [*more, *unread, *(fault for form in forms for fault in origin_faults(form, run, against))]
    plan = held(entries, run.results, on=day)
    cells = [
        Cell(k, year, amount, float(run.results["build"].sel(measure=k, build_year=year)), _place(entry, year))
        for (k, year), (amount, entry) in plan.stands.items()
    ]
    faults += amount_faults(solved, [(one.measure, one.year, float(one.stands or 0.0), one.place) for one in cells])
    if faults:
        raise CaseFaults(sorted(faults, key=by_place))
    since = int(run.results.attrs["decide_from"])
    before = {key: amount for key, amount in held_before(run).items() if key[1] >= since}
    edited = Edited(", ".join(form.file for form in forms), tuple(cells))
    asked = Asked(
        run, solved, options_of(run, gap=gap, time_limit=time_limit), edited, "reported", changes_of(cells, run.results), (), before | dict(plan.amounts),
        differs_from(run, solved, case, case_with), plan.least, last_over(day),
    )  # fmt: skip
    return Tracked(day, entries, case, asked)


def _read(paths: Sequence[Path]) -> tuple[list[Sheets], list[Fault]]:
    forms, faults = list[Sheets](), list[Fault]()
    for path in paths:
        form, found = read_form(path)
        faults += found
        forms += [form] if form.schedules else []
        if not form.schedules and not found:
            faults.append(no_heading(form))
    if not forms:
        raise CaseFaults(sorted(faults, key=by_place))
    return forms, faults


def _day(forms: Sequence[Sheets], on: date | None) -> tuple[date, list[Fault]]:
    days, faults = list[date](), list[Fault]()
    for form in forms:
        day, found = form_date(form)
        days += [day] if day is not None else []
        faults += found if on is None else []
    if on is None and not days and not faults:
        raise CodedError("form_without_date", file=forms[0].file)
    return on or max(days, default=date.min), faults


def _place(entry: Entry, year: int) -> Place:
    return entry.place if year == entry.task.year else entry.expected_place if entry.expected is not None else entry.date_place


def write_form(run: Run, out: Path, *, on: date, until: int | None, language: str) -> int:
    """The form of a run as a workbook: what must be begun, or comes into force, up to `until`, by default the year after the day; how many rows it has.

    Raises RunError where `out` exists, CodedError where nothing is to be done by then.
    """
    last = on.year + 1 if until is None else until
    rows = tasks(run.results, until=last)
    if not rows:
        raise CodedError("nothing_to_report", run=run.name, year=last)
    with own_name([out]) as target:
        write_workbook(target, progress_report(rows, run.results, run.manifest, language, on=on, until=last))
    return len(rows)


def records_of_forms(found: Tracked) -> Records:
    """What was done up to the day, as rows of `actuals`: each amount in the year of its task, or in that of its date where it came before.

    Raises CaseFaults where an amount has no date or source, or cannot be a record; CodedError where nothing is told.
    """
    faults, made = list[Fault](), dict[tuple[str, int], Built]()
    units = {row.id: row.unit for row in found.case.tables["measures"]}
    known = {(row.measure, row.year): row.value for row in found.case.tables["actuals"]}
    for entry in found.entries:
        task = entry.task
        said = entry.done is not None or entry.state == "finished"
        if not said or (not entry.got and task.year > last_over(found.on)):
            continue
        if not entry.source:
            faults.append(Fault("actual_without_source", entry.place, f"{entry.got:g}", "-"))
        elif entry.date is None:
            faults.append(Fault("actual_without_date", entry.date_place, "-", found.on.isoformat()))
        else:
            year = min(task.year, entry.date.year)
            other = made.get((task.measure, year))
            row = Built(
                task.measure, year, known.get((task.measure, year)), float(f"{entry.got:.9g}"), units.get(task.measure, ""),
                f"{entry.source} ({entry.date.isoformat()})", entry.place,
            )  # fmt: skip
            made[task.measure, year] = (
                row if other is None else replace(other, value=other.value + row.value, source=f"{other.source}; {row.source}")
            )
    nothing = CodedError("nothing_done", file=found.asked.edited.file)
    return checked_records(found.case, found.asked.run, list(made.values()), faults, nothing=nothing)
