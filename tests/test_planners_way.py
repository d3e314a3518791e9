"""The way of a planner with workbooks: what a template is called, what another spreadsheet keeps, where the run of a schedule is, what moves with an edit, what was built."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xarray as xr
from calling import call, says

from model.commands import paths
from model.report.schedule.edits_text import edits_text
from model.report.words import word
from model.results.run import open_run
from model.results.schedule_answer import answer_of
from model.study.schedule.coupled import Facts, eased_for

BOILER, ROOF, PUMP = "close_boiler", "build_rooftop_sun", "build_heat_pump"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the toy from its first year on, stored apart from others."""
    folder = tmp_path_factory.mktemp("apart") / "plan"
    assert call("solve", "toy", "--out", folder).exit_code == 0
    return folder


def put(source: Path, target: Path, cells: Mapping[tuple[str, str | int], object], language: str = "en") -> Path:
    """The workbook of a run with cells of its schedule filled in, by id and heading."""
    book = openpyxl.load_workbook(source / "build-schedule.xlsx")
    sheet = book[word("schedule", language)]
    heads = {cell.value: cell.column for cell in sheet[5]}
    rows = {row[heads[word("_id", language)] - 1].value: row[0].row for row in sheet.iter_rows(min_row=6)}
    for (k, head), value in cells.items():
        sheet.cell(rows[k], heads[head]).value = value
    book.save(target)
    return target


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_template_says_that_it_has_the_id_of_the_case_it_came_from(tmp_path: Path, language: str) -> None:
    done = call("template", tmp_path / "mytown.xlsx", "--from", "toy", "--lang", language)
    assert done.exit_code == 0 and says(done.stdout, word("line_template_id", language).format(id="toy", name="mytown"))
    assert "mytown" not in call("template", tmp_path / "toy.xlsx", "--from", "toy", "--lang", language).stdout


@pytest.mark.parametrize("command", [("check",), ("schedule", "toy"), ("actuals", "toy", "--out", "x"), ("track", "toy")])
@pytest.mark.parametrize("ending", [".ods", ".XLS", ".et"])
def test_what_another_spreadsheet_keeps_is_asked_for_as_xlsx(tmp_path: Path, command: tuple[str, ...], ending: str) -> None:
    path = tmp_path / f"plan{ending}"
    path.write_bytes(b"PK\x03\x04")
    done = call(*command, path)
    assert done.exit_code == 2 and says(done.stderr, f"'plan{ending}' is kept as {ending}") and "xlsx" in done.stderr


def test_the_run_of_a_schedule_is_found_where_its_sheet_says(stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored by --out beside the others: the sheet has its folder, seen from where the command is asked."""
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    monkeypatch.chdir(stored.parent)
    assert call("solve", "toy", "--out", "here").exit_code == 0
    edited = put(stored.parent / "here", tmp_path / "edited.xlsx", {})
    done = call("schedule", "toy", edited)
    assert done.exit_code == 0 and "plan" not in done.stderr, done.stderr


def test_what_moves_with_an_edit_is_told_with_its_years_and_amounts(stored: Path, tmp_path: Path) -> None:
    """Half of the roofs of 2022: what is built otherwise with it is told with what stood and what stands in each year."""
    edited = put(stored, tmp_path / "edited.xlsx", {(ROOF, 2022): 0.05})
    done = call("schedule", "toy", edited, "--against", stored, "--out", tmp_path / "answer")
    assert done.exit_code == 0, done.stderr
    run = open_run(tmp_path / "answer")
    answer = answer_of(run.manifest["schedule"])
    told = edits_text(answer, run.results, "en")
    assert {one.measure for one in answer.measures} == {ROOF, PUMP, BOILER}
    assert says(told, "3 measures decided otherwise with it: Rooftop PV (GW): 2021 0.000 → 0.100; 2023 0.100 → 0.050 Heat pumps (TWh):")
    assert says(told, "Close a coal boiler (units): 2021 0 → 1; 2022 1 → 0")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_plan_of_all_years_has_room_for_what_was_built_and_until_takes_it(stored: Path, tmp_path: Path, language: str) -> None:
    """No year of the plan is past as it is written; a year later the first is, with its date and source in the last columns."""
    assert call("export", stored, "--to", "xlsx", "--out", tmp_path / f"{language}.xlsx", "--lang", language).exit_code == 0
    (tmp_path / "build-schedule.xlsx").write_bytes((tmp_path / f"{language}.xlsx").read_bytes())
    told: dict[tuple[str, str | int], object] = {
        (BOILER, word("built_date", language)): "2022-12-31",
        (BOILER, word("built_source", language)): "Bulletin 5",
    }
    edited = put(tmp_path, tmp_path / "edited.xlsx", told, language)
    done = call("actuals", "toy", edited, "--until", "2022", "--out", tmp_path / "records", "--against", stored, "--lang", language)
    assert done.exit_code == 0, done.stderr
    with (tmp_path / "records" / "actuals.csv").open(encoding="utf-8-sig") as file:
        rows = {(row["measure"], row["year"]): row for row in csv.DictReader(file)}
    assert (rows[BOILER, "2022"]["value"], rows[BOILER, "2022"]["status"]) == ("1", "sourced")
    assert "Bulletin 5" in rows[BOILER, "2022"]["source"]


def test_facts_do_not_break_a_coupling() -> None:
    """County a has 2 and b has 1, though by their shares a may be no further than b: that year's row gives by 1, and levels stay apart from then on."""
    years, counties = [2021, 2022], ["a", "b"]
    terms = [(name, item, by, value) for name, by in (("ring", "build"), ("stand", "level")) for item, value in (("a", 1.0), ("b", -1.0))]
    columns = {name: ("coupling_term", [term[at] for term in terms]) for at, name in enumerate(("id", "item", "by", "value"))}
    data = xr.Dataset(
        {
            "build_lower": (("measure", "build_year"), np.zeros((2, 2))),
            "build_upper": (("measure", "build_year"), np.full((2, 2), 5.0)),
            "survival": (("measure", "build_year", "year"), np.tile(np.triu(np.ones((2, 2))), (2, 1, 1))),
            "coupling_id": ("coupling", ["ring", "stand"]),
            "coupling_sense": ("coupling", ["<=", "<="]),
            "coupling_limit": (("coupling", "year"), np.zeros((2, 2))),
            **{f"coupling_term_{name}": column for name, column in columns.items()},
        },
        coords={"measure": counties, "build_year": years, "year": years},
    )
    made = eased_for(data, Facts({("a", 2021): 2.0, ("b", 2021): 1.0}, 2021))["coupling_limit"].values
    assert made == pytest.approx(np.array([[1.0, 0.0], [1.0, 1.0]]), abs=1e-4)
    assert eased_for(data, Facts()) is data
