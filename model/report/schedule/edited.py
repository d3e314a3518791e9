"""A schedule read back from its sheets: tables found by their headings in any language, rows by their ids, amounts in the measures' own units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

import xarray as xr

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.grids import Grid, read_grids
from model.case.read.sheets import odd_text
from model.case.units.digits import ENDLESS, is_apart
from model.case.units.number_text import plain_number
from model.report.display import attributes, spans, tidy
from model.report.schedule.run_table import RUN_TABLE
from model.report.units import display_unit
from model.report.words import languages, word
from model.results.schedule import Cell, Edited, Stated

SCHEDULES = ("build-schedule", "unused-measures")  # the files of a folder
HEADINGS = ("measure", "unit", "total", "built_date", "built_source", "_id")
FREE, NOTHING = frozenset({"", "~", "～"}), frozenset({"–", "—"})  # as a sheet shows nothing built
YEARS = re.compile(r"(\d{4})\s*年?(?:\s*[–—~-]\s*(\d{4})\s*年?)?", re.ASCII)
same_total = 1e-4


@dataclass(frozen=True)
class Sheets:
    """The sheets of a schedule, those with amounts and that of the run; what the latter says, with the place of each line."""

    file: str
    schedules: tuple[Grid, ...]
    origin: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


def read_sheets(path: Path) -> tuple[Sheets, list[Fault]]:
    """The sheets of an edited workbook, CSV file or folder of CSV files."""
    schedules = {word("schedule", language) for language in languages()} | set(SCHEDULES)
    runs = run_titles()
    grids, faults = read_grids(path, lambda title: title.strip() in schedules | runs, lambda stem: stem in (SCHEDULES[1], RUN_TABLE))
    amounts = tuple(grid for title, grid in grids.items() if title.strip() not in runs)
    if not amounts and not faults:
        faults.append(Fault("no_schedule", Place(path.name, None, None), "-", ", ".join(sorted(schedules))))
    run = next((grid for title, grid in grids.items() if title.strip() in runs), None)
    origin, places = origin_of(run) if run is not None else ({}, {})
    return Sheets(path.name, amounts, origin, places), faults


def run_titles() -> set[str]:
    """What the sheet of the run may be called."""
    return {word("run_sheet", language) for language in languages()} | {RUN_TABLE}


def origin_of(grid: Grid) -> tuple[dict[str, str], dict[str, Place]]:
    """Lines of the run's sheet by the key in their last cell."""
    origin, places = dict[str, str](), dict[str, Place]()
    for row, line in enumerate(grid.lines):
        filled = [column for column, text in enumerate(line) if text]
        if len(filled) >= 2 and re.fullmatch(r"[a-z_]+", line[filled[-1]]):
            key = line[filled[-1]]
            origin[key] = line[1].removeprefix("'") if filled[-1] > 1 else ""
            places[key] = grid.place(row, 1)
    return origin, places


def edited_of(sheets: Sheets, results: xr.Dataset) -> tuple[Edited, list[Fault]]:
    """All amounts against those of a run, and every cell that means nothing."""
    reader = _Reader(results)
    for grid in sheets.schedules:
        reader.read(grid)
    if not reader.headed:
        expected = ", ".join(word("_id", one) for one in languages())
        reader.faults.append(Fault("no_schedule_heading", Place(sheets.schedules[0].file, None, None), "-", expected))
    built = [
        k
        for k, row in zip(results["measure"].values.tolist(), results["build"].transpose("measure", ...).values, strict=True)
        if abs(row).max() > 0
    ]
    absent = tuple(k for k in built if k not in reader.seen)
    return Edited(sheets.file, tuple(reader.cells), reader.told, absent, tuple(sorted(reader.without))), reader.faults


