"""Years that are past in an edited schedule: locked, asked about, answered as a what-if, or taken as what was really built."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call
from schedules import as_csv, asked_of, with_cells

from model.case.faults import CaseFaults
from model.case.read.case import read_case
from model.commands import paths
from model.results.run import Run, open_run
from model.study.runs.run import hand_over
from model.study.schedule.actuals import records_of, write_actuals
from model.study.solved.solved_model import Options

PUMP, BOILER = "build_heat_pump", "close_boiler"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    runs = tmp_path_factory.mktemp("runs")
    return hand_over(read_case(TOY), Options(decide_from=2022), folder=runs / "toy" / "past", runs=runs)[0]


def told(run: Run, folder: Path, cells: dict[tuple[str, int], str], **of_row: str) -> Path:
    """A schedule with cells and, in the row of the pumps, date and source filled in."""
    path = with_cells(as_csv(run, folder / "source"), folder / "edited", cells)
    file = path / "build-schedule.csv"
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    for name, text in of_row.items():
        column = rows[0].index({"date": "As of (date)", "source": "Source of what was built"}[name])
        next(row for row in rows if row[-1] == PUMP)[column] = text
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return path


def records(run: Run, path: Path, **more: int) -> list[tuple[str, int, float | None, float, str]]:
    found = records_of(path, read_case(TOY), runs=run.folder.parent.parent, against=str(run.folder), **more)
    return [(one.measure, one.year, one.before, one.value, one.source) for one in found.rows]


def codes(run: Run, path: Path, **more: int) -> list[str]:
    with pytest.raises(CaseFaults) as caught:
        records(run, path, **more)
    return [fault.code for fault in caught.value.faults]


def test_past_columns_are_locked_and_the_others_open(run: Run) -> None:
    sheet = openpyxl.load_workbook(run.folder / "build-schedule.xlsx")["Build schedule"]
    heads = {cell.value: cell.column - 1 for row in sheet.iter_rows() if row[1].value == "Measure" for cell in row}
    row = next(row for row in sheet.iter_rows() if PUMP in [cell.value for cell in row])
    locked = {name: row[place].protection.locked for name, place in heads.items()}
    assert sheet.protection.sheet and locked["Id"] and locked["Unit"] and locked[2021]
    assert not any(locked[name] for name in (2022, 2023, "As of (date)", "Source of what was built"))


def test_an_edit_of_the_past_is_asked_about(run: Run, tmp_path: Path) -> None:
    path = told(run, tmp_path, {(PUMP, 2021): "0.2"})
    with pytest.raises(CaseFaults) as caught:
        asked_of(run, path)
    assert [(fault.code, fault.found, fault.expected) for fault in caught.value.faults] == [("past_cell_edited", "0.2", "0.1")]
    asked = asked_of(run, path, past="what-if")
    assert not asked.held and [(one.measure, dict(one.amounts)) for one in asked.past_changes] == [(PUMP, {2021: (0.1, 0.2)})]


def test_a_what_if_of_the_past_is_a_run_with_that_past(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "RUNS", run.folder.parent.parent)
    done = call("schedule", "toy", told(run, tmp_path, {(PUMP, 2021): "0.2"}), "--past", "what-if", "--out", tmp_path / "answer")
    assert done.exit_code == 0, done.output
    answer = open_run(tmp_path / "answer")
    assert float(answer.results["build"].sel(measure=PUMP, build_year=2021)) == pytest.approx(0.2)
    assert answer.overlays == ("schedule-what-if",) and read_case(answer.inputs, overlays=answer.overlays).header.id == "toy"
    assert answer.manifest["schedule"]["what_if"] and read_case(TOY).tables["actuals"][0].value == 0.1


def test_what_was_built_becomes_a_row_with_its_date_and_source(run: Run, tmp_path: Path) -> None:
    path = told(run, tmp_path, {(PUMP, 2021): "0.2", (PUMP, 2022): "0.35"}, date="2022-12-31", source="Energy bureau, yearbook")
    said = "Energy bureau, yearbook (2022-12-31)"
    assert records(run, path, until=2022) == [(PUMP, 2021, 0.1, 0.2, said), (PUMP, 2022, None, 0.35, said)]
    assert codes(run, path) == ["actual_ahead"]  # 2022 is not past in this run


def test_a_source_alone_confirms_the_year_of_its_date(run: Run, tmp_path: Path) -> None:
    assert records(run, told(run, tmp_path, {}, date="2021年12月", source="yearbook")) == [(PUMP, 2021, 0.1, 0.1, "yearbook (2021年12月)")]


@pytest.mark.parametrize(
    ("cells", "of_row", "code"),
    [
        ({(PUMP, 2021): "0.2"}, {}, "actual_without_source"),
        ({(PUMP, 2021): "0.2"}, {"source": "yearbook"}, "actual_without_date"),
        ({(PUMP, 2021): "0.2"}, {"source": "yearbook", "date": "soon"}, "actual_date"),
        ({(PUMP, 2021): "0.2"}, {"source": "yearbook", "date": "2023-02-30"}, "actual_date"),
        ({(PUMP, 2021): "0.2"}, {"source": "yearbook", "date": "2020-12-31"}, "actual_dated_before"),
        ({(BOILER, 2021): "0.5"}, {}, "actual_without_source"),
    ],
)
def test_what_cannot_be_a_record_is_refused(
    run: Run, tmp_path: Path, cells: dict[tuple[str, int], str], of_row: dict[str, str], code: str
) -> None:
    assert code in codes(run, told(run, tmp_path, cells, **of_row))


def test_more_than_there_is_room_for_is_refused(run: Run, tmp_path: Path) -> None:
    """Potential 0.3 TWh: 0.2 in 2021 alone is room enough, with 0.2 more in 2022 it is not."""
    case = read_case(TOY)
    from model.case.change.change import changed, parse_change

    small = changed(case, [parse_change(f"{PUMP}.potential=0.3 TWh")])
    path = told(run, tmp_path, {(PUMP, 2021): "0.2", (PUMP, 2022): "0.2"}, date="2022", source="yearbook")
    with pytest.raises(CaseFaults) as caught:
        records_of(path, small, runs=run.folder.parent.parent, against=str(run.folder), until=2022)
    assert [(fault.code, fault.found, fault.expected) for fault in caught.value.faults] == [
        ("record_beyond_potential", "0.4 TWh", "<= 0.3 TWh")
    ]


def test_the_table_is_written_whole_with_its_other_rows_as_they_were(run: Run, tmp_path: Path) -> None:
    """A row over two lines, another order of columns and a comment-like cell stay letter for letter; the new row follows its measure's last."""
    import shutil

    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    odd = 'measure,year,unit,value,status,source\nbuild_heat_pump,2021,TWh,0.10,sourced,"two\nlines"\nclose_boiler,2021,plant_unit,0,sourced,"a, b"\n'
    (folder / "actuals.csv").write_text(odd, encoding="utf-8")
    path = told(run, tmp_path, {(PUMP, 2022): "0.3"}, date="2022", source="book")
    found = records_of(path, read_case(folder), runs=run.folder.parent.parent, against=str(run.folder), until=2022)
    written = write_actuals(found, tmp_path / "built")
    lines = odd.splitlines(keepends=True)
    assert written == [tmp_path / "built" / "actuals.csv"]
    assert written[0].read_text(encoding="utf-8") == "".join([*lines[:3], "build_heat_pump,2022,TWh,0.3,sourced,book (2022)\n", lines[3]])
    assert call("actuals", "toy", path, "--out", tmp_path / "built").exit_code == 2  # never over what is there


def test_the_command_writes_the_table_and_says_what_came_of_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "RUNS", run.folder.parent.parent)
    path = told(run, tmp_path, {(PUMP, 2021): "0.2"}, date="2021", source="yearbook")
    done = call("actuals", "toy", path, "--out", tmp_path / "built")
    assert done.exit_code == 0 and "0.100" in done.stdout and "0.200" in done.stdout
    assert "build_heat_pump,2021,0.2,TWh,,,sourced,yearbook (2021)" in (tmp_path / "built" / "actuals.csv").read_text(encoding="utf-8")
