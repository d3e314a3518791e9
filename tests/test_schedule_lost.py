"""What would be lost in silence of a sheet that came back: amounts in merged cells, of the schedule, of records and of forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from calling import TOY
from progress_forms import PUMP, ROOF, filled, reported, run, runs  # noqa: F401
from schedules import asked_of

from model.case.faults import CaseFaults
from model.case.read.case import read_case
from model.results.run import Run
from model.study.schedule.actuals import records_of
from model.study.schedule.track import tracked

SHEET, NOTHING = "Build schedule", dict[str, object]()


def with_merged(source: Path, path: Path, cells: str, sheet: str = SHEET, values: Mapping[str, object] = NOTHING) -> Path:
    """A copy of a workbook in which cells of a sheet are filled in and some are merged, as a spreadsheet does it: the first one's value is kept."""
    book = openpyxl.load_workbook(source)
    for address, value in values.items():
        book[sheet][address] = value
    if cells:
        book[sheet].merge_cells(cells)
    book.save(path)
    return path


def rows_of(path: Path, sheet: str = SHEET) -> dict[str, int]:
    """{id: row} of a sheet whose ids stand in its last column."""
    found = {row[-1].value: row[-1].row for row in openpyxl.load_workbook(path)[sheet].iter_rows() if row[-1].value}
    return {str(k): int(row) for k, row in found.items()}


def refused(asked: object) -> list[tuple[str, str]]:
    with pytest.raises(CaseFaults) as caught:
        asked()  # type: ignore[operator]
    return [(fault.code, fault.found) for fault in caught.value.faults]


@pytest.mark.parametrize(("left", "right"), [("E", "F"), ("F", "G"), ("D", "E")])
def test_amounts_in_merged_cells_are_refused_with_their_addresses(run: Run, tmp_path: Path, left: str, right: str) -> None:  # noqa: F811
    """Merging 2021 and 2022 of the pumps erases the 0.4 of 2022, and nothing would differ from the run."""
    source = run.folder / "build-schedule.xlsx"
    row = rows_of(source)[PUMP]
    path = with_merged(source, tmp_path / "edited.xlsx", f"{left}{row}:{right}{row}")
    assert ("merged_cells", f"{left}{row}:{right}{row}") in refused(lambda: asked_of(run, path))


def test_an_amount_over_two_years_is_refused_and_not_held_in_the_first(run: Run, tmp_path: Path) -> None:  # noqa: F811
    source = run.folder / "build-schedule.xlsx"
    row = rows_of(source)[ROOF]
    path = with_merged(source, tmp_path / "edited.xlsx", f"E{row}:F{row}", values={f"E{row}": 0.1})
    assert refused(lambda: asked_of(run, path)) == [("merged_cells", f"E{row}:F{row}")]
    read = lambda: records_of(path, read_case(TOY), runs=run.folder.parent.parent, until=2022)  # noqa: E731
    assert ("merged_cells", f"E{row}:F{row}") in refused(read)


def test_headings_and_ids_that_are_merged_are_refused_and_names_are_not(run: Run, tmp_path: Path) -> None:  # noqa: F811
    source = run.folder / "build-schedule.xlsx"
    first, second = sorted(rows_of(source)[k] for k in (PUMP, ROOF))
    heading = first - 1
    assert second == first + 1
    for cells in (f"E{heading}:F{heading}", f"L{first}:L{second}"):
        path = with_merged(source, tmp_path / "edited.xlsx", cells)
        assert ("merged_cells", cells) in refused(lambda path=path: asked_of(run, path))
    assert asked_of(run, with_merged(source, tmp_path / "edited.xlsx", f"B{first}:B{second}")).untouched


def test_amounts_in_merged_cells_of_a_form_are_refused(run: Run, runs: Path, tmp_path: Path) -> None:  # noqa: F811
    """What is done of two tasks in one cell would be all of the first and none of the second."""
    form = filled(run, tmp_path / "form.xlsx", {(PUMP, 2022): {"progress_done": 0.4}})
    sheet = openpyxl.load_workbook(form).sheetnames[1]
    path = with_merged(form, tmp_path / "merged.xlsx", "F6:F7", sheet)
    told = lambda: tracked([path], lambda overlays: read_case(TOY, overlays=overlays), runs=runs)  # noqa: E731
    assert refused(told) == [("merged_cells", "F6:F7")]
    assert reported(run, tmp_path / "again.xlsx", {(PUMP, 2022): {"progress_done": 0.4}}).entries