class _Reader:
    """Goes through the sheets of one schedule; it keeps what it read."""

    def __init__(self, results: xr.Dataset) -> None:
        self.cells, self.told, self.faults, self.seen = list[Cell](), dict[str, Stated](), list[Fault](), dict[str, Place]()
        self.without = set[int]()
        self.headed, units = False, attributes(results, "measure", "measure_unit")
        self._units = {str(k): {display_unit(str(unit), one) for one in languages()} for k, unit in units.items()}
        self._years = {plain_years(str(head)): year for year, head in spans(results).items()}
        build = results["build"].transpose("measure", "build_year")
        years = build["build_year"].values.tolist()
        self._built = {
            k: dict(zip(years, row, strict=True)) for k, row in zip(build["measure"].values.tolist(), build.values.tolist(), strict=True)
        }
        self._words = {word(key, one).casefold(): key for key in HEADINGS for one in languages()}

    def read(self, grid: Grid) -> None:
        columns, cells = dict[Any, int](), dict[int, list[int]]()
        for row, line in enumerate(grid.lines):
            found = self._heading(line)
            if found:
                columns, self.headed = found, True
                self._check_years(grid, row, line)
                self._check_lost(grid, row, line, found)
            elif not any(line):
                columns = {}
            elif columns:
                self._row(grid, row, line, columns)
            else:
                self._check_headed(grid, row, line)
            if columns:
                cells[row] = [column for key, column in columns.items() if key != "measure"]
        self.faults += grid.merged_over(cells)

    def _heading(self, line: tuple[str, ...]) -> dict[Any, int]:
        """{key or year: column} of a row of headings that has ids and a unit; nothing for any other row."""
        found: dict[Any, int] = {}
        for column, text in enumerate(line):
            key = self._words.get(text.casefold()) or self._years.get(plain_years(text))
            if key is not None:
                found.setdefault(key, column)
        return found if {"_id", "unit"} <= found.keys() else {}

    def _check_years(self, grid: Grid, row: int, line: tuple[str, ...]) -> None:
        known = f"{min(self._years)}–{max(self._years)}"
        seen = dict[str, int]()
        for column, text in enumerate(line):
            year = plain_years(text)
            if (
                YEARS.fullmatch(text)
                and year not in self._years
                and any(column < len(one) and one[column] for one in grid.lines[row + 1 :])
            ):
                self.faults.append(Fault("schedule_year", grid.place(row, column), clipped(text), known))
            elif year in seen:
                self.faults.append(
                    Fault("schedule_column_twice", grid.place(row, column), clipped(text), grid.place(row, seen[year]).column or "")
                )
            elif year in self._years:
                seen[year] = column

    def _check_lost(self, grid: Grid, row: int, line: tuple[str, ...], columns: Mapping[Any, int]) -> None:
        """Amounts under a heading that is none while the column of a year is missing: they would be lost."""
        missing = [head for head, year in self._years.items() if year not in columns]
        if not missing:
            return
        own = {*columns.values(), *(column for column, text in enumerate(line) if text.casefold() in self._words or YEARS.fullmatch(text))}
        for column in sorted(set(range(max(map(len, grid.lines)))) - own):
            rows = (one for one in _block(grid.lines[row + 1 :]) if column < len(one) and one[column] and columns["_id"] < len(one))
            if any(one[columns["_id"]].removeprefix("'") in self._built and _is_number(one[column]) for one in rows):
                found = line[column] if column < len(line) else ""
                self.faults.append(Fault("schedule_heading", grid.place(row, column), clipped(found) or "-", ", ".join(missing)))

    def _check_headed(self, grid: Grid, row: int, line: tuple[str, ...]) -> None:
        """A row of a measure that stands below no headings would be lost."""
        for column, text in enumerate(line):
            if text.removeprefix("'") in self._built:
                self.faults.append(Fault("schedule_unheaded", grid.place(row, column), clipped(text), word("_id", "en")))
                return

    def _row(self, grid: Grid, row: int, line: tuple[str, ...], columns: Mapping[Any, int]) -> None:
        cells = {key: line[column] if column < len(line) else "" for key, column in columns.items()}
        amounts = {year: text for year, text in cells.items() if isinstance(year, int)}
        k, place = cells["_id"].removeprefix("'"), grid.place(row, columns["_id"], word("_id", "en"))
        if not k:
            if filled := [year for year, text in amounts.items() if text not in FREE]:
                self.faults.append(Fault("row_without_id", place, clipped(str(filled[0])), "-"))
            return
        if k not in self._built:
            self.faults.append(Fault("schedule_id", place, clipped(k), "-", nearest(k, tuple(self._built))))
            return
        if k in self.seen:
            self.faults.append(Fault("schedule_row_twice", place, clipped(k), self.seen[k].column or ""))
            return
        self.seen[k] = place
        self.without |= {year for year, built in self._built[k].items() if year not in amounts and abs(built) > 0}
        factor = next((scale for unit, scale in self._units[k] if unit == cells["unit"]), None)
        if factor is None:
            known = ", ".join(sorted(unit for unit, _ in self._units[k]))
            self.faults.append(Fault("schedule_unit", grid.place(row, columns["unit"]), clipped(cells["unit"]) or "-", known))
            return
        read = {year: amount_of(grid.place(row, columns[year], f"{k} {year}"), text) for year, text in amounts.items()}
        shown = {year: tidy(value * factor) for year, value in self._built[k].items()}
        for year, found in read.items():
            if isinstance(found, Fault):
                self.faults.append(found)
                continue
            same = found is not None and abs(found - shown[year]) <= 1e-9 * max(1.0, abs(shown[year]))
            stands = None if found is None else self._built[k][year] if same else found / factor
            self.cells.append(Cell(k, year, stands, self._built[k][year], grid.place(row, columns[year], f"{k} {year}")))
        if not any(isinstance(one, Fault) for one in read.values()):
            self._total(grid, row, columns, cells, shown, {year: one for year, one in read.items() if isinstance(one, float)})
        if any(cells.get(name) for name in ("built_date", "built_source")):
            spots = [grid.place(row, columns[name]) if name in columns else place for name in ("built_date", "built_source")]
            self.told[k] = Stated(cells.get("built_date", ""), cells.get("built_source", ""), *spots)

    def _total(
        self, grid: Grid, row: int, columns: Mapping[Any, int], cells: Mapping[Any, str], shown: Mapping[int, float], read: Mapping[int, float]
    ) -> None:  # fmt: skip
        """A total that is neither the one written nor the sum of what stands was meant as an amount, and would be lost."""
        try:
            total = float(plain_number(cells.get("total", "")))
        except ValueError:
            return
        sums = (sum(shown.values()), sum(read.values()), sum({**shown, **read}.values()))
        if all(abs(total - one) > same_total * max(1.0, abs(one)) for one in sums):
            self.faults.append(Fault("total_edited", grid.place(row, columns["total"]), f"{total:g}", f"{sums[2]:g}"))


def amount_of(place: Place, text: str) -> float | Fault | None:
    """The amount in a cell, in the unit shown; None where it is left free."""
    if text in FREE:
        return None
    if text in NOTHING:
        return 0.0
    if odd := odd_text(text, place):
        return odd
    plain = plain_number(text.removeprefix("'"))
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if is_apart(text) or not abs(value) < ENDLESS:
        return Fault("schedule_amount", place, clipped(text), "~")
    return Fault("amount_negative", place, clipped(text), ">= 0") if value < 0 else value


def _block(lines: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The lines before the first empty one."""
    return takewhile(any, lines)


def _is_number(text: str) -> bool:
    try:
        return not is_apart(text) and abs(float(plain_number(text))) < ENDLESS
    except ValueError:
        return False


def plain_years(heading: str) -> str:
    """A heading of a year or a span of years as 2021 or 2031-2035; any other text as it is."""
    found = YEARS.fullmatch(heading.strip())
    return heading if found is None else found[1] + (f"-{found[2]}" if found[2] else "")
