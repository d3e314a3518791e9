"""A progress form read back: rows found by their headings in any language, by id and year, and every cell that means nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import xarray as xr

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.grids import Grid, read_grids
from model.case.units.date_text import date_of
from model.report.display import attributes, spans, tidy
from model.report.schedule.edited import FREE, Sheets, amount_of, origin_of, plain_years, run_titles
from model.report.schedule.progress_form import COLUMNS, FORM_DATE
from model.report.schedule.run_table import RUN_TABLE
from model.report.units import display_unit
from model.report.words import languages, word
from model.results.progress import STATES, Entry, State, Task, all_of_it, tasks

NEEDED = frozenset({"_id", "unit", "in_force", "progress_done"})
SCHEDULE = frozenset({"_id", "unit", "total"})  # headings by which a build schedule is known
times_doubted, times_refused = 10.0, 100.0  # of what is planned, estimates: no unit as shown is nearer to its neighbour than ten times
FILLED = ("progress_done", "progress_state", "progress_expected", "progress_reason", "built_source")
most_year = 9999


def read_form(path: Path) -> tuple[Sheets, list[Fault]]:
    """All sheets of a form, a workbook or CSV; bureaus may have renamed theirs, so that titles say nothing but which is the run's."""
    grids, faults = read_grids(path, lambda title: True, lambda stem: stem == RUN_TABLE)
    runs = run_titles()
    run = next((grid for title, grid in grids.items() if title.strip() in runs), None)
    origin, places = origin_of(run) if run is not None else ({}, {})
    form = Sheets(path.name, tuple(grid for title, grid in grids.items() if title.strip() not in runs), origin, places)
    if _has_row(form, NEEDED) or not _has_row(form, SCHEDULE):
        return form, faults
    return replace(form, schedules=()), [
        *faults,
        Fault("progress_schedule", Place(path.name, None, None), path.name, ", ".join(word("progress", one) for one in languages())),
    ]


def _has_row(form: Sheets, names: Collection[str]) -> bool:
    """Whether a row of a sheet has all these headings, in any language."""
    wanted = [{word(name, one).casefold() for one in languages()} for name in names]
    rows = ({text.casefold() for text in line} for grid in form.schedules for line in grid.lines)
    return any(all(row & one for one in wanted) for row in rows)


def no_heading(form: Sheets) -> Fault:
    """That no sheet of a form has its row of headings."""
    return Fault("progress_heading", Place(form.file or "-", None, None), "-", ", ".join(word("_id", one) for one in languages()))


def entries_of(forms: Sequence[Sheets], results: xr.Dataset, on: date) -> tuple[tuple[Entry, ...], list[Fault]]:
    """What the forms report as of a day, in the order of their rows."""
    reader = _Reader(results, on)
    for form in forms:
        headed = False
        for grid in form.schedules:
            headed |= reader.read(grid)
        if not headed:
            reader.faults.append(no_heading(form))
    return tuple(reader.entries), reader.faults


