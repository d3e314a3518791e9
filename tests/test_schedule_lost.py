"""What would be lost in silence of a sheet that came back: amounts in merged cells, rows and columns that are gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call, says
from progress_forms import BOILER, PUMP, ROOF, filled, reported, run, runs  # noqa: F401
from schedules import asked_of

from model.case.faults import CaseFaults
from model.case.read.case import read_case
from model.commands import paths
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


def without(source: Path, path: Path, values: Mapping[str, object] = NOTHING, *, row: int = 0, column: int = 0) -> Path:
    """A copy of a schedule with cells filled in, and then without a row or a column."""
    book = openpyxl.load_workbook(source)
    sheet = book[SHEET]
    for address, value in values.items():
        sheet[address] = value
    for cells in list(sheet.merged_cells.ranges):  # notes below, which openpyxl does not move
        sheet.unmerge_cells(str(cells))
    if row:
        sheet.delete_rows(row)
    if column:
        sheet.delete_cols(column)
    book.save(path)
    return path


def test_a_row_that_is_gone_is_told_also_where_nothing_else_is_edited(
    run: Run, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    """Whoever deletes it means perhaps that it is not to be built: it is, and a nought would say otherwise."""
    monkeypatch.setattr(paths, "RUNS", runs)
    source = run.folder / "build-schedule.xlsx"
    path = without(source, tmp_path / "edited.xlsx", row=rows_of(source)[PUMP])
    done = call("schedule", "toy", path)
    assert done.exit_code == 0 and says(done.stdout, "1 measure has no row any more and is left to the plan: Heat pumps"), done.stdout
    assert says(done.stdout, "write 0 into its cells") and says(done.stdout, "it costs nothing")
    assert says(call("schedule", "toy", path, "--lang", "zh").stdout, "1项措施已无对应行")
    beyond = without(source, tmp_path / "beyond.xlsx", {f"F{rows_of(source)[ROOF]}": 0.2}, row=rows_of(source)[BOILER])
    refusal = call("schedule", "toy", beyond, "--repair", tmp_path / "repair.xlsx")
    assert refusal.exit_code == 3 and says(refusal.stdout, "1 measure has no row any more"), refusal.output
    told = json.loads(call("schedule", "toy", path, "--json").stdout)["schedule"]
    assert (told["absent"], told["absent_years"]) == ([PUMP], [])


def test_a_year_whose_column_is_gone_is_told_alone_and_beside_an_edit(
    run: Run, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr(paths, "RUNS", runs)
    source = run.folder / "build-schedule.xlsx"
    alone = call("schedule", "toy", without(source, tmp_path / "alone.xlsx", column=6))
    said = "1 year has no column any more and is left to the plan: 2022"
    assert alone.exit_code == 0 and says(alone.stdout, said) and says(alone.stdout, "write 0 into its cells"), alone.stdout
    path = without(source, tmp_path / "edited.xlsx", {f"G{rows_of(source)[BOILER]}": 1}, column=6)
    done = call("schedule", "toy", path, "--out", tmp_path / "answer")
    assert done.exit_code == 0 and says(done.stdout, said) and says(call("show", tmp_path / "answer").stdout, said), done.output


@pytest.mark.parametrize(("shape", "other"), [('0 "万"', '0.0 "万千瓦"'), ("#,##0.0!亿", '#,##0.0 "MW"'), ('0.0"k"', "[Red]0.00")])
def test_an_amount_shown_with_a_number_word_is_refused_with_its_cell(run: Run, runs: Path, tmp_path: Path, shape: str, other: str) -> None:  # noqa: F811
    """0.4 shown as 0.4 万 is read as 0.4, in a schedule and in a form; the word of a unit is none."""
    source, form = run.folder / "build-schedule.xlsx", filled(run, tmp_path / "form.xlsx", {(PUMP, 2022): {"progress_done": 0.4}})
    for path, own, cell, read in (
        (source, SHEET, f"F{rows_of(source)[PUMP]}", lambda path: asked_of(run, path)),
        (
            form,
            openpyxl.load_workbook(form).sheetnames[1],
            "F6",
            lambda path: tracked([path], lambda names: read_case(TOY, overlays=names), runs=runs),
        ),
    ):
        for name, number_format in (("odd.xlsx", shape), ("plain.xlsx", other)):
            book = openpyxl.load_workbook(path)
            book[own][cell].number_format = number_format
            book.save(tmp_path / name)
        with pytest.raises(CaseFaults) as caught:
            read(tmp_path / "odd.xlsx")
        assert [(fault.code, fault.place.column) for fault in caught.value.faults] == [("number_word", cell)]
        assert read(tmp_path / "plain.xlsx")
