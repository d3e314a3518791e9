"""What was really built, as an edited schedule tells it with date and source: rows of `actuals`, checked, and the table as it is with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xarray as xr

from model.case.checks.amounts import amount_faults, record_faults
from model.case.checks.check import case_faults
from model.case.faults import CaseFaults, CodedError, Fault, Place, by_place, clipped
from model.case.read.case import Case
from model.case.read.files import read_text
from model.case.tables.records import Actual
from model.case.units.date_text import date_of
from model.report.schedule.edited import edited_of, read_sheets
from model.results.names import own_name
from model.results.new_run import new_run
from model.results.run import Run
from model.results.schedule import Cell, Edited
from model.study.schedule.asked import run_of

TABLE, COLUMNS = "actuals.csv", ("measure", "year", "value", "unit", "low", "high", "status", "source")


@dataclass(frozen=True)
class Built:
    """What was built of a measure in a year, in its own unit: what the table said before (None: nothing), and what the sheet says now."""

    measure: str
    year: int
    before: float | None
    value: float
    unit: str
    source: str
    place: Place

    def row(self) -> dict[str, Any]:
        """As a row of `actuals`; a number that has a source is a record."""
        return {
            "measure": self.measure,
            "year": self.year,
            "value": self.value,
            "unit": self.unit,
            "status": "sourced",
            "source": self.source,
        }


@dataclass(frozen=True)
class Records:
    """Rows for the table of a case; `unrecorded` are {measure: earlier years that no row tells of}, in which nothing counts as built from now on."""

    case: Case
    run: Run
    rows: tuple[Built, ...]
    unrecorded: Mapping[str, tuple[int, ...]]


def records_of(path: Path, case: Case, *, runs: Path, against: str | None = None, until: int | None = None) -> Records:
    """What an edited schedule tells of the years up to `until`, without one of those before the decisions of its run: changed cells, and cells of the
    year of a row's date that stand as they were written and have a source by now.

    Raises CaseFaults with every cell and row that cannot be a record, CodedError where nothing is told, RunError as `run_of` does.
    """
    sheets, faults = read_sheets(path)
    if not sheets.schedules:
        raise CaseFaults(sorted(faults, key=by_place))
    run = run_of(sheets, runs=runs, against=against, case=case.header.id)
    last = until if until is not None else int(run.results.attrs["decide_from"]) - 1
    edited, found = edited_of(sheets, run.results)
    rows, more = _rows(edited, run.results, case, last)
    return checked_records(case, run, rows, [*faults, *found, *more], nothing=CodedError("nothing_recorded", file=path.name, year=last))


def checked_records(case: Case, run: Run, told: Sequence[Built], found: Sequence[Fault], *, nothing: CodedError) -> Records:
    """What is told as rows that the case can have. Raises CaseFaults with the faults `found` and those of the rows, `nothing` where none is told."""
    known, faults = {row.id for row in case.tables["measures"]}, list(found)
    rows = [one for one in told if one.measure in known]
    faults += amount_faults(case, [(one.measure, _modelled(case, one.year), one.value, one.place) for one in rows])
    if not faults and not rows:
        raise nothing
    if not faults:
        with_them = _with(case, rows)
        faults += record_faults(with_them, [(one.measure, one.year, one.place) for one in rows])
        faults += case_faults(with_them) if not faults else []
    if faults:
        raise CaseFaults(sorted(faults, key=by_place))
    return Records(case, run, tuple(rows), _unrecorded(case, run.results, rows))


def _rows(edited: Edited, results: xr.Dataset, case: Case, last: int) -> tuple[list[Built], list[Fault]]:
    faults, made = list[Fault](), list[Built]()
    units = {row.id: row.unit for row in case.tables["measures"]}
    spans = dict(zip(results["year"].values.tolist(), results["span_years"].values.tolist(), strict=True))
    mine: dict[str, list[Cell]] = {}
    for one in edited.cells:
        first = one.year - int(spans[one.year]) + 1
        if one.changed and first > last:
            faults.append(Fault("actual_ahead", one.place, f"{one.stands:g}", f"<= {last}"))
        elif first <= last and one.stands is not None:
            mine.setdefault(one.measure, []).append(one)
    for k, cells in mine.items():
        told, changed = edited.told.get(k), [one for one in cells if one.changed]
        dated = date_of(told.date) if told and told.date else None
        if told and told.date and dated is None:
            faults.append(Fault("actual_date", told.date_place, clipped(told.date), "2026-12-31"))
            continue
        kept = changed or [one for one in cells if dated and told and told.source and min(one.year, last) == dated.year]
        for one in kept:
            year = min(one.year, last)
            if told is None or not told.source:
                faults.append(Fault("actual_without_source", one.place, f"{one.stands:g}", "-"))
            elif dated is None:
                faults.append(Fault("actual_without_date", told.date_place, "-", "2026-12-31"))
            elif dated.year < year:
                faults.append(Fault("actual_dated_before", told.date_place, clipped(told.date), f">= {year}"))
            else:
                before = next((row.value for row in case.tables["actuals"] if (row.measure, row.year) == (k, year)), None)
                made.append(Built(k, year, before, float(f"{one.stands:.9g}"), units.get(k, ""), f"{told.source} ({told.date})", one.place))
    return made, faults


def _modelled(case: Case, year: int) -> int:
    return next(one for one in case.header.years if one >= year)


def _with(case: Case, rows: Sequence[Built]) -> Case:
    """The case with these rows in the place of those of the same measure and year."""
    new = {(one.measure, one.year): one for one in rows}
    kept = [(row, spot) for row, spot in case.placed("actuals") if (row.measure, row.year) not in new]
    kept += [(Actual(**one.row()), one.place) for one in rows]
    tables, spots = {**case.tables, "actuals": tuple(row for row, _ in kept)}, {**case.spots, "actuals": tuple(spot for _, spot in kept)}
    places = case.places | {("actuals", (one.measure, one.year)): one.place for one in rows}  # type: ignore[operator]
    return replace(case, tables=tables, spots=spots, places=places)


def _unrecorded(case: Case, results: xr.Dataset, rows: Iterable[Built]) -> dict[str, tuple[int, ...]]:
    """Earlier years in which the run has something built that no row tells of: with a later row they count as years of nothing."""
    known, found = {(row.measure, row.year) for row in case.tables["actuals"]}, dict[str, tuple[int, ...]]()
    known |= {(one.measure, one.year) for one in rows}
    last = {k: max(row.year for row in case.tables["actuals"] if row.measure == k) for k in {row.measure for row in case.tables["actuals"]}}
    for k in dict.fromkeys(one.measure for one in rows):
        until = max(one.year for one in rows if one.measure == k)
        build = results["build"].sel(measure=k)
        years = [int(y) for y, value in zip(build["build_year"].values, build.values, strict=True) if abs(value) > 1e-9]
        open_years = tuple(y for y in years if last.get(k, 0) < y < until and (k, y) not in known)
        found |= {k: open_years} if open_years else {}
    return found


def write_actuals(records: Records, out: Path) -> list[Path]:
    """The tables that change, whole, in a new folder: rows that stay are copied letter for letter. Raises RunError where it exists."""
    by_file = _by_file(records)
    with own_name([out]) as target, new_run(target) as folder:
        for name, rows in by_file.items():
            (folder / name).write_text(_table_with(records.case, name, rows), encoding="utf-8", newline="")
    return [out / name for name in by_file]


def _by_file(records: Records) -> dict[str, list[Built]]:
    """Rows by the file of the case in which they stand, new ones in that of their measure, or in the first.

    Raises CaseFaults where one stands in another folder than the case's own.
    """
    spots = {(row.measure, row.year): spot for row, spot in records.case.placed("actuals")}
    own, found, faults = Path(records.case.folder), dict[str, list[Built]](), list[Fault]()
    for one in records.rows:
        spot = spots.get((one.measure, one.year))
        beside = next((other for (k, _), other in spots.items() if k == one.measure and "/" not in other.file), None)
        name = TABLE if own.is_file() else (spot or beside or Place(TABLE, None, None)).file
        if "/" in name:
            faults.append(Fault("actual_elsewhere", one.place, f"{one.measure} {one.year}", f"{name}:{spot.row if spot else ''}"))
        found.setdefault(name, []).append(one)
    if faults:
        raise CaseFaults(faults)
    return found


def _table_with(case: Case, name: str, rows: Sequence[Built]) -> str:
    """The file of a case with these rows in their places, each new one behind the last of its measure."""
    path = Path(case.folder) / name
    if Path(case.folder).is_file() or not path.is_file():
        own = [{**dict(row)} for row in case.tables["actuals"]] if Path(case.folder).is_file() else []
        new = {(one.measure, one.year) for one in rows}
        return actuals_table([*(row for row in own if (row["measure"], row["year"]) not in new), *(one.row() for one in rows)])
    text, _ = read_text(path, name)
    lines = _records(text or "")
    heading = [cell.strip() for cell in lines[0][1]]
    left = {(one.measure, one.year): one for one in rows}
    made = list[tuple[str, str]]()  # measure and text of each row
    for raw, cells in lines[1:]:
        told = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
        key = (told.get("measure", ""), int(told["year"]) if told.get("year", "").isdecimal() else 0)
        made.append((key[0], _line(left.pop(key).row(), heading) if key in left else raw))
    for one in left.values():
        at = max((place for place, (k, _) in enumerate(made, start=1) if k == one.measure), default=len(made))
        made.insert(at, (one.measure, _line(one.row(), heading)))
    return "".join(raw if raw.endswith("\n") else raw + "\n" for raw in (lines[0][0], *(raw for _, raw in made)))


def _records(text: str) -> list[tuple[str, list[str]]]:
    """Every row of a CSV text as it stands, over several lines where it has line breaks in it, with its cells."""
    lines, found, start = text.splitlines(keepends=True), list[tuple[str, list[str]]](), 0
    reader = csv.reader(lines)
    for cells in reader:
        found.append(("".join(lines[start : reader.line_num]), cells))
        start = reader.line_num
    return found


def _line(row: Mapping[str, Any], heading: Sequence[str]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerow([_cell(row.get(name)) for name in heading])
    return made.getvalue()


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.9g}" if isinstance(value, float) else str(value)


def actuals_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a table of their own."""
    return "".join([_line(dict(zip(COLUMNS, COLUMNS, strict=True)), COLUMNS), *(_line(row, COLUMNS) for row in rows)])