class _Reader:
    """Goes through the sheets of forms; it keeps what it read."""

    def __init__(self, results: xr.Dataset, on: date) -> None:
        self.entries, self.faults, self.seen = list[Entry](), list[Fault](), dict[tuple[str, int], Place]()
        self._on = on
        self._tasks = {(one.measure, one.year): one for one in tasks(results, until=most_year)}
        self._years = {plain_years(str(head)): year for year, head in spans(results).items()}
        units = attributes(results, "measure", "measure_unit")
        self._units = {k: {display_unit(str(unit), one) for one in languages()} for k, unit in units.items()}
        self._heads = {word(key, one).casefold(): key for key in (*COLUMNS, "_id") for one in languages()}
        self._states: dict[str, State] = {word(f"progress_state_{state}", one).casefold(): state for state in STATES for one in languages()}

    def read(self, grid: Grid) -> bool:
        """Whether the sheet has rows of a form."""
        columns, read, headed = dict[str, int](), dict[int, list[int]](), False
        for row, line in enumerate(grid.lines):
            found = dict[str, int]()
            for column, text in enumerate(line):
                if (key := self._heads.get(text.casefold())) is not None:
                    found.setdefault(key, column)
            if found.keys() >= NEEDED:
                columns, headed = found, True
            elif not any(line):
                columns = {}
            elif columns:
                self._row(grid, row, line, columns)
            if columns:
                read[row] = [columns[key] for key in (*NEEDED, *FILLED, "built_date") if key in columns]
        self.faults += grid.merged_over(read)
        return headed

    def _row(self, grid: Grid, row: int, line: tuple[str, ...], columns: Mapping[str, int]) -> None:
        cells = {key: line[column] if column < len(line) else "" for key, column in columns.items()}
        k = cells["_id"].removeprefix("'")
        if not k and not any(cells.get(name) for name in FILLED):
            return  # a note below the table
        year = self._years.get(plain_years(cells["in_force"]))
        said = f"{k} {cells['in_force']}"
        place = {key: grid.place(row, column, said) for key, column in columns.items()}
        task = self._task(k, year, cells, place)
        if task is None:
            return
        self.seen[task.measure, task.year] = place["_id"]
        factor = next((scale for unit, scale in self._units[k] if unit == cells["unit"]), None)
        if factor is None:
            known = ", ".join(sorted(unit for unit, _ in self._units[k]))
            self.faults.append(Fault("schedule_unit", place["unit"], clipped(cells["unit"]) or "-", known))
            return
        self._check_planned(task, cells, place, factor)
        entry, faults = self._entry(task, cells, place, factor)
        self.faults += faults
        if not faults:
            self.entries.append(entry)

    def _task(self, k: str, year: int | None, cells: Mapping[str, str], place: Mapping[str, Place]) -> Task | None:
        """The task of a row; None where the row has none, which is told."""
        if not k:
            self.faults.append(Fault("row_without_id", place["_id"], clipped(next(cells[name] for name in FILLED if cells.get(name))), "-"))
        elif k not in self._units:
            self.faults.append(Fault("schedule_id", place["_id"], clipped(k), "-", nearest(k, tuple(self._units))))
        elif year is None or (k, year) not in self._tasks:
            known = ", ".join(str(one) for name, one in self._tasks if name == k)
            self.faults.append(Fault("progress_year", place["in_force"], clipped(cells["in_force"]) or "-", known or "-"))
        elif (k, year) in self.seen:
            self.faults.append(Fault("schedule_row_twice", place["_id"], clipped(k), self.seen[k, year].column or ""))
        else:
            return self._tasks[k, year]
        return None

    def _check_planned(self, task: Task, cells: Mapping[str, str], place: Mapping[str, Place], factor: float) -> None:
        if "progress_planned" not in cells:
            return
        found, planned = amount_of(place["progress_planned"], cells["progress_planned"]), tidy(task.planned * factor)
        if found is None or (isinstance(found, float) and abs(found - planned) <= 1e-6 * max(1.0, planned)):
            return
        self.faults.append(Fault("progress_planned", place["progress_planned"], clipped(cells["progress_planned"]), f"{planned:g}"))

    def _entry(self, task: Task, cells: Mapping[str, str], place: Mapping[str, Place], factor: float) -> tuple[Entry, list[Fault]]:
        text = {name: cells.get(name, "") for name in COLUMNS}
        at = {name: place.get(name, place["progress_done"]) for name in COLUMNS}
        faults = list[Fault]()
        done = amount_of(at["progress_done"], text["progress_done"])
        if isinstance(done, Fault):
            faults, done = [done], None
        elif done is not None:
            shown = tidy(task.planned * factor)
            done = task.planned if abs(done - shown) <= 1e-9 * max(1.0, shown) else done / factor
        state: State = self._states.get(text["progress_state"].casefold(), "")
        if text["progress_state"] not in FREE and not state:
            faults.append(Fault("progress_state", at["progress_state"], clipped(text["progress_state"]), ", ".join(self._states)))
        dates = {name: date_of(text[name]) if text[name] not in FREE else None for name in ("progress_expected", "built_date")}
        for name in dates:
            if text[name] not in FREE and dates[name] is None:
                faults.append(Fault("actual_date", at[name], clipped(text[name]), str(self._on.year)))
        expected = dates["progress_expected"].year if dates["progress_expected"] else None
        entry = Entry(
            task, done, state, expected, text["progress_reason"], dates["built_date"], text["built_source"], at["progress_done"], at["built_date"],
            at["progress_expected"],
        )  # fmt: skip
        return entry, faults or list(self._against_itself(entry, text, at["progress_state"]))

    def _against_itself(self, entry: Entry, text: Mapping[str, str], state: Place) -> list[Fault]:
        """What a row says that cannot be true together."""
        full, said, found = entry.got >= entry.task.planned * all_of_it, clipped(text["progress_state"]), list[Fault]()
        times = entry.got / entry.task.planned
        if times >= times_refused * all_of_it:
            found.append(Fault("progress_far_more", entry.place, clipped(text["progress_done"]), f"{times:.0f}"))
        if entry.state == "finished" and entry.done == 0:
            found.append(Fault("progress_finished_nothing", entry.place, "0", said))
        if entry.state == "not_begun" and entry.got > 0:
            found.append(Fault("progress_begun", state, said, clipped(text["progress_done"])))
        if entry.state == "delayed" and not full and (entry.expected is None or entry.expected <= entry.task.year):
            found.append(
                Fault("progress_expected", entry.expected_place, clipped(text["progress_expected"]) or "-", f"> {entry.task.year}")
            )
        elif entry.expected is not None and not full and entry.state != "finished" and entry.expected < self._on.year:
            found.append(Fault("progress_expected", entry.expected_place, clipped(text["progress_expected"]), f">= {self._on.year}"))
        if entry.date is not None and entry.date > self._on:
            found.append(Fault("progress_date_ahead", entry.date_place, entry.date.isoformat(), f"<= {self._on.isoformat()}"))
        return found


def doubts_of(entries: Sequence[Entry]) -> dict[str, list[Place]]:
    """Cells that can be true and yet are likely not meant, by what is doubtful of them."""
    found = dict[str, list[Place]]()
    for entry in entries:
        finished, part = entry.state == "finished", entry.got / entry.task.planned
        if part >= times_doubted * all_of_it:
            found.setdefault("progress_much_more", []).append(entry.place)
        elif finished and entry.done is None:
            found.setdefault("progress_no_amount", []).append(entry.place)
        elif finished and part < all_of_it:
            found.setdefault("progress_finished_less", []).append(entry.place)
    return found


def form_date(form: Sheets) -> tuple[date | None, list[Fault]]:
    """The day as of which a form is filled in, as its sheet of the run says."""
    text = form.origin.get(FORM_DATE, "")
    found = date_of(text) if text else None
    return found, [Fault("actual_date", form.places[FORM_DATE], clipped(text), "2026-12-31")] if text and found is None else []
